//! Judges recorded activity: records as JSON lines become evidence, and the
//! code that the extension runs makes a level of it.
//!
//! This is how a threshold is argued about: `cargo xtask judge FILE… --table`
//! tells whom a rule would flag, with which finding.

mod lines;
mod table;
mod verdict;

pub use bonafide_core::triage::record::{Label, Record, UnknownCloser};
pub use lines::{Unreadable, read_files, read_records};
pub use table::table;
pub use verdict::{Verdict, judge};
