//! Looking back, held against the world that the loopback GitHub tells of: what
//! every author had done when an item was opened is made into a record, and
//! judged by the code that judges records. No answer of GitHub's takes part.

use super::{Told, begun, finish};
use bonafide_core::message::{TriageRow, TriageWhich};
use bonafide_core::policy::Policy;
use bonafide_core::report::{ItemOutcome, Level};
use bonafide_judge::{UnknownCloser, judge, read_records};
use fake_github::World;
use fake_github::world::{Account, CloseReason, Closer, Item, Kind};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn closed_by(world: &World, author: &Account, item: &Item) -> &'static str {
    match &item.closed_by {
        Closer::Author => "author",
        Closer::Commit(_) => "commit",
        Closer::Other(login) if *login == author.login => "author",
        Closer::Other(login) => match world.account(login) {
            Some(account) if account.kind == Kind::Bot => "bot",
            _ => "other",
        },
    }
}

/// An item as it was at a moment.
fn at(world: &World, author: &Account, item: &Item, moment: jiff::Timestamp) -> Value {
    let closed_at = item.closed_at().filter(|at| *at <= moment);
    let mut told = json!({
        "repository": item.repository.full_name(),
        "isInOrganization": item.repository.in_organization,
        "number": item.number,
        "title": item.title,
        "createdAt": item.created.to_string(),
        "state": match closed_at {
            None => "OPEN",
            Some(_) if item.merged_at().is_some() => "MERGED",
            Some(_) => "CLOSED",
        },
    });
    if let Some(closed_at) = closed_at {
        told["closedAt"] = closed_at.to_string().into();
        if item.is_pull() && item.merged_at().is_none() {
            told["closedBy"] = closed_by(world, author, item).into();
        }
        told["stateReason"] = match item.reason() {
            Some(CloseReason::Completed) => "COMPLETED".into(),
            Some(CloseReason::NotPlanned) => "NOT_PLANNED".into(),
            Some(CloseReason::Duplicate) => "DUPLICATE".into(),
            None => Value::Null,
        };
    }
    told
}

/// What the world knows of a row: the level of its author as of the opening,
/// and what became of it.
fn from_world(world: &World, row: &TriageRow) -> (Level, ItemOutcome) {
    let author = world.account(row.login.as_ref().unwrap()).unwrap();
    let number = row.number.unwrap();
    let is_it = |it: &&Item| it.repository.full_name() == "acme/crowd" && it.number == number;
    let item = author.items.iter().find(is_it).unwrap();
    let moment = item.created;
    let before = |are_pulls: bool| {
        let items = author.items.iter();
        let items = items.filter(|it| it.is_pull() == are_pulls && it.created <= moment);
        let items = items.filter(|it| !it.repository.is_private);
        let items: Vec<Value> = items.map(|it| at(world, &author, it, moment)).collect();
        items
    };
    let is_insider = matches!(item.association, "OWNER" | "MEMBER" | "COLLABORATOR");
    let record = json!({
        "id": "it",
        "login": author.login,
        "now": moment.to_string(),
        "createdAt": author.created.to_string(),
        "organizations": author.organizations,
        "pullRequests": before(true),
        "issues": before(false),
        "repository": "acme/crowd",
        "authorAssociation": is_insider.then_some(item.association),
        "openedHereAt": moment.to_string(),
    });
    let records = read_records("world", &record.to_string()).unwrap();
    let verdict = judge(&records[0], &Policy::default(), UnknownCloser::Gap);
    let outcome = if item.merged_at().is_some() {
        ItemOutcome::Merged
    } else {
        match closed_by(world, &author, item) {
            "author" => ItemOutcome::Withdrawn,
            "commit" => ItemOutcome::Merged,
            "bot" => ItemOutcome::Closed,
            _ => ItemOutcome::ClosedByOthers,
        }
    };
    (verdict.level, outcome)
}

#[test]
fn levels_as_of_the_opening_are_those_of_the_world() {
    let mut sim = begun("acme/crowd", TriageWhich::ClosedSince { days: 9 });
    finish(&mut sim);
    let rows = Told::of(&sim).rows;
    let world = sim.github.world();
    let (mut told, mut counted) = (BTreeMap::new(), BTreeMap::new());
    let (mut unknown, mut known_before) = (0, 0);
    for row in rows.values() {
        let is_nobody = row.level == Level::Bot || row.login.as_deref() == Some("ghost");
        let then = row.level_then;
        unknown += usize::from(then == Some(Level::Unknown) && !is_nobody);
        if is_nobody || then == Some(Level::Unknown) {
            continue;
        }
        let (mut level, outcome) = from_world(world, row);
        // What was merged here before all that was read is nobody's to know:
        // whoever is clear may have been known.
        if then == Some(Level::Clear) && level == Level::Known {
            level = Level::Clear;
            known_before += 1;
        }
        let cell = |level: Level, outcome: ItemOutcome| format!("{level:?} {outcome:?}");
        *told
            .entry(cell(then.unwrap(), row.outcome.unwrap()))
            .or_insert(0) += 1;
        *counted.entry(cell(level, outcome)).or_insert(0) += 1;
    }
    println!(
        "{told:?}, {unknown} of {} not known, {known_before} known before",
        rows.len()
    );
    assert!(told.len() > 8 && unknown * 5 < rows.len() && known_before * 50 < rows.len());
    assert_eq!(told, counted);
}
