//! How often the laws are tried.

use proptest::prelude::ProptestConfig;
use proptest::test_runner::RngSeed;

/// How many random cases a law is tried with: so many, the same ones in each
/// run, so that a run fails for a change alone. With the environment variable
/// `PROPTEST_CASES` there are as many as it says, and each run draws others.
pub fn cases(default: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_some() {
        config
    } else {
        ProptestConfig {
            cases: default,
            rng_seed: RngSeed::Fixed(1),
            ..config
        }
    }
}
