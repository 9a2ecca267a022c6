//! The thin edge between the core and the browser.
//!
//! The core says what is to be sent, kept and told, and this crate does it:
//! [`fetch`] talks to api.github.com, [`store`] keeps what outlives the
//! worker, and [`drive`] carries events to the core and effects from it. No
//! line here knows what a level is.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod chrome;
mod drive;
mod fetch;
mod store;

use bonafide_core::engine::{AskerId, AskerKind, Engine, Event};
use bonafide_core::json;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use litemap::LiteMap;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbDatabase;

/// Rust's own allocator is three times as large.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[wasm_bindgen]
extern "C" {
    /// What an asker may say.
    #[wasm_bindgen(typescript_type = "FromPage | FromPopup | FromOptions")]
    pub type Message;

    /// How an asker is told something.
    #[wasm_bindgen(
        extends = js_sys::Function,
        typescript_type = "(message: ToPage | ToPopup | ToOptions) => void"
    )]
    #[derive(Clone)]
    pub type Tell;

    /// Who asks.
    #[wasm_bindgen(typescript_type = "\"page\" | \"popup\" | \"options\"")]
    pub type Kind;
}

/// Everybody who is connected: who they are, and how they are told something.
type Askers = Rc<RefCell<LiteMap<AskerId, (AskerKind, Tell)>>>;

/// The core, as the background page sees it.
#[wasm_bindgen]
pub struct Core {
    askers: Askers,
    events: UnboundedSender<Event>,
}

#[wasm_bindgen]
impl Core {
    /// Starts with what outlived the worker before: `extension/storage.ts` has
    /// read it while this module was on its way. Without a database nothing
    /// will be kept.
    // JavaScript hands its texts over as a whole.
    #[expect(clippy::needless_pass_by_value)]
    #[wasm_bindgen(constructor)]
    pub fn new(
        database: Option<IdbDatabase>,
        settings: Option<String>,
        gate: Option<String>,
    ) -> Core {
        let (settings, gate) = (settings.as_deref(), gate.as_deref());
        let engine = Engine::new(settings, gate, drive::seed(), drive::now());
        let (events, heard) = unbounded();
        let _ = events.unbounded_send(Event::StoreIsOpen(database.is_some()));
        let store = store::Store::new(database);
        let askers = Askers::default();
        chrome::when_reachable(&events);
        let say = events.clone();
        spawn_local(drive::drive(engine, store, askers.clone(), say, heard));
        Self { askers, events }
    }

    /// Connects an asker under a number of its own.
    ///
    /// # Errors
    /// If `kind` is none of the three.
    pub fn connect(&self, id: u32, kind: Kind, tell: Tell) -> Result<(), JsError> {
        let kind: JsValue = kind.into();
        let kind = match kind.as_string().as_deref() {
            Some("page") => AskerKind::Page,
            Some("popup") => AskerKind::Popup,
            Some("options") => AskerKind::Options,
            _ => return Err(JsError::new("nobody of that kind may ask")),
        };
        let id = AskerId(id);
        self.askers.borrow_mut().insert(id, (kind, tell));
        self.say(Event::Connected(id, kind));
        Ok(())
    }

    /// Takes what an asker says.
    ///
    /// # Errors
    /// If it is no message of its kind.
    pub fn receive(&self, id: u32, message: &Message) -> Result<(), JsError> {
        let id = AskerId(id);
        let Some(kind) = self.askers.borrow().get(&id).map(|(kind, _)| *kind) else {
            return Ok(());
        };
        self.say(match kind {
            AskerKind::Page => Event::Page(id, read(message)?),
            AskerKind::Popup => Event::Popup(id, read(message)?),
            AskerKind::Options => Event::Options(id, read(message)?),
        });
        Ok(())
    }

    /// Forgets an asker.
    pub fn disconnect(&self, id: u32) {
        let id = AskerId(id);
        self.askers.borrow_mut().remove(&id);
        self.say(Event::Disconnected(id));
    }

    fn say(&self, event: Event) {
        // The driver lives as long as the worker; without it nobody listens.
        let _ = self.events.unbounded_send(event);
    }
}

/// Takes the message as JSON: what it may be made of is then what JSON can say,
/// and the core has a reader of that.
fn read<T: DeserializeOwned>(message: &Message) -> Result<T, JsError> {
    let text = js_sys::JSON::stringify(message).ok();
    let text = text.and_then(|text| text.as_string()).unwrap_or_default();
    json::from_str(&text).map_err(|_| JsError::new("not a message we know"))
}
