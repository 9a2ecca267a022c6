//! GitHub's search for issues and pull requests.

use std::cmp::Reverse;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::tokens::VIEWER;
use crate::world::{self, AuthoredItem, CloseReason, ItemKind, PullOutcome, World};

/// A query with more characters is refused.
pub const MAX_QUERY: usize = 256;
/// No more than this many results can be had, however many there are.
pub const MAX_RESULTS: usize = 1000;

/// A query, understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The authors, one of whom it must be; empty for anybody.
    pub authors: Vec<String>,
    /// `owner/name`, one of which it must be.
    pub repositories: Vec<String>,
    /// Owners, one of whom it must be.
    pub owners: Vec<String>,
    /// Whether it says `is:issue`, `is:pr` or their equals with `type:`.
    pub names_kind: bool,
    terms: Vec<(bool, Term)>,
    oldest_first: bool,
}

#[derive(Debug, Clone, PartialEq)]
enum Term {
    Pull,
    Issue,
    Open,
    Closed,
    Merged,
    Unmerged,
    Draft(bool),
    Reason(CloseReason),
    Created(Range),
    ClosedAt(Range),
    MergedAt(Range),
    Author(String),
    Repository(String),
    Owner(String),
    Word(String),
    Private(bool),
    Always,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Range {
    from: Option<Timestamp>,
    before: Option<Timestamp>,
}

impl Range {
    fn holds(self, at: Timestamp) -> bool {
        self.from.is_none_or(|from| at >= from) && self.before.is_none_or(|before| at < before)
    }
}

/// Reads a query. What is no qualifier is a word of the title.
pub fn parse(text: &str) -> Query {
    let mut query = Query::default();
    for part in split(text) {
        let (negated, part) = match part.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest.to_owned()),
            _ => (false, part),
        };
        match term(&part) {
            Term::Author(login) if !negated => query.authors.push(login),
            Term::Repository(name) if !negated => query.repositories.push(name),
            Term::Owner(login) if !negated => query.owners.push(login),
            Term::Always => query.oldest_first |= part == "sort:created-asc",
            term => {
                query.names_kind |= !negated && matches!(term, Term::Pull | Term::Issue);
                query.terms.push((negated, term));
            }
        }
    }
    query
}

