//! Lists of pull requests and issues: of an account, of a repository.

use std::sync::Arc;

use apollo_compiler::resolvers::{FieldError, ResolveInfo};
use apollo_compiler::response::JsonValue;

use super::errors::unimplemented;
use super::item::state;
use super::resolve::{Object, Resolved, Thing, only, words_of};
use crate::world::{Account, AuthoredItem, Item, Repository};

impl<'run> Object<'run> {
    /// An account's pull requests or issues, as the field says.
    pub(super) fn items_of(
        &self,
        account: &Arc<Account>,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        let all = (0..account.items.len()).map(|index| AuthoredItem {
            author: Arc::clone(account),
            index,
        });
        let visible = all.filter(|written| self.context.sees(&written.item().repository));
        let found = select(visible.collect(), AuthoredItem::item, info)?;
        self.connection_of(info, found, |written| Some(Thing::Item(written)))
    }

    /// A repository's pull requests or issues, as the field says.
    pub(super) fn items_in(
        &self,
        repository: &Repository,
        info: &ResolveInfo<'_>,
    ) -> Resolved<'run> {
        let world = self.context.world;
        let found = select(world.listed(repository), |listed| listed.item(), info)?;
        self.connection_of(info, found, |listed| world.written(listed).map(Thing::Item))
    }
}

/// Keeps what `states` names, in the order that `orderBy` names: oldest first without.
fn select<T>(
    mut list: Vec<T>,
    item: impl Fn(&T) -> &Item,
    info: &ResolveInfo<'_>,
) -> Result<Vec<T>, FieldError> {
    only(
        info,
        &["first", "last", "after", "before", "orderBy", "states"],
    )?;
    let wants_pulls = info.field_name() == "pullRequests";
    let states = words_of(info, "states");
    list.retain(|entry| {
        let item = item(entry);
        let has_state = |states: &Vec<String>| states.iter().any(|one| one == state(item));
        item.is_pull() == wants_pulls && states.as_ref().is_none_or(has_state)
    });
    let order = info
        .arguments()
        .get("orderBy")
        .and_then(JsonValue::as_object);
    let word = |key: &str| order.and_then(|order| order.get(key)?.as_str());
    let is_by_update = match word("field") {
        None | Some("CREATED_AT") => false,
        Some("UPDATED_AT") => true,
        Some(other) => return Err(unimplemented("orderBy", other)),
    };
    list.sort_by_key(|entry| {
        let item = item(entry);
        let updated = item.closed_at().unwrap_or(item.created);
        let at = if is_by_update { updated } else { item.created };
        (at, item.number)
    });
    if word("direction") == Some("DESC") {
        list.reverse();
    }
    Ok(list)
}
