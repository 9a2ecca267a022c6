//! Those whom nothing speaks against.

use jiff::Timestamp;

use super::maker::{End, Maker};
use crate::world::{Account, CloseReason, Repository};

/// Those whom nothing speaks against.
pub(super) fn all(now: Timestamp) -> Vec<Account> {
    let web = Repository::of_organization("acme/web");
    let person = |id, login, days| Maker::person(id, login, days, now);
    vec![
        person(1001, "ada-steady", 2920)
            .about(
                "Eight years here, twelve merged pull requests in acme/web, contributes elsewhere too.",
                &["old account", "full profile", "12 merged in acme/web", "CONTRIBUTOR"],
            )
            .full_profile("Ada Steady")
            .items(12, |maker, n| {
                let titles = ["Cache the route table", "Explain the retry rules", "Fix focus order"];
                let title = format!("{} ({})", titles[usize::try_from(n % 3).unwrap_or(0)], n + 1);
                maker.item((&web, 0), &title, (6 + n * 55, 3), End::Merged(30))
            })
            .item((&Repository::of_organization("globex/ui"), 0), "Label the close button", (9, 2), End::Merged(20))
            .item((&Repository::of_organization("initech/cli"), 0), "Read NO_COLOR", (12, 8), End::Merged(50))
            .item((&Repository::of_organization("initech/cli"), 0), "Say which file is missing", (15, 1), End::Open)
            .item((&web, 0), "Route table is rebuilt on every request", (11, 4), End::Issue(CloseReason::Completed, 80))
            .association("CONTRIBUTOR")
            .done(),
        person(1002, "mel-member", 2200)
            .about("A member of acme: known by the association alone.", &["MEMBER"])
            .full_profile("Mel Member")
            .organization("acme")
            .items(6, |maker, n| {
                maker.item((&web, 0), &format!("Release step {}", n + 1), (2 + n * 3, 6), End::Merged(8))
            })
            .association("MEMBER")
            .done(),
        person(1003, "owen-owner", 3300)
            .about("Has the last word in acme/web without being in acme's public list.", &["COLLABORATOR"])
            .full_profile("Owen Owner")
            .items(4, |maker, n| {
                maker.item((&web, 0), &format!("Housekeeping {}", n + 1), (4 + n * 40, 2), End::Merged(2))
            })
            .association("COLLABORATOR")
            .done(),
        person(1004, "newcomer-nia", 12)
            .about(
                "Twelve days here, empty profile, one good open pull request: must never look guilty.",
                &["young account", "empty profile", "FIRST_TIME_CONTRIBUTOR"],
            )
            .item((&web, 8), "Keep the keyboard focus when the menu closes", (2, 4), End::Open)
            .item((&web, 902), "The menu opens to the wrong side", (5, 4), End::IssueOpen)
            .association("FIRST_TIME_CONTRIBUTOR")
            .done(),
        person(1005, "quiet-quinn", 2300)
            .about("An old account without any activity in the window.", &["no activity in the window"])
            .profile(|profile| profile.name = Some("Quinn".to_owned()))
            .counts(4, 9, 3, 2)
            .items(5, |maker, n| {
                maker.item((&Repository::of_organization("globex/ui"), 0), &format!("Old fix {n}"), (200 + n * 90, 0), End::Merged(70))
            })
            .item((&Repository::of_user("demo-own/tool"), 3), "Plan for the next release", (40, 0), End::IssueOpen)
            .done(),
        person(1006, "org-olga", 1500)
            .about(
                "Most pull requests go to an organization she is publicly in, listed in another case than the owner's.",
                &["organization in another case", "only 1 external PR"],
            )
            .full_profile("Olga Orsini")
            .organization("Hooli-Labs")
            .items(9, |maker, n| {
                let end = if n % 2 == 0 { End::Closed(12) } else { End::Merged(12) };
                maker.item((&Repository::of_organization("hooli-labs/core"), 0), &format!("Try layout {n}"), (1 + n * 2, 0), end)
            })
            .item((&web, 0), "Spell the option as documented", (5, 5), End::Merged(9))
            .association("CONTRIBUTOR")
            .done(),
        person(1007, "maintainer-max", 4000)
            .about("Whose the good tokens are: the viewer.", &["viewer", "MEMBER"])
            .full_profile("Max Maintainer")
            .organization("acme")
            .item((&web, 0), "Drop the old bundler", (8, 0), End::Merged(3))
            .association("MEMBER")
            .done(),
        person(1008, "demo-own", 1900)
            .about("A person who owns a repository: demo-own/tool.", &["owner of demo-own/tool"])
            .full_profile("Demi Own")
            .item((&Repository::of_user("demo-own/tool"), 0), "First release", (300, 0), End::Merged(1))
            .done(),
    ]
}
