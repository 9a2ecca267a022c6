//! The run as a file for other programs.

use super::records::Purpose;
use super::row::Row;
use super::run::Run;
use crate::engine::Engine;
use crate::engine::client::ClientId;
use crate::evidence::Evidence;
use crate::json::{self, Value};
use crate::message::{ExportFormat, RunId, ToTriage, TriageRow};
use crate::report::{Arg, ItemOutcome, Level, Sentence};
use crate::time::Timestamp;
use crate::triage::as_of::as_of;
use crate::triage::export::{Table, to_csv, to_markdown};
use crate::triage::hidden_names::HiddenNames;
use crate::triage::record::Record;
use serde::Serialize;

/// The columns of a file; names in it do not change without notice.
const COLUMNS: [&str; 23] = [
    "repository",
    "number",
    "url",
    "title",
    "login",
    "level",
    "reason",
    "hereMerged",
    "hereClosed",
    "elsewhereMerged",
    "elsewhereWithdrawn",
    "elsewhereClosedByOthers",
    "elsewhereClosed",
    "elsewhereOpen",
    "createdAt",
    "closedAt",
    "mergedAt",
    "outcome",
    "isFirstHere",
    "isAssigned",
    "isDraft",
    "levelThen",
    "failed",
];

impl Engine {
    /// Makes a file of the rows: records take a while, because they are read
    /// from the store.
    pub(super) fn export_run(
        &mut self,
        id: RunId,
        client: ClientId,
        format: ExportFormat,
        hides_names: bool,
        now: Timestamp,
    ) {
        let Some(run) = self.triage.run(id) else {
            return;
        };
        let text = match format {
            ExportFormat::Csv => to_csv(&table(&run.rows, hides_names)),
            ExportFormat::Markdown => to_markdown(&table(&run.rows, hides_names)),
            ExportFormat::JsonLines => {
                let purpose = Purpose::Export {
                    name: file_name(run, format, hides_names),
                    names: hides_names.then(HiddenNames::default),
                    written: 0,
                };
                return self.read_records(id, client, purpose, now);
            }
        };
        let file = ToTriage::Exported {
            format,
            name: file_name(run, format, hides_names),
            text,
            left_out: Some(0),
        };
        self.notify_triage(client, file);
    }
}

/// A part of a file of records; the last one says how many rows are left out.
pub(super) fn lines(name: &str, text: String, left_out: Option<u32>) -> ToTriage {
    ToTriage::Exported {
        format: ExportFormat::JsonLines,
        name: name.to_owned(),
        text,
        left_out,
    }
}

impl Run {
    /// A row as a line that `cargo xtask judge` reads, with the columns of the
    /// other formats in its field `row`: as of the opening, where the run looks
    /// back. None of a row whose level says nothing that could be judged again.
    pub(super) fn record_line(
        &self,
        index: u32,
        evidence: &Evidence,
        at: Timestamp,
        names: Option<&mut HiddenNames>,
    ) -> Option<String> {
        let row = self.row(index)?;
        let looks_back = self.looks_back();
        let level = if looks_back {
            row.shown.level_then?
        } else {
            row.shown.level
        };
        if matches!(level, Level::Pending | Level::Unknown | Level::Bot) {
            return None;
        }
        let then = looks_back
            .then(|| row.opened_at())
            .flatten()
            .map(|moment| (as_of(evidence, moment), moment));
        let (evidence, moment) = match &then {
            Some((evidence, moment)) => (evidence, *moment),
            None => (evidence, at),
        };
        let name = match (&row.shown.repository, row.shown.number) {
            (Some(repository), Some(number)) => format!("{repository}#{number}"),
            _ => row.shown.login.clone()?,
        };
        let (record, shown) = match names {
            None => {
                let id = format!("{index}: {name}");
                (Record::of(id, evidence, moment)?, row.shown.clone())
            }
            Some(names) => {
                let record = Record::of(index.to_string(), evidence, moment)?;
                (record.without_names(names)?, hidden(row, names))
            }
        };
        let (record, row) = (json::to_string(&record).ok()?, fields(cells(shown)));
        // One more field before the record's end.
        Some(format!("{},\"row\":{row}}}", record.strip_suffix('}')?))
    }
}

