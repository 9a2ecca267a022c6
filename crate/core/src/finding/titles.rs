//! Titles that say the same thing more than once.

use super::contribution::{Assumption, Contribution, Resolution};
use super::count::{Bounds, number};
use crate::evidence::Association;
use crate::repository::Repository;
use litemap::LiteMap;

/// Bounds of the number of items which share their exact title with another,
/// summed over all such titles: gh-profiler's count.
pub fn exact_bounds(
    certain: &[Contribution<'_>],
    possible: &[Contribution<'_>],
    unseen: u32,
) -> Bounds {
    let mut high = usize::try_from(unseen).unwrap_or(usize::MAX);
    let mut single = 0;
    for (_, group) in exact_groups(possible) {
        if group.len() > 1 {
            high = high.saturating_add(group.len());
        } else {
            single += 1;
        }
    }
    // At worst each unseen item repeats the title of another.
    high = high.saturating_add(single.min(usize::try_from(unseen).unwrap_or(usize::MAX)));
    Bounds {
        low: number(exactly_repeated(certain).len()),
        high: number(high),
    }
}

/// The items which share their exact title with another.
pub fn exactly_repeated<'a>(items: &[Contribution<'a>]) -> Vec<Contribution<'a>> {
    let groups = exact_groups(items).into_iter().map(|(_, group)| group);
    groups.filter(|group| group.len() > 1).flatten().collect()
}

fn exact_groups<'a>(items: &[Contribution<'a>]) -> LiteMap<&'a str, Vec<Contribution<'a>>> {
    let mut by_title: LiteMap<&str, Vec<Contribution<'a>>> = LiteMap::new();
    for &contribution in items {
        let title = stripped(&contribution.item().title);
        by_title.entry(title).or_default().push(contribution);
    }
    by_title
}

/// What excuses that a title was sent to several owners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Excused {
    /// All of it, where at least half landed, and two did: the change was
    /// wanted.
    WhereHalfLanded,
    /// One for each that landed: an issue may rightly stay open for long, so
    /// that each completed one speaks for another.
    OneForEach,
}

/// The items of one title that count, and how many landed.
#[derive(Default)]
struct Outcomes<'a> {
    unlanded: Vec<Contribution<'a>>,
    landed: u32,
}

impl Outcomes<'_> {
    fn has_several_owners(&self) -> bool {
        let mut owners = self.unlanded.iter().map(|it| it.item().repository.owner());
        let first = owners.next();
        owners.any(|it| Some(it) != first)
    }

    /// How many count when so many landed.
    fn count(&self, landed: u32, excused: Excused) -> u32 {
        let unlanded = number(self.unlanded.len());
        match excused {
            _ if !self.has_several_owners() => 0,
            Excused::WhereHalfLanded if landed >= unlanded.max(2) => 0,
            Excused::WhereHalfLanded => unlanded,
            Excused::OneForEach => unlanded.saturating_sub(landed),
        }
    }
}

/// The items of one title, at best and at worst.
#[derive(Default)]
struct Group<'a> {
    best: Outcomes<'a>,
    worst: Outcomes<'a>,
}

/// Bounds of the number of items that did not land and share their title with
/// one of another owner, summed over all titles, less what is excused.
pub fn bounds(
    certain: &[Contribution<'_>],
    possible: &[Contribution<'_>],
    unseen: u32,
    excused: Excused,
) -> Bounds {
    let (certain, possible) = (groups(certain), groups(possible));
    // At best, all that is unseen landed under each of the titles.
    let most_landed = |title: &String| possible.get(title).map_or(0, |it| it.best.landed);
    let low = certain
        .iter()
        .map(|(title, group)| {
            let landed = most_landed(title).saturating_add(unseen);
            group.best.count(landed, excused)
        })
        .sum();

    // At worst it repeats titles that do not count yet, the commonest first.
    let least_landed = |title: &String| certain.get(title).map_or(0, |it| it.worst.landed);
    let mut high = unseen;
    let mut not_counted = Vec::new();
    for (title, group) in possible.iter() {
        let count = group.worst.count(least_landed(title), excused);
        high = high.saturating_add(count);
        not_counted.push(number(group.worst.unlanded.len()) - count);
    }
    not_counted.sort_unstable_by_key(|it| std::cmp::Reverse(*it));
    let joined = not_counted
        .iter()
        .take(usize::try_from(unseen).unwrap_or(usize::MAX));
    Bounds {
        low,
        high: joined.fold(high, |high, it| high.saturating_add(*it)),
    }
}

/// The items that count: see [`bounds`].
pub fn repeated<'a>(items: &[Contribution<'a>], excused: Excused) -> Vec<Contribution<'a>> {
    groups(items)
        .into_iter()
        .map(|(_, group)| group.best)
        .filter(|best| best.count(best.landed, excused) > 0)
        .flat_map(|best| best.unlanded)
        .collect()
}

