//! The tests that Node runs: unit tests beside the extension's files, and end-to-end tests in real browsers.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};
use xshell::cmd;

use crate::setup::{self, Browser};
use crate::tally::{self, Tally};
use crate::workspace::{Workspace, files_below};
use crate::{dist, size};

/// Runs `extension/**/*.test.ts`.
pub fn unit(workspace: &Workspace) -> Result<Tally> {
    let tests = test_files(workspace, "extension", None)?;
    if tests.is_empty() {
        return Ok(Tally::default());
    }
    let bundled = bundle(workspace, &tests, "unit")?;
    let mut command = node(workspace);
    command.arg("--test").args(bundled);
    tally::run(command)
}

/// Runs `tests/e2e/*.test.ts` in these browsers, on the extension that `cargo xtask dist` has built: file beside file,
/// and those that measure time one by one afterwards.
pub fn in_browsers(
    workspace: &Workspace,
    browsers: &[Browser],
    filter: Option<&str>,
) -> Result<Tally> {
    let tests = test_files(workspace, "tests/e2e", filter)?;
    if tests.is_empty() {
        bail!(
            "no file of tests/e2e has a name that holds `{}`",
            filter.unwrap_or_default()
        );
    }
    let sources = [tests.as_slice(), &[workspace.path("tests/e2e/run.ts")]].concat();
    let mut bundled = bundle(workspace, &sources, "e2e")?;
    let runner = bundled.pop().context("esbuild has written nothing")?;
    let start = |browser: Browser, files: &[PathBuf]| -> Result<Running> {
        let mut command = node(workspace);
        command
            .arg(&runner)
            .args(files)
            .envs(environment(workspace, browser)?);
        Ok(Running { browser, command })
    };

    let (measuring, others): (Vec<_>, Vec<_>) = bundled
        .iter()
        .cloned()
        .partition(|file| measures_time(file));
    let others: Vec<_> = others
        .into_iter()
        .map(|file| (file.metadata().map_or(0, |it| it.len()), file))
        .collect();
    let mut side_by_side = Vec::new();
    for browser in browsers {
        for share in shares(others.clone(), BROWSERS_AT_ONCE / browsers.len()) {
            side_by_side.push(start(*browser, &share)?);
        }
    }
    let mut tally = run_all(side_by_side)?;
    if !measuring.is_empty() {
        for browser in browsers {
            tally.add(run_all(vec![start(*browser, &measuring)?])?);
        }
    }
    run_again(&mut tally, |browser, name| {
        let file = bundled
            .iter()
            .find(|file| file_name(file) == name)
            .with_context(|| format!("{name} is no file of tests"))?;
        run_all(vec![start(browser, std::slice::from_ref(file))?])
    })?;
    Ok(tally)
}

/// How many files with failed tests run again. Two browsers share two cores with two others, and a machine that stalls
/// fails a test now and then; more failures than that have another cause.
const MOST_FILES_AGAIN: usize = 2;

/// Runs each file with a failed test once more, alone. What passes now counts as passed and is told as flaky.
fn run_again(tally: &mut Tally, mut run: impl FnMut(Browser, &str) -> Result<Tally>) -> Result<()> {
    let failures = std::mem::take(&mut tally.failures);
    let mut places: Vec<&str> = failures.iter().map(|it| it.place.as_str()).collect();
    places.dedup();
    // A browser that broke down has failed without a test's name.
    if places.len() > MOST_FILES_AGAIN || tally.failed != failures.len() as u64 {
        return Ok(());
    }
    for place in places {
        let (file, browser) = place.split_once(", ").context("a test without a place")?;
        println!("\n{place} runs again, alone.");
        let again = run(browser.parse()?, &file.replace(".test.ts", ".test.mjs"))?;
        if again.failed > 0 {
            continue;
        }
        for test in failures.iter().filter(|it| it.place == place) {
            println!("Passed only when run again: {} ({place})", test.name);
            tally.failed -= 1;
            tally.passed += 1;
            tally.flaky += 1;
        }
    }
    Ok(())
}

