//! The accounts `gen-<number>`: thousands of different people, each a pure function of its number.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    Account, CloseReason, Closer, Item, ItemKind, Kind, Profile, PullOutcome, Random, Repository,
};

/// Owners of the repositories that generated accounts contribute to; whether each is an organization.
const OWNERS: [(&str, bool); 8] = [
    ("acme", true),
    ("globex", true),
    ("initech", true),
    ("Massive-Dynamic", true),
    ("pied-piper", true),
    ("sirius", true),
    ("tinker-tom", false),
    ("lone-lena", false),
];
const NAMES: [&str; 5] = ["web", "ui", "cli", "docs", "engine"];
const VERBS: [&str; 6] = ["Fix", "Add", "Improve", "Remove", "Document", "Speed up"];
const THINGS: [&str; 8] = [
    "the parser",
    "dark mode",
    "README",
    "the build",
    "error messages",
    "tests",
    "types",
    "the menu",
];
const PLACES: [&str; 12] = [
    "on start",
    "in the sidebar",
    "for new users",
    "on small screens",
    "in the API",
    "under load",
    "after a reload",
    "without network",
    "in the tutorial",
    "for plugins",
    "on exit",
    "in the logs",
];
/// Titles that some accounts use again and again.
const REPEATED: [&str; 3] = ["Fix typo in README", "Add license badge", "Improve README"];

/// The database id of `gen-0`; each other one's lies as far above it as its number.
pub(super) const FIRST_ID: i64 = 2_000_000;

/// Numbers in `acme/web` that `gen-1` opened: the pages with many authors.
const CROWDED: [u32; 6] = [1001, 1008, 1025, 1060, 1100, 2000];

/// The repositories that generated accounts contribute to.
pub(super) fn pool() -> impl Iterator<Item = Repository> {
    OWNERS.iter().flat_map(|(owner, in_organization)| {
        NAMES.iter().map(move |name| Repository {
            in_organization: *in_organization,
            ..Repository::of_user(&format!("{owner}/{name}"))
        })
    })
}

/// The account `gen-<number>` in the world of that seed, at `now`.
pub(super) fn account(number: u32, seed: u64, now: Timestamp) -> Account {
    let mut random = Random::new(seed ^ (u64::from(number) << 20) ^ 0x5EED);
    let login = format!("gen-{number}");
    let days = match random.below(10) {
        0 => 1 + random.below(90),
        1 | 2 => 91 + random.below(1004),
        _ => 1096 + random.below(4000),
    };
    let id = FIRST_ID + i64::from(number);
    let created = now - SignedDuration::from_mins(i64::from(days) * 1440 + 61);
    let mut account = Account {
        profile: profile(&login, &mut random),
        followers: random.below(300),
        following: random.below(120),
        sources: random.below(60),
        forks: random.below(40),
        organizations: organizations(&mut random),
        searchable: !random.percent(3),
        ..Account::new(id, &login, Kind::User, created)
    };
    for provider in ["twitter", "linkedin", "mastodon", "generic"] {
        if random.percent(12) {
            account
                .socials
                .push((provider, format!("https://{provider}.example/{login}")));
        }
    }
    account.items = items(&account, number, now, &mut random);
    if number == 1 {
        account
            .items
            .extend(CROWDED.iter().map(|page| crowded(*page, now)));
    }
    account
        .items
        .sort_by_key(|item| std::cmp::Reverse((item.created, item.number)));
    account
}

fn profile(login: &str, random: &mut Random) -> Profile {
    let fullness = *random.pick(&[0, 15, 50, 90]);
    let mut field = |text: String| random.percent(fullness).then_some(text);
    Profile {
        name: field(format!("Person {login}")),
        bio: field("Likes code that can be read aloud.".to_owned()),
        company: field("@globex".to_owned()),
        location: field("Ghent".to_owned()),
        website: field(format!("https://{login}.example")),
        email: field(format!("{login}@example.org")),
    }
}

/// Some are publicly in an organization, some of those listed in another case than it owns under.
fn organizations(random: &mut Random) -> Vec<String> {
    let of_pool = OWNERS
        .iter()
        .filter(|(_, in_organization)| *in_organization);
    let member = of_pool.filter(|(owner, _)| *owner != "acme" && random.percent(8));
    let names: Vec<String> = member.map(|(owner, _)| (*owner).to_owned()).collect();
    if random.percent(30) {
        names.iter().map(|name| name.to_uppercase()).collect()
    } else {
        names
    }
}

/// How the items of one account tend to end, in per cent.
struct Habit {
    pulls: u32,
    issues: u32,
    merged: u32,
    closed: u32,
    not_planned: u32,
    repeats: u32,
    /// Of what is closed, the share that others closed.
    by_others: u32,
}

