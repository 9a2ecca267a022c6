//! How often the laws are tried.

use proptest::prelude::ProptestConfig;

/// How many random cases a law is tried with: so many, or as many as the
/// environment variable `PROPTEST_CASES` says.
pub fn cases(default: u32) -> ProptestConfig {
    let config = ProptestConfig::default();
    if std::env::var_os("PROPTEST_CASES").is_some() {
        config
    } else {
        ProptestConfig {
            cases: default,
            ..config
        }
    }
}
