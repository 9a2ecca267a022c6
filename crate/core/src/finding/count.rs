//! What findings that judge a list of items have in common: from what is
//! certain, what is possible and what was not seen to a [`Range`].

use super::activity::{Activity, ActivityFact};
use super::case::{Case, State};
use super::contribution::{Assumption, Contribution};
use super::{Grade, Outcome, Range, Reading, links};
use crate::evidence::{Part, Parts};
use crate::report::{Sentence, Thresholds};
use crate::repository::Repository;
use crate::time::Timestamp;
use crate::words::Key;
use std::cmp::Reverse;

/// The least and the most that a measure can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// The least.
    pub low: u32,
    /// The most.
    pub high: u32,
}

/// Measures a list by the items that certainly count, those that possibly
/// count, and the number of the unseen.
pub type Measure<'f, 'a, T> = &'f dyn Fn(&[Contribution<'a>], &[Contribution<'a>], u32) -> T;

/// A finding that counts something in a list of items, more being worse.
pub struct Counting<'a, 'c> {
    /// The case it reads.
    pub case: &'c Case<'a>,
    /// The thresholds, or none where it is context.
    pub thresholds: Option<Thresholds>,
    /// What it counts in.
    pub activity: &'c ActivityFact<'a>,
    /// What it says, and what it says when there may be more.
    pub words: (Key, Key),
    /// What to add to GitHub's search to see the same items.
    pub search: &'static str,
}

impl<'a> Counting<'a, '_> {
    /// Counts within `bounds`; `evidence` picks from the items that certainly
    /// count those which show the finding.
    pub fn read(
        &self,
        bounds: Measure<'_, 'a, Bounds>,
        evidence: &dyn Fn(&[Contribution<'a>]) -> Vec<Contribution<'a>>,
    ) -> Reading {
        let is_context = self.thresholds.is_none();
        let activity = match self.activity {
            ActivityFact::Needs(part) => return Reading::behind(*part, is_context),
            ActivityFact::Known(activity) => activity,
        };
        let (certain, possible) = (&activity.certain, &activity.possible);
        let low = bounds(certain, possible, activity.unseen).low;
        let high = bounds(certain, possible, activity.unseen_at_worst()).high;
        let outcome = match self.thresholds {
            None => Outcome::Context,
            Some(thresholds) => Outcome::Graded(range(self.case, activity, &|c, p, n| {
                let Bounds { low, high } = bounds(c, p, n);
                (thresholds.grade(low.into()), thresholds.grade(high.into()))
            })),
        };
        let is_at_least = low < high || activity.is_cut;
        Reading {
            outcome,
            sentence: sentence(self.words, is_at_least, &[low]),
            measured: Some(low.into()),
            is_at_least,
            links: links::to_items(
                self.case,
                activity.kind,
                &[self.search],
                &evidence(&activity.certain),
            ),
        }
    }
}

/// The range of grades of an activity, and what would narrow it.
///
/// `grades` returns the best and the worst grade; where nothing is uncertain
/// and nothing unseen, both are to be the same.
pub fn range<'a>(
    case: &Case<'_>,
    activity: &Activity<'a>,
    grades: Measure<'_, 'a, (Grade, Grade)>,
) -> Range {
    let grades: Measure<'_, 'a, (Grade, Grade)> = &|certain, possible, unseen| {
        let (low, high) = grades(certain, possible, unseen);
        if activity.is_unseen_merged {
            (low, grades(certain, possible, 0).1)
        } else {
            (low, high)
        }
    };
    let is_told = |(low, high): (Grade, Grade)| low == high || low == Grade::Alert;
    let (certain, possible, unseen) = (&activity.certain, &activity.possible, activity.unseen);
    let (low, high) = grades(certain, possible, unseen);
    if is_told((low, high)) {
        return Range::decided(low);
    }
    let mut undecided_by = Parts::none();
    if certain.len() < possible.len() {
        undecided_by.insert(Part::Organizations);
    }
    // A further page costs a search: it is wanted only where the organizations
    // will not decide, whatever they turn out to be.
    let organizations_may_decide = !undecided_by.is_empty()
        && !matches!(case.state(Part::Organizations), State::Missing(_))
        && (is_told(grades(certain, certain, unseen))
            || is_told(grades(possible, possible, unseen)));
    if unseen > 0 && !organizations_may_decide {
        undecided_by.insert(activity.kind.part());
    }
    // Who closed costs a connection for each pull request: it is wanted only
    // where it changes something, and nothing cheaper is still to come.
    let is_over = |part: Part| matches!(case.state(part), State::Known | State::Missing(_));
    if undecided_by.iter().all(is_over) && closers_matter(activity, grades) {
        undecided_by.insert(Part::Closers);
    }
    Range {
        low,
        high,
        undecided_by,
    }
}

fn closers_matter<'a>(activity: &Activity<'a>, grades: Measure<'_, 'a, (Grade, Grade)>) -> bool {
    if !activity.possible.iter().any(|it| it.is_closer_unknown()) {
        return false;
    }
    let if_all_are = |assumption| {
        let resolved = |items: &[Contribution<'a>]| -> Vec<Contribution<'a>> {
            items.iter().map(|it| it.resolved(assumption)).collect()
        };
        let (certain, possible) = (&activity.certain, &activity.possible);
        grades(&resolved(certain), &resolved(possible), activity.unseen)
    };
    if_all_are(Assumption::Best) != if_all_are(Assumption::Worst)
}

/// What is said of a count: plainly, or that it is the least. That it is at
/// least none would sound like a jest.
pub fn sentence((plain, at_least): (Key, Key), is_at_least: bool, numbers: &[u32]) -> Sentence {
    match (is_at_least, numbers.first()) {
        (false, _) => plain.with(numbers),
        (true, Some(0)) => Key::FindingNoneSeen.alone(),
        (true, _) => at_least.with(numbers),
    }
}

/// The items, the newest first; each once.
pub fn newest_first<'a>(items: &[Contribution<'a>]) -> Vec<Contribution<'a>> {
    fn order<'a>(contribution: &Contribution<'a>) -> (Reverse<Timestamp>, &'a Repository, u32) {
        let item = contribution.item();
        (Reverse(item.created_at), &item.repository, item.number)
    }
    let mut sorted = items.to_vec();
    sorted.sort_unstable_by(|one, other| order(one).cmp(&order(other)));
    sorted.dedup_by(|one, other| order(one) == order(other));
    sorted
}

/// The number of items, as the type of all counts here.
pub fn number(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

/// Bounds of a count that every further item can raise by one at most, and
/// that none can lower.
pub fn one_each<'a>(
    count: impl Fn(&[Contribution<'a>]) -> usize,
) -> impl Fn(&[Contribution<'a>], &[Contribution<'a>], u32) -> Bounds {
    move |certain, possible, unseen| Bounds {
        low: number(count(certain)),
        high: number(count(possible)).saturating_add(unseen),
    }
}

/// Bounds of a count that every further item can raise or lower by one at
/// most, and that is the lower the more landed.
pub fn one_each_way<'a>(
    count: impl Fn(&[Contribution<'a>], Assumption) -> u32,
) -> impl Fn(&[Contribution<'a>], &[Contribution<'a>], u32) -> Bounds {
    move |certain, possible, unseen| Bounds {
        low: count(certain, Assumption::Best).saturating_sub(unseen),
        high: count(possible, Assumption::Worst).saturating_add(unseen),
    }
}
