//! Files of records, read line by line: all of them, or one sentence on the
//! line that cannot be read.

use bonafide_core::triage::record::Record;
use std::collections::BTreeSet;
use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

/// The most bytes that are read in all. A record is about a kilobyte, so this
/// is a quarter of a million of them; more would not fit into memory.
const MOST_BYTES: u64 = 256 << 20;

/// The longest line that is read, in bytes: a thousand items are 250 KB.
const LONGEST_LINE: u64 = 16 << 20;

/// Why a file of records cannot be read, and where.
#[derive(Debug)]
pub struct Unreadable {
    file: String,
    /// Counted from 1; none where the file cannot even be opened.
    line: Option<usize>,
    reason: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason),
        }
    }
}

impl std::error::Error for Unreadable {}

/// The records of all files, in their order.
///
/// # Errors
/// At the first line that is no record, or repeats the id of another; where a
/// file cannot be opened or is empty; and past [`MOST_BYTES`].
pub fn read_files<P: AsRef<Path>>(files: &[P]) -> Result<Vec<Record>, Unreadable> {
    let mut records = Vec::new();
    let mut ids = BTreeSet::new();
    let mut bytes_left = MOST_BYTES;
    for path in files {
        let name = path.as_ref().display().to_string();
        let file = File::open(path).map_err(|error| Unreadable {
            file: name.clone(),
            line: None,
            reason: error.to_string(),
        })?;
        let lines = BufReader::new(file);
        read_lines(&name, lines, &mut bytes_left, &mut ids, &mut records)?;
    }
    Ok(records)
}

/// The records of one text; `name` is what an error calls it.
///
/// # Errors
/// As [`read_files`] has them.
pub fn read_records(name: &str, text: &str) -> Result<Vec<Record>, Unreadable> {
    let mut records = Vec::new();
    let mut bytes_left = MOST_BYTES;
    let lines = text.as_bytes();
    read_lines(
        name,
        lines,
        &mut bytes_left,
        &mut BTreeSet::new(),
        &mut records,
    )?;
    Ok(records)
}

fn read_lines(
    name: &str,
    mut lines: impl BufRead,
    bytes_left: &mut u64,
    ids: &mut BTreeSet<String>,
    records: &mut Vec<Record>,
) -> Result<(), Unreadable> {
    let mut line = Vec::new();
    for number in 1_usize.. {
        let unreadable = |reason: String| Unreadable {
            file: name.to_owned(),
            line: Some(number),
            reason,
        };
        let length = next_line(&mut lines, &mut line).map_err(|it| unreadable(it.to_string()))?;
        if length == 0 {
            return if number == 1 {
                Err(unreadable("there is no record".to_owned()))
            } else {
                Ok(())
            };
        }
        if length > LONGEST_LINE {
            let longest = LONGEST_LINE >> 20;
            return Err(unreadable(format!("longer than {longest} MB")));
        }
        *bytes_left = bytes_left.checked_sub(length).ok_or_else(|| {
            let most = MOST_BYTES >> 20;
            unreadable(format!("more than {most} MB of records in one run"))
        })?;
        let record = read_record(&line).map_err(unreadable)?;
        if !ids.insert(record.id.clone()) {
            let repeated = format!("a second record has the id {:?}", record.id);
            return Err(unreadable(repeated));
        }
        records.push(record);
    }
    Ok(())
}

/// Reads to the end of the line, or one byte further than any line may be.
fn next_line(lines: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<u64> {
    line.clear();
    let length = lines.take(LONGEST_LINE + 1).read_until(b'\n', line)?;
    Ok(u64::try_from(length).unwrap_or(u64::MAX))
}

fn read_record(line: &[u8]) -> Result<Record, String> {
    // serde would take a list for a record too.
    if !line.trim_ascii_start().starts_with(b"{") {
        return Err("not a JSON object".to_owned());
    }
    serde_json::from_slice(line).map_err(|error| {
        // There is one line only, whose number in the file is told.
        let text = error.to_string();
        let column = error.column();
        let place = format!(" at line {} column {column}", error.line());
        match text.strip_suffix(&place) {
            Some(reason) => format!("{reason} (column {column})"),
            None => text,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"id":"a","login":"rex","now":"2026-09-20T12:00:00Z","createdAt":"2020-01-01T00:00:00Z","organizations":[],"pullRequests":[{"repository":"carl/a","isInOrganization":false,"number":1,"title":"T","createdAt":"2026-09-19T12:00:00Z","state":"CLOSED","closedBy":"other"}],"issues":[]}"#;

    fn told(text: &str) -> String {
        match read_records("f", text) {
            Ok(records) => records.len().to_string(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn reads_all_or_says_which_line_is_none() {
        let other = GOOD.replace(r#""id":"a""#, r#""id":"b""#);
        let both = format!("{GOOD}\n{other}");
        assert_eq!(told(&both), "2");
        assert_eq!(told(&format!("{both}\n")), "2");
        for (text, expected) in [
            (String::new(), "f, line 1: there is no record"),
            (format!("{GOOD}\n\n{other}"), "f, line 2: not a JSON object"),
            (
                format!("{both}\n{GOOD}"),
                r#"f, line 3: a second record has the id "a""#,
            ),
            ("[]".to_owned(), "f, line 1: not a JSON object"),
            (
                GOOD.replace(r#""login":"rex","#, ""),
                "f, line 1: missing field `login`",
            ),
            (
                GOOD.replace("2026-09-19T", "yesterday "),
                "f, line 1: not a moment by RFC 3339",
            ),
            (
                GOOD.replace("CLOSED", "LOST"),
                "f, line 1: unknown variant `LOST`, expected one of `OPEN`, `CLOSED`, `MERGED`",
            ),
            (
                GOOD.replace("other", "moon"),
                "f, line 1: unknown variant `moon`, expected one of `author`, `other`, `bot`, `commit`",
            ),
            (
                GOOD[..99].to_owned(),
                "f, line 1: EOF while parsing a string",
            ),
        ] {
            assert_eq!(told(&text).split(" (column").next(), Some(expected));
        }
    }

    #[test]
    fn a_line_without_end_is_not_read_to_its_end() {
        let endless = io::repeat(b' ');
        let mut records = Vec::new();
        let error = read_lines(
            "f",
            BufReader::new(endless),
            &mut MOST_BYTES.clone(),
            &mut BTreeSet::new(),
            &mut records,
        );
        assert_eq!(
            error.unwrap_err().to_string(),
            "f, line 1: longer than 16 MB"
        );
    }

    #[test]
    fn so_much_and_no_more_is_read() {
        let mut bytes_left = u64::try_from(GOOD.len()).unwrap() - 1;
        let mut records = Vec::new();
        let error = read_lines(
            "f",
            GOOD.as_bytes(),
            &mut bytes_left,
            &mut BTreeSet::new(),
            &mut records,
        );
        assert_eq!(
            error.unwrap_err().to_string(),
            "f, line 1: more than 256 MB of records in one run"
        );
        assert!(records.is_empty());
    }
}
