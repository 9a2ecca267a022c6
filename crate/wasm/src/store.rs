//! What outlives the worker: an `IndexedDB` of the extension's own origin.
//!
//! A content script lives in the page's origin and cannot reach it, so a
//! token kept here is out of its reach by construction; `storage.local` would
//! be open to it.

use crate::chrome;
use bonafide_core::engine::RECORD;
use bonafide_core::engine::freshness::DELETED_AFTER;
use bonafide_core::login::Login;
use bonafide_core::message::RunId;
use bonafide_core::time::Timestamp;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::IdbTransactionMode::{Readonly, Readwrite};
use web_sys::{IdbDatabase, IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

// `extension/storage.ts` opens the store and makes it under these names.
const PEOPLE: &str = "people";
const SETTINGS: &str = "settings";
const RUN: &str = "run";
/// What names begin with under which settings are kept that could not be read.
const SET_ASIDE: &str = "settings of before ";
/// When something was last kept, in milliseconds since 1970.
const AT: &str = "at";
const TEXT: &str = "text";

/// How many people are kept. A person takes 1 to 20 KB.
const MOST_PEOPLE: u32 = 5_000;

/// How many of those stored recently are asked for at once: as many as somebody
/// would pick from, and read in some 50 ms.
const RECENT: u32 = 200;

/// The store. What cannot be read is as if it were not there, and what cannot
/// be kept is asked again: no look-up fails for it.
pub struct Store {
    /// None where the browser gives no access: then memory has to do.
    database: Option<IdbDatabase>,
}

impl Store {
    /// The store, as `extension/storage.ts` has opened it.
    pub fn new(database: Option<IdbDatabase>) -> Self {
        Self { database }
    }

    fn database(&self) -> Result<&IdbDatabase, JsValue> {
        self.database.as_ref().ok_or(JsValue::UNDEFINED)
    }

    /// Keeps the settings and the token, and `aside` what cannot be read of
    /// earlier ones: both or neither. Answers whether it could.
    pub async fn keep_settings(&self, text: &str, aside: Option<(Timestamp, String)>) -> bool {
        self.try_keep_settings(text, aside).await.is_ok()
    }

    async fn try_keep_settings(
        &self,
        text: &str,
        aside: Option<(Timestamp, String)>,
    ) -> Result<(), JsValue> {
        let (transaction, settings) = self.write(SETTINGS)?;
        if let Some((found_at, unread)) = aside {
            let key = format!("{SET_ASIDE}{found_at}");
            settings.put_with_key(&unread.into(), &key.into())?;
        }
        settings.put_with_key(&text.into(), &SETTINGS.into())?;
        written(&transaction).await
    }

    /// What was put aside because it could not be read, the oldest first.
    pub async fn set_aside(&self) -> Vec<String> {
        self.try_set_aside().await.unwrap_or_default()
    }

    async fn try_set_aside(&self) -> Result<Vec<String>, JsValue> {
        // Moments begin with a digit, which comes before a colon.
        let names = IdbKeyRange::bound(&SET_ASIDE.into(), &format!("{SET_ASIDE}:").into())?;
        let texts = answer(self.read(SETTINGS)?.get_all_with_key(&names)?).await?;
        Ok(Array::from(&texts)
            .iter()
            .filter_map(|it| it.as_string())
            .collect())
    }

    /// What is kept of these people or, of no one in particular, of those who
    /// were kept last, the latest first.
    pub async fn people(&self, logins: Option<&[Login]>) -> Vec<String> {
        self.try_people(logins).await.unwrap_or_default()
    }

    async fn try_people(&self, logins: Option<&[Login]>) -> Result<Vec<String>, JsValue> {
        let keys = if let Some(logins) = logins {
            logins.iter().map(|it| JsValue::from(it.key())).collect()
        } else {
            let keys = answer(self.read(PEOPLE)?.index(AT)?.get_all_keys()?).await?;
            Array::from(&keys).reverse().slice(0, RECENT)
        };
        self.try_texts(PEOPLE, &keys).await
    }

    /// The texts of a store under these keys, as far as there are some.
    async fn try_texts(&self, store: &str, keys: &Array) -> Result<Vec<String>, JsValue> {
        let store = self.read(store)?;
        // All are asked for before the first is waited for.
        let asked = keys.iter().filter_map(|key| store.get(&key).ok());
        let asked: Vec<_> = asked.map(answer).collect();
        let mut texts = Vec::new();
        for record in asked {
            if let Ok(record) = record.await
                && let Ok(text) = Reflect::get(&record, &TEXT.into())
            {
                texts.extend(text.as_string());
            }
        }
        Ok(texts)
    }

    /// Keeps these people; answers whether it could.
    pub async fn keep_people(&self, people: &[(String, String)]) -> bool {
        self.try_keep_people(people).await.is_ok()
    }

    async fn try_keep_people(&self, kept: &[(String, String)]) -> Result<(), JsValue> {
        self.put(PEOPLE, kept).await
    }

    /// The runs that are kept, without what people were judged by.
    pub async fn runs(&self) -> Vec<String> {
        self.try_runs().await.unwrap_or_default()
    }

    async fn try_runs(&self) -> Result<Vec<String>, JsValue> {
        let before = IdbKeyRange::upper_bound(&RECORD.into())?;
        let records = answer(self.read(RUN)?.get_all_with_key(&before)?).await?;
        let records = Array::from(&records);
        let texts = records.iter();
        let texts = texts.filter_map(|record| Reflect::get(&record, &TEXT.into()).ok());
        Ok(texts.filter_map(|text| text.as_string()).collect())
    }

    /// These records of a run, as far as they are kept.
    pub async fn run_records(&self, names: &[String]) -> Vec<String> {
        let names = names.iter().map(JsValue::from).collect();
        self.try_texts(RUN, &names).await.unwrap_or_default()
    }

    /// Keeps records of a run; answers whether it could.
    pub async fn keep_run(&self, records: &[(String, String)]) -> bool {
        self.put(RUN, records).await.is_ok()
    }

    /// Deletes a run; answers whether it could.
    pub async fn delete_run(&self, run: RunId) -> bool {
        let (from, to) = (run.prefix(), format!("{}\u{ffff}", run.prefix()));
        self.try_delete_runs(&from, &to).await.is_ok()
    }

    /// Deletes the runs whose names lie between these.
    async fn try_delete_runs(&self, from: &str, to: &str) -> Result<(), JsValue> {
        let (transaction, runs) = self.write(RUN)?;
        for before in ["", RECORD] {
            let (from, to) = (format!("{before}{from}"), format!("{before}{to}"));
            runs.delete(&IdbKeyRange::bound(&from.into(), &to.into())?.into())?;
        }
        written(&transaction).await
    }

    /// Puts texts into a store under their keys, with the moment.
    async fn put(&self, store: &str, texts: &[(String, String)]) -> Result<(), JsValue> {
        let at = js_sys::Date::now();
        let (transaction, store) = self.write(store)?;
        for (key, text) in texts {
            let record = Object::new();
            Reflect::set(&record, &TEXT.into(), &text.into())?;
            Reflect::set(&record, &AT.into(), &at.into())?;
            store.put_with_key(&record, &key.into())?;
        }
        written(&transaction).await
    }

    /// Deletes what is too old, and the oldest where there are too many.
    pub async fn tidy(&self, now: Timestamp) {
        let _ = self.try_tidy(now).await;
    }

    async fn try_tidy(&self, now: Timestamp) -> Result<(), JsValue> {
        // The names of runs begin with the moments at which they began.
        let oldest = now - DELETED_AFTER;
        let begun = oldest.as_millisecond().to_string();
        self.try_delete_runs("0", &begun).await?;
        let (transaction, people) = self.write(PEOPLE)?;
        let before = IdbKeyRange::upper_bound(&milliseconds(oldest).into())?;
        let by_age = people.index(AT)?;
        let delete = |keys: JsValue, most: u32| {
            for key in Array::from(&keys).iter().take(most as usize) {
                people.delete(&key)?;
            }
            Ok::<(), JsValue>(())
        };
        // An index names its records by their keys, the oldest first.
        delete(
            answer(by_age.get_all_keys_with_key(&before)?).await?,
            u32::MAX,
        )?;
        // What a transaction is asked later, it does later: these are left.
        let count = answer(people.count()?).await?.as_f64();
        // There are fewer than four billion.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let too_many = (count.unwrap_or_default() as u32).saturating_sub(MOST_PEOPLE);
        if too_many > 0 {
            let surplus = by_age.get_all_keys_with_key_and_limit(&JsValue::UNDEFINED, too_many)?;
            delete(answer(surplus).await?, too_many)?;
        }
        written(&transaction).await
    }

    /// Forgets everything; answers whether it could.
    pub async fn wipe(&self) -> bool {
        let is_forgotten = self.try_wipe().await.is_ok();
        chrome::forget_gate().await;
        is_forgotten
    }

    async fn try_wipe(&self) -> Result<(), JsValue> {
        let stores = Array::of3(&PEOPLE.into(), &SETTINGS.into(), &RUN.into());
        let transaction = self
            .database()?
            .transaction_with_str_sequence_and_mode(&stores, Readwrite)?;
        for store in [PEOPLE, SETTINGS, RUN] {
            transaction.object_store(store)?.clear()?;
        }
        written(&transaction).await
    }

    /// One store, to be read.
    fn read(&self, store: &str) -> Result<IdbObjectStore, JsValue> {
        let transaction = self
            .database()?
            .transaction_with_str_and_mode(store, Readonly)?;
        transaction.object_store(store)
    }

    /// One store, to be changed, and what says that it was.
    fn write(&self, store: &str) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let transaction = self
            .database()?
            .transaction_with_str_and_mode(store, Readwrite)?;
        let store = transaction.object_store(store)?;
        Ok((transaction, store))
    }
}

/// A moment as the store has it.
fn milliseconds(at: Timestamp) -> f64 {
    // Milliseconds since 1970 are whole in a double for ages to come.
    #[expect(clippy::cast_precision_loss)]
    let milliseconds = at.as_millisecond() as f64;
    milliseconds
}

/// What a request brings. It is listened to at once, not when it is polled.
fn answer(request: IdbRequest) -> impl Future<Output = Result<JsValue, JsValue>> {
    let settled = JsFuture::from(Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    }));
    async move {
        settled.await?;
        request.result()
    }
}

/// Waits until all that was asked of a transaction is kept; it ends by itself
/// when nothing more is asked of it.
async fn written(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let settled = JsFuture::from(Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    }));
    settled.await?;
    Ok(())
}
