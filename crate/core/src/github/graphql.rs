//! Reading GraphQL's replies.

mod account;
mod activity;
mod listing;
mod this_item;

use super::activity::{ActivityPage, Connection};
use super::api_error::{ApiError, GraphqlError, of_status};
use super::call::Call;
use super::http::HttpReply;
use super::limits::Limit;
use super::read::{Answer, GeneralAnswer, Learned, Page, Unmerged, VouchedFile, closed_as};
use crate::evidence::{
    Account, Association, Closing, GapReason, Issue, Item, Part, PullRequest, PullRequestState,
};
use crate::json::{self, Value};
use crate::own::vouched::PATHS;
use crate::repository::Repository;
use crate::time::Timestamp;
use account::{Owner, Totals};
use activity::{Author, Closed};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Reads the reply to a call that GraphQL answers.
pub(super) fn read(call: &Call, reply: &HttpReply) -> Result<Answer, ApiError> {
    match call {
        Call::Accounts(logins) => with_data(reply, &|data, answer| {
            for (index, login) in logins.iter().enumerate() {
                let owner = data.part::<Owner>(&format!("u{index}"));
                let account = match owner {
                    Ok(Some(owner)) => owner.account(),
                    Ok(None) | Err(ApiError::NotFound) => Ok(Account::NotFound),
                    Err(error) => Err(error),
                };
                answer.note(login, Part::Account, account.map(Learned::Account));
            }
        }),
        Call::Counts(logins) => with_data(reply, &|data, answer| {
            for (index, login) in logins.iter().enumerate() {
                let totals = data.needed::<Totals>(&format!("u{index}"));
                let learned = totals.map(|totals| Learned::Counts(totals.counts()));
                answer.note(login, Part::Counts, learned);
            }
        }),
        Call::Activity(pages, since) => with_data(reply, &|data, answer| {
            for (index, page) in pages.iter().enumerate() {
                let learned = data.activity(index, page, *since, answer);
                answer.note(&page.login, page.connection.part(), learned);
            }
        }),
        Call::SearchActivity(page) => with_data(reply, &|data, answer| {
            let (name, unreadable) = (page.connection.name(), &mut answer.unreadable);
            let learned = match page.connection {
                Connection::Issues => data
                    .page(name, Node::issue, unreadable)
                    .map(Learned::Issues),
                _ => data
                    .page(name, Node::pull_request, unreadable)
                    .map(Learned::PullRequests),
            };
            answer.note(&page.login, page.connection.part(), learned);
        }),
        Call::Closers(people) => with_data(reply, &|data, answer| {
            // What cannot be read, or not all of it, is as if GitHub did not tell.
            let closed = data.needed::<Vec<Value>>("nodes").map(|all| {
                let whole = all.iter().enumerate();
                let whole = whole.filter(|(index, _)| data.node_error("nodes", *index).is_none());
                let readable = whole.filter_map(|(_, it)| json::from_value(it).ok());
                readable.collect::<Vec<Closed>>()
            });
            for (login, ids) in people {
                let learned = match &closed {
                    Ok(closed) => {
                        let closing = |id: &String| Closing {
                            node_id: id.clone(),
                            closed_by: closed
                                .iter()
                                .find(|it| it.is_of(id))
                                .and_then(|closed| closed.by(login)),
                        };
                        answer.nodes += u32::try_from(ids.len()).unwrap_or(0);
                        Ok(Learned::Closers(ids.iter().map(closing).collect()))
                    }
                    Err(error) => Err(error.clone()),
                };
                answer.note(login, Part::Closers, learned);
            }
        }),
        Call::Here {
            logins, repository, ..
        } => with_data(reply, &|data, answer| {
            for (index, login) in logins.iter().enumerate() {
                let learned = data.repository().and_then(|found| {
                    let (alias, unreadable) = (format!("s{index}"), &mut answer.unreadable);
                    let mut page = data.page(&alias, Node::pull_request, unreadable)?;
                    page.is_of_private = found.get("isPrivate") == Some(&Value::Bool(true));
                    Ok(Learned::Here(repository.clone(), page))
                });
                answer.note(login, Part::Here, learned);
            }
        }),
        Call::ThisItem {
            login,
            repository,
            number,
        } => with_data(reply, &|data, answer| {
            let learned = this_item::learned(data, login, repository, *number);
            answer.note(login, Part::ThisItem, learned);
        }),
        Call::Vouched(_) => with_data(reply, &|data, answer| {
            answer.general = data.vouched();
        }),
        Call::Listing(_) => with_data(reply, &|data, answer| {
            let page = data.listing(&mut answer.unreadable);
            if let Ok(page) = &page {
                answer.nodes = u32::try_from(page.items.len()).unwrap_or(u32::MAX);
            }
            answer.general = Some(GeneralAnswer::Listing(page));
        }),
        Call::Items(items) => with_data(reply, &|data, answer| {
            answer.general = Some(GeneralAnswer::Items(data.items(items.len())));
        }),
        // REST's calls are read where REST is.
        _ => Err(ApiError::lacks("data")),
    }
}

