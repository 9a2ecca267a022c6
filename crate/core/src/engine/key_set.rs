//! [`KeySet`]: a set of people, by the keys of their logins.

/// Keys of logins, each once and in order. There are never more than a few
/// pages hold, so that a sorted list does what a tree would.
#[derive(Clone, Debug, Default)]
pub(super) struct KeySet(Vec<String>);

impl KeySet {
    /// Adds a key; returns whether it is new.
    pub(super) fn insert(&mut self, key: String) -> bool {
        let place = self.0.binary_search(&key);
        if let Err(place) = place {
            self.0.insert(place, key);
        }
        place.is_err()
    }

    pub(super) fn remove(&mut self, key: &String) {
        if let Ok(place) = self.0.binary_search(key) {
            self.0.remove(place);
        }
    }

    pub(super) fn contains(&self, key: &String) -> bool {
        self.0.binary_search(key).is_ok()
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, String> {
        self.0.iter()
    }

    /// Returns all of them and keeps none.
    pub(super) fn take(&mut self) -> Vec<String> {
        std::mem::take(&mut self.0)
    }
}
