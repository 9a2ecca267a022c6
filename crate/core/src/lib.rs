//! Everything Bonafide decides.
