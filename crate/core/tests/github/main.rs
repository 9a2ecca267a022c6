//! What GitHub can say, read by the core: the table of troubles, and bytes
//! that nobody meant.

mod troubles;
mod wild;
