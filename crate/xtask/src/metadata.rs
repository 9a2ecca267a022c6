//! The crates that the workspace depends on, as `cargo metadata` describes them.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use anyhow::{Context, Result};
use serde::Deserialize;
use xshell::cmd;

use crate::setup::WASM_TARGET;
use crate::workspace::Workspace;

/// The package whose module is shipped.
const SHIPPED: &str = "bonafide-wasm";

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
    #[serde(default)]
    pub authors: Vec<String>,
    #[serde(default)]
    pub repository: Option<String>,
    #[serde(default)]
    pub manifest_path: PathBuf,
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
    let metadata = read(workspace, targets)?;
    let nodes = metadata.resolve.nodes.into_iter();
    let used: BTreeSet<String> = nodes.map(|node| node.id).collect();
    let mut packages = metadata.packages;
    packages.retain(|package| package.source.is_some() && used.contains(&package.id));
    packages.sort();
    Ok(packages)
}

/// The crates of other people whose code is in the module that is shipped, sorted.
pub fn shipped(workspace: &Workspace) -> Result<Vec<Package>> {
    let shell = &workspace.shell;
    let format = "{p}";
    // `cargo metadata` knows the features of the whole workspace only, `cargo tree` those of one package.
    let tree = cmd!(
        shell,
        "cargo tree --quiet --locked --package {SHIPPED} --target {WASM_TARGET} --edges normal,no-proc-macro --prefix none --no-dedupe --format {format}"
    )
    .quiet()
    .read()?;
    let is_shipped = |package: &Package| {
        let line = format!("{} v{}", package.name, package.version);
        tree.lines().any(|it| it == line)
    };
    let mut packages = dependencies(workspace, &[WASM_TARGET.to_owned()])?;
    packages.retain(is_shipped);
    Ok(packages)
}

fn read(workspace: &Workspace, targets: &[String]) -> Result<Metadata> {
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
    serde_json::from_str(&text).context("cargo metadata is not understood")
}
