//! Good answers that hold less, or something else, than one would think.

use crate::api_errors::reply;
use bonafide_core::evidence::{Association, GapReason, Part};
use bonafide_core::github::read::{GeneralAnswer, read};
use bonafide_core::github::{ApiError, Call, Learned};
use bonafide_core::login::Login;
use serde_json::{Value, json};

fn jo() -> Login {
    "jo".parse().unwrap()
}

fn here() -> Call {
    Call::Here {
        logins: vec![jo()],
        repository: "acme/web".parse().unwrap(),
        first: 50,
    }
}

/// The error of the one part that is asked for.
#[track_caller]
fn check_failed(call: &Call, headers: &[(&str, &str)], body: &Value, expected: &ApiError) {
    let error = match read(call, &reply(200, headers, body)) {
        Err(error) => error,
        Ok(answer) => {
            assert_eq!(answer.learned, []);
            answer.failed[0].2.clone()
        }
    };
    assert_eq!(&error, expected);
}

fn node(number: u32) -> Value {
    json!({
        "number": number, "title": "t", "state": "MERGED",
        "createdAt": "2026-11-20T00:00:00Z", "closedAt": null, "mergedAt": null,
        "repository": {"nameWithOwner": "foo--bar/r", "isInOrganization": false},
    })
}

fn found(count: u32, nodes: &[Value]) -> Value {
    json!({"issueCount": count, "pageInfo": {"hasNextPage": false, "endCursor": null}, "nodes": nodes})
}

#[test]
fn a_search_that_ran_out_of_time_keeps_what_came() {
    let item = |number: u32| {
        json!({
            "number": number, "title": "t", "state": "closed", "created_at": "2026-11-20T00:00:00Z",
            "closed_at": null, "repository_url": "https://api.github.com/repos/acme/web",
            "pull_request": {"merged_at": null},
        })
    };
    // What GitHub counts then says nothing either.
    for total in [0, 1, 2, 700] {
        let items = json!([item(1), {"number": 2}]);
        let body = json!({"total_count": total, "incomplete_results": true, "items": items});
        let answer = read(&Call::SearchPullRequests(jo()), &reply(200, &[], &body)).unwrap();
        let Learned::PullRequests(page) = &answer.learned[0].1 else {
            panic!("{answer:?}");
        };
        assert_eq!(
            (page.items.len(), page.shortfall, page.total),
            (1, Some(GapReason::Incomplete), 1_000)
        );
        assert_eq!(
            answer.failed,
            [(jo(), Part::PullRequests, ApiError::Incomplete)]
        );
    }
}

#[test]
fn a_search_that_ran_out_of_time_is_no_answer() {
    for items in [json!([]), json!([{"number": 1}])] {
        let body = json!({"total_count": 0, "incomplete_results": true, "items": items});
        for call in [Call::SearchPullRequests(jo()), Call::SearchIssues(jo())] {
            check_failed(&call, &[], &body, &ApiError::Incomplete);
        }
    }
}

#[test]
fn what_an_organization_keeps_from_the_token_is_missing() {
    let sso = [("x-github-sso", "partial-results; organizations=21955855")];
    let call = Call::Organizations(jo(), None);
    check_failed(&call, &sso, &json!([]), &ApiError::PartialResults);
    let body = json!({"data": {"repository": {"isPrivate": false}, "s0": found(0, &[])}});
    check_failed(&here(), &sso, &body, &ApiError::PartialResults);
    let user = json!({"login": "jo", "type": "User", "created_at": "2020-01-01T00:00:00Z"});
    let answer = read(&Call::User(jo()), &reply(200, &sso, &user)).unwrap();
    let parts: Vec<Part> = answer.learned.iter().map(|(_, it)| it.part()).collect();
    assert_eq!(parts, [Part::Account, Part::Email]);
}

#[test]
fn organizations_with_a_next_page_are_not_all() {
    let next = "<https://api.github.com/user/1/orgs?per_page=100&page=2>; rel=\"next\", <https://api.github.com/user/1/orgs?page=3>; rel=\"last\"";
    for (page, expected) in [(None, "2"), (Some("9"), "10")] {
        let call = Call::Organizations(jo(), page.map(str::to_owned));
        let body = json!([{"login": "acme"}]);
        let answer = read(&call, &reply(200, &[("link", next)], &body)).unwrap();
        let learned = Learned::SomeOrganizations {
            logins: vec!["acme".parse().unwrap()],
            next: expected.to_owned(),
        };
        assert_eq!(answer.learned[0].1, learned);
    }
}

