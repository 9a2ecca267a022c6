//! The run as a file for other programs.

use super::row::Row;
use crate::engine::Engine;
use crate::engine::client::ClientId;
use crate::json::{self, Value};
use crate::message::{ExportFormat, ToTriage, TriageRow};
use crate::report::{Arg, Sentence};
use crate::triage::export::{Table, to_csv, to_markdown};
use litemap::LiteMap;
use serde::Serialize;

/// The columns of a file; names in it do not change without notice.
const COLUMNS: [&str; 22] = [
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
    "isDraft",
    "levelThen",
    "failed",
];

impl Engine {
    pub(super) fn export_run(&mut self, client: ClientId, format: ExportFormat, hides_names: bool) {
        let Some(run) = &self.triage.run else {
            return;
        };
        let table = table(&run.rows, hides_names);
        let (ending, text) = match format {
            ExportFormat::Csv => ("csv", to_csv(&table)),
            ExportFormat::Markdown => ("md", to_markdown(&table)),
            ExportFormat::JsonLines => ("jsonl", to_json_lines(&table)),
        };
        let subject = run.head.subject.as_ref().filter(|_| !hides_names);
        let repository = subject.map(|it| it.repository.to_string().replace('/', "-"));
        let name = repository.unwrap_or_else(|| "triage".to_owned());
        let name = format!("bonafide-{name}.{ending}");
        self.notify_triage(client, ToTriage::Exported { format, name, text });
    }
}

fn table(rows: &[Row], hides_names: bool) -> Table {
    let mut numbers: LiteMap<String, usize> = LiteMap::new();
    let cells = |row: &Row| {
        let mut shown = row.shown.clone();
        if hides_names {
            let count = numbers.len() + 1;
            shown.login = shown.login.map(|login| {
                let number = *numbers.entry(login.to_ascii_lowercase()).or_insert(count);
                format!("person {number}")
            });
            shown.title = None;
            shown.url = String::new();
            shown.number = None;
        }
        cells(shown)
    };
    Table {
        columns: COLUMNS.map(str::to_owned).to_vec(),
        rows: rows.iter().map(cells).collect(),
    }
}

/// The cells of a row, in the order of [`COLUMNS`]; what is not known is empty.
fn cells(row: TriageRow) -> Vec<String> {
    let number = |it: Option<u32>| it.map(|it| it.to_string()).unwrap_or_default();
    let (here, elsewhere) = (row.here, row.elsewhere);
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
        number(elsewhere.map(|it| it.merged)),
        number(elsewhere.map(|it| it.withdrawn)),
        number(elsewhere.map(|it| it.closed_by_others)),
        number(elsewhere.map(|it| it.closed)),
        number(elsewhere.map(|it| it.open)),
        row.created_at.unwrap_or_default(),
        row.closed_at.unwrap_or_default(),
        row.merged_at.unwrap_or_default(),
        row.outcome.as_ref().map(word).unwrap_or_default(),
        row.is_first_here
            .map(|it| it.to_string())
            .unwrap_or_default(),
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

/// One object a line; fields that are empty are left out.
fn to_json_lines(table: &Table) -> String {
    let mut text = String::new();
    for row in &table.rows {
        let fields = table
            .columns
            .iter()
            .zip(row)
            .filter(|(_, cell)| !cell.is_empty());
        let fields = fields.map(|(column, cell)| (column.clone(), Value::from(cell.as_str())));
        let object: serde_json::Map<String, Value> = fields.collect();
        text.push_str(&Value::Object(object).to_string());
        text.push('\n');
    }
    text
}
