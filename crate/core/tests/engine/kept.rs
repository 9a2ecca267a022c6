//! What is said of the store, and what becomes of what cannot be read in it.

use crate::sim::{Sim, StoreOfSettings};
use bonafide_core::choices::Choices;
use bonafide_core::engine::{ClientId, ClientKind, Event};
use bonafide_core::message::{FromOptions, ToOptions, TokenState};
use bonafide_core::own::Mark;
use bonafide_core::time::SignedDuration;
use bonafide_core::words::Key;
use fake_github::latency::Latency;
use fake_github::tokens;

const MINUTE: SignedDuration = SignedDuration::from_secs(60);
const OPTIONS: ClientId = ClientId(8);

fn sim() -> Sim {
    let mut sim = Sim::new(Latency::NONE, 1);
    sim.say(Event::Connected(OPTIONS, ClientKind::Options));
    sim
}

/// What the options are told of a person, a file, a deletion, in the event
/// itself and once the store has answered.
fn told_before_and_after(store: StoreOfSettings, message: FromOptions) -> (usize, Vec<ToOptions>) {
    let mut sim = sim();
    sim.run(MINUTE);
    sim.store = store;
    sim.to_options.clear();
    sim.say(Event::Options(OPTIONS, message));
    let before = sim.to_options.len();
    // What is told meanwhile tells nothing of it either.
    sim.say(Event::Options(OPTIONS, FromOptions::Status));
    assert_eq!(sim.to_options.len(), before);
    sim.run(MINUTE);
    (before, sim.to_options)
}

#[test]
fn nothing_is_confirmed_before_the_store_has_it() {
    let not_kept = ToOptions::Refused {
        sentence: Key::NotKept.alone(),
    };
    let person = FromOptions::SetPerson {
        login: "ada".to_owned(),
        mark: Some(Mark::Trusted),
        note: String::new(),
    };
    let choices = FromOptions::SetChoices {
        choices: Choices::default(),
    };
    let import = FromOptions::Import {
        text: "ada\n".to_owned(),
    };
    for message in [
        person,
        choices,
        import,
        FromOptions::Wipe,
        FromOptions::DeleteToken,
    ] {
        let (before, told) = told_before_and_after(StoreOfSettings::Takes, message.clone());
        assert_eq!(before, 0, "{message:?}");
        assert!(matches!(
            told.last(),
            Some(ToOptions::Status { is_kept: true, .. })
        ));
        assert!(!told.contains(&not_kept), "{message:?}");

        let (before, told) = told_before_and_after(StoreOfSettings::Refuses, message.clone());
        assert_eq!(before, 0, "{message:?}");
        assert!(matches!(
            told.last(),
            Some(ToOptions::Status { is_kept: false, .. })
        ));
        let confirmed = told
            .iter()
            .any(|it| matches!(it, ToOptions::Wiped | ToOptions::Imported { .. }));
        assert!(!confirmed, "{message:?}: {told:?}");
    }
}

#[test]
fn what_cannot_be_read_whole_is_put_aside_before_it_is_overwritten() {
    let token = tokens::CLASSIC;
    let newer = format!(
        r#"{{"bonafide":2,"token":"{token}","teams":["core"],"people":[{{"login":"ada","mark":"trusted","note":"","since":7}},{{"login":"eve","mark":"adored","note":""}}]}}"#
    );
    for kept in [newer.as_str(), r#"{"bonafide":1,"people":[{"login":"ad"#] {
        let mut sim = Sim::new(Latency::MODEL, 1);
        sim.settings = Some(kept.to_owned());
        // A store that takes nothing keeps what it has.
        sim.store = StoreOfSettings::Refuses;
        sim.restart(&[]);
        sim.say(Event::Connected(OPTIONS, ClientKind::Options));
        sim.run(MINUTE);
        assert_eq!(sim.settings.as_deref(), Some(kept));

        sim.store = StoreOfSettings::Takes;
        for _ in 0..2 {
            let person = FromOptions::SetPerson {
                login: "mia".to_owned(),
                mark: Some(Mark::Watched),
                note: String::new(),
            };
            sim.say(Event::Options(OPTIONS, person));
            sim.run(MINUTE);
        }
        let aside: Vec<&str> = sim.set_aside.values().map(String::as_str).collect();
        assert_eq!(aside, [kept]);
        // The next worker reads all of it, and says so all the same.
        sim.restart(&[]);
        sim.to_options.clear();
        sim.say(Event::Connected(OPTIONS, ClientKind::Options));
        sim.say(Event::Options(OPTIONS, FromOptions::Status));
        let Some(ToOptions::Status {
            people,
            is_set_aside,
            token: status,
            ..
        }) = sim.to_options.first()
        else {
            panic!("the options were told nothing");
        };
        let is_newer = kept == newer;
        assert!(is_set_aside);
        assert_eq!(people.len(), if is_newer { 2 } else { 1 });
        assert_eq!(status.state != TokenState::None, is_newer);
        assert_eq!(sim.set_aside.len(), 1);
        sim.to_options.clear();
        sim.say(Event::Options(OPTIONS, FromOptions::ExportSetAside));
        sim.run(MINUTE);
        let text = kept.replace(token, "");
        assert!(sim.to_options.contains(&ToOptions::Exported { text }));
        sim.say(Event::Options(OPTIONS, FromOptions::Wipe));
        sim.run(MINUTE);
        assert!(sim.set_aside.is_empty());
    }
}