fn habit(random: &mut Random) -> Habit {
    match random.below(12) {
        0 | 1 => Habit {
            pulls: 0,
            issues: 0,
            merged: 0,
            closed: 0,
            not_planned: 0,
            repeats: 0,
            by_others: 0,
        },
        2 => Habit {
            pulls: 4,
            issues: 9,
            merged: 30,
            closed: 20,
            not_planned: 70,
            repeats: 20,
            by_others: 40,
        },
        3 => Habit {
            pulls: 14,
            issues: 2,
            merged: 15,
            closed: 70,
            not_planned: 30,
            repeats: 10,
            by_others: 90,
        },
        4 => Habit {
            pulls: 10,
            issues: 3,
            merged: 45,
            closed: 35,
            not_planned: 30,
            repeats: 5,
            by_others: 40,
        },
        5 => Habit {
            pulls: 30,
            issues: 20,
            merged: 20,
            closed: 20,
            not_planned: 20,
            repeats: 80,
            by_others: 70,
        },
        6 => Habit {
            pulls: 130,
            issues: 8,
            merged: 60,
            closed: 25,
            not_planned: 10,
            repeats: 5,
            by_others: 20,
        },
        _ => Habit {
            pulls: 8,
            issues: 4,
            merged: 65,
            closed: 8,
            not_planned: 10,
            repeats: 3,
            by_others: 13,
        },
    }
}

fn items(account: &Account, number: u32, now: Timestamp, random: &mut Random) -> Vec<Item> {
    let habit = habit(random);
    let (pulls, issues) = (
        random.below(habit.pulls * 2 + 1),
        random.below(habit.issues * 2 + 1),
    );
    let pool: Vec<Repository> = pool().collect();
    // A quarter of the activity is older than the window of three weeks.
    let lived = u32::try_from((now - account.created).get_hours())
        .unwrap_or(24)
        .max(24);
    let mut items = Vec::new();
    for index in 0..pulls + issues {
        let reach = if random.percent(75) {
            20 * 24
        } else {
            300 * 24
        };
        let age = random.below(reach.min(lived)) + 1;
        let created =
            now - SignedDuration::from_mins(i64::from(age) * 60 - i64::from(random.below(59)));
        let until_now = i64::from(random.below(age.min(200)) * 60 + 1);
        let ended = created + SignedDuration::from_mins(until_now);
        let what = if index < pulls {
            let end = match random.below(100) {
                roll if roll < habit.merged => PullOutcome::Merged(ended),
                roll if roll < habit.merged + habit.closed => PullOutcome::Closed(ended),
                _ => PullOutcome::Open,
            };
            ItemKind::Pull {
                end,
                draft: end == PullOutcome::Open && random.percent(15),
            }
        } else {
            let reason = match random.below(100) {
                roll if roll < habit.not_planned => Some(CloseReason::NotPlanned),
                roll if roll < habit.not_planned + 8 => Some(CloseReason::Duplicate),
                roll if roll < habit.not_planned + 35 => Some(CloseReason::Completed),
                _ => None,
            };
            ItemKind::Issue {
                closed: reason.map(|reason| (ended, reason)),
            }
        };
        items.push(Item {
            repository: repository(account, &pool, random),
            number: 100_000 + number % 20_000 * 1000 + index,
            title: title(habit.repeats, random),
            created,
            what,
            association: "NONE",
            closed_by: closer(habit.by_others, random),
        });
    }
    associate(account, &mut items);
    items
}

/// Who closed an item: of what was closed and its closer is known, authors close most themselves.
fn closer(by_others: u32, random: &mut Random) -> Closer {
    match random.below(100) {
        roll if roll < by_others => Closer::Other("maintainer-max".to_owned()),
        98 => Closer::Other("stale[bot]".to_owned()),
        99 => Closer::Commit("maintainer-max".to_owned()),
        _ => Closer::Author,
    }
}

/// Says in each item what its author is there: whoever has something merged is a contributor.
fn associate(account: &Account, items: &mut [Item]) {
    let merged = items.iter().filter(|item| item.merged_at().is_some());
    let merged: BTreeSet<Repository> = merged.map(|item| item.repository.clone()).collect();
    for item in items {
        let owner = &item.repository.owner;
        let is_member = account
            .organizations
            .iter()
            .any(|one| one.eq_ignore_ascii_case(owner));
        item.association = if *owner == account.login {
            "OWNER"
        } else if is_member {
            "MEMBER"
        } else if merged.contains(&item.repository) {
            "CONTRIBUTOR"
        } else {
            "NONE"
        };
    }
}

fn repository(account: &Account, pool: &[Repository], random: &mut Random) -> Repository {
    match random.below(10) {
        0 => Repository::of_user(&format!("{}/project-{}", account.login, random.below(3))),
        1 | 2 if !account.organizations.is_empty() => {
            let listed = random.pick(&account.organizations);
            let of_it = |entry: &&Repository| entry.owner.eq_ignore_ascii_case(listed);
            let own: Vec<&Repository> = pool.iter().filter(of_it).collect();
            (*random.pick(&own)).clone()
        }
        _ => random.pick(pool).clone(),
    }
}

pub(super) fn title(repeats: u32, random: &mut Random) -> String {
    if random.percent(repeats) {
        let title = *random.pick(&REPEATED);
        return match random.below(8) {
            0 => format!("  {title} "),
            1 => title.to_lowercase(),
            2 => format!("{title}!"),
            _ => title.to_owned(),
        };
    }
    let (verb, thing, place) = (
        random.pick(&VERBS),
        random.pick(&THINGS),
        random.pick(&PLACES),
    );
    format!("{verb} {thing} {place}")
}

fn crowded(number: u32, now: Timestamp) -> Item {
    Item {
        repository: Repository::of_organization("acme/web"),
        number,
        title: format!("Discuss page {number}"),
        created: now - SignedDuration::from_hours(30 * 24 + i64::from(number)),
        what: ItemKind::Pull {
            end: PullOutcome::Open,
            draft: false,
        },
        association: "CONTRIBUTOR",
        closed_by: Closer::Author,
    }
}
