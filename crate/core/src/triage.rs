//! Triage: many authors at once, as a table, and how well their levels told
//! what became of their pull requests.
//!
//! [`input`] reads what a person pastes, [`as_of`] turns evidence back to an
//! earlier moment, [`look_back`] holds levels against outcomes, [`export`] writes
//! tables for other programs and [`record`] what `cargo xtask judge` reads. All of it is pure: who is looked up when
//! is the engine's.

pub mod as_of;
pub mod export;
pub mod hidden_names;
pub mod input;
pub mod look_back;
pub mod record;
