//! Those whose record depends on who closed what, on how much lies in one place, or on who may see it.

use jiff::Timestamp;

use super::maker::{End, Maker};
use crate::world::{Account, CloseReason, Closer, Repository};

/// Titles of which no two are alike.
const TITLES: [&str; 10] = [
    "Close the file on errors",
    "Follow redirects",
    "Name the thread",
    "Round half to even",
    "Sort the imports",
    "Spell out the units",
    "Stop at the first error",
    "Trim the path",
    "Use the system font",
    "Warn about old settings",
];

fn title(n: i64) -> &'static str {
    TITLES[usize::try_from(n).unwrap_or(0) % TITLES.len()]
}

pub(super) fn all(now: Timestamp) -> Vec<Account> {
    let mut all = closed_unmerged(now);
    all.extend(much_at_once(now));
    all.extend(seldom_seen(now));
    all
}

/// Those whose pull requests were closed unmerged, each by somebody else.
fn closed_unmerged(now: Timestamp) -> Vec<Account> {
    let person = |id, login, days| Maker::person(id, login, days, now);
    let owner = |prefix: &str, n: i64| Repository::of_organization(&format!("{prefix}-{n}/main"));
    let pytorch = Repository::of_organization("pytorch/pytorch");
    let closed = |maker: Maker, closer: Closer, prefix: &str, n: i64| {
        let repository = owner(prefix, n % 4);
        let age = (1 + n * 2, 2);
        maker.closed_by(closer, (&repository, 0), title(n), age, End::Closed(9))
    };
    vec![
        person(1051, "withdrawn-willa", 1100)
            .about(
                "Closed eight of ten pull requests to four owners herself: withdrawn, not turned down.",
                &["8 withdrawn", "4 owners"],
            )
            .profile(|profile| profile.name = Some("Willa".to_owned()))
            .counts(6, 8, 4, 9)
            .items(8, |maker, n| closed(maker, Closer::Author, "aperture", n))
            .items(2, |maker, n| {
                let place = owner("aperture", n);
                maker.item((&place, 0), title(8 + n), (2 + n, 5), End::Open)
            })
            .done(),
        person(1052, "landed-lars", 1600)
            .about(
                "Nine pull requests to pytorch/pytorch, each closed by the commit that landed it.",
                &["9 landed by commits"],
            )
            .full_profile("Lars Landed")
            .items(9, |maker, n| {
                let commit = Closer::Commit("pytorchmergebot".to_owned());
                let age = (1 + n * 2, 4);
                maker.closed_by(commit, (&pytorch, 0), title(n), age, End::Closed(30))
            })
            .done(),
        person(1053, "pytorchmergebot", 1900)
            .about("A person's account that pushes what others merged.", &["merges"])
            .done(),
        person(1054, "stale-stan", 1000)
            .about(
                "Eight pull requests to four owners, each closed by an app after weeks of silence.",
                &["8 closed by an app"],
            )
            .profile(|profile| profile.name = Some("Stan".to_owned()))
            .counts(3, 2, 5, 8)
            .items(8, |maker, n| closed(maker, Closer::Other("stale[bot]".to_owned()), "oscorp", n))
            .done(),
        person(1055, "ghosted-gus", 950)
            .about(
                "Eight pull requests to four owners, closed by an account that is gone: nobody knows by whom.",
                &["8 closed by nobody known"],
            )
            .items(8, |maker, n| closed(maker, Closer::Other("gone-gabi".to_owned()), "virtucon", n))
            .done(),
    ]
}

/// Those who did much within a short time.
fn much_at_once(now: Timestamp) -> Vec<Account> {
    let person = |id, login, days| Maker::person(id, login, days, now);
    let owner = |prefix: &str, n: i64| Repository::of_organization(&format!("{prefix}-{n}/main"));
    let flooded = Repository::of_organization("nakatomi/plaza");
    vec![
        person(1056, "flood-finn", 60)
            .about(
                "24 pull requests to one project within a day, none merged.",
                &["24 PRs to one owner", "one day"],
            )
            .counts(0, 1, 0, 1)
            .items(24, |maker, n| {
                let title = format!("{} in module {}", title(n), word(n));
                let end = if n % 3 == 0 {
                    End::Closed(1)
                } else {
                    End::Open
                };
                maker.item((&flooded, 0), &title, (2, n * 23 / 24), end)
            })
            .done(),
        person(1057, "spray-ingo", 300)
            .about(
                "Issues of different titles with 18 owners within ten days, none completed.",
                &["18 issues", "18 owners"],
            )
            .items(18, |maker, n| {
                let end = if n % 2 == 0 {
                    End::IssueOpen
                } else {
                    End::Issue(CloseReason::NotPlanned, 20)
                };
                let title = format!("{} when {} is empty", title(n), word(n));
                maker.item(
                    (&owner("gringotts", n), 0),
                    &title,
                    (1 + n / 2, n % 12),
                    end,
                )
            })
            .done(),
        person(1058, "translator-tara", 1700)
            .about(
                "The same title with twelve owners, all merged: a translator's work.",
                &["12 equal PR titles", "all merged"],
            )
            .full_profile("Tara Translator")
            .items(12, |maker, n| {
                let place = owner("dunder", n);
                maker.item(
                    (&place, 0),
                    "Update the Dutch translation",
                    (1 + n, 3),
                    End::Merged(20),
                )
            })
            .done(),
    ]
}