/// The `data` and `errors` of a GraphQL reply.
struct Data<'a> {
    fields: &'a Value,
    errors: Vec<GraphqlError<'a>>,
    reply: &'a HttpReply,
}

/// Hands on what there is of `data`, unless the whole was refused. It is there
/// once in the module, and not once for each call that it reads.
fn with_data(reply: &HttpReply, take: &dyn Fn(&Data, &mut Answer)) -> Result<Answer, ApiError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct RateLimit {
        cost: u32,
        limit: u32,
        remaining: u32,
        reset_at: Timestamp,
    }
    if let Some(error) = of_status(reply) {
        return Err(error);
    }
    let body = json::parse(&reply.body)?;
    let told = body.get("errors").and_then(Value::as_array);
    let mut errors: Vec<_> = told.into_iter().flatten().map(GraphqlError::new).collect();
    // Where GitHub refuses the whole, it says so in `message` alone.
    if body.get("message").and_then(Value::as_str).is_some() {
        errors.push(GraphqlError::new(&body));
    }
    // An error that belongs to one alias leaves its siblings unharmed; a limit
    // speaks for all of them.
    let whole = |error: &&GraphqlError| {
        error.alias.is_none()
            || matches!(
                error.error(reply),
                ApiError::LimitSpent { .. } | ApiError::SlowDown { .. } | ApiError::MissingScope
            )
    };
    let of_all = errors.iter().find(whole).map(|error| error.error(reply));
    let fields = body.get("data").filter(|it| it.as_object().is_some());
    let fields = match (fields, of_all) {
        (Some(fields), None) => fields,
        // What came is kept; what did not is missing for the reason given.
        (Some(fields), Some(ApiError::TooMuch))
            if fields.as_object().is_some_and(|it| !it.is_empty()) =>
        {
            fields
        }
        (_, Some(error)) => return Err(error),
        (None, None) => {
            let first = errors.first().map(|error| error.error(reply));
            return Err(first.unwrap_or_else(|| ApiError::lacks("data")));
        }
    };
    let data = Data {
        fields,
        errors,
        reply,
    };
    let mut answer = Answer::default();
    if let Ok(Some(told)) = data.part::<RateLimit>("rateLimit") {
        answer.cost = Some(told.cost);
        answer.limit = Some(Limit {
            limit: told.limit,
            remaining: told.remaining,
            reset_at: told.reset_at,
        });
    }
    take(&data, &mut answer);
    Ok(answer)
}

