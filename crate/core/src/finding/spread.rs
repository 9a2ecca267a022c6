//! How many owners have something of the author's and took nothing: the
//! measures that findings on pull requests and on issues share.

use super::case::Case;
use super::contribution::{Assumption, Contribution, ContributionKind, Resolution};
use super::count::{newest_first, number};
use super::owners::{Owner, by_owner};
use crate::login::Login;
use crate::repository::Repository;
use litemap::LiteMap;

/// How long a burst may be, in seconds.
const A_DAY: i64 = 86_400;

/// Of what is given to an owner so fast, at least every such part counts,
/// whatever landed: a regular contributor may send thrice as much in a day as
/// a stranger before anybody needs to look.
const REGULARS_PART: u32 = 3;

/// Whether an item is still with its maintainers, or was turned down by them.
fn is_unresolved(contribution: Contribution<'_>, assumption: Assumption) -> bool {
    matches!(
        contribution.resolution(assumption),
        Resolution::Open | Resolution::TurnedDown
    )
}

/// Whether an item did not land. What was withdrawn was sent all the same;
/// of an issue, nobody can tell.
fn is_unlanded(contribution: Contribution<'_>, assumption: Assumption) -> bool {
    match contribution {
        Contribution::PullRequest(..) => contribution.resolution(assumption) != Resolution::Landed,
        Contribution::Issue(_) => is_unresolved(contribution, assumption),
    }
}

/// The items that did not land, with owners that do not take the author's work.
pub fn untaken<'a>(
    case: &Case<'a>,
    items: &[Contribution<'a>],
    assumption: Assumption,
) -> Vec<Contribution<'a>> {
    let owners = by_owner(case, items, assumption);
    let is_untaken = |contribution: &&Contribution<'_>| {
        let owner = owners.get(contribution.item().repository.owner());
        is_unlanded(**contribution, assumption) && owner.is_some_and(|it| !it.takes())
    };
    items.iter().filter(is_untaken).copied().collect()
}

/// How many owners the items are with.
pub fn owners(items: &[Contribution<'_>]) -> u32 {
    let owners: LiteMap<&Login, ()> = items
        .iter()
        .map(|it| (it.item().repository.owner(), ()))
        .collect();
    number(owners.len())
}

/// The newest item with each owner.
pub fn one_an_owner<'a>(items: &[Contribution<'a>]) -> Vec<Contribution<'a>> {
    let mut newest: LiteMap<&Login, Contribution<'a>> = LiteMap::new();
    for contribution in newest_first(items) {
        let owner = contribution.item().repository.owner();
        newest.entry(owner).or_insert(contribution);
    }
    newest
        .into_iter()
        .map(|(_, contribution)| contribution)
        .collect()
}

/// The items of the 24 hours in which most owners got one.
pub fn widest_day<'a>(items: &[Contribution<'a>]) -> Vec<Contribution<'a>> {
    fullest_day(items, |within| owners(within))
}

/// The most that one owner got within 24 hours and did not take, less what
/// landed with that owner, and the items that show it.
pub fn flood<'a>(
    case: &Case<'a>,
    items: &[Contribution<'a>],
    assumption: Assumption,
    excuse: Excuse,
) -> (u32, Vec<Contribution<'a>>) {
    let mut worst = (0, Vec::new());
    for (login, owner) in by_owner(case, items, assumption) {
        let of_owner = items.iter().copied().filter(|contribution| {
            is_unresolved(*contribution, assumption)
                && contribution.item().repository.owner() == login
        });
        let of_owner: Vec<_> = of_owner.collect();
        let day = fullest_day(&of_owner, pieces_of_work);
        let count = without_what_landed(pieces_of_work(&day), owner, excuse);
        if count > worst.0 {
            worst = (count, day);
        }
    }
    worst
}

/// How many pieces of work the items of one owner are. The same title in
/// several of the owner's repositories is one piece, such as a migration or a
/// list of tasks; what is more than one in each counts a part, as reviewing it
/// takes little each.
fn pieces_of_work(items: &[Contribution<'_>]) -> u32 {
    let mut in_repository: LiteMap<(&str, &Repository), u32> = LiteMap::new();
    for contribution in items {
        let item = contribution.item();
        let key = (item.title.as_str(), &item.repository);
        *in_repository.entry(key).or_default() += 1;
    }
    let mut by_title: LiteMap<&str, u32> = LiteMap::new();
    for ((title, _), count) in &in_repository {
        let most = by_title.entry(*title).or_default();
        *most = (*most).max(*count);
    }
    let pieces: u32 = by_title.values().sum();
    let repeated = number(items.len()) - pieces;
    pieces + repeated.div_ceil(REGULARS_PART)
}

/// What of a flood is excused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excuse {
    /// What is known to excuse it.
    Known,
    /// All that may: more may have landed than was seen.
    Possible,
}