/// Whatever else ran beside such files would be measured too.
fn measures_time(file: &Path) -> bool {
    file_name(file) == "cost.test.mjs"
}

/// How many browsers are driven side by side. Each waits most of the time, for its own processes and for timers; with
/// four, two cores are busy.
const BROWSERS_AT_ONCE: usize = 4;

/// Divides files into as many shares, which take about as long as each other as far as a file's length tells.
fn shares(mut files: Vec<(u64, PathBuf)>, many: usize) -> Vec<Vec<PathBuf>> {
    files.sort_by_key(|(length, _)| Reverse(*length));
    let mut shares = vec![(0, Vec::new()); many.max(1)];
    for (length, file) in files {
        if let Some((sum, share)) = shares.iter_mut().min_by_key(|(sum, _)| *sum) {
            *sum += length;
            share.push(file);
        }
    }
    shares.retain(|(_, share)| !share.is_empty());
    shares.into_iter().map(|(_, share)| share).collect()
}

/// `tests/e2e/run.ts` with some files in one browser.
struct Running {
    browser: Browser,
    command: Command,
}

/// Runs these side by side, and prints what each prints, file by file.
fn run_all(side_by_side: Vec<Running>) -> Result<Tally> {
    let run = |Running { browser, command }| -> Result<Tally> {
        let mut block = String::new();
        let mut tally = tally::read(command, |line| {
            block += line;
            block.push('\n');
            // Files are suites, and only what ends a suite stands at a line's beginning.
            if line.starts_with(['✔', '✖']) {
                println!("\n{}: {block}", browser.name());
                block.clear();
            }
        })?;
        println!("\n{}: {block}", browser.name());
        for test in tally.times.iter_mut().chain(&mut tally.failures) {
            test.place = format!("{}, {}", test.place, browser.name());
        }
        Ok(tally)
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = side_by_side
            .into_iter()
            .map(|running| scope.spawn(|| run(running)))
            .collect();
        let mut tally = Tally::default();
        for thread in threads {
            let one = thread
                .join()
                .map_err(|_| anyhow!("a thread that runs tests broke down"))?;
            tally.add(one?);
        }
        Ok(tally)
    })
}

/// Builds what the browser needs besides the extension: the loopback GitHub and its pages.
pub fn build_world(workspace: &Workspace) -> Result<()> {
    let shell = &workspace.shell;
    cmd!(shell, "cargo build --quiet --locked --package fake-github")
        .run()
        .context("the loopback GitHub does not build")?;
    let pages = pages(workspace);
    cmd!(shell, "npm run --silent pages -- {pages}")
        .quiet()
        .run()
        .context("the loopback GitHub's pages do not build")
}

/// What `tests/e2e/browser.ts` reads to find its way.
pub fn environment(
    workspace: &Workspace,
    browser: Browser,
) -> Result<Vec<(&'static str, PathBuf)>> {
    let mut environment = vec![
        ("BONAFIDE_BROWSER", browser.name().into()),
        ("BONAFIDE_EXTENSION", dist::unpacked(workspace, browser)),
        ("BONAFIDE_FAKE_GITHUB", workspace.fake_github()),
        ("BONAFIDE_PAGES", pages(workspace)),
    ];
    environment.push((browser.variable(), setup::browser(workspace, browser)?));
    Ok(environment)
}

