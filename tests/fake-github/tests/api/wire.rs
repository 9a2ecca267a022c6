//! The server on a real socket: proxy, TLS, HTTP/2, faults on the wire, control API.

use std::sync::Arc;
use std::time::{Duration, Instant};

use fake_github::latency::Latency;
use fake_github::tokens::CLASSIC;
use fake_github::{Options, Server};
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http2::SendRequest;
use hyper_util::rt::{TokioExecutor, TokioIo};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

type Sender = SendRequest<Full<Bytes>>;

fn run<T>(options: Options, test: impl AsyncFnOnce(&Server) -> T) -> T {
    let server = Server::start(options).expect("a server");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(test(&server))
}

/// Asks the proxy for a tunnel and gives the status line of its answer.
async fn tunnel(server: &Server, host: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port))
        .await
        .expect("a connection");
    let request = format!("CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("written");
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.expect("an answer"));
    }
    let head = String::from_utf8(head).expect("text");
    (stream, head.lines().next().unwrap_or_default().to_owned())
}

/// An HTTP/2 connection to one of GitHub's hosts, with the certificate verified.
async fn connect(server: &Server, host: &str) -> Sender {
    let (stream, status) = tunnel(server, host).await;
    assert_eq!(status, "HTTP/1.1 200 OK");
    let mut roots = RootCertStore::empty();
    let certificate =
        CertificateDer::from_pem_slice(server.certificate.as_bytes()).expect("a certificate");
    roots.add(certificate).expect("a root");
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec()];
    let name = ServerName::try_from(host.to_owned()).expect("a name");
    let stream = TlsConnector::from(Arc::new(config))
        .connect(name, stream)
        .await
        .expect("TLS");
    let (sender, connection) =
        hyper::client::conn::http2::handshake(TokioExecutor::new(), TokioIo::new(stream))
            .await
            .expect("HTTP/2");
    tokio::spawn(connection);
    sender
}

/// The status and the body of a `GET`; an error where the stream breaks.
async fn get(sender: &mut Sender, url: &str) -> hyper::Result<(u16, String)> {
    let request = hyper::Request::get(url)
        .header("authorization", format!("Bearer {CLASSIC}"))
        .body(Full::default())
        .expect("a request");
    let response = sender.send_request(request).await?;
    let status = response.status().as_u16();
    let body = response.into_body().collect().await?.to_bytes();
    Ok((status, String::from_utf8_lossy(&body).into_owned()))
}

/// A request to the control API.
async fn control(server: &Server, method: &str, path: &str, body: &Value) -> Value {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port))
        .await
        .expect("a connection");
    let body = body.to_string();
    let length = body.len();
    let request = format!(
        "{method} /_control/{path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.expect("written");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("an answer");
    let (_, body) = answer.split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).expect("JSON")
}

#[test]
fn the_api_over_http2() {
    run(Options::default(), async |server| {
        let mut api = connect(server, "api.github.com").await;
        let (status, body) = get(&mut api, "https://api.github.com/users/ada-steady")
            .await
            .expect("an answer");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!((status, &body["login"]), (200, &json!("ada-steady")));
        let log = control(server, "GET", "log", &Value::Null).await;
        let call = &log["calls"][0];
        assert_eq!(
            (&call["kind"], &call["tokenName"]),
            (&json!("rest"), &json!("classic"))
        );
        assert!(!log.to_string().contains(CLASSIC), "a token in the log");
    });
}

#[test]
fn other_hosts_are_refused_and_remembered() {
    run(Options::default(), async |server| {
        let (_, status) = tunnel(server, "example.com").await;
        assert_eq!(status, "HTTP/1.1 403 Forbidden");
        let log = control(server, "GET", "log", &Value::Null).await;
        assert_eq!(log["refusedHosts"], json!(["example.com"]));
    });
}

