//! Records in few words.

use bonafide_core::policy::Policy;
use bonafide_core::report::Level;
use bonafide_judge::{Record, UnknownCloser, judge, read_records};
use serde_json::{Value, json};

/// The time of every record: 20 September 2026 at noon, in seconds.
const NOW: i64 = 1_789_905_600;

/// What one account did, as it is made up.
#[derive(Clone, Default)]
pub struct Account {
    pull_requests: Vec<Value>,
    issues: Vec<Value>,
    page: Option<(String, &'static str)>,
    since: Hours,
    /// Counts items up, so that numbers differ.
    number: u32,
}

/// When something was opened: hours before now.
pub type Hours = f64;

impl Account {
    /// Adds `count` pull requests, `apart` hours between two, the newest an hour
    /// ago. `{}` in repository and title is their number. The state is `open`,
    /// `merged`, or who closed it.
    #[must_use]
    pub fn prs(self, count: u32, repository: &str, title: &str, state: &str, apart: Hours) -> Self {
        self.prs_of(count, repository, title, state, apart, None)
    }

    /// The same, with what GitHub says the author is to the repository.
    #[must_use]
    pub fn prs_of(
        mut self,
        count: u32,
        repository: &str,
        title: &str,
        state: &str,
        apart: Hours,
        association: Option<&str>,
    ) -> Self {
        for n in 0..count {
            let (state, closed_by) = match state {
                "open" => ("OPEN", None),
                "merged" => ("MERGED", None),
                by => ("CLOSED", Some(by)),
            };
            let mut item = self.item(n, repository, title, apart);
            item["state"] = json!(state);
            if let Some(by) = closed_by {
                item["closedBy"] = json!(by);
            }
            if let Some(association) = association {
                item["authorAssociation"] = json!(association);
            }
            self.pull_requests.push(item);
        }
        self
    }

    /// Adds issues likewise; the state is `open` or the reason of the closing.
    #[must_use]
    pub fn issues(
        mut self,
        count: u32,
        repository: &str,
        title: &str,
        state: &str,
        apart: Hours,
    ) -> Self {
        for n in 0..count {
            let mut item = self.item(n, repository, title, apart);
            item["state"] = json!(if state == "open" { "OPEN" } else { "CLOSED" });
            if state != "open" {
                item["stateReason"] = json!(state);
            }
            self.issues.push(item);
        }
        self
    }

    /// Names the page that asks, and what it says the author is there.
    #[must_use]
    pub fn on_page(mut self, repository: &str, association: &'static str) -> Self {
        self.page = Some((repository.to_owned(), association));
        self
    }

    /// Lets what is added next begin so many hours earlier.
    #[must_use]
    pub fn since(mut self, hours: Hours) -> Self {
        self.since = hours;
        self
    }

    fn item(&mut self, n: u32, repository: &str, title: &str, apart: Hours) -> Value {
        self.number += 1;
        let fill = |text: &str| text.replace("{}", &word(n)).replace("{n}", &n.to_string());
        #[expect(clippy::cast_possible_truncation, reason = "hours of three weeks")]
        let seconds = (3_600.0 * f64::from(n).mul_add(apart, 1.0 + self.since)) as i64;
        json!({
            "repository": fill(repository),
            "isInOrganization": true,
            "number": self.number,
            "title": fill(title),
            "createdAt": time(NOW - seconds),
        })
    }

    /// As a line of a file of records.
    pub fn line(&self, id: &str) -> String {
        let mut record = json!({
            "id": id,
            "login": "somebody",
            "now": time(NOW),
            "createdAt": "2019-05-01T00:00:00Z",
            "organizations": [],
            "pullRequests": self.pull_requests,
            "issues": self.issues,
        });
        if let Some((repository, association)) = &self.page {
            record["repository"] = json!(repository);
            record["authorAssociation"] = json!(association);
        }
        record.to_string()
    }

    /// The record that it is.
    pub fn record(&self) -> Record {
        read_records("made up", &self.line("made up"))
            .unwrap()
            .remove(0)
    }

    /// The level under `balanced`.
    pub fn level(&self) -> Level {
        judge(&self.record(), &Policy::default(), UnknownCloser::Gap).level
    }

    /// The same with every owner called otherwise and everything in another
    /// order.
    #[must_use]
    pub fn renamed_and_turned(&self) -> Self {
        let mut other = self.clone();
        for item in other.pull_requests.iter_mut().chain(&mut other.issues) {
            let name = item["repository"].as_str().unwrap();
            item["repository"] = json!(renamed(name));
        }
        other.page = other
            .page
            .map(|(page, association)| (renamed(&page), association));
        other.pull_requests.reverse();
        other.issues.reverse();
        other
    }

    /// The same with every pull request merged and every issue completed.
    #[must_use]
    pub fn all_taken(&self) -> Self {
        let mut other = self.clone();
        for item in &mut other.pull_requests {
            item["state"] = json!("MERGED");
        }
        for item in &mut other.issues {
            item["state"] = json!("CLOSED");
            item["stateReason"] = json!("COMPLETED");
        }
        other
    }
}

/// Another name; what is the author's own stays the author's own.
fn renamed(repository: &str) -> String {
    if repository.starts_with("somebody/") {
        return repository.to_owned();
    }
    let turned: String = repository.chars().map(turned).collect();
    format!("zz-{turned}")
}

/// Another letter for each letter, one for one.
fn turned(c: char) -> char {
    match c {
        'a'..='y' => char::from(u8::try_from(c).unwrap() + 1),
        'z' => 'a',
        other => other,
    }
}

/// A word for a number: normalised titles look past digits.
pub fn word(n: u32) -> String {
    let mut word = String::new();
    let mut rest = n;
    for _ in 0..3 {
        word.push(char::from(b'a' + u8::try_from(rest % 26).unwrap()));
        rest /= 26;
    }
    word
}

fn time(second: i64) -> String {
    bonafide_core::time::Timestamp::from_second(second)
        .unwrap()
        .to_string()
}
