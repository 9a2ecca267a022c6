//! Whom a run is to be about: what is listed, read and refused.

use super::{MINUTE, SECOND, Told, begun, connect, finish, paste, start, until};
use crate::sim::Sim;
use bonafide_core::github::Token;
use bonafide_core::message::{RunState, TriageWhich};
use bonafide_core::report::Level;
use bonafide_core::settings::Settings;
use fake_github::latency::Latency;
use fake_github::tokens;

#[test]
fn a_repository_that_cannot_be_listed_is_told_in_a_sentence() {
    for (name, state, note) in [
        ("acme/gone", RunState::Stopped, "triage_repository_hidden"),
        ("acme/secret", RunState::Stopped, "triage_repository_hidden"),
        ("acme/empty", RunState::Finished, "triage_nothing"),
        ("acme/old-web", RunState::Finished, "triage_renamed"),
    ] {
        let mut sim = begun(name, TriageWhich::LastOpened { count: 20 });
        until(&mut sim, |run| run.state == state);
        let told = Told::of(&sim);
        let notes: Vec<_> = told.run().notes.iter().map(|it| it.key.as_str()).collect();
        assert_eq!(notes, [note], "{name}");
        assert_eq!(told.pending(), 0);
        let is_renamed = name == "acme/old-web";
        assert_eq!(
            told.run().repository.as_deref() == Some("acme/web"),
            is_renamed
        );
    }
}

#[test]
fn a_private_repository_is_listed_for_a_token_that_sees_it() {
    let settings = Settings {
        token: Token::parse(tokens::CLASSIC_REPO).ok(),
        ..Settings::default()
    };
    let mut sim = Sim::with_settings(&settings, Latency::MODEL, 1);
    connect(&mut sim);
    start(
        &mut sim,
        "acme/secret",
        TriageWhich::LastOpened { count: 20 },
    );
    finish(&mut sim);
    let told = Told::of(&sim);
    assert_eq!(told.run().notes, []);
    let authors: Vec<_> = told.rows.values().map(|it| it.login.as_deref()).collect();
    assert_eq!(authors, [Some("secret-sven"); 7]);
    assert_eq!(told.pending(), 0);
}

#[test]
fn what_cannot_begin_is_refused() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    for name in [
        "",
        "acme",
        "https://github.com/orgs/acme",
        "<b>/x",
        "https://github.com/acme",
    ] {
        start(&mut sim, name, TriageWhich::Open);
    }
    start(&mut sim, "acme/web", TriageWhich::LastOpened { count: 0 });
    start(&mut sim, "acme/web", TriageWhich::ClosedSince { days: 999 });
    paste(&mut sim, "a\0b");
    paste(&mut sim, &"a".repeat(2_000_001));
    paste(&mut sim, " \n,");
    sim.run(SECOND);
    assert_eq!(sim.sent, []);
    let expected = [
        ["triage_no_repository"; 5].as_slice(),
        &["choices_out_of_range"; 2],
        &["triage_not_text", "triage_text_too_large", "triage_empty"],
    ];
    assert_eq!(Told::of(&sim).refused, expected.concat());

    start(
        &mut sim,
        "https://github.com/acme/web/pulls?q=is%3Aopen",
        TriageWhich::Open,
    );
    assert_eq!(Told::of(&sim).refused.len(), expected.concat().len());
    let mut sim = Sim::without_token(Latency::MODEL, 1);
    connect(&mut sim);
    start(&mut sim, "acme/web", TriageWhich::Open);
    sim.run(MINUTE);
    assert_eq!(
        (Told::of(&sim).refused, sim.sent.len()),
        (vec!["triage_no_token".to_owned()], 0)
    );
}

#[test]
fn pasted_lists_are_looked_up_as_far_as_they_can_be_read() {
    let mut sim = Sim::new(Latency::MODEL, 1);
    connect(&mut sim);
    paste(
        &mut sim,
        "gen-1, @Gen-2\ngen-2\nacme/web#7\nhttps://github.com/acme/web/issues/999999\n\
         renovate[bot]\nacme\nno-such-login\nghost\n\u{fffd}\u{fffd}",
    );
    finish(&mut sim);
    let told = Told::of(&sim);
    let unread = [
        (5, "target_app".to_owned()),
        (9, "target_not_a_login".to_owned()),
    ];
    assert_eq!(told.unread, unread);
    let notes: Vec<_> = told.run().notes.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(notes, ["triage_repeated"]);
    // As GitHub spells it, and not as somebody typed it.
    assert!(
        told.rows
            .values()
            .any(|it| it.login.as_deref() == Some("gen-2"))
    );
    let rows: Vec<_> = told
        .rows
        .values()
        .map(|row| {
            let login = row.login.clone().unwrap_or_default();
            (
                login,
                row.level,
                row.failed.as_ref().map(|it| it.key.as_str()),
            )
        })
        .collect();
    assert_eq!(rows.len(), 7);
    assert!(
        rows.iter().all(|(_, level, _)| *level != Level::Pending),
        "{rows:?}"
    );
    assert_eq!(rows[3].2, Some("target_item_not_found"));
    let of = |name: &str| rows.iter().find(|it| it.0 == name).unwrap().1;
    assert_eq!(of("acme"), Level::Unknown);
    assert_eq!(of("no-such-login"), Level::Unknown);
    assert_eq!(of("ghost"), Level::Unknown);
    assert!(told.rows[&2].title.is_some());
}
