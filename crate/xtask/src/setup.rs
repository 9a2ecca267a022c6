//! What a fresh machine lacks: put there where that may be done quietly, else named in one line.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, anyhow, bail};
use xshell::cmd;

use crate::workspace::Workspace;

/// The target that the core is built for.
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A browser that the extension is made for and tested in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    pub const ALL: [Browser; 2] = [Browser::Chromium, Browser::Firefox];

    /// The name in commands, in the environment of the end-to-end tests and in what is printed.
    pub fn name(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox",
        }
    }

    /// The variable that names the program where it is in no usual place.
    pub fn variable(self) -> &'static str {
        match self {
            Browser::Chromium => "BONAFIDE_CHROMIUM",
            Browser::Firefox => "BONAFIDE_FIREFOX",
        }
    }

    /// Google's Chrome is not among them: since version 137 it takes no extension from a command line.
    fn programs(self) -> &'static [&'static str] {
        match self {
            Browser::Chromium => &["chromium", "chromium-browser"],
            Browser::Firefox => &["firefox-esr", "firefox"],
        }
    }

    /// The name of Debian's package.
    fn debian_package(self) -> &'static str {
        match self {
            Browser::Chromium => "chromium",
            Browser::Firefox => "firefox-esr",
        }
    }
}

impl FromStr for Browser {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        Browser::ALL
            .into_iter()
            .find(|browser| browser.name() == name)
            .ok_or_else(|| {
                anyhow!("`{name}` is no browser that is tested; there are chromium and firefox")
            })
    }
}

/// Adds the WebAssembly target where rustup has not got it.
pub fn wasm_target(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    let sysroot = cmd!(shell, "rustc --print sysroot")
        .quiet()
        .read()
        .context("rustc does not run: install Rust from https://rustup.rs")?;
    if Path::new(&sysroot)
        .join("lib/rustlib")
        .join(WASM_TARGET)
        .is_dir()
    {
        return Ok(());
    }
    println!("Adding the Rust target {WASM_TARGET}.");
    cmd!(shell, "rustup target add {WASM_TARGET}")
        .run()
        .with_context(|| {
            format!(
                "the Rust target {WASM_TARGET} is missing: run `rustup target add {WASM_TARGET}`"
            )
        })
}

/// Installs the npm packages where there are none, or where the lockfile has changed since they were installed.
pub fn npm_packages(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    // npm leaves its own copy of the lockfile, but written differently; ours is the very bytes that were installed.
    let installed = workspace.path("node_modules/.bonafide-lock.json");
    let wanted = shell.read_binary_file(workspace.path("package-lock.json"))?;
    if std::fs::read(&installed).is_ok_and(|bytes| bytes == wanted) {
        return Ok(());
    }
    cmd!(shell, "node --version")
        .quiet()
        .ignore_stdout()
        .run()
        .context("Node is missing: install Node 20.19 or later with npm")?;
    println!("Installing the npm packages.");
    cmd!(shell, "npm ci --no-audit --no-fund")
        .run()
        .context("`npm ci` failed: the npm packages could not be installed")?;
    std::fs::write(installed, wanted)?;
    Ok(())
}

/// Where a browser's program is; installs it by apt where that needs no password.
pub fn browser(workspace: &Workspace, browser: Browser) -> Result<PathBuf> {
    if let Some(program) = std::env::var_os(browser.variable()) {
        let program = PathBuf::from(program);
        if program.is_file() {
            return Ok(program);
        }
        bail!(
            "{} names {}, which is no file",
            browser.variable(),
            program.display()
        );
    }
    if let Some(program) = find(browser) {
        return Ok(program);
    }
    apt_install(workspace, browser.debian_package());
    find(browser).with_context(|| {
        format!(
            "{name} is missing: install it (Debian, Ubuntu: apt-get install {package}) or let {variable} name its program",
            name = browser.name(),
            package = browser.debian_package(),
            variable = browser.variable(),
        )
    })
}

fn find(browser: Browser) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let mut candidates: Vec<PathBuf> = Vec::new();
    for name in browser.programs() {
        candidates.extend(std::env::split_paths(&path).map(|dir| dir.join(name)));
    }
    if cfg!(target_os = "macos") {
        candidates.push(match browser {
            Browser::Chromium => "/Applications/Chromium.app/Contents/MacOS/Chromium".into(),
            Browser::Firefox => "/Applications/Firefox.app/Contents/MacOS/firefox".into(),
        });
    }
    candidates.into_iter().find(|program| program.is_file())
}

/// Tries; whether it has worked shows in whether the program is there afterwards.
fn apt_install(workspace: &Workspace, package: &str) {
    let shell = &workspace.shell;
    let succeeds = |command: xshell::Cmd<'_>| {
        command
            .quiet()
            .ignore_stdout()
            .ignore_stderr()
            .run()
            .is_ok()
    };
    if !succeeds(cmd!(shell, "apt-get --version")) {
        return;
    }
    let is_root = cmd!(shell, "id -u")
        .quiet()
        .read()
        .is_ok_and(|id| id.trim() == "0");
    let sudo: &[&str] = if is_root {
        &[]
    } else if succeeds(cmd!(shell, "sudo --non-interactive true")) {
        &["sudo", "--non-interactive"]
    } else {
        return;
    };
    println!("Installing {package} by apt-get.");
    let apt = |args: &[&str]| {
        let words: Vec<&str> = sudo
            .iter()
            .copied()
            .chain(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
            .chain(args.iter().copied())
            .collect();
        let (program, args) = words.split_first()?;
        shell.cmd(program).args(args).ignore_stdout().run().err()
    };
    for failure in [
        apt(&["update"]),
        apt(&["install", "--yes", "--no-install-recommends", package]),
    ]
    .into_iter()
    .flatten()
    {
        eprintln!("{failure}");
    }
}
