//! The few functions of the browser's extension API that the core needs.
//! Firefox knows them under Chrome's name too.

use bonafide_core::engine::Event;
use futures::channel::mpsc::UnboundedSender;
use js_sys::{Array, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Where the rate limiter's memory stands in `storage.session`: it outlives the
/// worker, and the browser's end ends it. Read by `extension/storage.ts`.
const GATE: &str = "rate_limiter";

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = set, catch)]
    fn session_set(items: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "storage", "session"], js_name = clear, catch)]
    fn session_clear() -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions"], js_name = contains, catch)]
    fn permissions_contain(permissions: &Object) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["chrome", "permissions", "onAdded"], js_name = addListener, catch)]
    fn on_permission_added(listener: &js_sys::Function) -> Result<(), JsValue>;
}

/// Keeps what the rate limiter knows. If the browser does not keep it, the rate limiter
/// learns it anew from the next answer.
pub async fn keep_gate(text: String) {
    let items = Object::new();
    if Reflect::set(&items, &GATE.into(), &text.into()).is_ok()
        && let Ok(done) = session_set(&items)
    {
        let _ = JsFuture::from(done).await;
    }
}

/// Forgets what the rate limiter knew.
pub async fn forget_gate() {
    if let Ok(done) = session_clear() {
        let _ = JsFuture::from(done).await;
    }
}

/// Whether the browser lets us talk to api.github.com. A person can take that
/// back in Firefox, and the call then fails like any broken network.
pub async fn may_reach_github() -> bool {
    let asked = Object::new();
    let origins = Array::of1(&"https://api.github.com/*".into());
    if Reflect::set(&asked, &"origins".into(), &origins).is_err() {
        return true;
    }
    match permissions_contain(&asked) {
        Ok(promise) => JsFuture::from(promise).await.is_ok_and(|it| it.is_truthy()),
        Err(_) => true,
    }
}

/// Says [`Event::Reachable`] when the network or the permission is back.
pub fn when_reachable(events: &UnboundedSender<Event>) {
    let events = events.clone();
    let say = Closure::<dyn Fn()>::new(move || {
        let _ = events.unbounded_send(Event::Reachable);
    });
    let listener: &js_sys::Function = say.as_ref().unchecked_ref();
    let global: web_sys::EventTarget = js_sys::global().unchecked_into();
    // Without these the gap is looked into when somebody asks.
    let _ = global.add_event_listener_with_callback("online", listener);
    let _ = on_permission_added(listener);
    // The listener stays for the worker's life.
    say.forget();
}
