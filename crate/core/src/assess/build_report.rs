//! The report as a person is shown it: readings and evidence put in order.

use super::{Read, Verdict, is_page, recent_activity, short_reason, this_item};
use crate::evidence::{Account, Fact, Part};
use crate::finding::case::{Case, State};
use crate::finding::{Grade, Outcome};
use crate::policy::PolicyName;
use crate::report::{
    About, AuthorReport, Finding, FindingLevel, GapNote, GroupName, Groups, Level, Sentence,
};
use crate::time::Timestamp;
use crate::words::Key;

/// A report that says one thing and shows no findings, and so lacks nothing:
/// what could not be had of an organization or of nobody would not have
/// changed a word.
pub(super) fn without_findings(case: &Case<'_>, level: Level, reason: Sentence) -> AuthorReport {
    let evidence = case.evidence;
    let user = match evidence.account.known() {
        Some(Account::User(user)) => Some(user),
        _ => None,
    };
    let login = user.map_or(&evidence.login, |user| &user.login);
    let mut report = AuthorReport {
        login: login.to_string(),
        level,
        policy: case.policy,
        repository: evidence.repository.as_ref().map(ToString::to_string),
        checked_at: oldest(case).map(|at| at.to_string()),
        reasons: vec![reason],
        short_reason: None,
        adjustments: Vec::new(),
        groups: Groups::default(),
        findings: Vec::new(),
        activity: None,
        gaps: Vec::new(),
        coming: parts_in(case, |state| state == State::Coming),
        about: about(case),
        this_item: this_item::report(&evidence.this_item, &evidence.login),
        record_then: None,
        vouched: None,
    };
    report.short_reason = short_reason::of(&report);
    report
}

/// The whole report.
pub(super) fn report(
    case: &Case<'_>,
    reads: Vec<Read>,
    verdict: &Verdict,
    reasons: Vec<Sentence>,
    adjustments: Vec<Sentence>,
) -> AuthorReport {
    let mut findings: Vec<Finding> = Vec::new();
    let mut groups = Groups::default();
    // By group, the heaviest first; within a level, the order of the table stays.
    let priority = |finding: &Finding| (finding.group, u8::MAX - weight(finding.level));
    for read in reads {
        let finding = finding(case, read, verdict);
        let group = groups.of_mut(finding.group);
        if group.is_none_or(|level| weight(finding.level) > weight(level)) {
            *group = Some(finding.level);
        }
        let place = findings.partition_point(|it| priority(it) <= priority(&finding));
        findings.insert(place, finding);
    }
    let mut report = AuthorReport {
        reasons,
        adjustments,
        groups,
        findings,
        activity: recent_activity::of(case),
        gaps: gaps(case, verdict),
        ..without_findings(case, verdict.level, Key::ReasonPending.alone())
    };
    report.short_reason = short_reason::of(&report);
    report
}

/// The worst of a group's findings gives its level, except that a caution
/// which may still become an alert is not yet told.
fn weight(level: FindingLevel) -> u8 {
    match level {
        FindingLevel::Info => 0,
        FindingLevel::Clear => 1,
        FindingLevel::Unknown => 2,
        FindingLevel::Caution => 3,
        FindingLevel::Pending => 4,
        FindingLevel::Alert => 5,
    }
}

fn finding(case: &Case<'_>, read: Read, verdict: &Verdict) -> Finding {
    let reading = read.reading;
    let level = level(case, &reading.outcome, verdict);
    let is_told = !matches!(level, FindingLevel::Pending | FindingLevel::Unknown);
    let sentence = match level {
        FindingLevel::Pending => Key::FindingPending.alone(),
        FindingLevel::Unknown if is_left_open(case, &reading.outcome, verdict) => {
            Key::FindingNotFollowed.alone()
        }
        FindingLevel::Unknown => Key::FindingUnknown.alone(),
        _ => reading.sentence,
    };
    Finding {
        id: read.definition.id.to_owned(),
        group: read.rule.group,
        level,
        sentence,
        measured: reading.measured.filter(|_| is_told),
        is_at_least: is_told && reading.is_at_least,
        thresholds: read.rule.thresholds,
        links: reading.links,
    }
}

