//! What a person pastes or drops into the triage page: many targets at once.

use crate::message::UnreadEntry;
use crate::target::{NotATarget, Target};
use litemap::LiteMap;

/// The most targets that one run takes. GitHub's limits allow some 5,000
/// look-ups an hour; what is beyond is counted and said.
pub const MOST_TARGETS: usize = 5_000;

/// The most unreadable entries that are listed one by one. A file that is no
/// list of logins at all has thousands, and nobody reads so many.
pub const MOST_LISTED: usize = 100;

/// How much of an unreadable entry is said back, in characters.
const MOST_SAID_BACK: usize = 60;

/// What was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Targets {
    /// Each target once, in the order of the text.
    pub targets: Vec<Target>,
    /// The first [`MOST_LISTED`] entries that could not be read.
    pub unreadable: Vec<UnreadEntry>,
    /// How many entries could not be read, listed or not.
    pub unreadable_count: usize,
    /// How many entries named a target that stood before.
    pub repeated: usize,
    /// How many readable targets were left out beyond [`MOST_TARGETS`].
    pub left_out: usize,
}

/// Reads logins and addresses, one a line or separated by commas. Empty
/// entries are passed over; one that cannot be read never stops the others.
pub fn read(text: &str) -> Targets {
    let mut read = Targets::default();
    let mut seen = LiteMap::new_vec();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (index, line) in text.lines().enumerate() {
        for entry in line.split(',') {
            let entry = entry.trim();
            if entry.is_empty() {
                continue;
            }
            match entry.parse::<Target>() {
                Ok(target)
                    if seen
                        .insert(target.to_string().to_ascii_lowercase(), ())
                        .is_some() =>
                {
                    read.repeated += 1;
                }
                Ok(_) if read.targets.len() == MOST_TARGETS => read.left_out += 1,
                Ok(target) => read.targets.push(target),
                Err(NotATarget(reason)) => {
                    read.unreadable_count += 1;
                    if read.unreadable.len() < MOST_LISTED {
                        read.unreadable.push(UnreadEntry {
                            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
                            text: entry.chars().take(MOST_SAID_BACK).collect(),
                            reason,
                        });
                    }
                }
            }
        }
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(read: &Targets) -> Vec<String> {
        read.targets.iter().map(Target::to_string).collect()
    }

    #[test]
    fn reads_lines_and_commas_and_each_target_once() {
        let read = read(
            "\u{feff}octo-cat, @Mona\r\n\nhttps://github.com/acme/web/pull/7\nOCTO-CAT\nacme/web#7,\n",
        );
        assert_eq!(names(&read), ["octo-cat", "Mona", "acme/web#7"]);
        assert_eq!(read.repeated, 2);
        assert_eq!(read.unreadable_count, 0);
    }

    #[test]
    fn an_unreadable_entry_costs_itself_alone() {
        let read = read("octo-cat\nrenovate[bot], mona\nhttps://github.com/orgs/acme\n");
        assert_eq!(names(&read), ["octo-cat", "mona"]);
        let listed: Vec<_> = read
            .unreadable
            .iter()
            .map(|it| (it.line, it.reason.key.as_str()))
            .collect();
        assert_eq!(listed, [(2, "target_app"), (3, "target_organization")]);
    }

    #[test]
    fn takes_and_lists_only_so_many() {
        let logins: Vec<String> = (0..MOST_TARGETS + 3).map(|n| format!("user-{n}")).collect();
        let taken = read(&logins.join("\n"));
        assert_eq!(taken.targets.len(), MOST_TARGETS);
        assert_eq!(taken.left_out, 3);
        let junk = read(&"<b>\n".repeat(MOST_LISTED * 2));
        assert_eq!(junk.unreadable.len(), MOST_LISTED);
        assert_eq!(junk.unreadable_count, MOST_LISTED * 2);
    }

    #[test]
    fn a_million_lines_are_read_as_a_few_are() {
        let same = read(&"a\n".repeat(1_000_000));
        assert_eq!((same.targets.len(), same.repeated), (1, 999_999));
    }
}
