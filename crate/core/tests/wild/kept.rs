//! What a reader brings along in a file, and what another version may have
//! kept: it is refused whole, or it is what will be written again.

use bonafide_core::choices::Choices;
use bonafide_core::json;
use bonafide_core::own::vouched;
use bonafide_core::settings::{Settings, read_file};
use proptest::prelude::*;
use serde_json::Value;

const NAMES: [&str; 15] = [
    "bonafide",
    "choices",
    "people",
    "token",
    "owner",
    "login",
    "mark",
    "note",
    "policy",
    "tuned",
    "finding",
    "caution",
    "pagesOff",
    "freshMinutes",
    "listLookUps",
];

const TEXTS: [&str; 8] = [
    "jo",
    "trusted",
    "watched",
    "balanced",
    "classic",
    "prs-spread",
    "account-age",
    "issue",
];

/// Choices, of which some make sense.
pub fn choices() -> impl Strategy<Value = Value> {
    let tuned = (
        prop::sample::select(&TEXTS[3..7]),
        prop::sample::select(&TEXTS[5..8]),
        0_u32..50,
        0_u32..10_100,
    )
        .prop_map(|(policy, finding, caution, alert)| {
            serde_json::json!({
                "policy": policy, "finding": finding, "caution": caution, "alert": alert,
            })
        });
    let fields = (
        prop::sample::select(&TEXTS[3..5]),
        prop::collection::vec(tuned, 0..3),
        any::<[bool; 2]>(),
        prop_oneof![3 => 5_u32..361, 1 => any::<u32>()],
        prop_oneof![3 => 0_u32..61, 1 => any::<u32>()],
    );
    fields.prop_map(|(policy, tuned, [hides, sums], fresh, look_ups)| {
        serde_json::json!({
            "policy": policy, "tuned": tuned, "pagesOff": [], "hidesClear": hides, "showsPeopleLine": sums,
            "freshMinutes": fresh, "listLookUps": look_ups,
        })
    })
}

/// A file of ours, of another version, of another kind, or a list of people.
pub fn file() -> impl Strategy<Value = String> {
    let wild = || crate::json(&NAMES, &TEXTS);
    let people = prop_oneof![
        3 => Just(serde_json::json!([{ "login": "jo", "mark": "trusted", "note": "met" }])),
        1 => wild(),
    ];
    let ours = (
        prop_oneof![5 => Just(1_u64), 1 => any::<u64>()],
        prop_oneof![3 => choices(), 1 => wild()],
        people,
    )
        .prop_map(|(version, choices, people)| {
            serde_json::json!({
                "bonafide": version, "choices": choices, "people": people,
                "token": super::asked::OTHER_TOKEN,
            })
            .to_string()
        });
    let line = prop_oneof![
        4 => "-?(github:|gitlab:)?@?[a-z]{1,6}( [a-z ]{0,9})?",
        1 => "#.{0,9}",
        1 => r"\PC{0,12}",
    ];
    let list = prop::collection::vec(line, 0..6).prop_map(|lines| lines.join("\n"));
    prop_oneof![
        4 => ours,
        4 => list,
        1 => wild().prop_map(|json| json.to_string()),
        1 => ".{0,40}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_is_taken_over_is_what_is_written_again(text in file()) {
        if let Ok(import) = read_file(&text) {
            let choices = import.choices.unwrap_or_default();
            prop_assert_eq!(choices.clone().checked(), Ok(choices.clone()));
            let settings = Settings {
                choices,
                people: import.people.into(),
                ..Settings::default()
            };
            let again = read_file(&settings.to_file());
            let again = again.map(|it| (it.choices, it.people));
            prop_assert_eq!(again, Ok((Some(settings.choices), settings.people.into())));
        }
    }

    /// The list stands in a repository, where anybody may have written it.
    #[test]
    fn a_list_says_nothing_of_whom_it_does_not_name(text in file()) {
        let login = "nobody-is-called-so".parse().unwrap();
        prop_assert_eq!(vouched::said_of(&text, &login), None);
        if let Ok(entries) = vouched::read(&text) {
            for entry in entries {
                prop_assert!(vouched::said_of(&text, &entry.login).is_some());
            }
        }
    }

    #[test]
    fn wild_choices_make_a_policy_or_are_refused(choices in choices()) {
        if let Ok(choices) = json::from_str::<Choices>(&choices.to_string())
            && let Ok(choices) = choices.checked()
        {
            prop_assert_eq!(choices.to_policy().name(), choices.policy);
        }
    }
}
