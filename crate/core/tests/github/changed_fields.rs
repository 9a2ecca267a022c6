//! Each reader gets a good answer in which one field is gone, null, of another
//! type or huge: it never panics, and no level is better than with the whole.

use crate::api_errors::reply;
use bonafide_core::assess::assess;
use bonafide_core::engine::person_evidence::{EvidenceUse, Progress};
use bonafide_core::engine::retry_policy::Recheck;
use bonafide_core::engine::{CacheKey, Person};
use bonafide_core::evidence::Gap;
use bonafide_core::github::read::read;
use bonafide_core::github::{ActivityPage, ApiError, Call, Connection};
use bonafide_core::login::Login;
use bonafide_core::policy::{Policy, PolicyName};
use bonafide_core::report::Level;
use bonafide_core::repository::Repository;
use bonafide_core::time::Timestamp;
use serde_json::{Value, json};

const REPOSITORY: &str = "acme/web";

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn node(number: u32, state: &str) -> Value {
    json!({
        "id": format!("PR_{number}"), "number": number, "title": "Improve the documentation", "state": state,
        "createdAt": format!("2026-11-{:02}T08:00:00Z", 10 + number % 10),
        "closedAt": "2026-11-20T09:00:00Z", "mergedAt": null,
        "stateReason": "NOT_PLANNED", "closedAs": "NOT_PLANNED",
        "repository": {"nameWithOwner": format!("owner{number}/r"), "isInOrganization": number.is_multiple_of(2), "isPrivate": false},
    })
}

fn graphql(alias: &str, nodes: &[Value]) -> Value {
    let page = json!({
        "issueCount": nodes.len(), "pageInfo": {"hasNextPage": false, "endCursor": null},
        "nodes": nodes,
    });
    json!({"data": {
        "rateLimit": {"cost": 1, "limit": 5000, "remaining": 4000, "resetAt": "2026-11-21T13:00:00Z"},
        "repository": {"isPrivate": false}, alias: page,
    }})
}

fn rest(items: &[Value]) -> Value {
    json!({"total_count": items.len(), "incomplete_results": false, "items": items})
}

fn rest_item(number: u32, is_pull_request: bool) -> Value {
    let mut item = json!({
        "number": number, "title": "Improve the documentation", "state": "closed",
        "state_reason": "not_planned", "created_at": format!("2026-11-{:02}T08:00:00Z", 10 + number % 10),
        "closed_at": "2026-11-20T09:00:00Z",
        "repository_url": format!("https://api.github.com/repos/owner{number}/r"),
    });
    if is_pull_request {
        item["pull_request"] = json!({"merged_at": null});
    }
    item
}

/// How it is asked what somebody has opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// By the connections of their account.
    Connection,
    /// By GraphQL's search.
    Search,
    /// By REST's search, without a token.
    Rest,
}

/// Who closed so many pull requests: their author the first and the last of
/// them, somebody else the others.
fn closers(count: u32) -> Value {
    let node = |number: u32| {
        let is_own = number == 1 || number == count;
        let login = if is_own { "jo" } else { "maintainer" };
        json!({
            "id": format!("PR_{number}"), "author": {"login": "jo"},
            "timelineItems": {"nodes": [{
                "actor": {"login": login, "__typename": "User"}, "closer": null,
            }]},
        })
    };
    let nodes: Vec<Value> = (1..=count).map(node).collect();
    json!({"data": {"nodes": nodes}})
}

