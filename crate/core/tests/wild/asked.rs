//! What the extension's parts may say, and pages above all: no panic, nobody
//! does what only another may, and nothing but GitHub's API is ever asked.

use crate::kept;
use bonafide_core::engine::{ClientId, ClientKind, Effect, Engine, Event};
use bonafide_core::github::http::{API, Failure, Headers, HttpReply};
use bonafide_core::json;
use bonafide_core::message::{FromOptions, FromPage, FromPopup, FromTriage};
use bonafide_core::time::{SignedDuration, Timestamp};
use proptest::prelude::*;
use serde_json::{Map, Value};

/// What a page may say, most of all whom it names.
const OF_PAGES: [&str; 8] = [
    "people",
    "people",
    "people",
    "open",
    "close",
    "refresh",
    "readPast",
    "openOptions alone",
];

/// Marks a message without fields.
const ALONE: &str = " alone";

/// What the popup and the options may say.
const OF_OURS: [&str; 17] = [
    "lookUp",
    "lookUp",
    "refresh alone",
    "readPast alone",
    "timeline alone",
    "recent alone",
    "status alone",
    "saveToken",
    "deleteToken alone",
    "setChoices",
    "preview",
    "setPerson",
    "import",
    "import",
    "export alone",
    "exportVouched alone",
    "exportSetAside alone",
];

const ANY: [&str; 7] = [
    "people",
    "open",
    "refresh",
    "lookUp",
    "status alone",
    "saveToken",
    "wipe alone",
];

const NAMES: [&str; 10] = [
    "repository",
    "people",
    "login",
    "target",
    "token",
    "policy",
    "isOpener",
    "isInView",
    "association",
    "openedAt",
];

const TEXTS: [&str; 12] = [
    "jo",
    "Jo-1",
    "acme/web",
    "acme/web#7",
    "../user",
    "https://evil.example/jo",
    "MEMBER",
    "NONE",
    "balanced",
    "classic",
    "2026-11-21T12:00:00Z",
    OTHER_TOKEN,
];

/// The token that is kept, the one that is pasted where tokens belong, and one
/// that stands where none does.
const TOKEN: &str = "ghp_FakeFakeFakeFakeFakeFakeFakeClassic0";
const PASTED_TOKEN: &str = "ghp_FakeFakeFakeFakeFakeFakeFakePasted00";
pub const OTHER_TOKEN: &str = "ghp_FakeFakeFakeFakeFakeFakeFakeOther000";

/// Somebody on a page, mostly as a page would name them.
fn person() -> impl Strategy<Value = Value> {
    let login = prop_oneof![
        prop::sample::select(&TEXTS[..]),
        Just("gen-1"),
        Just("gen-2")
    ];
    let association = prop_oneof![
        3 => Just(Value::Null),
        1 => Just(Value::from("MEMBER")),
        1 => crate::json(&NAMES, &TEXTS),
    ];
    (login, any::<bool>(), any::<bool>(), association).prop_map(
        |(login, is_opener, is_in_view, association)| {
            serde_json::json!({
                "login": login, "isOpener": is_opener, "isInView": is_in_view,
                "association": association, "openedAt": null,
            })
        },
    )
}

/// A message by its name, which stands alone where the message has no fields.
fn named(name: &str, fields: &Value) -> Value {
    match name.strip_suffix(ALONE) {
        Some(name) => name.into(),
        None => serde_json::json!({ name: fields }),
    }
}

/// A message that is one, with texts that may be anything.
fn right(types: &'static [&'static str]) -> impl Strategy<Value = String> {
    let text =
        prop_oneof![4 => prop::sample::select(&TEXTS[..]).prop_map(str::to_owned), 1 => ".{0,8}"];
    let kind = prop::sample::select(types);
    let people = prop::collection::vec(person(), 0..4);
    let of_ours = (kept::choices(), kept::file());
    (kind, people, text, of_ours).prop_map(|(kind, people, text, (choices, file))| {
        let fields = serde_json::json!({
            "people": people, "repository": text, "login": text, "kind": "pull", "isList": false,
            "target": text, "token": PASTED_TOKEN, "choices": choices, "text": file,
            "mark": "watched", "note": text,
        });
        named(kind, &fields).to_string()
    })
}

