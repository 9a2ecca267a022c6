//! The issue or pull request at hand: what an answer tells, and that nothing
//! that is lost on the way is told as none.

use crate::api_errors::reply;
use crate::changed_fields::changed;
use bonafide_core::assess::assess;
use bonafide_core::evidence::{Evidence, Fact, ThisItem};
use bonafide_core::github::read::read;
use bonafide_core::github::{ApiError, Call, Learned};
use bonafide_core::policy::{Policy, PolicyName};
use bonafide_core::report::{Arg, ItemReport};
use bonafide_core::time::Timestamp;
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// What an answer tells of `acme/web#7` to the card of `jo`.
fn item(body: &Value) -> Result<ThisItem, ApiError> {
    let call = Call::ThisItem {
        login: "jo".parse().unwrap(),
        repository: "acme/web".parse().unwrap(),
        number: 7,
    };
    let mut answer = read(&call, &reply(200, &[], body))?;
    if let Some((_, _, error)) = answer.failed.pop() {
        return Err(error);
    }
    let Some((_, Learned::ThisItem(item))) = answer.learned.pop() else {
        panic!("{answer:?} tells nothing");
    };
    Ok(*item)
}

/// What the report says of `acme/web#7`, which `jo` opened, after this answer.
fn report(body: &Value) -> Result<ItemReport, ApiError> {
    let item = item(body)?;
    let mut evidence = Evidence::new("jo".parse().unwrap());
    evidence.this_item = Fact::Known {
        value: item,
        at: now(),
    };
    let report = assess(&evidence, &Policy::preset(PolicyName::Balanced), now()).report;
    Ok(report.this_item.unwrap())
}

/// The notes, as the names of their sentences and what fills those.
fn notes(body: &Value) -> Vec<String> {
    let report = report(body).unwrap();
    let note = |note: &bonafide_core::report::ItemNote| {
        let args = note.sentence.args.iter().map(|arg| match arg {
            Arg::Number(number) => number.to_string(),
            Arg::Text(text) => text.clone(),
        });
        let said = std::iter::once(note.sentence.key.clone()).chain(args);
        said.collect::<Vec<_>>().join(" ")
    };
    report.lines.iter().flatten().map(note).collect()
}

fn answer(item: &Value) -> Value {
    json!({"data": {"repository": {"issueOrPullRequest": item}}})
}

fn place(name: &str) -> Value {
    json!({"nameWithOwner": name, "isPrivate": name.starts_with("secret/")})
}

fn named(logins: &[&str]) -> Value {
    let nodes: Vec<Value> = logins.iter().map(|it| json!({"login": it})).collect();
    json!({"totalCount": nodes.len(), "nodes": nodes})
}

fn references(numbers: &[u32], state: &str) -> Value {
    let node = |number| json!({"number": number, "state": state, "repository": place("acme/web")});
    let nodes: Vec<Value> = numbers.iter().map(node).collect();
    json!({"totalCount": nodes.len(), "nodes": nodes})
}

fn author(places: &[&str], total: usize) -> Value {
    let nodes: Vec<Value> = places
        .iter()
        .map(|it| json!({"repository": place(it)}))
        .collect();
    json!({"login": "jo", "open": {"totalCount": total, "nodes": nodes}})
}

fn review(login: &str, state: &str) -> Value {
    json!({
        "__typename": "PullRequestReview", "author": {"__typename": "User", "login": login},
        "state": state, "url": "https://github.com/acme/web/pull/7#pullrequestreview-1",
    })
}

fn comment(login: &str) -> Value {
    json!({"__typename": "IssueComment", "author": {"__typename": "User", "login": login}})
}

fn commit(login: Option<&str>) -> Value {
    let user = login.map(|login| json!({"login": login}));
    json!({"__typename": "PullRequestCommit", "commit": {"author": {"user": user}}})
}

fn pull_request() -> Value {
    json!({
        "__typename": "PullRequest", "closed": false, "isDraft": true,
        "additions": 40, "deletions": 2, "changedFiles": 3,
        "author": author(&["acme/web", "acme/web", "other/place"], 3),
        "closingIssuesReferences": {"totalCount": 1, "nodes": [{
            "number": 12, "closed": false, "repository": place("acme/web"),
            "assignees": named(&["ada"]),
            "closedByPullRequestsReferences": references(&[7, 21, 22], "OPEN"),
        }]},
        "timelineItems": {"nodes": [commit(Some("jo")), review("mel", "COMMENTED"), comment("mel")]},
    })
}

fn issue() -> Value {
    json!({
        "__typename": "Issue", "closed": false,
        "author": author(&["acme/web"], 1),
        "assignees": named(&["ada", "jo", "eve"]),
        "closedByPullRequestsReferences": references(&[3], "OPEN"),
    })
}

