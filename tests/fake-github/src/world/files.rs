//! The few files that repositories hold here.

use super::Repository;

/// `acme/web` says of some whom it vouches for, and why it denounces one.
const VOUCHED: &str = "\
# Who may open pull requests here without asking first.
newcomer-nia
github:ada-steady  reviews more than she writes
gitlab:serial-sam
-github:serial-sam   filed the same change in seventy repositories
";

/// The text of a file on the default branch.
pub(crate) fn file(repository: &Repository, path: &str) -> Option<&'static str> {
    (repository.is("acme", "web") && path == ".github/VOUCHED.td").then_some(VOUCHED)
}
