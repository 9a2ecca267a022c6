use super::pages::count;
use super::*;
use crate::engine::person_evidence::{EvidenceUse, Progress};
use crate::evidence::{
    Counts, Evidence, Fact, GapReason, Item, PullRequest, PullRequestState, Remainder,
};
use crate::github::Page;
use crate::github::activity::START;

#[test]
fn a_refresh_is_allowed_once_in_a_while() {
    let at = |seconds: i64| Timestamp::from_second(1_795_000_000 + seconds).unwrap();
    let mut person = Person::new("ada".parse().unwrap());
    let mut check = |seconds, may| {
        assert_eq!(person.begin_refresh(at(seconds)), may, "after {seconds} s");
    };
    for (seconds, may) in [(0, true), (1, false), (29, false), (30, true), (40, false)] {
        check(seconds, may);
    }
    // The clock has been put back by an hour.
    check(-3_600, false);
    check(-3_500, true);
    let key = CacheKey::new(Part::Account, None, None).unwrap();
    let gap = Gap::new(GapReason::TimedOut);
    person.record_failure(&key, gap, Recheck::WhenAsked, at(0));
    let mut check = |seconds, may| {
        assert_eq!(person.begin_refresh(at(seconds)), may, "after {seconds} s");
    };
    check(10, true);
    check(14, false);
    check(15, true);
}

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn key(part: Part) -> CacheKey {
    CacheKey::new(part, None, None).unwrap()
}

fn pull_request(number: u32) -> PullRequest {
    PullRequest {
        item: Item {
            repository: "acme/web".parse().unwrap(),
            is_in_organization: true,
            number,
            title: "Mend".to_owned(),
            created_at: now(),
            closed_at: None,
        },
        state: PullRequestState::Open,
        closed_by: None,
        association: None,
        node_id: None,
    }
}

/// A page of a connection with these pull requests and so many left.
fn page(numbers: std::ops::Range<u32>, left: u32, next: Option<&str>) -> Page<PullRequest> {
    let items: Vec<PullRequest> = numbers.map(pull_request).collect();
    Page {
        total: count(items.len()) + left,
        items,
        next: next.map(str::to_owned),
        is_refusal_told: true,
        shortfall: None,
        unread: 0,
        total_ever: Some(100),
        unmerged: Unmerged::NotAsked,
        merged_before: Vec::new(),
        is_of_private: false,
    }
}

fn evidence(person: &Person) -> Evidence {
    person.evidence(None, None, now(), EvidenceUse::Report, |_| Progress::Idle)
}

fn rest(person: &Person) -> Remainder {
    evidence(person).pull_requests.known().unwrap().rest
}

fn record(person: &mut Person, page: Page<PullRequest>, follows: Option<&str>) {
    let learned = Learned::PullRequests(page);
    person.record(&key(Part::PullRequests), learned, None, follows, now());
}

#[test]
fn pages_are_joined_and_each_pull_request_counts_once() {
    let mut person = Person::new("ada".parse().unwrap());
    record(&mut person, page(0..30, 20, Some("a")), None);
    assert_eq!(person.next_page(&key(Part::PullRequests)), Some("a"));
    assert_eq!(rest(&person), Remainder::NotAsked);
    // One was opened meanwhile, so that the pages overlap by one.
    record(&mut person, page(29..50, 0, None), Some("a"));
    let found = evidence(&person).pull_requests;
    let found = found.known().unwrap();
    assert_eq!((found.items.len(), found.total), (50, 50));
    assert_eq!(found.rest, Remainder::None);
}

#[test]
fn pages_keep_pull_requests_of_one_number_in_different_repositories() {
    let mut person = Person::new("ada".parse().unwrap());
    record(&mut person, page(0..30, 30, Some("a")), None);
    let mut elsewhere = page(0..30, 0, None);
    for it in &mut elsewhere.items {
        it.item.repository = "acme/api".parse().unwrap();
    }
    record(&mut person, elsewhere, Some("a"));
    let found = evidence(&person).pull_requests;
    let found = found.known().unwrap();
    assert_eq!((found.items.len(), found.rest), (60, Remainder::None));
}

#[test]
fn a_page_that_leads_nowhere_ends_the_paging_in_a_gap() {
    for page_two in [page(30..40, 20, Some("a")), page(0..30, 20, Some("b"))] {
        let mut person = Person::new("ada".parse().unwrap());
        record(&mut person, page(0..30, 30, Some("a")), None);
        record(&mut person, page_two, Some("a"));
        assert_eq!(person.next_page(&key(Part::PullRequests)), None);
        assert!(matches!(rest(&person), Remainder::Missing(_)));
    }
}

/// The page of what is not merged, whole or not.
fn unmerged(numbers: std::ops::Range<u32>, left: u32) -> Page<PullRequest> {
    page(numbers, left, None).unmerged()
}

