//! The engine in simulated time, against the loopback GitHub's own heart.

mod gate;
mod laws;
mod scenarios;
mod sim;
