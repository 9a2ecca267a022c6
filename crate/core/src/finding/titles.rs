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
pub fn bounds<T: Opened>(
    sameness: Sameness,
    certain: &[&T],
    possible: &[&T],
    unseen: u32,
) -> Bounds {
    let (repeated, mut others) = groups(sameness, possible);
    let mut high: usize = repeated.iter().map(Vec::len).sum();
    if unseen > 0 {
        // At worst each unseen item repeats the title of another group.
        let unseen = usize::try_from(unseen).unwrap_or(usize::MAX);
        others.sort_unstable_by_key(|group| std::cmp::Reverse(group.len()));
        high += others.iter().take(unseen).map(Vec::len).sum::<usize>();
        high = high.saturating_add(unseen);
    }
    Bounds {
        low: number(repeated_items(sameness, certain).len()),
        high: number(high),
    }
}

/// The items which share their title with another.
pub fn repeated_items<'a, T: Opened>(sameness: Sameness, items: &[&'a T]) -> Vec<&'a T> {
    groups(sameness, items).0.concat()
}

/// The items by title: the titles that count as repeated, and the others.
fn groups<'a, T: Opened>(
    sameness: Sameness,
    items: &[&'a T],
) -> (Vec<Vec<&'a T>>, Vec<Vec<&'a T>>) {
    let mut by_title: LiteMap<String, Vec<&T>> = LiteMap::new();
    for &opened in items {
        let title = &opened.item().title;
        let title = match sameness {
            Sameness::Exact => stripped(title).to_owned(),
            Sameness::AcrossRepositories => normalised(title),
        };
        by_title.entry(title).or_default().push(opened);
    }
    let groups = by_title.into_iter().map(|(_, group)| group);
    groups.partition(|group| match sameness {
        Sameness::Exact => group.len() > 1,
        Sameness::AcrossRepositories => {
            let mut repositories = group.iter().map(|opened| &opened.item().repository);
            let first = repositories.next();
            repositories.any(|other| Some(other) != first)
        }
    })
}

/// A title without the spaces around it, by Python's idea of spaces, since
/// gh-profiler is written in it: Unicode's, and four control characters.
fn stripped(title: &str) -> &str {
    title.trim_matches(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c))
}

/// A title in which case, digits, punctuation and spaces make no difference.
///
/// Letters and digits of every script count; a title that has none, an emoji
/// say, stays as it is, so that unlike ones stay unlike.
fn normalised(title: &str) -> String {
    let mut words = String::new();
    for c in title.chars().flat_map(char::to_lowercase) {
        let c = match c {
            _ if c.is_numeric() => '0',
            _ if c.is_alphabetic() => c,
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
            ("Исправить ошибку №5", "исправить ошибку 0"),
            ("🎉", "🎉"),
            ("", ""),
        ] {
            assert_eq!(normalised(title), expected, "{title:?}");
        }
    }
}
