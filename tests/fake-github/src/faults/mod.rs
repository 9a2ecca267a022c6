//! What can go wrong, on request: the rules on who meets which fault.

mod act;
mod alter;
mod table;

use serde::Deserialize;

pub use table::{Action, TABLE};

use crate::log::Kind;
use crate::world::Random;

/// A rule: which calls meet the fault, how often, and what it does.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Which calls it is for; all of the API when empty.
    #[serde(rename = "match", default)]
    pub matching: Match,
    /// At most this many calls meet it; any number when not given.
    #[serde(default)]
    pub times: Option<u32>,
    /// What it does: a name of [`TABLE`], for some with `:` and a number.
    #[serde(rename = "do")]
    pub action: String,
}

/// Which calls a fault is for: all that is given must hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Match {
    /// REST or GraphQL.
    pub kind: Option<ApiKind>,
    /// A login that the call asks about, in any case.
    pub login: Option<String>,
    /// Whether the call carries a token.
    pub token: Option<bool>,
    /// A part of the document with its variables, or of the path.
    pub operation: Option<String>,
    /// Which of the calls that fit otherwise, counted from 1.
    pub nth: Option<Vec<u32>>,
    /// The share of such calls, from 0 to 1.
    pub probability: Option<f64>,
    /// The seed for `probability`.
    #[serde(default)]
    pub seed: u64,
}

/// The two kinds of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ApiKind {
    /// REST.
    Rest,
    /// GraphQL.
    Graphql,
}

/// A call as a fault sees it.
pub(crate) struct CallTraits<'call> {
    pub(crate) kind: Kind,
    pub(crate) has_token: bool,
    pub(crate) logins: &'call [String],
    pub(crate) operation: &'call str,
}

/// The rules in force and how often each fitted.
#[derive(Debug, Default)]
pub struct Faults {
    rules: Vec<Rule>,
}

#[derive(Debug)]
struct Rule {
    fault: Fault,
    action: Action,
    number: Option<u32>,
    fitted: u32,
    met: u32,
    random: Random,
}

/// A fault that a call met.
#[derive(Debug, Clone)]
pub(crate) struct ActiveFault {
    pub(crate) name: String,
    pub(crate) action: Action,
    number: Option<u32>,
}

impl Faults {
    /// The rules, in the order in which they are tried.
    ///
    /// # Errors
    ///
    /// Names the first action that is not in [`TABLE`].
    pub fn new(faults: Vec<Fault>) -> Result<Self, String> {
        let rules: Result<Vec<Rule>, String> = faults.into_iter().map(Rule::new).collect();
        Ok(Self { rules: rules? })
    }

    /// The fault that a call meets: the first rule's that fits.
    pub(crate) fn pick(&mut self, seen: &CallTraits<'_>) -> Option<ActiveFault> {
        let rule = self
            .rules
            .iter_mut()
            .find_map(|rule| rule.fits(seen).then_some(rule))?;
        rule.met += 1;
        Some(ActiveFault {
            name: rule.fault.action.clone(),
            action: rule.action,
            number: rule.number,
        })
    }
}

impl Rule {
    fn new(fault: Fault) -> Result<Self, String> {
        let (name, number) = match fault.action.split_once(':') {
            Some((name, digits)) => {
                let number = digits
                    .parse()
                    .map_err(|_| format!("no number in {}", fault.action))?;
                (name, Some(number))
            }
            None => (fault.action.as_str(), None),
        };
        let known = TABLE.iter().find(|(known, ..)| *known == name);
        let (_, action, _) = known.ok_or_else(|| format!("no such fault: {}", fault.action))?;
        let random = Random::new(fault.matching.seed);
        Ok(Self {
            action: *action,
            number,
            fitted: 0,
            met: 0,
            random,
            fault,
        })
    }

    fn fits(&mut self, seen: &CallTraits<'_>) -> bool {
        let Match {
            kind,
            login,
            token,
            operation,
            nth,
            probability,
            ..
        } = &self.fault.matching;
        let is_kind = kind.is_none_or(|kind| match kind {
            ApiKind::Rest => seen.kind == Kind::Rest,
            ApiKind::Graphql => seen.kind == Kind::Graphql,
        });
        let asks = |login: &String| {
            seen.logins
                .iter()
                .any(|one| one.eq_ignore_ascii_case(login))
        };
        let is_login = login.as_ref().is_none_or(asks);
        let is_token = token.is_none_or(|token| token == seen.has_token);
        let is_operation = operation
            .as_ref()
            .is_none_or(|part| seen.operation.contains(part));
        if !(is_kind && is_login && is_token && is_operation) {
            return false;
        }
        self.fitted += 1;
        let is_nth = nth.as_ref().is_none_or(|nth| nth.contains(&self.fitted));
        let is_left = self.fault.times.is_none_or(|times| self.met < times);
        let is_drawn = probability.is_none_or(|share| self.random.unit() < share);
        is_nth && is_left && is_drawn
    }
}
