//! The reason for a level in some 30 characters, for places that have no room
//! for a sentence: a badge's name, a row, a line in GitHub's own hovercard.
//!
//! It is made from the report alone, so that it can never say what the report
//! does not show. A finding's number may be a lower bound, where the report
//! says so of the finding.

use crate::report::{Arg, AuthorReport, Finding, FindingLevel, ItemOutcome, Level, Sentence};
use crate::words::Key;

/// The strongest reason for the level; none where there is none to tell yet,
/// and for apps, of which the level says all.
pub(super) fn of(report: &AuthorReport) -> Option<Sentence> {
    match report.level {
        Level::Alert => raised(report, FindingLevel::Alert),
        Level::Caution => raised(report, FindingLevel::Caution),
        Level::Known => known_here(report),
        Level::Clear | Level::Quiet => Some(record(report)),
        Level::Unknown => unknown(report).map(Key::alone),
        Level::Pending | Level::Bot => None,
    }
}

/// The first finding at this level, in the order of groups and of weight.
fn raised(report: &AuthorReport, level: FindingLevel) -> Option<Sentence> {
    let finding = report.findings.iter().find(|it| it.level == level)?;
    Some(Sentence {
        key: of_finding(&finding.id)?.as_str().to_owned(),
        args: finding.sentence.args.clone(),
    })
}

/// The short message for a finding, which takes the numbers of its sentence.
fn of_finding(id: &str) -> Option<Key> {
    Some(match id {
        "prs-turned-down" => Key::ShortPrsTurnedDown,
        "prs-closed-unmerged" => Key::ShortPrsClosedUnmerged,
        "issues-not-planned" => Key::ShortIssuesNotPlanned,
        "repeated-issue-titles" => Key::ShortRepeatedIssueTitles,
        "repeated-pr-titles" => Key::ShortRepeatedPrTitles,
        "issues-spread" => Key::ShortIssuesSpread,
        "issues-flood" => Key::ShortIssuesFlood,
        "prs-spread" => Key::ShortPrsSpread,
        "prs-spread-in-a-day" => Key::ShortPrsSpreadInADay,
        "prs-flood" => Key::ShortPrsFlood,
        "account-age" => Key::ShortAccountAge,
        "profile-fields" => Key::ShortProfileFields,
        _ => return None,
    })
}

fn known_here(report: &AuthorReport) -> Option<Sentence> {
    let is_reason = |key: Key| report.reasons.iter().any(|it| it.key == key.as_str());
    if is_reason(Key::ReasonKnownOwner) {
        Some(Key::ShortOwner.alone())
    } else if is_reason(Key::ReasonKnownMember) {
        Some(Key::ShortMember.alone())
    } else if is_reason(Key::ReasonKnownCollaborator) {
        Some(Key::ShortCollaborator.alone())
    } else {
        merged_here(report).map(|merged| Key::ShortMergedHere.with(&[merged]))
    }
}

/// What there is to go on where nothing is of note, the nearest first.
fn record(report: &AuthorReport) -> Sentence {
    let is_new_here = match merged_here(report) {
        Some(0) => true,
        Some(merged) => return Key::ShortMergedHere.with(&[merged]),
        None => false,
    };
    let ever = report.about.as_ref().and_then(|it| it.merged_pull_requests);
    if let Some(merged) = ever.filter(|merged| *merged > 0) {
        let key = if is_new_here {
            Key::ShortNewHereMergedEver
        } else {
            Key::ShortMergedEver
        };
        return key.with(&[merged]);
    }
    let (merged, pull_requests, issues) = recent(report);
    match (merged, pull_requests, issues) {
        (1.., _, _) if is_new_here => Key::ShortNewHereMerged.with(&[merged]),
        (1.., _, _) => Key::ShortMergedElsewhere.with(&[merged]),
        _ if is_new_here => Key::ShortNewHere.alone(),
        (0, 1.., _) => Key::ShortPullRequestsElsewhere.with(&[pull_requests]),
        (0, 0, 1..) => Key::ShortIssuesElsewhere.with(&[issues]),
        (0, 0, 0) => account_age(report),
    }
}

/// Pull requests merged in this repository, where that is known; none is said
/// of the whole history alone.
fn merged_here(report: &AuthorReport) -> Option<u32> {
    let finding = report.findings.iter().find(|it| it.id == "here-merged")?;
    measured(report, "here-merged").filter(|merged| *merged > 0 || !finding.is_at_least)
}

fn account_age(report: &AuthorReport) -> Sentence {
    measured(report, "account-age").map_or_else(
        || Key::ShortNothingElsewhere.alone(),
        |days| Key::ShortAccountAge.with(&[days]),
    )
}

/// The number of a finding that is known, whose sentence counts it first.
fn measured(report: &AuthorReport, id: &str) -> Option<u32> {
    let is_it = |finding: &&Finding| finding.id == id && finding.measured.is_some();
    let finding = report.findings.iter().find(is_it)?;
    match finding.sentence.args.first() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the core wrote it there from a u32"
        )]
        Some(Arg::Number(number)) => Some(*number as u32),
        Some(Arg::Text(_)) | None => None,
    }
}

/// Merged, all pull requests, and all issues elsewhere in the window.
fn recent(report: &AuthorReport) -> (u32, u32, u32) {
    let Some(activity) = &report.activity else {
        return (0, 0, 0);
    };
    let mut merged = 0;
    let mut pull_requests = 0;
    for it in &activity.pull_requests {
        pull_requests += it.count;
        if it.outcome == ItemOutcome::Merged {
            merged += it.count;
        }
    }
    let issues = activity.issues.iter().map(|it| it.count).sum();
    (merged, pull_requests, issues)
}

