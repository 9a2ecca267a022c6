//! From evidence to a report: findings → groups → level, with reasons.
//!
//! The laws, each with a test:
//! - Nothing good is said from missing data. What is not known is a range of
//!   grades; the level is told when both ends of all ranges agree on it, and
//!   until then it is `pending`, or `unknown` where the missing part was asked
//!   for and could not be had.
//! - `alert` is the worst there is, so it stands at once. Every other level
//!   waits for whatever could still make it worse.
//! - An author known here stays known unless something is an alert: what a
//!   maintainer has merged several times weighs more than a first threshold.
//! - History here never makes a level worse.
//! - Whoever did nothing elsewhere in the window is quiet and not clear: the one
//!   is as good as the other, but only the latter was looked at and found so.

mod build_report;
mod classic;
mod new_here;
mod reasons;
mod recent_activity;
mod short_reason;
mod this_item;

use crate::evidence::{
    Account, Association, Evidence, Fact, GapReason, Part, Parts, PullRequest, PullRequestState,
    Remainder,
};
use crate::finding::activity::ActivityFact;
use crate::finding::case::{Case, State};
use crate::finding::{Definition, FINDINGS, Grade, Outcome, Range, Reading};
use crate::policy::{Policy, PolicyName, Rule};
use crate::report::{AuthorReport, Level, Sentence};
use crate::time::Timestamp;
use crate::words::Key;

/// What is said of an author now, and what it would take to say more.
#[derive(Clone, Debug, PartialEq)]
pub struct Assessment {
    /// What a person is shown.
    pub report: AuthorReport,
    /// The parts of the evidence that nobody has asked for and without which
    /// the level cannot be told. A search whose first page is known stands for
    /// the pages that follow.
    pub needs: Parts,
    /// Whose closers [`Part::Closers`] stands for when it is among
    /// [`Assessment::needs`]: the GraphQL ids of pull requests, the newest
    /// first. Each answer may decide the level, so ask for few at a time.
    pub closers_needed: Vec<String>,
    /// Whether it is known that nothing of the author's was ever merged in the
    /// repository. It hangs on nothing in [`Assessment::needs`]: nobody is
    /// asked for it alone.
    pub is_new_here: bool,
}

/// A finding as read in this case.
struct Read {
    definition: &'static Definition,
    rule: Rule,
    reading: Reading,
}

impl Read {
    fn range(&self) -> Option<&Range> {
        match &self.reading.outcome {
            Outcome::Graded(range) => Some(range),
            Outcome::Context | Outcome::ContextNeeds(_) => None,
        }
    }
}

/// Whether the author counts as known in the repository.
enum KnownHere {
    /// One of the repository's own people.
    Insider(Key),
    /// Merged often enough.
    Merged(Sentence),
    /// Not, or it was not to be had.
    No,
    /// The history here would tell.
    Undecided,
}

/// The level, and how it came about.
struct Verdict {
    level: Level,
    /// The parts that are missing and that left the level untold.
    missing: Parts,
    needs: Parts,
}

/// The sentence that says what stands in the way.
pub fn gap_reason(reason: GapReason) -> Key {
    reasons::key(reason)
}

/// Reads the evidence by the rules of a policy.
pub fn assess(evidence: &Evidence, policy: &Policy, now: Timestamp) -> Assessment {
    let case = Case::new(evidence, policy.name(), now);
    let settled = |level, reason: Key| Assessment {
        report: build_report::without_findings(&case, level, reason.alone()),
        needs: Parts::none(),
        closers_needed: Vec::new(),
        is_new_here: false,
    };
    if evidence.login.is_ghost() {
        return match policy.name() {
            PolicyName::Classic => Assessment {
                report: classic::ghost(&case),
                needs: Parts::none(),
                closers_needed: Vec::new(),
                is_new_here: false,
            },
            PolicyName::Balanced => settled(Level::Unknown, Key::ReasonGhost),
        };
    }
    match evidence.account.known() {
        Some(Account::App) => return settled(Level::Bot, Key::ReasonApp),
        Some(Account::NotFound) => return settled(Level::Unknown, Key::ReasonNotFound),
        Some(Account::Organization) => return settled(Level::Unknown, Key::ReasonOrganization),
        Some(Account::User(_)) | None => {}
    }

    let known_here = known_here(&case, policy.known_from_merged());
    let is_unasked_insider =
        matches!(known_here, KnownHere::Insider(_)) && !is_activity_asked(evidence);
    let mut reads = read_all(&case, policy);
    if is_unasked_insider {
        // They are looked up on request only; what is not asked is not shown
        // as if it were coming.
        reads.retain(|read| match &read.reading.outcome {
            Outcome::Context => true,
            Outcome::ContextNeeds(part) => case.state(*part) != State::NotAsked,
            Outcome::Graded(_) => false,
        });
    }
    let adjustments = match policy.name() {
        PolicyName::Classic => classic::adjust(&case, &mut reads),
        PolicyName::Balanced => Vec::new(),
    };
    let verdict = if is_unasked_insider {
        Verdict {
            level: Level::Known,
            missing: Parts::none(),
            needs: Parts::none(),
        }
    } else {
        verdict(&case, &reads, &known_here)
    };
    let reasons = reasons::of(&case, &reads, &verdict, &known_here);
    let report = build_report::report(&case, reads, &verdict, reasons, adjustments);
    let closers_needed = if verdict.needs.contains(Part::Closers) {
        case.closers_needed()
    } else {
        Vec::new()
    };
    Assessment {
        report,
        needs: verdict.needs,
        closers_needed,
        is_new_here: new_here::is_new_here(&case),
    }
}

