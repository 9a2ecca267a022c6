//! The control API under `/_control/`: what tests read and set.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::answer::{Answer, Request};
use crate::faults::Fault;
use crate::github::GitHub;
use crate::latency::Latency;
use crate::limits::{Bucket, Set};
use crate::{faults, tokens};

/// Answers a request to the control API; `None` where there is no such route.
pub(crate) fn respond(github: &mut GitHub, request: &Request, now: Timestamp) -> Answer {
    let done = Ok(json!({ "ok": true }));
    let route = request
        .route()
        .trim_start_matches("/_control")
        .trim_matches('/');
    let result: Result<Value, String> = match (request.method.as_str(), route) {
        ("GET", "log") => serde_json::to_value(github.log().summary()).map_err(|e| e.to_string()),
        ("DELETE", "log") => {
            github.log_mut().clear();
            done
        }
        ("GET", "faults") => Ok(fault_table()),
        ("PUT", "faults") => parse::<Vec<Fault>>(request)
            .and_then(|faults| github.set_faults(faults))
            .and(done),
        ("DELETE", "faults") => github.set_faults(Vec::new()).and(done),
        ("PUT", "latency") => parse::<Latency>(request).and_then(|latency| {
            github.set_latency(latency);
            done
        }),
        ("PUT", "limits") => parse::<BTreeMap<Bucket, Set>>(request).and_then(|limits| {
            for (bucket, set) in limits {
                github.set_limit(bucket, set, now);
            }
            done
        }),
        ("POST", "reset") => {
            github.reset(now);
            done
        }
        ("GET", "accounts") => Ok(accounts(github)),
        ("GET", "tokens") => Ok(tokens()),
        (method, route) => {
            let message = format!("The control API has no {method} {route}.");
            return Answer::json(404, &json!({ "error": message }));
        }
    };
    match result {
        Ok(body) => Answer::json(200, &body),
        Err(error) => Answer::json(400, &json!({ "error": error })),
    }
}

fn parse<T: serde::de::DeserializeOwned>(request: &Request) -> Result<T, String> {
    serde_json::from_slice(&request.body).map_err(|error| error.to_string())
}

fn accounts(github: &GitHub) -> Value {
    let entry = |account: &std::sync::Arc<crate::world::Account>| json!({ "login": account.login, "about": account.about, "traits": account.traits });
    github.world().named().map(entry).collect()
}

fn fault_table() -> Value {
    faults::TABLE
        .iter()
        .map(|(name, _, about)| json!({ "do": name, "about": about }))
        .collect()
}

fn tokens() -> Value {
    json!({
        "classic": tokens::CLASSIC,
        "classicRepo": tokens::CLASSIC_REPO,
        "fineGrained": tokens::FINE_GRAINED,
        "expiring": tokens::EXPIRING,
        "long": *tokens::LONG,
        "revoked": tokens::REVOKED,
    })
}
