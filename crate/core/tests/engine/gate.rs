//! The gate by itself.

use bonafide_core::engine::gate::{Gate, Leave};
use bonafide_core::engine::rank::Rank;
use bonafide_core::github::limits::Bucket;
use bonafide_core::time::{SignedDuration, Timestamp};

/// For how many seconds a bucket is held whose limit is spent until `reset_in`
/// seconds from now, or GitHub did not say until when.
fn check(reset_in: Option<i64>, expected: i64) {
    let now: Timestamp = "2026-11-21T12:00:00.400Z".parse().unwrap();
    let mut gate = Gate::default();
    let reset_at = reset_in.map(|seconds| now + SignedDuration::from_secs(seconds));
    gate.spent_until(Bucket::Graphql, reset_at, now);
    let opens = now + SignedDuration::from_secs(expected);
    let leave = gate.leave(Bucket::Graphql, 700, Rank::InView, now);
    assert_eq!(leave, Leave::NotBefore(opens), "{reset_in:?}");
    let other = gate.leave(Bucket::Core, 400, Rank::InView, now);
    assert_eq!(other, Leave::Now, "the other buckets are not touched");
}

#[test]
fn a_spent_bucket_is_held_until_a_second_after_its_reset() {
    check(Some(30), 31);
    check(Some(3_600), 3_601);
    // Told without a moment it is a minute.
    check(None, 61);
    // GitHub tells whole seconds: by the time it is heard, the reset may be over.
    check(Some(0), 1);
    check(Some(-1), 1);
}