#[test]
fn when_it_was_opened_is_told_of_its_author_alone() {
    let opened = |author: &str, at: &str| {
        let mut told = pull_request();
        told["author"]["login"] = author.into();
        told["createdAt"] = at.into();
        item(&answer(&told)).unwrap().opened_at
    };
    let at = "2026-10-03T08:00:00Z";
    assert_eq!(opened("Jo", at), at.parse().ok());
    assert_eq!(opened("eve", at), None);
    assert_eq!(opened("jo", "yesterday"), None);
    assert_eq!(item(&answer(&issue())).unwrap().opened_at, None);
}

#[test]
fn a_pull_request_and_an_issue_are_told_in_a_few_notes() {
    assert_eq!(
        notes(&answer(&pull_request())),
        [
            "item_closes_assigned #12 ada",
            "item_rivals 2",
            "item_draft",
            "item_unanswered",
            "item_size 3 40 2",
            "item_pulls 2 1",
        ]
    );
    assert_eq!(
        notes(&answer(&issue())),
        ["item_assigned_author", "item_linked 1", "item_only_issue"]
    );
}

#[test]
fn every_part_leads_to_github() {
    let links = |item: &Value| -> Vec<String> {
        let report = report(&answer(item)).unwrap();
        let notes = || report.lines.iter().flatten();
        assert!(notes().all(|note| !note.links.is_empty()));
        let links = notes().flat_map(|note| note.links.clone());
        links.map(|link| link.url).collect()
    };
    assert_eq!(
        links(&pull_request()),
        [
            "https://github.com/acme/web/issues/12",
            "https://github.com/ada",
            "https://github.com/acme/web/issues/12",
            "https://github.com/acme/web/pull/7",
            "https://github.com/acme/web/pull/7#pullrequestreview-1",
            "https://github.com/acme/web/pull/7/files",
            "https://github.com/search?q=repo%3Aacme%2Fweb%20author%3Ajo%20is%3Apr%20is%3Aopen&type=pullrequests",
            "https://github.com/search?q=is%3Apublic%20author%3Ajo%20is%3Apr%20is%3Aopen&type=pullrequests",
        ]
    );
    let mut elsewhere = pull_request();
    elsewhere["timelineItems"]["nodes"][1]["url"] = json!("https://evil.example/");
    assert_eq!(links(&elsewhere)[4], "https://github.com/acme/web/pull/7");
}

/// Changes a pull request, and tells the note on one thing.
fn note_on(change: impl FnOnce(&mut Value), begins: &str) -> Option<String> {
    let mut item = pull_request();
    change(&mut item);
    let notes = notes(&answer(&item));
    notes.into_iter().find(|note| note.starts_with(begins))
}

#[test]
fn the_issues_that_it_closes() {
    let closes = |change: fn(&mut Value)| {
        let change = |item: &mut Value| change(&mut item["closingIssuesReferences"]);
        note_on(change, "item_closes").unwrap()
    };
    let check = |change, expected: &str| assert_eq!(closes(change), expected);
    check(
        |it| it["nodes"][0]["assignees"] = named(&[]),
        "item_closes_unassigned #12",
    );
    check(
        |it| it["nodes"][0]["assignees"] = named(&["Jo", "ada"]),
        "item_closes_author #12",
    );
    check(
        |it| it["nodes"][0]["assignees"] = named(&["ada", "eve"]),
        "item_closes_assigned_more 1 #12 ada",
    );
    check(
        |it| it["nodes"][0]["closed"] = json!(true),
        "item_closes_closed #12",
    );
    check(
        |it| it["nodes"][0]["repository"] = place("acme/docs"),
        "item_closes_assigned acme/docs#12 ada",
    );
    check(
        |it| *it = json!({"totalCount": 0, "nodes": []}),
        "item_closes_none",
    );
    check(|it| it["nodes"] = json!([null]), "item_closes_unseen 1");
    let more = note_on(
        |it| it["closingIssuesReferences"]["totalCount"] = json!(4),
        "item_closes_more",
    );
    assert_eq!(more.as_deref(), Some("item_closes_more 3"));
    let of_several = note_on(
        |it| it["closingIssuesReferences"]["totalCount"] = json!(4),
        "item_rivals",
    );
    assert_eq!(
        of_several.as_deref(),
        Some("item_rivals_of_several_at_least 2")
    );
}

#[test]
fn who_else_would_close_them() {
    let rivals = |told: Value| {
        let place = |it: &mut Value| {
            it["closingIssuesReferences"]["nodes"][0]["closedByPullRequestsReferences"] = told;
        };
        note_on(place, "item_rivals")
    };
    assert_eq!(rivals(references(&[7], "OPEN")), None);
    assert_eq!(rivals(references(&[7, 8], "MERGED")), None);
    assert_eq!(
        rivals(references(&[8], "OPEN")).as_deref(),
        Some("item_rivals 1")
    );
    let mut many = references(&[7, 8, 9], "OPEN");
    many["totalCount"] = json!(40);
    assert_eq!(rivals(many).as_deref(), Some("item_rivals_at_least 2"));
}

