//! [`PastActivity`]: what somebody opened before, judged as of a moment.

use crate::assess::{Assessment, assess};
use crate::engine::person::Person;
use crate::engine::person_evidence::found;
use crate::evidence::{
    Association, Closers, Closing, Evidence, Fact, Gap, GapReason, Issue, ItemList, PullRequest,
    Remainder,
};
use crate::github::Page;
use crate::policy::Policy;
use crate::time::Timestamp;
use crate::triage::as_of::as_of;
use serde::{Deserialize, Serialize};

/// What somebody opened before, as far as it was read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in crate::engine) struct PastActivity {
    pub(super) pull_requests: Option<Page<PullRequest>>,
    pub(super) issues: Option<Page<Issue>>,
    pub(in crate::engine) closings: Vec<Closing>,
}

impl PastActivity {
    /// All that somebody ever opened, where what is in memory is just that: then
    /// nothing is to be read back.
    pub(in crate::engine) fn in_memory(person: &Person, now: Timestamp) -> Option<Self> {
        let (pull_requests, issues) = person.whole_activity(now)?;
        Some(Self {
            pull_requests: Some(pull_requests.clone()),
            issues: Some(issues.clone()),
            closings: Vec::new(),
        })
    }

    /// What is said as of these moments. Where nothing more `may_ask` who closed
    /// something, what that hangs on is missing.
    pub(in crate::engine) fn judged(
        &self,
        today: Evidence,
        may_ask: bool,
        moments: &[Timestamp],
        policy: &Policy,
        now: Timestamp,
    ) -> Vec<Assessment> {
        let evidence = self.added_to(today, may_ask, now);
        let moments = moments.iter();
        let judged = moments.map(|moment| assess(&as_of(&evidence, *moment), policy, *moment));
        judged.collect()
    }

    /// The evidence of today with all that was read of the past.
    pub(in crate::engine) fn added_to(
        &self,
        mut evidence: Evidence,
        may_ask: bool,
        now: Timestamp,
    ) -> Evidence {
        evidence.pull_requests = list(self.pull_requests.as_ref(), now);
        evidence.issues = list(self.issues.as_ref(), now);
        let mut closings = self.closings.clone();
        if let Some(known) = evidence.closers.known() {
            closings.extend(known.closings.iter().cloned());
        }
        let rest = if may_ask {
            Remainder::NotAsked
        } else {
            Remainder::Missing(Gap::new(GapReason::TooMany))
        };
        evidence.closers = Fact::Known {
            value: Closers { closings, rest },
            at: now,
        };
        // Of whom GitHub says that nothing is merged here, nothing was.
        let is_new_here = evidence.association.is_some_and(Association::is_newcomer);
        if evidence.history_here.known().is_none() && is_new_here {
            evidence.history_here = Fact::Known {
                value: ItemList {
                    total: 0,
                    items: Vec::new(),
                    rest: Remainder::None,
                    is_refusal_told: true,
                    is_rest_merged: false,
                },
                at: now,
            };
        }
        evidence
    }
}

/// A list of the past: of what is beyond its pages nothing is known. What could
/// not be read within them is worse, as it may be from any time.
fn list<T: Clone>(page: Option<&Page<T>>, now: Timestamp) -> Fact<ItemList<T>> {
    let Some(page) = page else {
        return Fact::Missing(Gap::new(GapReason::Incomplete));
    };
    let beyond = Remainder::Missing(Gap::new(GapReason::TooMany));
    let mut value = found(page.clone(), beyond);
    if let Some(reason) = page.shortfall {
        value.rest = Remainder::Missing(Gap::new(reason));
    }
    Fact::Known { value, at: now }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::github::Unmerged;

    #[test]
    fn what_could_not_be_read_is_told_though_there_are_further_pages() {
        let now: Timestamp = "2026-11-20T00:00:00Z".parse().unwrap();
        for (shortfall, reason) in [
            (None, GapReason::TooMany),
            (Some(GapReason::Unreadable), GapReason::Unreadable),
        ] {
            let page: Page<Issue> = Page {
                total: 3,
                items: Vec::new(),
                next: Some("cursor".to_owned()),
                is_refusal_told: true,
                unread: u32::from(shortfall.is_some()),
                shortfall,
                total_ever: Some(3),
                unmerged: Unmerged::NotAsked,
                merged_before: Vec::new(),
                is_of_private: false,
            };
            let list = list(Some(&page), now);
            let rest = list.known().unwrap().rest;
            assert_eq!(rest, Remainder::Missing(Gap::new(reason)));
        }
    }
}
