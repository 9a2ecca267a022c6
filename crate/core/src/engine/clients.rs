//! [`Clients`]: all connections, and the people who have changed since their
//! clients were last notified.

use super::client::{Client, ClientId, ClientKind, Subscription};
use super::key_set::KeySet;
use litemap::LiteMap;

/// Clients of one kind that are served at once: more tabs than anybody has
/// open, and few enough that a page which connects over and over gains nothing.
pub const MOST_CLIENTS: usize = 300;

/// The clients, by the numbers of their connections.
#[derive(Debug, Default)]
pub(super) struct Clients {
    all: LiteMap<ClientId, Client>,
    /// People of whom something is new since clients were last notified.
    changed: KeySet,
}

impl Clients {
    /// Connects a client, unless there are [`MOST_CLIENTS`] of its kind;
    /// returns whether it is connected.
    pub(super) fn connect(&mut self, id: ClientId, kind: ClientKind) -> bool {
        let may = self.of_kind(kind).len() < MOST_CLIENTS;
        if may {
            self.all.insert(id, Client::new(kind));
        }
        may
    }

    /// Connects a client that is one of ours and nobody's, unless it is.
    pub(super) fn ensure(&mut self, id: ClientId, kind: ClientKind) {
        if !self.all.contains_key(&id) {
            self.all.insert(id, Client::new(kind));
        }
    }

    /// Removes a client, and returns the keys of the people it looked at.
    pub(super) fn disconnect(&mut self, id: ClientId) -> Vec<String> {
        let client = self.all.remove(&id);
        client.map_or_else(Vec::new, |client| client.keys())
    }

    pub(super) fn get(&self, id: ClientId) -> Option<&Client> {
        self.all.get(&id)
    }

    pub(super) fn get_mut(&mut self, id: ClientId) -> Option<&mut Client> {
        self.all.get_mut(&id)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (ClientId, &Client)> {
        self.all.iter().map(|(id, client)| (*id, client))
    }

    /// Everybody of one kind.
    pub(super) fn of_kind(&self, kind: ClientKind) -> Vec<ClientId> {
        let of_kind = self.all.iter().filter(|(_, client)| client.kind == kind);
        of_kind.map(|(id, _)| *id).collect()
    }

    /// One client's interest in somebody.
    pub(super) fn subscription_mut(
        &mut self,
        id: ClientId,
        key: &str,
    ) -> Option<&mut Subscription> {
        self.all.get_mut(&id)?.subscriptions.get_mut(key)
    }

    /// Whether anybody looks at this person.
    pub(super) fn is_watched(&self, key: &str) -> bool {
        let mut clients = self.all.values();
        clients.any(|client| client.subscriptions.contains_key(key))
    }

    /// Notes that something is new of somebody.
    pub(super) fn mark_changed(&mut self, key: String) {
        self.changed.insert(key);
    }

    /// Notes that something is new of everybody who is looked at.
    pub(super) fn mark_all_changed(&mut self) {
        for client in self.all.values() {
            self.changed.extend(client.subscriptions.keys().cloned());
        }
    }

    /// Every client's interest in everybody of whom something is new, in the
    /// order of clients and people.
    pub(super) fn changed(&self) -> Vec<(ClientId, Subscription)> {
        let mut changed = Vec::new();
        for (id, client) in &self.all {
            let subscriptions = client.subscriptions_of(&self.changed);
            changed.extend(subscriptions.map(|it| (*id, it.clone())));
        }
        changed
    }

    /// Notes that everything new has been passed on.
    pub(super) fn clear_changed(&mut self) {
        self.changed.clear();
    }

    /// Forgets what was sent about somebody, so that it is sent anew.
    pub(super) fn forget_sent_reports(&mut self, key: &str) {
        for (_, client) in &mut self.all {
            if let Some(subscription) = client.subscriptions.get_mut(key) {
                subscription.sent_report = None;
                self.changed.insert(key.to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clients() -> Clients {
        let mut clients = Clients::default();
        for (id, logins) in [(1, ["ada", "eve"]), (2, ["eve", "zoe"])] {
            assert!(clients.connect(ClientId(id), ClientKind::Page));
            let client = clients.get_mut(ClientId(id)).unwrap();
            for login in logins {
                let subscription = Subscription::requested(login.parse().unwrap(), None, None);
                client.subscriptions.insert(login.to_owned(), subscription);
            }
        }
        clients
    }

    fn changed(clients: &Clients) -> Vec<(u32, String)> {
        let changed = clients.changed().into_iter();
        changed
            .map(|(id, it)| (id.0, it.login.to_string()))
            .collect()
    }

    #[test]
    fn whoever_looks_at_somebody_hears_what_is_new() {
        let mut clients = clients();
        clients.mark_changed("eve".to_owned());
        clients.mark_changed("nobody".to_owned());
        assert_eq!(
            changed(&clients),
            [(1, "eve".to_owned()), (2, "eve".to_owned())]
        );
        clients.clear_changed();
        assert_eq!(changed(&clients), []);
        clients.mark_all_changed();
        assert_eq!(changed(&clients).len(), 4);
    }

    #[test]
    fn pages_that_connect_over_and_over_keep_no_popup_out() {
        let mut clients = Clients::default();
        let pages = (0..3_000).filter(|id| clients.connect(ClientId(*id), ClientKind::Page));
        assert_eq!(pages.count(), MOST_CLIENTS);
        assert!(clients.connect(ClientId(9_999), ClientKind::Popup));
    }

    #[test]
    fn whoever_is_gone_looks_at_nobody() {
        let mut clients = clients();
        assert!(clients.is_watched("ada"));
        assert_eq!(clients.disconnect(ClientId(1)), ["ada", "eve"]);
        assert!(!clients.is_watched("ada") && clients.is_watched("eve"));
        assert!(clients.disconnect(ClientId(1)).is_empty());
        assert_eq!(clients.of_kind(ClientKind::Page), [ClientId(2)]);
    }
}
