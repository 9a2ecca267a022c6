//! What comes in part, is kept from the token, or is refused to it.

use crate::sim::{PAGE, Sim, look_up};
use bonafide_core::choices::Choices;
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::evidence::{Association, GapReason, Part};
use bonafide_core::github::Token;
use bonafide_core::message::{FromPage, PersonOnPage, ToPopup};
use bonafide_core::policy::PolicyName;
use bonafide_core::report::{AuthorReport, Level};
use bonafide_core::settings::Settings;
use bonafide_core::time::{SignedDuration, Timestamp};
use fake_github::latency::Latency;
use fake_github::tokens;
use serde_json::{Value, json};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// How many calls had an address with this in it.
fn sent(sim: &Sim, part: &str) -> usize {
    let urls = sim.sent.iter().map(|(_, request)| &request.url);
    urls.filter(|url| url.contains(part)).count()
}

/// The level of an opener by the rules of `classic`, whom a search without a
/// token shows in part, and how often that search was made.
fn check_cut_short(items: usize, times: Option<u32>) -> (Level, usize) {
    let choices = Choices {
        policy: PolicyName::Classic,
        ..Choices::default()
    };
    let settings = Settings {
        choices,
        ..Settings::default()
    };
    let mut sim = Sim::with_settings(&settings, Latency::MODEL, 1);
    let action = format!("incomplete-results:{items}");
    let mut fault = json!({ "match": { "operation": "is:issue" }, "do": action });
    if let Some(times) = times {
        fault["times"] = times.into();
    }
    sim.faults(json!([fault]));
    sim.page(PAGE, &["dup-dora"]);
    sim.run(MINUTE);
    (sim.settled(PAGE)["dup-dora"], sent(&sim, "is%3Aissue"))
}

#[test]
fn a_search_that_ran_out_of_time_is_asked_once_more() {
    // Six duplicates are more than enough, whatever else there is.
    for (items, expected) in [(0, Level::Unknown), (1, Level::Unknown), (6, Level::Alert)] {
        assert_eq!(check_cut_short(items, None), (expected, 2), "{items}");
        let then_all = check_cut_short(items, Some(1));
        assert_eq!(then_all, (Level::Alert, 2), "{items}, then all");
    }
}

#[test]
fn what_came_in_part_is_asked_for_again_when_somebody_asks() {
    let mut sim = Sim::without_token(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "operation": "is:" }, "do": "incomplete-results:1" }]));
    sim.page(PAGE, &["serial-sam"]);
    sim.run(MINUTE * 2);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Unknown);
    sim.faults(json!([]));
    // Long before what is known is old.
    sim.people(PAGE, &["serial-sam"]);
    sim.run(MINUTE);
    assert_eq!(sim.settled(PAGE)["serial-sam"], Level::Alert);
}

#[test]
fn the_next_page_of_organizations_is_fetched_where_it_decides() {
    for (fault, expected) in [
        (json!([]), Level::Clear),
        (
            json!([{ "match": { "operation": "page=2" }, "do": "502" }]),
            Level::Unknown,
        ),
    ] {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(fault);
        sim.page(PAGE, &["many-orgs-mia"]);
        sim.run(MINUTE);
        assert_eq!(sim.settled(PAGE)["many-orgs-mia"], expected);
        assert!((1..=2).contains(&sent(&sim, "orgs?per_page=100&page=2")));
    }
}

/// What the popup is told of an issue in `acme/web`, with these faults, and how
/// many calls for it were made with a token and without.
fn check_opener(faults: Value) -> (Vec<String>, usize, usize) {
    let popup = ClientId(9);
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(faults);
    sim.say(Event::Connected(popup, ClientKind::Popup));
    let typed = look_up("acme/web#21");
    sim.say(Event::Popup(popup, typed));
    sim.run(MINUTE);
    let told = sim.to_popup.iter().filter_map(|message| match message {
        ToPopup::Refused { sentence } => Some(sentence.key.clone()),
        ToPopup::Report { report, .. } => Some(report.login.clone()),
        _ => None,
    });
    let mut told: Vec<String> = told.collect();
    told.dedup();
    let asked = sim.sent.iter().map(|(_, request)| request);
    let openers = asked.filter(|it| it.url.contains("/repos/acme/web/issues/"));
    let (with, without): (Vec<_>, Vec<_>) = openers.partition(|it| it.token.is_some());
    (told, with.len(), without.len())
}

