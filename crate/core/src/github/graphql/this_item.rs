//! Reading the issue or pull request at hand, field by field: one that is null
//! or odd is not had, and costs no other. It is read without serde's types,
//! which would make the module 25 KB larger.

use super::Data;
use crate::evidence::{
    Assignees, AuthorsOpen, DiffSize, Followed, LinkedIssue, LinkedIssues, ReviewStanding, Rivals,
    ThisIssue, ThisItem, ThisItemKind, ThisPullRequest,
};
use crate::github::{ApiError, Learned};
use crate::json::Value;
use crate::login::Login;
use crate::repository::Repository;

/// What a reply tells of the item of this `number`, `asked` for by the card of
/// this account.
pub(super) fn learned(
    data: &Data<'_>,
    asked: &Login,
    repository: &Repository,
    number: u32,
) -> Result<Learned, ApiError> {
    data.repository()?;
    let place = data.fields.get("repository");
    let node = place.and_then(|it| it.get("issueOrPullRequest"));
    let node = node.filter(|it| !it.is_null());
    let node = node.ok_or_else(|| data.hidden())?;
    let item =
        this_item(node, asked, repository, number).ok_or_else(|| ApiError::lacks("__typename"))?;
    Ok(Learned::ThisItem(Box::new(item)))
}

/// Reads the item; none where it is neither an issue nor a pull request.
fn this_item(
    node: &Value,
    asked: &Login,
    repository: &Repository,
    number: u32,
) -> Option<ThisItem> {
    let author = login(node.get("author"));
    let by = author.as_ref();
    let kind = match text(node, "__typename")? {
        "PullRequest" => ThisItemKind::PullRequest(ThisPullRequest {
            is_draft: flag(node, "isDraft"),
            size: size(node),
            closes: Connection::of(node, "closingIssuesReferences")
                .and_then(|it| linked_issues(&it, by, (repository, number))),
            review: Connection::of(node, "timelineItems").and_then(|it| review_standing(&it, by?)),
        }),
        "Issue" => ThisItemKind::Issue(ThisIssue {
            assignees: assignees(node, by),
            closed_by: rivals(node, None),
        }),
        _ => return None,
    };
    Some(ThisItem {
        repository: repository.clone(),
        number,
        is_open: flag(node, "closed").map(|is_closed| !is_closed),
        opened_at: by
            .filter(|it| it.key() == asked.key())
            .and_then(|_| text(node, "createdAt")?.parse().ok()),
        authors_open: node
            .get("author")
            .and_then(|author| authors_open(author, repository)),
        kind,
    })
}

fn text<'a>(node: &'a Value, name: &str) -> Option<&'a str> {
    node.get(name)?.as_str()
}

fn flag(node: &Value, name: &str) -> Option<bool> {
    node.get(name)?.as_bool()
}

fn count(node: &Value, name: &str) -> Option<u32> {
    u32::try_from(node.get(name)?.as_u64()?).ok()
}

fn login(account: Option<&Value>) -> Option<Login> {
    text(account?, "login")?.parse().ok()
}

fn place(node: &Value) -> Option<Repository> {
    text(node.get("repository")?, "nameWithOwner")?.parse().ok()
}

fn size(node: &Value) -> Option<DiffSize> {
    Some(DiffSize {
        files: count(node, "changedFiles")?,
        additions: count(node, "additions")?,
        deletions: count(node, "deletions")?,
    })
}

/// A connection of which a few nodes were asked for. Nodes that may not be seen
/// are null.
struct Connection<'a> {
    total: Option<u32>,
    nodes: &'a [Value],
}

impl<'a> Connection<'a> {
    fn of(node: &'a Value, name: &str) -> Option<Self> {
        let connection = node.get(name)?;
        Some(Self {
            total: count(connection, "totalCount"),
            nodes: connection.get("nodes")?.as_array()?,
        })
    }

    /// How many nodes there are by GitHub's count, and those that can be read;
    /// none where nothing is counted.
    fn seen<T>(&self, read: impl Fn(&Value) -> Option<T>) -> Option<(u32, Vec<T>)> {
        let seen: Vec<T> = self.nodes.iter().filter_map(read).collect();
        let count = u32::try_from(seen.len()).unwrap_or(u32::MAX);
        Some((self.total?.max(count), seen))
    }
}

/// Whether there are more than were seen.
fn is_more<T>(total: u32, seen: &[T]) -> bool {
    usize::try_from(total).is_ok_and(|total| total > seen.len())
}

