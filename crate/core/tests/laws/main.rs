//! Laws that every report keeps, whatever the evidence.
//!
//! The evidence is made up: first all of it, then parts of it are taken away
//! again, as if they had not been asked for, had not come yet or had failed.

mod made_up;
mod oracle;

use bonafide_core::assess::{Assessment, assess};
use bonafide_core::evidence::{Association, Closers, Evidence, Fact, ItemList, Part, Remainder};
use bonafide_core::policy::{Policy, PolicyName};
use bonafide_core::report::{AuthorReport, FindingLevel, GroupName, Level};
use made_up::{NOW, whole_evidence, with_parts_taken};
use proptest::prelude::*;
use proptest::sample::Index;

const POLICIES: [PolicyName; 2] = [PolicyName::Balanced, PolicyName::Classic];

fn assessed(evidence: &Evidence, policy: PolicyName) -> Assessment {
    assess(evidence, &Policy::preset(policy), NOW.parse().unwrap())
}

fn level_of(report: &AuthorReport, id: &str) -> Option<FindingLevel> {
    report.findings.iter().find(|f| f.id == id).map(|f| f.level)
}

/// Insiders are looked up on request only: what is said of them before that
/// rests on their standing, not on evidence.
fn is_insider(evidence: &Evidence) -> bool {
    evidence.association.is_some_and(Association::is_insider)
}

fn is_searchable(report: &AuthorReport) -> bool {
    report.gaps.is_empty()
}

fn rest_of<T>(fact: &Fact<ItemList<T>>) -> Option<Remainder> {
    fact.known().map(|found| found.rest)
}

/// Whether nobody has asked for a part, or for the pages that follow.
fn is_not_asked(evidence: &Evidence, part: Part) -> bool {
    let unasked =
        |rest: Option<Remainder>, is_unasked| is_unasked || rest == Some(Remainder::NotAsked);
    let e = evidence;
    match part {
        Part::Account => e.account == Fact::NotAsked,
        Part::Email => e.email == Fact::NotAsked,
        Part::SocialAccounts => e.social_accounts == Fact::NotAsked,
        Part::Organizations => e.organizations == Fact::NotAsked,
        Part::Counts => e.counts == Fact::NotAsked,
        Part::PullRequests => unasked(rest_of(&e.pull_requests), e.pull_requests == Fact::NotAsked),
        Part::Issues => unasked(rest_of(&e.issues), e.issues == Fact::NotAsked),
        Part::Here => unasked(rest_of(&e.history_here), e.history_here == Fact::NotAsked),
        Part::Closers => unasked(
            e.closers.known().map(|it| it.rest),
            e.closers == Fact::NotAsked,
        ),
        Part::ThisItem => e.this_item == Fact::NotAsked,
    }
}

/// Puts a part back from the whole evidence.
fn answer(evidence: &mut Evidence, whole: &Evidence, part: Part) {
    match part {
        Part::Account => evidence.account.clone_from(&whole.account),
        Part::Email => evidence.email.clone_from(&whole.email),
        Part::SocialAccounts => evidence.social_accounts.clone_from(&whole.social_accounts),
        Part::Organizations => evidence.organizations.clone_from(&whole.organizations),
        Part::Counts => evidence.counts.clone_from(&whole.counts),
        Part::PullRequests => {
            evidence.pull_requests.clone_from(&whole.pull_requests);
            evidence.merged_seen_here = whole.merged_seen_here;
        }
        Part::Issues => evidence.issues.clone_from(&whole.issues),
        Part::Here => {
            evidence.history_here.clone_from(&whole.history_here);
            evidence.is_private_here = whole.is_private_here;
        }
        Part::Closers => {}
        Part::ThisItem => evidence.this_item.clone_from(&whole.this_item),
    }
}

