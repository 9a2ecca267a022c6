use super::*;

const TAB: ClientId = ClientId(1);
const POPUP: ClientId = ClientId(2);

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + seconds).unwrap()
}

fn key(login: &str) -> JobKey {
    (
        login.to_owned(),
        CacheKey::new(Part::Account, None, None).unwrap(),
    )
}

fn request(scheduler: &mut Scheduler, client: ClientId, priority: Priority, login: &str) -> bool {
    let (person, cache_key) = key(login);
    let request = Request {
        client,
        priority,
        login: &person.parse().unwrap(),
        cache_key: &cache_key,
        fetch: &Fetch::FirstPage,
    };
    scheduler.request(&request, Bucket::Graphql, at(0))
}

fn order(scheduler: &Scheduler) -> Vec<String> {
    let jobs = scheduler.ready(Bucket::Graphql);
    jobs.map(|job| job.login.to_string()).collect()
}

#[test]
fn the_most_urgent_leaves_first_and_of_equals_the_oldest() {
    let mut scheduler = Scheduler::default();
    for (priority, login) in [
        (Priority::Others, "others"),
        (Priority::InView, "first-in-view"),
        (Priority::InView, "in-view"),
        (Priority::Opener, "opener"),
    ] {
        assert!(request(&mut scheduler, TAB, priority, login));
    }
    let expected = ["opener", "first-in-view", "in-view", "others"];
    assert_eq!(order(&scheduler), expected);
    assert_eq!(scheduler.ready(Bucket::Core).count(), 0);
    // The popup asks for one of them too: it is the same job, now more urgent.
    assert!(!request(&mut scheduler, POPUP, Priority::Popup, "others"));
    assert_eq!(order(&scheduler)[0], "others");
    scheduler.withdraw(POPUP, &["others".to_owned()]);
    assert_eq!(order(&scheduler), expected);
}

#[test]
fn what_nobody_wants_is_dropped_unless_it_is_in_flight() {
    let mut scheduler = Scheduler::default();
    for login in ["ada", "eve", "zoe"] {
        request(&mut scheduler, TAB, Priority::InView, login);
    }
    request(&mut scheduler, POPUP, Priority::Popup, "zoe");
    scheduler.assign(&[key("eve")], CallId(1));
    let people = ["ada", "eve", "zoe"].map(str::to_owned);
    scheduler.withdraw(TAB, &people);
    assert_eq!(scheduler.drop_abandoned(), ["ada"]);
    assert_eq!(scheduler.drop_abandoned(), Vec::<String>::new());
    // It comes back in vain, and nobody wants it any more.
    let size = JobSize::whole(Part::Account, &Fetch::FirstPage);
    scheduler.retry(&key("eve"), size, Some(at(9)));
    assert_eq!(scheduler.drop_abandoned(), ["eve"]);
    assert_eq!(scheduler.next_release(), None);
    assert_eq!(order(&scheduler), ["zoe"]);
}

#[test]
fn a_second_try_waits_for_its_moment() {
    let mut scheduler = Scheduler::default();
    request(&mut scheduler, TAB, Priority::InView, "ada");
    scheduler.assign(&[key("ada")], CallId(1));
    assert!(order(&scheduler).is_empty());
    assert_eq!(scheduler.count_try(&key("ada")), 1);
    let size = JobSize::whole(Part::Account, &Fetch::FirstPage);
    scheduler.retry(&key("ada"), size, Some(at(5)));
    scheduler.release(at(4));
    assert!(order(&scheduler).is_empty());
    assert_eq!(scheduler.next_release(), Some(at(5)));
    scheduler.release(at(5));
    assert_eq!(order(&scheduler), ["ada"]);
    scheduler.remove(&key("ada"));
    assert!(scheduler.keys().is_empty() && order(&scheduler).is_empty());
}