fn unknown(report: &AuthorReport) -> Option<Key> {
    let reason = report.reasons.first()?;
    let short = [
        (Key::ReasonGapOnRequest, Key::ShortNotLookedUp),
        (Key::ReasonGapNoToken, Key::ShortNoToken),
        (Key::ReasonGapTokenRefused, Key::ShortTokenRefused),
        (Key::ReasonGapLimitSpent, Key::ShortLimitSpent),
        (Key::ReasonGapOffline, Key::ShortOffline),
        (Key::ReasonGapNoPermission, Key::ShortNoPermission),
        (Key::ReasonGapNotSearchable, Key::ShortNotSearchable),
        (Key::ReasonNotFound, Key::ShortNotFound),
        (Key::ReasonOrganization, Key::ShortOrganization),
        (Key::ReasonGhost, Key::ShortGhost),
    ];
    let found = short.iter().find(|(long, _)| long.as_str() == reason.key);
    Some(found.map_or(Key::ShortIncomplete, |(_, short)| *short))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::assess;
    use crate::evidence::{Account, Association, Counts, Evidence, Fact, Gap, GapReason, User};
    use crate::finding::FINDINGS;
    use crate::finding::testing::{
        found, issue, known, now, pull_request, rex, times, with_unseen,
    };
    use crate::policy::Policy;

    fn ada() -> Evidence {
        let mut evidence = rex();
        evidence.repository = Some("acme/web".parse().unwrap());
        evidence.account = known(Account::User(User {
            login: "rex".parse().unwrap(),
            created_at: "2026-11-09T09:00:00Z".parse().unwrap(),
            name: None,
            company: None,
            website: None,
            location: None,
            bio: None,
        }));
        evidence.history_here = found(&[], pull_request);
        evidence
    }

    /// The key without `short_`, and its numbers.
    fn check(evidence: &Evidence, expected: &str) {
        let report = assess(evidence, &Policy::default(), now()).report;
        let told = report.short_reason.map_or("nothing".to_owned(), |it| {
            let args = it.args.iter().map(|arg| match arg {
                Arg::Number(number) => format!(" {number}"),
                Arg::Text(text) => format!(" {text}"),
            });
            it.key.replace("short_", "") + &args.collect::<String>()
        });
        assert_eq!(told, expected, "at {:?}", report.level);
    }

    #[test]
    fn tells_the_strongest_finding() {
        let mut evidence = ada();
        let lines = times(8, "declined carl{}/a Fix {}");
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        evidence.pull_requests = found(&lines, pull_request);
        check(&evidence, "prs_turned_down 8 8 8");
        evidence.pull_requests = found(&["merged carl/a"], pull_request);
        let lines = times(9, "open carl{}/a The same");
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        evidence.issues = found(&lines, issue);
        check(&evidence, "repeated_issue_titles 9");
    }

    #[test]
    fn tells_why_somebody_is_known() {
        let mut evidence = ada();
        evidence.history_here = found(&["merged acme/web"; 4], pull_request);
        evidence.association = Some(Association::Contributor);
        check(&evidence, "merged_here 4");
        evidence.association = Some(Association::Owner);
        check(&evidence, "owner");
    }

    #[test]
    fn tells_what_there_is_where_nothing_is_of_note() {
        let mut evidence = ada();
        evidence.pull_requests = found(&["merged carl/a", "open carl/b"], pull_request);
        check(&evidence, "new_here_merged 1");
        // Nobody has seen the rest of the history here.
        let whole = std::mem::replace(
            &mut evidence.history_here,
            with_unseen(found(&[], pull_request), 9),
        );
        check(&evidence, "merged_elsewhere 1");
        evidence.history_here = whole;
        evidence.counts = known(Counts {
            followers: 0,
            following: 0,
            own_repositories: 0,
            forks: 0,
            pull_requests: 50,
            merged_pull_requests: 41,
            closed_pull_requests: None,
            issues: 0,
            newest_at: None,
        });
        check(&evidence, "new_here_merged_ever 41");
        evidence.history_here = found(&["merged acme/web"], pull_request);
        check(&evidence, "merged_here 1");
        evidence.repository = None;
        evidence.counts = Fact::NotAsked;
        check(&evidence, "merged_elsewhere 1");
        evidence.pull_requests = found(&["open carl/b"], pull_request);
        check(&evidence, "pull_requests_elsewhere 1");
    }

    #[test]
    fn tells_what_is_missing() {
        let mut evidence = ada();
        evidence.pull_requests = Fact::Missing(Gap::new(GapReason::LimitSpent));
        check(&evidence, "limit_spent");
        evidence.pull_requests = Fact::Missing(Gap::new(GapReason::ServerError));
        check(&evidence, "incomplete");
        evidence.pull_requests = Fact::Coming;
        check(&evidence, "nothing");
        evidence.account = known(Account::NotFound);
        check(&evidence, "not_found");
    }

    #[test]
    fn every_finding_that_can_raise_a_level_has_one() {
        for finding in FINDINGS {
            let rules = [finding.balanced, finding.classic];
            let is_raising = rules
                .into_iter()
                .flatten()
                .any(|it| it.thresholds.is_some());
            assert!(
                !is_raising || of_finding(finding.id).is_some(),
                "{}",
                finding.id
            );
        }
    }
}
