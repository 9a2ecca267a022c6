//! The npm packages that pages are compiled with, as `package-lock.json` describes them.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::workspace::Workspace;

/// One package in one version.
#[derive(Debug)]
pub struct NpmPackage {
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where it is installed.
    pub folder: PathBuf,
}

impl fmt::Display for NpmPackage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

/// The packages that are shipped, in the order of their names: the lockfile marks all others as for development alone.
pub fn shipped(workspace: &Workspace) -> Result<Vec<NpmPackage>> {
    let lock_file = std::fs::read_to_string(workspace.path("package-lock.json"))?;
    let lock_file: LockFile =
        serde_json::from_str(&lock_file).context("package-lock.json is not understood")?;
    let packages = lock_file.packages.into_iter();
    Ok(packages
        // The folder of this very package has no name.
        .filter(|(folder, package)| !folder.is_empty() && !package.dev)
        .map(|(folder, package)| NpmPackage {
            name: folder
                .rsplit("node_modules/")
                .next()
                .unwrap_or(&folder)
                .to_owned(),
            version: package.version,
            license: package.license,
            folder: workspace.path(&folder),
        })
        .collect())
}

#[derive(Deserialize)]
struct LockFile {
    packages: BTreeMap<String, LockedPackage>,
}

#[derive(Deserialize)]
struct LockedPackage {
    #[serde(default)]
    version: String,
    license: Option<String>,
    #[serde(default)]
    dev: bool,
}
