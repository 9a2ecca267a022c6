//! What gh-profiler 0.9.0 itself would flag, where it differs from its own
//! rules as they are meant.
//!
//! It compares organizations' names, and the owner of an issue's repository,
//! with case; and it sees the first 100 results only. Where that changes a
//! group's flag, whoever compares the two should find it said.

use super::join;
use crate::assess::Read;
use crate::evidence::{Account, Evidence};
use crate::finding::activity::{Activity, ActivityFact, ItemsTold};
use crate::finding::case::Case;
use crate::finding::contribution::ContributionKind;
use crate::finding::{Definition, FINDINGS, Grade, Range};
use crate::policy::PolicyName;
use crate::report::{GroupName, Sentence};
use crate::words::Key;

/// How many results of a search gh-profiler asks for.
const FIRST: usize = 100;

/// A sentence for each group that gh-profiler would flag otherwise. Nothing is
/// said before everything it would look at is known.
pub(super) fn told(
    case: &Case<'_>,
    reads: &[Read],
    unadjusted_age: Option<&Range>,
) -> Vec<Sentence> {
    theirs(case, unadjusted_age)
        .into_iter()
        .flatten()
        .filter_map(|(group, flag)| {
            let ours = join(
                reads
                    .iter()
                    .filter(|read| read.rule.group == group)
                    .filter_map(Read::range),
            );
            if ours.is_decided() && ours.low != flag {
                key(group, flag).map(Key::alone)
            } else {
                None
            }
        })
        .collect()
}

fn theirs(case: &Case<'_>, unadjusted_age: Option<&Range>) -> Option<[(GroupName, Grade); 3]> {
    let evidence = case.evidence;
    let pull_requests = ItemsTold::of_pull_requests(evidence)?;
    let issues = ItemsTold::of_issues(evidence)?;
    let (ActivityFact::Known(_), ActivityFact::Known(_)) = (&case.pull_requests, &case.issues)
    else {
        return None;
    };
    let Account::User(_) = evidence.account.known()? else {
        return None;
    };
    let as_seen = Case {
        evidence,
        policy: PolicyName::Classic,
        now: case.now,
        pull_requests: ActivityFact::Known(first(&pull_requests, evidence)?),
        issues: ActivityFact::Known(first(&issues, evidence)?),
        is_unsearchable: false,
    };
    let flag = |group| {
        FINDINGS
            .iter()
            .filter_map(|definition| classic_range(definition, group, &as_seen))
            .map(|range| range.low)
            .max()
            .unwrap_or(Grade::Clear)
    };
    let (pull_requests_flag, issues_flag) =
        (flag(GroupName::PullRequests), flag(GroupName::Issues));

    let age = unadjusted_age.filter(|range| range.is_decided())?.low;
    let fields = FINDINGS.iter().find(|d| d.id == "profile-fields")?;
    let fields = classic_range(fields, GroupName::Profile, &as_seen)?;
    let is_quiet = pull_requests.items.is_empty() && issues.total == 0;
    let are_others_green = pull_requests_flag.max(issues_flag) == Grade::Clear;
    let profile_flag = match (is_quiet, are_others_green) {
        (true, _) => Grade::Clear,
        (false, _) if !fields.is_decided() => return None,
        (false, true) => fields.low,
        (false, false) => fields.low.max(age),
    };
    Some([
        (GroupName::Profile, profile_flag),
        (GroupName::PullRequests, pull_requests_flag),
        (GroupName::Issues, issues_flag),
    ])
}

fn classic_range(definition: &Definition, group: GroupName, case: &Case<'_>) -> Option<Range> {
    let rule = definition.classic.filter(|rule| rule.group == group)?;
    match (definition.read)(case, rule.thresholds)?.outcome {
        crate::finding::Outcome::Graded(range) => Some(range),
        _ => None,
    }
}

/// The first results, sorted as gh-profiler sorts them; none where that many
/// are not known, or the organizations that would matter.
fn first<'a>(found: &ItemsTold<'a>, evidence: &Evidence) -> Option<Activity<'a>> {
    let login = &evidence.login;
    let first = found.items.get(..FIRST.min(found.items.len()))?;
    let mut external = Vec::new();
    for &contribution in first {
        let item = contribution.item();
        let owner = item.repository.owner();
        let is_own = match found.kind {
            ContributionKind::PullRequest => owner == login,
            ContributionKind::Issue => owner.as_str() == login.as_str(),
        };
        let is_in_theirs = if item.is_in_organization {
            let organizations = evidence.organizations.known()?;
            organizations.iter().any(|o| o.as_str() == owner.as_str())
        } else {
            false
        };
        if !is_own && !is_in_theirs {
            external.push(contribution);
        }
    }
    Some(Activity {
        certain: external.clone(),
        possible: external,
        unseen: 0,
        is_unseen_merged: false,
        total: found.total,
        is_cut: false,
        is_any_elsewhere: false,
        kind: found.kind,
    })
}

fn key(group: GroupName, flag: Grade) -> Option<Key> {
    match (group, flag) {
        (GroupName::Profile, Grade::Clear) => Some(Key::AdjustmentProfileGreen),
        (GroupName::Profile, Grade::Caution) => Some(Key::AdjustmentProfileYellow),
        (GroupName::Profile, Grade::Alert) => Some(Key::AdjustmentProfileRed),
        (GroupName::PullRequests, Grade::Clear) => Some(Key::AdjustmentPullRequestsGreen),
        (GroupName::PullRequests, Grade::Caution) => Some(Key::AdjustmentPullRequestsYellow),
        (GroupName::PullRequests, Grade::Alert) => Some(Key::AdjustmentPullRequestsRed),
        (GroupName::Issues, Grade::Clear) => Some(Key::AdjustmentIssuesGreen),
        (GroupName::Issues, Grade::Caution) => Some(Key::AdjustmentIssuesYellow),
        (GroupName::Issues, Grade::Alert) => Some(Key::AdjustmentIssuesRed),
        (GroupName::Here | GroupName::Conduct, _) => None,
    }
}