/// A name for a file of the run.
fn file_name(run: &Run, format: ExportFormat, hides_names: bool) -> String {
    let ending = match format {
        ExportFormat::Csv => "csv",
        ExportFormat::Markdown => "md",
        ExportFormat::JsonLines => "jsonl",
    };
    let subject = run.head.subject.as_ref().filter(|_| !hides_names);
    let repository = subject.map(|it| it.repository.to_string().replace('/', "-"));
    let name = repository.unwrap_or_else(|| "triage".to_owned());
    format!("bonafide-{name}.{ending}")
}

fn table(rows: &[Row], hides_names: bool) -> Table {
    let mut names = HiddenNames::default();
    let cells = |row: &Row| {
        cells(if hides_names {
            hidden(row, &mut names)
        } else {
            row.shown.clone()
        })
    };
    Table {
        columns: COLUMNS.map(str::to_owned).to_vec(),
        rows: rows.iter().map(cells).collect(),
    }
}

/// What is told of a row where names are hidden.
fn hidden(row: &Row, names: &mut HiddenNames) -> TriageRow {
    let login = row.login().and_then(|it| names.login(&it));
    let repository = row.repository().and_then(|it| names.repository(&it));
    TriageRow {
        login: login.map(|it| it.to_string()),
        repository: repository.map(|it| it.to_string()),
        title: None,
        url: String::new(),
        number: None,
        ..row.shown.clone()
    }
}

/// The cells of a row, in the order of [`COLUMNS`]; what is not known is empty.
/// `1..5` is a number from 1 to 5, and `1..` is 1 or more.
fn cells(row: TriageRow) -> Vec<String> {
    let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
    let here = row.here;
    let is_known = row.elsewhere.is_some();
    let elsewhere = row.elsewhere.unwrap_or_default();
    let count = |least: u32, outcome| {
        let more = elsewhere.more.iter().find(|it| it.outcome == outcome);
        match more.map(|it| it.most) {
            _ if !is_known => String::new(),
            None => least.to_string(),
            Some(None) => format!("{least}.."),
            Some(Some(most)) => format!("{least}..{}", least.saturating_add(most)),
        }
    };
    vec![
        row.repository.unwrap_or_default(),
        number(row.number),
        row.url,
        row.title.unwrap_or_default(),
        row.login.unwrap_or_default(),
        word(&row.level),
        row.reason.as_ref().map(in_short).unwrap_or_default(),
        number(here.map(|it| it.merged)),
        number(here.map(|it| it.closed)),
        count(elsewhere.merged, ItemOutcome::Merged),
        count(elsewhere.withdrawn, ItemOutcome::Withdrawn),
        count(elsewhere.closed_by_others, ItemOutcome::ClosedByOthers),
        count(elsewhere.closed, ItemOutcome::Closed),
        count(elsewhere.open, ItemOutcome::Open),
        row.created_at.unwrap_or_default(),
        row.closed_at.unwrap_or_default(),
        row.merged_at.unwrap_or_default(),
        row.outcome.as_ref().map(word).unwrap_or_default(),
        row.is_first_here
            .map(|it| it.to_string())
            .unwrap_or_default(),
        row.is_assigned.map(|it| it.to_string()).unwrap_or_default(),
        row.is_draft.to_string(),
        row.level_then.as_ref().map(word).unwrap_or_default(),
        row.failed.as_ref().map(in_short).unwrap_or_default(),
    ]
}

/// A value of an enum as it is written in JSON, without its quotes.
fn word(value: &impl Serialize) -> String {
    json::to_string(value).unwrap_or_default().replace('"', "")
}

/// A sentence by its name and what fills it, in no language.
fn in_short(sentence: &Sentence) -> String {
    let key = sentence.key.trim_start_matches("short_").replace('_', "-");
    let args = sentence.args.iter().map(|arg| match arg {
        // To write a fraction takes 11 KB, and these are counts.
        #[expect(clippy::cast_possible_truncation)]
        Arg::Number(number) => (*number as i64).to_string(),
        Arg::Text(text) => text.clone(),
    });
    let words: Vec<String> = std::iter::once(key).chain(args).collect();
    words.join(" ")
}

/// The cells by their columns, but for those that are empty.
fn fields(cells: Vec<String>) -> Value {
    let named = COLUMNS.into_iter().zip(cells);
    let named = named.filter(|(_, cell)| !cell.is_empty());
    let named = named.map(|(column, cell)| (column.to_owned(), Value::from(cell)));
    Value::Object(named.collect())
}
