use super::*;

/// For how many seconds a bucket is held whose limit is spent until `reset_in`
/// seconds from now, or GitHub did not say until when.
fn check(reset_in: Option<i64>, expected: i64) {
    let now: Timestamp = "2026-11-21T12:00:00.400Z".parse().unwrap();
    let mut rate_limiter = RateLimiter::default();
    let reset_at = reset_in.map(|seconds| now + SignedDuration::from_secs(seconds));
    rate_limiter.note_exhausted(Bucket::Graphql, reset_at, now);
    let opens = now + SignedDuration::from_secs(expected);
    let leave = rate_limiter.admit(Bucket::Graphql, 700, Priority::InView, now);
    assert_eq!(leave, Admission::NotBefore(opens), "{reset_in:?}");
    let other = rate_limiter.admit(Bucket::Core, 400, Priority::InView, now);
    assert_eq!(other, Admission::Now, "the other buckets are not touched");
}

#[test]
fn a_spent_bucket_is_held_until_a_second_after_its_reset() {
    check(Some(30), 31);
    check(Some(3_600), 3_601);
    // Where GitHub names no moment it is a minute.
    check(None, 61);
    // GitHub tells whole seconds: by the time it is heard, the reset may be over.
    check(Some(0), 1);
    check(Some(-1), 1);
}

/// A rate limiter whose limit is met by the first of three calls while the others come back good.
fn refused(retry_after: Option<u32>, now: Timestamp) -> RateLimiter {
    let mut rate_limiter = RateLimiter::default();
    for call in 1..=3 {
        rate_limiter.note_sent(CallId(call), Bucket::Graphql, 700, now);
    }
    for call in 1..=3 {
        rate_limiter.note_ended(CallId(call), now);
    }
    rate_limiter.note_secondary_limit(retry_after, now);
    rate_limiter.note_success(Bucket::Graphql, now);
    rate_limiter.note_success(Bucket::Graphql, now + SignedDuration::from_millis(200));
    rate_limiter
}

#[test]
fn after_a_secondary_limit_a_single_call_asks_whether_it_is_over() {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    for (retry_after, seconds) in [(Some(30), 30), (None, 60), (Some(3_600), 3_600)] {
        let mut rate_limiter = refused(retry_after, now);
        let opens = now + SignedDuration::from_secs(seconds);
        let leave = |rate_limiter: &RateLimiter, at| {
            rate_limiter.admit(Bucket::Graphql, 700, Priority::InView, at)
        };
        assert_eq!(leave(&rate_limiter, now), Admission::NotBefore(opens));
        assert_eq!(leave(&rate_limiter, opens), Admission::Now);
        rate_limiter.note_sent(CallId(4), Bucket::Graphql, 700, opens);
        assert_eq!(
            leave(&rate_limiter, opens),
            Admission::WhenFree,
            "one is on its way"
        );
        let answered = opens + SignedDuration::from_secs(1);
        rate_limiter.note_ended(CallId(4), answered);
        rate_limiter.note_success(Bucket::Graphql, answered);
        assert_eq!(
            rate_limiter.width(answered),
            WIDTH / 2,
            "half as many, for now"
        );
    }
}

#[test]
fn the_caution_after_a_secondary_limit_ends_by_itself() {
    let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let mut rate_limiter = refused(Some(30), now);
    // Nothing was asked meanwhile, as when the page was closed.
    let later = now + SignedDuration::from_secs(30) + SignedDuration::from_mins(10);
    assert_eq!(rate_limiter.width(later), WIDTH);
    rate_limiter.note_secondary_limit(Some(30), later);
    let opens = later + SignedDuration::from_secs(30);
    let leave = rate_limiter.admit(Bucket::Core, 400, Priority::InView, later);
    assert_eq!(leave, Admission::NotBefore(opens), "a first one again");
}

/// For how many seconds each of some secondary limits in a row holds everything.
fn check_holds(retry_after: Option<u32>, expected: &[i64]) {
    let mut now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
    let mut rate_limiter = RateLimiter::default();
    for seconds in expected {
        rate_limiter.note_secondary_limit(retry_after, now);
        let opens = now + SignedDuration::from_secs(*seconds);
        let leave = rate_limiter.admit(Bucket::Core, 400, Priority::Popup, now);
        assert_eq!(leave, Admission::NotBefore(opens), "{retry_after:?}");
        now = opens;
    }
}

#[test]
fn secondary_limits_in_a_row_hold_longer_and_longer() {
    check_holds(None, &[60, 120, 240, 480, 600, 600]);
    check_holds(Some(3), &[3, 6, 12, 24, 48, 96, 192, 384, 600, 600]);
    check_holds(Some(90), &[90, 180, 360, 600]);
    check_holds(Some(0), &[1, 2, 4]);
    // What GitHub says is always kept.
    check_holds(Some(3_600), &[3_600, 3_600]);
    // But no limit of GitHub's lasts so long.
    check_holds(Some(99_999_999), &[3_600, 3_600]);
}

