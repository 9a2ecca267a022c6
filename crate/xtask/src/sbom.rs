//! What the packages are made of, for programs: a bill of materials as CycloneDX describes it.
//!
//! cargo-cyclonedx writes one too, with the moment and a random number in it, and takes minutes to compile.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::metadata::{self, Package};
use crate::notices;
use crate::npm::{self, NpmPackage};
use crate::workspace::{VERSION, Workspace};

/// Where it is written, beside the zips.
pub fn file(workspace: &Workspace) -> PathBuf {
    workspace
        .path("dist")
        .join(format!("bonafide-{VERSION}.cdx.json"))
}

/// The bill: the same text from the same tree, because neither the moment nor a serial number stands in it. CycloneDX
/// asks for neither.
pub fn text(workspace: &Workspace) -> Result<String> {
    let checksums = checksums(&workspace.shell.read_file(workspace.path("Cargo.lock"))?)?;
    let mut components: Vec<Value> = metadata::shipped(workspace)?
        .iter()
        .map(|package| component(package, &checksums))
        .collect();
    components.extend(npm::shipped(workspace)?.iter().map(npm_component));
    components.push(json!({
        "type": "library",
        "bom-ref": "rust-std",
        "name": "std",
        "description": "Rust's standard library",
        "version": notices::rust_version(workspace)?,
        "licenses": [{ "expression": "MIT OR Apache-2.0" }],
        "externalReferences": [{ "type": "vcs", "url": "https://github.com/rust-lang/rust" }],
    }));
    let depends_on: Vec<&Value> = components.iter().map(|it| &it["bom-ref"]).collect();
    let root = format!("bonafide@{VERSION}");
    let bill = json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": { "component": {
            "type": "application",
            "bom-ref": root,
            "name": "bonafide",
            "version": VERSION,
            "licenses": [{ "license": { "id": "MIT" } }],
        } },
        "dependencies": [{ "ref": root, "dependsOn": depends_on }],
        "components": components,
    });
    Ok(serde_json::to_string_pretty(&bill)? + "\n")
}

fn component(package: &Package, checksums: &BTreeMap<String, String>) -> Value {
    let url = format!("pkg:cargo/{package}");
    let mut component = json!({
        "type": "library",
        "bom-ref": url,
        "name": package.name,
        "version": package.version,
        "purl": url,
    });
    if let Some(license) = &package.license {
        // Crates published years ago write `MIT/Apache-2.0`, which SPDX does not know.
        let expression = license.replace('/', " OR ");
        component["licenses"] = json!([{ "expression": expression }]);
    }
    if let Some(checksum) = checksums.get(&package.to_string()) {
        component["hashes"] = json!([{ "alg": "SHA-256", "content": checksum }]);
    }
    if let Some(repository) = &package.repository {
        component["externalReferences"] = json!([{ "type": "vcs", "url": repository }]);
    }
    component
}

fn npm_component(package: &NpmPackage) -> Value {
    let name = package.name.replace('@', "%40");
    let url = format!("pkg:npm/{name}@{}", package.version);
    let mut component = json!({
        "type": "library",
        "bom-ref": url,
        "name": package.name,
        "version": package.version,
        "purl": url,
    });
    if let Some(license) = &package.license {
        component["licenses"] = json!([{ "expression": license }]);
    }
    component
}

#[derive(Deserialize)]
struct LockFile {
    package: Vec<LockedPackage>,
}

#[derive(Deserialize)]
struct LockedPackage {
    name: String,
    version: String,
    /// SHA-256 of the crate's archive; crates of the workspace have none.
    checksum: Option<String>,
}

fn checksums(lock_file: &str) -> Result<BTreeMap<String, String>> {
    let lock_file: LockFile = toml::from_str(lock_file).context("Cargo.lock is not understood")?;
    let packages = lock_file.package.into_iter();
    Ok(packages
        .filter_map(|it| Some((format!("{}@{}", it.name, it.version), it.checksum?)))
        .collect())
}
