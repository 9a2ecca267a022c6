//! Whom a run is to be about, as a person says it.

use super::run::Subject;
use crate::login::Login;
use crate::message::{TriageItems, TriageWhich};
use crate::report::Sentence;
use crate::repository::Repository;
use crate::target::Target;
use crate::time::{SignedDuration, Timestamp};
use crate::triage::input;
use crate::words::Key;

/// The longest text that is read, in bytes: that of an imported file.
const MOST_TEXT: usize = 2_000_000;

/// A record can be judged at any moment of the last year.
const MOST_DAYS: u32 = 365;

/// What a run about a repository lists.
pub(super) fn subject(
    text: &str,
    items: TriageItems,
    which: TriageWhich,
    now: Timestamp,
) -> Result<Subject, Sentence> {
    let said_back: String = text.chars().take(60).collect();
    let repository =
        repository_of(text).ok_or_else(|| Key::TriageNoRepository.about(&said_back))?;
    let since = match which {
        TriageWhich::LastOpened { count: 0 } | TriageWhich::ClosedSince { days: 0 } => {
            return Err(Key::ChoicesOutOfRange.alone());
        }
        TriageWhich::Open | TriageWhich::LastOpened { .. } => None,
        TriageWhich::ClosedSince { days } if days > MOST_DAYS => {
            return Err(Key::ChoicesOutOfRange.alone());
        }
        TriageWhich::ClosedSince { days } => {
            Some(now - SignedDuration::from_hours(24 * i64::from(days)))
        }
    };
    Ok(Subject {
        repository,
        items,
        which,
        since,
    })
}

/// `owner/name`, or the address of a repository or of anything in it.
pub(super) fn repository_of(text: &str) -> Option<Repository> {
    let text = text.trim();
    let path = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))
        .unwrap_or(text);
    let path = path.strip_prefix("www.").unwrap_or(path);
    let path = path.strip_prefix("github.com/").unwrap_or(path);
    let mut parts = path.split(['/', '?', '#']).filter(|it| !it.is_empty());
    let (owner, name) = (parts.next()?, parts.next()?);
    let name = name.strip_suffix(".git").unwrap_or(name);
    // Pages of GitHub itself are nobody's.
    let is_account = matches!(
        format!("https://github.com/{owner}").parse(),
        Ok(Target::User(_))
    );
    let repository = format!("{owner}/{name}").parse().ok()?;
    (is_account && owner.parse::<Login>().is_ok()).then_some(repository)
}

/// Whom a text names.
pub(super) fn targets(text: &str) -> Result<input::Targets, Sentence> {
    if text.len() > MOST_TEXT {
        return Err(Key::TriageTextTooLarge.alone());
    }
    // What is no text, and texts of an encoding that browsers do not guess.
    if text.contains('\0') {
        return Err(Key::TriageNotText.alone());
    }
    let targets = input::read(text);
    if targets.targets.is_empty() && targets.unreadable.is_empty() {
        return Err(Key::TriageEmpty.alone());
    }
    Ok(targets)
}
