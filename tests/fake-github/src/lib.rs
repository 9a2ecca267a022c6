//! A loopback GitHub.
