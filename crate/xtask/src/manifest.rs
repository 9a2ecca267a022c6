//! The one `manifest.json`, and the few lines in which the browsers differ.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use crate::setup::Browser;
use crate::workspace::VERSION;

/// The manifest for one browser, with the workspace's version in it.
pub fn for_browser(source: &str, browser: Browser) -> Result<String> {
    let mut manifest: Map<String, Value> =
        serde_json::from_str(source).context("manifest.json is no JSON object")?;
    manifest.insert("version".to_owned(), VERSION.into());
    let background = manifest
        .get_mut("background")
        .and_then(Value::as_object_mut)
        .context("manifest.json has no background")?;
    match browser {
        Browser::Chromium => {
            background.remove("scripts");
            manifest.remove("browser_specific_settings");
        }
        Browser::Firefox => {
            background.remove("service_worker");
            manifest.remove("minimum_chrome_version");
        }
    }
    Ok(serde_json::to_string_pretty(&manifest)? + "\n")
}

/// Refuses a manifest that names a message which the default language has not got: Chrome would not load it.
pub fn check_messages(manifest: &str, messages: &str) -> Result<()> {
    let messages: Map<String, Value> =
        serde_json::from_str(messages).context("_locales/en/messages.json is no JSON object")?;
    for part in manifest.split("__MSG_").skip(1) {
        let name = part.split("__").next().unwrap_or_default();
        if !messages.contains_key(name) {
            bail!(
                "manifest.json names the message `{name}`, which extension/_locales/en/messages.json has not got"
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"{
        "background": {"service_worker": "a.js", "scripts": ["a.js"], "type": "module"},
        "browser_specific_settings": {"gecko": {"id": "x@y"}},
        "minimum_chrome_version": "120"
    }"#;

    #[track_caller]
    fn check(browser: Browser, expected: &str) {
        let made: Value = serde_json::from_str(&for_browser(SOURCE, browser).unwrap()).unwrap();
        let expected: Value = serde_json::from_str(&expected.replace("VERSION", VERSION)).unwrap();
        assert_eq!(made, expected);
    }

    #[test]
    fn each_browser_keeps_its_own() {
        check(
            Browser::Chromium,
            r#"{"version": "VERSION", "background": {"service_worker": "a.js", "type": "module"}, "minimum_chrome_version": "120"}"#,
        );
        check(
            Browser::Firefox,
            r#"{"version": "VERSION", "background": {"scripts": ["a.js"], "type": "module"}, "browser_specific_settings": {"gecko": {"id": "x@y"}}}"#,
        );
    }

    /// Whom somebody looks at in a private window is kept nowhere, because
    /// Bonafide is not there.
    #[test]
    fn neither_browser_lets_it_into_private_windows() {
        let source = include_str!("../../../manifest.json");
        for browser in [Browser::Chromium, Browser::Firefox] {
            let made: Value = serde_json::from_str(&for_browser(source, browser).unwrap()).unwrap();
            assert_eq!(made["incognito"], "not_allowed");
        }
    }

    #[test]
    fn a_missing_message_is_named() {
        let error = check_messages(
            r#"{"name": "__MSG_name__", "x": "__MSG_other__"}"#,
            r#"{"name": {}}"#,
        )
        .unwrap_err();
        assert!(error.to_string().contains("`other`"), "{error}");
    }
}