fn noon() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn limit(limit: u32, remaining: u32, resets_in: SignedDuration) -> Limit {
    Limit {
        limit,
        remaining,
        reset_at: noon() + resets_in,
    }
}

const QUARTER: SignedDuration = SignedDuration::from_mins(15);

/// How much of a bucket with so much in a period is kept from this priority.
fn check_kept(bucket: Bucket, in_period: u32, priority: Priority, expected: u32) {
    let left = |remaining, in_flight| {
        let mut rate_limiter = RateLimiter::default();
        rate_limiter.note_limit(bucket, limit(in_period, remaining, QUARTER), noon());
        for call in 0..in_flight {
            rate_limiter.note_sent(CallId(call), bucket, 1, noon());
        }
        rate_limiter.admit(bucket, 1, priority, noon())
    };
    let wait = Admission::NotBefore(noon() + QUARTER + SignedDuration::from_secs(1));
    let told = format!("{bucket:?} of {in_period} for {priority:?}");
    assert_eq!(left(expected + 1, 0), Admission::Now, "{told}");
    assert_eq!(left(expected, 0), wait, "{told}");
    assert_eq!(left(expected + 1, 1), wait, "{told}, one is on its way");
}

#[test]
fn the_more_urgent_a_call_is_the_less_of_the_limit_is_kept_from_it() {
    for (priority, expected) in [
        (Priority::Popup, 0),
        (Priority::Card, 50),
        (Priority::Opener, 100),
        (Priority::InView, 100),
        (Priority::FirstTimer, 500),
        (Priority::Others, 500),
    ] {
        check_kept(Bucket::Graphql, 5_000, priority, expected);
        check_kept(Bucket::Core, 1_000, priority, expected);
        // Without a token, for the person's other tools on the same address.
        check_kept(Bucket::Core, 60, priority, 5);
        check_kept(Bucket::Search, 30, priority, 0);
    }
}

#[test]
fn of_two_answers_the_one_that_tells_of_the_later_period_or_of_less_is_the_newer() {
    let minutes = SignedDuration::from_mins;
    let first = limit(5_000, 4_000, minutes(15));
    for (told, expected) in [
        (limit(5_000, 3_000, minutes(15)), 3_000),
        (limit(5_000, 4_500, minutes(15)), 4_000),
        (limit(5_000, 4_900, minutes(20)), 4_900),
        (limit(5_000, 100, minutes(10)), 4_000),
    ] {
        let mut rate_limiter = RateLimiter::default();
        rate_limiter.note_limit(Bucket::Core, first, noon());
        rate_limiter.note_limit(Bucket::Core, told, noon());
        let known = rate_limiter.limit(Bucket::Core).unwrap();
        assert_eq!(known.remaining, expected, "{told:?}");
    }
    // No limit starts anew later than in an hour, whatever an answer says.
    let mut rate_limiter = RateLimiter::default();
    let told = limit(5_000, 0, minutes(600));
    rate_limiter.note_limit(Bucket::Core, told, noon());
    let known = rate_limiter.limit(Bucket::Core).unwrap();
    assert_eq!(known.reset_at, noon() + minutes(60));
}

/// A rate limiter after so much GraphQL response time, and now: no call took
/// more than ten seconds, and all began together.
fn after_response_time(ms: u64) -> (RateLimiter, Timestamp) {
    let mut rate_limiter = RateLimiter::default();
    let calls = u32::try_from(ms.div_ceil(10_000)).unwrap();
    for call in 0..calls {
        rate_limiter.note_sent(CallId(call), Bucket::Graphql, 1, noon());
    }
    let mut left = ms;
    for call in 0..calls {
        let took = left.min(10_000);
        let took_ms = SignedDuration::from_millis(i64::try_from(took).unwrap());
        rate_limiter.note_ended(CallId(call), noon() + took_ms);
        left -= took;
    }
    (rate_limiter, noon() + SignedDuration::from_secs(10))
}

