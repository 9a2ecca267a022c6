//! Links to the evidence: GitHub's own searches first, one for each number of
//! the finding's sentence and in their order, then the very items.

use super::case::Case;
use super::contribution::{Contribution, ContributionKind};
use super::count::newest_first;
use crate::evidence::Item;
use crate::login::Login;
use crate::report::Link;
use crate::repository::Repository;
use std::fmt::Write;

/// How many items a finding links to; the search shows the others.
const MOST_ITEMS: usize = 10;

/// How much of a title a link shows, in characters.
const MOST_OF_TITLE: usize = 120;

/// The searches that show the same as the finding, one for each of its
/// numbers, and the newest items.
pub fn to_items(
    case: &Case<'_>,
    kind: ContributionKind,
    searches: &[&str],
    items: &[Contribution<'_>],
) -> Vec<Link> {
    let mut links = Vec::new();
    for search in searches {
        let mut query = format!(
            "author:{} {} is:public",
            case.evidence.login,
            kind.search_term()
        );
        if !search.is_empty() {
            query.push(' ');
            query.push_str(search);
        }
        query.push_str(" created:>=");
        query.push_str(&case.window_start());
        links.push(to_search(query, kind));
    }
    add_items(&mut links, kind, items);
    links
}

/// The search for an author's pull requests in one repository, and the items.
pub fn to_pull_requests_in(
    repository: &str,
    author: &Login,
    search: &str,
    pull_requests: &[Contribution<'_>],
) -> Vec<Link> {
    let kind = ContributionKind::PullRequest;
    let term = kind.search_term();
    let query = format!("repo:{repository} author:{author} {term} {search}");
    let mut links = vec![to_search(query, kind)];
    add_items(&mut links, kind, pull_requests);
    links
}

/// The search for what an author has open, in one repository or in all.
pub fn to_open(author: &Login, kind: ContributionKind, repository: Option<&Repository>) -> Link {
    let place = repository.map_or_else(|| "is:public".to_owned(), |it| format!("repo:{it}"));
    let term = kind.search_term();
    to_search(format!("{place} author:{author} {term} is:open"), kind)
}

fn to_search(query: String, kind: ContributionKind) -> Link {
    let url = format!(
        "https://github.com/search?q={}&type={}",
        percent_encoded(&query),
        kind.search_type()
    );
    Link { label: query, url }
}

fn add_items(links: &mut Vec<Link>, kind: ContributionKind, items: &[Contribution<'_>]) {
    for contribution in newest_first(items).into_iter().take(MOST_ITEMS) {
        links.push(to_item(kind, contribution.item()));
    }
}

fn to_item(kind: ContributionKind, item: &Item) -> Link {
    let (repository, number) = (&item.repository, item.number);
    let mut title: String = item.title.chars().take(MOST_OF_TITLE).collect();
    if title.len() < item.title.len() {
        title.push('…');
    }
    Link {
        label: format!("{repository}#{number}: {title}"),
        // Owner and name hold nothing that a URL would have to encode.
        url: format!("https://github.com/{repository}/{}/{number}", kind.path()),
    }
}

/// Everything but RFC 3986's unreserved characters as `%XX`.
fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodes_all_that_has_a_meaning_in_a_url() {
        assert_eq!(
            percent_encoded("author:a-b is:pr created:>=2026-10-31&x=#/?%ä"),
            "author%3Aa-b%20is%3Apr%20created%3A%3E%3D2026-10-31%26x%3D%23%2F%3F%25%C3%A4"
        );
    }
}
