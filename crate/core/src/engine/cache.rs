//! [`Cache`]: what is known of people, what of it is still to be loaded or
//! saved, and which of its gaps are due to be asked for again.

use super::cache_key::CacheKey;
use super::freshness;
use super::key_set::KeySet;
use super::person::Person;
use super::retry_policy::Recheck;
use crate::evidence::Gap;
use crate::github::Learned;
use crate::json;
use crate::login::Login;
use crate::time::Timestamp;
use litemap::LiteMap;

/// The people in memory, by the keys of their logins.
#[derive(Debug, Default)]
pub(super) struct Cache {
    people: LiteMap<String, Person>,
    /// People whom the store has been asked about and has not answered for.
    loading: KeySet,
    /// People of whom something is new since the last save.
    unsaved: KeySet,
    /// When somebody's gaps may have ended by themselves: an index, so that no
    /// event has to walk all people. Somebody whose gap has closed meanwhile
    /// may still stand in it.
    rechecks: LiteMap<(Timestamp, String), ()>,
}

impl Cache {
    pub(super) fn get(&self, key: &str) -> Option<&Person> {
        self.people.get(key)
    }

    /// How many people something is known of; whoever is only named on a page
    /// has an entry too.
    pub(super) fn looked_up(&self) -> usize {
        self.people.values().filter(|it| it.has_record()).count()
    }

    /// Whether the store has to be asked about somebody; it is asked once.
    pub(super) fn needs_load(&mut self, key: &str) -> bool {
        !self.people.contains_key(key) && self.loading.insert(key.to_owned())
    }

    /// Takes over what the store answered, and returns the keys of all who
    /// were asked for: of those whom it does not know, nothing is known.
    pub(super) fn finish_load(
        &mut self,
        asked: &[Login],
        found: &[String],
        now: Timestamp,
    ) -> Vec<String> {
        self.restore(found, now);
        let mut keys = Vec::new();
        for login in asked {
            let key = login.key();
            self.loading.remove(&key);
            self.people
                .entry(key.clone())
                .or_insert_with(|| Person::new(login.clone()));
            keys.push(key);
        }
        keys
    }

    /// Takes over people as the store kept them, and returns their keys.
    pub(super) fn restore(&mut self, found: &[String], now: Timestamp) -> Vec<String> {
        let mut keys = Vec::new();
        for text in found {
            // What another version wrote and this one cannot read is asked anew.
            let Ok(mut person) = json::from_str::<Person>(text) else {
                continue;
            };
            person.forget_old(now);
            let key = person.login.key();
            keys.push(key.clone());
            // What is in memory is newer than what was kept of it.
            self.people.entry(key).or_insert(person);
        }
        keys
    }

    /// The people to save, as the store keeps them; none of them is unsaved then.
    pub(super) fn take_unsaved(&mut self) -> Vec<(String, String)> {
        let keys = std::mem::take(&mut self.unsaved).into_iter();
        let saved = keys.filter_map(|key| {
            let text = json::to_string(&self.people.get(&key)?.to_store()).ok()?;
            Some((key, text))
        });
        saved.collect()
    }

    /// Forgets everybody. Answers of the store that are on their way are of no
    /// use then either, but whoever waits for them is still told.
    pub(super) fn clear(&mut self) {
        self.people.clear();
        self.unsaved.clear();
        self.rechecks.clear();
    }

    /// Prepares somebody to be looked at: forgets what is too old, and puts
    /// the gaps that end by themselves on the agenda again.
    pub(super) fn watch(&mut self, key: &str, now: Timestamp) {
        let Some(person) = self.people.get_mut(key) else {
            return;
        };
        person.forget_old(now);
        self.schedule_recheck(key);
    }

    /// Whether everything about somebody may be asked for again now; the next
    /// refresh is counted from here.
    pub(super) fn begin_refresh(&mut self, key: &str, now: Timestamp) -> bool {
        let person = self.people.get_mut(key);
        person.is_some_and(|person| person.begin_refresh(now))
    }

