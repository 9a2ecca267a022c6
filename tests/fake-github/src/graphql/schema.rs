//! GitHub's published schema, from the npm package `@octokit/graphql-schema`.

use std::path::Path;
use std::sync::OnceLock;

use apollo_compiler::Schema;
use apollo_compiler::validation::Valid;

/// Where the schema lies, seen from the workspace's root.
const FILE: &str = "node_modules/@octokit/graphql-schema/schema.graphql";

/// The schema, parsed once a process.
pub(super) fn get() -> Result<&'static Valid<Schema>, String> {
    static SCHEMA: OnceLock<Result<Valid<Schema>, String>> = OnceLock::new();
    SCHEMA.get_or_init(load).as_ref().map_err(Clone::clone)
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
