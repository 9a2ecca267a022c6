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

use bonafide_core::engine::{ClientId, ClientKind, Engine, Event};
use bonafide_core::json;
use futures::channel::mpsc::{UnboundedSender, unbounded};
use litemap::LiteMap;
use serde::de::DeserializeOwned;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::IdbDatabase;

/// The longest message of a page or the popup: a thousand people take a fifth
/// of it.
const MOST_BYTES: u32 = 1_000_000;

/// The longest message of the options and the triage page, which may bring a
/// file: in JSON a byte of it may take six.
const MOST_FILE_BYTES: u32 = 12_500_000;

#[wasm_bindgen]
extern "C" {
    /// What a client may say.
    #[wasm_bindgen(typescript_type = "FromPage | FromPopup | FromOptions | FromTriage")]
    pub type Message;

    /// How a client is told something.
    #[wasm_bindgen(
        extends = js_sys::Function,
        typescript_type = "(message: ToPage | ToPopup | ToOptions | ToTriage) => void"
    )]
    #[derive(Clone)]
    pub type Tell;

    /// Who asks.
    #[wasm_bindgen(typescript_type = "\"page\" | \"popup\" | \"options\" | \"triage\"")]
    pub type Kind;
}

/// Everybody who is connected: who they are, and how they are told something.
type Askers = Rc<RefCell<LiteMap<ClientId, (ClientKind, Tell)>>>;

/// The core, as the background page sees it.
#[wasm_bindgen]
pub struct Core {
    clients: Askers,
    events: UnboundedSender<Event>,
}

#[wasm_bindgen]
impl Core {
    /// Starts with what outlived the worker before: `extension/storage.ts` has
    /// read it while this module was on its way. Without a database nothing
    /// will be kept. The settings are UTF-8: a text of a megabyte takes 10 ms
    /// to get here.
    // JavaScript hands its texts over as a whole.
    #[expect(clippy::needless_pass_by_value)]
    #[wasm_bindgen(constructor)]
    pub fn new(
        database: Option<IdbDatabase>,
        settings: Option<Vec<u8>>,
        rate_limiter: Option<String>,
    ) -> Core {
        let settings = settings.and_then(|it| String::from_utf8(it).ok());
        let (settings, rate_limiter) = (settings.as_deref(), rate_limiter.as_deref());
        let engine = Engine::new(settings, rate_limiter, drive::seed(), drive::now());
        let (events, heard) = unbounded();
        let _ = events.unbounded_send(Event::StoreIsOpen(database.is_some()));
        let store = store::Store::new(database);
        let clients = Askers::default();
        chrome::when_reachable(&events);
        let say = events.clone();
        spawn_local(drive::drive(engine, store, clients.clone(), say, heard));
        Self { clients, events }
    }

    /// Connects a client under a number of its own.
    ///
    /// # Errors
    /// If `kind` is none of the four.
    pub fn connect(&self, id: u32, kind: Kind, tell: Tell) -> Result<(), JsError> {
        let kind: JsValue = kind.into();
        let kind = match kind.as_string().as_deref() {
            Some("page") => ClientKind::Page,
            Some("popup") => ClientKind::Popup,
            Some("options") => ClientKind::Options,
            Some("triage") => ClientKind::Triage,
            _ => return Err(JsError::new("nobody of that kind may ask")),
        };
        let id = ClientId(id);
        self.clients.borrow_mut().insert(id, (kind, tell));
        self.say(Event::Connected(id, kind));
        Ok(())
    }

    /// Takes what a client says. Whoever says what is no message of its kind is
    /// disconnected: nothing that it asked for lives on.
    ///
    /// # Errors
    /// If it is no message of its kind.
    pub fn receive(&self, id: u32, message: &Message) -> Result<(), JsError> {
        let client = ClientId(id);
        let Some(kind) = self.clients.borrow().get(&client).map(|(kind, _)| *kind) else {
            return Ok(());
        };
        let event = match kind {
            ClientKind::Page => read(message, MOST_BYTES).map(|it| Event::Page(client, it)),
            ClientKind::Popup => read(message, MOST_BYTES).map(|it| Event::Popup(client, it)),
            ClientKind::Options => {
                read(message, MOST_FILE_BYTES).map(|it| Event::Options(client, it))
            }
            // Nobody connects as the run.
            ClientKind::Run(_) => return Ok(()),
            ClientKind::Triage => {
                read(message, MOST_FILE_BYTES).map(|it| Event::Triage(client, it))
            }
        };
        if event.is_err() {
            self.disconnect(id);
        }
        self.say(event?);
        Ok(())
    }

    /// Forgets a client.
    pub fn disconnect(&self, id: u32) {
        let id = ClientId(id);
        self.clients.borrow_mut().remove(&id);
        self.say(Event::Disconnected(id));
    }

    fn say(&self, event: Event) {
        // The driver lives as long as the worker; without it nobody listens.
        let _ = self.events.unbounded_send(event);
    }
}

/// Takes the message as JSON text, which the core reads anyway: to read it out
/// of JavaScript's objects costs 24 KB more.
fn read<T: DeserializeOwned>(message: &Message, most_bytes: u32) -> Result<T, JsError> {
    let text = js_sys::JSON::stringify(message).ok();
    let text = text.filter(|text| text.length() <= most_bytes);
    let text = text.and_then(|text| text.as_string()).unwrap_or_default();
    json::from_str(&text).map_err(|error| JsError::new(&format!("no message: {error}")))
}
