//! `acme/crowd`: a repository as large as lists and bulk look-ups have to cope with.
//!
//! Its people are the accounts `gen-10000` to `gen-11199`, whose own records hold what they did
//! here too. It is made when somebody first asks for it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{CloseReason, Closer, Item, ItemKind, PullOutcome, Random, Repository, generated};

/// The repository's name.
pub(super) const NAME: &str = "acme/crowd";
/// How many people have a pull request in it.
pub(super) const PEOPLE: u32 = 1_200;
/// The first of them is the generated account with this number.
pub(super) const FIRST_PERSON: u32 = 10_000;
/// The app that opens pull requests in it.
pub(super) const APP: &str = "crowd-updates[bot]";

/// How many pull requests there are, those of the app and of deleted accounts among them.
const PULLS: u32 = 3_000;
/// How many issues there are.
const ISSUES: u32 = 800;
/// Of the pull requests, how many the app opened.
const BY_THE_APP: u32 = 100;
/// Of the pull requests, how many somebody opened whose account is deleted.
const BY_NOBODY: u32 = 50;
/// How long ago the first was opened, in minutes: 380 days.
const FIRST_AGO: f64 = 380.0 * 1440.0;
/// The first few people are members.
const MEMBERS: u32 = 6;
/// This person opened 24 pull requests within a day, none of them merged.
const FLOODER: u32 = 600;
/// Where they stand, counted from the newest of all.
const FLOOD: std::ops::Range<u32> = 40..64;

/// Who opened something here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Opener {
    /// The person with that number, from 0.
    Person(u32),
    /// The app.
    App,
    /// An account that is deleted.
    Nobody,
}

/// A pull request or an issue of the repository.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) opener: Opener,
    pub(crate) item: Item,
    /// The issue that merging it closes.
    pub(crate) closes: Option<u32>,
}

/// All that was opened in the repository, by number from 1.
#[derive(Debug)]
pub(super) struct Crowd {
    entries: Vec<Entry>,
}

impl Crowd {
    pub(super) fn new(seed: u64, now: Timestamp) -> Self {
        let mut random = Random::new(seed ^ 0xC0FF_EE00);
        let mut openers = openers(&mut random);
        let mut issues: Vec<u32> = Vec::new();
        let mut entries = Vec::new();
        let all = PULLS + ISSUES;
        for number in 1..=all {
            let from_newest = all - number;
            // The nearer to now, the more is opened.
            let share = f64::from(from_newest) / f64::from(all);
            let ago = SignedDuration::from_secs_f64((FIRST_AGO * share.powf(1.6) + 20.0) * 60.0);
            let created = now - ago;
            let is_flood = FLOOD.contains(&from_newest);
            let flood = is_flood.then_some((Opener::Person(FLOODER), true));
            let next = flood.or_else(|| openers.pop());
            let (opener, is_pull) = next.unwrap_or((Opener::App, true));
            let end = ending(opener, is_flood, &mut random);
            let what = if is_pull {
                pull(end, created, now, &mut random)
            } else {
                issue(end, created, now, &mut random)
            };
            let closes = (is_pull && !issues.is_empty() && random.percent(25)).then(|| {
                // They are for one of the newest issues, so that several race for one.
                let back = random.below(12) as usize;
                issues[(issues.len() - 1).saturating_sub(back)]
            });
            if !is_pull {
                issues.push(number);
            }
            entries.push(Entry {
                opener,
                closes,
                item: Item {
                    repository: Repository::of_organization(NAME),
                    number,
                    title: generated::title(3, &mut random),
                    created,
                    what,
                    association: "NONE",
                    closed_by: closer(opener, &mut random),
                },
            });
        }
        associate(&mut entries);
        Self { entries }
    }

