//! Errors in GitHub's shapes and words, made from those of the executor.

use apollo_compiler::ast;
use apollo_compiler::executable::Operation;
use apollo_compiler::parser::{Parser, SourceMap};
use apollo_compiler::request::RequestError;
use apollo_compiler::resolvers::FieldError;
use apollo_compiler::response::{ExecutionResponse, JsonMap};
use apollo_compiler::validation::{DiagnosticData, DiagnosticList};
use serde_json::{Value, json};

use super::schema;
use crate::answer::Answer;

/// Parts the type of an error from its words within a resolver's message.
const SEPARATOR: char = '\u{1F}';
/// What the executor writes before a resolver's message.
const PREFIX: &str = "resolver error: ";
/// The type of an error that says that this server lacks what GitHub has.
const UNIMPLEMENTED: &str = "UNIMPLEMENTED";

/// A field's error with GitHub's type.
pub(super) fn field(kind: &str, message: &str) -> FieldError {
    FieldError {
        message: format!("{kind}{SEPARATOR}{message}"),
    }
}

/// A field that GitHub has and this server has not.
pub(super) fn unimplemented(parent: &str, name: &str) -> FieldError {
    field(
        UNIMPLEMENTED,
        &format!("fake-github does not know {parent}.{name}"),
    )
}

/// Turns the executor's response into GitHub's.
pub(super) fn in_githubs_shape(response: &ExecutionResponse) -> Answer {
    let response = serde_json::to_value(response).unwrap_or_default();
    let given = response
        .get("errors")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let mut errors = Vec::new();
    for error in given {
        let text = error["message"].as_str().unwrap_or_default();
        let text = text.strip_prefix(PREFIX).unwrap_or(text);
        let (kind, message) = text.split_once(SEPARATOR).unwrap_or((UNIMPLEMENTED, text));
        if kind == UNIMPLEMENTED {
            return Answer::json(501, &json!({ "message": message }));
        }
        errors.push(json!({
            "type": kind,
            "path": error["path"],
            "locations": error["locations"],
            "message": message,
        }));
    }
    let mut body = json!({ "data": response["data"] });
    if !errors.is_empty() {
        body["errors"] = Value::Array(errors);
    }
    Answer::json(200, &body)
}

/// The errors of a document that cannot be parsed or breaks the schema.
pub(super) fn of_validation(query: &str, diagnostics: &DiagnosticList) -> Value {
    let document = match Parser::new().parse_ast(query, "query.graphql") {
        Ok(document) => document,
        Err(with_errors) => {
            let first = with_errors
                .errors
                .iter()
                .next()
                .map(|error| error.to_json());
            let place = first.and_then(|error| error.locations.first().copied());
            let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
            let found = query
                .lines()
                .nth(line - 1)
                .and_then(|line| line.get(column - 1..));
            let word = found
                .and_then(|rest| rest.split_whitespace().next())
                .unwrap_or("end of file");
            return json!([{
                "message": format!("Parse error on \"{word}\" at [{line}, {column}]"),
                "locations": [{ "line": line, "column": column }],
            }]);
        }
    };
    // A field that does not exist is left out, so that its parent seems to select nothing: GitHub
    // only tells the cause.
    let name_of = |error: &DiagnosticData| error.unstable_error_name().unwrap_or("SyntaxError");
    let has_undefined = diagnostics
        .iter()
        .any(|one| name_of(one.error) == "UndefinedField");
    let told = diagnostics
        .iter()
        .filter(|one| !(has_undefined && name_of(one.error) == "MissingSubselection"));
    let errors = told.map(|diagnostic| {
        let own = diagnostic.to_json();
        let compatible = diagnostic.error.unstable_compat_message();
        let text = compatible.unwrap_or_else(|| own.message.clone());
        let quoted: Vec<&str> = text.split('"').skip(1).step_by(2).collect();
        let name = name_of(diagnostic.error);
        let (message, details) = in_githubs_words(name, &quoted, &text);
        let offset = own
            .locations
            .first()
            .map(|place| offset_of(query, place.line, place.column));
        let path = offset.map_or_else(Vec::new, |offset| path_to(&document, offset));
        json!({
            "path": path,
            "extensions": details,
            "locations": own.locations.iter().map(|place| {
                json!({ "line": place.line, "column": place.column })
            }).collect::<Vec<_>>(),
            "message": message,
        })
    });
    errors.collect()
}

/// The offset in bytes of a line and a column, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line - 1)
        .map(str::len)
        .sum();
    let line = text.get(before..).unwrap_or_default();
    before
        + line
            .chars()
            .take(column - 1)
            .map(char::len_utf8)
            .sum::<usize>()
}

