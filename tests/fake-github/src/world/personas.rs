//! The accounts with names: each is here for one trait that a test or the demo needs.

use jiff::{SignedDuration, Timestamp};

use super::{Account, Item, Kind, Profile, PullEnd, Reason, Repository, What};

/// How an item of a persona ended, with the hours from its opening to its end.
#[derive(Clone, Copy)]
enum End {
    Open,
    Draft,
    Merged(i64),
    Closed(i64),
    IssueOpen,
    Issue(Reason, i64),
}

/// An account in the making.
struct Maker {
    account: Account,
    now: Timestamp,
}

fn organization_repository(full_name: &str) -> Repository {
    let (owner, name) = full_name.split_once('/').unwrap_or((full_name, "main"));
    Repository {
        owner: owner.to_owned(),
        name: name.to_owned(),
        in_organization: true,
    }
}

fn user_repository(full_name: &str) -> Repository {
    Repository {
        in_organization: false,
        ..organization_repository(full_name)
    }
}

impl Maker {
    /// A person made `days` before `now`, with an empty profile.
    fn person(id: i64, login: &str, days: i64, now: Timestamp) -> Self {
        let account = Account {
            id,
            login: login.to_owned(),
            kind: Kind::User,
            created: now - SignedDuration::from_hours(days * 24 + 5),
            profile: Profile::default(),
            followers: 0,
            following: 0,
            sources: 0,
            forks: 0,
            organizations: Vec::new(),
            socials: Vec::new(),
            searchable: true,
            items: Vec::new(),
            about: String::new(),
            traits: Vec::new(),
        };
        Self { account, now }
    }

    fn kind(mut self, kind: Kind) -> Self {
        self.account.kind = kind;
        self
    }

    fn about(mut self, about: &str, traits: &[&'static str]) -> Self {
        about.clone_into(&mut self.account.about);
        self.account.traits = traits.to_vec();
        self
    }

    /// Fills in name, bio, company, location, web site and e-mail, and some counts.
    fn full_profile(mut self, name: &str) -> Self {
        let login = &self.account.login;
        self.account.profile = Profile {
            name: Some(name.to_owned()),
            bio: Some("Writes small tools and the tests for them.".to_owned()),
            company: Some("@acme".to_owned()),
            location: Some("Utrecht".to_owned()),
            website: Some(format!("https://{login}.example")),
            email: Some(format!("{login}@example.org")),
        };
        (self.account.followers, self.account.following) = (140, 31);
        (self.account.sources, self.account.forks) = (24, 12);
        let social = format!("https://social.example/@{}", self.account.login);
        self.social("mastodon", &social)
    }

    fn profile(mut self, change: impl FnOnce(&mut Profile)) -> Self {
        change(&mut self.account.profile);
        self
    }

    fn counts(mut self, followers: u32, following: u32, sources: u32, forks: u32) -> Self {
        (self.account.followers, self.account.following) = (followers, following);
        (self.account.sources, self.account.forks) = (sources, forks);
        self
    }

    fn social(mut self, provider: &'static str, url: &str) -> Self {
        self.account.socials.push((provider, url.to_owned()));
        self
    }

    fn organization(mut self, login: &str) -> Self {
        self.account.organizations.push(login.to_owned());
        self
    }

    fn unsearchable(mut self) -> Self {
        self.account.searchable = false;
        self
    }

    /// Adds an item opened `days` and `hours` before now. `number` 0 picks a free one.
    fn item(
        mut self,
        (repository, number): (&Repository, u32),
        title: &str,
        (days, hours): (i64, i64),
        end: End,
    ) -> Self {
        let created = self.now - SignedDuration::from_mins((days * 24 + hours) * 60 + 7);
        let after = |hours: i64| created + SignedDuration::from_hours(hours);
        let what = match end {
            End::Open => What::Pull {
                end: PullEnd::Open,
                draft: false,
            },
            End::Draft => What::Pull {
                end: PullEnd::Open,
                draft: true,
            },
            End::Merged(hours) => What::Pull {
                end: PullEnd::Merged(after(hours)),
                draft: false,
            },
            End::Closed(hours) => What::Pull {
                end: PullEnd::Closed(after(hours)),
                draft: false,
            },
            End::IssueOpen => What::Issue { closed: None },
            End::Issue(reason, hours) => What::Issue {
                closed: Some((after(hours), reason)),
            },
        };
        // Every persona has its own thousand, so that no two items share a number.
        let next = u32::try_from(self.account.items.len()).unwrap_or(0);
        let thousand = u32::try_from(self.account.id % 1000).unwrap_or(0) * 1000 + 20_000;
        self.account.items.push(Item {
            repository: repository.clone(),
            number: if number == 0 { thousand + next } else { number },
            title: title.to_owned(),
            created,
            what,
            association: "NONE",
            closed_by: "maintainer-max".to_owned(),
        });
        self
    }

    /// Adds `count` items, made by a function of their index.
    fn items(self, count: i64, mut add: impl FnMut(Self, i64) -> Self) -> Self {
        (0..count).fold(self, &mut add)
    }

    /// Sets what the author was to `acme/web` in all items there.
    fn association(mut self, association: &'static str) -> Self {
        for item in &mut self.account.items {
            if item.repository.is("acme", "web") {
                item.association = association;
            }
        }
        self
    }

    fn done(mut self) -> Account {
        self.account
            .items
            .sort_by_key(|item| std::cmp::Reverse((item.created, item.number)));
        self.account
    }
}

/// All accounts with names.
pub(super) fn all(now: Timestamp) -> Vec<Account> {
    let mut all = trusted(now);
    all.extend(noticed(now));
    all.extend(hard_to_see(now));
    all.extend(not_people(now));
    all
}

/// Those whom nothing speaks against.
fn trusted(now: Timestamp) -> Vec<Account> {
    let web = organization_repository("acme/web");
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
            .item((&organization_repository("globex/ui"), 0), "Label the close button", (9, 2), End::Merged(20))
            .item((&organization_repository("initech/cli"), 0), "Read NO_COLOR", (12, 8), End::Merged(50))
            .item((&organization_repository("initech/cli"), 0), "Say which file is missing", (15, 1), End::Open)
            .item((&web, 0), "Route table is rebuilt on every request", (11, 4), End::Issue(Reason::Completed, 80))
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
                maker.item((&organization_repository("globex/ui"), 0), &format!("Old fix {n}"), (200 + n * 90, 0), End::Merged(70))
            })
            .item((&user_repository("demo-own/tool"), 3), "Plan for the next release", (40, 0), End::IssueOpen)
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
                maker.item((&organization_repository("hooli-labs/core"), 0), &format!("Try layout {n}"), (1 + n * 2, 0), end)
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
            .item((&user_repository("demo-own/tool"), 0), "First release", (300, 0), End::Merged(1))
            .done(),
    ]
}

