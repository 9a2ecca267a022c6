//! `fake-github [--port N] [--latency none|model] [--seed N] [--pages DIR] [--until-stdin-closes]`
//!
//! Prints one line of JSON when it is ready: `{"port", "proxy", "control"}`.

use std::io::{Read, Write};
use std::process::ExitCode;

use fake_github::latency::Latency;
use fake_github::{Options, Server};

const USAGE: &str = "usage: fake-github [--port N] [--latency none|model] [--seed N] [--pages DIR] [--until-stdin-closes]";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut options = Options::default();
    let mut until_stdin_closes = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| USAGE.to_owned());
        match argument.as_str() {
            "--port" => options.port = number(&value()?)?,
            "--seed" => options.seed = number(&value()?)?,
            "--pages" => options.pages = value()?.into(),
            "--latency" => {
                options.latency = match value()?.as_str() {
                    "none" => Latency::NONE,
                    "model" => Latency::MODEL,
                    _ => return Err(USAGE.to_owned()),
                }
            }
            "--until-stdin-closes" => until_stdin_closes = true,
            _ => return Err(USAGE.to_owned()),
        }
    }
    let server = Server::start(options).map_err(|error| error.to_string())?;
    let ready = serde_json::json!({
        "port": server.port,
        "proxy": server.proxy(),
        "control": server.control(),
    });
    let mut out = std::io::stdout();
    writeln!(out, "{ready}")
        .and_then(|()| out.flush())
        .map_err(|error| error.to_string())?;
    if until_stdin_closes {
        // What comes is of no interest, only that it ends.
        std::io::stdin()
            .read_to_end(&mut Vec::new())
            .map_err(|error| error.to_string())?;
        return Ok(());
    }
    loop {
        std::thread::park();
    }
}

fn number<N: std::str::FromStr>(text: &str) -> Result<N, String> {
    text.parse().map_err(|_| USAGE.to_owned())
}