impl Data<'_> {
    /// The value of an alias; none where it is null and nothing says why. An
    /// error that names the alias, and no node of a list in it, leaves nothing
    /// of it: what is null or missing there is not so by itself.
    fn part<T: DeserializeOwned>(&self, alias: &str) -> Result<Option<T>, ApiError> {
        let Some(value) = self.value(alias)? else {
            return Ok(None);
        };
        let read = json::from_value(value).map(Some);
        read.map_err(|error| self.unreadable(alias, error))
    }

    /// The same before it is read; there once in the module.
    fn value(&self, alias: &str) -> Result<Option<&Value>, ApiError> {
        match self.fields.get(alias) {
            None => Err(self.error(alias).unwrap_or_else(|| ApiError::lacks(alias))),
            Some(Value::Null) => self.error(alias).map_or(Ok(None), Err),
            Some(value) => self
                .error_at(&|it| it.alias == Some(alias) && it.node.is_none())
                .map_or(Ok(Some(value)), Err),
        }
    }

    fn unreadable(&self, alias: &str, error: json::Error) -> ApiError {
        let told = self.error(alias);
        told.unwrap_or_else(|| error.within(alias).into())
    }

    /// The value of an alias that is never null without a reason.
    fn needed<T: DeserializeOwned>(&self, alias: &str) -> Result<T, ApiError> {
        self.part(alias)?.ok_or_else(|| ApiError::lacks(alias))
    }

    /// The repository that was searched, where the token can see it: of one that
    /// it cannot see, a search finds nothing.
    fn repository(&self) -> Result<&Value, ApiError> {
        let repository = self.fields.get("repository").filter(|it| it.is_object());
        repository.ok_or_else(|| self.hidden())
    }

    /// A repository's VOUCHED.td; none where the repository cannot be seen, and
    /// nothing tells whether it has one.
    fn vouched(&self) -> Option<GeneralAnswer> {
        if self.repository().is_err() || self.error("repository").is_some() {
            return None;
        }
        let files = self.fields.get("repository");
        let file = PATHS.iter().enumerate().find_map(|(index, path)| {
            let text = files?.get(format!("f{index}"))?.get("text")?.as_str()?;
            Some(VouchedFile {
                path,
                text: text.to_owned(),
            })
        });
        Some(GeneralAnswer::Vouched(file))
    }

    /// Why a repository, or something in it, is not there: as a rule because
    /// the token cannot see it.
    fn hidden(&self) -> ApiError {
        match self.error("repository") {
            None | Some(ApiError::NotFound) => ApiError::RepositoryHidden,
            Some(error) => error,
        }
    }

    /// The error that the errors tell of an alias, or of the whole.
    fn error(&self, alias: &str) -> Option<ApiError> {
        self.error_at(&|error| error.alias.is_none_or(|it| it == alias))
    }

    /// The error that the errors tell of a node in the list of an alias, or of
    /// something in that node.
    fn node_error(&self, alias: &str, index: usize) -> Option<ApiError> {
        self.error_at(&|error| error.alias == Some(alias) && error.node == Some(index))
    }

    fn error_at(&self, is_meant: &dyn Fn(&GraphqlError) -> bool) -> Option<ApiError> {
        let error = self.errors.iter().find(|it| is_meant(it))?;
        Some(error.error(self.reply))
    }

    /// A page of a search. A node that cannot be read is left out of the items
    /// and counted in `total`: unseen, not absent.
    fn page<T>(
        &self,
        alias: &str,
        read: fn(Node) -> Option<T>,
        unreadable: &mut Vec<json::Error>,
    ) -> Result<Page<T>, ApiError> {
        let found: SearchPage = self.needed(alias)?;
        let (mut items, mut shortfall) = (Vec::new(), None);
        for (index, node) in found.nodes.iter().enumerate() {
            if let Some(error) = self.node_error(alias, index) {
                shortfall = Some(error.reason());
                continue;
            }
            let unknown_state = || json::Error::new("state: unknown");
            match json::from_value(node).and_then(|it| read(it).ok_or_else(unknown_state)) {
                Ok(item) => items.push(item),
                Err(error) => {
                    // A node that may not be seen is null, and an error says why.
                    let told = self.error(alias).filter(|_| node.is_null());
                    shortfall = Some(told.map_or(GapReason::Unreadable, |it| it.reason()));
                    unreadable.push(error.within(&format!("{alias}.nodes[{index}]")));
                }
            }
        }
        let end = found.page_info.end_cursor;
        // What is there counts, whatever GitHub counts.
        let fetched = u32::try_from(found.nodes.len()).unwrap_or(u32::MAX);
        Ok(Page {
            total: found.issue_count.max(fetched),
            items,
            next: end.filter(|_| found.page_info.has_next_page),
            is_refusal_told: false,
            shortfall,
            unread: 0,
            total_ever: None,
            unmerged: Unmerged::NotAsked,
            merged_before: Vec::new(),
            is_of_private: false,
        })
    }

    /// The page of a connection at this place of the document.
    fn activity(
        &self,
        index: usize,
        page: &ActivityPage,
        since: Timestamp,
        answer: &mut Answer,
    ) -> Result<Learned, ApiError> {
        let alias = format!("u{index}");
        let mut author: Author = self.needed(&alias)?;
        let (connection, is_first) = (page.connection, page.after.is_none());
        let nodes = match connection {
            Connection::Issues => author.issues.take(),
            _ => author.pull_requests.take(),
        };
        let Some(nodes) = nodes else {
            let error = self.error(&alias);
            return Err(error.unwrap_or_else(|| ApiError::lacks(connection.name())));
        };
        answer.nodes += u32::try_from(nodes.nodes.len()).unwrap_or(u32::MAX);
        let reason = |index| Some(self.node_error(&alias, index)?.reason());
        let told = (alias.as_str(), &reason as &dyn Fn(usize) -> _);
        let (unreadable, read) = (&mut answer.unreadable, Node::pull_request);
        Ok(match connection {
            Connection::Issues => {
                Learned::Issues(nodes.page(told, is_first, since, Node::issue, unreadable))
            }
            Connection::UnmergedPullRequests => {
                let page = nodes.page(told, is_first, since, read, unreadable);
                Learned::PullRequests(page.unmerged())
            }
            Connection::PullRequests | Connection::MergedPullRequests => {
                Learned::PullRequests(nodes.page(told, is_first, since, read, unreadable))
            }
        })
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SearchPage {
    issue_count: u32,
    page_info: PageInfo,
    nodes: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Home {
    name_with_owner: Repository,
    is_in_organization: bool,
    /// Asked for where private repositories are not left out already.
    is_private: Option<bool>,
}

/// A pull request or an issue.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Node {
    number: u32,
    title: String,
    created_at: Timestamp,
    closed_at: Option<Timestamp>,
    repository: Home,
    state: String,
    /// Of pull requests only, and so are the next two.
    merged_at: Option<Timestamp>,
    id: Option<String>,
    author_association: Option<Value>,
    /// Of issues only, and so is the next. It is null where there is no reason;
    /// a closed issue of which it is missing may have any.
    #[serde(default, deserialize_with = "json::present")]
    #[expect(clippy::option_option, reason = "null tells more than a missing field")]
    state_reason: Option<Option<String>>,
    closed_as: Option<String>,
}

impl Node {
    fn item(self) -> Item {
        Item {
            repository: self.repository.name_with_owner,
            is_in_organization: self.repository.is_in_organization,
            number: self.number,
            title: self.title,
            created_at: self.created_at,
            closed_at: self.closed_at,
        }
    }

    fn is_merged(&self) -> bool {
        self.state == "MERGED" || self.merged_at.is_some()
    }

    fn pull_request(self) -> Option<PullRequest> {
        let state = match self.state.as_str() {
            _ if self.is_merged() => PullRequestState::Merged,
            "CLOSED" => PullRequestState::Closed,
            "OPEN" => PullRequestState::Open,
            _ => return None,
        };
        // A word that GitHub may add tells nothing, and costs nothing else.
        let association = self.author_association.as_ref();
        let association: Option<Association> = association.and_then(|it| json::from_value(it).ok());
        let node_id = self.id.clone();
        Some(PullRequest {
            item: self.item(),
            state,
            closed_by: None,
            association,
            node_id,
        })
    }

    fn issue(self) -> Option<Issue> {
        let is_closed = match self.state.as_str() {
            "CLOSED" => true,
            "OPEN" => false,
            _ => return None,
        };
        if is_closed && self.state_reason.is_none() {
            return None;
        }
        let state_reason = self.state_reason.as_ref().and_then(Option::as_deref);
        Some(Issue {
            // A schema that knows no duplicates has the one reason.
            closed_as: is_closed.then(|| closed_as(self.closed_as.as_deref().or(state_reason))),
            is_not_planned_without_duplicates: state_reason == Some("NOT_PLANNED"),
            item: self.item(),
        })
    }
}
