//! Made-up evidence: small numbers of everything, so that all thresholds and
//! all coincidences come up often.

use bonafide_core::evidence::{
    Account, Association, ClosedAs, ClosedBy, Closers, Closing, Counts, Evidence, Fact, Gap,
    GapReason, Issue, Item, ItemList, PullRequest, PullRequestState, Remainder, SocialAccount,
    User,
};
use bonafide_core::time::{SignedDuration, Timestamp};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

pub const NOW: &str = "2026-11-21T12:00:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn known<T>(value: T) -> Fact<T> {
    Fact::Known { value, at: now() }
}

fn ago(hours: i64) -> Timestamp {
    now() - SignedDuration::from_hours(hours)
}

fn items(most: usize) -> impl Strategy<Value = Vec<Item>> {
    let owners = vec![
        ("rex", false),
        ("Rex", false),
        ("acme", true),
        ("Acme", true),
        ("beta", true),
        ("carl", false),
        ("dora", false),
        ("emil", false),
    ];
    let titles = vec![
        "Fix",
        " Fix ",
        "fix!",
        "Add 1",
        "Add 22",
        "🎉",
        "Other",
        "\u{1c}Other",
    ];
    let one = (select(owners), 0..6_u8, select(titles), 0..500_i64);
    let one = prop_oneof![
        // Most titles are unlike all others.
        1 => one.clone().prop_map(|(owner, name, title, hours)| (owner, name, title.to_owned(), hours)),
        2 => (one, "[a-z]{9}").prop_map(|((owner, name, _, hours), title)| (owner, name, title, hours)),
    ];
    vec(one, 0..=most).prop_map(|all| {
        let numbered = (1..).zip(all);
        numbered
            .map(
                |(number, ((owner, is_organization), name, title, hours))| Item {
                    repository: format!("{owner}/r{name}").parse().unwrap(),
                    is_in_organization: is_organization,
                    number,
                    title,
                    created_at: ago(hours),
                    closed_at: None,
                },
            )
            .collect()
    })
}

fn found<T>(items: Vec<T>) -> Fact<ItemList<T>> {
    known(ItemList {
        total: u32::try_from(items.len()).unwrap(),
        items,
        rest: Remainder::None,
        is_refusal_told: false,
        is_rest_merged: false,
    })
}

fn pull_requests(most: usize) -> impl Strategy<Value = Fact<ItemList<PullRequest>>> {
    use PullRequestState::{Closed, Merged, Open};
    // How often an author is turned down differs from author to author.
    let mixes = select(vec![
        vec![Open],
        vec![Merged, Merged, Merged, Merged, Closed],
        vec![Open, Merged, Closed],
        vec![Closed, Closed, Merged],
    ]);
    (items(most), mixes, any::<u64>()).prop_map(|(items, mix, seed)| {
        let state = |index: usize| {
            mix[(seed.rotate_left(7 * u32::try_from(index % 64).unwrap()) % 97) as usize
                % mix.len()]
        };
        let pr = |(index, item): (usize, Item)| PullRequest {
            state: state(index),
            closed_by: None,
            association: association(&item, seed),
            node_id: Some(node_id(&item)),
            item,
        };
        found(items.into_iter().enumerate().map(pr).collect())
    })
}

/// GitHub's name of a pull request.
fn node_id(item: &Item) -> String {
    format!("PR_{}", item.number)
}

/// What the author is to a repository: the same in all its pull requests, as
/// GitHub tells it.
fn association(item: &Item, seed: u64) -> Option<Association> {
    let name = item.repository.to_string().to_lowercase();
    let sum = name
        .bytes()
        .fold(seed, |sum, byte| sum.rotate_left(5) ^ u64::from(byte));
    match sum % 11 {
        0 => Some(Association::Contributor),
        1 => Some(Association::Collaborator),
        2 | 3 => Some(Association::None),
        _ => None,
    }
}

/// Who closed all that was closed, as GitHub tells it when it is asked.
fn closers(pull_requests: &Fact<ItemList<PullRequest>>, seed: u64) -> Fact<Closers> {
    let all = [
        Some(ClosedBy::Author),
        Some(ClosedBy::Other),
        Some(ClosedBy::Other),
        Some(ClosedBy::Other),
        Some(ClosedBy::Bot),
        Some(ClosedBy::Commit),
    ];
    let items = pull_requests.known().map(|it| it.items.as_slice());
    let closed = items.unwrap_or_default().iter();
    let closed = closed.filter(|it| it.state == PullRequestState::Closed);
    let closings = closed.map(|it| Closing {
        node_id: node_id(&it.item),
        closed_by: all[(seed.rotate_left(it.item.number * 7) % 6) as usize],
    });
    known(Closers {
        closings: closings.collect(),
        rest: Remainder::None,
    })
}

