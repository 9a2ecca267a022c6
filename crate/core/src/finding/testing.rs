//! Short words for evidence and readings, for the tests of findings.

use super::case::Case;
use super::{FINDINGS, Grade, Outcome, Reading};
use crate::evidence::{
    ClosedAs, ClosedBy, Evidence, Fact, Issue, Item, ItemList, PullRequest, PullRequestState,
    Remainder,
};
use crate::policy::{Policy, PolicyName};
use crate::time::{SignedDuration, Timestamp};

pub fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

pub fn known<T>(value: T) -> Fact<T> {
    Fact::Known { value, at: now() }
}

/// `rex`, active, in no organization, and else nothing.
pub fn rex() -> Evidence {
    let mut evidence = Evidence::new("rex".parse().unwrap());
    evidence.organizations = known(Vec::new());
    evidence.pull_requests = found(&["open rex/own Mine"], pull_request);
    evidence.issues = found(&["open rex/own Mine"], issue);
    evidence
}

/// From lines such as `closed carl/a A title`, the newest first, an hour
/// between two; an owner that is an organization is written `acme+`.
pub fn found<T>(lines: &[&str], mut read: impl FnMut(&str, Item) -> T) -> Fact<ItemList<T>> {
    let read_line = |(index, line): (usize, &&str)| {
        let mut words = line.splitn(3, ' ');
        let state = words.next().unwrap();
        let place = words.next().unwrap();
        let item = Item {
            repository: place.replace('+', "").parse().unwrap(),
            is_in_organization: place.contains('+'),
            number: u32::try_from(index).unwrap() + 1,
            title: words.next().unwrap_or(line).to_owned(),
            created_at: now() - SignedDuration::from_hours(i64::try_from(index).unwrap()),
            closed_at: None,
        };
        read(state, item)
    };
    known(ItemList {
        total: u32::try_from(lines.len()).unwrap(),
        items: lines.iter().enumerate().map(read_line).collect(),
        rest: Remainder::None,
        is_refusal_told: false,
        is_rest_merged: false,
    })
}

pub fn pull_request(state: &str, item: Item) -> PullRequest {
    let closed = PullRequestState::Closed;
    let (state, closed_by) = match state {
        "open" => (PullRequestState::Open, None),
        "merged" => (PullRequestState::Merged, None),
        // Nobody has told yet by whom.
        "closed" => (closed, None),
        "withdrawn" => (closed, Some(ClosedBy::Author)),
        "landed" => (closed, Some(ClosedBy::Commit)),
        "tidied" => (closed, Some(ClosedBy::Bot)),
        "declined" => (closed, Some(ClosedBy::Other)),
        _ => panic!("{state}"),
    };
    PullRequest {
        node_id: Some(format!("PR_{}", item.number)),
        item,
        state,
        closed_by,
        association: None,
    }
}

pub fn issue(state: &str, item: Item) -> Issue {
    let closed_as = match state {
        "open" => None,
        "completed" => Some(ClosedAs::Completed),
        "not-planned" => Some(ClosedAs::NotPlanned),
        "duplicate" => Some(ClosedAs::Duplicate),
        // GitHub names no reason.
        "closed" => Some(ClosedAs::Other),
        _ => panic!("{state}"),
    };
    Issue {
        item,
        closed_as,
        is_not_planned_without_duplicates: state == "not-planned",
    }
}

/// Adds results that were not fetched.
pub fn with_unseen<T>(mut fact: Fact<ItemList<T>>, unseen: u32) -> Fact<ItemList<T>> {
    if let Fact::Known { value, .. } = &mut fact {
        value.total += unseen;
        value.rest = Remainder::NotAsked;
    }
    fact
}

/// Adds merged pull requests that were not fetched.
pub fn with_unseen_merged(
    fact: Fact<ItemList<PullRequest>>,
    unseen: u32,
) -> Fact<ItemList<PullRequest>> {
    let mut fact = with_unseen(fact, unseen);
    if let Fact::Known { value, .. } = &mut fact {
        value.is_rest_merged = true;
    }
    fact
}

pub fn read(id: &str, policy: PolicyName, evidence: &Evidence) -> Option<Reading> {
    let definition = FINDINGS.iter().find(|d| d.id == id).unwrap();
    let rule = Policy::preset(policy).rule(definition)?;
    (definition.read)(&Case::new(evidence, policy, now()), rule.thresholds)
}

/// A reading in short: `caution 4`, `clear to alert 1+ by {Organizations}`.
pub fn told(id: &str, policy: PolicyName, evidence: &Evidence) -> String {
    let Some(reading) = read(id, policy, evidence) else {
        return "nothing".to_owned();
    };
    let word = |grade| match grade {
        Grade::Clear => "clear",
        Grade::Caution => "caution",
        Grade::Alert => "alert",
    };
    let (grade, by) = match reading.outcome {
        Outcome::Context => ("context".to_owned(), String::new()),
        Outcome::ContextNeeds(part) => ("context".to_owned(), format!(" by {{{part:?}}}")),
        Outcome::Graded(range) if range.is_decided() => (word(range.low).to_owned(), String::new()),
        Outcome::Graded(range) => (
            format!("{} to {}", word(range.low), word(range.high)),
            format!(" by {:?}", range.undecided_by),
        ),
    };
    let measured = reading.measured.map_or(String::new(), |n| format!(" {n}"));
    let plus = if reading.is_at_least { "+" } else { "" };
    format!("{grade}{measured}{plus}{by}")
}

/// As many lines as asked for, `{}` in each filled by its number.
pub fn times(count: usize, line: &str) -> Vec<String> {
    (0..count)
        .map(|n| line.replace("{}", &n.to_string()))
        .collect()
}
