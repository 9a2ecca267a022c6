//! The loopback GitHub as its clients meet it. One program, so that it is linked and GitHub's
//! schema is read once.

mod connections;
mod faults;
mod field;
mod personas;
mod refusals;
mod repositories;
mod wire;
