//! Answers of which a part is missing, odd or in error: that part is a gap, and
//! nothing is read out of its absence.

use crate::api_errors::reply;
use bonafide_core::evidence::{Account, ClosedAs, ClosedBy, GapReason, Part};
use bonafide_core::github::read::{Answer, Page, read};
use bonafide_core::github::{ActivityPage, ApiError, Call, Connection, Learned};
use bonafide_core::login::Login;
use serde_json::{Value, json};

const RECENT: &str = "2026-11-20T08:00:00Z";
const OLD: &str = "2019-11-20T08:00:00Z";
const SAML: &str = "Resource protected by organization SAML enforcement.";

fn jo() -> Login {
    "jo".parse().unwrap()
}

fn activity(connection: Connection) -> Call {
    let login = jo();
    let page = ActivityPage {
        login,
        connection,
        first: 30,
        after: None,
    };
    Call::Activity(vec![page], "2026-10-31T00:00:00Z".parse().unwrap())
}

fn search() -> Call {
    let Call::Activity(mut pages, _) = activity(Connection::PullRequests) else {
        unreachable!();
    };
    Call::SearchActivity(pages.remove(0))
}

fn node(number: u32, created_at: &str) -> Value {
    json!({
        "id": format!("PR_{number}"), "number": number, "title": "t", "state": "CLOSED",
        "createdAt": created_at, "closedAt": RECENT, "mergedAt": null, "stateReason": "NOT_PLANNED",
        "repository": {"nameWithOwner": "acme/r", "isInOrganization": true, "isPrivate": false},
    })
}

/// The answer to a call, of which nothing may be learned but what is asked.
fn answer(call: &Call, body: &Value) -> Answer {
    read(call, &reply(200, &[], body)).unwrap()
}

/// How many items a page has, how many there are, and why some are not shown.
fn told<T>(page: &Page<T>) -> (usize, u32, Option<GapReason>) {
    (page.items.len(), page.total, page.shortfall)
}