/// Everything that is asked about somebody whose pull requests and issues are
/// mostly turned down, with so many of each.
fn answers(pull_requests: u32, issues: u32, way: Way) -> Vec<(Call, Value)> {
    let login: Login = "jo".parse().unwrap();
    let repository: Repository = REPOSITORY.parse().unwrap();
    let total =
        |count: u32| json!({"totalCount": count, "nodes": [{"createdAt": "2026-11-20T08:00:00Z"}]});
    let user = json!({"login": "jo", "type": "User", "created_at": "2026-10-01T00:00:00Z", "name": "Jo", "email": null});
    let mut all = vec![(
        Call::Organizations(login.clone(), None),
        json!([{"login": "gil--"}]),
    )];
    if way == Way::Rest {
        let of = |count, is_pull_request| -> Vec<Value> {
            (1..=count)
                .map(|number| rest_item(number, is_pull_request))
                .collect()
        };
        all.extend([
            (Call::User(login.clone()), user),
            (
                Call::SearchPullRequests(login.clone()),
                rest(&of(pull_requests, true)),
            ),
            (Call::SearchIssues(login.clone()), rest(&of(issues, false))),
            (Call::SearchHere(login, repository), rest(&of(1, true))),
        ]);
        return all;
    }
    let of = |count| -> Vec<Value> { (1..=count).map(|number| node(number, "CLOSED")).collect() };
    let page = |connection| ActivityPage {
        login: login.clone(),
        connection,
        first: 30,
        after: None,
    };
    let connection = |name: &str, nodes: &[Value]| {
        json!({name: {
            "totalCount": nodes.len(), "pageInfo": {"hasNextPage": false, "endCursor": null},
            "nodes": nodes,
        }})
    };
    if way == Way::Connection {
        let pages = vec![page(Connection::PullRequests), page(Connection::Issues)];
        let since = "2026-10-31T00:00:00Z".parse().unwrap();
        let found = json!({"data": {
            "u0": connection("pullRequests", &of(pull_requests)),
            "u1": connection("issues", &of(issues)),
        }});
        all.push((Call::Activity(pages, since), found));
    } else {
        let search = |connection, count| {
            let call = Call::SearchActivity(page(connection));
            (call, graphql(connection.name(), &of(count)))
        };
        all.push(search(Connection::PullRequests, pull_requests));
        all.push(search(Connection::Issues, issues));
    }
    if pull_requests > 0 {
        let ids = (1..=pull_requests).map(|number| format!("PR_{number}"));
        let call = Call::Closers(vec![(login.clone(), ids.collect())]);
        all.push((call, closers(pull_requests)));
    }
    all.extend([
        (
            Call::Accounts(vec![login.clone()]),
            json!({"data": {"u0": {
                "__typename": "User", "login": "jo", "createdAt": "2026-10-01T00:00:00Z", "name": "Jo",
            }}}),
        ),
        (
            Call::Counts(vec![login.clone()]),
            json!({"data": {"u0": {
                "followers": total(1), "following": total(1), "ownRepositories": total(1),
                "forks": total(9), "pullRequests": total(pull_requests),
                "mergedPullRequests": total(0), "closedPullRequests": total(pull_requests),
                "issues": total(issues),
            }}}),
        ),
        (
            Call::Here { logins: vec![login.clone()], repository, first: 50 },
            graphql("s0", &[node(1, "CLOSED")]),
        ),
    ]);
    all
}

/// The level that these answers make, and whether anything is told to be missing.
fn level(answers: &[(Call, Value)], policy: PolicyName) -> (Level, bool) {
    let mut person = Person::new("jo".parse().unwrap());
    let repository: Repository = REPOSITORY.parse().unwrap();
    let key = |part| CacheKey::new(part, Some(&repository), Some(7));
    let gap = |error: &ApiError| Gap::new(error.reason());
    for (call, body) in answers {
        match read(call, &reply(200, &[], body)) {
            Ok(answer) => {
                for (_, learned) in answer.learned {
                    if let Some(key) = key(learned.part()) {
                        person.record(&key, learned, None, None, now());
                    }
                }
                for (_, part, error) in answer.failed {
                    if let Some(key) = key(part) {
                        person.record_failure(&key, gap(&error), Recheck::WhenAsked, now());
                    }
                }
            }
            Err(error) => {
                for (_, part) in call.wanted() {
                    if let Some(key) = key(part) {
                        person.record_failure(&key, gap(&error), Recheck::WhenAsked, now());
                    }
                }
            }
        }
    }
    let idle = |_: &CacheKey| Progress::Idle;
    let evidence = person.evidence(Some(&repository), Some(7), now(), EvidenceUse::Report, idle);
    let report = assess(&evidence, &Policy::preset(policy), now()).report;
    (report.level, !report.gaps.is_empty())
}

