//! The edge: one loopback port that is a proxy leading GitHub's hosts here, and the control API.

use std::convert::Infallible;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use http_body_util::{BodyExt, Full, StreamBody, combinators::BoxBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::service::service_fn;
use hyper::{Method, Response, StatusCode};
use hyper_util::rt::{TokioExecutor, TokioIo};
use jiff::Timestamp;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::answer::{Answer, Delivery, Request};
use crate::control;
use crate::github::GitHub;
use crate::graphql;
use crate::latency::Latency;
use crate::log::{Call, Kind};
use crate::pages;

/// GitHub's hosts that are answered here; a leading dot means every host below.
const HOSTS: [&str; 4] = [
    "github.com",
    "api.github.com",
    ".githubusercontent.com",
    "github.githubassets.com",
];

/// How a server is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on 127.0.0.1; 0 for any that is free.
    pub port: u16,
    /// The seed of the generated accounts and of all chance.
    pub seed: u64,
    /// The latency to start with and to come back to.
    pub latency: Latency,
    /// The directory with `routes.json`, the pages and `assets/`.
    pub pages: PathBuf,
}

impl Default for Options {
    fn default() -> Self {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        Self {
            port: 0,
            seed: 1,
            latency: Latency::NONE,
            pages: root.join("target/pages"),
        }
    }
}