/// Bundles TypeScript for Node and gives the files to run, in the order of their sources.
pub fn bundle(workspace: &Workspace, files: &[PathBuf], name: &str) -> Result<Vec<PathBuf>> {
    let out = workspace.target.join("node").join(name);
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    workspace
        .npm_program("esbuild")
        .args(files)
        .args([
            "--bundle",
            "--platform=node",
            "--target=node20",
            "--format=esm",
            "--packages=external",
            // What files share is one module in one process, too.
            "--splitting",
            "--chunk-names=shared/[hash]",
        ])
        .args([
            "--loader:.css=text",
            "--sourcemap=inline",
            "--log-level=warning",
            "--out-extension:.js=.mjs",
        ])
        .arg(format!("--outbase={}", workspace.root.display()))
        .arg(format!("--outdir={}", out.display()))
        .quiet()
        .run()
        .context("the tests cannot be bundled")?;
    files
        .iter()
        .map(|file| {
            let inside = file.strip_prefix(&workspace.root)?;
            Ok(out.join(inside).with_extension("mjs"))
        })
        .collect()
}

fn pages(workspace: &Workspace) -> PathBuf {
    workspace.target.join("pages")
}

fn test_files(workspace: &Workspace, folder: &str, filter: Option<&str>) -> Result<Vec<PathBuf>> {
    let mut files = files_below(&workspace.path(folder))?;
    files.retain(|file| {
        let name = file_name(file);
        name.ends_with(".test.ts") && filter.is_none_or(|word| name.contains(word))
    });
    Ok(files)
}

fn file_name(file: &Path) -> &str {
    file.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

/// Node as it runs tests.
fn node(workspace: &Workspace) -> Command {
    let mut command = Command::new("node");
    command
        .current_dir(&workspace.root)
        .args(["--enable-source-maps", "--test-reporter=spec"]);
    command
}

/// What is tested is what is shipped.
pub fn build(workspace: &Workspace) -> Result<size::Sizes> {
    let sizes = dist::run(workspace)?;
    build_world(workspace)?;
    Ok(sizes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tally::TestTime;

    #[test]
    fn shares_hold_each_file_once_and_are_about_as_long() {
        let files = [9, 1, 2, 3, 4, 5].map(|length| (length, PathBuf::from(length.to_string())));
        let shares = shares(files.to_vec(), 2);
        let sums = shares.iter().map(|share| -> u64 {
            share
                .iter()
                .map(|file| file.to_str().unwrap().parse::<u64>().unwrap())
                .sum()
        });
        assert_eq!(sums.collect::<Vec<_>>(), [12, 12]);
        assert_eq!(shares.concat().len(), 6);
    }

    fn failed(places: &[&str]) -> Tally {
        let test = |place: &&str| TestTime {
            seconds: 1.0,
            name: "a sentence".to_owned(),
            place: (*place).to_owned(),
        };
        Tally {
            passed: 9,
            failed: places.len() as u64,
            failures: places.iter().map(test).collect(),
            ..Tally::default()
        }
    }

    #[test]
    fn a_file_that_passes_again_is_told_as_flaky() {
        let mut tally = failed(&[
            "a.test.ts, chromium",
            "a.test.ts, chromium",
            "b.test.ts, firefox",
        ]);
        run_again(&mut tally, |browser, file| {
            Ok(match (browser, file) {
                (Browser::Chromium, "a.test.mjs") => Tally::ONE_PASSED,
                (Browser::Firefox, "b.test.mjs") => Tally::ONE_FAILED,
                other => panic!("{other:?}"),
            })
        })
        .unwrap();
        assert_eq!(
            tally.to_string(),
            "11 passed, 1 failed, 0 skipped, 2 passed only when run again"
        );
    }

    #[test]
    fn many_files_and_a_browser_that_broke_down_are_not_tried_again() {
        let places = [
            "a.test.ts, firefox",
            "b.test.ts, firefox",
            "c.test.ts, firefox",
        ];
        let mut broken = failed(&places[..1]);
        broken.failed = 2;
        for mut tally in [failed(&places), broken] {
            let failures = tally.failed;
            run_again(&mut tally, |_, file| bail!("{file} ran")).unwrap();
            assert_eq!(tally.failed, failures);
        }
    }

    #[test]
    fn there_is_no_empty_share() {
        assert_eq!(shares(vec![(1, "a".into())], 4), [vec![PathBuf::from("a")]]);
    }
}
