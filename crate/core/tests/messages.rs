//! The words for every sentence the core can say are there, and no word is
//! there for a sentence that nobody says.

use bonafide_core::finding::FINDINGS;
use bonafide_core::words::{Forms, Key};
use std::collections::{BTreeMap, BTreeSet};

#[derive(serde::Deserialize)]
struct Message {
    message: String,
}

const LOCALES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../extension/_locales");

fn languages() -> Vec<String> {
    std::fs::read_dir(LOCALES)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect()
}

fn messages(language: &str) -> BTreeMap<String, Message> {
    let path = format!("{LOCALES}/{language}/messages.json");
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
        // What is counted is explained where a threshold can be tuned.
        let tuned = [finding.balanced, finding.classic].into_iter().flatten();
        let is_tunable = tuned.into_iter().any(|rule| rule.thresholds.is_some());
        let sees = is_tunable.then(|| format!("finding_{id}_sees"));
        sees.into_iter().chain([format!("finding_{id}_title")])
    });
    sentences.chain(explanations).collect()
}

#[test]
fn every_sentence_has_words() {
    let messages = messages("en");
    let missing: Vec<_> = sayable()
        .into_iter()
        .filter(|name| messages.get(name).is_none_or(|m| m.message.is_empty()))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn no_words_are_left_over() {
    let sayable = sayable();
    let ours = ["finding_", "reason_", "adjustment_", "target_", "short_"];
    let left_over: Vec<_> = messages("en")
        .into_keys()
        .filter(|name| ours.iter().any(|prefix| name.starts_with(prefix)))
        .filter(|name| !sayable.contains(name))
        .collect();
    assert_eq!(left_over, Vec::<String>::new());
}

/// A short reason stands in a row beside a name: some 30 characters, with
/// numbers of three digits.
#[test]
fn every_call_has_a_name_in_the_timeline() {
    let source = include_str!("../src/github/call.rs");
    let names = source.split("pub const fn name(&self)").nth(1).unwrap();
    let names = names.split("\n    }\n").next().unwrap();
    let english = messages("en");
    // Between quotation marks stands a name.
    let names: Vec<&str> = names.split('"').skip(1).step_by(2).collect();
    assert!(names.len() > 15, "{names:?}");
    for name in names {
        assert!(english.contains_key(&format!("ui_call_{name}")), "{name}");
    }
}

#[test]
fn short_reasons_are_short() {
    const MOST: usize = 36;
    for language in languages() {
        for (name, Message { message }) in messages(&language) {
            if !name.starts_with("short_") {
                continue;
            }
            let filled = message.replace("$1", "100").replace("$2", "100");
            let length = filled.chars().count();
            assert!(
                length <= MOST,
                "{name} in {language} has {length}: {filled}"
            );
        }
    }
}

/// Facts about activity, never about the person.
#[test]
fn no_sentence_judges_a_person() {
    let sayable = sayable();
    for (language, judgements) in [
        (
            "en",
            "bot bots spam spammer ai fake suspicious slop malicious",
        ),
        (
            "de",
            "bot bots spam spammer ki unecht verdächtig müll bösartig",
        ),
    ] {
        let judgements: BTreeSet<_> = judgements.split(' ').collect();
        for (name, Message { message }) in messages(language) {
            let text = message.to_lowercase();
            let mut words = text.split(|c: char| !c.is_alphanumeric());
            let judgement = words.find(|word| judgements.contains(word));
            assert_eq!(
                judgement.filter(|_| sayable.contains(&name)),
                None,
                "{name} in {language}"
            );
        }
    }
}

/// A message that one language lacks would be said in another.
#[test]
fn every_language_says_everything() {
    let english = messages("en");
    let names: Vec<_> = english.keys().collect();
    for language in languages() {
        let theirs = messages(&language);
        let has: BTreeSet<_> = theirs.keys().collect();
        let lacks: Vec<_> = names.iter().filter(|name| !has.contains(**name)).collect();
        assert!(lacks.is_empty(), "{language} lacks {lacks:?}");
        // A language may have more plural forms than English, of what English counts.
        let surplus: Vec<_> = theirs
            .keys()
            .filter(|name| !english.contains_key(*name) && !is_plural_form(name, &english))
            .collect();
        assert!(surplus.is_empty(), "{language} also has {surplus:?}");
        for (name, theirs) in &theirs {
            let Some(ours) = english.get(name) else {
                continue;
            };
            assert_eq!(
                places(&theirs.message),
                places(&ours.message),
                "the places of {name} in {language}"
            );
        }
    }
}

fn is_plural_form(name: &str, english: &BTreeMap<String, Message>) -> bool {
    ["_zero", "_two", "_few", "_many"]
        .iter()
        .filter_map(|form| name.strip_suffix(form))
        .any(|name| english.contains_key(&format!("{name}_other")))
}

/// The places that a message leaves for numbers and names.
fn places(message: &str) -> BTreeSet<char> {
    let after_dollar = message.split('$').skip(1);
    after_dollar
        .filter_map(|text| text.chars().next())
        .collect()
}
