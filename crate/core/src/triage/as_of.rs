//! Evidence as it was at an earlier moment.

use crate::evidence::{
    Association, Evidence, Fact, GapReason, Issue, Item, ItemList, PullRequest, PullRequestState,
    Remainder, WINDOW_DAYS,
};
use crate::github::call::window_start_at;
use crate::time::{SignedDuration, Timestamp};

const HOURS_A_DAY: i64 = 24;

/// The evidence as GitHub would have told it at `moment`.
///
/// What was opened later is left out; what was closed or merged later is open.
/// The lists must reach back [`WINDOW_DAYS`] before `moment`; where one ends
/// sooner it says that more is missing, as any list does.
///
/// Some things cannot be turned back: organizations, the profile and its
/// totals are those of today (totals are left out), and of a pull request
/// that was closed, opened again and closed once more only the last closing is
/// known. Who closed something is as true then as now, if it was closed by then.
#[must_use]
pub fn as_of(evidence: &Evidence, moment: Timestamp) -> Evidence {
    let mut then = evidence.clone();
    let (pulls, issues) = (&evidence.pull_requests, &evidence.issues);
    then.pull_requests = window_then(pulls, moment, |it| &it.item, pull_request_then);
    then.issues = window_then(issues, moment, |it| &it.item, issue_then);
    then.history_here = list_then(&evidence.history_here, moment, pull_request_then);
    then.merged_seen_here = merged_here(evidence, moment);
    then.opened_here_at = evidence.opened_here_at.filter(|at| *at <= moment);
    // Whoever is a contributor may be one only since this very pull request.
    then.association = evidence.association.filter(|it| it.is_insider());
    then.counts = Fact::NotAsked;
    then
}

/// How many of the listed pull requests, in the window or before it, had been
/// merged in the repository by then.
fn merged_here(evidence: &Evidence, moment: Timestamp) -> u32 {
    let listed = evidence.pull_requests.known();
    let listed = listed.map_or(&[][..], |it| it.items.as_slice());
    let merged = listed.iter().filter(|it| {
        it.state == PullRequestState::Merged
            && Some(&it.item.repository) == evidence.repository.as_ref()
            && it.item.closed_at.is_some_and(|at| at <= moment)
    });
    u32::try_from(merged.count()).unwrap_or(u32::MAX)
}

/// The moment before which nothing is needed to judge `moment`.
pub fn window_start(moment: Timestamp) -> Timestamp {
    // A day more, because windows begin with a day of UTC.
    let days = i64::from(WINDOW_DAYS) + 1;
    let window = SignedDuration::from_hours(days * HOURS_A_DAY);
    let start = moment.as_millisecond() - window.as_millis();
    Timestamp::from_millisecond(start).unwrap_or(moment)
}

fn list_then<T: Clone>(
    fact: &Fact<ItemList<T>>,
    moment: Timestamp,
    then: impl Fn(&T, Timestamp) -> Option<T>,
) -> Fact<ItemList<T>> {
    let Fact::Known { value, at } = fact else {
        return fact.clone();
    };
    let items: Vec<T> = value
        .items
        .iter()
        .filter_map(|it| then(it, moment))
        .collect();
    // What was opened later is known to be so; only the others count.
    let left_out = value.items.len() - items.len();
    let total = usize::try_from(value.total).unwrap_or(usize::MAX);
    let (total, rest) = match value.rest {
        Remainder::None => (items.len(), Remainder::None),
        rest => (total.saturating_sub(left_out), rest),
    };
    Fact::Known {
        value: ItemList {
            total: u32::try_from(total).unwrap_or(u32::MAX),
            items,
            rest,
            // What is merged today may have been open then.
            is_rest_merged: false,
            ..value.clone()
        },
        at: *at,
    }
}

