//! What the project depends on, compared with `deny.toml`: licences, and crates that are there in two versions.
//!
//! cargo-deny checks the same, but takes longer to compile than all of this project. So this reads the two lists that
//! matter of its configuration, and cargo-deny itself runs only where somebody has installed it. It alone knows
//! advisories, whose data it fetches.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use spdx::{Expression, ParseMode};
use xshell::cmd;

use crate::metadata::{self, Package};
use crate::tally::Tally;
use crate::workspace::Workspace;

/// What is read of `deny.toml`.
#[derive(Deserialize)]
struct Rules {
    graph: Graph,
    licenses: Licenses,
    bans: Bans,
}

#[derive(Deserialize)]
struct Graph {
    targets: Vec<String>,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Bans {
    skip: Vec<Skip>,
}

/// One version, `name@version`, that may stand beside another.
#[derive(Deserialize)]
struct Skip {
    #[serde(rename = "crate")]
    package: String,
}

/// Fails with every crate that breaks a rule.
pub fn check(workspace: &Workspace) -> Result<Tally> {
    let text = workspace.shell.read_file(workspace.path("deny.toml"))?;
    let rules: Rules = toml::from_str(&text).context("deny.toml is not understood")?;
    let packages = metadata::dependencies(workspace, &rules.graph.targets)?;
    let mut faults = license_faults(&packages, &rules.licenses.allow);
    faults.extend(version_faults(&packages, &rules.bans.skip));
    if faults.is_empty() {
        return Ok(Tally::ONE_PASSED);
    }
    bail!("deny.toml is not kept:\n  {}", faults.join("\n  "))
}

/// Runs cargo-deny where it is installed, and says what it could not look at.
pub fn check_by_cargo_deny(workspace: &Workspace) -> Result<Tally> {
    let shell = &workspace.shell;
    let is_installed = cmd!(shell, "cargo deny --version")
        .quiet()
        .ignore_stdout()
        .ignore_stderr()
        .run()
        .is_ok();
    if !is_installed {
        println!(
            "cargo-deny is not installed, so nobody looked for advisories (cargo install --locked cargo-deny)"
        );
        return Ok(Tally::ONE_SKIPPED);
    }
    let mut tally = Tally::default();
    cmd!(
        shell,
        "cargo deny --log-level error --locked check bans licenses sources"
    )
    .quiet()
    .run()
    .context("see above")?;
    tally.add(Tally::ONE_PASSED);
    let has_advisories = cmd!(shell, "cargo deny --log-level error fetch db")
        .quiet()
        .ignore_stderr()
        .run()
        .is_ok();
    if !has_advisories {
        println!("The advisories could not be fetched, so nobody looked for them");
        tally.add(Tally::ONE_SKIPPED);
        return Ok(tally);
    }
    cmd!(
        shell,
        "cargo deny --log-level error --locked check --disable-fetch advisories"
    )
    .quiet()
    .run()
    .context("see above")?;
    tally.add(Tally::ONE_PASSED);
    Ok(tally)
}

fn license_faults(packages: &[Package], allowed: &BTreeSet<String>) -> Vec<String> {
    let may_be_used = |package: &Package| {
        let license = package.license.as_deref().unwrap_or_default();
        // Crates published years ago write `MIT/Apache-2.0`.
        Expression::parse_mode(license, ParseMode::LAX)
            .is_ok_and(|it| it.evaluate(|part| allowed.contains(&part.to_string())))
    };
    packages
        .iter()
        .filter(|package| !may_be_used(package))
        .map(|package| {
            format!(
                "{package} has the licence `{}`, which is not in licenses.allow",
                package.license.as_deref().unwrap_or("none"),
            )
        })
        .collect()
}

fn version_faults(packages: &[Package], skips: &[Skip]) -> Vec<String> {
    let mut skips: BTreeSet<&str> = skips.iter().map(|skip| skip.package.as_str()).collect();
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in packages {
        if !skips.remove(package.to_string().as_str()) {
            versions
                .entry(&package.name)
                .or_default()
                .push(&package.version);
        }
    }
    let twice = versions
        .into_iter()
        .filter(|(_, versions)| versions.len() > 1)
        .map(|(name, versions)| {
            format!(
                "{name} is there as {}: use one, or explain another in bans.skip",
                versions.join(" and ")
            )
        });
    let gone = skips
        .into_iter()
        .map(|skip| format!("{skip} is not used any more: take it out of bans.skip"));
    twice.chain(gone).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str, version: &str, license: Option<&str>) -> Package {
        let json = serde_json::json!({
            "name": name, "version": version, "license": license, "source": "registry", "id": name,
        });
        serde_json::from_value(json).unwrap()
    }

    #[track_caller]
    fn check_license(license: Option<&str>, is_fine: bool) {
        let allowed = ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"];
        let allowed = allowed.map(str::to_owned).into();
        let faults = license_faults(&[package("a", "1.0.0", license)], &allowed);
        assert_eq!(faults.is_empty(), is_fine, "{license:?}: {faults:?}");
    }

    #[test]
    fn a_license_is_allowed_by_its_expression() {
        check_license(Some("MIT"), true);
        check_license(Some("MIT OR GPL-3.0-only"), true);
        check_license(Some("MIT/Apache-2.0"), true);
        check_license(Some("MIT AND ISC"), true);
        check_license(Some("Apache-2.0 WITH LLVM-exception"), true);
        check_license(Some("Apache-2.0"), false);
        check_license(Some("MIT AND GPL-3.0-only"), false);
        check_license(Some("Mine"), false);
        check_license(None, false);
    }

    #[track_caller]
    fn check_versions(packages: &[(&str, &str)], skips: &[&str], expected: &[&str]) {
        let packages: Vec<Package> = packages
            .iter()
            .map(|(name, version)| package(name, version, None))
            .collect();
        let skips: Vec<Skip> = skips
            .iter()
            .map(|skip| Skip {
                package: (*skip).to_owned(),
            })
            .collect();
        let faults = version_faults(&packages, &skips);
        assert_eq!(faults.len(), expected.len(), "{faults:?}");
        for (fault, part) in faults.iter().zip(expected) {
            assert!(fault.contains(part), "{fault}");
        }
    }

    #[test]
    fn a_second_version_needs_a_reason() {
        check_versions(&[("a", "1.0.0"), ("b", "2.0.0")], &[], &[]);
        let twice = [("a", "1.0.0"), ("a", "2.0.0")];
        check_versions(&twice, &[], &["a is there as 1.0.0 and 2.0.0"]);
        check_versions(&twice, &["a@1.0.0"], &[]);
        check_versions(
            &[("a", "2.0.0")],
            &["a@1.0.0"],
            &["a@1.0.0 is not used any more"],
        );
    }
}
