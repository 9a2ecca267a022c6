//! What GitHub can say, read by the core: the table of errors.

mod api_errors;
