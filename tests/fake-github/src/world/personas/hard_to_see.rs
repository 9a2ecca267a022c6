//! Those about whom something is odd or cannot be had.

use jiff::Timestamp;

use super::maker::{End, Maker};
use crate::world::{Account, Repository};

/// Those about whom something is odd or cannot be had.
pub(super) fn all(now: Timestamp) -> Vec<Account> {
    let web = Repository::of_organization("acme/web");
    let person = |id, login: &str, days| Maker::person(id, login, days, now);
    let long = |unit: &str| unit.chars().cycle().take(10_000).collect::<String>();
    let hostile = "<img src=x onerror=alert(1)><script>alert('bio')</script> \u{202E}\u{200F}txet\u{202C} 👩‍👩‍👧‍👦 &amp; \"'` ";
    vec![
        person(1021, "private-priya", 700)
            .about("A private profile: GraphQL's search finds nothing, REST's answers 422, yet there are pull requests.", &["unsearchable", "PR in the window"])
            .unsearchable()
            .item((&web, 21), "Give the dialog a name", (3, 0), End::Open)
            .item((&Repository::of_organization("globex/ui"), 0), "Add a missing label", (40, 0), End::Closed(12))
            .association("CONTRIBUTOR")
            .done(),
        person(1022, "hostile-hal", 500)
            .about("Name and bio of 10,000 characters with HTML, right-to-left marks and emoji; a javascript: web site.", &["hostile text"])
            .profile(|profile| {
                profile.name = Some(long(hostile));
                profile.bio = Some(long(hostile));
                profile.company = Some("<b>acme</b>".to_owned());
                profile.location = Some("\u{202E}nowhere".to_owned());
                profile.website = Some("javascript:alert(document.cookie)".to_owned());
            })
            .social("generic", "javascript:alert(1)")
            .item((&web, 22), &long(hostile), (6, 0), End::Draft)
            .item((&Repository::of_organization("globex/ui"), 0), &format!("{hostile}issue"), (7, 0), End::IssueOpen)
            .done(),
        person(1023, &"a".repeat(39), 1200)
            .about("The longest login there can be.", &["39 characters"])
            .profile(|profile| profile.name = Some("Aaa".to_owned()))
            .item((&web, 904), "Shorten names in the list", (10, 0), End::Merged(4))
            .association("CONTRIBUTOR")
            .done(),
        person(1024, "kim_acme", 400)
            .about("An account that acme's enterprise manages: with an underscore.", &["managed"])
            .item((&web, 0), "Sync the glossary", (10, 0), End::Merged(4))
            .association("MEMBER")
            .done(),
        person(1025, "trailing-", 3100)
            .about("A login from before the rule against a hyphen at the end.", &["trailing hyphen"])
            .item((&web, 0), "Correct the copyright year", (400, 0), End::Merged(4))
            .association("CONTRIBUTOR")
            .done(),
        person(10137, "ghost", 5200)
            .about("The account that stands in for deleted ones; resolves as a plain user.", &["ghost"])
            .profile(|profile| profile.name = Some("Deleted user".to_owned()))
            .counts(9000, 0, 0, 0)
            .done(),
    ]
}
