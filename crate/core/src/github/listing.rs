//! Lists of what was opened in a repository, and single items by number.

use super::api_error::ApiError;
use super::document::RATE_LIMIT;
use crate::evidence::{Association, ClosedAs};
use crate::json::{Value, json};
use crate::repository::Repository;
use crate::time::Timestamp;
use std::fmt::Write;

/// How many items one request asks for by number: each looks up a repository
/// and an item in it.
pub const MAX_ITEMS: usize = 50;

/// One page of a repository's pull requests or issues.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listing {
    /// The repository.
    pub repository: Repository,
    /// Issues, or pull requests.
    pub are_issues: bool,
    /// Which of them, and in which order.
    pub which: ListingWhich,
    /// How many: at most 100.
    pub first: u8,
    /// The cursor after which the page begins, where it follows others.
    pub after: Option<String>,
}

/// Which items of a repository are listed, and in which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListingWhich {
    /// All, the newest first.
    All,
    /// The open ones, the newest first.
    Open,
    /// The closed ones, the last updated first: nothing is closed after it was
    /// last updated.
    Closed,
}

/// A page of a listing.
#[derive(Clone, Debug, PartialEq)]
pub struct ListingPage {
    /// The repository, by the name it has now.
    pub repository: Repository,
    /// How many there are in all.
    pub total: u32,
    /// Those on this page that could be read.
    pub items: Vec<ListedItem>,
    /// Where the next page begins, where there is one.
    pub next: Option<String>,
}

/// A pull request or an issue, as its repository lists it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedItem {
    /// Its repository, by the name it has now.
    pub repository: Repository,
    /// Its number.
    pub number: u32,
    /// Its title.
    pub title: String,
    /// Whether it is an issue.
    pub is_issue: bool,
    /// Who opened it; none where the account is gone.
    pub author: Option<ListedAuthor>,
    /// What the author is to the repository.
    pub association: Option<Association>,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When anything last happened to it.
    pub updated_at: Timestamp,
    /// When it was closed, merged or not.
    pub closed_at: Option<Timestamp>,
    /// When it was merged.
    pub merged_at: Option<Timestamp>,
    /// Why an issue was closed; none of one that is open and of pull requests.
    pub closed_as: Option<ClosedAs>,
    /// Whether somebody is assigned. It takes a connection for each item, so
    /// only items by number tell it.
    pub is_assigned: Option<bool>,
    /// Whether it is a draft.
    pub is_draft: bool,
    /// GitHub's own name of it.
    pub node_id: String,
}

/// Who opened an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedAuthor {
    /// The login, as GitHub spells it.
    pub login: String,
    /// Whether it is an app or bot.
    pub is_app: bool,
}

/// What became of each item that was asked for by number.
pub type FoundItems = Vec<Result<ListedItem, ApiError>>;

const PULL_REQUEST: &str = "fragment pullRequest on PullRequest {
  __typename id number title isDraft authorAssociation createdAt updatedAt closedAt mergedAt
  author { __typename login }
}
";

const ISSUE: &str = "fragment issue on Issue {
  __typename id number title authorAssociation createdAt updatedAt closedAt
  closedAs: stateReason(enableDuplicate: true)
  author { __typename login }
}
";

const ASSIGNED: &str = "fragment assigned on Assignable { assignees(first: 1) { totalCount } }
";

/// The document that asks for a page of a listing, and its variables.
pub fn request(listing: &Listing) -> (String, Value) {
    let (list, fragment, definition) = if listing.are_issues {
        ("issues", "issue", ISSUE)
    } else {
        ("pullRequests", "pullRequest", PULL_REQUEST)
    };
    let (states, order) = match listing.which {
        ListingWhich::All => ("", "CREATED_AT"),
        ListingWhich::Open => (", states: [OPEN]", "CREATED_AT"),
        ListingWhich::Closed if listing.are_issues => (", states: [CLOSED]", "UPDATED_AT"),
        ListingWhich::Closed => (", states: [CLOSED, MERGED]", "UPDATED_AT"),
    };
    let document = format!(
        "query Listing($owner: String!, $name: String!, $first: Int!, $after: String) {{
  {RATE_LIMIT}
  repository(owner: $owner, name: $name) {{
    nameWithOwner
    list: {list}(first: $first, after: $after{states}, orderBy: {{field: {order}, direction: DESC}}) {{
      totalCount
      pageInfo {{ hasNextPage endCursor }}
      nodes {{ ...{fragment} }}
    }}
  }}
}}
{definition}"
    );
    let (owner, name) = (
        listing.repository.owner().as_str(),
        listing.repository.name(),
    );
    let variables =
        json!({ "owner": owner, "name": name, "first": listing.first, "after": listing.after });
    (document, variables)
}

/// The document that asks for items by number, and its variables: aliases
/// `i0`, `i1`, … in their order.
pub fn items_request(items: &[(Repository, u32)]) -> (String, Value) {
    let (mut variables, mut fields) = (String::new(), String::new());
    let mut values = serde_json::Map::new();
    for (index, (repository, number)) in items.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        // Writing to a String cannot fail.
        let _ = write!(
            variables,
            "{comma}$o{index}: String!, $r{index}: String!, $n{index}: Int!"
        );
        let _ = writeln!(
            fields,
            "  i{index}: repository(owner: $o{index}, name: $r{index}) {{ nameWithOwner \
             item: issueOrPullRequest(number: $n{index}) {{ ...pullRequest ...issue ...assigned }} }}"
        );
        values.insert(format!("o{index}"), repository.owner().as_str().into());
        values.insert(format!("r{index}"), repository.name().into());
        values.insert(format!("n{index}"), (*number).into());
    }
    let document = format!(
        "query Items({variables}) {{\n  {RATE_LIMIT}\n{fields}}}\n{PULL_REQUEST}{ISSUE}{ASSIGNED}"
    );
    (document, Value::Object(values))
}
