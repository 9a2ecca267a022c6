//! Calls to api.github.com.

use crate::chrome;
use bonafide_core::engine::{CallId, Event};
use bonafide_core::github::http::{API_VERSION, Failure, Headers, HttpReply, HttpRequest};
use futures::channel::mpsc::UnboundedSender;
use gloo_net::http::{Method, RequestBuilder, Response};
use litemap::LiteMap;
use std::cell::RefCell;
use std::rc::Rc;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials};

/// The calls in flight, each with what stops it.
#[derive(Clone, Default)]
pub struct Calls(Rc<RefCell<LiteMap<CallId, AbortController>>>);

impl Calls {
    /// Sends a request; what becomes of it is an event.
    pub fn send(
        &self,
        id: CallId,
        request: HttpRequest,
        say: UnboundedSender<Event>,
    ) -> impl Future<Output = ()> + 'static {
        let abort = AbortController::new().ok();
        if let Some(abort) = &abort {
            self.0.borrow_mut().insert(id, abort.clone());
        }
        let calls = self.clone();
        async move {
            let answer = match fetch(request, abort.as_ref()).await {
                Ok(reply) => Ok(reply),
                Err(gloo_net::Error::JsError(_)) if !chrome::may_reach_github().await => {
                    Err(Failure::NoPermission)
                }
                Err(_) => Err(Failure::Network),
            };
            calls.0.borrow_mut().remove(&id);
            // The driver, which listens, lives as long as the worker.
            let _ = say.unbounded_send(Event::Answered(id, answer));
        }
    }

    /// Stops a call.
    pub fn abort(&self, id: CallId) {
        if let Some(abort) = self.0.borrow_mut().remove(&id) {
            // Without a reason of our own the browser rejects with an Error,
            // which is all that gloo-net can bear.
            abort.abort();
        }
    }
}

async fn fetch(
    request: HttpRequest,
    abort: Option<&AbortController>,
) -> Result<HttpReply, gloo_net::Error> {
    let signal = abort.map(AbortController::signal);
    let mut builder = RequestBuilder::new(&request.url)
        .abort_signal(signal.as_ref())
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .header("Accept", "application/vnd.github+json")
        .header("X-GitHub-Api-Version", API_VERSION);
    if let Some(token) = &request.token {
        builder = builder.header("Authorization", &token.authorization());
    }
    if let Some(etag) = &request.etag {
        builder = builder.header("If-None-Match", etag);
    }
    let request = match request.body {
        Some(body) => builder
            .method(Method::POST)
            .header("Content-Type", "application/json")
            .body(body)?,
        None => builder.build()?,
    };
    read(request.send().await?).await
}

async fn read(response: Response) -> Result<HttpReply, gloo_net::Error> {
    Ok(HttpReply {
        status: response.status(),
        headers: response.headers().entries().collect::<Headers>(),
        body: response.text().await?,
    })
}