/// Tells who closed a few of the pull requests that are asked about.
fn answer_closers(evidence: &mut Evidence, whole: &Evidence, needed: &[String]) {
    const AT_ONCE: usize = 3;
    let Fact::Known { value: all, at } = &whole.closers else {
        panic!("the whole evidence tells all closers");
    };
    let before = evidence.closers.known().map(|it| it.closings.clone());
    let mut closings = before.unwrap_or_default();
    for id in needed.iter().take(AT_ONCE) {
        assert!(closings.iter().all(|it| it.node_id != *id), "asked twice");
        closings.extend(all.closings.iter().find(|it| it.node_id == *id).cloned());
    }
    evidence.closers = Fact::Known {
        value: Closers {
            closings,
            rest: Remainder::NotAsked,
        },
        at: *at,
    };
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    /// `classic` on whole evidence is what its table says, read by somebody
    /// who has never seen this code.
    #[test]
    fn classic_is_its_table(mut evidence in whole_evidence()) {
        evidence.association = None;
        let report = assessed(&evidence, PolicyName::Classic).report;
        prop_assume!(is_searchable(&report));
        let flags = oracle::classic(&evidence, NOW.parse().unwrap());
        for (group, flag) in flags {
            prop_assert_eq!(report.groups.of(group), Some(flag), "{:?}", group);
        }
        let worst = if flags.iter().any(|f| f.1 == FindingLevel::Alert) {
            Level::Alert
        } else if flags.iter().any(|f| f.1 == FindingLevel::Caution) {
            Level::Caution
        } else {
            Level::Clear
        };
        prop_assert_eq!(report.level, worst);
    }

    #[test]
    fn less_evidence_is_never_better(
        (whole, part) in whole_evidence().prop_flat_map(|whole| {
            (Just(whole.clone()), with_parts_taken(whole))
        }),
    ) {
        for policy in POLICIES {
            let less = assessed(&part, policy).report;
            let all = assessed(&whole, policy).report;
            let is_possible = match less.level {
                // Both are as good; what cannot be had leaves it at the former.
                Level::Clear => {
                    matches!(all.level, Level::Clear | Level::Quiet | Level::Known)
                }
                Level::Quiet => matches!(all.level, Level::Quiet | Level::Known),
                Level::Known => is_insider(&part) || all.level == Level::Known,
                Level::Caution => {
                    matches!(all.level, Level::Caution | Level::Alert | Level::Known)
                }
                Level::Alert => all.level == Level::Alert,
                Level::Pending | Level::Unknown => true,
                Level::Bot => false,
            };
            prop_assert!(is_possible, "{policy:?}: {:?} but then {:?}", less.level, all.level);
            for finding in &less.findings {
                if matches!(finding.level, FindingLevel::Clear | FindingLevel::Alert) {
                    let now = level_of(&all, &finding.id);
                    prop_assert_eq!(now, Some(finding.level), "{:?}: {}", policy, finding.id);
                }
            }
            for group in GroupName::ALL {
                let level = less.groups.of(group);
                if level == Some(FindingLevel::Clear) && !is_insider(&part) {
                    prop_assert_eq!(all.groups.of(group), level, "{:?}: {:?}", policy, group);
                }
            }
        }
    }

    #[test]
    fn what_is_said_is_said_for_a_reason(
        part in whole_evidence().prop_flat_map(with_parts_taken),
    ) {
        for policy in POLICIES {
            let Assessment { report, needs, .. } = assessed(&part, policy);
            prop_assert!(!report.reasons.is_empty());
            for needed in needs.iter() {
                prop_assert!(is_not_asked(&part, needed), "{policy:?} needs {needed:?}");
            }
            match report.level {
                Level::Pending => {
                    prop_assert!(!needs.is_empty() || !report.coming.is_empty());
                }
                Level::Unknown => prop_assert!(!report.gaps.is_empty()),
                Level::Clear | Level::Quiet => {
                    let groups = [GroupName::PullRequests, GroupName::Issues];
                    for group in groups {
                        prop_assert_eq!(report.groups.of(group), Some(FindingLevel::Clear));
                    }
                }
                Level::Alert | Level::Caution => {
                    let is_raised = |f: &bonafide_core::report::Finding| {
                        matches!(f.level, FindingLevel::Caution | FindingLevel::Alert)
                    };
                    // A finding that may still get worse is shown as pending.
                    prop_assert!(report.findings.iter().any(is_raised)
                        || GroupName::ALL.into_iter().any(|group| report.groups.of(group) == Some(FindingLevel::Pending)));
                }
                Level::Known | Level::Bot => {}
            }
            for finding in &report.findings {
                for link in &finding.links {
                    prop_assert!(link.url.starts_with("https://github.com/"), "{}", link.url);
                }
            }
        }
    }

    /// Whoever answers what is needed, and nothing else, comes to the level
    /// that all the evidence gives.
    #[test]
    fn what_is_needed_is_enough(
        (whole, mut part) in whole_evidence().prop_flat_map(|whole| {
            (Just(whole.clone()), made_up::with_first_pages(whole))
        }),
    ) {
        for policy in POLICIES {
            let all = assessed(&whole, policy).report;
            let mut assessment = assessed(&part, policy);
            // Each answer leaves one part less to ask for, or some closers.
            for _ in 0..2 * Part::ALL.len() {
                for needed in assessment.needs.iter() {
                    answer(&mut part, &whole, needed);
                }
                let closers = &assessment.closers_needed;
                prop_assert_eq!(assessment.needs.contains(Part::Closers), !closers.is_empty());
                if !closers.is_empty() {
                    answer_closers(&mut part, &whole, closers);
                }
                assessment = assessed(&part, policy);
            }
            prop_assert!(assessment.needs.is_empty());
            if !is_insider(&part) {
                prop_assert_eq!(assessment.report.level, all.level, "{:?}", policy);
                if policy == PolicyName::Classic {
                    prop_assert_eq!(assessment.report.groups, all.groups);
                }
            }
        }
    }

    #[test]
    fn order_makes_no_difference(evidence in whole_evidence(), cut in any::<Index>()) {
        fn turned<T: Clone>(fact: &mut Fact<ItemList<T>>, cut: Index) {
            if let Fact::Known { value, .. } = fact && !value.items.is_empty() {
                let by = cut.index(value.items.len());
                value.items.rotate_left(by);
                value.items.reverse();
            }
        }
        let mut other = evidence.clone();
        turned(&mut other.pull_requests, cut);
        turned(&mut other.issues, cut);
        turned(&mut other.history_here, cut);
        for policy in POLICIES {
            prop_assert_eq!(assessed(&evidence, policy), assessed(&other, policy));
        }
    }
}
