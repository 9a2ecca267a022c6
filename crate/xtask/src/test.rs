//! `cargo xtask test`: everything that can be checked, with what each step took, and one line at the end.

use std::str::FromStr;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use xshell::{Cmd, cmd};

use crate::setup::{Browser, WASM_TARGET};
use crate::tally::{self, Tally};
use crate::workspace::Workspace;
use crate::{
    bundle, core_package, dependencies, dist, e2e, layers, links, packager, sbom, setup, size,
};

/// How many of the slowest tests are printed at the end.
const SLOWEST: usize = 10;

/// A third of the tests, to be quick.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    Rust,
    TypeScript,
    EndToEnd,
}

impl FromStr for Part {
    type Err = anyhow::Error;

    fn from_str(name: &str) -> Result<Self> {
        match name {
            "rust" => Ok(Part::Rust),
            "ts" => Ok(Part::TypeScript),
            "e2e" => Ok(Part::EndToEnd),
            other => bail!("`{other}` is no part of the tests; there are rust, ts and e2e"),
        }
    }
}

/// What is asked for.
pub struct Options {
    pub only: Option<Part>,
    pub browser: Option<Browser>,
    pub filter: Option<String>,
    pub accept_sizes: bool,
}

/// Sets up, runs all steps even where one fails, and fails where any did.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let started = Instant::now();
    let wants = |part| options.only.is_none_or(|only| only == part);
    let browsers: Vec<Browser> = options
        .browser
        .map_or(Browser::ALL.to_vec(), |browser| vec![browser]);

    setup::wasm_target(workspace)?;
    setup::npm_packages(workspace)?;
    if wants(Part::EndToEnd) {
        for browser in &browsers {
            setup::browser(workspace, *browser)?;
        }
    }

    let mut steps = Steps::default();
    if wants(Part::Rust) {
        quick_checks(workspace, &mut steps);
        // Linking the module keeps one core busy for a minute, in a folder of its own: it runs beside the Rust tests.
        let module = (options.only.is_none()).then(|| core_package::compile_beside(workspace));
        rust(workspace, &mut steps);
        if let Some(mut module) = module.transpose()? {
            // Where it failed, the next step says why: it compiles what is not there.
            module.wait()?;
        }
    }
    if wants(Part::TypeScript) || wants(Part::EndToEnd) {
        // Types, pages and tests are taken from what this makes, so nothing after it would say anything new.
        let mut sizes = None;
        let built = steps.run("dist", || {
            sizes = Some(e2e::build(workspace)?);
            Ok(Tally::ONE_PASSED)
        });
        if let (true, Some(sizes)) = (built, sizes) {
            if wants(Part::TypeScript) {
                typescript(workspace, &sizes, options.accept_sizes, &mut steps);
            }
            if wants(Part::EndToEnd) {
                let names: Vec<&str> = browsers.iter().map(|it| it.name()).collect();
                steps.run(&format!("end to end, {}", names.join(" and ")), || {
                    e2e::in_browsers(workspace, &browsers, options.filter.as_deref())
                });
            }
        }
    }
    steps.finish(started)
}

/// What takes seconds, and then what most often fails.
fn quick_checks(workspace: &Workspace, steps: &mut Steps) {
    let shell = &workspace.shell;
    let passed_once = |()| Tally::ONE_PASSED;
    steps.check("rustfmt", cmd!(shell, "cargo fmt --all --check"));
    steps.run("layers", || layers::check(workspace).map(passed_once));
    steps.run("links", || links::check(workspace).map(passed_once));
    steps.run("dependencies", || dependencies::check(workspace));
    steps.run("cargo-deny", || {
        dependencies::check_by_cargo_deny(workspace)
    });
    steps.run("core, unit tests", || {
        cargo_test(workspace, &["--package", "bonafide-core", "--lib"])
    });
}

fn rust(workspace: &Workspace, steps: &mut Steps) {
    let shell = &workspace.shell;
    let natively = ["--workspace", "--exclude", "bonafide-wasm"];
    let for_web = ["--package", "bonafide-wasm", "--target", WASM_TARGET];
    steps.run("core, other tests", || {
        cargo_test(workspace, &["--package", "bonafide-core", "--test", "*"])
    });
    steps.run("other crates", || {
        let others = [&natively[..], &["--exclude", "bonafide-core"]].concat();
        cargo_test(workspace, &others)
    });
    steps.check(
        "clippy",
        cmd!(
            shell,
            "cargo clippy --quiet --locked {natively...} --all-targets -- --deny warnings"
        ),
    );
    steps.check(
        "clippy for WebAssembly",
        cmd!(
            shell,
            "cargo clippy --quiet --locked {for_web...} -- --deny warnings"
        ),
    );
    for (name, which) in [
        ("documentation", &natively[..]),
        ("documentation for WebAssembly", &for_web[..]),
    ] {
        let command = cmd!(
            shell,
            "cargo doc --quiet --locked --no-deps --document-private-items {which...}"
        );
        // Whoever reads this documentation reads the private items as well.
        let flags = "--deny warnings --allow rustdoc::private_intra_doc_links";
        steps.check(name, command.env("RUSTDOCFLAGS", flags));
    }
}

