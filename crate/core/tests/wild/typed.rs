//! What people type and paste, and what pages name: what is taken for valid
//! is valid, and means the same when it is read again.

use bonafide_core::github::token::Token;
use bonafide_core::login::Login;
use bonafide_core::repository::Repository;
use bonafide_core::target::Target;
use bonafide_core::time::Timestamp;
use proptest::prelude::*;

/// Pieces of what these readers look for, in any order, and anything else.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "jo",
        "-",
        "_",
        "/",
        ".",
        "..",
        "#7",
        "[bot]",
        "@",
        "acme/web",
        "pull/7",
        "?q=",
        "%2F",
        "https://",
        "github.com/",
        "users/",
        "ghp_",
        "github_pat_",
        "0000",
        "2026-",
        "02-",
        "29",
        "T",
        "23:59:60",
        ".5",
        "Z",
        "+05:30",
        "\u{130}",
        "\u{0}",
        "\n",
        " ",
    ];
    let piece = prop_oneof![
        4 => prop::sample::select(pieces).prop_map(str::to_owned),
        1 => r"\PC{0,6}",
        1 => "[a-zA-Z0-9_]{1,60}",
        1 => ".{0,3}",
    ];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

fn is_word(text: &str, besides: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || besides.contains(c))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    /// Logins and repositories stand in addresses and in searches.
    #[test]
    fn a_name_has_nothing_that_means_something_elsewhere(text in text()) {
        if let Ok(login) = text.parse::<Login>() {
            prop_assert_eq!(login.to_string(), text.clone());
            prop_assert!(is_word(&text, "-_"), "{}", text);
        }
        if let Ok(repository) = text.parse::<Repository>() {
            prop_assert_eq!(repository.to_string(), text.clone());
            prop_assert!(is_word(&text, "-_./"), "{}", text);
            prop_assert_eq!(text.matches('/').count(), 1);
        }
    }

    #[test]
    fn a_target_means_the_same_when_it_is_read_again(text in text()) {
        if let Ok(target) = text.parse::<Target>() {
            prop_assert_eq!(target.to_string().parse::<Target>(), Ok(target));
        }
    }

    #[test]
    fn a_moment_means_the_same_when_it_is_read_again(text in text()) {
        if let Ok(moment) = text.parse::<Timestamp>() {
            prop_assert_eq!(moment.to_string().parse::<Timestamp>(), Ok(moment));
        }
    }

    /// Moments that are nearly right, which pieces seldom make.
    #[test]
    fn a_moment_that_is_nearly_right(
        text in r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](\.[0-9]{0,12})?(Z|[+-][0-9]{2}:?[0-9]{2})"
    ) {
        if let Ok(moment) = text.parse::<Timestamp>() {
            prop_assert_eq!(moment.to_string().parse::<Timestamp>(), Ok(moment));
        }
    }

    /// A line break in a header would be the end of it.
    #[test]
    fn a_token_is_safe_in_a_header_and_is_never_printed(
        text in prop_oneof![text(), r"\s?(ghp_|github_pat_)[A-Za-z0-9_]{20,90}.{0,1}"]
    ) {
        if let Ok(token) = Token::parse(&text) {
            let authorization = token.authorization();
            prop_assert!(is_word(&authorization, " _.-"), "{}", authorization);
            let printed = format!("{token:?}");
            prop_assert!(!printed.contains(text.trim()));
        }
    }
}