#[test]
fn who_opened_something_public_is_asked_without_a_token_that_is_not_admitted() {
    let opener = vec!["private-priya".to_owned()];
    assert_eq!(check_opener(json!([])), (opener.clone(), 1, 0));
    for fault in [
        "forbids-lifetime",
        "forbids-classic",
        "forbids-address",
        "forbids-apps",
        "saml",
    ] {
        let of =
            |token| json!({ "match": { "operation": "/repos/", "token": token }, "do": fault });
        assert_eq!(
            check_opener(json!([of(true)])),
            (opener.clone(), 1, 1),
            "{fault}"
        );
        let forbidden = vec!["target_forbidden".to_owned()];
        let told = check_opener(json!([of(true), of(false)]));
        assert_eq!(told, (forbidden.clone(), 1, 1), "{fault}");
        let spent =
            json!({ "match": { "operation": "/repos/", "token": false }, "do": "403-primary" });
        assert_eq!(
            check_opener(json!([of(true), spent])),
            (forbidden, 1, 1),
            "{fault}"
        );
    }
}

#[test]
fn what_is_kept_from_the_token_is_asked_without_it() {
    let orgs = |action: &str, token| json!({ "match": { "operation": "/orgs", "token": token }, "do": action });
    for action in ["partial-results", "forbids-lifetime", "saml"] {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(json!([orgs(action, true)]));
        sim.page(PAGE, &["many-orgs-mia"]);
        sim.run(MINUTE);
        assert_eq!(sim.settled(PAGE)["many-orgs-mia"], Level::Clear, "{action}");

        // Once the address has no calls left, nobody asks without the token.
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(json!([orgs(action, true), orgs("403-primary", false)]));
        sim.page(PAGE, &["many-orgs-mia", "member-mo"]);
        sim.run(MINUTE);
        assert_eq!(
            sim.settled(PAGE)["many-orgs-mia"],
            Level::Unknown,
            "{action}"
        );
        let anonymous = sim.sent.iter().filter(|(_, it)| it.token.is_none()).count();
        assert!(anonymous <= 2, "{action}: {anonymous} calls");
        // The token's own limits are not touched.
        sim.faults(json!([]));
        sim.page(ClientId(2), &["patchy-pat"]);
        sim.run(MINUTE);
        assert_eq!(sim.settled(ClientId(2))["patchy-pat"], Level::Caution);
    }
}

#[test]
fn history_here_is_asked_without_a_token_that_is_not_admitted() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    sim.faults(json!([{ "match": { "operation": "query Here" }, "do": "forbids-lifetime" }]));
    sim.page(PAGE, &["ada-steady"]);
    let login = "ada-steady".to_owned();
    sim.say(Event::Page(PAGE, FromPage::Open { login }));
    sim.run(MINUTE);
    let report = &sim.reports[&(PAGE, "ada-steady".to_owned())];
    assert!(
        report.gaps.iter().all(|gap| gap.part != Part::Here),
        "{:?}",
        report.gaps
    );
    assert_eq!(sent(&sim, "/search/issues"), 1);
}

/// The level of somebody who opened something in a repository today, as a
/// conversation shows it, as a list does, and with the gaps of the report.
fn opened_in(
    repository: &str,
    association: Option<Association>,
    token: Option<&str>,
) -> (Level, Level, Vec<GapReason>) {
    let told = |is_list: bool| {
        let settings = Settings {
            token: token.map(|it| Token::parse(it).unwrap()),
            ..Settings::default()
        };
        let mut sim = Sim::with_settings(&settings, Latency::MODEL, 1);
        sim.say(Event::Connected(PAGE, ClientKind::Page));
        let login = "blank-bo".to_owned();
        let person = PersonOnPage {
            login: login.clone(),
            is_opener: !is_list,
            is_in_view: true,
            association,
            opened_at: Some("2026-11-21T08:00:00Z".to_owned()),
        };
        let people = FromPage::People {
            number: None,
            repository: Some(repository.to_owned()),
            kind: "pulls".to_owned(),
            people: vec![person],
            is_list,
        };
        sim.say(Event::Page(PAGE, people));
        sim.run(MINUTE);
        let level = sim.settled(PAGE)["blank-bo"];
        let open = FromPage::Open {
            login: login.clone(),
        };
        sim.say(Event::Page(PAGE, open));
        sim.run(MINUTE);
        (level, sim.reports[&(PAGE, login)].clone())
    };
    let ((level, report), (on_list, listed)) = (told(false), told(true));
    let gaps = |report: &AuthorReport| report.gaps.iter().map(|gap| gap.reason).collect::<Vec<_>>();
    if token.is_some() {
        assert_eq!(gaps(&report), gaps(&listed));
    }
    (level, on_list, gaps(&report))
}