/// The items by title, without those in repositories where GitHub calls the
/// author a contributor. Titles are what judging somebody costs most of, so
/// each is compared once for both assumptions.
fn groups<'a>(items: &[Contribution<'a>]) -> LiteMap<String, Group<'a>> {
    let mut by_title: LiteMap<String, Group<'a>> = LiteMap::new();
    for &contribution in items {
        let item = contribution.item();
        let title = common_title(&item.title, &item.repository);
        let group = by_title.entry(title).or_default();
        for (outcomes, assumption) in [
            (&mut group.best, Assumption::Best),
            (&mut group.worst, Assumption::Worst),
        ] {
            match contribution.resolution(assumption) {
                Resolution::Landed => outcomes.landed += 1,
                Resolution::Neutral if matches!(contribution, Contribution::Issue(_)) => {}
                _ if contribution.association() == Some(Association::Contributor) => {}
                _ => outcomes.unlanded.push(contribution),
            }
        }
    }
    by_title
}

/// The title as it is compared: without the names of owner and repository,
/// which somebody who sends one text to many puts into each, unless nothing
/// else is in it.
pub fn common_title(title: &str, repository: &Repository) -> String {
    let title = normalised(title);
    let names = [
        normalised(repository.owner().as_str()),
        normalised(repository.name()),
    ];
    let is_name = |word: &&str| {
        names
            .iter()
            .any(|name| name.split(' ').any(|it| it == *word))
    };
    if !title.split(' ').any(|word| is_name(&word)) {
        return title;
    }
    let words: Vec<&str> = title.split(' ').filter(|word| !is_name(word)).collect();
    if words.is_empty() {
        title
    } else {
        words.join(" ")
    }
}

/// A title without the spaces around it, by Python's idea of spaces, since
/// gh-profiler is written in it: Unicode's, and four control characters.
fn stripped(title: &str) -> &str {
    title.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

/// A title in which case, digits, punctuation and spaces make no difference.
///
/// Only those of ASCII are looked past. All others are kept as they are: an
/// author who repeats a title repeats them too, and Unicode's tables would
/// make the core larger by a twentieth. A title of nothing else stays as it
/// is, so that unlike ones stay unlike.
fn normalised(title: &str) -> String {
    let mut words = String::with_capacity(title.len());
    for c in title.chars() {
        let c = match c {
            '0'..='9' => '0',
            _ if c.is_ascii_alphabetic() || !c.is_ascii() => c.to_ascii_lowercase(),
            _ => ' ',
        };
        let is_run_of_same = matches!(c, '0' | ' ') && words.ends_with(c);
        if !is_run_of_same {
            words.push(c);
        }
    }
    let trimmed = words.trim();
    if trimmed.is_empty() {
        stripped(title).to_owned()
    } else if trimmed.len() == words.len() {
        words
    } else {
        trimmed.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::testing::{found, issue};

    #[test]
    fn strips_as_python_does() {
        for (title, expected) in [
            (" a b\t\n", "a b"),
            ("\u{1c}\u{1f}a\u{85}", "a"),
            ("\u{3000}a\u{a0}", "a"),
            // Neither language takes these for spaces.
            ("\u{200b}a\u{feff}", "\u{200b}a\u{feff}"),
        ] {
            assert_eq!(stripped(title), expected, "{title:?}");
        }
    }

    #[test]
    fn looks_past_the_names_of_the_project() {
        let title = |title: &str, repository: &str| {
            let found = found(&[&format!("open {repository} {title}")], issue);
            let found = found.known().unwrap().items[0].clone();
            common_title(&found.item.title, &found.item.repository)
        };
        assert_eq!(
            title("Docs for Quill-Editor", "ada/quill-editor"),
            "docs for"
        );
        assert_eq!(title("Docs for Ada", "ada/quill"), "docs for");
        assert_eq!(title("Quill", "ada/quill"), "quill");
    }

    #[test]
    fn normalises_what_makes_no_difference() {
        for (title, expected) in [
            ("Improve  README!", "improve readme"),
            ("improve-readme", "improve readme"),
            ("Bump x from 1.2 to 13.4", "bump x from 0 0 to 0 0"),
            ("Исправить ошибку №5", "Исправить ошибку №0"),
            ("🎉", "🎉"),
            ("?!", "?!"),
            ("", ""),
        ] {
            assert_eq!(normalised(title), expected, "{title:?}");
        }
    }
}