    /// Everything, oldest first.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What has that number.
    pub(super) fn entry(&self, number: u32) -> Option<&Entry> {
        self.entries
            .get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// What somebody opened.
    pub(super) fn items_of(&self, opener: Opener) -> Vec<Item> {
        let of_it = self.entries.iter().filter(|entry| entry.opener == opener);
        of_it.map(|entry| entry.item.clone()).collect()
    }
}

/// Who opened each item but the flood, and whether it is a pull request, in no particular order.
fn openers(random: &mut Random) -> Vec<(Opener, bool)> {
    let mut openers = Vec::new();
    openers.extend((0..PEOPLE).map(|person| (Opener::Person(person), true)));
    openers.extend((0..BY_THE_APP).map(|_| (Opener::App, true)));
    openers.extend((0..BY_NOBODY).map(|_| (Opener::Nobody, true)));
    // A few people do much, many do little.
    let somebody = |random: &mut Random| {
        let least = random.below(PEOPLE) + 1;
        let least = random.below(least) + 1;
        Opener::Person(random.below(least))
    };
    let of_flood = FLOOD.end - FLOOD.start;
    while openers.len() < (PULLS - of_flood) as usize {
        openers.push((somebody(random), true));
    }
    for _ in 0..ISSUES {
        openers.push((somebody(random), false));
    }
    for at in (1..openers.len()).rev() {
        let other = random.below(u32::try_from(at + 1).unwrap_or(1)) as usize;
        openers.swap(at, other);
    }
    openers
}

/// How something ended, whatever it is.
#[derive(Clone, Copy, PartialEq)]
enum Ending {
    Good,
    Bad,
    None,
}

fn ending(opener: Opener, is_flood: bool, random: &mut Random) -> Ending {
    let (good, bad) = match opener {
        _ if is_flood => (0, 60),
        Opener::Person(person) if person < MEMBERS => (88, 6),
        Opener::App => (70, 25),
        // Each person's own luck.
        Opener::Person(person) => (30 + person * 7 % 50, 15 + person * 11 % 20),
        Opener::Nobody => (30, 60),
    };
    match random.below(100) {
        roll if roll < good => Ending::Good,
        roll if roll < good + bad => Ending::Bad,
        _ => Ending::None,
    }
}

/// When something that was opened then ended: never in the future.
fn ended(created: Timestamp, now: Timestamp, random: &mut Random) -> Timestamp {
    let minutes = i64::from(random.below(9 * 1440) + 1);
    (created + SignedDuration::from_mins(minutes)).min(now - SignedDuration::from_mins(1))
}

fn pull(end: Ending, created: Timestamp, now: Timestamp, random: &mut Random) -> ItemKind {
    let at = ended(created, now, random);
    let draft = random.percent(12) && end == Ending::None;
    let end = match end {
        Ending::Good => PullOutcome::Merged(at),
        Ending::Bad => PullOutcome::Closed(at),
        Ending::None => PullOutcome::Open,
    };
    ItemKind::Pull { end, draft }
}

fn issue(end: Ending, created: Timestamp, now: Timestamp, random: &mut Random) -> ItemKind {
    let at = ended(created, now, random);
    let reason = match end {
        Ending::Good => Some(CloseReason::Completed),
        Ending::Bad if random.percent(25) => Some(CloseReason::Duplicate),
        Ending::Bad => Some(CloseReason::NotPlanned),
        Ending::None => None,
    };
    ItemKind::Issue {
        closed: reason.map(|reason| (at, reason)),
    }
}

fn closer(opener: Opener, random: &mut Random) -> Closer {
    match random.below(100) {
        roll if roll < 50 => Closer::Other("maintainer-max".to_owned()),
        roll if roll < 58 => Closer::Other("stale[bot]".to_owned()),
        58 | 59 => Closer::Commit("maintainer-max".to_owned()),
        _ if opener == Opener::Nobody => Closer::Other("mel-member".to_owned()),
        _ => Closer::Author,
    }
}

/// Says in each item what its author is here.
fn associate(entries: &mut [Entry]) {
    let merged = entries
        .iter()
        .filter(|entry| entry.item.merged_at().is_some());
    let merged: BTreeSet<Opener> = merged.map(|entry| entry.opener).collect();
    for Entry { opener, item, .. } in entries {
        item.association = match opener {
            Opener::Person(person) if *person < MEMBERS => "MEMBER",
            Opener::Nobody => "NONE",
            opener if merged.contains(opener) => "CONTRIBUTOR",
            _ if item.is_pull() => "FIRST_TIME_CONTRIBUTOR",
            _ => "NONE",
        };
    }
}