fn issues() -> impl Strategy<Value = Fact<ItemList<Issue>>> {
    let closed_as = vec![
        (None, false),
        (Some(ClosedAs::Completed), false),
        (Some(ClosedAs::NotPlanned), true),
        (Some(ClosedAs::Duplicate), true),
        (Some(ClosedAs::Duplicate), false),
        (Some(ClosedAs::Other), false),
    ];
    items(12).prop_flat_map(move |items| {
        let closings = vec(select(closed_as.clone()), items.len());
        (Just(items), closings).prop_map(|(items, closings)| {
            let issue = |(item, (closed_as, is_not_planned))| Issue {
                item,
                closed_as,
                is_not_planned_without_duplicates: is_not_planned,
            };
            found(items.into_iter().zip(closings).map(issue).collect())
        })
    })
}

fn user() -> impl Strategy<Value = Account> {
    let text = || select(vec![None, None, Some(String::new()), Some("x".to_owned())]);
    let ages = vec![0, 89, 90, 91, 1_094, 1_095, 1_096, 4_000];
    (
        select(ages),
        0..24_i64,
        text(),
        text(),
        text(),
        text(),
        text(),
    )
        .prop_map(|(days, hours, name, company, website, location, bio)| {
            Account::User(User {
                login: "Rex".parse().unwrap(),
                created_at: ago(days * 24 + hours),
                name,
                company,
                website,
                location,
                bio,
            })
        })
}

fn social_accounts() -> impl Strategy<Value = Vec<SocialAccount>> {
    let account = |url: &'static str| SocialAccount {
        provider: "generic".to_owned(),
        url: url.to_owned(),
    };
    vec(
        select(vec!["", "https://a.example"]).prop_map(account),
        0..3,
    )
}

/// Evidence of which every part is known, or, for history here, not needed.
pub fn whole_evidence() -> impl Strategy<Value = Evidence> {
    let associations = vec![
        None,
        Some(Association::Contributor),
        Some(Association::None),
        Some(Association::FirstTimer),
        Some(Association::Member),
    ];
    let logins = vec!["acme", "ACME", "beta"];
    let about = (
        user(),
        select(vec![None, Some("a@b.example".to_owned())]),
        social_accounts(),
    );
    let activity = (
        prop_oneof![1 => Just(found(vec![])), 9 => pull_requests(14)],
        prop_oneof![1 => Just(found(vec![])), 9 => issues()],
        pull_requests(8),
    );
    let page = (
        select(associations),
        select(vec![None, Some(ago(5)), Some(ago(24 * 40))]),
        any::<bool>(),
        select(vec![None, Some(ago(2)), Some(ago(24 * 90))]),
    );
    let seed = any::<u64>();
    (about, activity, page, subsequence(logins, 0..=3), seed).prop_map(
        |((account, email, socials), (prs, issues, here), page, organizations, seed)| {
            let (association, opened_here_at, is_here, newest_at) = page;
            let mut evidence = Evidence::new("rex".parse().unwrap());
            evidence.repository = is_here.then(|| "acme/web".parse().unwrap());
            evidence.association = association;
            evidence.opened_here_at = opened_here_at;
            evidence.account = known(account);
            evidence.email = known(email);
            evidence.social_accounts = known(socials);
            evidence.organizations =
                known(organizations.iter().map(|o| o.parse().unwrap()).collect());
            evidence.counts = known(Counts {
                followers: 1,
                following: 1,
                own_repositories: 1,
                forks: 0,
                pull_requests: u32::from(newest_at.is_some()),
                merged_pull_requests: 0,
                closed_pull_requests: Some(0),
                issues: 0,
                newest_at,
            });
            let is_empty = |total: Option<u32>| total == Some(0);
            let is_nothing_found = is_empty(prs.known().map(|it| it.total))
                && is_empty(issues.known().map(|it| it.total));
            evidence.closers = closers(&prs, seed);
            evidence.pull_requests = prs;
            if is_here {
                evidence.merged_seen_here = u32::try_from(seed % 8).unwrap().saturating_sub(3);
            }
            evidence.issues = issues;
            let is_needed = association == Some(Association::Contributor)
                || association.is_none() && opened_here_at.is_some()
                || opened_here_at == Some(ago(5)) && is_nothing_found;
            if is_here && is_needed {
                evidence.history_here = here;
                evidence.is_private_here = seed % 5 == 0;
            }
            evidence
        },
    )
}

/// What becomes of a part that is taken away.
#[derive(Clone, Copy, Debug)]
enum Taken {
    Not,
    ToNotAsked,
    ToComing,
    ToMissing,
}

fn taken() -> impl Strategy<Value = Taken> {
    prop_oneof![
        4 => Just(Taken::Not),
        1 => Just(Taken::ToNotAsked),
        1 => Just(Taken::ToComing),
        1 => Just(Taken::ToMissing),
    ]
}

