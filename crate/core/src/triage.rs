//! Triage: many authors at once, as a table, and how well their levels told
//! what became of their pull requests.
//!
//! [`input`] reads what a person pastes, [`as_of`] turns evidence back to an
//! earlier moment, [`look_back`] holds levels against outcomes and [`export`]
//! writes tables for other programs. All of it is pure: who is looked up when
//! is the engine's.

pub mod as_of;
pub mod export;
pub mod input;
pub mod look_back;