/// Every value with one change: each field and item is gone, null, of another
/// type and huge in turn. What changed is told beside.
pub fn changed(value: &Value, path: &str) -> Vec<(String, Option<Value>)> {
    let mut all = vec![
        (format!("{path} gone"), None),
        (format!("{path} null"), Some(Value::Null)),
    ];
    let others = match value {
        Value::String(_) => vec![json!(7), json!("x".repeat(10_000))],
        Value::Number(_) => vec![
            json!("7"),
            json!(u32::MAX),
            json!(u64::MAX),
            json!(-1),
            json!(0.5),
        ],
        Value::Array(_) => vec![json!({}), json!("x")],
        Value::Object(_) | Value::Bool(_) | Value::Null => vec![json!([]), json!(7), json!("x")],
    };
    all.extend(
        others
            .into_iter()
            .map(|it| (format!("{path} otherwise"), Some(it))),
    );
    let children: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields.iter().map(|(name, it)| (name.clone(), it)).collect(),
        // Items are alike: the first stands for all.
        Value::Array(items) => items
            .iter()
            .take(1)
            .map(|it| ("0".to_owned(), it))
            .collect(),
        _ => Vec::new(),
    };
    for (name, child) in children {
        for (what, replaced) in changed(child, &format!("{path}/{name}")) {
            let mut whole = value.clone();
            match (&mut whole, replaced) {
                (Value::Object(fields), Some(it)) => drop(fields.insert(name.clone(), it)),
                (Value::Object(fields), None) => drop(fields.remove(&name)),
                (Value::Array(items), Some(it)) => items[0] = it,
                (Value::Array(items), None) => drop(items.remove(0)),
                _ => unreachable!("only these have children"),
            }
            all.push((what, Some(whole)));
        }
    }
    all
}

/// Whether a level promises more than the one of the whole answers. Where
/// something is told to be missing, what is certain may be worth a look only
/// although the whole is a strong signal.
fn is_better((after, has_gaps): (Level, bool), before: Level) -> bool {
    match (before, after) {
        (Level::Alert, Level::Caution) => !has_gaps,
        (Level::Alert | Level::Caution, Level::Clear | Level::Known | Level::Quiet) => true,
        _ => false,
    }
}

#[test]
fn no_changed_field_makes_a_level_better() {
    let mut judged = Vec::new();
    for (pull_requests, issues, way) in [
        (12, 0, Way::Connection),
        (5, 0, Way::Connection),
        (0, 6, Way::Connection),
        (12, 0, Way::Search),
        (0, 6, Way::Search),
        (12, 0, Way::Rest),
        (0, 6, Way::Rest),
    ] {
        for policy in [PolicyName::Balanced, PolicyName::Classic] {
            let whole = answers(pull_requests, issues, way);
            let (before, _) = level(&whole, policy);
            judged.push(before);
            for index in 0..whole.len() {
                for (what, replaced) in changed(&whole[index].1, "") {
                    // GitHub itself has no reason for some: null and none are good answers.
                    let is_reason = ["stateReason", "closedAs", "state_reason"]
                        .iter()
                        .any(|it| what.contains(it));
                    let mut answers = whole.clone();
                    answers[index].1 = replaced.unwrap_or_default();
                    let after = level(&answers, policy);
                    assert!(
                        is_reason || !is_better(after, before),
                        "{:?}: {what}: {before:?} became {after:?} ({pull_requests}, {issues}, {policy:?})",
                        whole[index].0
                    );
                }
            }
        }
    }
    // The test says something only where there is something to lose.
    assert!(
        judged.contains(&Level::Alert) && judged.len() == 14,
        "{judged:?}"
    );
}