#[test]
fn odd_names_cost_at_most_themselves() {
    let call = Call::Organizations(jo(), None);
    let body =
        json!([{"login": "gil--"}, {"login": "-ace-"}, {"login": "no login"}, {"login": "acme"}]);
    let answer = read(&call, &reply(200, &[], &body)).unwrap();
    let expected = ["gil--", "-ace-", "acme"].map(|it| it.parse().unwrap());
    assert_eq!(answer.learned[0].1, Learned::Organizations(expected.into()));
}

#[test]
fn an_unknown_association_is_none() {
    let body = json!({"user": {"login": "jo"}, "author_association": "SPONSOR", "created_at": "2026-11-20T00:00:00Z"});
    let call = Call::Opener("acme/web".parse().unwrap(), 1);
    let answer = read(&call, &reply(200, &[], &body)).unwrap();
    let Some(GeneralAnswer::Opener(opener)) = answer.general else {
        panic!("no opener");
    };
    assert_eq!(
        (opener.association, opener.login.as_str()),
        (None::<Association>, "jo")
    );
}

#[test]
fn a_repository_that_the_token_cannot_see_is_no_zero() {
    let missing =
        json!({"type": "NOT_FOUND", "path": ["repository"], "message": "Could not resolve"});
    let body = json!({
        "data": {"repository": null, "s0": found(0, &[])}, "errors": [missing],
    });
    check_failed(&here(), &[], &body, &ApiError::RepositoryHidden);
    let body = json!({"data": {"s0": found(0, &[])}});
    check_failed(&here(), &[], &body, &ApiError::RepositoryHidden);
}

#[test]
fn only_a_repository_that_github_calls_private_is_private() {
    for (repository, expected) in [
        (json!({"isPrivate": true}), true),
        (json!({"isPrivate": false}), false),
        (json!({"isPrivate": null}), false),
        (json!({"isPrivate": "true"}), false),
        (json!({}), false),
    ] {
        let body = json!({
            "data": {"repository": repository, "s0": found(1, &[node(1)])},
        });
        let answer = read(&here(), &reply(200, &[], &body)).unwrap();
        let Learned::Here(_, page) = &answer.learned[0].1 else {
            panic!("no history here");
        };
        assert_eq!((page.is_of_private, page.items.len()), (expected, 1));
    }
}

/// Why some of a page are not shown.
#[test]
fn what_a_page_leaves_out_has_its_reason() {
    let shortfall = |nodes: &[Value], errors: Value| {
        let body = json!({
            "data": {"repository": {"isPrivate": false}, "s0": found(8, nodes)},
            "errors": errors,
        });
        let answer = read(&here(), &reply(200, &[], &body)).unwrap();
        match &answer.learned[0].1 {
            Learned::Here(_, page) => page.shortfall,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(shortfall(&[node(1)], json!([])), None);
    assert_eq!(
        shortfall(&[node(1), json!({})], json!([])),
        Some(GapReason::Unreadable)
    );
    let forbidden = json!({"type": "FORBIDDEN", "path": ["s0", "nodes", 1], "message": "Resource protected by organization SAML enforcement."});
    assert_eq!(
        shortfall(&[node(1), Value::Null], json!([forbidden])),
        Some(GapReason::OrganizationForbids)
    );
}

/// A request that asked for too much is answered in part.
#[test]
fn what_came_of_too_large_a_request_is_kept() {
    let call = Call::Accounts(vec![jo(), "ada".parse().unwrap()]);
    let error = json!({"type": "RESOURCE_LIMITS_EXCEEDED", "message": "Resource limits exceeded"});
    let user = json!({"__typename": "User", "login": "jo", "createdAt": "2020-01-01T00:00:00Z"});
    let body = json!({"data": {"u0": user, "u1": null}, "errors": [error]});
    let answer = read(&call, &reply(200, &[], &body)).unwrap();
    let learned: Vec<&str> = answer.learned.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(learned, ["jo"]);
    let (login, _, error) = &answer.failed[0];
    assert_eq!((login.as_str(), error), ("ada", &ApiError::TooMuch));
    // Where nothing came, there is nothing to keep.
    for nothing in [json!({}), Value::Null] {
        let body = json!({"data": nothing, "errors": body["errors"].clone()});
        let refused = read(&call, &reply(200, &[], &body));
        assert_eq!(refused.unwrap_err(), ApiError::TooMuch);
    }
}
