//! Those whose record shows something.

use jiff::Timestamp;

use super::maker::{End, Maker};
use crate::world::{Account, CloseReason, Repository};

/// Those whose record shows something.
pub(super) fn all(now: Timestamp) -> Vec<Account> {
    let web = Repository::of_organization("acme/web");
    let person = |id, login, days| Maker::person(id, login, days, now);
    let stranger =
        |prefix: &str, n: i64| Repository::of_organization(&format!("{prefix}-{n}/main"));
    vec![
        person(1011, "patchy-pat", 1400)
            .about("Nine external pull requests in the window: three owners turned one down each, the others are open.", &["3 of 9 closed unmerged"])
            .profile(|profile| profile.name = Some("Pat".to_owned()))
            .counts(11, 20, 6, 14)
            .items(9, |maker, n| {
                let is_closed = (1..=3).contains(&n);
                let repository = stranger("stark", if is_closed { n } else { 0 });
                let end = if is_closed { End::Closed(26) } else { End::Open };
                maker.item((&repository, 0), &format!("Tidy module {}", ["a", "b", "c", "d", "e", "f", "g", "h", "i"][usize::try_from(n).unwrap_or(0)]), (1 + n * 2, 3), end)
            })
            .item((&web, 903), "Show the active filter", (60, 0), End::Merged(90))
            .item((&web, 1), "The filter forgets its state", (3, 2), End::IssueOpen)
            .item((&web, 900), "Filters could be saved", (45, 2), End::IssueOpen)
            .association("CONTRIBUTOR")
            .done(),
        person(1012, "rejected-rex", 800)
            .about("Ten external pull requests in the window, seven turned down by five owners.", &["7 of 10 closed unmerged", "5 repositories"])
            .counts(2, 80, 1, 30)
            .items(10, |maker, n| {
                let repository = stranger("wayne", n % 5);
                let titles = ["Add badges", "Add a logo", "Rename the folder", "Use tabs", "Use spaces", "Add Docker", "Add funding", "Update copyright", "Convert to modules", "Replace the parser"];
                let end = if n < 7 { End::Closed(5) } else { End::Open };
                maker.item((&repository, 0), titles[usize::try_from(n).unwrap_or(0)], (1 + n, 9), end)
            })
            .done(),
        person(1013, "serial-sam", 200)
            .about("The same pull request title in 70 external repositories within three days, one of them acme/web#7.", &["70 equal PR titles", "70 repositories", "burst"])
            .profile(|profile| profile.name = Some("Sam".to_owned()))
            .counts(0, 0, 0, 70)
            .items(69, |maker, n| {
                maker.item((&stranger("vandelay", n), 0), "Fix typo in README", (1 + n / 24, n % 24), End::Open)
            })
            .item((&web, 7), "Fix typo in README", (1, 1), End::Open)
            .association("FIRST_TIME_CONTRIBUTOR")
            .done(),
        person(1014, "echo-eve", 900)
            .about("The same issue title in eight repositories, and two more that differ in case, spaces and punctuation.", &["8 equal issue titles", "2 variants"])
            .profile(|profile| profile.location = Some("Porto".to_owned()))
            .items(8, |maker, n| {
                maker.item((&stranger("soylent", n), 0), "Improve README", (2 + n, 2), End::IssueOpen)
            })
            .item((&stranger("soylent", 8), 0), "Improve  README!", (11, 0), End::IssueOpen)
            .item((&stranger("soylent", 9), 0), "improve readme", (12, 0), End::IssueOpen)
            .done(),
        person(1015, "notplanned-ned", 1300)
            .about("Five external issues closed as not planned.", &["5 NOT_PLANNED"])
            .profile(|profile| profile.name = Some("Ned".to_owned()))
            .items(5, |maker, n| {
                let titles = ["Rewrite in another language", "Add a dark website", "Support my editor", "Move to chat", "Change the licence"];
                maker.item((&stranger("tyrell", n), 0), titles[usize::try_from(n).unwrap_or(0)], (2 + n * 3, 1), End::Issue(CloseReason::NotPlanned, 30))
            })
            .done(),
        person(1016, "dup-dora", 1250)
            .about("Six external issues closed as duplicates; asked without enableDuplicate they read NOT_PLANNED.", &["6 DUPLICATE"])
            .profile(|profile| profile.name = Some("Dora".to_owned()))
            .items(6, |maker, n| {
                let titles = ["Crash at start", "Blank window", "Cannot save", "Slow on large files", "Wrong time zone", "Login loops"];
                maker.item((&stranger("cyberdyne", n), 0), titles[usize::try_from(n).unwrap_or(0)], (1 + n * 3, 1), End::Issue(CloseReason::Duplicate, 10))
            })
            .done(),
        person(1017, "busy-bea", 2600)
            .about("260 external pull requests in the window; those closed unmerged only come after the newest 100.", &["260 PRs", "140 closed unmerged beyond the first page"])
            .full_profile("Bea Busy")
            .items(260, |maker, n| {
                let end = if (100..240).contains(&n) { End::Closed(1) } else { End::Merged(1) };
                let repository = stranger("umbrella", n % 12);
                // An hour and three quarters apart, so that all 260 fall into 19 days.
                let minutes = n * 105 + 60;
                maker.item((&repository, 0), &busy_title(n), (0, minutes / 60), end)
            })
            .item((&web, 2), "Updates should be grouped", (4, 6), End::IssueOpen)
            .item((&web, 0), "Sort the changelog", (90, 0), End::Merged(6))
            .association("CONTRIBUTOR")
            .done(),
    ]
}

/// One of 260 titles of which no two are alike, also without digits and punctuation.
fn busy_title(n: i64) -> String {
    let verbs = [
        "Update", "Pin", "Drop", "Replace", "Vendor", "Audit", "Test", "Document", "Patch", "Bump",
        "Cache", "Mirror", "Inline",
    ];
    let things = [
        "parser",
        "router",
        "logger",
        "linter",
        "bundler",
        "formatter",
        "client",
        "server",
        "store",
        "queue",
        "timer",
        "mailer",
        "scheduler",
        "renderer",
        "tokenizer",
        "validator",
        "encoder",
        "decoder",
        "resolver",
        "watcher",
    ];
    let index = usize::try_from(n).unwrap_or(0);
    format!(
        "{} the {}",
        verbs[index % verbs.len()],
        things[index / verbs.len() % things.len()]
    )
}
