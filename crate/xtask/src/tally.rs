//! How many tests ran and how they ended, read from what cargo and Node print while a person reads along.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// Tests that ran.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Tally {
    const NONE: Tally = Tally {
        passed: 0,
        failed: 0,
        skipped: 0,
    };
    pub const ONE_PASSED: Tally = Tally {
        passed: 1,
        ..Tally::NONE
    };
    pub const ONE_FAILED: Tally = Tally {
        failed: 1,
        ..Tally::NONE
    };
    /// Something that could not be looked at, and said so.
    pub const ONE_SKIPPED: Tally = Tally {
        skipped: 1,
        ..Tally::NONE
    };

    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// Runs a program that runs tests. One that ends badly without a failed test counts as one that failed.
pub fn run(mut command: Command) -> Result<Tally> {
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
    for line in BufReader::new(stdout).lines() {
        let line = line?;
        println!("{line}");
        tally.add(read_line(&line));
    }
    let succeeded = child.wait()?.success();
    if !succeeded && tally.failed == 0 {
        println!("{name} ended badly");
        tally.add(Tally::ONE_FAILED);
    }
    Ok(tally)
}

/// `test result: ok. 3 passed; 1 failed; …` by cargo, `ℹ pass 3` and `ℹ fail 1` by Node.
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
        return Tally {
            passed: number_before("passed"),
            failed: number_before("failed"),
            ..Tally::NONE
        };
    }
    let mut words = line.split_whitespace();
    match (
        words.next(),
        words.next(),
        words.next().and_then(|number| number.parse().ok()),
        words.next(),
    ) {
        (Some("ℹ" | "#"), Some("pass"), Some(passed), None) => Tally {
            passed,
            ..Tally::NONE
        },
        (Some("ℹ" | "#"), Some("fail" | "cancelled"), Some(failed), None) => Tally {
            failed,
            ..Tally::NONE
        },
        _ => Tally::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, passed: u64, failed: u64) {
        let expected = Tally {
            passed,
            failed,
            ..Tally::NONE
        };
        assert_eq!(read_line(line), expected, "{line}");
    }

    #[test]
    fn reads_what_is_printed() {
        check(
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s",
            12,
            0,
        );
        check(
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out",
            3,
            2,
        );
        check("ℹ pass 7", 7, 0);
        check("# fail 2", 0, 2);
        check("ℹ cancelled 1", 0, 1);
        check("ℹ tests 9", 0, 0);
        check("a pass 3 that is prose", 0, 0);
    }
}