/// A message of some kind with fields that it should or should not have.
fn message(types: &'static [&'static str]) -> impl Strategy<Value = String> {
    let wild = crate::json(&NAMES, &TEXTS);
    let field = (
        prop::sample::select(&NAMES[..]),
        prop_oneof![
            prop::sample::select(&TEXTS[..]).prop_map(Value::from),
            wild.clone()
        ],
    );
    let people = prop::collection::vec(prop_oneof![6 => person(), 1 => wild.clone()], 0..4);
    let object = (
        prop::sample::select(&ANY[..]),
        prop::collection::vec(field, 0..4),
        prop::option::weighted(0.7, people),
    )
        .prop_map(|(kind, fields, people)| {
            let mut object: Map<String, Value> = fields
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect();
            if let Some(people) = people {
                object.insert("people".to_owned(), people.into());
            }
            named(kind, &object.into()).to_string()
        });
    prop_oneof![
        16 => right(types),
        8 => object,
        1 => wild.prop_map(|json| json.to_string()),
        1 => ".{0,30}",
    ]
}

/// Says something about the first run.
fn of_run(message: &Value) -> Value {
    let run = start().as_millisecond();
    serde_json::json!({ "ofRun": { "run": run, "message": message } })
}

/// A message of the triage page, mostly one that is right.
fn triage_message() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        4 => prop::collection::vec(prop::sample::select(&TEXTS[..]), 0..5)
            .prop_map(|texts| texts.join("\n")),
        1 => ".{0,30}",
    ];
    let repository = prop_oneof![Just("acme/web".to_owned()), text.clone()];
    let which = prop::sample::select(vec![
        serde_json::json!("open"),
        serde_json::json!({ "lastOpened": { "count": 7 } }),
        serde_json::json!({ "closedSince": { "days": 30 } }),
        serde_json::json!({ "closedSince": { "days": 0 } }),
    ]);
    let start = (repository, which).prop_map(|(repository, which)| {
        let source = serde_json::json!({ "repository": {
            "repository": repository, "items": "pullRequests", "which": which,
        } });
        named("start", &serde_json::json!({ "source": source }))
    });
    let paste = text.prop_map(|text| {
        named(
            "start",
            &serde_json::json!({ "source": { "text": { "text": text } } }),
        )
    });
    let of_rows = prop::collection::vec(0_u32..9, 0..4).prop_map(|rows| {
        let kind = if rows.len() % 2 == 0 { "view" } else { "retry" };
        of_run(&named(kind, &serde_json::json!({ "rows": rows })))
    });
    let of_page = ["close", "refresh", "timeline"].map(Value::from);
    let alone = ["pause", "resume", "stop", "delete"].map(|it| of_run(&it.into()));
    let rest = prop::sample::select(
        of_page
            .into_iter()
            .chain(alone)
            .chain([
                serde_json::json!({ "show": {} }),
                serde_json::json!({ "show": { "run": 7.5, "repository": "acme/web" } }),
                of_run(&serde_json::json!({ "open": { "row": 0 } })),
                of_run(&serde_json::json!({ "open": { "row": 7 } })),
                of_run(&serde_json::json!({ "lookBack": {} })),
                of_run(&serde_json::json!({ "export": { "format": "csv", "hidesNames": false } })),
            ])
            .collect::<Vec<_>>(),
    );
    prop_oneof![3 => start, 3 => paste, 2 => of_rows, 4 => rest].prop_map(|it| it.to_string())
}

/// Headers that the engine reads, with right and wild values.
fn headers() -> impl Strategy<Value = Headers> {
    let names = vec![
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-ratelimit-resource",
        "retry-after",
        "etag",
        "x-oauth-scopes",
        "github-authentication-token-expiration",
        "x-github-sso",
        "link",
    ];
    let value = prop_oneof![
        any::<u64>().prop_map(|number| number.to_string()),
        (0_u64..5_000_000_000).prop_map(|number| number.to_string()),
        prop::sample::select(vec![
            "0",
            "-1",
            "graphql",
            "core",
            "2026-11-24 12:00:00 UTC"
        ])
        .prop_map(str::to_owned),
        ".{0,12}",
    ];
    prop::collection::vec((prop::sample::select(names), value), 0..6)
        .prop_map(|headers| headers.into_iter().collect())
}

