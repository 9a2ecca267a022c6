//! What is shipped is watched: hard limits, and a committed snapshot so that a change of size is seen in review.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::packager;
use crate::workspace::Workspace;

/// The snapshot.
const SNAPSHOT: &str = "crate/xtask/sizes.json";
/// The snapshot may be off by this many percent before it has to be renewed, so that a compiler's release is no
/// reason to fail.
const TOLERANCE_PERCENT: u64 = 5;

/// Sizes in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sizes {
    wasm: u64,
    wasm_gzipped: u64,
    content_scripts: u64,
    triage_script: u64,
}

/// One watched size: its name in the snapshot, its limit in bytes (the project's own promise), how to read it.
type Watched = (&'static str, u64, fn(&Sizes) -> u64);

const WATCHED: [Watched; 4] = [
    ("wasm", 845 * 1024, |sizes| sizes.wasm),
    ("wasmGzipped", 350 * 1024, |sizes| sizes.wasm_gzipped),
    ("contentScripts", 58 * 1024, |sizes| sizes.content_scripts),
    ("triageScript", 150 * 1024, |sizes| sizes.triage_script),
];

impl Sizes {
    /// Each size: its name, its bytes, its limit in bytes.
    pub fn watched(&self) -> impl Iterator<Item = (&'static str, u64, u64)> {
        WATCHED
            .map(|(name, limit, read)| (name, read(self), limit))
            .into_iter()
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for (name, limit, read) in WATCHED {
            write!(f, "{separator}{name} {} of {limit} bytes", read(self))?;
            separator = ", ";
        }
        Ok(())
    }
}

/// Measures an unpacked extension.
pub fn measure(workspace: &Workspace, unpacked: &Path) -> Result<Sizes> {
    let bytes = |path: &str| {
        let file = unpacked.join(path);
        let meta = std::fs::metadata(file).with_context(|| format!("cannot measure {path}"))?;
        anyhow::Ok(meta.len())
    };
    let wasm = "extension/generated/core_bg.wasm";
    Ok(Sizes {
        wasm: bytes(wasm)?,
        wasm_gzipped: packager::gzipped_size(workspace, &unpacked.join(wasm))?,
        content_scripts: bytes("extension/content/card-bundle.js")?
            + bytes("extension/content/main.js")?,
        triage_script: bytes("extension/triage/triage.js")?,
    })
}

/// Fails where a limit is passed or the snapshot is no longer true; with `accept` the snapshot is written instead.
pub fn check(workspace: &Workspace, sizes: &Sizes, accept: bool) -> Result<()> {
    for (name, limit, read) in WATCHED {
        let size = read(sizes);
        if size > limit {
            bail!("{name} has {size} bytes and may have {limit}");
        }
    }
    let path = workspace.path(SNAPSHOT);
    if accept {
        let snapshot: serde_json::Map<String, Value> = WATCHED
            .iter()
            .map(|(name, _, read)| ((*name).to_owned(), json!(read(sizes))))
            .collect();
        return Ok(std::fs::write(
            path,
            serde_json::to_string_pretty(&snapshot)? + "\n",
        )?);
    }
    let snapshot: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_default())
        .unwrap_or_default();
    for (name, _, read) in WATCHED {
        let (size, told) = (read(sizes), snapshot[name].as_u64().unwrap_or_default());
        if !is_near(size, told) {
            bail!(
                "{name} has {size} bytes and {SNAPSHOT} tells of {told}: if that is right, run `cargo xtask test --only ts --accept-sizes` and commit the file"
            );
        }
    }
    Ok(())
}

fn is_near(size: u64, told: u64) -> bool {
    size.abs_diff(told) * 100 <= told * TOLERANCE_PERCENT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_near(size: u64, told: u64, expected: bool) {
        assert_eq!(is_near(size, told), expected, "{size} beside {told}");
    }

    #[test]
    fn only_small_changes_pass() {
        check_near(100, 100, true);
        check_near(105, 100, true);
        check_near(106, 100, false);
        check_near(94, 100, false);
        check_near(1, 0, false);
    }
}
