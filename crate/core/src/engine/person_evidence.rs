//! Makes [`Evidence`] of what is cached of a [`Person`] and of the calls that
//! are on their way.

use super::cache_key::CacheKey;
use super::person::{Person, SEARCH_LIMIT};
use crate::evidence::{Closers, Evidence, Fact, Gap, GapReason, ItemList, Part, Remainder};
use crate::github::call::SEARCH_RESULTS;
use crate::github::{Learned, Page, Unmerged};
use crate::repository::Repository;
use crate::time::Timestamp;

/// For what the evidence is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceUse {
    /// To report it: a gap stands until there is an answer.
    Report,
    /// To plan what to ask: a gap whose cause is over is as if nobody had asked.
    Plan,
}

/// How far the calls for a cache key are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Nobody has asked.
    Idle,
    /// Asked for, or about to be.
    Coming,
    /// Asked for in another way, because what is known is doubted.
    Replacing,
    /// Waiting for so long that it is a gap for now.
    Held(Gap),
}

impl Person {
    /// The evidence of this moment, in a report about `repository` and the item
    /// of this `number` there. `progress` tells how far the calls are.
    pub fn evidence(
        &self,
        repository: Option<&Repository>,
        number: Option<u32>,
        now: Timestamp,
        purpose: EvidenceUse,
        progress: impl Fn(&CacheKey) -> Progress,
    ) -> Evidence {
        self.evidence_by(repository, number, now, purpose, &progress)
    }

    /// The same, there once in the module and not once for each `progress`.
    fn evidence_by(
        &self,
        repository: Option<&Repository>,
        number: Option<u32>,
        now: Timestamp,
        purpose: EvidenceUse,
        progress: &dyn Fn(&CacheKey) -> Progress,
    ) -> Evidence {
        let mut evidence = Evidence::new(self.login.clone());
        evidence.repository = repository.cloned();
        for part in Part::ALL {
            let Some(cache_key) = CacheKey::new(part, repository, number) else {
                continue;
            };
            let progress = progress(&cache_key);
            let known = self.shown(&cache_key, now);
            let known = known.filter(|_| progress != Progress::Replacing);
            let failed = self
                .failed(&cache_key)
                .filter(|it| purpose == EvidenceUse::Report || !it.is_over)
                .map(|it| it.gap);
            let Some((learned, at)) = known else {
                let gap = failed.or(match progress {
                    Progress::Held(gap) => Some(gap),
                    Progress::Idle | Progress::Coming | Progress::Replacing => None,
                });
                if gap.is_some() || progress != Progress::Idle {
                    unknown(&mut evidence, part, gap);
                }
                continue;
            };
            let rest = match (progress, failed) {
                (Progress::Held(gap), _) | (Progress::Idle, Some(gap)) => Remainder::Missing(gap),
                (Progress::Coming | Progress::Replacing, _) => Remainder::Coming,
                (Progress::Idle, None) if self.is_paged_out(&cache_key) => {
                    Remainder::Missing(Gap::new(GapReason::TooMany))
                }
                (Progress::Idle, None) => Remainder::NotAsked,
            };
            match (learned, repository) {
                (Learned::PullRequests(page), Some(repository)) => {
                    evidence.merged_seen_here = page.merged_in(repository);
                }
                (Learned::Here(_, page), _) => evidence.is_private_here = page.is_of_private,
                _ => {}
            }
            know(&mut evidence, learned.clone(), at, rest);
        }
        evidence
    }
}

pub(super) fn found<T>(page: Page<T>, rest: Remainder) -> ItemList<T> {
    let is_rest_merged = page.unmerged == Unmerged::Whole;
    let seen = page.items.len();
    // A next page counts before the total, which tells nothing then.
    let has_next = page.next.is_some();
    let total = match u32::try_from(seen) {
        Ok(seen) if has_next && page.total <= seen => seen.saturating_add(SEARCH_RESULTS),
        _ => page.total,
    };
    let rest = match usize::try_from(total) {
        Ok(total) if seen >= total => Remainder::None,
        _ if has_next && seen < SEARCH_LIMIT => rest,
        // Neither seen nor to be had: more than GitHub gives out, results that
        // could not be read, or more counted than shown.
        _ if seen >= SEARCH_LIMIT => Remainder::Missing(Gap::new(GapReason::TooMany)),
        // GitHub ran out of time, and is asked once more.
        _ if page.shortfall == Some(GapReason::Incomplete)
            && matches!(rest, Remainder::NotAsked | Remainder::Coming) =>
        {
            rest
        }
        _ => {
            let reason = page.shortfall.unwrap_or(GapReason::CountMismatch);
            Remainder::Missing(Gap::new(reason))
        }
    };
    ItemList {
        total,
        items: page.items,
        rest,
        is_refusal_told: page.is_refusal_told,
        is_rest_merged,
    }
}

fn know(evidence: &mut Evidence, learned: Learned, at: Timestamp, rest: Remainder) {
    match learned {
        Learned::Account(value) => evidence.account = Fact::Known { value, at },
        Learned::Email(value) => evidence.email = Fact::Known { value, at },
        Learned::SocialAccounts(value) => evidence.social_accounts = Fact::Known { value, at },
        Learned::Organizations(value) => evidence.organizations = Fact::Known { value, at },
        // Whose a repository is would be guessed.
        Learned::SomeOrganizations { .. } => {
            evidence.organizations = match rest {
                Remainder::Missing(gap) => Fact::Missing(gap),
                Remainder::Coming => Fact::Coming,
                Remainder::None | Remainder::NotAsked => Fact::NotAsked,
            }
        }
        Learned::Counts(value) => evidence.counts = Fact::Known { value, at },
        Learned::PullRequests(page) => {
            let value = found(page, rest);
            evidence.pull_requests = Fact::Known { value, at };
        }
        Learned::Issues(page) => {
            let value = found(page, rest);
            evidence.issues = Fact::Known { value, at };
        }
        Learned::Closers(closings) => {
            let value = Closers { closings, rest };
            evidence.closers = Fact::Known { value, at };
        }
        Learned::ThisItem(value) => evidence.this_item = Fact::Known { value: *value, at },
        Learned::Here(_, page) => {
            let value = found(page, rest);
            evidence.history_here = Fact::Known { value, at };
        }
    }
}

/// Says of a part that it could not be had or, without a gap, that it is coming.
pub fn unknown(evidence: &mut Evidence, part: Part, gap: Option<Gap>) {
    fn fact<T>(gap: Option<Gap>) -> Fact<T> {
        gap.map_or(Fact::Coming, Fact::Missing)
    }
    match part {
        Part::Account => evidence.account = fact(gap),
        Part::Email => evidence.email = fact(gap),
        Part::SocialAccounts => evidence.social_accounts = fact(gap),
        Part::Organizations => evidence.organizations = fact(gap),
        Part::Counts => evidence.counts = fact(gap),
        Part::PullRequests => evidence.pull_requests = fact(gap),
        Part::Issues => evidence.issues = fact(gap),
        Part::Here => evidence.history_here = fact(gap),
        Part::Closers => evidence.closers = fact(gap),
        Part::ThisItem => evidence.this_item = fact(gap),
    }
}
