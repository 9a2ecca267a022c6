//! GraphQL, executed on GitHub's published schema.

mod account;
mod analysis;
mod connection;
mod errors;
mod event;
mod item;
mod list;
mod query;
mod repository;
mod resolve;
mod schema;

use std::cell::Cell;
use std::sync::Arc;

use apollo_compiler::ExecutableDocument;
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::resolvers::Execution;
use apollo_compiler::response::JsonMap;
use apollo_compiler::validation::Valid;
use serde_json::{Value, json};

use crate::answer::{Answer, Request};
use crate::latency::{GraphqlWork, Work};
use crate::refusal;
use crate::tokens::Token;
use crate::world::World;

pub(crate) use analysis::Analysis;
use analysis::MAX_NODES;
use resolve::Context;

/// A document that GitHub would run, or the answer that refuses it.
pub(crate) enum Prepared {
    /// It can run.
    Ready(Box<Ready>),
    /// It is refused before anything is looked up.
    Refused(Answer),
}

/// A document that has passed validation, and what it will cost.
pub(crate) struct Ready {
    document: Arc<Valid<ExecutableDocument>>,
    operation: Option<String>,
    variables: Valid<JsonMap>,
    /// Cost, logins, scopes.
    pub(crate) analysis: Analysis,
}

/// The limits that `rateLimit` tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    pub(crate) level: crate::limits::Level,
}

/// Loads the schema now rather than with the first request.
///
/// # Errors
///
/// Says in one sentence what to do when the schema is not there.
pub(crate) fn load() -> Result<(), String> {
    schema::get().map(|_| ())
}

/// Parses, validates and weighs the document of a request.
pub(crate) fn prepare(request: &Request) -> Prepared {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let Some(query) = body.get("query").and_then(Value::as_str) else {
        let docs = "https://docs.github.com/graphql";
        return Prepared::Refused(if body.is_null() {
            refusal::plain(400, "Problems parsing JSON", docs)
        } else {
            refusal::errors(
                &json!([{ "message": "A query attribute must be specified and must be a string." }]),
            )
        });
    };
    let schema = match schema::get() {
        Ok(schema) => schema,
        Err(message) => {
            return Prepared::Refused(Answer::json(501, &json!({ "message": message })));
        }
    };
    let document = match schema::document(schema, query) {
        Ok(document) => document,
        Err(refused) => {
            let list = errors::of_validation(query, &refused);
            return Prepared::Refused(refusal::errors(&list));
        }
    };
    let operation = body
        .get("operationName")
        .and_then(Value::as_str)
        .map(str::to_owned);
    let chosen = match document.operations.get(operation.as_deref()) {
        Ok(chosen) => chosen,
        Err(error) => {
            let list = json!([{ "message": error.message().to_string() }]);
            return Prepared::Refused(refusal::errors(&list));
        }
    };
    let given = body
        .get("variables")
        .filter(|given| given.is_object())
        .cloned();
    let given: JsonMap = given
        .and_then(|given| serde_json::from_value(given).ok())
        .unwrap_or_default();
    let variables = match coerce_variable_values(schema, chosen, &given) {
        Ok(variables) => variables,
        Err(error) => {
            let list = errors::of_variables(chosen, &given, &error, &document.sources);
            return Prepared::Refused(refusal::errors(&list));
        }
    };
    let analysis = Analysis::of(&document, chosen, &variables);
    Prepared::Ready(Box::new(Ready {
        document,
        operation,
        variables,
        analysis,
    }))
}

impl Ready {
    /// Runs it, and tells what that came to. Its points have been taken already: `rate` tells
    /// what is left after them.
    pub(crate) fn run(&self, world: &World, token: Token, rate: Rate) -> (Answer, Work) {
        let work = Cell::default();
        let answer = self.answer(world, token, rate, &work);
        (answer, Work::Graphql(work.get()))
    }

    fn answer(&self, world: &World, token: Token, rate: Rate, work: &Cell<GraphqlWork>) -> Answer {
        if let Some(list) = self.analysis.missing_scopes(token) {
            return refusal::errors(&list);
        }
        if self.analysis.nodes > MAX_NODES {
            let message = format!(
                "This query requests up to {} possible nodes which exceeds the maximum limit of 500,000.",
                errors::with_commas(self.analysis.nodes)
            );
            return refusal::errors(
                &json!([{ "type": "MAX_NODE_LIMIT_EXCEEDED", "message": message }]),
            );
        }
        let schema = match schema::get() {
            Ok(schema) => schema,
            Err(message) => return Answer::json(501, &json!({ "message": message })),
        };
        let context = Context {
            world,
            sees_private: token.sees_private(),
            work,
            rate,
            cost: self.analysis.cost,
            nodes: self.analysis.nodes,
        };
        let run = Execution::new(schema, &self.document)
            .implementers_map(schema::implementers(schema))
            .coerced_variable_values(&self.variables)
            .enable_schema_introspection(true)
            .operation_name(self.operation.as_deref())
            .and_then(|execution| execution.execute_sync(&context.query()));
        match run {
            Ok(response) => errors::in_githubs_shape(&response),
            Err(error) => refusal::errors(&json!([{ "message": error.message().to_string() }])),
        }
    }
}
