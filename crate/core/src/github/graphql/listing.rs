//! Reading lists of a repository, and single items of it.

use super::{Data, PageInfo};
use crate::evidence::Association;
use crate::github::api_error::ApiError;
use crate::github::listing::{FoundItems, ListedAuthor, ListedItem, ListingPage};
use crate::github::read::closed_as;
use crate::json::{self, Value};
use crate::repository::Repository;
use crate::time::Timestamp;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    name_with_owner: Repository,
    list: List,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct List {
    total_count: u32,
    page_info: PageInfo,
    nodes: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    name_with_owner: Repository,
    item: Option<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    #[serde(rename = "__typename")]
    kind: String,
    id: String,
    number: u32,
    title: String,
    #[serde(default)]
    is_draft: bool,
    author_association: Option<Value>,
    created_at: Timestamp,
    updated_at: Timestamp,
    closed_at: Option<Timestamp>,
    merged_at: Option<Timestamp>,
    closed_as: Option<String>,
    assignees: Option<Assignees>,
    author: Option<Author>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Assignees {
    total_count: u32,
}

#[derive(Deserialize)]
struct Author {
    #[serde(rename = "__typename")]
    kind: String,
    login: String,
}

impl Node {
    fn item(self, repository: Repository) -> ListedItem {
        let is_issue = self.kind == "Issue";
        let closed = self.closed_at.is_some() && is_issue;
        // A word that GitHub may add tells nothing, and costs nothing else.
        let association = self.author_association.as_ref();
        let association: Option<Association> = association.and_then(|it| json::from_value(it).ok());
        ListedItem {
            repository,
            number: self.number,
            title: self.title,
            is_issue,
            author: self.author.map(|author| ListedAuthor {
                is_app: author.kind != "User",
                login: author.login,
            }),
            association,
            created_at: self.created_at,
            updated_at: self.updated_at,
            closed_at: self.closed_at,
            merged_at: self.merged_at,
            closed_as: closed.then(|| closed_as(self.closed_as.as_deref())),
            is_assigned: self.assignees.map(|it| it.total_count > 0),
            is_draft: self.is_draft,
            node_id: self.id,
        }
    }
}

impl Data<'_> {
    /// A page of a repository's list. An item that cannot be read is left out.
    pub(super) fn listing(
        &self,
        unreadable: &mut Vec<json::Error>,
    ) -> Result<ListingPage, ApiError> {
        self.repository()?;
        let listed: Listed = self.needed("repository")?;
        let mut items = Vec::new();
        for (index, node) in listed.list.nodes.iter().enumerate() {
            match json::from_value::<Node>(node) {
                Ok(node) => items.push(node.item(listed.name_with_owner.clone())),
                Err(error) => unreadable.push(error.within(&format!("list.nodes[{index}]"))),
            }
        }
        let info = listed.list.page_info;
        Ok(ListingPage {
            repository: listed.name_with_owner,
            total: listed.list.total_count,
            items,
            next: info.end_cursor.filter(|_| info.has_next_page),
        })
    }

    /// What became of so many items that were asked for by number.
    pub(super) fn items(&self, count: usize) -> FoundItems {
        (0..count).map(|index| self.item(index)).collect()
    }

    fn item(&self, index: usize) -> Result<ListedItem, ApiError> {
        let alias = format!("i{index}");
        let place: Place = self.part(&alias)?.ok_or(ApiError::NotFound)?;
        let Some(item) = place.item else {
            return Err(self.error(&alias).unwrap_or(ApiError::NotFound));
        };
        let node: Node = json::from_value(&item).map_err(|error| error.within(&alias))?;
        Ok(node.item(place.name_with_owner))
    }
}
