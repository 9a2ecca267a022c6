//! A GitHub on the loopback interface, for tests, the demo and the benchmarks.
//!
//! [`GitHub::respond`] answers: a request and a time go in, an [`Answer`] comes out. It does
//! no I/O and knows no clock, so the product's native tests can use it as their server with
//! simulated time. [`Server`] puts it behind a real socket: it moves bytes and sleeps latencies.
//!
//! In reading order: [`world`] says who exists, [`search`] finds what they did, `rest` and
//! `graphql` write it in GitHub's shapes, [`limits`], [`faults`] and [`latency`] say when GitHub
//! refuses and how long it takes, [`log`] remembers, `server`, `pages` and `control` are the edge.

pub mod answer;
mod control;
pub mod faults;
mod github;
mod graphql;
mod incoming;
pub mod latency;
pub mod limits;
pub mod log;
mod node;
mod pages;
mod refusal;
mod rest;
pub mod search;
mod server;
pub mod tokens;
pub mod world;

pub use answer::{Answer, Delivery, Request};
pub use github::GitHub;
pub use server::{Options, Server};
pub use world::World;
