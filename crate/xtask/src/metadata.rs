//! The crates that the workspace depends on, as `cargo metadata` describes them.

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context, Result};
use serde::Deserialize;
use xshell::cmd;

use crate::workspace::Workspace;

/// One crate in one version.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where it comes from; a crate of the workspace has no source.
    pub source: Option<String>,
    pub id: String,
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}@{}", self.name, self.version)
    }
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    resolve: Resolve,
}

#[derive(Deserialize)]
struct Resolve {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
}

/// The crates of other people that are compiled for one of `targets`, with all features, sorted.
pub fn dependencies(workspace: &Workspace, targets: &[String]) -> Result<Vec<Package>> {
    let shell = &workspace.shell;
    let targets = targets
        .iter()
        .flat_map(|target| ["--filter-platform", target.as_str()]);
    let text = cmd!(
        shell,
        "cargo metadata --quiet --locked --format-version 1 --all-features {targets...}"
    )
    .quiet()
    .read()?;
    let metadata: Metadata =
        serde_json::from_str(&text).context("cargo metadata is not understood")?;
    let used: BTreeSet<String> = metadata
        .resolve
        .nodes
        .into_iter()
        .map(|node| node.id)
        .collect();
    let mut packages = metadata.packages;
    packages.retain(|package| package.source.is_some() && used.contains(&package.id));
    packages.sort();
    Ok(packages)
}