    /// Keeps what was learned of somebody. A page that `follows` others, after a
    /// cursor, is added to them.
    pub(super) fn record(
        &mut self,
        login: &Login,
        cache_key: &CacheKey,
        learned: Learned,
        etag: Option<String>,
        follows: Option<&str>,
        now: Timestamp,
    ) {
        self.person(login)
            .record(cache_key, learned, etag, follows, now);
        self.unsaved.insert(login.key());
    }

    /// Notes that GitHub said: nothing has changed.
    pub(super) fn record_unchanged(&mut self, key: &str, cache_key: &CacheKey, now: Timestamp) {
        if let Some(person) = self.people.get_mut(key) {
            person.record_unchanged(cache_key, now);
            self.unsaved.insert(key.to_owned());
        }
    }

    /// Keeps that something could not be had. What was known before stays.
    pub(super) fn record_failure(
        &mut self,
        login: &Login,
        cache_key: &CacheKey,
        gap: Gap,
        recheck: Recheck,
        now: Timestamp,
    ) {
        self.person(login)
            .record_failure(cache_key, gap, recheck, now);
        self.schedule_recheck(&login.key());
        if freshness::is_kept_in_store(gap) {
            self.unsaved.insert(login.key());
        }
    }

    /// Forgets what of somebody could not be had.
    pub(super) fn forget_failures(&mut self, key: &str) {
        if let Some(person) = self.people.get_mut(key) {
            person.forget_failures();
        }
    }

    /// Drops from memory what the store keeps of somebody.
    pub(super) fn drop_saved(&mut self, key: &str) {
        if !self.unsaved.contains(key) && !self.loading.contains(key) {
            self.people.remove(key);
        }
    }

    /// Lets everything be asked for again that waited for this cause, and
    /// returns whose it was. This walks all people; new tokens, permissions and
    /// networks are rare.
    pub(super) fn recheck_all(&mut self, cause: Recheck) -> Vec<String> {
        let mut keys = Vec::new();
        for (key, person) in &mut self.people {
            if person.recheck_all(cause) {
                keys.push(key.clone());
            }
        }
        keys
    }

    /// Takes everybody off the agenda whose gaps may have ended by now. The
    /// gaps of those whom `is_watched` names may be asked for again, and their
    /// keys are returned; the others' wait until somebody looks at them.
    pub(super) fn recheck_due(
        &mut self,
        is_watched: impl Fn(&str) -> bool,
        now: Timestamp,
    ) -> Vec<String> {
        let mut keys = Vec::new();
        while let Some((at, key)) = self.rechecks.first().map(|(due, ())| due.clone()) {
            if at > now {
                break;
            }
            self.rechecks.remove(&(at, key.clone()));
            let is_rechecked = is_watched(&key)
                && self
                    .people
                    .get_mut(&key)
                    .is_some_and(|person| person.recheck_due(now));
            if is_rechecked {
                self.schedule_recheck(&key);
                keys.push(key);
            }
        }
        keys
    }

    /// Puts things right after the clock has been put back: what is dated in
    /// the future is forgotten, and all of the agenda is due at once.
    pub(super) fn forget_future(&mut self, now: Timestamp) {
        for (_, person) in &mut self.people {
            person.forget_old(now);
        }
        let keys = std::mem::take(&mut self.rechecks).into_iter();
        for ((_, key), ()) in keys {
            self.rechecks.insert((now, key), ());
        }
    }

    /// When the next gaps may have ended by themselves.
    pub(super) fn next_recheck(&self) -> Option<Timestamp> {
        self.rechecks.first().map(|((at, _), ())| *at)
    }

    fn schedule_recheck(&mut self, key: &str) {
        if let Some(at) = self.people.get(key).and_then(Person::next_recheck) {
            self.rechecks.insert((at, key.to_owned()), ());
        }
    }

    fn person(&mut self, login: &Login) -> &mut Person {
        self.people
            .entry(login.key())
            .or_insert_with(|| Person::new(login.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Account, GapReason, Part};
    use crate::time::SignedDuration;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_795_000_000 + seconds).unwrap()
    }

    fn login(text: &str) -> Login {
        text.parse().unwrap()
    }

    fn account() -> CacheKey {
        CacheKey::new(Part::Account, None, None).unwrap()
    }

