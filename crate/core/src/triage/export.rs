//! Tables for other programs: CSV for spreadsheets, Markdown for comments.

/// Characters that make a spreadsheet run what follows as a formula (OWASP,
/// "CSV Injection"), wherever a field begins with one.
const FORMULA_STARTS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A table of texts, its first row the names of the columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns.
    pub columns: Vec<String>,
    /// The rows, each as long as [`Table::columns`].
    pub rows: Vec<Vec<String>>,
}

/// CSV as RFC 4180 has it. No field runs anything in a spreadsheet: one that
/// would begin a formula gets an apostrophe before it.
pub fn to_csv(table: &Table) -> String {
    let mut text = String::new();
    for row in std::iter::once(&table.columns).chain(&table.rows) {
        let fields: Vec<String> = row.iter().map(|field| csv_field(field)).collect();
        text.push_str(&fields.join(","));
        text.push_str("\r\n");
    }
    text
}

fn csv_field(field: &str) -> String {
    let is_formula = field.trim_start_matches(' ').starts_with(FORMULA_STARTS);
    let field = if is_formula {
        format!("'{field}")
    } else {
        field.to_owned()
    };
    if field.contains([',', '"', '\n', '\r']) || is_formula {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field
    }
}

/// A table in GitHub's Markdown. Each cell is a code span, in which GitHub
/// mentions nobody, links nothing and closes no issue.
pub fn to_markdown(table: &Table) -> String {
    let mut text = markdown_row(&table.columns);
    text.push_str(&"| --- ".repeat(table.columns.len()));
    text.push_str("|\n");
    for row in &table.rows {
        text.push_str(&markdown_row(row));
    }
    text
}

fn markdown_row(cells: &[String]) -> String {
    let mut row = String::new();
    for cell in cells {
        row.push_str("| ");
        row.push_str(&code_span(cell));
        row.push(' ');
    }
    row.push_str("|\n");
    row
}

/// A backtick would end the span, so an apostrophe takes its place; a bar
/// would end the cell even within a span, so it is escaped.
fn code_span(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    let text = words.join(" ").replace('`', "'").replace('|', "\\|");
    if text.is_empty() {
        text
    } else {
        format!("`{text}`")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[&str]) -> Table {
        Table {
            columns: vec!["title".to_owned(); cells.len()],
            rows: vec![cells.iter().map(|&cell| cell.to_owned()).collect()],
        }
    }

    fn second_line(text: &str) -> &str {
        text.split("\r\n").nth(1).unwrap()
    }

    #[test]
    fn csv_quotes_what_would_end_a_field() {
        let csv = to_csv(&table(&["plain", "a,b", "say \"hi\"", "two\nlines"]));
        assert_eq!(
            second_line(&csv),
            "plain,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"",
        );
    }

    #[test]
    fn csv_runs_nothing() {
        for start in ["=", "+", "-", "@", "\t", "\r", " ="] {
            let csv = to_csv(&table(&[&format!("{start}HYPERLINK(1)")]));
            let expected = format!("\"'{start}HYPERLINK(1)\"");
            assert_eq!(csv, format!("title\r\n{expected}\r\n"), "{start:?}");
        }
    }

    #[test]
    fn markdown_pings_links_and_closes_nothing() {
        let text = to_markdown(&table(&["@mona fixes #1", "a|b", "x`y\n| z", ""]));
        let row = text.lines().nth(2).unwrap();
        assert_eq!(row, "| `@mona fixes #1` | `a\\|b` | `x'y \\| z` |  |");
        assert_eq!(text.lines().nth(1).unwrap(), "| --- | --- | --- | --- |");
    }
}
