//! Judges files of records, by `crate/judge`.

use std::process::{Command, exit};

use anyhow::{Context, Result};

use crate::workspace::Workspace;

/// Runs the judge where the files are named from, and ends as it ends: it has said itself what is wrong.
pub fn run(workspace: &Workspace, args: &[String]) -> Result<()> {
    let status = Command::new("cargo")
        .args(["run", "--quiet", "--locked", "--manifest-path"])
        .arg(workspace.path("Cargo.toml"))
        .args(["--package", "bonafide-judge", "--"])
        .args(args)
        .status()
        .context("cargo does not start")?;
    if !status.success() {
        exit(status.code().unwrap_or(1));
    }
    Ok(())
}