#[test]
fn whether_the_last_review_was_answered() {
    let check = |events: Vec<Value>, expected: Option<&str>| {
        let mut item = pull_request();
        item["timelineItems"]["nodes"] = Value::from(events.clone());
        let notes = notes(&answer(&item));
        let about = ["item_answered", "item_unanswered", "item_approved"];
        let found = notes
            .iter()
            .find(|note| about.iter().any(|it| note.starts_with(it)));
        assert_eq!(found.map(String::as_str), expected, "{events:?}");
    };
    let asked = || review("mel", "CHANGES_REQUESTED");
    check(vec![commit(Some("jo")), comment("jo")], None);
    check(vec![comment("jo"), asked()], Some("item_unanswered"));
    check(
        vec![asked(), comment("eve"), commit(Some("mel"))],
        Some("item_unanswered"),
    );
    check(vec![asked(), comment("Jo")], Some("item_answered"));
    check(vec![asked(), commit(Some("jo"))], Some("item_answered"));
    check(
        vec![asked(), review("jo", "COMMENTED")],
        Some("item_answered"),
    );
    // Nobody knows whose commit that is.
    check(vec![asked(), commit(None)], Some("item_answered"));
    check(
        vec![asked(), comment("jo"), review("eve", "COMMENTED")],
        Some("item_unanswered"),
    );
    check(
        vec![asked(), review("eve", "APPROVED")],
        Some("item_approved eve"),
    );
    // What only its writer sees, and what a machine says, is no review.
    check(vec![review("mel", "PENDING")], None);
    let mut machine = asked();
    machine["author"]["__typename"] = json!("Bot");
    check(vec![machine], None);
    let mut gone = asked();
    gone["author"] = Value::Null;
    check(vec![gone], Some("item_unanswered"));
    // It may be the answer.
    check(vec![asked(), Value::Null], None);
}

#[test]
fn what_the_author_has_open() {
    let check = |places: &[&str], total: usize, is_closed: bool, expected: Option<&str>| {
        let mut item = pull_request();
        item["author"] = author(places, total);
        item["closed"] = json!(is_closed);
        let notes = notes(&answer(&item));
        let found = notes.iter().find(|note| note.contains("_pull"));
        assert_eq!(found.map(String::as_str), expected, "{places:?} of {total}");
    };
    check(&["acme/web"], 1, false, Some("item_only_pull"));
    check(&["acme/web"], 1, true, Some("item_pulls_all_here 1"));
    check(
        &["Acme/Web", "acme/web"],
        2,
        false,
        Some("item_pulls_all_here 2"),
    );
    check(&["acme/web", "a/b"], 2, false, Some("item_pulls 1 1"));
    check(&["acme/web", "secret/b"], 2, false, Some("item_only_pull"));
    check(
        &["acme/web", "a/b"],
        70,
        false,
        Some("item_pulls_at_least 1 70"),
    );
    check(&["a/b"], 70, false, None);
    check(&[], 0, true, None);
}

#[test]
fn what_the_token_cannot_see_is_hidden_and_what_github_cannot_tell_is_an_error() {
    let hidden = [
        json!({"data": {"repository": null}, "errors": [{"type": "NOT_FOUND", "path": ["repository"], "message": "x"}]}),
        json!({"data": {"repository": {"issueOrPullRequest": null}}, "errors": [{"type": "NOT_FOUND", "path": ["repository", "issueOrPullRequest"], "message": "x"}]}),
        json!({"data": {"repository": {"issueOrPullRequest": null}}}),
    ];
    for body in hidden {
        assert_eq!(report(&body), Err(ApiError::RepositoryHidden), "{body}");
    }
    let broken = json!({"data": {"repository": {"issueOrPullRequest": null}}, "errors": [{"type": "SERVICE_UNAVAILABLE", "path": ["repository", "issueOrPullRequest"], "message": "x"}]});
    assert_eq!(report(&broken), Err(ApiError::Unavailable));
    let odd = answer(&json!({"__typename": "Discussion"}));
    assert!(matches!(report(&odd), Err(ApiError::Unreadable(_))));
}

#[test]
fn what_is_lost_is_never_told_as_none() {
    // What only a whole answer says.
    let of_none = [
        "item_closes_none",
        "item_closes_unassigned",
        "item_unassigned",
        "item_linked_none",
        "item_only_pull",
        "item_pulls_all_here",
        "item_only_issue",
    ];
    let mut tried = 0;
    for item in [pull_request(), issue()] {
        let whole = notes(&answer(&item));
        for (what, replaced) in changed(&item, "") {
            // A number that GitHub tells is GitHub's to be right about.
            if what.contains("totalCount otherwise") {
                continue;
            }
            let Ok(told) = report(&answer(&replaced.unwrap_or_default())) else {
                continue;
            };
            tried += 1;
            for note in told.lines.iter().flatten() {
                let key = note.sentence.key.as_str();
                let is_new = !whole.iter().any(|it| it.split(' ').next() == Some(key));
                assert!(!is_new || !of_none.contains(&key), "{what}: {key}");
            }
        }
    }
    assert!(tried > 100, "{tried}");
}