/// The same of what was opened in the window before `moment`. Lists are told
/// the newest first: once one reaches back beyond the window, it is whole,
/// unless something in it could not be read, which may be from any time.
fn window_then<T: Clone>(
    fact: &Fact<ItemList<T>>,
    moment: Timestamp,
    item: impl Fn(&T) -> &Item,
    then: impl Fn(&T, Timestamp) -> Option<T>,
) -> Fact<ItemList<T>> {
    let since = window_start_at(moment);
    let is_in_window = |it: &T| item(it).created_at >= since;
    let in_window = |it: &T, moment| then(it, moment).filter(|_| is_in_window(it));
    let mut found = list_then(fact, moment, in_window);
    let (Fact::Known { value, .. }, Some(all)) = (&mut found, fact.known()) else {
        return found;
    };
    let is_torn = matches!(value.rest, Remainder::Missing(gap) if is_unread(gap.reason));
    if !is_torn && all.items.iter().any(|it| !is_in_window(it)) {
        value.rest = Remainder::None;
        value.total = u32::try_from(value.items.len()).unwrap_or(u32::MAX);
    }
    found
}

/// Whether this says that something was not read; or else what is missing is
/// older than the list, or only counted.
fn is_unread(reason: GapReason) -> bool {
    !matches!(reason, GapReason::TooMany | GapReason::CountMismatch)
}

fn was_closed_at(item: &Item, moment: Timestamp) -> bool {
    // Without a time of closing nothing says that it was still open.
    item.closed_at.is_none_or(|at| at <= moment)
}

fn pull_request_then(now: &PullRequest, moment: Timestamp) -> Option<PullRequest> {
    if now.item.created_at > moment {
        return None;
    }
    let mut then = now.clone();
    if then.state != PullRequestState::Open && !was_closed_at(&now.item, moment) {
        then.state = PullRequestState::Open;
        then.item.closed_at = None;
        then.closed_by = None;
    }
    if then
        .association
        .is_some_and(|it| it == Association::Contributor)
    {
        then.association = None;
    }
    Some(then)
}

