//! What outlives the worker: an `IndexedDB` of the extension's own origin.
//!
//! A content script lives in the page's origin and cannot reach it, so a
//! token kept here is out of its reach by construction; `storage.local` would
//! be open to it.

use crate::chrome;
use bonafide_core::engine::freshness::DELETED_AFTER;
use bonafide_core::login::Login;
use bonafide_core::time::Timestamp;
use idb::{
    Database, DatabaseEvent, Error, Factory, IndexParams, KeyPath, KeyRange, ObjectStoreParams,
    Query, TransactionMode,
};
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsError, JsValue};

const NAME: &str = "bonafide";
const VERSION: u32 = 1;
const PEOPLE: &str = "people";
const SETTINGS: &str = "settings";
/// When a person was last kept, in milliseconds since 1970.
const AT: &str = "at";
const TEXT: &str = "text";

/// How many people are kept. A person takes 1 to 20 KB.
const MOST_PEOPLE: u32 = 5_000;

/// The store. What cannot be read is as if it were not there, and what cannot
/// be kept is asked again: no look-up fails for it.
pub struct Store {
    database: Database,
}

impl Store {
    /// Opens the store, and makes it when there is none.
    ///
    /// # Errors
    /// If the browser refuses.
    pub async fn open() -> Result<Self, JsError> {
        let refused = |error: Error| JsError::new(&format!("the store cannot be opened: {error}"));
        let mut request = Factory::new()
            .and_then(|factory| factory.open(NAME, Some(VERSION)))
            .map_err(refused)?;
        request.on_upgrade_needed(|event| {
            // Where this fails, opening fails, and says so.
            let _ = event.database().and_then(|database| {
                let people = database.create_object_store(PEOPLE, ObjectStoreParams::new())?;
                people.create_index(AT, KeyPath::new_single(AT), Some(IndexParams::new()))?;
                database.create_object_store(SETTINGS, ObjectStoreParams::new())
            });
        });
        let database = request.await.map_err(refused)?;
        Ok(Self { database })
    }

    /// The settings and the token, as kept.
    pub async fn settings(&self) -> Option<String> {
        let transaction = self
            .database
            .transaction(&[SETTINGS], TransactionMode::ReadOnly);
        let settings = transaction.ok()?.object_store(SETTINGS).ok()?;
        let key = Query::Key(SETTINGS.into());
        settings.get(key).ok()?.await.ok()??.as_string()
    }

    /// Keeps the settings and the token.
    pub async fn keep_settings(&self, text: &str) {
        let _ = self.try_keep_settings(text).await;
    }

    async fn try_keep_settings(&self, text: &str) -> Result<(), Error> {
        let transaction = self
            .database
            .transaction(&[SETTINGS], TransactionMode::ReadWrite)?;
        let settings = transaction.object_store(SETTINGS)?;
        settings.put(&text.into(), Some(&SETTINGS.into()))?.await?;
        transaction.commit()?.await?;
        Ok(())
    }

    /// What the gate knew when the worker died.
    pub async fn gate(&self) -> Option<String> {
        chrome::gate().await
    }

    /// What is kept of these people.
    pub async fn people(&self, logins: &[Login]) -> Vec<String> {
        self.try_people(logins).await.unwrap_or_default()
    }

    async fn try_people(&self, logins: &[Login]) -> Result<Vec<String>, Error> {
        let transaction = self
            .database
            .transaction(&[PEOPLE], TransactionMode::ReadOnly)?;
        let people = transaction.object_store(PEOPLE)?;
        let asked: Vec<_> = logins
            .iter()
            .filter_map(|login| people.get(Query::Key(login.key().into())).ok())
            .map(IntoFuture::into_future)
            .collect();
        let found = futures::future::join_all(asked).await;
        let text = |record: Option<JsValue>| Reflect::get(&record?, &TEXT.into()).ok()?.as_string();
        Ok(found.into_iter().filter_map(|it| text(it.ok()?)).collect())
    }

    /// Keeps these people.
    pub async fn keep_people(&self, people: &[(String, String)]) {
        let _ = self.try_keep_people(people).await;
    }

    async fn try_keep_people(&self, kept: &[(String, String)]) -> Result<(), Error> {
        let transaction = self
            .database
            .transaction(&[PEOPLE], TransactionMode::ReadWrite)?;
        let people = transaction.object_store(PEOPLE)?;
        for (key, text) in kept {
            let record = Object::new();
            let is_set = Reflect::set(&record, &TEXT.into(), &text.into()).is_ok()
                && Reflect::set(&record, &AT.into(), &js_sys::Date::now().into()).is_ok();
            if is_set {
                people.put(&record, Some(&key.into()))?;
            }
        }
        transaction.commit()?.await?;
        Ok(())
    }

    /// Deletes what is too old, and the oldest where there are too many.
    pub async fn tidy(&self, now: Timestamp) {
        let _ = self.try_tidy(now).await;
    }

    async fn try_tidy(&self, now: Timestamp) -> Result<(), Error> {
        let transaction = self
            .database
            .transaction(&[PEOPLE], TransactionMode::ReadWrite)?;
        let people = transaction.object_store(PEOPLE)?;
        let oldest = now - DELETED_AFTER;
        // Milliseconds since 1970 are whole in a double for ages to come.
        #[expect(clippy::cast_precision_loss)]
        let before = KeyRange::upper_bound(&(oldest.as_millisecond() as f64).into(), None)?;
        let by_age = people.index(AT)?;
        // An index names its records by their keys, the oldest first.
        let old = by_age
            .get_all_keys(Some(Query::KeyRange(before)), None)?
            .await?;
        let too_many = people.count(None)?.await?.saturating_sub(MOST_PEOPLE);
        let most = by_age.get_all_keys(None, Some(too_many.max(1)))?.await?;
        let surplus = most.into_iter().take(too_many as usize);
        for key in old.into_iter().chain(surplus) {
            people.delete(Query::Key(key))?.await?;
        }
        transaction.commit()?.await?;
        Ok(())
    }

    /// Forgets everything.
    pub async fn wipe(&self) {
        let _ = self.try_wipe().await;
        chrome::forget_gate().await;
    }

    async fn try_wipe(&self) -> Result<(), Error> {
        let stores = [PEOPLE, SETTINGS];
        let transaction = self
            .database
            .transaction(&stores, TransactionMode::ReadWrite)?;
        for store in stores {
            transaction.object_store(store)?.clear()?.await?;
        }
        transaction.commit()?.await?;
        Ok(())
    }
}
