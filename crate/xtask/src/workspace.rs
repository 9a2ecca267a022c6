//! Where things lie, and how a program is run in that place.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use xshell::{Cmd, Shell};

/// The extension's version: the workspace's, and nobody else's.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The root of the project and a shell that stands in it.
pub struct Workspace {
    pub shell: Shell,
    pub root: PathBuf,
    /// Cargo's target directory, which `CARGO_TARGET_DIR` may have moved.
    pub target: PathBuf,
}

impl Workspace {
    pub fn open() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .nth(2)
            .context("crate/xtask has left its place in the workspace")?
            .to_owned();
        let shell = Shell::new()?;
        shell.change_dir(&root);
        let target = std::env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |dir| root.join(dir));
        Ok(Self {
            shell,
            root,
            target,
        })
    }

    /// A program that `npm ci` has put into `node_modules`.
    pub fn npm_program(&self, name: &str) -> Cmd<'_> {
        self.shell
            .cmd(self.root.join("node_modules/.bin").join(name))
    }

    /// A path inside the project.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The built fake-github program.
    pub fn fake_github(&self) -> PathBuf {
        self.target.join("debug/fake-github")
    }
}

/// Every file below a folder, in the order of their names, so that whatever is made of them is the same each time.
pub fn files_below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![dir.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in
            std::fs::read_dir(&dir).with_context(|| format!("cannot list {}", dir.display()))?
        {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}