#[test]
fn what_is_not_merged_is_added_to_the_first_page_where_it_is_whole() {
    let mut person = Person::new("ada".parse().unwrap());
    let key = key(Part::PullRequests);
    record(&mut person, page(0..30, 70, Some("a")), None);
    record(&mut person, unmerged(20..50, 0), None);
    let found = evidence(&person).pull_requests;
    let found = found.known().unwrap();
    assert_eq!((found.items.len(), found.total), (50, 100));
    assert!(found.is_rest_merged && person.lacks_only_merged(&key));
    // The merged ones begin anew, and may all be known.
    assert_eq!(person.next_page(&key), Some(START));
    record(&mut person, page(0..20, 10, Some("m")), Some(START));
    assert_eq!(person.next_page(&key), Some("m"));
    assert_eq!(rest(&person), Remainder::NotAsked);
    record(&mut person, page(50..60, 0, None), Some("m"));
    assert_eq!(rest(&person), Remainder::None);
}

#[test]
fn what_is_not_merged_changes_nothing_where_it_is_no_whole() {
    let mut person = Person::new("ada".parse().unwrap());
    let key = key(Part::PullRequests);
    record(&mut person, page(0..30, 900, Some("a")), None);
    record(&mut person, unmerged(20..50, 1), None);
    let found = evidence(&person).pull_requests;
    let found = found.known().unwrap();
    assert_eq!((found.items.len(), found.is_rest_merged), (30, false));
    assert_eq!(person.next_page(&key), Some("a"));
    assert!(!person.may_ask_unmerged(&key, now()), "once is enough");
    let mut nobody = Person::new("ada".parse().unwrap());
    record(&mut nobody, unmerged(20..50, 0), None);
    assert!(!nobody.has_record(), "the first page is gone");
}

#[test]
fn what_is_not_merged_is_asked_for_where_several_pages_of_the_window_follow() {
    let may = |days: i64, left| {
        let mut person = Person::new("ada".parse().unwrap());
        let mut first = page(0..30, left, Some("a"));
        for it in &mut first.items {
            it.item.created_at = now() - SignedDuration::from_hours(24 * days);
        }
        record(&mut person, first, None);
        person.may_ask_unmerged(&key(Part::PullRequests), now())
    };
    // Thirty in four days are more than 150 in the window.
    assert!(may(4, 900));
    assert!(!may(4, 100), "the next page is the last");
    assert!(!may(7, 900), "thirty a week are two pages");
}

#[test]
fn no_part_takes_more_than_ten_pages() {
    let mut person = Person::new("ada".parse().unwrap());
    record(&mut person, page(0..30, 900, Some("0")), None);
    let mut pages = 1;
    while let Some(cursor) = person
        .next_page(&key(Part::PullRequests))
        .map(str::to_owned)
    {
        let next = pages.to_string();
        record(
            &mut person,
            page(30 * pages..30 * pages + 30, 900, Some(&next)),
            Some(&cursor),
        );
        pages += 1;
    }
    assert_eq!(pages, 10);
    let gap = Gap::new(GapReason::TooMany);
    assert_eq!(rest(&person), Remainder::Missing(gap));
}

#[test]
fn empty_connections_are_doubted_where_something_else_shows_activity() {
    let empty = || Page {
        total_ever: Some(0),
        unmerged: Unmerged::NotAsked,
        merged_before: Vec::new(),
        is_of_private: false,
        ..page(0..0, 0, None)
    };
    let mut person = Person::new("ada".parse().unwrap());
    record(&mut person, empty(), None);
    let opened = Some(now());
    assert!(
        !person.doubts_connections(opened, now()),
        "issues are not known yet"
    );
    let issues = Learned::Issues(Page {
        total: 0,
        items: Vec::new(),
        next: None,
        is_refusal_told: true,
        shortfall: None,
        unread: 0,
        total_ever: Some(0),
        unmerged: Unmerged::NotAsked,
        merged_before: Vec::new(),
        is_of_private: false,
    });
    person.record(&key(Part::Issues), issues, None, None, now());
    assert!(person.doubts_connections(opened, now()));
    let long_ago = Some(now() - SignedDuration::from_hours(30 * 24));
    assert!(!person.doubts_connections(long_ago, now()) && !person.doubts_connections(None, now()));
    let counts = Counts {
        followers: 0,
        following: 0,
        own_repositories: 0,
        forks: 0,
        pull_requests: 1,
        merged_pull_requests: 0,
        closed_pull_requests: Some(0),
        issues: 0,
        newest_at: Some(now()),
    };
    person.record(
        &key(Part::Counts),
        Learned::Counts(counts),
        None,
        None,
        now(),
    );
    assert!(
        person.doubts_connections(None, now()),
        "the totals show something"
    );
    // What a search has told is not doubted.
    record(
        &mut person,
        Page {
            total_ever: None,
            unmerged: Unmerged::NotAsked,
            merged_before: Vec::new(),
            is_of_private: false,
            ..empty()
        },
        None,
    );
    assert!(!person.doubts_connections(opened, now()));
}

