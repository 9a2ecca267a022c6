//! [`Target`]: what a person may type or paste to have somebody looked up.

use crate::login::Login;
use crate::report::Sentence;
use crate::repository::Repository;
use crate::words::Key;
use std::fmt;
use std::str::FromStr;

/// More than any address of a person, an issue or a pull request needs, the
/// query and the fragment included; in bytes.
const MAX_LENGTH: usize = 2_000;

/// How much of what was typed is said back, in characters.
const MOST_SAID_BACK: usize = 60;

/// First words of paths that are pages of GitHub itself and no accounts.
///
/// They matter in addresses only: whoever types one of these words alone means
/// a login, and GitHub knows best whether there is one.
const PAGES_OF_GITHUB: &[&str] = &[
    "about",
    "account",
    "codespaces",
    "collections",
    "contact",
    "copilot",
    "customer-stories",
    "dashboard",
    "discussions",
    "enterprise",
    "events",
    "explore",
    "features",
    "issues",
    "join",
    "login",
    "logout",
    "marketplace",
    "mobile",
    "new",
    "notifications",
    "organizations",
    "orgs",
    "pricing",
    "pulls",
    "readme",
    "search",
    "security",
    "sessions",
    "settings",
    "signup",
    "site",
    "sponsors",
    "stars",
    "topics",
    "trending",
    "users",
    "watching",
];

/// Somebody to look up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A person, by name.
    User(Login),
    /// Whoever opened this issue or pull request. GitHub numbers both in one
    /// row, so that the number alone names it.
    Item {
        /// Where it was opened.
        repository: Repository,
        /// Its number there, 1 or more.
        number: u32,
    },
}

/// Why a text names nobody, in a sentence that says what is accepted.
#[derive(Clone, Debug, PartialEq)]
pub struct NotATarget(pub Sentence);

impl fmt::Display for NotATarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a target: {}", self.0.key)
    }
}

impl std::error::Error for NotATarget {}

impl NotATarget {
    fn plain(key: Key) -> Self {
        Self(key.alone())
    }

    fn quoting(key: Key, text: &str) -> Self {
        Self(key.about(&text.chars().take(MOST_SAID_BACK).collect::<String>()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(login) => write!(f, "{login}"),
            Self::Item { repository, number } => write!(f, "{repository}#{number}"),
        }
    }
}

impl FromStr for Target {
    type Err = NotATarget;

    fn from_str(text: &str) -> Result<Self, NotATarget> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NotATarget::plain(Key::TargetEmpty));
        }
        if text.len() > MAX_LENGTH {
            return Err(NotATarget::plain(Key::TargetTooLong));
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(NotATarget::plain(Key::TargetSpace));
        }
        match path_on_github(text)? {
            Some(path) => at_path(path),
            None => in_words(text),
        }
    }
}

/// The path of an address of github.com, without query and fragment; none
/// where the text is no address.
fn path_on_github(text: &str) -> Result<Option<&str>, NotATarget> {
    let address = text.split_once('/').and_then(|(scheme, rest)| {
        let is_scheme = scheme.is_empty() || scheme.ends_with(':');
        Some((scheme, rest.strip_prefix('/').filter(|_| is_scheme)?))
    });
    let (scheme, rest) = match address {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, text),
    };
    let host = up_to(rest, &['/', '?', '#']);
    let rest = rest.strip_prefix(host).unwrap_or_default();
    // No login holds a dot, and every host does.
    if scheme.is_none() && !host.contains('.') {
        return Ok(None);
    }
    let is_web = scheme.is_none_or(|scheme| {
        ["", "http:", "https:"]
            .iter()
            .any(|web| web.eq_ignore_ascii_case(scheme))
    });
    let is_github = ["github.com", "www.github.com"]
        .iter()
        .any(|github| github.eq_ignore_ascii_case(host));
    if !is_web || !is_github {
        return Err(NotATarget::quoting(Key::TargetOtherSite, host));
    }
    Ok(Some(up_to(rest, &['?', '#'])))
}

/// The text up to the first of these characters, or all of it.
fn up_to<'a>(text: &'a str, ends: &[char]) -> &'a str {
    text.split(ends).next().unwrap_or(text)
}

/// `login`, `@login`, `owner/name#12`, or a path without its host.
fn in_words(text: &str) -> Result<Target, NotATarget> {
    if let Some((repository, number)) = text.split_once('#')
        && let Ok(repository) = repository.parse()
    {
        return item(repository, number);
    }
    if text.contains('/') {
        return at_path(up_to(text, &['?', '#']));
    }
    user(text.strip_prefix('@').unwrap_or(text))
}

fn at_path(path: &str) -> Result<Target, NotATarget> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let Some(first) = segments.next() else {
        return Err(NotATarget::plain(Key::TargetEmpty));
    };
    let second = segments.next();
    if let (true, Some(name)) = (is_one_of(&["orgs", "organizations"], first), second) {
        return Err(NotATarget::quoting(Key::TargetOrganization, name));
    }
    if let (true, Some(name)) = (is_one_of(&["apps"], first), second) {
        return Err(NotATarget::quoting(Key::TargetApp, name));
    }
    if is_one_of(PAGES_OF_GITHUB, first) {
        return Err(NotATarget::quoting(Key::TargetGithubPage, first));
    }
    let Some(name) = second else {
        return user(first);
    };
    let repository: Repository = format!("{first}/{name}")
        .parse()
        .map_err(|_| NotATarget::quoting(Key::TargetOther, path))?;
    match (segments.next(), segments.next()) {
        (Some("pull" | "issues"), Some(number)) => item(repository, number),
        _ => Err(NotATarget::quoting(
            Key::TargetRepository,
            &repository.to_string(),
        )),
    }
}

