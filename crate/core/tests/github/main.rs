//! What GitHub can say, read by the core: the table of troubles.

mod troubles;
