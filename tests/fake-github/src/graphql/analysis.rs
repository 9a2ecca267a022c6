//! What a document asks for, before it runs: its cost, its nodes, whom it names, which scopes.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::ast::Value as Ast;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};
use apollo_compiler::response::JsonMap;
use serde_json::{Value, json};

use crate::refusal;
use crate::search;
use crate::tokens::Token;

/// The most nodes that one query may ask for.
pub(super) const MAX_NODES: u64 = 500_000;

/// What a document asks for.
#[derive(Debug, Default)]
pub(crate) struct Analysis {
    /// Points: the requests its connections would need, divided by 100, at least 1.
    pub(crate) cost: u32,
    /// The most nodes its connections can give.
    pub(crate) nodes: u64,
    /// The logins it asks about, in lower case: one for each field that asks about it.
    pub(crate) logins: Vec<String>,
    /// The names of its root fields, each once, joined by `+`.
    pub(crate) roots: String,
    /// Fields that need scopes.
    guarded: Vec<Guarded>,
    /// Requests that the connections would need.
    requests: u64,
}

#[derive(Debug)]
struct Guarded {
    field: String,
    wanted: &'static [&'static str],
    line: usize,
    column: usize,
}

/// Where a walk through a document stands.
struct Walk<'doc> {
    document: &'doc ExecutableDocument,
    variables: &'doc JsonMap,
}

impl Analysis {
    /// Weighs one operation of a valid document.
    pub(super) fn of(
        document: &ExecutableDocument,
        operation: &Operation,
        variables: &JsonMap,
    ) -> Self {
        let mut analysis = Self::default();
        let walk = Walk {
            document,
            variables,
        };
        analysis.visit(&walk, &operation.selection_set, 1);
        let mut roots: Vec<&str> = Vec::new();
        for field in operation.root_fields(document) {
            if !roots.contains(&field.name.as_str()) {
                roots.push(&field.name);
            }
        }
        analysis.roots = operation
            .name
            .as_ref()
            .map_or_else(|| roots.join("+"), ToString::to_string);
        let cost = (analysis.requests + 50) / 100;
        analysis.cost = u32::try_from(cost.max(1)).unwrap_or(u32::MAX);
        analysis
    }

    /// Visits a selection that is made `times` times.
    fn visit(&mut self, walk: &Walk, set: &SelectionSet, times: u64) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => self.visit_field(walk, &set.ty, field, times),
                Selection::InlineFragment(inline) => self.visit(walk, &inline.selection_set, times),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = spread.fragment_def(walk.document) {
                        self.visit(walk, &fragment.selection_set, times);
                    }
                }
            }
        }
    }

    fn visit_field(&mut self, walk: &Walk, parent: &str, field: &Field, times: u64) {
        let name = field.name.as_str();
        if let Some(wanted) = scopes(parent, name) {
            let place = field
                .name
                .location()
                .and_then(|span| span.line_column(&walk.document.sources));
            let (line, column) = place.map_or((1, 1), |place| (place.line, place.column));
            self.guarded.push(Guarded {
                field: name.to_owned(),
                wanted,
                line,
                column,
            });
        }
        if parent == "Query" && matches!(name, "user" | "repositoryOwner" | "organization") {
            self.remember(walk.text(field, "login"));
        }
        if parent == "Query" && name == "search" {
            let query = walk.text(field, "query").unwrap_or_default();
            for author in search::parse(&query).authors {
                self.remember(Some(author));
            }
        }
        let mut below = times;
        if field.ty().inner_named_type().ends_with("Connection") {
            let wanted = walk
                .number(field, "first")
                .or_else(|| walk.number(field, "last"));
            self.requests += times;
            below = times.saturating_mul(wanted.unwrap_or(1).max(1));
            self.nodes = self
                .nodes
                .saturating_add(times.saturating_mul(wanted.unwrap_or(0)));
        }
        self.visit(walk, &field.selection_set, below);
    }

    fn remember(&mut self, login: Option<String>) {
        self.logins.extend(login.map(|login| login.to_lowercase()));
    }

    /// The errors for fields that a classic token's scopes do not cover; GitHub then refuses the
    /// whole document. A fine-grained token has no scopes and is not refused.
    pub(super) fn missing_scopes(&self, token: Token) -> Option<Value> {
        let granted = token.scopes?;
        let missing = self
            .guarded
            .iter()
            .filter(|guarded| !covers(granted, guarded.wanted));
        let errors: Vec<Value> = missing
            .map(|guarded| {
                let wanted: Vec<String> = guarded
                    .wanted
                    .iter()
                    .map(|scope| format!("'{scope}'"))
                    .collect();
                json!({
                    "type": "INSUFFICIENT_SCOPES",
                    "locations": [{ "line": guarded.line, "column": guarded.column }],
                    "message": refusal::scopes_text(&guarded.field, &wanted.join(", "), granted),
                })
            })
            .collect();
        (!errors.is_empty()).then_some(Value::Array(errors))
    }
}

/// The scopes one of which a field needs, where it needs any.
fn scopes(parent: &str, field: &str) -> Option<&'static [&'static str]> {
    match (parent, field) {
        ("User", "email") => Some(&["user:email", "read:user"]),
        ("User", "starredRepositories") => Some(&["read:user"]),
        ("Organization", "login" | "name") => Some(&["read:org"]),
        _ => None,
    }
}

/// Whether a token's scopes hold one that is wanted; `user` holds its parts.
fn covers(granted: &[&str], wanted: &[&str]) -> bool {
    let holds = |wanted: &&str| {
        granted.contains(wanted)
            || granted.contains(&"user") && matches!(*wanted, "user:email" | "read:user")
    };
    wanted.iter().any(holds)
}

impl Walk<'_> {
    fn text(&self, field: &Field, name: &str) -> Option<String> {
        match field.specified_argument_by_name(name)?.as_ref() {
            Ast::String(text) => Some(text.clone()),
            Ast::Variable(variable) => {
                Some(self.variables.get(variable.as_str())?.as_str()?.to_owned())
            }
            _ => None,
        }
    }

    fn number(&self, field: &Field, name: &str) -> Option<u64> {
        match field.specified_argument_by_name(name)?.as_ref() {
            Ast::Int(number) => u64::try_from(number.try_to_i32().ok()?).ok(),
            Ast::Variable(variable) => self.variables.get(variable.as_str())?.as_u64(),
            _ => None,
        }
    }
}