/// A running server; it ends when this is dropped.
#[derive(Debug)]
pub struct Server {
    /// The port it listens on.
    pub port: u16,
    /// The certificate that it answers with, as PEM, for clients that want to trust it.
    pub certificate: String,
    state: Arc<State>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts a server on its own threads and waits until it listens.
    ///
    /// # Errors
    ///
    /// The port is taken, GitHub's schema is not installed, or the certificate cannot be made.
    pub fn start(options: Options) -> io::Result<Self> {
        graphql::load().map_err(io::Error::other)?;
        let (acceptor, certificate) = tls()?;
        let listener =
            std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, options.port)))?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr()?.port();
        let github = Mutex::new(GitHub::new(options.seed, options.latency, now()));
        let state = Arc::new(State {
            github,
            pages: options.pages,
            acceptor,
            certificate: certificate.clone(),
        });
        let (stop, stopped) = oneshot::channel();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()?;
        let shared = Arc::clone(&state);
        let thread = std::thread::spawn(move || {
            runtime.block_on(async move {
                tokio::select! {
                    _ = listen(listener, shared) => {}
                    _ = stopped => {}
                }
            });
            runtime.shutdown_background();
        });
        Ok(Self {
            port,
            certificate,
            state,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The URL of the proxy.
    pub fn proxy(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The URL of the control API.
    pub fn control(&self) -> String {
        format!("{}/_control", self.proxy())
    }

    /// Looks at the state, or changes it, between two requests.
    pub fn with<T>(&self, look: impl FnOnce(&mut GitHub) -> T) -> T {
        look(&mut self.state.github())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so already.
            let _ = thread.join();
        }
    }
}

struct State {
    github: Mutex<GitHub>,
    pages: PathBuf,
    acceptor: TlsAcceptor,
    certificate: String,
}

impl std::fmt::Debug for State {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("State")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

impl State {
    fn github(&self) -> MutexGuard<'_, GitHub> {
        self.github.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Body = BoxBody<Bytes, io::Error>;

/// The machine's clock, which only the edge may read.
fn now() -> Timestamp {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let milliseconds = i64::try_from(since.as_millis()).unwrap_or(0);
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// A certificate for GitHub's hosts that signs itself, made anew for each server.
fn tls() -> io::Result<(TlsAcceptor, String)> {
    let names = [
        "github.com",
        "api.github.com",
        "*.githubusercontent.com",
        "github.githubassets.com",
        "localhost",
    ];
    let made = rcgen::generate_simple_self_signed(names.map(str::to_owned).to_vec());
    let made = made.map_err(io::Error::other)?;
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(io::Error::other)?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .map_err(io::Error::other)?;
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok((TlsAcceptor::from(Arc::new(config)), made.cert.pem()))
}

async fn listen(listener: std::net::TcpListener, state: Arc<State>) -> io::Result<Infallible> {
    let listener = TcpListener::from_std(listener)?;
    loop {
        let (stream, _) = listener.accept().await?;
        // The latencies are the model's; the kernel must not add its own.
        stream.set_nodelay(true)?;
        tokio::spawn(serve_plain(stream, Arc::clone(&state)));
    }
}

/// The port itself: `CONNECT` for GitHub's hosts, the control API, and a refusal for the rest.
async fn serve_plain(stream: TcpStream, state: Arc<State>) {
    let service = service_fn(move |request| plain(request, Arc::clone(&state)));
    let connection = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    // A client that goes away is no error of ours.
    let _ = connection.await;
}

async fn plain(
    request: hyper::Request<Incoming>,
    state: Arc<State>,
) -> Result<Response<Body>, Infallible> {
    if request.method() == Method::CONNECT {
        let target = request
            .uri()
            .authority()
            .map(ToString::to_string)
            .unwrap_or_default();
        let host = target
            .strip_suffix(":443")
            .unwrap_or(&target)
            .to_lowercase();
        if !is_github(&host) {
            return Ok(refuse_host(&state, &host));
        }
        tokio::spawn(async move {
            if let Ok(upgraded) = hyper::upgrade::on(request).await {
                serve_tls(TokioIo::new(upgraded), &host, state).await;
            }
        });
        return Ok(Response::new(empty()));
    }
    if let Some(host) = request.uri().host() {
        return Ok(refuse_host(&state, host));
    }
    let path = request.uri().path();
    if path == "/_control/certificate" {
        return Ok(Response::new(whole(state.certificate.clone().into_bytes())));
    }
    let is_control = path.starts_with("/_control/");
    let request = read(request, "127.0.0.1").await;
    let answer = if is_control {
        control::respond(&mut state.github(), &request, now())
    } else {
        Answer::json(
            404,
            &serde_json::json!({ "error": "Only /_control/ is served here." }),
        )
    };
    Ok(response(answer))
}

fn is_github(host: &str) -> bool {
    HOSTS.iter().any(|known| match known.strip_prefix('.') {
        Some(_) => host.ends_with(known),
        None => host == *known,
    })
}

fn refuse_host(state: &State, host: &str) -> Response<Body> {
    state.github().log_mut().refuse_host(host);
    let mut response = Response::new(whole(format!("{host} is not GitHub.").into_bytes()));
    *response.status_mut() = StatusCode::FORBIDDEN;
    response
}

async fn serve_tls<S>(stream: S, host: &str, state: Arc<State>)
where
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin + Send + 'static,
{
    let Ok(stream) = state.acceptor.accept(stream).await else {
        return;
    };
    let host: Arc<str> = Arc::from(host);
    let service = service_fn(move |request| github(request, Arc::clone(&host), Arc::clone(&state)));
    let mut builder = hyper_util::server::conn::auto::Builder::new(TokioExecutor::new());
    // More than the secondary limit's 100, so that breaking that limit shows here.
    builder.http2().max_concurrent_streams(256);
    let _ = builder
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

/// A request to one of GitHub's hosts.
async fn github(
    request: hyper::Request<Incoming>,
    host: Arc<str>,
    state: Arc<State>,
) -> Result<Response<Body>, io::Error> {
    let arrived = Instant::now();
    let request = read(request, &host).await;
    let answer = match &*host {
        "api.github.com" => state.github().respond(&request, now()),
        "github.com" => {
            let mut answer = pages::respond(&state.pages, &request);
            let call = Call {
                status: answer.status,
                ..Call::new(&request, Kind::Page)
            };
            answer.call = Some(state.github().log_mut().add(call, now()));
            answer
        }
        other => pages::other_host(other),
    };
    // Also runs when the client goes away and this future is dropped.
    let _finish = Finish {
        call: answer.call,
        state: &state,
    };
    match answer.delivery {
        Delivery::Hang => std::future::pending::<()>().await,
        _ => tokio::time::sleep_until((arrived + answer.latency).into()).await,
    }
    if answer.delivery == Delivery::Reset {
        return Err(io::Error::from(io::ErrorKind::ConnectionReset));
    }
    Ok(response(answer))
}

struct Finish<'state> {
    call: Option<u64>,
    state: &'state State,
}

impl Drop for Finish<'_> {
    fn drop(&mut self) {
        if let Some(call) = self.call {
            self.state.github().finish(call, now());
        }
    }
}

/// Takes the bytes of a request off the wire. A body that breaks off is taken as far as it came.
async fn read(request: hyper::Request<Incoming>, host: &str) -> Request {
    let (parts, body) = request.into_parts();
    let header = |(name, value): (&hyper::header::HeaderName, &hyper::header::HeaderValue)| {
        (
            name.as_str().to_owned(),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    };
    let path = parts
        .uri
        .path_and_query()
        .map_or("/", |path| path.as_str())
        .to_owned();
    let body = body
        .collect()
        .await
        .map(|body| body.to_bytes().to_vec())
        .unwrap_or_default();
    Request {
        method: parts.method.to_string(),
        host: host.to_owned(),
        path,
        headers: parts.headers.iter().map(header).collect(),
        body,
    }
}

fn response(answer: Answer) -> Response<Body> {
    let length = answer.body.len();
    let body = if answer.delivery == Delivery::CutOff {
        cut_off(&answer.body)
    } else {
        whole(answer.body)
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(answer.status).unwrap_or_default();
    let headers = response.headers_mut();
    for (name, value) in &answer.headers {
        let name = hyper::header::HeaderName::try_from(name.as_str());
        let value = hyper::header::HeaderValue::try_from(value.as_str());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    if answer.delivery == Delivery::CutOff {
        headers.insert(hyper::header::CONTENT_LENGTH, length.into());
    }
    response
}

fn whole(body: Vec<u8>) -> Body {
    Full::new(Bytes::from(body))
        .map_err(|never| match never {})
        .boxed()
}

fn empty() -> Body {
    whole(Vec::new())
}

/// Half of the body, then an error, which hyper turns into a reset of the stream.
fn cut_off(body: &[u8]) -> Body {
    let half = Bytes::copy_from_slice(&body[..body.len() / 2]);
    let reset = io::Error::from(io::ErrorKind::ConnectionReset);
    let frames = futures_util::stream::iter([Ok(Frame::data(half)), Err(reset)]);
    BodyExt::boxed(StreamBody::new(frames))
}