/// What an author has open that is public or here; apps have nothing of the sort.
fn authors_open(author: &Value, repository: &Repository) -> Option<AuthorsOpen> {
    let open = Connection::of(author, "open")?;
    let (total, seen) = open.seen(|node| {
        let is_private = flag(node.get("repository")?, "isPrivate")?;
        Some((place(node)? == *repository, is_private))
    })?;
    let here = seen.iter().filter(|(is_here, _)| *is_here).count();
    let private = seen.iter().filter(|it| **it == (false, true)).count();
    Some(AuthorsOpen {
        here: u32::try_from(here).ok()?,
        total: total.saturating_sub(u32::try_from(private).ok()?),
        is_at_least: is_more(total, &seen),
    })
}

fn linked_issues(
    linked: &Connection<'_>,
    author: Option<&Login>,
    this: (&Repository, u32),
) -> Option<LinkedIssues> {
    let (total, issues) = linked.seen(|node| {
        Some(LinkedIssue {
            repository: place(node)?,
            number: count(node, "number")?,
            is_closed: flag(node, "closed")?,
            assignees: assignees(node, author),
            rivals: rivals(node, Some(this)),
        })
    })?;
    Some(LinkedIssues { total, issues })
}

/// To whom an issue is assigned; none where there are some and none of them can
/// be read.
fn assignees(issue: &Value, author: Option<&Login>) -> Option<Assignees> {
    let (total, mut logins) = Connection::of(issue, "assignees")?.seen(|node| login(Some(node)))?;
    let is_author = |login: &Login| author == Some(login);
    logins.sort_by_key(|login| !is_author(login));
    (total == 0 || !logins.is_empty()).then(|| Assignees {
        total,
        is_author_among: logins.first().is_some_and(is_author),
        logins,
    })
}

/// The open pull requests that would close an issue, but for `this`.
fn rivals(issue: &Value, this: Option<(&Repository, u32)>) -> Option<Rivals> {
    let connection = Connection::of(issue, "closedByPullRequestsReferences")?;
    let (total, seen) = connection.seen(|node| {
        let is_open = match text(node, "state")? {
            "OPEN" => true,
            "CLOSED" | "MERGED" => false,
            _ => return None,
        };
        Some((is_open, place(node)?, count(node, "number")?))
    })?;
    let is_at_least = is_more(total, &seen);
    let open = seen.into_iter().filter(|(is_open, ..)| *is_open);
    let others = open
        .map(|(_, repository, number)| (repository, number))
        .filter(|(repository, number)| this != Some((repository, *number)));
    Some(Rivals {
        pull_requests: others.collect(),
        is_at_least,
    })
}

/// How it stands with the last review; none where that cannot be told.
fn review_standing(timeline: &Connection<'_>, author: &Login) -> Option<ReviewStanding> {
    let nodes = timeline.nodes;
    let Some(at) = nodes.iter().rposition(|it| is_review(it, author)) else {
        return Some(ReviewStanding::None);
    };
    let (review, after) = nodes.get(at..)?.split_first()?;
    let followed = if text(review, "state") == Some("APPROVED") {
        Followed::Approval
    } else if after.iter().any(|it| is_by(it, author) == Some(true)) {
        Followed::Answer
    } else if after.iter().any(|it| is_by(it, author).is_none()) {
        // What cannot be read may be the answer.
        return None;
    } else {
        Followed::Nothing
    };
    let url = text(review, "url").filter(|it| it.starts_with("https://github.com/"));
    Some(ReviewStanding::Reviewed {
        reviewer: login(review.get("author")),
        url: url.map(str::to_owned),
        followed,
    })
}

/// Whether it is a review by a person other than the author. One that is
/// pending is seen by its writer alone.
fn is_review(event: &Value, author: &Login) -> bool {
    let by = event.get("author").filter(|by| !by.is_null());
    let is_others = |by: &Value| {
        text(by, "__typename") != Some("Bot") && login(Some(by)).as_ref() != Some(author)
    };
    text(event, "__typename") == Some("PullRequestReview")
        && text(event, "state").is_some_and(|state| state != "PENDING")
        && by.is_none_or(is_others)
}

/// Whether the author commented, reviewed or pushed it; none where that cannot
/// be read. A commit that belongs to no account may be the author's, and counts
/// as such.
fn is_by(event: &Value, author: &Login) -> Option<bool> {
    let by = if text(event, "__typename")? == "PullRequestCommit" {
        let by = event.get("commit")?.get("author");
        let Some(user) = by.and_then(|by| by.get("user")).filter(|it| !it.is_null()) else {
            return Some(true);
        };
        user
    } else {
        let by = event.get("author")?;
        if by.is_null() {
            return Some(false);
        }
        by
    };
    Some(login(Some(by))? == *author)
}