    fn offline(cache: &mut Cache, name: &str, now: Timestamp) {
        let gap = Gap::new(GapReason::Offline);
        cache.record_failure(&login(name), &account(), gap, Recheck::Soon, now);
    }

    #[test]
    fn the_store_is_asked_once_about_somebody_and_memory_wins() {
        let mut cache = Cache::default();
        assert!(cache.needs_load("ada"));
        assert!(!cache.needs_load("ada"));
        let learned = || Learned::Account(Account::NotFound);
        let mut kept = Person::new(login("Ada"));
        kept.record(&account(), learned(), None, None, at(0));
        let kept = json::to_string(&kept).unwrap();
        let ada = [login("Ada")];
        assert_eq!(
            cache.finish_load(&ada, &["{".to_owned(), kept.clone()], at(1)),
            ["ada"]
        );
        assert!(!cache.needs_load("ada"));
        cache.record(&ada[0], &account(), learned(), None, None, at(9));
        let newer = cache.get("ada").cloned();
        cache.restore(&[kept], at(9));
        assert_eq!(cache.get("ada"), newer.as_ref());
    }

    #[test]
    fn what_is_new_is_saved_once() {
        let mut cache = Cache::default();
        let learned = Learned::Account(Account::NotFound);
        cache.record(&login("ada"), &account(), learned, None, None, at(0));
        offline(&mut cache, "eve", at(0));
        let saved = cache.take_unsaved();
        let keys: Vec<&str> = saved.iter().map(|(key, _)| key.as_str()).collect();
        assert_eq!(keys, ["ada"], "what befell us on the way is not kept");
        assert_eq!(cache.take_unsaved(), []);
    }

    #[test]
    fn gaps_of_people_who_are_watched_are_rechecked_when_they_are_due() {
        let mut cache = Cache::default();
        offline(&mut cache, "ada", at(0));
        offline(&mut cache, "eve", at(2));
        assert_eq!(cache.next_recheck(), Some(at(15)));
        assert!(cache.recheck_due(|_| true, at(14)).is_empty());
        assert_eq!(cache.recheck_due(|_| true, at(15)), ["ada"]);
        assert_eq!(cache.next_recheck(), Some(at(17)));
        assert!(cache.recheck_due(|_| false, at(17)).is_empty());
        assert_eq!(cache.next_recheck(), None, "nobody looks at eve");
        cache.watch("eve", at(20));
        assert_eq!(cache.recheck_due(|_| true, at(20)), ["eve"]);
    }

    #[test]
    fn a_recheck_in_vain_waits_twice_as_long() {
        let mut cache = Cache::default();
        let mut now = at(0);
        for wait in [15, 30, 60, 120, 240, 300, 300] {
            offline(&mut cache, "ada", now);
            let next = cache.next_recheck().unwrap();
            assert_eq!(next.duration_since(now), SignedDuration::from_secs(wait));
            now = next;
            assert_eq!(cache.recheck_due(|_| true, now), ["ada"]);
        }
    }

    #[test]
    fn what_is_dated_in_the_future_is_asked_for_anew() {
        let hours = |hours: i64| at(3_600 * hours);
        let mut cache = Cache::default();
        let learned = Learned::Account(Account::NotFound);
        cache.record(&login("ada"), &account(), learned, None, None, hours(0));
        offline(&mut cache, "ada", hours(0));
        let back = hours(-2);
        cache.forget_future(back);
        assert!(cache.get("ada").unwrap().is_empty());
        assert_eq!(
            cache.next_recheck(),
            Some(back),
            "the alarm finds nothing to do"
        );
        assert!(cache.recheck_due(|_| true, back).is_empty());
    }

    #[test]
    fn a_cause_that_is_over_lets_everybody_be_asked_for_again() {
        let mut cache = Cache::default();
        offline(&mut cache, "ada", at(0));
        assert!(cache.recheck_all(Recheck::WithToken).is_empty());
        assert_eq!(cache.recheck_all(Recheck::Soon), ["ada"]);
        assert!(cache.recheck_all(Recheck::Soon).is_empty());
    }
}
