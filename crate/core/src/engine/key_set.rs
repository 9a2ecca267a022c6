//! [`KeySet`]: a set of people, by the keys of their logins.

use std::collections::BTreeSet;

/// Keys of logins, each once and in order.
pub(super) type KeySet = BTreeSet<String>;
