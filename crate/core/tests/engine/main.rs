//! The engine in simulated time, against the loopback GitHub's own heart.

mod bounds;
mod cases;
mod clock_changes;
mod clocks;
mod closers;
mod connections;
mod event_cost;
mod in_part;
mod kept;
mod laws;
mod odd_answers;
mod preferences;
mod scenarios;
mod shared_requests;
mod sim;
mod then;
mod this_item;
mod triage;
mod waits;