#[test]
fn what_somebody_opened_where_not_everybody_looks_is_no_reason_to_doubt_them() {
    let (hidden, seen) = (vec![GapReason::RepositoryHidden], vec![]);
    for association in [
        None,
        Some(Association::None),
        Some(Association::FirstTimer),
        Some(Association::FirstTimeContributor),
        Some(Association::Contributor),
    ] {
        for (token, gaps) in [(tokens::CLASSIC, &hidden), (tokens::CLASSIC_REPO, &seen)] {
            let told = opened_in("acme/secret", association, Some(token));
            let expected = (Level::Quiet, Level::Quiet, gaps.clone());
            assert_eq!(told, expected, "{association:?} {token}");
        }
        // Without a token lists look up nobody.
        let (level, _, gaps) = opened_in("acme/secret", association, None);
        assert_eq!(level, Level::Quiet, "{gaps:?}");
        assert!(gaps.contains(&GapReason::RepositoryHidden), "{gaps:?}");
        // What everybody could see is missing from the record.
        let (level, on_list, gaps) = opened_in("acme/web", association, Some(tokens::CLASSIC));
        assert_eq!((level, on_list), (Level::Unknown, Level::Unknown));
        assert!(gaps.contains(&GapReason::NotSearchable), "{gaps:?}");
    }
}

#[test]
fn a_schema_without_duplicates_costs_them_alone() {
    let lacks =
        json!([{ "match": { "operation": "enableDuplicate: true" }, "do": "no-enable-duplicate" }]);
    let logins = [
        "patchy-pat",
        "issue-ike",
        "serial-sam",
        "newcomer-nia",
        "gen-1",
        "gen-2",
    ];
    let levels = |faults: Value| {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(faults);
        sim.page(PAGE, &logins);
        sim.run(MINUTE);
        (sim.settled(PAGE), sim.sent.len())
    };
    let ((whole, calls), (without, more)) = (levels(json!([])), levels(lacks));
    assert_eq!(without, whole);
    // Once for each call that had left before the first refusal came.
    assert!(more <= calls + 6, "{more} calls instead of {calls}");
}

#[test]
fn a_next_page_counts_before_the_total() {
    let told = |faults: Value| {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.faults(faults);
        sim.page(PAGE, &["busy-bea"]);
        sim.run(MINUTE);
        let calls = sim.github.log().calls();
        let pages = calls.iter().filter(|it| it.operation == "PullRequests");
        (sim.settled(PAGE)["busy-bea"], pages.count())
    };
    let whole = told(json!([]));
    assert!(whole.1 > 1, "{whole:?}");
    let operation = json!({ "operation": "query PullRequests" });
    let fault = json!([{ "match": operation, "do": "total-of-page" }]);
    assert_eq!(told(fault), whole, "the next page is not passed over");
}

#[test]
fn no_moment_in_the_past_is_told() {
    for seconds in [1, 360, 86_400] {
        let mut sim = Sim::new(Latency::MODEL, 1);
        let fault = format!("past-reset:{seconds}");
        sim.faults(json!([{ "match": { "login": "patchy-pat" }, "do": fault }]));
        sim.page(PAGE, &["patchy-pat"]);
        let login = "patchy-pat".to_owned();
        sim.say(Event::Page(PAGE, FromPage::Open { login }));
        sim.run(MINUTE);
        let report = &sim.reports[&(PAGE, "patchy-pat".to_owned())];
        assert!(!report.gaps.is_empty());
        for gap in &report.gaps {
            let until = gap
                .until
                .as_ref()
                .map(|it| it.parse::<Timestamp>().unwrap());
            assert!(until.is_none_or(|it| it >= sim.now - MINUTE), "{gap:?}");
        }
    }
}
