//! The pages of github.com: whatever lies in a directory that another tool builds.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::answer::{Answer, Request};

/// A policy like GitHub's: no inline script, no script of other hosts.
const POLICY: &str = "default-src 'none'; base-uri 'self'; connect-src 'self' https://api.github.com; font-src 'self'; form-action 'self'; frame-ancestors 'none'; img-src 'self' data: https://avatars.githubusercontent.com; script-src 'self'; style-src 'unsafe-inline' 'self'";

/// `routes.json`: which path is which file.
#[derive(Deserialize)]
struct Routes {
    routes: Vec<Route>,
}

#[derive(Deserialize)]
struct Route {
    path: String,
    file: String,
}

/// Answers a request to github.com. Files are read anew each time, so a rebuild shows at once.
pub(crate) fn respond(directory: &Path, request: &Request) -> Answer {
    let path = crate::answer::decode(request.route());
    let file = match path.strip_prefix("/assets/") {
        Some(asset) => inside(directory, &format!("assets/{asset}")),
        None => routed(directory, &path),
    };
    let found = file.and_then(|file| Some((std::fs::read(&file).ok()?, content_type(&file))));
    match found {
        Some((body, kind)) => page(200, kind, body),
        None => page(
            404,
            "text/html; charset=utf-8",
            placeholder(&path).into_bytes(),
        ),
    }
}

/// The tiny answers of the hosts of avatars and of GitHub's own assets.
pub(crate) fn other_host(host: &str) -> Answer {
    if host == "avatars.githubusercontent.com" {
        let image = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 2 2'><rect width='2' height='2' fill='#8b949e'/></svg>";
        return page(200, "image/svg+xml", image.to_vec());
    }
    page(404, "text/plain; charset=utf-8", b"Not Found".to_vec())
}

fn routed(directory: &Path, path: &str) -> Option<PathBuf> {
    let routes = std::fs::read(directory.join("routes.json")).ok()?;
    let routes: Routes = serde_json::from_slice(&routes).ok()?;
    let route = routes.routes.into_iter().find(|route| route.path == path)?;
    inside(directory, &route.file)
}

/// A file below the directory, and nowhere else.
fn inside(directory: &Path, file: &str) -> Option<PathBuf> {
    let is_plain = file
        .split('/')
        .all(|part| !part.is_empty() && part != ".." && part != ".");
    is_plain.then(|| directory.join(file))
}

fn page(status: u16, kind: &str, body: Vec<u8>) -> Answer {
    let mut answer = Answer::json(status, &serde_json::Value::Null)
        .with_header("content-security-policy", POLICY)
        .with_header("cache-control", "no-store")
        .with_header("x-content-type-options", "nosniff")
        .with_header("access-control-allow-origin", "*");
    kind.clone_into(&mut answer.headers[0].1);
    answer.body = body;
    answer
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json" | "map") => "application/json; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "text/plain; charset=utf-8",
    }
}

fn placeholder(path: &str) -> String {
    let path = path.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page not found</title>\
         </head><body><h1>404</h1><p>The loopback GitHub has no page at {path}.</p></body></html>"
    )
}
