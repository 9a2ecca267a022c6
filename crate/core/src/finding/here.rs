//! # What it sees
//! The author's pull requests of all time in this repository: merged, closed
//! without merging, open. Three findings, as they answer one search.
//!
//! # Why it matters
//! It is the strongest evidence known: in good-egg's study of 200,172 pull
//! requests, merges in the same repository said more than every global figure.
//! Several merged ones make an author known here. None of the three ever makes
//! a level worse.
//!
//! # When it is wrong
//! Projects that merge by other means than GitHub's button show everything as
//! closed, and nobody is asked here who closed. A search finds nothing of an
//! author whose profile is private. Where their own connection shows that they
//! opened something here all the same, the history here is a gap and no zero;
//! what it shows as merged here is told as "at least" and counts for `known`.
//! It shows the newest only, so that older merges here remain unseen. GitHub's
//! word CONTRIBUTOR says that something of the author's landed here once, not
//! how often, and so makes nobody known by itself.
//!
//! # Where the thresholds come from
//! There are none: it is context. From how many merged ones an author counts
//! as known is [`crate::policy::KNOWN_FROM_MERGED`], unless the reader chose
//! another number.

use super::case::Case;
use super::contribution::Contribution;
use super::count::{number, sentence};
use super::{Definition, Outcome, Reading, Unit, context, links};
use crate::evidence::{Fact, Part, PullRequestState, Remainder};
use crate::report::{GroupName, Thresholds};
use crate::words::Key;

pub(super) const MERGED: Definition = Definition {
    id: "here-merged",
    sees: "The author's merged pull requests in this repository; from 3, or as many as the options say, the author is known here.",
    unit: Unit::Count,
    balanced: context(GroupName::Here),
    classic: context(GroupName::Here),
    read: |case, _: Option<Thresholds>| {
        let words = (Key::HereMerged, Key::HereMergedAtLeast);
        read(case, PullRequestState::Merged, words, "is:merged")
    },
};

pub(super) const CLOSED: Definition = Definition {
    id: "here-closed",
    sees: "The author's pull requests in this repository that were closed without merging.",
    unit: Unit::Count,
    balanced: context(GroupName::Here),
    classic: context(GroupName::Here),
    read: |case, _: Option<Thresholds>| {
        let words = (Key::HereClosed, Key::HereClosedAtLeast);
        read(
            case,
            PullRequestState::Closed,
            words,
            "is:unmerged is:closed",
        )
    },
};

pub(super) const OPEN: Definition = Definition {
    id: "here-open",
    sees: "The author's open pull requests in this repository.",
    unit: Unit::Count,
    balanced: context(GroupName::Here),
    classic: context(GroupName::Here),
    read: |case, _: Option<Thresholds>| {
        let words = (Key::HereOpen, Key::HereOpenAtLeast);
        read(case, PullRequestState::Open, words, "is:open")
    },
};

fn read(
    case: &Case<'_>,
    state: PullRequestState,
    words: (Key, Key),
    search: &str,
) -> Option<Reading> {
    let repository = case.evidence.repository.as_ref()?;
    let is_merged = state == PullRequestState::Merged;
    let seen = Some(case.evidence.merged_seen_here).filter(|seen| is_merged && *seen > 0);
    let found = match &case.evidence.history_here {
        Fact::NotAsked => return seen.map(at_least),
        Fact::Coming => return Some(Reading::behind(Part::Here, true)),
        Fact::Known { value, .. } if case.is_history_here_told() => value,
        Fact::Missing(_) | Fact::Known { .. } => {
            let unseen = || Reading::behind(Part::Here, true);
            return Some(seen.map_or_else(unseen, at_least));
        }
    };
    let mut items = Vec::new();
    for pull_request in &found.items {
        if pull_request.state == state {
            items.push(Contribution::PullRequest(
                pull_request,
                pull_request.closed_by,
            ));
        }
    }
    let count = number(items.len());
    let is_at_least = found.rest != Remainder::None;
    Some(Reading {
        outcome: Outcome::Context,
        sentence: sentence(words, is_at_least, &[count]),
        measured: Some(count.into()),
        is_at_least,
        links: links::to_pull_requests_in(
            &repository.to_string(),
            &case.evidence.login,
            search,
            &items,
        ),
    })
}

/// What the author's connection shows as merged here; no search leads to it.
fn at_least(merged: u32) -> Reading {
    let words = (Key::HereMerged, Key::HereMergedAtLeast);
    Reading {
        outcome: Outcome::Context,
        sentence: sentence(words, true, &[merged]),
        measured: Some(merged.into()),
        is_at_least: true,
        links: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Fact, Gap, GapReason};
    use crate::finding::testing::{found, issue, now, pull_request, read, rex, told, with_unseen};
    use crate::policy::PolicyName::{Balanced, Classic};

    #[test]
    fn counts_each_state() {
        let mut evidence = rex();
        evidence.repository = Some("acme/web".parse().unwrap());
        let check = |evidence: &_, expected: [&str; 3]| {
            for policy in [Balanced, Classic] {
                let all = ["here-merged", "here-closed", "here-open"];
                assert_eq!(all.map(|id| told(id, policy, evidence)), expected);
            }
        };
        check(&evidence, ["nothing"; 3]);
        evidence.history_here = Fact::Coming;
        check(&evidence, ["context by {Here}"; 3]);
        evidence.history_here = Fact::Missing(Gap::new(GapReason::Offline));
        check(&evidence, ["context by {Here}"; 3]);
        let lines = ["open acme+/web", "merged acme+/web", "merged acme+/web"];
        evidence.history_here = found(&lines, pull_request);
        check(&evidence, ["context 2", "context 0", "context 1"]);
        evidence.history_here = with_unseen(evidence.history_here, 50);
        check(&evidence, ["context 2+", "context 0+", "context 1+"]);

        // Both searches find nothing, and the page shows what the author opened yesterday.
        evidence.history_here = found(&[], pull_request);
        evidence.pull_requests = found(&[], pull_request);
        evidence.issues = found(&[], issue);
        check(&evidence, ["context 0"; 3]);
        evidence.opened_here_at = Some(now());
        check(&evidence, ["context by {Here}"; 3]);
        evidence.opened_here_at = None;
        // The search finds nothing, and the author's connection shows a merge here.
        evidence.merged_seen_here = 1;
        let told = ["context 1+", "context by {Here}", "context by {Here}"];
        check(&evidence, told);
        evidence.merged_seen_here = 0;

        // A search finds nothing here, and the author's connection does.
        evidence.pull_requests = found(&["open acme+/web"], pull_request);
        check(&evidence, ["context by {Here}"; 3]);
        evidence.merged_seen_here = 3;
        let by = "context by {Here}";
        check(&evidence, ["context 3+", by, by]);
        evidence.history_here = Fact::NotAsked;
        check(&evidence, ["context 3+", "nothing", "nothing"]);
        evidence.merged_seen_here = 0;

        let lines = ["open acme+/web", "merged acme+/web", "merged acme+/web"];
        evidence.history_here = found(&lines, pull_request);

        let shown = read("here-merged", Balanced, &evidence).unwrap().links;
        assert_eq!(shown.len(), 3);
        assert_eq!(shown[0].label, "repo:acme/web author:rex is:pr is:merged");
    }
}
