//! What a call says of itself.

use bonafide_core::evidence::Part;
use bonafide_core::github::{ActivityPage, Call, Connection};
use bonafide_core::login::Login;

fn login(text: &str) -> Login {
    text.parse().unwrap()
}

#[test]
fn a_request_for_one_author_is_named_by_its_connection() {
    let page = |connection| ActivityPage {
        login: login("ada"),
        connection,
        first: 30,
        after: None,
    };
    let since = "2026-10-31T00:00:00Z".parse().unwrap();
    let both = [Connection::PullRequests, Connection::Issues];
    for connection in both {
        let one = Call::Activity(vec![page(connection)], since);
        assert_eq!(one.name(), connection.name());
    }
    let several = Call::Activity(both.map(page).into(), since);
    assert_eq!(several.name(), "activity");
}

#[test]
fn a_page_that_follows_others_tells_after_what() {
    let page = |name: &str, connection, after: Option<&str>| ActivityPage {
        login: login(name),
        connection,
        first: 100,
        after: after.map(str::to_owned),
    };
    let (pull_requests, issues) = (Connection::PullRequests, Connection::Issues);
    let pages = vec![
        page("ada", pull_requests, Some("a")),
        page("ada", issues, None),
        page("eve", issues, Some("b")),
    ];
    let call = Call::Activity(pages, "2026-10-31T00:00:00Z".parse().unwrap());
    for (name, part, expected) in [
        ("ada", Part::PullRequests, Some("a")),
        ("ada", Part::Issues, None),
        ("eve", Part::Issues, Some("b")),
        ("eve", Part::PullRequests, None),
    ] {
        assert_eq!(call.cursor(&login(name), part), expected, "{name} {part:?}");
    }
    let search = Call::SearchActivity(page("ada", issues, Some("c")));
    assert_eq!(search.cursor(&login("ada"), Part::Issues), Some("c"));
    let others = Call::Accounts(vec![login("ada")]);
    assert_eq!(others.cursor(&login("ada"), Part::Account), None);
}

#[test]
fn a_call_names_everybody_whom_it_asks_about_once() {
    let (ada, eve) = (login("ada"), login("eve"));
    for (call, expected) in [
        (Call::Accounts(vec![ada.clone(), eve]), &["ada", "eve"][..]),
        // It tells of the account and of its e-mail address.
        (Call::User(ada), &["ada"]),
        (Call::RateLimits, &[]),
    ] {
        assert_eq!(call.logins(), expected, "{call:?}");
    }
}
