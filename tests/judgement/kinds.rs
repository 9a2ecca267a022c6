//! Kinds of people, each in three variants: those who must not be flagged, and
//! those whom a maintainer wants to be warned of.

use crate::made_up::Account;
use bonafide_core::report::Level::{self, Alert, Caution, Clear, Known, Quiet};

/// A kind: what it is, the levels that are right, and its three variants, from
/// little to much.
pub struct Kind {
    pub name: &'static str,
    pub right: &'static [Level],
    pub variant: fn(u32) -> Account,
}

fn new() -> Account {
    Account::default()
}

macro_rules! kinds {
    ($($name:literal $right:expr, |$v:ident| $account:expr;)*) => {
        &[$(Kind { name: $name, right: $right, variant: |$v| $account },)*]
    };
}

const GOOD: &[Level] = &[Clear];
/// Worth a look, and no more.
const LOOK: &[Level] = &[Clear, Caution];
const WARN: &[Level] = &[Caution, Alert];

pub static INNOCENT: &[Kind] = kinds! {
    "releases of many repositories" GOOD, |v| new().prs(20 * (v + 1) + 10, "acme/{}", "Release v1.{n}", "merged", 4.0);
    "translations of one project" GOOD, |v| new().prs(12 + 10 * v, "acme/web", "Update German strings", "merged", 9.0).prs(4, "acme/web", "Update French strings", "open", 9.0);
    "CI moved in all of an organization, landed" GOOD, |v| new().prs(30 + 20 * v, "acme/{}", "Move to the new CI", "merged", 0.5);
    "CI moved in all of an organization, just opened" GOOD, |v| new().prs(10 + 8 * v, "acme/{}", "Move to the new CI", "open", 0.3);
    "landed by a bot that closes" GOOD, |v| new().prs(8 + 8 * v, "torch/torch", "Fix kernel {}", "bot", 12.0).prs(3, "torch/torch", "Add kernel {}", "open", 20.0);
    "landed by commits" GOOD, |v| new().prs(20 + 20 * v, "brew/core", "{} 1.{n}", "commit", 6.0);
    "landed by a merge script, some merged" GOOD, |v| new().prs(6 + v, "spark/spark", "Fix {}", "commit", 30.0).prs(2, "spark/spark", "Add {}", "open", 50.0);
    "packager of one repository" GOOD, |v| new().prs(60 + 40 * v, "nix/pkgs", "{}: 1.0 -> 1.1", "merged", 3.5).prs(6, "nix/pkgs", "{}: init", "other", 60.0).prs(8, "nix/pkgs", "{}: fix", "open", 2.0);
    "backports" GOOD, |v| new().prs(3 * (v + 2), "odoo/odoo", "[1{n}.0] Backport rounding", "merged", 5.0);
    "bumps of dependencies at work" GOOD, |v| new().prs(25 + 10 * v, "corp/{}", "Bump lodash from 4.17.{n}", "merged", 3.0).prs(4, "corp/x{}", "Bump left-pad", "other", 4.0);
    "teacher with a class" GOOD, |v| new().prs(20 + 10 * v, "class/{}", "Feedback on assignment", "merged", 0.2).prs(8, "class/late-{}", "Feedback on assignment", "open", 0.2);
    "employee whose membership is hidden" GOOD, |v| new().prs(40, "corp/{}", "Fix {}", "merged", 11.0).prs(2 + v, "corp/a", "Try {}", "author", 30.0);
    "member whose membership is shown by a pull request" GOOD, |v| new().prs_of(24 + 10 * v, "acme/{}", "Rewrite {}", "open", 0.4, Some("MEMBER"));
    "contributor from before, a busy day" GOOD, |v| new().prs_of(12 + 6 * v, "acme/mono", "Split {}", "open", 0.5, Some("CONTRIBUTOR"));
    "contributor from before, several turned down" GOOD, |v| new().prs_of(3 + v, "acme/web", "Idea {}", "other", 40.0, Some("CONTRIBUTOR")).prs_of(2, "beta/web", "Idea {}", "other", 40.0, Some("CONTRIBUTOR"));
    "fix of an ecosystem, mostly landed" GOOD, |v| new().prs(10 + 8 * v, "o{}/app", "Replace the deprecated call", "merged", 16.0).prs(4, "p{}/app", "Replace the deprecated call", "open", 20.0);
    "prolific in many projects" GOOD, |v| new().prs(30 + 10 * v, "o{}/app", "Fix {}", "merged", 10.0).prs(6, "q{}/app", "Tune {}", "open", 40.0).prs(4, "ob/app", "Idea {}", "other", 60.0);
    "own drafts tried and closed" GOOD, |v| new().prs(6 + 6 * v, "acme/web", "Try {}", "author", 1.0).prs(4, "acme/web", "Add {}", "merged", 20.0);
    "newcomer, one open" GOOD, |v| new().prs(1 + v, "acme/web", "Explain option {}", "open", 30.0);
    "newcomer, turned down twice" GOOD, |v| new().prs(2, "o{}/app", "Fix {}", "other", 40.0 + f64::from(v));
    "newcomer, two of one owner and one of another turned down" GOOD, |v| new().prs(2, "acme/web", "Fix {}", "other", 40.0).prs(1 + v / 2, "beta/web", "Add {}", "author", 50.0);
    "turned down three times, landed twice" GOOD, |v| new().prs(3, "o{}/app", "Fix {}", "other", 40.0).prs(2 + v, "q{}/app", "Fix {}", "merged", 60.0);
    "sprint of one organization" GOOD, |v| new().prs(6 + v, "plone/{}", "Fix {}", "merged", 0.8).prs(5 + v, "plone/x{}", "Tune {}", "open", 0.8);
    "event day over six projects" GOOD, |v| new().prs(4 + v, "o{}/app", "Fix {}", "open", 1.5);
    "tester of one project" GOOD, |v| new().issues(20 + 10 * v, "big/app", "Crash in {}", "open", 8.0).issues(15, "big/app", "Wrong {}", "COMPLETED", 20.0).issues(5, "big/app", "Wish {}", "NOT_PLANNED", 30.0);
    "list of tasks in one's own organization, hidden" GOOD, |v| new().issues(8 + 4 * v, "acme/{}", "Prepare 2.0", "open", 0.3);
    "packager reports a failure to upstreams" GOOD, |v| new().issues(3 + v, "o{}/lib", "Fails to build with the new compiler", "COMPLETED", 20.0).issues(5 + v, "q{}/lib", "Fails to build with the new compiler", "open", 20.0);
    "researcher reports one flaw" LOOK, |v| new().issues(3 + v, "o{}/app", "Injection in the workflow", "COMPLETED", 8.0).issues(6 + v, "q{}/app", "Injection in the workflow", "open", 8.0);
    "adds an own tool to lists" LOOK, |v| new().prs(2, "o{}/list", "Add Quill to the editors", "merged", 20.0).prs(2 + v, "q{}/list", "Add Quill to the editors", "open", 20.0);
    "known here, some turned down elsewhere" &[Known], |v| new().on_page("acme/web", "CONTRIBUTOR").prs(3 + v, "acme/web", "Add {}", "merged", 30.0).prs(3, "o{}/app", "Idea {}", "other", 40.0);
    "did nothing elsewhere" &[Quiet], |v| new().prs(4 * v, "somebody/own", "Mine {}", "merged", 5.0);
};