fn is_activity_asked(evidence: &Evidence) -> bool {
    !evidence.pull_requests.is_not_asked() || !evidence.issues.is_not_asked()
}

fn read_all(case: &Case<'_>, policy: &Policy) -> Vec<Read> {
    let read = |definition: &'static Definition| {
        let rule = policy.rule(definition)?;
        let reading = (definition.read)(case, rule.thresholds)?;
        Some(Read {
            definition,
            rule,
            reading,
        })
    };
    FINDINGS.iter().filter_map(read).collect()
}

/// Whether anything says that the author is known here. Under `classic` only
/// the repository's own people are, since its level is that of its groups.
fn known_here(case: &Case<'_>, known_from_merged: u32) -> KnownHere {
    let evidence = case.evidence;
    match told_association(evidence) {
        Some(Association::Owner) => return KnownHere::Insider(Key::ReasonKnownOwner),
        Some(Association::Member) => return KnownHere::Insider(Key::ReasonKnownMember),
        Some(Association::Collaborator) => {
            return KnownHere::Insider(Key::ReasonKnownCollaborator);
        }
        _ => {}
    }
    if case.policy == PolicyName::Classic || evidence.repository.is_none() {
        return KnownHere::No;
    }
    // Who has nothing merged here, by the page's own word, needs no search.
    let may_be_known = match evidence.association {
        Some(Association::Contributor) => true,
        None => evidence.opened_here_at.is_some(),
        Some(_) => false,
    };
    let found = match &evidence.history_here {
        Fact::NotAsked | Fact::Coming if may_be_known => return KnownHere::Undecided,
        Fact::NotAsked | Fact::Coming | Fact::Missing(_) => None,
        Fact::Known { value, .. } => Some(value),
    };
    let is_merged = |pr: &&PullRequest| pr.state == PullRequestState::Merged;
    let merged = found.map_or(0, |it| it.items.iter().filter(is_merged).count());
    let merged = u32::try_from(merged).unwrap_or(u32::MAX);
    let seen = evidence.merged_seen_here;
    if merged.max(seen) >= known_from_merged {
        let is_all = merged >= seen && found.is_some_and(|it| it.rest == Remainder::None);
        let key = if is_all {
            Key::ReasonKnownMerged
        } else {
            Key::ReasonKnownMergedAtLeast
        };
        return KnownHere::Merged(key.with(&[merged.max(seen)]));
    }
    match found.map(|it| it.rest) {
        Some(Remainder::NotAsked | Remainder::Coming) if may_be_known => KnownHere::Undecided,
        _ => KnownHere::No,
    }
}

/// Whether the author may turn out to be known here by pull requests that were
/// merged and not seen yet. No level waits for it: known is the best there is.
fn may_be_seen_here(case: &Case<'_>) -> bool {
    let is_untold = matches!(
        told_association(case.evidence),
        None | Some(Association::Contributor)
    );
    let ActivityFact::Known(activity) = &case.pull_requests else {
        return false;
    };
    case.evidence.repository.is_some() && is_untold && activity.is_unseen_merged
}