#[test]
fn faults_on_the_wire() {
    run(Options::default(), async |server| {
        let mut api = connect(server, "api.github.com").await;
        let url = "https://api.github.com/users/ada-steady";
        for fault in ["cut-off", "connection-reset"] {
            control(
                server,
                "PUT",
                "faults",
                &json!([{ "do": fault, "times": 1 }]),
            )
            .await;
            assert!(get(&mut api, url).await.is_err(), "{fault}");
            assert!(get(&mut api, url).await.is_ok(), "after {fault}");
        }
        control(
            server,
            "PUT",
            "faults",
            &json!([{ "do": "hang", "times": 1 }]),
        )
        .await;
        let mut other = api.clone();
        let hanging = tokio::spawn(async move { get(&mut other, url).await.is_ok() });
        while control(server, "GET", "log", &Value::Null).await["calls"][4].is_null() {
            tokio::task::yield_now().await;
        }
        assert!(get(&mut api, url).await.is_ok(), "beside a call that hangs");
        hanging.abort();
        let log = control(server, "GET", "log", &Value::Null).await;
        assert_eq!(
            (&log["calls"][4]["fault"], &log["calls"][4]["status"]),
            (&json!("hang"), &json!(0))
        );
        assert_eq!(log["calls"][5]["inFlight"], 2);
        let answer = control(server, "PUT", "faults", &json!([{ "do": "sneeze" }])).await;
        assert_eq!(answer, json!({ "error": "no such fault: sneeze" }));
    });
}

#[test]
fn latencies_overlap() {
    let latency = Latency {
        scale: 0.25,
        ..Latency::MODEL
    };
    run(
        Options {
            latency,
            ..Options::default()
        },
        async |server| {
            let api = connect(server, "api.github.com").await;
            let start = Instant::now();
            let calls = (0..20).map(|number| {
                let mut api = api.clone();
                let url = format!("https://api.github.com/users/gen-{number}");
                tokio::spawn(async move { get(&mut api, &url).await.expect("an answer").0 })
            });
            for call in calls.collect::<Vec<_>>() {
                assert_eq!(call.await.expect("a status"), 200);
            }
            let one = Duration::from_micros(98_500);
            let all = start.elapsed();
            assert!(
                all >= one && all < one * 10,
                "20 calls of {one:?} took {all:?}"
            );
            let log = control(server, "GET", "log", &Value::Null).await;
            assert_eq!(log["maxInFlight"], 20);
        },
    );
}

#[test]
fn pages_and_their_policy() {
    let directory = std::env::temp_dir().join(format!("fake-github-pages-{}", std::process::id()));
    std::fs::create_dir_all(directory.join("assets")).expect("a directory");
    let routes = r#"{ "routes": [{ "path": "/acme/web/pull/7", "file": "pull-7.html" }] }"#;
    let files = [
        ("routes.json", routes),
        ("pull-7.html", "<p>Seven"),
        ("assets/page.js", "go()"),
    ];
    for (name, text) in files {
        std::fs::write(directory.join(name), text).expect("a file");
    }
    run(
        Options {
            pages: directory.clone(),
            ..Options::default()
        },
        async |server| {
            let mut page = connect(server, "github.com").await;
            let mut check = async |path: &str, status: u16, text: &str| {
                let url = format!("https://github.com{path}");
                let (told, body) = get(&mut page, &url).await.expect("an answer");
                assert_eq!(told, status, "{path}");
                assert!(body.contains(text), "{path}: {body}");
            };
            check("/acme/web/pull/7?hydrate=0", 200, "<p>Seven").await;
            check("/assets/page.js", 200, "go()").await;
            check("/assets/../routes.json", 404, "404").await;
            check("/assets/%2e%2e/routes.json", 404, "404").await;
            check("/%3Cb%3E", 404, "&lt;b>").await;
            let log = control(server, "GET", "log", &Value::Null).await;
            assert_eq!(
                (&log["calls"][0]["kind"], &log["maxInFlight"]),
                (&json!("page"), &json!(0))
            );
        },
    );
    std::fs::remove_dir_all(&directory).expect("removed");
}

#[test]
fn reset() {
    run(Options::default(), async |server| {
        control(server, "PUT", "faults", &json!([{ "do": "500" }])).await;
        let limits = json!({ "core": { "remaining": 0, "resetInSeconds": 5 } });
        assert_eq!(
            control(server, "PUT", "limits", &limits).await,
            json!({ "ok": true })
        );
        assert_eq!(
            control(server, "POST", "reset", &Value::Null).await,
            json!({ "ok": true })
        );
        let mut api = connect(server, "api.github.com").await;
        let (status, _) = get(&mut api, "https://api.github.com/users/acme")
            .await
            .expect("an answer");
        assert_eq!(status, 200);
        let log = control(server, "GET", "log", &Value::Null).await;
        assert_eq!(log["calls"].as_array().expect("calls").len(), 1);
    });
}