/// One of 24 words.
fn word(n: i64) -> char {
    let letter = u8::try_from(n.rem_euclid(24)).unwrap_or(0);
    char::from(b'a' + letter)
}

/// Those whom not everybody sees whole.
fn seldom_seen(now: Timestamp) -> Vec<Account> {
    let person = |id, login, days| Maker::person(id, login, days, now);
    let owner = |prefix: &str, n: i64| Repository::of_organization(&format!("{prefix}-{n}/main"));
    let secret = Repository {
        is_private: true,
        ..Repository::of_organization("acme/secret")
    };
    vec![
        person(1059, "private-hugo", 820)
            .about(
                "A private profile: no search finds him, yet his connection tells of eight pull requests that four owners turned down.",
                &["unsearchable", "8 turned down", "4 owners"],
            )
            .unsearchable()
            .items(8, |maker, n| {
                let place = owner("weyland", n % 4);
                maker.item((&place, 0), title(n), (1 + n * 2, 1), End::Closed(7))
            })
            .done(),
        person(1060, "private-paula", 1900)
            .about(
                "A private profile with nothing but merged work, three pull requests of it in acme/web.",
                &["unsearchable", "3 merged in acme/web"],
            )
            .unsearchable()
            .full_profile("Paula Private")
            .items(3, |maker, n| {
                let web = Repository::of_organization("acme/web");
                maker.item((&web, 0), title(n), (3 + n * 30, 1), End::Merged(7))
            })
            .item((&owner("weyland", 9), 0), title(5), (4, 1), End::Merged(7))
            .association("CONTRIBUTOR")
            .done(),
        person(1061, "secret-sven", 1500)
            .about(
                "Seven pull requests turned down in acme/secret, which only a token with the scope `repo` sees; elsewhere one merged.",
                &["7 in a private repository", "1 merged in public"],
            )
            .profile(|profile| profile.name = Some("Sven".to_owned()))
            .items(7, |maker, n| {
                maker.item((&secret, 0), title(n), (1 + n * 2, 1), End::Closed(7))
            })
            .item((&owner("monarch", 0), 0), title(7), (3, 3), End::Merged(7))
            .done(),
        person(1063, "many-orgs-mia", 2100)
            .about(
                "Publicly in 105 organizations, and seven pull requests closed in the last two of them: one page of the list is not all.",
                &["105 organizations", "7 closed in her own"],
            )
            .full_profile("Mia Many")
            .items(105, |maker, n| maker.organization(&format!("guild-{n}")))
            .items(7, |maker, n| {
                let guild = Repository::of_organization(&format!("guild-{}/main", 103 + n % 2));
                maker.item((&guild, 0), title(n), (1 + n * 2, 1), End::Closed(7))
            })
            .done(),
        person(1064, "gil--", 4100)
            .about(
                "Logins, an organization and a repository from before today's rules for names: gil--, -ace-, foo--bar/r.",
                &["old names", "3 closed in his own organization"],
            )
            .profile(|profile| profile.name = Some("Gil".to_owned()))
            .organization("-ace-")
            .items(3, |maker, n| {
                let ace = Repository::of_organization("-ace-/deck");
                maker.item((&ace, 0), title(n), (1 + n * 2, 1), End::Closed(7))
            })
            .item((&Repository::of_user("foo--bar/r"), 0), title(4), (5, 1), End::Merged(7))
            .done(),
        person(1062, "blank-bo", 1200)
            .about("Three years here and never a pull request or an issue.", &["no activity ever"])
            .counts(1, 3, 2, 4)
            .done(),
    ]
}
