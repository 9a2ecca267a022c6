//! The words for every sentence the core can say are there, and no word is
//! there for a sentence that nobody says.

use bonafide_core::finding::FINDINGS;
use bonafide_core::words::{Forms, Key};
use std::collections::{BTreeMap, BTreeSet};

#[derive(serde::Deserialize)]
struct Message {
    message: String,
}

fn messages() -> BTreeMap<String, Message> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../extension/_locales/en/messages.json"
    );
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The names of all messages that the core's sentences lead to.
fn sayable() -> BTreeSet<String> {
    let sentences = Key::ALL.iter().flat_map(|key| {
        let name = key.as_str();
        match key.forms() {
            Forms::Plain => vec![name.to_owned()],
            Forms::Plural => vec![format!("{name}_one"), format!("{name}_other")],
        }
    });
    let explanations = FINDINGS.iter().flat_map(|finding| {
        let id = finding.id.replace('-', "_");
        [format!("finding_{id}_title"), format!("finding_{id}_sees")]
    });
    sentences.chain(explanations).collect()
}

#[test]
fn every_sentence_has_words() {
    let messages = messages();
    let missing: Vec<_> = sayable()
        .into_iter()
        .filter(|name| messages.get(name).is_none_or(|m| m.message.is_empty()))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn no_words_are_left_over() {
    let sayable = sayable();
    let ours = ["finding_", "reason_", "adjustment_", "target_"];
    let left_over: Vec<_> = messages()
        .into_keys()
        .filter(|name| ours.iter().any(|prefix| name.starts_with(prefix)))
        .filter(|name| !sayable.contains(name))
        .collect();
    assert_eq!(left_over, Vec::<String>::new());
}

/// Facts about activity, never about the person.
#[test]
fn no_sentence_judges_a_person() {
    for name in sayable() {
        let text = messages()[&name].message.to_lowercase();
        let words: BTreeSet<_> = text.split(|c: char| !c.is_alphanumeric()).collect();
        for judgement in [
            "bot",
            "bots",
            "spam",
            "spammer",
            "ai",
            "fake",
            "suspicious",
            "slop",
        ] {
            assert!(!words.contains(judgement), "{name}: {text}");
        }
    }
}
