//! True answers, changed: what is left out, counted wrongly or written as nobody expects.

use serde_json::{Map, Value, json};

use crate::answer::Answer;

/// The same answer with another body.
fn with_body(answer: Answer, body: &Value) -> Answer {
    Answer {
        body: body.to_string().into_bytes(),
        ..answer
    }
}

/// Visits every object of a JSON text, the outer ones first.
fn each(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            visit(map);
            map.values_mut().for_each(|value| each(value, visit));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| each(value, visit)),
        _ => {}
    }
}

/// Changes every connection that shows nodes.
pub(super) fn connections(answer: Answer, change: impl Fn(&mut Map<String, Value>)) -> Answer {
    let mut body = answer.body_json();
    each(&mut body["data"], &mut |map| {
        if map.get("nodes").is_some_and(Value::is_array) {
            change(map);
        }
    });
    with_body(answer, &body)
}

/// No nodes and no further page; what the connection counts stays.
pub(super) fn without_nodes(connection: &mut Map<String, Value>) {
    connection.insert("nodes".to_owned(), json!([]));
    if connection.contains_key("pageInfo") {
        let page = json!({ "hasNextPage": false, "endCursor": null });
        connection.insert("pageInfo".to_owned(), page);
    }
}

/// Another page always follows. The cursor lies beyond every list, so that what is asked with it
/// has no nodes, and it comes back with them.
pub(super) fn stuck(connection: &mut Map<String, Value>) {
    if connection.contains_key("pageInfo") {
        let page = json!({ "hasNextPage": true, "endCursor": "Y3Vyc29y99999999" });
        connection.insert("pageInfo".to_owned(), page);
    }
}

/// Changes what lists say they count, from that and from how much they show.
pub(super) fn totals(answer: Answer, count: impl Fn(u64, u64) -> u64) -> Answer {
    let mut body = answer.body_json();
    each(&mut body, &mut |map| {
        let shown = map.get("nodes").or_else(|| map.get("items"));
        let Some(shown) = shown.and_then(Value::as_array).map(Vec::len) else {
            return;
        };
        for name in ["totalCount", "issueCount", "total_count"] {
            if let Some(total) = map.get_mut(name) {
                *total = json!(count(total.as_u64().unwrap_or(0), shown as u64));
            }
        }
    });
    with_body(answer, &body)
}

/// A REST search that ran out of time after so many results.
pub(super) fn incomplete(answer: Answer, most: usize) -> Answer {
    let mut body = answer.body_json();
    let Some(items) = body.get_mut("items").and_then(Value::as_array_mut) else {
        return answer;
    };
    items.truncate(most);
    body["total_count"] = json!(most);
    body["incomplete_results"] = json!(true);
    with_body(answer, &body)
}

/// What organizations own is left out, and only a header tells so: REST's lists are empty, and
/// of GraphQL's nodes those are gone whose repository an organization owns.
pub(super) fn partial(answer: &Answer) -> Answer {
    let mut body = answer.body_json();
    if body.is_array() {
        body = json!([]);
    }
    each(&mut body, &mut |map| {
        if map.contains_key("incomplete_results") {
            map.insert("items".to_owned(), json!([]));
            map.insert("total_count".to_owned(), json!(0));
        }
        if let Some(nodes) = map.get_mut("nodes").and_then(Value::as_array_mut) {
            nodes.retain(|node| node["repository"]["isInOrganization"] != true);
        }
    });
    with_body(answer.clone(), &body)
        .with_header("x-github-sso", "partial-results; organizations=21955855")
}

/// The first few nodes of each connection are null, each with an error that tells its path.
pub(super) fn forbidden_nodes(answer: &Answer, most: usize) -> Answer {
    fn visit(value: &mut Value, path: &mut Vec<Value>, most: usize, errors: &mut Vec<Value>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    path.push(json!(key));
                    if key == "nodes"
                        && let Some(nodes) = value.as_array_mut()
                    {
                        for (index, node) in nodes.iter_mut().enumerate().take(most) {
                            *node = Value::Null;
                            let path = [path.as_slice(), &[json!(index)]].concat();
                            errors.push(json!({
                                "type": "FORBIDDEN",
                                "path": path,
                                "extensions": { "saml_failure": true },
                                "locations": [{ "line": 1, "column": 1 }],
                                "message": crate::refusal::SAML,
                            }));
                        }
                    }
                    visit(value, path, most, errors);
                    path.pop();
                }
            }
            Value::Array(list) => {
                for (index, value) in list.iter_mut().enumerate() {
                    path.push(json!(index));
                    visit(value, path, most, errors);
                    path.pop();
                }
            }
            _ => {}
        }
    }
    let mut body = answer.body_json();
    let mut errors = Vec::new();
    visit(&mut body["data"], &mut Vec::new(), most, &mut errors);
    if !errors.is_empty() {
        body["errors"] = Value::Array(errors);
    }
    with_body(answer.clone(), &body)
}

/// The fields that hold words of a closed list, by their names in GraphQL and REST.
const ENUMS: [&str; 5] = [
    "authorAssociation",
    "author_association",
    "stateReason",
    "state_reason",
    "provider",
];

/// Every word of a closed list is one that GitHub may add one day.
pub(super) fn unknown_enums(answer: Answer) -> Answer {
    let mut body = answer.body_json();
    each(&mut body, &mut |map| {
        for (key, value) in map {
            if ENUMS.contains(&key.as_str()) && value.is_string() {
                *value = json!("SOMETHING_NEW");
            }
        }
    });
    with_body(answer, &body)
}

/// Every title begins with the first half of a pair of UTF-16, which is no character.
pub(super) fn lone_surrogate(answer: Answer) -> Answer {
    let body = String::from_utf8_lossy(&answer.body);
    let body = body.replace("\"title\":\"", "\"title\":\"\\ud83d ");
    Answer {
        body: body.into_bytes(),
        ..answer
    }
}