#[test]
fn what_an_older_version_kept_is_read_or_asked_anew() {
    let kept = |learned: &str| {
        let text = format!(
            r#"{{"login":"ada","entries":[{{"cacheKey":{{"part":"pullRequests","repository":null}},"known":{{"learned":{learned},"at":"2026-11-21T11:00:00Z"}}}}]}}"#
        );
        crate::json::from_str::<Person>(&text)
    };
    let item = r#"{"item":{"repository":"acme/web","isInOrganization":true,"number":1,"title":"Mend","createdAt":"2026-11-20T12:00:00Z","closedAt":null},"state":"closed"}"#;
    let page = format!(
        r#"{{"pullRequests":{{"total":1,"items":[{item}],"next":null,"isRefusalTold":false}}}}"#
    );
    let person = kept(&page).unwrap();
    let found = evidence(&person).pull_requests;
    let found = found.known().unwrap();
    assert_eq!((found.items.len(), found.rest), (1, Remainder::None));
    assert_eq!(found.items[0].closed_by, None, "who closed it is not known");
    assert!(!person.doubts_connections(Some(now()), now()));
    assert!(kept(r#"{"pullRequests":{"total":1}}"#).is_err());
}

#[test]
fn no_part_has_more_pages_than_are_worth_it() {
    let mut person = Person::new("ada".parse().unwrap());
    let (list, organizations) = (key(Part::PullRequests), key(Part::Organizations));
    for number in 1..=12 {
        let follows = (number > 1).then(|| number.to_string());
        let next = (number + 1).to_string();
        let found = page(10 * number..10 * number + 10, 500, Some(&next));
        let follows = follows.as_deref();
        person.record(&list, Learned::PullRequests(found), None, follows, now());
        let some = Learned::SomeOrganizations {
            logins: vec![format!("guild-{number}").parse().unwrap()],
            next,
        };
        person.record(&organizations, some, None, follows, now());
        for key in [&list, &organizations] {
            let has_next = person.next_page(key).is_some();
            assert_eq!(has_next, number < 10, "{key:?} after page {number}");
        }
    }
    let idle = |_: &CacheKey| Progress::Idle;
    let evidence = person.evidence(None, None, now(), EvidenceUse::Plan, idle);
    let too_many = Gap::new(GapReason::TooMany);
    assert_eq!(evidence.organizations, Fact::Missing(too_many));
    let found = evidence.pull_requests.known().unwrap();
    assert_eq!(found.rest, Remainder::Missing(too_many));
}

#[test]
fn the_last_page_of_organizations_makes_them_whole() {
    let mut person = Person::new("ada".parse().unwrap());
    let organizations = key(Part::Organizations);
    let of = |names: &[&str]| names.iter().map(|it| it.parse().unwrap()).collect();
    let some = Learned::SomeOrganizations {
        logins: of(&["acme"]),
        next: "2".to_owned(),
    };
    let etag = Some("first".to_owned());
    person.record(&organizations, some, etag.clone(), None, now());
    assert_eq!(person.etag(&organizations), Some("first"));
    let last = Learned::Organizations(of(&["globex"]));
    person.record(&organizations, last, etag, Some("2"), now());
    let idle = |_: &CacheKey| Progress::Idle;
    let evidence = person.evidence(None, None, now(), EvidenceUse::Report, idle);
    let expected: Vec<Login> = of(&["acme", "globex"]);
    assert_eq!(evidence.organizations.known(), Some(&expected));
    assert_eq!(person.etag(&organizations), None, "it is that of one page");
}

#[test]
fn what_is_cut_short_replaces_only_what_holds_less() {
    let mut person = Person::new("ada".parse().unwrap());
    let list = key(Part::PullRequests);
    let cut_short = |numbers: std::ops::Range<u32>| {
        Learned::PullRequests(Page {
            shortfall: Some(GapReason::Incomplete),
            total: 1_000,
            total_ever: None,
            unmerged: Unmerged::NotAsked,
            ..page(numbers, 0, None)
        })
    };
    let mut check = |learned, expected| {
        person.record(&list, learned, None, None, now());
        let idle = |_: &CacheKey| Progress::Idle;
        let evidence = person.evidence(None, None, now(), EvidenceUse::Report, idle);
        let found = evidence.pull_requests.known().unwrap();
        assert_eq!(found.items.len(), expected);
        let fresh = SignedDuration::from_mins(45);
        (found.rest, person.state(&list, None, fresh, now()))
    };
    let asked_again = (Remainder::NotAsked, CacheState::Stale);
    assert_eq!(check(cut_short(0..3), 3), asked_again);
    assert_eq!(check(cut_short(0..2), 3), asked_again);
    assert_eq!(check(cut_short(0..5), 5), asked_again);
    let whole = (Remainder::None, CacheState::Fresh);
    assert_eq!(check(Learned::PullRequests(page(0..4, 0, None)), 4), whole);
    assert_eq!(check(cut_short(0..2), 4), whole);
}
