//! `cargo xtask judge`: see [`bonafide_judge`].

use bonafide_core::policy::{Policy, PolicyName};
use bonafide_judge::{UnknownCloser, judge, read_files, table};
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

const USAGE: &str =
    "cargo xtask judge FILE… [--policy balanced|classic] [--closed-by other] [--table]";

struct Options {
    files: Vec<String>,
    policy: PolicyName,
    unknown_closer: UnknownCloser,
    is_table: bool,
}

fn main() -> ExitCode {
    match run(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("judge: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(args: impl Iterator<Item = String>) -> Result<(), String> {
    let options = options(args)?;
    let records = read_files(&options.files).map_err(|it| it.to_string())?;
    let policy = Policy::preset(options.policy);
    let judged: Vec<_> = records
        .into_iter()
        .map(|record| {
            let verdict = judge(&record, &policy, options.unknown_closer);
            (record, verdict)
        })
        .collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let written = if options.is_table {
        out.write_all(table(&judged).as_bytes())
    } else {
        judged.iter().try_for_each(|(_, verdict)| {
            serde_json::to_writer(&mut out, verdict)?;
            out.write_all(b"\n")
        })
    };
    // Whoever reads the first lines only has seen what they wanted.
    match written.and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.to_string()),
        _ => Ok(()),
    }
}

fn options(mut args: impl Iterator<Item = String>) -> Result<Options, String> {
    let mut options = Options {
        files: Vec::new(),
        policy: PolicyName::Balanced,
        unknown_closer: UnknownCloser::Gap,
        is_table: false,
    };
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--table" => options.is_table = true,
            "--policy" => {
                options.policy = match args.next().as_deref() {
                    Some("balanced") => PolicyName::Balanced,
                    Some("classic") => PolicyName::Classic,
                    _ => return Err(format!("--policy is balanced or classic.\n{USAGE}")),
                }
            }
            "--closed-by" => {
                options.unknown_closer = match args.next().as_deref() {
                    Some("other") => UnknownCloser::Other,
                    _ => return Err(format!("--closed-by knows `other` only.\n{USAGE}")),
                }
            }
            flag if flag.starts_with('-') => {
                return Err(format!("`{flag}` is not understood here.\n{USAGE}"));
            }
            file => options.files.push(file.to_owned()),
        }
    }
    if options.files.is_empty() {
        return Err(format!("name a file of records.\n{USAGE}"));
    }
    Ok(options)
}