fn issue_then(now: &Issue, moment: Timestamp) -> Option<Issue> {
    if now.item.created_at > moment {
        return None;
    }
    let mut then = now.clone();
    if now.closed_as.is_some() && !was_closed_at(&now.item, moment) {
        then.closed_as = None;
        then.is_not_planned_without_duplicates = false;
        then.item.closed_at = None;
    }
    Some(then)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{ClosedBy, Gap};
    use crate::login::Login;

    fn moment(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn item(number: u32, created_at: &str, closed_at: Option<&str>) -> Item {
        Item {
            repository: "acme/web".parse().unwrap(),
            is_in_organization: false,
            number,
            title: String::new(),
            created_at: moment(created_at),
            closed_at: closed_at.map(moment),
        }
    }

    fn list<T>(items: Vec<T>, unseen: u32) -> Fact<ItemList<T>> {
        let rest = match unseen {
            0 => Remainder::None,
            _ => Remainder::NotAsked,
        };
        let value = ItemList {
            total: u32::try_from(items.len()).unwrap() + unseen,
            items,
            rest,
            is_refusal_told: false,
            is_rest_merged: false,
        };
        let at = moment("2026-11-20T00:00:00Z");
        Fact::Known { value, at }
    }

    fn evidence(unseen: u32) -> Evidence {
        let pull_request = |state, item| PullRequest {
            item,
            state,
            closed_by: (state == PullRequestState::Closed).then_some(ClosedBy::Other),
            association: Some(Association::Contributor),
            node_id: None,
        };
        let mut evidence = Evidence::new("rex".parse::<Login>().unwrap());
        evidence.association = Some(Association::Contributor);
        evidence.pull_requests = list(
            vec![
                pull_request(
                    PullRequestState::Open,
                    item(4, "2026-11-19T00:00:00Z", None),
                ),
                pull_request(
                    PullRequestState::Merged,
                    item(3, "2026-11-09T00:00:00Z", Some("2026-11-18T00:00:00Z")),
                ),
                pull_request(
                    PullRequestState::Closed,
                    item(2, "2026-11-08T00:00:00Z", Some("2026-11-12T00:00:00Z")),
                ),
                pull_request(
                    PullRequestState::Closed,
                    item(1, "2026-11-01T00:00:00Z", Some("2026-11-10T00:00:00Z")),
                ),
            ],
            unseen,
        );
        evidence
    }

    #[test]
    fn later_things_have_not_happened() {
        let then = as_of(&evidence(0), moment("2026-11-10T00:00:00Z"));
        let list = then.pull_requests.known().unwrap();
        let states: Vec<_> = list
            .items
            .iter()
            .map(|it| (it.item.number, it.state, it.closed_by))
            .collect();
        assert_eq!(
            states,
            [
                (3, PullRequestState::Open, None),
                (2, PullRequestState::Open, None),
                (1, PullRequestState::Closed, Some(ClosedBy::Other)),
            ],
        );
        assert_eq!(list.total, 3);
        assert_eq!(list.items[0].item.closed_at, None);
        // Being a contributor may come from the very pull request that is judged.
        assert_eq!(then.association, None);
        assert_eq!(list.items[0].association, None);
    }

    #[test]
    fn what_had_been_merged_here_is_counted_as_far_back_as_the_list_reaches() {
        let mut now = evidence(0);
        now.repository = Some("acme/web".parse().unwrap());
        let merged = |at: &str| as_of(&now, moment(at)).merged_seen_here;
        assert_eq!(merged("2026-11-10T00:00:00Z"), 0);
        // The window has left it behind by then.
        assert_eq!(merged("2026-12-20T00:00:00Z"), 1);
        now.repository = Some("acme/other".parse().unwrap());
        assert_eq!(
            as_of(&now, moment("2026-12-20T00:00:00Z")).merged_seen_here,
            0
        );
    }

    #[test]
    fn what_was_not_seen_stays_unseen() {
        let then = as_of(&evidence(5), moment("2026-11-10T00:00:00Z"));
        let list = then.pull_requests.known().unwrap();
        assert_eq!((list.items.len(), list.total), (3, 8));
        assert_eq!(list.rest, Remainder::NotAsked);
    }

    #[test]
    fn what_is_older_than_the_window_is_left_out_and_ends_the_list() {
        let then = as_of(&evidence(5), moment("2026-11-29T12:00:00Z"));
        let list = then.pull_requests.known().unwrap();
        let numbers: Vec<_> = list.items.iter().map(|it| it.item.number).collect();
        assert_eq!((numbers, list.total), (vec![4, 3, 2], 3));
        assert_eq!(list.rest, Remainder::None);
    }

    #[test]
    fn what_could_not_be_read_may_be_in_any_window() {
        let moment = moment("2026-11-29T12:00:00Z");
        for (reason, is_whole) in [
            (GapReason::TooMany, true),
            (GapReason::CountMismatch, true),
            (GapReason::Unreadable, false),
            (GapReason::Incomplete, false),
        ] {
            let mut now = evidence(5);
            let Fact::Known { value, .. } = &mut now.pull_requests else {
                unreachable!();
            };
            value.rest = Remainder::Missing(Gap::new(reason));
            let then = as_of(&now, moment);
            let list = then.pull_requests.known().unwrap();
            assert_eq!(list.rest == Remainder::None, is_whole, "{reason:?}");
            assert_eq!(list.items.len(), 3);
            assert_eq!(list.total == 3, is_whole);
        }
    }

    #[test]
    fn a_gap_stays_a_gap() {
        let mut now = evidence(0);
        now.issues = Fact::Coming;
        let then = as_of(&now, moment("2026-11-10T00:00:00Z"));
        assert_eq!(then.issues, Fact::Coming);
        assert_eq!(then.history_here, Fact::NotAsked);
    }

    #[test]
    fn the_window_reaches_back_a_day_more() {
        let start = window_start(moment("2026-11-23T12:00:00Z"));
        assert_eq!(start, moment("2026-11-01T12:00:00Z"));
    }
}