fn is_one_of(words: &[&str], word: &str) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}

fn item(repository: Repository, number: &str) -> Result<Target, NotATarget> {
    // `parse` alone would take `+7`.
    let is_digits = number.chars().all(|c| c.is_ascii_digit());
    match number.parse() {
        Ok(number @ 1..) if is_digits => Ok(Target::Item { repository, number }),
        _ => Err(NotATarget::quoting(Key::TargetNumber, number)),
    }
}

fn user(name: &str) -> Result<Target, NotATarget> {
    let lower = name.to_ascii_lowercase();
    if lower.ends_with("[bot]") || lower.ends_with("%5bbot%5d") {
        return Err(NotATarget::quoting(Key::TargetApp, name));
    }
    match name.parse::<Login>() {
        Ok(login) => Ok(Target::User(login)),
        Err(_) => Err(NotATarget::quoting(Key::TargetNotALogin, name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The plain form, or the name of the sentence that refuses.
    fn check(text: &str, expected: &str) {
        let told = match text.parse::<Target>() {
            Ok(target) => target.to_string(),
            Err(NotATarget(sentence)) => sentence.key,
        };
        assert_eq!(told, expected, "{text:?}");
    }

    #[test]
    fn reads_people() {
        for text in [
            "Octo-Cat",
            " @Octo-Cat\n",
            "https://github.com/Octo-Cat",
            "http://www.github.com/Octo-Cat/",
            "HTTPS://GitHub.com/Octo-Cat",
            "github.com/Octo-Cat//",
            "//github.com/Octo-Cat",
            "https://github.com/Octo-Cat?tab=repositories",
            "https://github.com/Octo-Cat#readme",
            "/Octo-Cat",
        ] {
            check(text, "Octo-Cat");
        }
        // A reserved word alone may still be somebody's login.
        check("security", "security");
        check("old-one-", "old-one-");
        check("jo_acme", "jo_acme");
        // Nobody is looked up for it, and the report says why.
        check("https://github.com/ghost", "ghost");
    }

    #[test]
    fn reads_issues_and_pull_requests() {
        for text in [
            "acme/web#12",
            "https://github.com/acme/web/pull/12",
            "https://github.com/acme/web/pull/12/files",
            "https://github.com/acme/web/pull/12/changes?w=1#diff-1",
            "https://github.com/acme/web/pull/12/commits/abc",
            "https://github.com/acme/web/pull/12/checks",
            "https://github.com/acme/web/issues/12#issuecomment-3",
            "github.com/acme/web/issues/12/",
            "www.github.com/acme/web/issues/12?x=y",
            "acme/web/pull/12",
        ] {
            check(text, "acme/web#12");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        for (text, key) in [
            ("", "target_empty"),
            ("  \n", "target_empty"),
            ("https://github.com/", "target_empty"),
            ("octo cat", "target_space"),
            ("octo\ncat", "target_space"),
            ("octo\0cat", "target_space"),
            ("https://gitlab.com/octocat", "target_other_site"),
            ("gist.github.com/octocat", "target_other_site"),
            (
                "https://github.com@evil.example/octocat",
                "target_other_site",
            ),
            (
                "https://github.com.evil.example/octocat",
                "target_other_site",
            ),
            ("ftp://github.com/octocat", "target_other_site"),
            ("me@example.com", "target_other_site"),
            ("https://github.com/settings/tokens", "target_github_page"),
            ("github.com/Topics/rust", "target_github_page"),
            ("https://github.com/orgs/acme/people", "target_organization"),
            ("https://github.com/apps/renovate", "target_app"),
            ("renovate[bot]", "target_app"),
            ("https://github.com/renovate%5Bbot%5D", "target_app"),
            ("https://github.com/acme/web", "target_repository"),
            ("https://github.com/acme/web/pulls", "target_repository"),
            ("https://github.com/acme/web/tree/main", "target_repository"),
            ("acme/web", "target_repository"),
            ("acme/web#", "target_number"),
            ("acme/web#0", "target_number"),
            ("acme/web#+7", "target_number"),
            ("acme/web#99999999999", "target_number"),
            ("https://github.com/acme/web/issues/new", "target_number"),
            ("https://github.com/acme/we%20b/issues/1", "target_other"),
            ("oct_o_cat", "target_not_a_login"),
            ("@", "target_not_a_login"),
            ("javascript:alert(1)", "target_not_a_login"),
            ("<b>octocat</b>", "target_other"),
        ] {
            check(text, key);
        }
        check(&"a".repeat(40), "target_not_a_login");
        check(&"a".repeat(MAX_LENGTH + 1), "target_too_long");
    }

    proptest! {
        #[test]
        fn never_panics_and_says_back_little(text in r"(https://)?(github\.com/)?\PC{0,80}") {
            if let Err(NotATarget(sentence)) = text.parse::<Target>() {
                let said: usize = sentence.args.iter().map(|arg| match arg {
                    crate::report::Arg::Text(text) => text.chars().count(),
                    crate::report::Arg::Number(_) => 0,
                }).sum();
                prop_assert!(said <= MOST_SAID_BACK);
            }
        }

        #[test]
        fn the_plain_form_reads_back(text in "@?[a-z-]{1,9}(/[a-z.]{1,9}#[0-9]{1,9})?") {
            if let Ok(target) = text.parse::<Target>() {
                prop_assert_eq!(target.to_string().parse::<Target>(), Ok(target));
            }
        }
    }
}
