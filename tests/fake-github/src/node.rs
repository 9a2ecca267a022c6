//! GitHub's global node ids: they tell a client nothing, and find a thing again.

use crate::world::{AuthoredItem, World};

/// The id of a pull request or an issue.
pub(crate) fn id(written: &AuthoredItem) -> String {
    let kind = if written.item().is_pull() { "PR" } else { "I" };
    format!("{kind}_kwDO{:08x}{:06x}", written.author.id, written.index)
}

/// The pull request or issue with that id.
pub(crate) fn find(world: &World, text: &str) -> Option<AuthoredItem> {
    let (author, index) = text.split_once("_kwDO")?.1.split_at_checked(8)?;
    let author = world.account_by_id(i64::from_str_radix(author, 16).ok()?)?;
    let index = usize::from_str_radix(index, 16).ok()?;
    let written = (index < author.items.len()).then_some(AuthoredItem { author, index })?;
    (id(&written) == text).then_some(written)
}
