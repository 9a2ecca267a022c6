//! What GitHub can say, read by the core: the table of errors, answers that
//! GitHub is known to give, what each reply tells, and good answers with one
//! field changed.

mod answers;
mod api_errors;
mod calls;
mod changed_fields;
mod partial;
mod replies;
mod this_item;