#[test]
fn the_more_urgent_a_call_is_the_more_response_time_it_may_use() {
    for (priority, allowed) in [
        (Priority::Popup, LEDGER_POPUP_MS),
        (Priority::Card, LEDGER_CARD_MS),
        (Priority::Opener, LEDGER_HOLD_MS),
        (Priority::Others, LEDGER_HOLD_MS),
    ] {
        let leave = |expected_ms| {
            let (rate_limiter, now) = after_response_time(allowed - 700);
            rate_limiter.admit(Bucket::Graphql, expected_ms, priority, now)
        };
        assert_eq!(leave(700), Admission::Now, "{priority:?}");
        // What was served leaves the minute sixty seconds after its end.
        let freed = noon() + SignedDuration::from_secs(70);
        assert_eq!(leave(701), Admission::NotBefore(freed), "{priority:?}");
    }
    let (rate_limiter, now) = after_response_time(LEDGER_POPUP_MS);
    let rest = rate_limiter.admit(Bucket::Core, 700, Priority::Others, now);
    assert_eq!(rest, Admission::Now, "REST has no such limit");
}

#[test]
fn with_much_response_time_used_only_four_leave_at_a_time_that_nobody_asked_for() {
    let leave = |used, in_flight: u32, priority| {
        let (mut rate_limiter, now) = after_response_time(used);
        for call in 100..100 + in_flight {
            rate_limiter.note_sent(CallId(call), Bucket::Core, 1, now);
        }
        rate_limiter.admit(Bucket::Graphql, 1, priority, now)
    };
    for priority in [Priority::Opener, Priority::InView, Priority::Others] {
        let slow = LEDGER_SLOW_MS;
        assert_eq!(leave(slow, 3, priority), Admission::Now, "{priority:?}");
        let full = leave(slow, 4, priority);
        assert_eq!(full, Admission::WhenFree, "{priority:?}");
        assert_eq!(leave(slow - 1, 4, priority), Admission::Now, "{priority:?}");
    }
    for priority in [Priority::Popup, Priority::Card] {
        let asked_for = leave(LEDGER_SLOW_MS, 4, priority);
        assert_eq!(asked_for, Admission::Now, "{priority:?}");
    }
}

#[test]
fn good_answers_let_more_calls_fly_up_to_a_bound_and_the_popup_has_places_of_its_own() {
    let mut rate_limiter = RateLimiter::default();
    for expected in [
        WIDTH,
        WIDTH + 4,
        WIDTH + 8,
        WIDTH + 12,
        MOST_WIDTH,
        MOST_WIDTH,
    ] {
        assert_eq!(rate_limiter.width(noon()), expected);
        rate_limiter.note_success(Bucket::Core, noon());
    }
    for call in 0..MOST_WIDTH + 4 {
        let leave = |priority| rate_limiter.admit(Bucket::Core, 1, priority, noon());
        let is_free = call < MOST_WIDTH;
        assert_eq!(leave(Priority::Card) == Admission::Now, is_free, "{call}");
        assert_eq!(leave(Priority::Popup), Admission::Now, "{call}");
        let id = CallId(u32::try_from(call).unwrap());
        rate_limiter.note_sent(id, Bucket::Core, 1, noon());
    }
    let full = rate_limiter.admit(Bucket::Core, 1, Priority::Popup, noon());
    assert_eq!(full, Admission::WhenFree);
}

#[test]
fn a_minute_s_points_hold_their_kind_of_call_until_the_oldest_is_a_minute_old() {
    for (bucket, points, other) in [
        (Bucket::Graphql, 2_000, Bucket::Core),
        (Bucket::Core, 900, Bucket::Graphql),
    ] {
        let mut rate_limiter = RateLimiter::default();
        let now = noon() + SignedDuration::from_secs(5);
        let leave = |rate_limiter: &RateLimiter, bucket| {
            rate_limiter.admit(bucket, 1, Priority::InView, now)
        };
        // A call costs a point when it leaves; what it cost besides is told later.
        rate_limiter.note_sent(CallId(1), bucket, 1, noon());
        rate_limiter.note_ended(CallId(1), now);
        rate_limiter.note_cost(bucket, points - 1, now);
        assert_eq!(leave(&rate_limiter, bucket), Admission::Now, "{bucket:?}");
        rate_limiter.note_cost(bucket, 2, now);
        let opens = noon() + SignedDuration::from_secs(60);
        let full = leave(&rate_limiter, bucket);
        assert_eq!(full, Admission::NotBefore(opens), "{bucket:?}");
        assert_eq!(leave(&rate_limiter, other), Admission::Now, "{bucket:?}");
        // The worker dies, and the minute goes on.
        let kept = rate_limiter.take_unsaved();
        let again = RateLimiter::from_store(kept.as_deref(), now);
        assert_eq!(leave(&again, bucket), full, "{bucket:?}");
        let later = rate_limiter.admit(bucket, 1, Priority::InView, opens);
        assert_eq!(later, Admission::Now, "{bucket:?}");
    }
}