fn shown(answer: &Answer) -> (usize, u32, Option<GapReason>) {
    match &answer.learned[0].1 {
        Learned::PullRequests(page) => told(page),
        Learned::Issues(page) => told(page),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_node_in_error_is_unseen_whatever_came_of_it() {
    let forbidden = |path: Value| json!({"type": "FORBIDDEN", "path": path, "message": SAML});
    let (kept, unread) = ((2, 2, None), Some(GapReason::OrganizationForbids));
    for (path, expected) in [
        (json!(["u0", "pullRequests", "nodes", 0]), (1, 2, unread)),
        (
            json!(["u0", "pullRequests", "nodes", 1, "mergedAt"]),
            (1, 2, unread),
        ),
        (
            json!(["u0", "pullRequests", "nodes", 1, "repository", "isPrivate"]),
            (1, 2, unread),
        ),
        // What is not among the nodes harms none of them.
        (json!(["u0", "pullRequests", "nodes", 7]), kept),
        (json!(["u1", "pullRequests", "nodes", 0]), kept),
        (json!(["rateLimit", "cost"]), kept),
    ] {
        let page = json!({"totalCount": 2, "nodes": [node(1, RECENT), node(2, RECENT)],
            "pageInfo": {"hasNextPage": false, "endCursor": null}});
        let body =
            json!({"data": {"u0": {"pullRequests": page}}, "errors": [forbidden(path.clone())]});
        let by_connection = answer(&activity(Connection::PullRequests), &body);
        assert_eq!(shown(&by_connection), expected, "{path}");

        let mut path = path;
        if path[0] == "u0" {
            let steps = path.as_array_mut().unwrap();
            steps.remove(0);
        }
        let page = json!({"issueCount": 2, "nodes": [node(1, RECENT), node(2, RECENT)],
            "pageInfo": {"hasNextPage": false, "endCursor": null}});
        let body = json!({"data": {"pullRequests": page}, "errors": [forbidden(path.clone())]});
        assert_eq!(shown(&answer(&search(), &body)), expected, "{path}");
    }
}

#[test]
fn an_error_that_names_no_node_leaves_nothing_of_its_alias() {
    let none = json!({"totalCount": 0, "nodes": [], "pageInfo": {"hasNextPage": false, "endCursor": null}});
    let user = json!({"__typename": "User", "login": "jo", "createdAt": OLD, "company": null});
    let accounts = Call::Accounts(vec![jo()]);
    for (call, value, path) in [
        (
            activity(Connection::Issues),
            json!({"issues": none}),
            json!(["u0"]),
        ),
        (
            activity(Connection::Issues),
            json!({"issues": none}),
            json!(["u0", "issues"]),
        ),
        (
            activity(Connection::Issues),
            json!({"issues": none}),
            json!(["u0", "issues", "nodes"]),
        ),
        (
            activity(Connection::Issues),
            json!({"issues": none}),
            json!(["u0", "issues", "totalCount"]),
        ),
        (accounts.clone(), user.clone(), json!(["u0", "company"])),
        (accounts, user, json!(["u0"])),
    ] {
        let error = json!({"type": "SERVICE_UNAVAILABLE", "path": path, "message": "Try again"});
        let answer = answer(&call, &json!({"data": {"u0": value}, "errors": [error]}));
        assert_eq!(answer.learned, [], "{path}");
        assert_eq!(answer.failed[0].2, ApiError::Unavailable, "{path}");
    }
}

#[test]
fn what_is_there_counts_whatever_github_counts() {
    let unreadable = Some(GapReason::Unreadable);
    for (count, nodes, expected) in [
        (0, json!([null]), (0, 1, unreadable)),
        (0, json!([{}]), (0, 1, unreadable)),
        (1, json!([node(1, RECENT), null]), (1, 2, unreadable)),
        (0, json!([node(1, RECENT)]), (1, 1, None)),
    ] {
        let page = json!({"issueCount": count, "nodes": nodes,
            "pageInfo": {"hasNextPage": false, "endCursor": null}});
        let answer = answer(&search(), &json!({"data": {"pullRequests": page}}));
        assert_eq!(shown(&answer), expected, "{nodes}");
    }
    let item = json!({"number": 1, "title": "t", "state": "open", "created_at": RECENT,
        "repository_url": "https://api.github.com/repos/acme/r"});
    for (items, expected) in [
        (json!([null]), (0, 1, unreadable)),
        (json!([item, {"number": 2}]), (1, 2, unreadable)),
    ] {
        let body = json!({"total_count": 0, "incomplete_results": false, "items": items});
        let answer = answer(&Call::SearchIssues(jo()), &body);
        assert_eq!(shown(&answer), expected, "{items}");
    }
}

/// Only what follows the last node of the window is older than the window.
#[test]
fn a_node_in_the_wrong_place_hides_none_that_follow() {
    let (recent, old) = (node(1, RECENT), node(2, OLD));
    let zero = node(3, "0001-01-01T00:00:00Z");
    for (nodes, total, expected) in [
        (json!([recent, old]), 90, (1, 1, None)),
        (json!([zero, recent]), 90, (1, 90, None)),
        (
            json!([old, null, recent]),
            3,
            (1, 2, Some(GapReason::Unreadable)),
        ),
        (json!([recent, old, null]), 3, (1, 1, None)),
    ] {
        let page = json!({"totalCount": total, "nodes": nodes,
            "pageInfo": {"hasNextPage": total > 3, "endCursor": "c"}});
        let body = json!({"data": {"u0": {"pullRequests": page}}});
        let (items, all, shortfall) = shown(&answer(&activity(Connection::PullRequests), &body));
        let all = if total > 3 && all > 1 { total } else { all };
        assert_eq!((items, all, shortfall), expected, "{nodes}");
    }
}

#[test]
fn a_closing_is_somebody_s_only_where_github_tells_all_of_it() {
    let max = json!({"__typename": "User", "login": "max"});
    let (other, untold) = (Some(ClosedBy::Other), None);
    for (event, path, expected) in [
        (
            json!({"actor": max, "closer": null}),
            json!(["rateLimit"]),
            other,
        ),
        (
            json!({"actor": null, "closer": null}),
            json!(["rateLimit"]),
            other,
        ),
        (
            json!({"actor": null, "closer": null}),
            json!(["nodes", 1]),
            other,
        ),
        (
            json!({"actor": null, "closer": null}),
            json!(["nodes", 0, "timelineItems", "nodes", 0, "actor"]),
            untold,
        ),
        (
            json!({"actor": max, "closer": null}),
            json!(["nodes", 0, "timelineItems", "nodes", 0, "closer"]),
            untold,
        ),
        (json!({"actor": null}), json!(["rateLimit"]), untold),
        (json!({"closer": null}), json!(["rateLimit"]), untold),
        (json!({}), json!(["rateLimit"]), untold),
        (json!(null), json!(["rateLimit"]), untold),
    ] {
        let closed = json!({"id": "PR_1", "timelineItems": {"nodes": [event]}});
        let error = json!({"type": "FORBIDDEN", "path": path, "message": SAML});
        let body = json!({"data": {"nodes": [closed]}, "errors": [error]});
        let call = Call::Closers(vec![(jo(), vec!["PR_1".to_owned()])]);
        let answer = answer(&call, &body);
        let Learned::Closers(closings) = &answer.learned[0].1 else {
            panic!("no closers");
        };
        assert_eq!(closings[0].closed_by, expected, "{body}");
    }
}

#[test]
fn a_missing_reason_or_merge_is_not_none() {
    let issue = |fields: Value| {
        let mut issue = json!({"number": 1, "title": "t", "state": "closed", "created_at": RECENT,
            "repository_url": "https://api.github.com/repos/acme/r"});
        issue
            .as_object_mut()
            .unwrap()
            .extend(fields.as_object().unwrap().clone());
        json!({"total_count": 1, "incomplete_results": false, "items": [issue]})
    };
    for (fields, expected) in [
        (json!({"state_reason": null}), (1, Some(ClosedAs::Other))),
        (
            json!({"state_reason": "reopened_by_robots"}),
            (1, Some(ClosedAs::Other)),
        ),
        (json!({}), (0, None)),
        (json!({"state": "open"}), (1, None)),
    ] {
        let told = answer(&Call::SearchIssues(jo()), &issue(fields.clone()));
        let Learned::Issues(page) = &told.learned[0].1 else {
            panic!("no issues");
        };
        let closed_as = page.items.first().and_then(|it| it.closed_as);
        assert_eq!((page.items.len(), closed_as), expected, "{fields}");
    }
    for (fields, expected) in [
        (json!({"pull_request": {"merged_at": null}}), 1),
        (json!({"pull_request": {}}), 0),
        (json!({"pull_request": null}), 0),
    ] {
        let told = answer(&Call::SearchPullRequests(jo()), &issue(fields.clone()));
        assert_eq!(shown(&told).0, expected, "{fields}");
    }
    for (name, expected) in [("stateReason", 0), ("closedAt", 1)] {
        let mut closed = node(1, RECENT);
        closed.as_object_mut().unwrap().remove(name);
        let page = json!({"totalCount": 1, "nodes": [closed],
            "pageInfo": {"hasNextPage": false, "endCursor": null}});
        let body = json!({"data": {"u0": {"issues": page}}});
        assert_eq!(
            shown(&answer(&activity(Connection::Issues), &body)).0,
            expected
        );
    }
}

#[test]
fn a_list_of_organizations_with_a_hole_is_not_all() {
    for (body, expected) in [
        (json!([{"login": "acme"}, {"login": "no login"}]), 1),
        (json!([{"login": "acme"}, null]), 0),
        (json!([{"login": "acme"}, {"login": 7}]), 0),
        (json!([{"login": "acme"}, {}]), 0),
        (json!({"0": {"login": "acme"}}), 0),
    ] {
        let learned = read(&Call::Organizations(jo(), None), &reply(200, &[], &body));
        let learned = learned.map_or(0, |it| it.learned.len());
        assert_eq!(learned, expected, "{body}");
    }
}

#[test]
fn nobody_is_gone_who_was_passed_over_in_silence() {
    let accounts = Call::Accounts(vec![jo()]);
    for (data, expected) in [
        (json!({"u0": null}), Some(Account::NotFound)),
        (json!({}), None),
        (json!({"u1": null}), None),
        (json!({"u0": []}), None),
        (
            json!({"u0": {"__typename": "Mannequin", "login": "jo"}}),
            None,
        ),
    ] {
        let told = answer(&accounts, &json!({"data": data}));
        let account = told.learned.into_iter().map(|(_, it)| it).next();
        assert_eq!(account, expected.map(Learned::Account), "{data}");
        if account.is_none() {
            let (_, part, error) = &told.failed[0];
            assert_eq!(*part, Part::Account);
            assert!(
                matches!(error, ApiError::Unreadable(_)),
                "{data}: {error:?}"
            );
        }
    }
    let opener = Call::Opener("acme/web".parse().unwrap(), 1);
    for body in [json!({}), json!({"message": "Moved"}), json!([])] {
        assert!(read(&opener, &reply(200, &[], &body)).is_err(), "{body}");
    }
}

#[test]
fn words_and_statuses_of_whoever_stands_before_github() {
    let secondary = "You have exceeded a secondary rate limit.";
    let slow = ApiError::SlowDown { retry_after: None };
    for (status, body, expected) in [
        (400, json!({"message": secondary}), slow.clone()),
        (422, json!({"errors": [secondary]}), slow.clone()),
        (500, json!({"message": secondary}), slow.clone()),
        (503, json!({"message": secondary}), slow.clone()),
        (
            403,
            json!({"message": "This endpoint is temporarily being throttled. Please try again later."}),
            slow,
        ),
        (
            503,
            json!({"message": "Something went wrong"}),
            ApiError::TooSlow,
        ),
        (
            400,
            json!({"message": "Problems parsing JSON"}),
            ApiError::Refused,
        ),
        (
            422,
            json!({"message": "Validation Failed"}),
            ApiError::Refused,
        ),
        (302, json!(null), ApiError::Unavailable),
        (409, json!({"message": "Conflict"}), ApiError::Unavailable),
        (421, json!(null), ApiError::Unavailable),
        (511, json!(null), ApiError::Unavailable),
        (521, json!(null), ApiError::Unavailable),
    ] {
        let error = read(&search(), &reply(status, &[], &body)).unwrap_err();
        assert_eq!(error, expected, "{status} {body}");
    }
}