/// Those whose record shows something.
fn noticed(now: Timestamp) -> Vec<Account> {
    let web = organization_repository("acme/web");
    let person = |id, login, days| Maker::person(id, login, days, now);
    let stranger = |prefix: &str, n: i64| organization_repository(&format!("{prefix}-{n}/main"));
    vec![
        person(1011, "patchy-pat", 1400)
            .about("Nine external pull requests in the window, three closed unmerged, in two repositories.", &["3 of 9 closed unmerged"])
            .profile(|profile| profile.name = Some("Pat".to_owned()))
            .counts(11, 20, 6, 14)
            .items(9, |maker, n| {
                let repository = stranger("stark", n % 2);
                let end = match n { 1..=3 => End::Closed(26), 4..=6 => End::Merged(40), _ => End::Open };
                maker.item((&repository, 0), &format!("Tidy module {}", ["a", "b", "c", "d", "e", "f", "g", "h", "i"][usize::try_from(n).unwrap_or(0)]), (1 + n * 2, 3), end)
            })
            .item((&web, 903), "Show the active filter", (60, 0), End::Merged(90))
            .item((&web, 1), "The filter forgets its state", (3, 2), End::IssueOpen)
            .item((&web, 900), "Filters could be saved", (45, 2), End::IssueOpen)
            .association("CONTRIBUTOR")
            .done(),
        person(1012, "rejected-rex", 800)
            .about("Ten external pull requests in the window, seven closed unmerged, in five repositories.", &["7 of 10 closed unmerged", "5 repositories"])
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
                maker.item((&stranger("tyrell", n), 0), titles[usize::try_from(n).unwrap_or(0)], (2 + n * 3, 1), End::Issue(Reason::NotPlanned, 30))
            })
            .done(),
        person(1016, "dup-dora", 1250)
            .about("Six external issues closed as duplicates; asked without enableDuplicate they read NOT_PLANNED.", &["6 DUPLICATE"])
            .profile(|profile| profile.name = Some("Dora".to_owned()))
            .items(6, |maker, n| {
                let titles = ["Crash at start", "Blank window", "Cannot save", "Slow on large files", "Wrong time zone", "Login loops"];
                maker.item((&stranger("cyberdyne", n), 0), titles[usize::try_from(n).unwrap_or(0)], (1 + n * 3, 1), End::Issue(Reason::Duplicate, 10))
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

/// Those about whom something is odd or cannot be had.
fn hard_to_see(now: Timestamp) -> Vec<Account> {
    let web = organization_repository("acme/web");
    let person = |id, login: &str, days| Maker::person(id, login, days, now);
    let long = |unit: &str| unit.chars().cycle().take(10_000).collect::<String>();
    let hostile = "<img src=x onerror=alert(1)><script>alert('bio')</script> \u{202E}\u{200F}txet\u{202C} 👩‍👩‍👧‍👦 &amp; \"'` ";
    vec![
        person(1021, "private-priya", 700)
            .about("A private profile: GraphQL's search finds nothing, REST's answers 422, yet there are pull requests.", &["unsearchable", "PR in the window"])
            .unsearchable()
            .item((&web, 21), "Give the dialog a name", (3, 0), End::Open)
            .item((&organization_repository("globex/ui"), 0), "Add a missing label", (40, 0), End::Closed(12))
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
            .item((&organization_repository("globex/ui"), 0), &format!("{hostile}issue"), (7, 0), End::IssueOpen)
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

/// Organizations and apps.
fn not_people(now: Timestamp) -> Vec<Account> {
    let organization = |id, login: &str| {
        Maker::person(id, login, 3600, now)
            .kind(Kind::Organization)
            .about("An organization.", &["organization"])
            .profile(|profile| profile.name = Some("Acme".to_owned()))
            .done()
    };
    let bot = |id, login: &str| {
        Maker::person(id, login, 2000, now)
            .kind(Kind::Bot)
            .about("The account of a GitHub App.", &["app"])
            .done()
    };
    vec![
        organization(1031, "acme"),
        organization(1032, "Hooli-Labs"),
        bot(1041, "dependabot[bot]"),
        bot(1042, "renovate[bot]"),
    ]
}