#[test]
fn response_time_counts_for_a_minute() {
    let (mut rate_limiter, now) = after_response_time(25_000);
    // Of a call in flight, what is expected counts, or what it took already.
    rate_limiter.note_sent(CallId(9), Bucket::Graphql, 700, now);
    for (seconds, expected) in [
        (10, 25_700),
        (11, 26_000),
        (20, 35_000),
        (64, 35_000),
        (65, 30_000),
        (70, 10_000),
    ] {
        let now = noon() + SignedDuration::from_secs(seconds);
        assert_eq!(rate_limiter.ledger_ms(now), expected, "after {seconds} s");
    }
    // What was in flight when the worker died counts as served.
    let kept = rate_limiter.take_unsaved();
    let ledger_ms = |now| RateLimiter::from_store(kept.as_deref(), now).ledger_ms(now);
    assert_eq!(ledger_ms(noon() + SignedDuration::from_secs(10)), 25_700);
    // Where the clock was put back, what ended in the future says nothing.
    assert_eq!(ledger_ms(noon() - SignedDuration::from_secs(1)), 700);
}

#[test]
fn a_wait_of_ten_seconds_or_more_is_a_gap_with_its_reason() {
    let gap = |seconds| {
        let mut rate_limiter = RateLimiter::default();
        let resets_in = SignedDuration::from_secs(seconds);
        rate_limiter.note_limit(Bucket::Search, limit(30, 0, resets_in), noon());
        rate_limiter.gap(Bucket::Search, Priority::Others, noon())
    };
    assert_eq!(gap(8), None, "9 s with the second after the reset");
    let spent = gap(9).unwrap();
    let until = noon() + SignedDuration::from_secs(10);
    assert_eq!(
        (spent.reason, spent.until),
        (GapReason::LimitSpent, Some(until))
    );
    let mut rate_limiter = RateLimiter::default();
    rate_limiter.note_secondary_limit(Some(10), noon());
    let held = rate_limiter.gap(Bucket::Core, Priority::Popup, noon());
    assert_eq!(held.unwrap().reason, GapReason::SlowDown);
    let mut rate_limiter = RateLimiter::default();
    for _ in 0..5 {
        rate_limiter.note_failure(Bucket::Core, noon());
    }
    let held = rate_limiter.gap(Bucket::Core, Priority::Popup, noon());
    assert_eq!(held.unwrap().reason, GapReason::ServerError);
    let other = rate_limiter.gap(Bucket::Graphql, Priority::Popup, noon());
    assert_eq!(other, None, "the other buckets are not touched");
}

#[test]
fn what_is_dated_further_ahead_than_it_can_be_is_forgotten() {
    let mut before = RateLimiter::default();
    before.note_limit(Bucket::Core, limit(5_000, 0, QUARTER), noon());
    before.note_exhausted(Bucket::Graphql, Some(noon() + QUARTER), noon());
    before.note_secondary_limit(Some(900), noon());
    for _ in 0..5 {
        before.note_failure(Bucket::Search, noon());
    }
    let kept = before.take_unsaved().unwrap();
    assert_eq!(before.take_unsaved(), None, "nothing has changed since");
    // The clock was put back by a day, or by a minute.
    let (day, minute) = (SignedDuration::from_hours(24), SignedDuration::from_mins(1));
    let pauses = |by| {
        let now = noon() - by;
        let limiter = RateLimiter::from_store(Some(&kept), now);
        limiter.pauses(now).iter().flatten().count()
    };
    assert_eq!(pauses(day), 0);
    assert!(pauses(minute) > 0);
    let limiter = RateLimiter::from_store(Some(&kept), noon() - day);
    assert_eq!(limiter.limit(Bucket::Core), None);
    assert_eq!(limiter.width(noon() - day), WIDTH);
}

#[test]
fn after_failures_in_a_row_a_single_call_asks_whether_github_answers_again() {
    let mut rate_limiter = RateLimiter::default();
    for _ in 0..5 {
        rate_limiter.note_failure(Bucket::Search, noon());
    }
    let opens = noon() + SignedDuration::from_secs(30);
    let leave =
        |rate_limiter: &RateLimiter, bucket| rate_limiter.admit(bucket, 1, Priority::Popup, opens);
    assert_eq!(leave(&rate_limiter, Bucket::Search), Admission::Now);
    rate_limiter.note_sent(CallId(1), Bucket::Search, 1, opens);
    assert_eq!(leave(&rate_limiter, Bucket::Search), Admission::WhenFree);
    assert_eq!(leave(&rate_limiter, Bucket::Core), Admission::Now);
    rate_limiter.note_ended(CallId(1), opens);
    rate_limiter.note_success(Bucket::Search, opens);
    rate_limiter.note_sent(CallId(2), Bucket::Search, 1, opens);
    assert_eq!(leave(&rate_limiter, Bucket::Search), Admission::Now);
}