fn without_what_landed(count: u32, owner: Owner, excuse: Excuse) -> u32 {
    let part = count.div_ceil(REGULARS_PART);
    if owner.is_contributor || excuse == Excuse::Possible {
        part
    } else {
        count.saturating_sub(owner.landed).max(part)
    }
}

/// The 24 hours of which `measure` says most.
fn fullest_day<'a>(
    items: &[Contribution<'a>],
    measure: impl Fn(&[Contribution<'a>]) -> u32,
) -> Vec<Contribution<'a>> {
    let mut by_time = newest_first(items);
    by_time.reverse();
    let second = |contribution: &Contribution<'_>| contribution.item().created_at.as_second();
    let mut best: (u32, &[Contribution<'a>]) = (0, &[]);
    for (last, contribution) in by_time.iter().enumerate() {
        let up_to = by_time.get(..=last).unwrap_or_default();
        let first = up_to.partition_point(|it| second(contribution) - second(it) >= A_DAY);
        let within = up_to.get(first..).unwrap_or_default();
        let measured = measure(within);
        if measured > best.0 {
            best = (measured, within);
        }
    }
    best.1.to_vec()
}

/// The search that shows what did not land.
pub const fn search(kind: ContributionKind) -> &'static str {
    match kind {
        ContributionKind::PullRequest => "-is:merged",
        ContributionKind::Issue => "",
    }
}

#[cfg(test)]
mod tests {
    use crate::evidence::{Association, Evidence, Fact};
    use crate::finding::testing::{
        found, issue, pull_request, rex, times, told, with_unseen, with_unseen_merged,
    };
    use crate::policy::PolicyName::Balanced;

    fn prs(lines: &[String]) -> Evidence {
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let mut evidence = rex();
        evidence.pull_requests = found(&lines, pull_request);
        evidence
    }

    fn issues(lines: &[String]) -> Evidence {
        let lines: Vec<_> = lines.iter().map(String::as_str).collect();
        let mut evidence = rex();
        evidence.issues = found(&lines, issue);
        evidence
    }

    /// Lines are an hour apart.
    fn check(id: &str, evidence: &Evidence, expected: &str) {
        assert_eq!(told(id, Balanced, evidence), expected, "{id}");
    }

    #[test]
    fn spread_counts_owners_that_take_nothing() {
        for (owners, expected) in [
            (10, "clear 10"),
            (11, "caution 11"),
            (20, "caution 20"),
            (21, "alert 21"),
        ] {
            check(
                "prs-spread",
                &prs(&times(owners, "open o-{}/r T{}")),
                expected,
            );
        }
        check(
            "prs-spread",
            &prs(&times(40, "open carl/r{} T{}")),
            "clear 1",
        );
        check(
            "prs-spread",
            &prs(&times(40, "merged o-{}/r T{}")),
            "clear 0",
        );
        check(
            "prs-spread",
            &prs(&times(21, "withdrawn o-{}/r T{}")),
            "alert 21",
        );
        let landed = [times(21, "open o-{}/r T{}"), times(11, "landed o-{}/r U{}")].concat();
        check("prs-spread", &prs(&landed), "clear 10");
    }

    #[test]
    fn spread_counts_a_day() {
        let id = "prs-spread-in-a-day";
        for (owners, expected) in [(6, "clear 6"), (7, "caution 7"), (13, "alert 13")] {
            check(id, &prs(&times(owners, "open o-{}/r T{}")), expected);
        }
        // No more than 24 fit into a day when an hour lies between two.
        check(id, &prs(&times(60, "open o-{}/r T{}")), "alert 24");
    }

    #[test]
    fn flood_counts_what_one_owner_got() {
        let id = "prs-flood";
        for (count, expected) in [(10, "clear 10"), (11, "caution 11"), (21, "alert 21")] {
            check(id, &prs(&times(count, "open carl/r T{}")), expected);
        }
        check(id, &prs(&times(21, "merged carl/r T{}")), "clear 0");
        check(id, &prs(&times(21, "withdrawn carl/r T{}")), "clear 0");
        // Each that landed excuses one, down to a third.
        let landed = |count| {
            [
                times(21, "open carl/r T{}"),
                times(count, "merged carl/r U{}"),
            ]
            .concat()
        };
        check(id, &prs(&landed(10)), "caution 11");
        check(id, &prs(&landed(11)), "clear 10");
        check(id, &prs(&landed(40)), "clear 7");
        // One title over many repositories of one owner is little work each.
        check(
            id,
            &prs(&times(24, "open carl/r{} Move to the new CI")),
            "clear 9",
        );
    }

    #[test]
    fn a_regular_may_send_thrice_as_much() {
        let mut evidence = prs(&times(24, "open carl/r T{}"));
        if let Fact::Known { value, .. } = &mut evidence.pull_requests {
            value.items[0].association = Some(Association::Contributor);
        }
        check("prs-flood", &evidence, "clear 8");
        check("prs-spread", &evidence, "clear 0");
        if let Fact::Known { value, .. } = &mut evidence.pull_requests {
            for it in &mut value.items {
                it.association = Some(Association::Member);
            }
        }
        check("prs-flood", &evidence, "clear 0");
    }

    #[test]
    fn issues_are_counted_alike() {
        let spread = |line| issues(&times(11, line));
        check("issues-spread", &spread("open o-{}/r T{}"), "caution 11");
        check(
            "issues-spread",
            &spread("not-planned o-{}/r T{}"),
            "caution 11",
        );
        check("issues-spread", &spread("completed o-{}/r T{}"), "clear 0");
        check("issues-flood", &spread("open carl/r T{}"), "caution 11");
        let done = [times(11, "open carl/r T{}"), times(1, "completed carl/r U")].concat();
        check("issues-flood", &issues(&done), "clear 10");
        check(
            "issues-flood",
            &issues(&times(12, "open carl/r{} Prepare 2.0")),
            "clear 5",
        );
    }

    #[test]
    fn what_was_not_seen_may_have_landed() {
        let evidence = |count, unseen| {
            let mut evidence = prs(&times(count, "open o-{}/r T{}"));
            evidence.pull_requests = with_unseen(evidence.pull_requests, unseen);
            evidence
        };
        check("prs-spread", &evidence(5, 5), "clear 0+");
        check(
            "prs-spread",
            &evidence(5, 6),
            "clear to caution 0+ by {PullRequests}",
        );
        check("prs-spread", &evidence(40, 19), "alert 21+");
        let mut flood = prs(&times(24, "open carl/r T{}"));
        flood.pull_requests = with_unseen(flood.pull_requests, 9);
        check("prs-flood", &flood, "clear to alert 8+ by {PullRequests}");
    }

    #[test]
    fn what_landed_unseen_makes_nothing_worse() {
        let evidence = |count, unseen| {
            let mut evidence = prs(&times(count, "open o-{}/r T{}"));
            evidence.pull_requests = with_unseen_merged(evidence.pull_requests, unseen);
            evidence
        };
        check("prs-spread", &evidence(10, 900), "clear 0+");
        check(
            "prs-spread",
            &evidence(11, 900),
            "clear to caution 0+ by {PullRequests}",
        );
        check("prs-flood", &evidence(10, 900), "clear 1");
        check("repeated-pr-titles", &evidence(3, 900), "clear 0+");
        check("prs-turned-down", &evidence(3, 900), "clear 0");
        // Merged ones are newer than the hundredth, too.
        let many = evidence(100, 80);
        check(
            "prs-spread",
            &many,
            "caution to alert 20+ by {PullRequests}",
        );
    }

    #[test]
    fn further_pages_are_left_alone_where_organizations_may_decide() {
        let needs = |own: usize, of_organizations: usize, unseen| {
            let lines = [
                times(own, "open o-{}/r T{}"),
                times(of_organizations, "open p-{}+/r T{}"),
            ];
            let mut evidence = prs(&lines.concat());
            evidence.organizations = Fact::NotAsked;
            evidence.pull_requests = with_unseen(evidence.pull_requests, unseen);
            told("prs-spread", Balanced, &evidence)
        };
        // If all of the organizations are the author's own, five and three of
        // which nobody knows are too few, whatever those three are.
        let told = "clear to caution 2+ by {Organizations}";
        assert_eq!(needs(5, 8, 3), told);
        // If none is, 25 less two are a strong signal.
        let told = "clear to alert 3+ by {Organizations}";
        assert_eq!(needs(5, 20, 2), told);
        let told = "clear to alert 3+ by {Organizations, PullRequests}";
        assert_eq!(needs(10, 9, 7), told);
    }

    #[test]
    fn a_hundred_that_did_not_land_are_enough() {
        let mut evidence = prs(&times(100, "open o-{}/r T{}"));
        evidence.pull_requests = with_unseen(evidence.pull_requests, 900);
        check("prs-spread", &evidence, "alert 100+");
        // However many landed among them, and what is older is not judged.
        let lines = [
            times(50, "merged p-{}/r T{}"),
            times(100, "open carl/r T{}"),
            times(30, "open o-{}/r T{}"),
        ];
        check("prs-spread", &prs(&lines.concat()), "clear 1+");
    }
}
