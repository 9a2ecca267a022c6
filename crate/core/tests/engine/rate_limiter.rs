//! The rate limiter by itself.

use bonafide_core::engine::CallId;
use bonafide_core::engine::priority::Priority;
use bonafide_core::engine::rate_limiter::{Admission, RateLimiter, WIDTH};
use bonafide_core::github::limits::Bucket;
use bonafide_core::time::{SignedDuration, Timestamp};

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
    // GeneralAnswer without a moment it is a minute.
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
}
