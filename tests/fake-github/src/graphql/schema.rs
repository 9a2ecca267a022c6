//! GitHub's published schema, from the npm package `@octokit/graphql-schema`,
//! and what it has already been asked for.

use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use apollo_compiler::collections::HashMap;
use apollo_compiler::schema::Implementers;
use apollo_compiler::validation::{DiagnosticList, Valid};
use apollo_compiler::{ExecutableDocument, Name, Schema};

/// Where the schema lies, seen from the workspace's root.
const FILE: &str = "node_modules/@octokit/graphql-schema/schema.graphql";

/// The schema, parsed once a process.
pub(super) fn get() -> Result<&'static Valid<Schema>, String> {
    static SCHEMA: OnceLock<Result<Valid<Schema>, String>> = OnceLock::new();
    SCHEMA.get_or_init(load).as_ref().map_err(Clone::clone)
}

/// Which types stand in for which: working it out anew takes longer than most answers.
pub(super) fn implementers(schema: &'static Valid<Schema>) -> &'static HashMap<Name, Implementers> {
    static IMPLEMENTERS: OnceLock<HashMap<Name, Implementers>> = OnceLock::new();
    IMPLEMENTERS.get_or_init(|| schema.implementers_map())
}

/// So many documents are remembered.
const MOST_DOCUMENTS: usize = 1_000;

/// Parses and validates a document, once for each text: programs ask by the same few again and again.
pub(super) fn document(
    schema: &'static Valid<Schema>,
    query: &str,
) -> Result<Arc<Valid<ExecutableDocument>>, DiagnosticList> {
    static KNOWN: LazyLock<Mutex<HashMap<String, Arc<Valid<ExecutableDocument>>>>> =
        LazyLock::new(Mutex::default);
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(document) = known().get(query) {
        return Ok(Arc::clone(document));
    }
    let document = ExecutableDocument::parse_and_validate(schema, query, "query.graphql")
        .map_err(|refused| refused.errors)?;
    let document = Arc::new(document);
    let mut known = known();
    if known.len() == MOST_DOCUMENTS {
        known.clear();
    }
    known.insert(query.to_owned(), Arc::clone(&document));
    Ok(document)
}

/// The type that a field of a type gives, without its wrappers; empty where there is none.
pub(super) fn type_of(parent: &str, field: &str) -> String {
    let definition = get()
        .ok()
        .and_then(|schema| schema.type_field(parent, field).ok());
    definition.map_or_else(String::new, |field| field.ty.inner_named_type().to_string())
}

fn load() -> Result<Valid<Schema>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let text = std::fs::read_to_string(root.join(FILE))
        .map_err(|_| format!("GitHub's schema is not at {FILE}: run `npm ci` first."))?;
    // One field of the published text is defined twice, so it is not valid to the letter.
    let schema = match Schema::parse(text, FILE) {
        Ok(schema) => schema,
        Err(with_errors) => with_errors.partial,
    };
    Ok(Valid::assume_valid(schema))
}