/// Whether only pages that nobody will ask for would decide the finding.
fn is_left_open(case: &Case<'_>, outcome: &Outcome, verdict: &Verdict) -> bool {
    let Outcome::Graded(range) = outcome else {
        return false;
    };
    case.policy != PolicyName::Classic
        && range.undecided_by.iter().all(|part| {
            is_page(case, part)
                && case.state(part) == State::NotAsked
                && !verdict.needs.contains(part)
        })
}

fn level(case: &Case<'_>, outcome: &Outcome, verdict: &Verdict) -> FindingLevel {
    let is_awaited = |part: Part| matches!(case.state(part), State::NotAsked | State::Coming);
    match outcome {
        Outcome::Context => FindingLevel::Info,
        Outcome::ContextNeeds(part) if is_awaited(*part) => FindingLevel::Pending,
        Outcome::ContextNeeds(_) => FindingLevel::Unknown,
        Outcome::Graded(range) => {
            let may_wait = !range.is_decided()
                && !is_left_open(case, outcome, verdict)
                && range.undecided_by.iter().any(is_awaited);
            match range.low {
                _ if may_wait => FindingLevel::Pending,
                Grade::Alert => FindingLevel::Alert,
                Grade::Caution => FindingLevel::Caution,
                Grade::Clear if range.is_decided() => FindingLevel::Clear,
                Grade::Clear => FindingLevel::Unknown,
            }
        }
    }
}

fn parts_in(case: &Case<'_>, is_meant: impl Fn(State) -> bool) -> Vec<Part> {
    let is_meant = |part: &Part| is_meant(case.state(*part));
    Part::ALL.into_iter().filter(is_meant).collect()
}

fn gaps(case: &Case<'_>, verdict: &Verdict) -> Vec<GapNote> {
    // Who closed what is asked for where it matters; elsewhere it lacks nobody.
    let is_lacking = |part: &Part| *part != Part::Closers || verdict.missing.contains(*part);
    let note = |part| match case.state(part) {
        State::Missing(gap) => Some(GapNote {
            part,
            reason: gap.reason,
            until: gap.until.map(|until| until.to_string()),
        }),
        State::NotAsked | State::Coming | State::Known => None,
    };
    Part::ALL
        .into_iter()
        .filter(is_lacking)
        .filter_map(note)
        .collect()
}

fn oldest(case: &Case<'_>) -> Option<Timestamp> {
    fn told<T>(fact: &Fact<T>) -> Option<Timestamp> {
        match fact {
            Fact::Known { at, .. } => Some(*at),
            Fact::NotAsked | Fact::Coming | Fact::Missing(_) => None,
        }
    }
    let e = case.evidence;
    let all = [
        told(&e.account),
        told(&e.email),
        told(&e.social_accounts),
        told(&e.organizations),
        told(&e.counts),
        told(&e.pull_requests),
        told(&e.issues),
        told(&e.history_here),
        told(&e.closers),
        told(&e.this_item),
    ];
    all.into_iter().flatten().min()
}

fn about(case: &Case<'_>) -> Option<About> {
    let evidence = case.evidence;
    let Some(Account::User(user)) = evidence.account.known() else {
        return None;
    };
    let counts = evidence.counts.known();
    let organizations = evidence.organizations.known();
    Some(About {
        created_at: user.created_at.to_string(),
        name: user.name.clone(),
        company: user.company.clone(),
        website: user.website.clone(),
        location: user.location.clone(),
        bio: user.bio.clone(),
        organizations: organizations.map(|all| all.iter().map(ToString::to_string).collect()),
        social_accounts: evidence.social_accounts.known().cloned(),
        followers: counts.map(|c| c.followers),
        pull_requests: counts.map(|c| c.pull_requests),
        merged_pull_requests: counts.map(|c| c.merged_pull_requests),
        closed_pull_requests: counts.and_then(|c| c.closed_pull_requests),
        issues: counts.map(|c| c.issues),
        own_repositories: counts.map(|c| c.own_repositories),
    })
}

/// The report of the account that GitHub shows in the place of deleted ones,
/// as `classic` has it: the profile's flag and nothing else.
pub(super) fn flagged_profile(case: &Case<'_>) -> AuthorReport {
    let mut groups = Groups::default();
    *groups.of_mut(GroupName::Profile) = Some(FindingLevel::Alert);
    AuthorReport {
        groups,
        ..without_findings(case, Level::Alert, Key::ReasonGhost.alone())
    }
}
