//! Everything Bonafide decides, without web, clock or I/O.
//!
//! The story in reading order: somebody asks about a [`target`], which names a
//! [`login`] and perhaps a [`repository`]. The engine looks up what is not
//! in the cache by the calls that `github` knows how to make, and keeps what
//! comes back as [`evidence`]. Each [`finding`] reads the evidence; [`assess`]
//! joins the findings to groups and a level by the rules of a [`policy`]. The
//! result is a [`report`], which travels to the page in a [`message`].
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing
    )
)]

pub mod assess;
pub mod choices;
pub mod engine;
pub mod evidence;
pub mod finding;
pub mod github;
pub mod json;
pub mod login;
pub mod message;
pub mod own;
pub mod policy;
pub mod report;
pub mod repository;
pub mod settings;
pub mod target;
pub mod time;
pub mod triage;
pub mod words;