/// GitHub's words and details for a broken rule, from the names quoted in the executor's.
fn in_githubs_words(name: &str, quoted: &[&str], text: &str) -> (String, Value) {
    let short = |coordinate: &str| coordinate.rsplit('.').next().unwrap_or_default().to_owned();
    match (name, quoted) {
        ("UndefinedField", [field, parent, ..]) => (
            format!("Field '{field}' doesn't exist on type '{parent}'"),
            json!({ "code": "undefinedField", "typeName": parent, "fieldName": field }),
        ),
        ("UndefinedArgument", [argument, field, ..]) => (
            format!(
                "Field '{}' doesn't accept argument '{argument}'",
                short(field)
            ),
            json!({
                "code": "argumentNotAccepted",
                "name": short(field),
                "typeName": "Field",
                "argumentName": argument,
            }),
        ),
        ("RequiredArgument", [field, argument, ..]) => (
            format!(
                "Field '{}' is missing required arguments: {argument}",
                short(field)
            ),
            json!({
                "code": "missingRequiredArguments",
                "className": "Field",
                "name": short(field),
                "arguments": argument,
            }),
        ),
        ("MissingSubselection", [field, parent, ..]) => {
            let kind = schema::type_of(parent, field);
            let message = format!(
                "Field must have selections (field '{field}' returns {kind} but has no \
                 selections. Did you mean '{field} {{ ... }}'?)"
            );
            let node = format!("field '{field}'");
            let details =
                json!({ "code": "selectionMismatch", "nodeName": node, "typeName": kind });
            (message, details)
        }
        ("UndefinedVariable" | "UnusedVariable", [variable, ..]) => {
            let variable = variable.trim_start_matches('$');
            let (code, what) = if name == "UndefinedVariable" {
                (
                    "variableNotDefined",
                    "used by anonymous query but not declared",
                )
            } else {
                (
                    "variableNotUsed",
                    "declared by anonymous query but not used",
                )
            };
            let details = json!({ "code": code, "variableName": variable });
            (format!("Variable ${variable} is {what}"), details)
        }
        _ => (text.to_owned(), json!({ "code": "invalidDocument" })),
    }
}

/// The path through operation and fields down to what stands at `offset`.
fn path_to(document: &ast::Document, offset: usize) -> Vec<String> {
    let holds = |span: Option<apollo_compiler::parser::SourceSpan>| {
        span.is_some_and(|span| span.offset() <= offset && offset < span.end_offset())
    };
    let mut path = Vec::new();
    let mut selections: &[ast::Selection] = &[];
    for definition in &document.definitions {
        match definition {
            ast::Definition::OperationDefinition(operation) if holds(operation.location()) => {
                let name = operation
                    .name
                    .as_ref()
                    .map(|name| format!(" {name}"))
                    .unwrap_or_default();
                path.push(format!("{}{name}", operation.operation_type.name()));
                selections = &operation.selection_set;
            }
            ast::Definition::FragmentDefinition(fragment) if holds(fragment.location()) => {
                path.push(format!("fragment {}", fragment.name));
                selections = &fragment.selection_set;
            }
            _ => {}
        }
    }
    while let Some(next) = selections
        .iter()
        .find(|selection| holds(selection.location()))
    {
        match next {
            ast::Selection::Field(field) => {
                path.push(field.response_name().to_string());
                selections = &field.selection_set;
            }
            ast::Selection::InlineFragment(inline) => {
                let on = inline.type_condition.as_ref().map(|on| format!(" on {on}"));
                path.push(format!("...{}", on.unwrap_or_default()));
                selections = &inline.selection_set;
            }
            ast::Selection::FragmentSpread(spread) => {
                path.push(format!("...{}", spread.fragment_name));
                selections = &[];
            }
        }
    }
    path
}

/// The error about a variable that is missing or of another type.
pub(super) fn of_variables(
    operation: &Operation,
    given: &JsonMap,
    error: &RequestError,
    sources: &SourceMap,
) -> Value {
    let text = error.message().to_string();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect();
    let is_named = |name: &str| words.contains(&name);
    let mut variables = operation.variables.iter();
    let Some(variable) = variables.find(|variable| is_named(&variable.name)) else {
        return json!([{ "message": text }]);
    };
    let value = given.get(variable.name.as_str());
    let value = value
        .and_then(|value| serde_json::to_value(value).ok())
        .unwrap_or_default();
    let kind = &variable.ty;
    let explanation = if value.is_null() {
        "Expected value to not be null".to_owned()
    } else {
        format!(
            "Could not coerce value {value} to {}",
            kind.inner_named_type()
        )
    };
    let place = variable
        .location()
        .and_then(|span| span.line_column(sources));
    let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
    let path: [&str; 0] = [];
    json!([{
        "extensions": {
            "value": value,
            "problems": [{ "path": path, "explanation": explanation }],
        },
        "locations": [{ "line": line, "column": column }],
        "message": format!(
            "Variable ${} of type {kind} was provided invalid value", variable.name
        ),
    }])
}

/// A number with a comma before every three digits.
pub(super) fn with_commas(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
