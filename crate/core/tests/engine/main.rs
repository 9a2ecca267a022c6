//! The engine in simulated time, against the loopback GitHub's own heart.

mod gate;
mod laws;
mod preferences;
mod scenarios;
mod sim;
