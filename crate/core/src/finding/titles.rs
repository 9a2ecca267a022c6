//! Titles that say the same thing more than once.

use super::case::Opened;
use super::count::{Bounds, number};
use litemap::LiteMap;

/// When two titles are the same, and when that is worth counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// Equal but for the spaces around them, wherever they stand.
    Exact,
    /// Equal after [`normalised`], in two repositories at least.
    AcrossRepositories,
}

/// Bounds of the number of items which share their title with another, summed
/// over all such titles.
pub fn bounds(
    sameness: Sameness,
    certain: &[Opened<'_>],
    possible: &[Opened<'_>],
    unseen: u32,
) -> Bounds {
    let mut high = usize::try_from(unseen).unwrap_or(usize::MAX);
    let mut others = LiteMap::new_vec();
    for group in groups(sameness, possible) {
        if is_repeated(sameness, &group) {
            high = high.saturating_add(group.len());
        } else {
            *others.entry(group.len()).or_insert(0) += 1;
        }
    }
    // At worst each unseen item repeats the title of another group, the
    // largest first.
    let mut unseen = usize::try_from(unseen).unwrap_or(usize::MAX);
    for (length, groups) in others.iter().rev() {
        let joined = unseen.min(*groups);
        high = high.saturating_add(joined * length);
        unseen -= joined;
    }
    Bounds {
        low: number(repeated_items(sameness, certain).len()),
        high: number(high),
    }
}

/// The items which share their title with another.
pub fn repeated_items<'a>(sameness: Sameness, items: &[Opened<'a>]) -> Vec<Opened<'a>> {
    let mut repeated = groups(sameness, items);
    repeated.retain(|group| is_repeated(sameness, group));
    repeated.concat()
}

/// The items by title, in the order of titles.
fn groups<'a>(sameness: Sameness, items: &[Opened<'a>]) -> Vec<Vec<Opened<'a>>> {
    let mut by_title: LiteMap<String, Vec<Opened<'a>>> = LiteMap::new();
    for &opened in items {
        let title = &opened.item().title;
        let title = match sameness {
            Sameness::Exact => stripped(title).to_owned(),
            Sameness::AcrossRepositories => normalised(title),
        };
        by_title.entry(title).or_default().push(opened);
    }
    by_title.into_iter().map(|(_, group)| group).collect()
}

/// Whether items of one title count as repeated.
fn is_repeated(sameness: Sameness, group: &[Opened<'_>]) -> bool {
    match (sameness, group) {
        (_, []) => false,
        (Sameness::Exact, [_, others @ ..]) => !others.is_empty(),
        (Sameness::AcrossRepositories, [first, others @ ..]) => {
            let first = &first.item().repository;
            others.iter().any(|it| it.item().repository != *first)
        }
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
    let mut words = String::new();
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
    let words = words.trim();
    if words.is_empty() {
        stripped(title).to_owned()
    } else {
        words.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
