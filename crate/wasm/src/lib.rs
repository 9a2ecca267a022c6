//! The thin edge.