const GAP: Gap = Gap::new(GapReason::TimedOut);

fn take<T>(fact: &mut Fact<T>, taken: Taken) {
    match taken {
        // What nobody asked for stays so.
        _ if matches!(fact, Fact::NotAsked) => {}
        Taken::Not => {}
        Taken::ToNotAsked => *fact = Fact::NotAsked,
        Taken::ToComing => *fact = Fact::Coming,
        Taken::ToMissing => *fact = Fact::Missing(GAP),
    }
}

/// Takes away the pages of a search that follow the first items.
fn take_pages<T>(fact: &mut Fact<ItemList<T>>, taken: Taken, keep: usize) {
    if let Fact::Known { value, .. } = fact
        && keep < value.items.len()
    {
        let rest = match taken {
            Taken::Not => return,
            Taken::ToNotAsked => Remainder::NotAsked,
            Taken::ToComing => Remainder::Coming,
            Taken::ToMissing => Remainder::Missing(GAP),
        };
        value.items.truncate(keep);
        value.rest = rest;
    }
}

/// Takes away merged pull requests beyond the first items, as where all others
/// came by themselves.
fn take_merged(fact: &mut Fact<ItemList<PullRequest>>, keep: usize) {
    let Fact::Known { value, .. } = fact else {
        return;
    };
    let is_kept = |it: &PullRequest| it.state != PullRequestState::Merged;
    let all = value.items.len();
    let mut index = 0;
    value.items.retain(|it| {
        index += 1;
        index <= keep || is_kept(it)
    });
    if value.items.len() < all {
        value.rest = Remainder::NotAsked;
        value.is_rest_merged = true;
    }
}

/// Takes away some of the closers.
fn take_closers(fact: &mut Fact<Closers>, taken: Taken, keep: usize) {
    if let Fact::Known { value, .. } = fact
        && keep < value.closings.len()
    {
        value.rest = match taken {
            Taken::Not => return,
            Taken::ToNotAsked => Remainder::NotAsked,
            Taken::ToComing => Remainder::Coming,
            Taken::ToMissing => Remainder::Missing(GAP),
        };
        value.closings.truncate(keep);
    }
}

/// The same evidence with parts and pages taken away.
pub fn with_parts_taken(whole: Evidence) -> impl Strategy<Value = Evidence> {
    let pages = || (taken(), 1..12_usize);
    let prs = (pages(), any::<bool>());
    let all = (vec(taken(), 9), prs, pages(), pages(), pages());
    all.prop_map(move |(parts, (prs, only_merged), issues, here, closers)| {
        let mut e = whole.clone();
        take_closers(&mut e.closers, closers.0, closers.1);
        if only_merged {
            take_merged(&mut e.pull_requests, prs.1);
        } else {
            take_pages(&mut e.pull_requests, prs.0, prs.1);
        }
        take_pages(&mut e.issues, issues.0, issues.1);
        take_pages(&mut e.history_here, here.0, here.1);
        take(&mut e.account, parts[0]);
        take(&mut e.email, parts[1]);
        take(&mut e.social_accounts, parts[2]);
        take(&mut e.organizations, parts[3]);
        take(&mut e.counts, parts[4]);
        take(&mut e.pull_requests, parts[5]);
        if e.pull_requests.known().is_none() {
            e.merged_seen_here = 0;
        }
        take(&mut e.issues, parts[6]);
        take(&mut e.history_here, parts[7]);
        e.is_private_here &= e.history_here.known().is_some();
        take(&mut e.closers, parts[8]);
        e
    })
}

/// Evidence as after the first calls: the first pages of the searches at most,
/// and everything else not asked for.
pub fn with_first_pages(whole: Evidence) -> impl Strategy<Value = Evidence> {
    let page = || (any::<bool>(), 1..12_usize);
    let prs = (page(), any::<bool>());
    (prs, page(), page()).prop_map(move |((prs, only_merged), issues, here)| {
        fn cut<T>(fact: &mut Fact<ItemList<T>>, (is_asked, keep): (bool, usize)) {
            take_pages(fact, Taken::ToNotAsked, keep);
            if !is_asked {
                *fact = Fact::NotAsked;
            }
        }
        let mut e = whole.clone();
        if only_merged {
            take_merged(&mut e.pull_requests, prs.1);
        } else {
            cut(&mut e.pull_requests, prs);
        }
        if !prs.0 && !only_merged {
            e.merged_seen_here = 0;
        }
        cut(&mut e.issues, issues);
        cut(&mut e.history_here, here);
        e.is_private_here &= e.history_here.known().is_some();
        e.account = Fact::NotAsked;
        e.email = Fact::NotAsked;
        e.social_accounts = Fact::NotAsked;
        e.organizations = Fact::NotAsked;
        e.counts = Fact::NotAsked;
        e.closers = Fact::NotAsked;
        e
    })
}
