//! The same odd answer to every call: it says nothing of anybody, and it is not
//! asked for again and again.

use crate::sim::{PAGE, Sim};
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::github::http::HttpReply;
use bonafide_core::message::{FromPage, FromPopup, ToPopup};
use bonafide_core::report::Level;
use bonafide_core::time::SignedDuration;
use fake_github::latency::Latency;

const MINUTES: SignedDuration = SignedDuration::from_mins(30);
const POPUP: ClientId = ClientId(9);

/// Two whole look-ups, each part of them tried twice, with some retries after
/// holds. What has no bound makes thousands of calls in half an hour.
const MOST_CALLS: usize = 60;

/// An answer of this status and body, with headers as `name: value` lines.
fn check(status: u16, headers: &str, body: &str) {
    for has_token in [true, false] {
        let new = if has_token {
            Sim::new
        } else {
            Sim::without_token
        };
        let mut sim = new(Latency::MODEL, 1);
        let lines = headers.lines().filter_map(|line| line.split_once(": "));
        sim.always = Some(HttpReply {
            status,
            headers: lines.collect(),
            body: body.to_owned(),
        });
        let told = format!("{status} {headers} {body:.60}, token {has_token}");
        sim.page(PAGE, &["ada-steady", "serial-sam"]);
        let login = "ada-steady".to_owned();
        sim.say(Event::Page(PAGE, FromPage::Open { login }));
        sim.say(Event::Connected(POPUP, ClientKind::Popup));
        let look_up = FromPopup::LookUp {
            target: "acme/web#21".to_owned(),
            repository: None,
            association: None,
            number: None,
            opened_at: None,
        };
        sim.say(Event::Popup(POPUP, look_up));
        sim.run(MINUTES);
        for (login, level) in sim.settled(PAGE) {
            assert_eq!(level, Level::Unknown, "{login}: {told}");
        }
        let report = &sim.reports[&(PAGE, "ada-steady".to_owned())];
        let is_gone = report.reasons.iter().any(|it| it.key == "reason_not_found");
        assert!(!is_gone, "{told}");
        assert!(sim.sent.len() <= MOST_CALLS, "{}: {told}", sim.sent.len());
        let is_ghost = |message: &ToPopup| matches!(message, ToPopup::Report { report, .. } if report.login == "ghost");
        assert!(!sim.to_popup.iter().any(is_ghost), "{told}");
    }
}

#[test]
fn no_odd_answer_says_anything_of_anybody() {
    const HTML: &str = "<!DOCTYPE html><html><title>Unicorn! &middot; GitHub</title>";
    for (status, headers, body) in [
        // Successes that hold nothing.
        (200, "", ""),
        (200, "", "null"),
        (200, "", "0"),
        (200, "", "{}"),
        (200, "", "[]"),
        (200, "", r#""ok""#),
        (200, "content-type: text/html", HTML),
        (200, "", r#"{"data":null}"#),
        (200, "", r#"{"data":{}}"#),
        (200, "", r#"{"data":[]}"#),
        (200, "", r#"{"data":{},"errors":[]}"#),
        (200, "", r#"{"data":{},"errors":null}"#),
        (200, "", r#"{"errors":[{}]}"#),
        (200, "", r#"{"errors":["Timeout"]}"#),
        (
            200,
            "",
            r#"{"data":{"u0":{}},"errors":[{"path":[0],"message":"?"}]}"#,
        ),
        (
            200,
            "",
            r#"{"data":{"u0":null,"u1":null},"errors":[{"message":"Timeout on validation of query"}]}"#,
        ),
        (
            200,
            "",
            r#"{"message":"Not Found","documentation_url":"https://docs.github.com"}"#,
        ),
        (200, "", r#"{"data":{"u0":{"pullRequests":{"totalCou"#),
        (200, "", "\u{0}\u{1}\u{2}"),
        (202, "", "{}"),
        (203, "", "[null]"),
        (204, "", ""),
        (206, "content-range: bytes 0-9/100", r#"{"data":{"#),
        // Nobody asked whether anything has changed.
        (304, "", ""),
        (304, r#"etag: W/"1""#, ""),
        // Somewhere else, nothing there, or somebody else's answer.
        (
            301,
            "location: https://api.github.com/repositories/1",
            r#"{"message":"Moved Permanently"}"#,
        ),
        (302, "location: https://login.example/", HTML),
        (307, "", ""),
        (400, "", "Whoa there!"),
        (405, "", ""),
        (407, "", "Proxy Authentication Required"),
        (409, "", r#"{"message":"Git Repository is empty."}"#),
        (418, "", ""),
        (421, "", ""),
        (425, "", ""),
        (431, "", HTML),
        (499, "", ""),
        (
            511,
            "content-type: text/html",
            "<html>Please log in to this network</html>",
        ),
        // GitHub, and what stands before it, in trouble.
        (500, "content-type: text/html", HTML),
        (501, "", ""),
        (502, "content-type: text/html", HTML),
        (503, "retry-after: 120", HTML),
        (
            504,
            "",
            r#"{"message":"We couldn't respond to your request in time."}"#,
        ),
        (520, "", ""),
        (521, "", ""),
        (525, "", ""),
        (530, "", ""),
        (599, "", ""),
    ] {
        check(status, headers, body);
    }
}
