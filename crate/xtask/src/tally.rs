//! How many tests ran, how they ended and how long they took, read from what cargo and Node print.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// Tests that ran, and tests that were left out.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    /// Failed at first and passed when they ran again alone. They count as passed, and are told by name.
    pub flaky: u64,
    /// The tests that Node tells as failed.
    pub failures: Vec<TestTime>,
    /// Each test whose time was printed. Cargo prints none.
    pub times: Vec<TestTime>,
}

/// One test and how long it took.
#[derive(Clone, PartialEq, Debug)]
pub struct TestTime {
    pub seconds: f64,
    pub name: String,
    /// The outermost suite around it. Files of end-to-end tests are such suites.
    pub place: String,
}

impl Tally {
    pub const ONE_PASSED: Tally = Tally::new(1, 0, 0);
    pub const ONE_FAILED: Tally = Tally::new(0, 1, 0);
    /// Something that could not be looked at, and said so.
    pub const ONE_SKIPPED: Tally = Tally::new(0, 0, 1);

    const fn new(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally {
            passed,
            failed,
            skipped,
            flaky: 0,
            failures: Vec::new(),
            times: Vec::new(),
        }
    }

    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
        self.flaky += other.flaky;
        self.failures.extend(other.failures);
        self.times.extend(other.times);
    }

    /// The tests that took longest, the longest first.
    pub fn slowest(&self, most: usize) -> Vec<&TestTime> {
        let mut times: Vec<&TestTime> = self.times.iter().collect();
        times.sort_by(|a, b| b.seconds.total_cmp(&a.seconds));
        times.truncate(most);
        times
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Tally {
            passed,
            failed,
            skipped,
            flaky,
            ..
        } = self;
        write!(
            formatter,
            "{passed} passed, {failed} failed, {skipped} skipped"
        )?;
        if *flaky > 0 {
            write!(formatter, ", {flaky} passed only when run again")?;
        }
        Ok(())
    }
}

/// Runs a program that runs tests, and prints what it prints as it comes.
pub fn run(command: Command) -> Result<Tally> {
    read(command, |line| println!("{line}"))
}

/// Runs a program that runs tests, and hands over each line that it prints. A program that ends badly without a failed
/// test counts as one that failed.
pub fn read(mut command: Command, mut print: impl FnMut(&str)) -> Result<Tally> {
    let name = format!("{command:?}");
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let stdout = child
        .stdout
        .take()
        .context("a piped program has no output")?;
    let mut tally = Tally::default();
    let mut suite = String::new();
    let mut is_summary = false;
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        print(&line);
        tally.add(read_line(&line));
        // After its sums Node tells the failed tests once more.
        is_summary |= line.starts_with("ℹ ");
        if is_summary {
            continue;
        }
        if let Some(name) = line.strip_prefix("▶ ") {
            name.clone_into(&mut suite);
        } else if let Some((name, seconds)) = read_time(&line)
            && name != suite
        {
            let test = TestTime {
                seconds,
                name,
                place: suite.clone(),
            };
            if line.trim_start().starts_with('✖') {
                tally.failures.push(test.clone());
            }
            tally.times.push(test);
        }
    }
    let succeeded = child.wait()?.success();
    if !succeeded && tally.failed == 0 {
        print(&format!("{name} ended badly"));
        tally.add(Tally::ONE_FAILED);
    }
    Ok(tally)
}

/// `test result: ok. 3 passed; 1 failed; 2 ignored; …` by cargo, `ℹ pass 3`, `ℹ fail 1` and `ℹ skipped 2` by Node.
fn read_line(line: &str) -> Tally {
    if let Some(rest) = line.strip_prefix("test result: ") {
        let number_before = |word: &str| {
            let words: Vec<&str> = rest
                .split([' ', ';'])
                .filter(|word| !word.is_empty())
                .collect();
            words
                .windows(2)
                .find(|pair| pair[1] == word)
                .and_then(|pair| pair[0].parse().ok())
                .unwrap_or(0)
        };
        return Tally::new(
            number_before("passed"),
            number_before("failed"),
            number_before("ignored"),
        );
    }
    let mut tally = Tally::default();
    let mut words = line.split_whitespace();
    if let (Some("ℹ" | "#"), Some(word), Some(Ok(number)), None) = (
        words.next(),
        words.next(),
        words.next().map(str::parse),
        words.next(),
    ) {
        match word {
            "pass" => tally.passed = number,
            "fail" | "cancelled" => tally.failed = number,
            "skipped" | "todo" => tally.skipped = number,
            _ => {}
        }
    }
    tally
}

/// The name and the seconds of `✔ a sentence (12.3ms)` or `✖ a sentence (12.3ms)`; a test that was skipped has no time.
fn read_time(line: &str) -> Option<(String, f64)> {
    let line = line.trim_start();
    let rest = line
        .strip_prefix("✔ ")
        .or_else(|| line.strip_prefix("✖ "))?;
    let (name, time) = rest.strip_suffix("ms)")?.rsplit_once(" (")?;
    let milliseconds: f64 = time.parse().ok()?;
    Some((name.to_owned(), milliseconds / 1000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, passed: u64, failed: u64, skipped: u64) {
        let expected = Tally::new(passed, failed, skipped);
        assert_eq!(read_line(line), expected, "{line}");
    }

    #[test]
    fn reads_what_is_printed() {
        check(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            12,
            0,
            1,
        );
        check(
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
            3,
            2,
            0,
        );
        check("ℹ pass 7", 7, 0, 0);
        check("# fail 2", 0, 2, 0);
        check("ℹ cancelled 1", 0, 1, 0);
        check("ℹ skipped 4", 0, 0, 4);
        check("ℹ todo 1", 0, 0, 1);
        check("ℹ tests 9", 0, 0, 0);
        check("a pass 3 that is prose", 0, 0, 0);
    }

    #[test]
    fn reads_the_time_of_each_test() {
        let time = |line| read_time(line);
        assert_eq!(
            time("✔ it works (again) (1500.25ms)"),
            Some(("it works (again)".to_owned(), 1.500_25))
        );
        assert_eq!(time("  ✖ within (20ms)"), Some(("within".to_owned(), 0.02)));
        assert_eq!(time("﹣ left out (0.2ms) # in Chromium alone"), None);
        assert_eq!(time("✖ failing tests:"), None);
        assert_eq!(time("ℹ pass 7"), None);
    }

    #[test]
    fn a_program_s_tests_are_counted_and_timed_once() {
        let printed = "▶ a.test.ts\n  ✔ quick (10ms)\n  ✖ broken (40ms)\n  ﹣ out (0.1ms) # why\n✖ a.test.ts (60ms)\nℹ pass 1\nℹ fail 1\nℹ skipped 1\n✖ failing tests:\n✖ broken (40ms)\n";
        let mut command = Command::new("printf");
        command.arg(printed);
        let mut lines = 0;
        let tally = read(command, |_| lines += 1).unwrap();
        assert_eq!(lines, 10);
        assert_eq!(tally.to_string(), "1 passed, 1 failed, 1 skipped");
        let names: Vec<&str> = tally
            .slowest(10)
            .iter()
            .map(|time| time.name.as_str())
            .collect();
        assert_eq!(names, ["broken", "quick"]);
        assert_eq!(tally.times[0].place, "a.test.ts");
        let failed: Vec<&str> = tally.failures.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(failed, ["broken"]);
        assert_eq!(tally.slowest(1).len(), 1);
    }
}