fn cargo_test(workspace: &Workspace, which: &[&str]) -> Result<Tally> {
    let shell = &workspace.shell;
    let command = cmd!(
        shell,
        "cargo test --quiet --locked --no-fail-fast {which...}"
    );
    tally::run(command.into())
}

fn typescript(workspace: &Workspace, sizes: &size::Sizes, accept_sizes: bool, steps: &mut Steps) {
    let shell = &workspace.shell;
    steps.run("sizes", || {
        size::check(workspace, sizes, accept_sizes).map(|()| Tally::ONE_PASSED)
    });
    steps.run("same bytes twice", || {
        same_bytes_twice(workspace).map(|()| Tally::ONE_PASSED)
    });
    steps.check("types", cmd!(shell, "npm run --silent types"));
    steps.check("lint", cmd!(shell, "npm run --silent lint"));
    let firefox = dist::unpacked(workspace, Browser::Firefox);
    steps.check(
        "web-ext lint",
        workspace
            .npm_program("web-ext")
            .args([
                "lint",
                "--warnings-as-errors",
                "--no-config-discovery",
                "--source-dir",
            ])
            .arg(firefox)
            .env("NO_UPDATE_NOTIFIER", "1"),
    );
    steps.run("unit tests", || e2e::unit(workspace));
}

fn same_bytes_twice(workspace: &Workspace) -> Result<()> {
    for browser in Browser::ALL {
        let again = workspace.target.join("dist-again");
        if again.exists() {
            std::fs::remove_dir_all(&again)?;
        }
        bundle::write_unpacked(workspace, browser, &again)?;
        let zip = workspace.target.join("dist-again.zip");
        packager::zip(workspace, &again, &zip)?;
        if std::fs::read(zip)? != std::fs::read(dist::zipped(workspace, browser))? {
            bail!(
                "two builds for {} differ: compare dist/ and {}",
                browser.name(),
                again.display()
            );
        }
    }
    if sbom::text(workspace)? != std::fs::read_to_string(sbom::file(workspace))? {
        bail!("two bills of materials differ");
    }
    Ok(())
}

/// What ran so far.
#[derive(Default)]
struct Steps {
    tally: Tally,
    failed: Vec<String>,
}

impl Steps {
    /// Runs one step; says whether it passed.
    fn run(&mut self, name: &str, step: impl FnOnce() -> Result<Tally>) -> bool {
        println!("\n== {name}");
        let started = Instant::now();
        let tally = step().unwrap_or_else(|error| {
            eprintln!("{error:#}");
            Tally::ONE_FAILED
        });
        let passed = tally.failed == 0;
        if !passed {
            self.failed.push(name.to_owned());
        }
        println!(
            "== {name}: {} in {:.1} s",
            match tally {
                Tally { failed: 1.., .. } => "FAILED",
                Tally {
                    passed: 0,
                    skipped: 1..,
                    ..
                } => "skipped",
                _ => "passed",
            },
            started.elapsed().as_secs_f32()
        );
        self.tally.add(tally);
        passed
    }

    /// A step that is one command, counted as one test.
    fn check(&mut self, name: &str, command: Cmd<'_>) {
        self.run(name, || {
            command.quiet().run().context("see above")?;
            Ok(Tally::ONE_PASSED)
        });
    }

    fn finish(self, started: Instant) -> Result<()> {
        let slowest = self.tally.slowest(SLOWEST);
        if !slowest.is_empty() {
            println!("\nThe slowest tests:");
        }
        for test in slowest {
            println!("{:>7.1} s  {}  ({})", test.seconds, test.name, test.place);
        }
        println!("\nTook {:.0} s.", started.elapsed().as_secs_f32());
        println!("{}", self.tally);
        if self.failed.is_empty() {
            return Ok(());
        }
        bail!("failed: {}", self.failed.join(", "))
    }
}