/// What becomes of a call.
fn answer() -> impl Strategy<Value = Result<HttpReply, Failure>> {
    let body = prop_oneof![
        Just(r#"{"data":{}}"#.to_owned()),
        Just(r#"{"data":null,"errors":[{"type":"RATE_LIMITED"}]}"#.to_owned()),
        crate::json(
            &["data", "errors", "message", "type", "u0"],
            &["User", "jo"]
        )
        .prop_map(|json| json.to_string()),
        ".{0,40}",
    ];
    let status = prop::sample::select(vec![200_u16, 304, 401, 403, 404, 429, 500, 502]);
    let reply = (status, headers(), body).prop_map(|(status, headers, body)| {
        Ok(HttpReply {
            status,
            headers,
            body,
        })
    });
    prop_oneof![8 => reply, 1 => Just(Err(Failure::Network)), 1 => Just(Err(Failure::TimedOut))]
}

fn start() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

/// An engine with a token, and one client of each kind.
fn engine() -> Engine {
    let settings = serde_json::json!({ "token": TOKEN }).to_string();
    let mut engine = Engine::new(Some(&settings), None, 1, start());
    for (id, kind) in [
        (1, ClientKind::Page),
        (2, ClientKind::Popup),
        (3, ClientKind::Options),
    ] {
        engine.handle(Event::Connected(ClientId(id), kind), start());
    }
    engine
}

/// Hands the engine an event and all that comes of it, with these answers in
/// turn; gives every effect.
fn handle(
    engine: &mut Engine,
    event: Event,
    answers: &mut impl Iterator<Item = Result<HttpReply, Failure>>,
) -> Vec<Effect> {
    let mut now = start();
    let mut open = vec![event];
    let mut effects = Vec::new();
    while let Some(event) = open.pop() {
        now = now + SignedDuration::from_secs(1);
        for effect in engine.handle(event, now) {
            match &effect {
                Effect::Load(logins) => open.push(Event::Loaded(logins.clone(), Vec::new())),
                Effect::LoadRecent(recent) => open.push(Event::Recent(recent.clone(), Vec::new())),
                Effect::Send(id, _) => {
                    open.extend(answers.next().map(|answer| Event::Answered(*id, answer)));
                }
                _ => {}
            }
            effects.push(effect);
        }
    }
    effects
}

/// An address that can be nothing but one of GitHub's API.
fn is_of_the_api(url: &str) -> bool {
    let path = url.strip_prefix(API);
    path.is_some_and(|path| {
        let is_plain = path.chars().all(|c| c.is_ascii_graphic() && c != '#');
        path.starts_with('/') && is_plain && !path.contains("..") && !path.contains('@')
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn a_page_can_only_ask(
        messages in prop::collection::vec(message(&OF_PAGES), 1..6),
        answers in prop::collection::vec(answer(), 0..40),
    ) {
        let mut engine = engine();
        let mut answers = answers.into_iter();
        for message in messages {
            let Ok(message) = json::from_str::<FromPage>(&message) else { continue };
            let event = Event::Page(ClientId(1), message);
            for effect in handle(&mut engine, event, &mut answers) {
                match effect {
                    Effect::Send(_, request) => {
                        prop_assert!(is_of_the_api(&request.url), "{}", request.url);
                        let body = request.body.unwrap_or_default();
                        prop_assert!(!body.contains(TOKEN) && !request.url.contains(TOKEN));
                    }
                    Effect::SaveSettings(_) | Effect::Wipe => {
                        prop_assert!(false, "a page has changed the settings");
                    }
                    Effect::NotifyPage(id, message) => {
                        prop_assert_eq!(id, ClientId(1));
                        let told = serde_json::to_string(&message).unwrap();
                        prop_assert!(!told.contains(TOKEN));
                    }
                    Effect::Save(people) => {
                        for (_, text) in people {
                            prop_assert!(!text.contains(TOKEN));
                        }
                    }
                    _ => {}
                }
            }
        }
    }

    /// Neither what is pasted nor what the store held leads anywhere else.
    #[test]
    fn a_run_asks_nobody_but_github_and_tells_no_token(
        messages in prop::collection::vec(triage_message(), 1..8),
        stored in prop::collection::vec(crate::json(&["head", "rows"], &TEXTS), 0..3),
        answers in prop::collection::vec(answer(), 0..40),
    ) {
        let mut engine = engine();
        let page = ClientId(4);
        engine.handle(Event::Connected(page, ClientKind::Triage), start());
        let stored = stored.iter().map(Value::to_string).collect();
        engine.handle(Event::RunsLoaded(stored), start());
        let mut answers = answers.into_iter();
        for message in messages {
            let message = json::from_str::<FromTriage>(&message).unwrap();
            for effect in handle(&mut engine, Event::Triage(page, message), &mut answers) {
                match effect {
                    Effect::Send(_, request) => {
                        prop_assert!(is_of_the_api(&request.url), "{}", request.url);
                        prop_assert!(!request.body.unwrap_or_default().contains(TOKEN));
                    }
                    Effect::SaveSettings(_) | Effect::Wipe => {
                        prop_assert!(false, "a run has changed the settings");
                    }
                    Effect::NotifyTriage(id, message) => {
                        prop_assert_eq!(id, page);
                        let told = serde_json::to_string(&message).unwrap();
                        prop_assert!(!told.contains(TOKEN));
                    }
                    Effect::SaveRun(records) => {
                        prop_assert!(records.iter().all(|(_, text)| !text.contains(TOKEN)));
                    }
                    _ => {}
                }
            }
        }
    }

    /// The popup and the options are ours; what they pass on is typed by
    /// somebody, or pasted from anywhere.
    #[test]
    fn our_own_pages_ask_nobody_but_github_and_hear_no_token(
        messages in prop::collection::vec((any::<bool>(), message(&OF_OURS)), 1..6),
        answers in prop::collection::vec(answer(), 0..40),
    ) {
        let mut engine = engine();
        let mut token = Some(TOKEN.to_owned());
        let mut answers = answers.into_iter();
        for (is_popup, message) in messages {
            let event = if is_popup {
                json::from_str::<FromPopup>(&message).map(|it| Event::Popup(ClientId(2), it))
            } else {
                json::from_str::<FromOptions>(&message).map(|it| Event::Options(ClientId(3), it))
            };
            let Ok(event) = event else { continue };
            let is_about_the_token = matches!(
                &event,
                Event::Options(
                    _,
                    FromOptions::SaveToken { .. } | FromOptions::DeleteToken | FromOptions::Wipe
                )
            );
            for effect in handle(&mut engine, event, &mut answers) {
                let told = match effect {
                    Effect::Send(_, request) => {
                        prop_assert!(is_of_the_api(&request.url), "{}", request.url);
                        continue;
                    }
                    Effect::SaveSettings(text) => {
                        let settings: Value = serde_json::from_str(&text).unwrap();
                        let kept = settings["token"].as_str().map(str::to_owned);
                        if is_about_the_token {
                            token = kept;
                        } else {
                            prop_assert_eq!(&kept, &token, "the token was not to be touched");
                        }
                        continue;
                    }
                    Effect::NotifyPopup(_, message) => serde_json::to_string(&message),
                    Effect::NotifyOptions(_, message) => serde_json::to_string(&message),
                    Effect::NotifyTriage(_, message) => serde_json::to_string(&message),
                    Effect::Wipe => {
                        prop_assert!(!is_popup, "the popup has wiped the store");
                        continue;
                    }
                    _ => continue,
                };
                // What somebody typed is said back to them, a token in the wrong place too.
                let told = told.unwrap();
                prop_assert!(!told.contains(TOKEN) && !told.contains(PASTED_TOKEN), "{}", told);
            }
        }
    }
}
