//! Carrying events to the engine and its effects to the browser.

use crate::fetch::Calls;
use crate::store::Store;
use crate::{Askers, chrome};
use bonafide_core::engine::{ClientId, Effect, Engine, Event, Recent};
use bonafide_core::login::Login;
use bonafide_core::message::RunId;
use bonafide_core::time::Timestamp;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender};
use futures::future::{Either, pending};
use futures::{FutureExt, StreamExt, select_biased};
use gloo_timers::future::TimeoutFuture;
use serde::Serialize;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

/// How long after its start the worker looks for what need not be kept any more.
const TIDY_AFTER_MS: u32 = 3_000;

/// Now, by the browser's clock.
pub fn now() -> Timestamp {
    // The clock gives whole milliseconds, far inside of what a Timestamp holds.
    #[expect(clippy::cast_possible_truncation)]
    let milliseconds = js_sys::Date::now() as i64;
    Timestamp::from_millisecond(milliseconds).unwrap_or_default()
}

/// A number that differs from worker to worker.
pub fn seed() -> u64 {
    js_sys::Math::random().to_bits()
}

/// Drives the engine as long as the worker lives. What is on its way ends in
/// an event like any other.
pub async fn drive(
    mut engine: Engine,
    store: Store,
    clients: Askers,
    say: UnboundedSender<Event>,
    mut heard: UnboundedReceiver<Event>,
) {
    let store = Rc::new(store);
    let calls = Calls::default();
    let mut alarm = alarm(None);
    spawn_local(tidy_later(store.clone()));
    loop {
        let event = select_biased! {
            event = heard.select_next_some() => event,
            () = alarm => Event::Woken,
        };
        let mut wake_at = None;
        for effect in engine.handle(event, now()) {
            match effect {
                Effect::Send(id, request) => spawn_local(calls.send(id, request, say.clone())),
                Effect::Abort(id) => calls.abort(id),
                Effect::Load(logins) => {
                    spawn_local(load(store.clone(), Wanted::These(logins), say.clone()));
                }
                Effect::LoadRecent(recent) => {
                    spawn_local(load(store.clone(), Wanted::Recent(recent), say.clone()));
                }
                Effect::LoadSetAside(client) => {
                    spawn_local(load_set_aside(store.clone(), client, say.clone()));
                }
                Effect::LoadRuns => spawn_local(load_runs(store.clone(), None, say.clone())),
                Effect::LoadRecords(id, names) => {
                    let wanted = Some((id, names));
                    spawn_local(load_runs(store.clone(), wanted, say.clone()));
                }
                Effect::SaveRun(records) => spawn_local(keep(&store, &say, Kept::Run(records))),
                Effect::DeleteRun(run) => spawn_local(keep(&store, &say, Kept::NoRun(run))),
                Effect::Save(people) => spawn_local(keep(&store, &say, Kept::People(people))),
                Effect::SaveRateLimiter(text) => {
                    spawn_local(keep(&store, &say, Kept::RateLimiter(text)));
                }
                Effect::SaveSettings(text) => {
                    spawn_local(keep(&store, &say, Kept::Settings(text, None)));
                }
                Effect::SetAside {
                    found_at,
                    unread,
                    settings,
                } => {
                    let aside = Some((found_at, unread));
                    spawn_local(keep(&store, &say, Kept::Settings(settings, aside)));
                }
                Effect::Wipe => spawn_local(keep(&store, &say, Kept::Nothing)),
                Effect::Wake(at) => wake_at = Some(at),
                Effect::NotifyPage(id, message) => tell(&clients, id, &message),
                Effect::NotifyPopup(id, message) => tell(&clients, id, &message),
                Effect::NotifyOptions(id, message) => tell(&clients, id, &message),
                Effect::NotifyTriage(id, message) => tell(&clients, id, &message),
            }
        }
        alarm = self::alarm(wake_at);
    }
}

/// Who is to be found in the store.
enum Wanted {
    These(Vec<Login>),
    Recent(Recent),
}

async fn load(store: Rc<Store>, wanted: Wanted, say: UnboundedSender<Event>) {
    let logins = match &wanted {
        Wanted::These(logins) => Some(logins.as_slice()),
        Wanted::Recent(_) => None,
    };
    let found = store.people(logins).await;
    // The driver, which listens, lives as long as the worker.
    let _ = say.unbounded_send(match wanted {
        Wanted::These(logins) => Event::Loaded(logins, found),
        Wanted::Recent(recent) => Event::Recent(recent, found),
    });
}

/// Loads the runs or, where some are named, records of one.
async fn load_runs(
    store: Rc<Store>,
    wanted: Option<(u32, Vec<String>)>,
    say: UnboundedSender<Event>,
) {
    let _ = say.unbounded_send(match wanted {
        None => Event::RunsLoaded(store.runs().await),
        Some((id, names)) => Event::RecordsLoaded(id, store.run_records(&names).await),
    });
}

async fn load_set_aside(store: Rc<Store>, client: ClientId, say: UnboundedSender<Event>) {
    let texts = store.set_aside().await;
    let _ = say.unbounded_send(Event::SetAsideLoaded(client, texts));
}

/// Deletes whom the store need not keep, once whoever woke the worker has been answered.
async fn tidy_later(store: Rc<Store>) {
    TimeoutFuture::new(TIDY_AFTER_MS).await;
    store.tidy(now()).await;
}

/// What is to be kept from now on.
enum Kept {
    People(Vec<(String, String)>),
    Run(Vec<(String, String)>),
    NoRun(RunId),
    RateLimiter(String),
    /// The settings and, beside them, what cannot be read of earlier ones.
    Settings(String, Option<(Timestamp, String)>),
    Nothing,
}

/// One future for all that can be kept.
fn keep(
    store: &Rc<Store>,
    say: &UnboundedSender<Event>,
    kept: Kept,
) -> impl Future<Output = ()> + 'static {
    let (store, say) = (store.clone(), say.clone());
    async move {
        let event = match kept {
            Kept::Run(records) => Event::StoreIsOpen(store.keep_run(&records).await),
            Kept::NoRun(run) => Event::StoreIsOpen(store.delete_run(run).await),
            Kept::RateLimiter(text) => return chrome::keep_gate(text).await,
            Kept::People(people) => Event::StoreIsOpen(store.keep_people(&people).await),
            Kept::Settings(text, aside) => {
                Event::SettingsKept(store.keep_settings(&text, aside).await)
            }
            Kept::Nothing => Event::SettingsKept(store.wipe().await),
        };
        let _ = say.unbounded_send(event);
    }
}

type Alarm = futures::future::Fuse<Either<TimeoutFuture, futures::future::Pending<()>>>;

/// Rings at the given moment, or never.
fn alarm(at: Option<Timestamp>) -> Alarm {
    let Some(at) = at else {
        return Either::Right(pending()).fuse();
    };
    // One more, because the clock counts whole milliseconds and the timer may
    // ring within the last of them.
    let wait = at.duration_since(now()).as_millis().max(0) + 1;
    Either::Left(TimeoutFuture::new(
        u32::try_from(wait).unwrap_or(u32::MAX / 2),
    ))
    .fuse()
}

fn tell(clients: &Askers, id: ClientId, message: &impl Serialize) {
    let tell = clients.borrow().get(&id).map(|(_, tell)| tell.clone());
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    if let (Some(tell), Ok(message)) = (tell, message.serialize(&serializer)) {
        // Whoever does not listen any more will be disconnected by the browser.
        let _ = tell.call1(&JsValue::NULL, &message);
    }
}