pub static BAD: &[Kind] = kinds! {
    "one text to seventy projects" &[Alert], |v| new().prs(40 + 30 * v, "o{}/app", "Improve README", "open", 1.0);
    "one text to seventy projects, each with its name" &[Alert], |v| new().prs(30 + 20 * v, "o{}/tool{}", "Improve docs of tool{}", "open", 2.0);
    "flood of one project" &[Alert], |v| new().prs(25 + 15 * v, "acme/web", "Fix {}", "open", 0.5);
    "flood of one project, a few landed" &[Alert], |v| new().prs(36 + 10 * v, "acme/web", "Fix {}", "open", 0.4).prs(2, "acme/web", "Typo {}", "merged", 200.0);
    "flood of two projects in two days" &[Alert], |v| new().prs(46 + 8 * v, "acme/web", "Fix {}", "open", 0.9).prs(20, "beta/web", "Add {}", "other", 2.0);
    "flood of somebody who landed before" WARN, |v| new().prs_of(40 + 30 * v, "acme/web", "Fix {}", "open", 0.3, Some("CONTRIBUTOR"));
    "issues with one project in a day" WARN, |v| new().issues(15 + 15 * v, "acme/web", "Possible {}", "open", 1.2);
    "issues with many projects" WARN, |v| new().issues(15 + 15 * v, "o{}/app", "Possible {}", "open", 5.0);
    "issues of one text" &[Alert], |v| new().issues(12 + 20 * v, "o{}/app", "Suggestion for your project", "open", 4.0);
    "known here, and seventy equal issues" &[Alert], |v| new().on_page("acme/web", "CONTRIBUTOR").prs(4, "acme/web", "Add {}", "merged", 60.0).issues(40 + 15 * v, "o{}/app", "Your project needs this", "open", 1.0);
    "issues turned down everywhere" WARN, |v| new().issues(5 + 2 * v, "o{}/app", "Rewrite {}", "NOT_PLANNED", 40.0);
    "turned down by three strangers" &[Caution], |v| new().prs(3 + v, "o{}/app", "Fix {}", "other", 50.0);
    "turned down everywhere" &[Alert], |v| new().prs(7 + 2 * v, "o{}/app", "Rewrite {}", "other", 30.0).prs(3, "q{}/app", "Add {}", "open", 40.0);
    "sends again what was turned down" WARN, |v| new().prs(6 + 2 * v, "acme/web", "Add the logo once more {}", "other", 20.0).prs(1, "acme/web", "Add the logo", "open", 1.0);
    "sends to a new project every day" WARN, |v| new().prs(13 + 4 * v, "o{}/app", "Fix {}", "open", 20.0);
    "farming, a few landed" &[Alert], |v| new().prs(25 + 6 * v, "o{}/app", "Fix {}", "open", 15.0).prs(10, "q{}/app", "Add {}", "other", 30.0).prs(4, "l{}/app", "Typo {}", "merged", 60.0);
    "typos in many projects in a day" WARN, |v| new().prs(8 + 6 * v, "o{}/app", "Fix typo in {}", "open", 1.0);
    "opens and withdraws everywhere" &[Alert], |v| new().prs(30 + 20 * v, "o{}/app", "Fix {}", "author", 8.0);
    "closed by bots everywhere" &[Alert], |v| new().prs(24 + 10 * v, "o{}/app", "Fix {}", "bot", 10.0);
    "files uploaded to strangers" &[Caution], |v| new().prs(4 + v / 2, "o{}/app", "Add files via upload", "open", 30.0);
    "bounties: the same claim everywhere" WARN, |v| new().prs(6 + 4 * v, "o{}/app", "Claim bounty", "open", 20.0).prs(1, "l{}/app", "Claim bounty", "merged", 90.0);
};

/// What no rule sees, told so that nobody thinks it was overlooked.
pub static NOT_SEEN: &[Kind] = kinds! {
    "everything landed: farmed typos that everybody merges" &[Clear], |v| new().prs(30 + 20 * v, "o{}/app", "Fix typo in {}", "merged", 8.0);
    "few, slow, and open" &[Clear], |v| new().prs(5 + 2 * v, "o{}/app", "Improve {}", "open", 60.0);
    "one text to many repositories of one owner, slowly" &[Clear], |v| new().prs(30 + 10 * v, "acme/{}", "Improve README", "open", 10.0);
};
