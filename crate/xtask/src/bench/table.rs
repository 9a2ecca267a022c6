//! The table: name, what was measured, what is promised, whether that is kept.

use serde_json::{Value, json};

/// What a value is compared with.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Limit {
    None,
    AtMost(f64),
    AtLeast(f64),
}

/// One line.
#[derive(Debug)]
pub struct Row {
    pub name: String,
    value: f64,
    unit: &'static str,
    limit: Limit,
}

impl Row {
    /// A value that nothing is promised of.
    pub fn told(name: impl Into<String>, value: f64, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            value,
            unit,
            limit: Limit::None,
        }
    }

    /// A value that must not be larger.
    pub fn at_most(name: impl Into<String>, value: f64, unit: &'static str, most: f64) -> Self {
        Self {
            limit: Limit::AtMost(most),
            ..Self::told(name, value, unit)
        }
    }

    /// A value that must not be smaller.
    pub fn at_least(name: impl Into<String>, value: f64, unit: &'static str, least: f64) -> Self {
        Self {
            limit: Limit::AtLeast(least),
            ..Self::told(name, value, unit)
        }
    }

    /// Whether the promise is kept; `None` where there is none.
    pub fn is_met(&self) -> Option<bool> {
        match self.limit {
            Limit::None => None,
            Limit::AtMost(most) => Some(self.value <= most),
            Limit::AtLeast(least) => Some(self.value >= least),
        }
    }

    /// The row for other programs.
    pub fn to_json(&self) -> Value {
        let (at_most, at_least) = match self.limit {
            Limit::None => (None, None),
            Limit::AtMost(most) => (Some(most), None),
            Limit::AtLeast(least) => (None, Some(least)),
        };
        json!({
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "atMost": at_most,
            "atLeast": at_least,
            "ok": self.is_met(),
        })
    }

    fn cells(&self) -> [String; 4] {
        let limit = match self.limit {
            Limit::None => String::new(),
            Limit::AtMost(most) => format!("≤ {}", number(most, self.unit)),
            Limit::AtLeast(least) => format!("≥ {}", number(least, self.unit)),
        };
        let ok = match self.is_met() {
            None => "",
            Some(true) => "ok",
            Some(false) => "MISSED",
        };
        let value = format!("{} {}", number(self.value, self.unit), self.unit);
        [
            self.name.clone(),
            value.trim_end().to_owned(),
            limit,
            ok.to_owned(),
        ]
    }
}

/// Ratios and small times need decimals, the rest only has noise there.
fn number(value: f64, unit: &str) -> String {
    match unit {
        "×" => format!("{value:.2}"),
        "%" => format!("{value:.1}"),
        "ms" | "s" | "min" | "a second" | "MB" | "points" if value.abs() < 100.0 => {
            format!("{value:.1}")
        }
        _ => format!("{value:.0}"),
    }
}

/// The table as text, in Markdown's form so that it can be pasted.
pub fn draw(rows: &[Row]) -> String {
    let head = ["name", "measured", "limit", "ok"].map(str::to_owned);
    let cells: Vec<[String; 4]> = std::iter::once(head)
        .chain(rows.iter().map(Row::cells))
        .collect();
    let width = |column: usize| {
        let widths = cells.iter().map(|row| row[column].chars().count());
        widths.max().unwrap_or_default()
    };
    let widths = [width(0), width(1), width(2), width(3)];
    let line = |row: &[String; 4]| {
        format!(
            "| {:<a$} | {:>b$} | {:>c$} | {:<d$} |\n",
            row[0],
            row[1],
            row[2],
            row[3],
            a = widths[0],
            b = widths[1],
            c = widths[2],
            d = widths[3],
        )
    };
    let mut text = String::new();
    for (place, row) in cells.iter().enumerate() {
        text += &line(row);
        if place == 0 {
            let [a, b, c, d] = widths.map(|width| "-".repeat(width));
            text += &format!("| {a} | {b}: | {c}: | {d} |\n").replace("-: |", ": |");
        }
    }
    text
}

/// A number of things. None that is measured here comes near four thousand million.
pub fn count(things: impl TryInto<u32>) -> f64 {
    things.try_into().map_or(f64::INFINITY, f64::from)
}

/// The middle of the values; of an even number the mean of both. `None` where there are none.
pub fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(*values.get(middle - 1)?, upper))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_median(values: &[f64], expected: Option<f64>) {
        assert_eq!(median(values.to_vec()), expected, "{values:?}");
    }

    #[test]
    fn medians() {
        check_median(&[], None);
        check_median(&[3.0], Some(3.0));
        check_median(&[9.0, 1.0, 3.0], Some(3.0));
        check_median(&[9.0, 1.0, 3.0, 5.0], Some(4.0));
    }

    #[test]
    fn a_limit_is_kept_up_to_itself() {
        let check = |row: Row, expected| assert_eq!(row.is_met(), expected, "{row:?}");
        check(Row::told("a", 1.0, ""), None);
        check(Row::at_most("a", 1.0, "", 1.0), Some(true));
        check(Row::at_most("a", 1.1, "", 1.0), Some(false));
        check(Row::at_most("a", f64::NAN, "", 1.0), Some(false));
        check(Row::at_least("a", 1.0, "", 1.0), Some(true));
        check(Row::at_least("a", 0.9, "", 1.0), Some(false));
    }

    #[test]
    fn the_table_can_be_pasted() {
        let rows = [
            Row::at_most("ratio", 1.046, "×", 1.08),
            Row::at_least("rate", 80.0, "%", 90.0),
        ];
        let expected = "\
| name  | measured |  limit | ok     |
| ----- | -------: | -----: | ------ |
| ratio |   1.05 × | ≤ 1.08 | ok     |
| rate  |   80.0 % | ≥ 90.0 | MISSED |
";
        assert_eq!(draw(&rows), expected);
    }
}
