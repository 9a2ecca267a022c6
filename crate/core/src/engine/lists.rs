//! Lists name many people at once, and somebody who scrolls along means none
//! of them in particular: only those in view are looked up, and only so many
//! begin in a minute.

use super::Engine;
use super::client::{ClientId, Subscription};
use super::priority::Priority;
use crate::time::{SignedDuration, Timestamp};

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

impl Engine {
    /// Whether the look-up of somebody may begin now. What has begun goes on,
    /// and what a person asks for by hand is never held up.
    pub(super) fn may_begin(
        &mut self,
        client: ClientId,
        subscription: &Subscription,
        now: Timestamp,
    ) -> bool {
        let Some(page) = self.clients.get_mut(&client) else {
            return false;
        };
        if !page.is_list || subscription.is_open || subscription.is_requested {
            return true;
        }
        let key = subscription.login.key();
        if page.begun.contains(&key) {
            return true;
        }
        let most = usize::try_from(self.settings.choices.list_look_ups).unwrap_or(usize::MAX);
        retain_last_minute(&mut self.begun_on_lists, now);
        let may = subscription.priority == Priority::InView && self.begun_on_lists.len() < most;
        if may {
            page.begun.insert(key);
            self.begun_on_lists.push(now);
        }
        may
    }

    /// When the next look-up may begin, if any waits for that.
    pub(super) fn next_begin(&self) -> Option<Timestamp> {
        let most = usize::try_from(self.settings.choices.list_look_ups).unwrap_or(usize::MAX);
        let oldest = self.begun_on_lists.first().copied();
        let is_waited_for = self.waiting_on_lists().next().is_some();
        oldest
            .filter(|_| is_waited_for && self.begun_on_lists.len() >= most)
            .map(|at| at + MINUTE)
    }

    /// A minute is over: who waited is looked at again.
    pub(super) fn resume_lists(&mut self, now: Timestamp) {
        retain_last_minute(&mut self.begun_on_lists, now);
        let waiting: Vec<String> = self.waiting_on_lists().cloned().collect();
        for key in waiting {
            self.changed.insert(key);
        }
    }

    fn waiting_on_lists(&self) -> impl Iterator<Item = &String> {
        let lists = self.clients.values().filter(|client| client.is_list);
        lists.flat_map(|list| {
            let in_view = list
                .subscriptions
                .iter()
                .filter(|(_, it)| it.priority == Priority::InView);
            let keys = in_view.map(|(key, _)| key);
            keys.filter(|key| !list.begun.contains(key))
        })
    }
}

fn retain_last_minute(moments: &mut Vec<Timestamp>, now: Timestamp) {
    moments.retain(|at| now.duration_since(*at) < MINUTE);
}
