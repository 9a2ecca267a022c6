//! The project's own tasks, each in a file: `cargo xtask demo`, `cargo xtask test`, `cargo xtask dist`, `cargo xtask bench`.
//!
//! A task sets up by itself what it needs ([`setup`]) or says in one line what to install. It ends with status 0
//! only where everything that it names was done.

mod bench;
mod bundle;
mod core_package;
mod demo;
mod dependencies;
mod dist;
mod e2e;
mod judge;
mod layers;
mod links;
mod manifest;
mod metadata;
mod notices;
mod npm;
mod packager;
mod sbom;
mod setup;
mod size;
mod store;
mod tally;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::setup::Browser;
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask <task>

  demo [--screenshots]   build, start the loopback GitHub and show the extension on one of its pages;
                         with --screenshots, or where there is no display, pictures into target/demo/
  test [--only PART]     every test; PART is rust, ts or e2e
       [--browser NAME]  in end-to-end tests only this browser: chromium or firefox
       [--filter WORD]   in end-to-end tests only files whose name holds this word
       [--accept-sizes]  write the sizes that are found into crate/xtask/sizes.json
  bench [--runs N]       how fast it is, beside what it promises: a table, and target/bench.json
        [--browser NAME] chromium (if not given) or firefox
        [--short]        without what takes minutes
        [--only PARTS]   in the browser only these: popup,own-people,gh-profiler,1,8,25,60,100,after,bulk,memory
  judge FILE…            the level of each record in these files, one JSON object a line
        [--policy NAME]  balanced (if not given) or classic
        [--closed-by other]  a closed pull request of which nobody tells who closed it was closed by somebody else
        [--table]        instead how many accounts are flagged, and by which finding
  dist                   dist/chrome, dist/firefox, a zip of each, and what they are made of (CycloneDX)
  store [--verify]       what the browsers' stores want, pictures of the demo too, into dist/store; with --verify the
                         source for reviewers is built as they do, in some minutes, and has to give the same bytes
  core                   the WebAssembly core and its types only, into extension/generated
";

fn main() -> ExitCode {
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut args: Vec<String>) -> Result<()> {
    let task = if args.is_empty() {
        "help".to_owned()
    } else {
        args.remove(0)
    };
    let mut args = Args(args);
    let workspace = Workspace::open()?;
    match task.as_str() {
        "demo" => {
            let screenshots = args.take_flag("--screenshots");
            args.finish()?;
            demo::run(&workspace, screenshots)
        }
        "test" => {
            let options = test::Options {
                only: args
                    .take_value("--only")?
                    .map(|part| part.parse())
                    .transpose()?,
                browser: args
                    .take_value("--browser")?
                    .map(|name| name.parse())
                    .transpose()?,
                filter: args.take_value("--filter")?,
                accept_sizes: args.take_flag("--accept-sizes"),
            };
            args.finish()?;
            test::run(&workspace, &options)
        }
        "bench" => {
            let browser = args.take_value("--browser")?;
            let runs = args.take_value("--runs")?;
            let options = bench::Options {
                browser: browser.map_or(Ok(Browser::Chromium), |name| name.parse())?,
                runs: runs.map_or(Ok(5), |runs| runs.parse())?,
                is_short: args.take_flag("--short"),
                only: args.take_value("--only")?,
            };
            args.finish()?;
            bench::run(&workspace, &options)
        }
        "judge" => judge::run(&workspace, &args.0),
        "dist" => {
            args.finish()?;
            dist::run(&workspace).map(drop)
        }
        "store" => {
            let verify = args.take_flag("--verify");
            args.finish()?;
            store::run(&workspace, verify)
        }
        "core" => {
            args.finish()?;
            setup::wasm_target(&workspace)?;
            setup::npm_packages(&workspace)?;
            core_package::build(&workspace)
        }
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => bail!("there is no task `{other}`.\n\n{USAGE}"),
    }
}

/// What stands after the task's name, taken out piece by piece so that what is left over can be refused.
struct Args(Vec<String>);

impl Args {
    fn take_flag(&mut self, name: &str) -> bool {
        let place = self.0.iter().position(|arg| arg == name);
        place.map(|place| self.0.remove(place)).is_some()
    }

    fn take_value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(place) = self.0.iter().position(|arg| arg == name) else {
            return Ok(None);
        };
        if place + 1 >= self.0.len() {
            bail!("{name} needs a value.\n\n{USAGE}");
        }
        self.0.remove(place);
        Ok(Some(self.0.remove(place)))
    }

    fn finish(self) -> Result<()> {
        match self.0.first() {
            Some(arg) => bail!("`{arg}` is not understood here.\n\n{USAGE}"),
            None => Ok(()),
        }
    }
}
