//! The only place that knows GitHub's queries, JSON, limits and errors.
//!
//! A [`Call`] is one question in our own words. It becomes an
//! [`HttpRequest`](http::HttpRequest) to send, and it [reads](read) the
//! [`HttpReply`](http::HttpReply) to it: into evidence where there is any, and
//! into [`ApiError`] where there is none.

pub mod activity;
pub mod api_error;
pub mod call;
pub mod document;
mod graphql;
pub mod http;
pub mod limits;
pub mod listing;
pub mod read;
pub mod rest;
pub mod token;
pub mod work;

pub use activity::{ActivityPage, Connection};
pub use api_error::ApiError;
pub use call::Call;
pub use document::Dialect;
pub use read::{Answer, Learned, Merged, Page, Unmerged};
pub use token::Token;
pub use work::Work;