/// What the author is to the repository by the word of the page, or else of a
/// pull request in it.
fn told_association(evidence: &Evidence) -> Option<Association> {
    evidence
        .association
        .or_else(|| told_by_pull_request(evidence))
}

fn told_by_pull_request(evidence: &Evidence) -> Option<Association> {
    let repository = evidence.repository.as_ref()?;
    let found = evidence.pull_requests.known()?;
    let here = found
        .items
        .iter()
        .find(|it| it.item.repository == *repository)?;
    here.association
}

/// Whether anything was done outside of the author's own account.
enum Elsewhere {
    Something,
    Nothing,
    /// These parts would tell.
    Behind(Parts),
}

fn elsewhere(case: &Case<'_>) -> Elsewhere {
    let mut behind = Parts::none();
    for fact in [&case.pull_requests, &case.issues] {
        match fact {
            ActivityFact::Needs(part) => behind.insert(*part),
            ActivityFact::Known(activity) if activity.is_any_elsewhere => {
                return Elsewhere::Something;
            }
            ActivityFact::Known(activity) if activity.unseen > 0 => {
                behind.insert(activity.kind.part());
            }
            ActivityFact::Known(_) => {}
        }
    }
    if behind.is_empty() {
        Elsewhere::Nothing
    } else {
        Elsewhere::Behind(behind)
    }
}

fn verdict(case: &Case<'_>, reads: &[Read], known_here: &KnownHere) -> Verdict {
    let ranges = || reads.iter().filter_map(Read::range);
    let low = ranges().map(|r| r.low).max().unwrap_or(Grade::Clear);

    // What could still make the level worse than it is known to be.
    let mut open: Parts = ranges()
        .filter(|range| range.high > low)
        .flat_map(|range| range.undecided_by.iter())
        .collect();
    // Without the account, nobody can say that there is anybody.
    if case.evidence.account.known().is_none() {
        open.insert(Part::Account);
    }

    let is_insider = matches!(known_here, KnownHere::Insider(_));
    let is_known = is_insider || matches!(known_here, KnownHere::Merged(_));
    let may_be_asked = |part: &Part| matches!(case.state(*part), State::NotAsked | State::Coming);
    let mut is_quiet = false;
    if case.policy == PolicyName::Balanced && low == Grade::Clear && !is_known {
        match elsewhere(case) {
            Elsewhere::Something => {}
            Elsewhere::Nothing => is_quiet = true,
            // What cannot be had leaves it at clear, which is as good.
            Elsewhere::Behind(parts) => open.extend(parts.iter().filter(may_be_asked)),
        }
    }

    let mut asked_for = open;
    for read in reads {
        let Some(range) = read.range() else { continue };
        // What the level does not hang on is asked for all the same, so that
        // the card is whole; but not page after page, except under `classic`,
        // where each group's flag is to be told.
        let is_wanted = |part: &Part| case.policy == PolicyName::Classic || !is_page(case, *part);
        asked_for.extend(range.undecided_by.iter().filter(is_wanted));
    }
    match known_here {
        KnownHere::Undecided => asked_for.insert(Part::Here),
        KnownHere::No if low < Grade::Alert && may_be_seen_here(case) => {
            asked_for.insert(Part::PullRequests);
        }
        _ => {}
    }
    let needs = asked_for
        .iter()
        .filter(|part| case.state(*part) == State::NotAsked)
        .collect();

    let missing: Parts = open
        .iter()
        .filter(|part| matches!(case.state(*part), State::Missing(_)))
        .collect();
    let is_pending =
        matches!(known_here, KnownHere::Undecided) || open.iter().any(|part| may_be_asked(&part));
    let level = match low {
        Grade::Alert => Level::Alert,
        _ if is_insider => Level::Known,
        _ if is_pending => Level::Pending,
        Grade::Caution if open.is_empty() && is_known => Level::Known,
        Grade::Caution => Level::Caution,
        Grade::Clear if !open.is_empty() => Level::Unknown,
        Grade::Clear if is_known => Level::Known,
        Grade::Clear if is_quiet => Level::Quiet,
        Grade::Clear => Level::Clear,
    };
    Verdict {
        level,
        missing,
        needs,
    }
}

/// Whether the part stands for pages that follow one already known.
fn is_page(case: &Case<'_>, part: Part) -> bool {
    match part {
        Part::PullRequests => case.evidence.pull_requests.known().is_some(),
        Part::Issues => case.evidence.issues.known().is_some(),
        _ => false,
    }
}