/// Splits at spaces outside of quotes, and drops the quotes.
fn split(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut quoted = false;
    for character in text.chars() {
        match character {
            '"' => quoted = !quoted,
            space if space.is_whitespace() && !quoted => parts.push(String::new()),
            other => parts
                .last_mut()
                .into_iter()
                .for_each(|part| part.push(other)),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn term(part: &str) -> Term {
    let word = || Term::Word(part.to_lowercase());
    let Some((key, value)) = part.split_once(':') else {
        return word();
    };
    let lower = value.to_lowercase();
    match (key.to_lowercase().as_str(), lower.as_str()) {
        ("is" | "type", "pr" | "pull-request") => Term::Pull,
        ("is" | "type", "issue") => Term::Issue,
        ("is" | "state", "open") => Term::Open,
        ("is" | "state", "closed") => Term::Closed,
        ("is", "merged") => Term::Merged,
        ("is", "unmerged") => Term::Unmerged,
        ("is", "draft") | ("draft", "true") => Term::Draft(true),
        ("draft", "false") => Term::Draft(false),
        ("is", "public") => Term::Private(false),
        ("is", "private") => Term::Private(true),
        ("archived" | "sort", _) => Term::Always,
        ("reason", "completed") => Term::Reason(CloseReason::Completed),
        ("reason", "not planned" | "not_planned") => Term::Reason(CloseReason::NotPlanned),
        ("reason", "duplicate") => Term::Reason(CloseReason::Duplicate),
        ("author", "@me") => Term::Author(VIEWER.to_owned()),
        ("author", _) => Term::Author(lower),
        ("repo", _) => Term::Repository(lower),
        ("org" | "user", _) => Term::Owner(lower),
        ("created", _) => range(value).map_or_else(word, Term::Created),
        ("closed", _) => range(value).map_or_else(word, Term::ClosedAt),
        ("merged", _) => range(value).map_or_else(word, Term::MergedAt),
        _ => word(),
    }
}

/// Reads `>=D`, `>D`, `<=D`, `<D`, `A..B`, `A..*`, `*..B` and `D`, each a date or a moment.
fn range(text: &str) -> Option<Range> {
    let from_until =
        |from: Option<Timestamp>, before: Option<Timestamp>| Some(Range { from, before });
    if let Some((from, until)) = text.split_once("..") {
        let from = if from == "*" {
            None
        } else {
            Some(span(from)?.0)
        };
        let before = if until == "*" {
            None
        } else {
            Some(span(until)?.1)
        };
        return from_until(from, before);
    }
    if let Some(day) = text.strip_prefix(">=") {
        return from_until(Some(span(day)?.0), None);
    }
    if let Some(day) = text.strip_prefix("<=") {
        return from_until(None, Some(span(day)?.1));
    }
    if let Some(day) = text.strip_prefix('>') {
        return from_until(Some(span(day)?.1), None);
    }
    if let Some(day) = text.strip_prefix('<') {
        return from_until(None, Some(span(day)?.0));
    }
    let (from, before) = span(text)?;
    from_until(Some(from), Some(before))
}

/// When a day (in UTC) or a moment begins, and when it is over.
fn span(text: &str) -> Option<(Timestamp, Timestamp)> {
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Some((moment, moment + SignedDuration::from_secs(1)));
    }
    let day: Date = text.parse().ok()?;
    let start = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some((start, start + SignedDuration::from_hours(24)))
}

impl Term {
    fn holds(&self, written: &AuthoredItem) -> bool {
        let item = written.item();
        let closed = item.closed_at();
        match self {
            Self::Pull => item.is_pull(),
            Self::Issue => !item.is_pull(),
            Self::Open => closed.is_none(),
            Self::Closed => closed.is_some(),
            Self::Merged => item.merged_at().is_some(),
            Self::Unmerged => item.is_pull() && item.merged_at().is_none(),
            Self::Draft(wanted) => {
                matches!(item.what, ItemKind::Pull { end: PullOutcome::Open, draft } if draft == *wanted)
            }
            Self::Reason(reason) => item.reason() == Some(*reason),
            Self::Created(range) => range.holds(item.created),
            Self::ClosedAt(range) => closed.is_some_and(|at| range.holds(at)),
            Self::MergedAt(range) => item.merged_at().is_some_and(|at| range.holds(at)),
            Self::Author(login) => written.author.login.eq_ignore_ascii_case(login),
            Self::Repository(name) => item.repository.full_name().eq_ignore_ascii_case(name),
            Self::Owner(login) => item.repository.owner.eq_ignore_ascii_case(login),
            Self::Word(word) => item.title.to_lowercase().contains(word),
            Self::Private(wanted) => item.repository.is_private == *wanted,
            Self::Always => true,
        }
    }
}

impl Query {
    /// The same query, oldest first.
    #[must_use]
    pub fn oldest_first(self, oldest_first: bool) -> Self {
        Self {
            oldest_first: self.oldest_first || oldest_first,
            ..self
        }
    }

    /// Whether all the authors, or all the repositories and owners, that it names cannot be
    /// searched: there REST answers 422.
    pub fn is_refused(&self, world: &World, sees_private: bool) -> bool {
        let is_author_hidden = |login: &String| {
            !world
                .account(login)
                .is_some_and(|account| account.searchable)
        };
        let is_repository_unknown = |name: &String| {
            let (owner, name) = name.split_once('/').unwrap_or((name, ""));
            world
                .repository(owner, name)
                .is_none_or(|repository| repository.is_private && !sees_private)
        };
        let all = |list: &[String], hidden: &dyn Fn(&String) -> bool| {
            !list.is_empty() && list.iter().all(hidden)
        };
        all(&self.authors, &is_author_hidden) || all(&self.repositories, &is_repository_unknown)
    }

    /// All that it finds, newest first unless it says otherwise. Without an author only what
    /// the personas did is searched, and `acme/crowd` where the query names it; private repositories only by who sees them.
    pub fn run(&self, world: &World, sees_private: bool) -> Vec<AuthoredItem> {
        let is_in_crowd = |name: &String| {
            let (owner, name) = name.split_once('/').unwrap_or((name, ""));
            world::crowd_is(owner, name)
        };
        let authors: Vec<_> = if self.authors.is_empty() {
            let crowd = self.repositories.iter().any(is_in_crowd);
            let crowd = crowd.then(|| world.crowd_authors()).into_iter().flatten();
            world.named().cloned().chain(crowd).collect()
        } else {
            self.authors
                .iter()
                .filter_map(|login| world.account(login))
                .collect()
        };
        let visible = authors.into_iter().filter(|author| author.searchable);
        let mut found: Vec<AuthoredItem> = visible
            .flat_map(|author| {
                let all = 0..author.items.len();
                all.map(move |index| AuthoredItem {
                    author: author.clone(),
                    index,
                })
            })
            .filter(|written| sees_private || !written.item().repository.is_private)
            .filter(|written| self.holds(written))
            .collect();
        found.sort_by_key(|written| Reverse((written.item().created, written.item().number)));
        if self.oldest_first {
            found.reverse();
        }
        found
    }

    fn holds(&self, written: &AuthoredItem) -> bool {
        let repository = &written.item().repository;
        let any =
            |list: &[String], name: &str| list.iter().any(|one| one.eq_ignore_ascii_case(name));
        let nowhere_named = self.repositories.is_empty() && self.owners.is_empty();
        let is_there = nowhere_named
            || any(&self.repositories, &repository.full_name())
            || any(&self.owners, &repository.owner);
        is_there
            && self
                .terms
                .iter()
                .all(|(negated, term)| term.holds(written) != *negated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T12:00:00Z".parse().expect("a timestamp")
    }

    fn check(query: &str, expected: usize) {
        let world = World::new(1, now());
        let found = parse(query).run(&world, false);
        let titles: Vec<&str> = found
            .iter()
            .map(|written| written.item().title.as_str())
            .collect();
        assert_eq!(found.len(), expected, "{query}: {titles:?}");
    }

    #[test]
    fn qualifiers() {
        check("author:busy-bea is:pr", 261);
        check("author:BUSY-BEA type:pr is:closed is:unmerged", 140);
        check("author:busy-bea is:issue", 1);
        check("author:ada-steady is:pr repo:ACME/web is:merged", 12);
        check("author:ada-steady is:pr -repo:acme/web", 3);
        check("author:ada-steady is:pr -repo:acme/web is:open", 1);
        check("author:ada-steady is:pr org:initech", 2);
        check("author:echo-eve is:issue improve", 10);
        check("author:echo-eve \"improve readme\"", 9);
        check("author:notplanned-ned reason:\"not planned\"", 5);
        check("author:dup-dora reason:duplicate", 6);
        check("author:hostile-hal draft:true", 1);
        check("author:missing-one is:pr", 0);
        check("author:private-priya is:pr", 0);
        check("author:@me is:pr", 1);
        check("author:ada-steady unknown:qualifier", 0);
    }

    #[test]
    fn dates() {
        check("author:newcomer-nia is:pr created:>=2026-11-19", 1);
        check("author:newcomer-nia is:pr created:>2026-11-19", 0);
        check("author:newcomer-nia is:pr created:2026-11-19", 1);
        check(
            "author:newcomer-nia is:pr created:2026-11-01..2026-11-19",
            1,
        );
        check("author:newcomer-nia is:pr created:*..2026-11-18", 0);
        check("author:newcomer-nia is:pr created:2026-11-20..*", 0);
        check("author:newcomer-nia is:pr created:<2026-11-20", 1);
        check("author:newcomer-nia is:pr created:<=2026-11-18", 0);
        check(
            "author:newcomer-nia is:pr created:>=2026-11-19T07:00:00Z",
            1,
        );
        check(
            "author:newcomer-nia is:pr created:>=2026-11-19T08:00:00Z",
            0,
        );
        check("author:newcomer-nia is:pr created:soon", 0);
    }

    #[test]
    fn refused() {
        let world = World::new(1, now());
        let check = |query: &str, expected: bool| {
            assert_eq!(parse(query).is_refused(&world, false), expected, "{query}");
        };
        check("author:private-priya is:pr", true);
        check("author:missing-one is:pr", true);
        check("author:private-priya author:ada-steady is:pr", false);
        check("author:ada-steady repo:no/where is:pr", true);
        check("author:ada-steady repo:acme/web is:pr", false);
        check("is:pr", false);
    }
}
