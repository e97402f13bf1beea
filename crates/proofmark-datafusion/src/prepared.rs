//! Prepared statements as events.

use std::collections::BTreeMap;

use datafusion::logical_expr::{LogicalPlan, Statement as Act};
use datafusion::sql::parser::Statement as Parsed;
use jiff::Timestamp;
use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::{ParameterRecord, PreparedAction, PreparedStatementEvent};
use sqlparser::ast::{Expr, Statement as Sql};

use crate::statement::Statement;

/// The prepared statements of a session: the engine keeps its own list to itself.
#[derive(Default)]
pub(crate) struct Prepared(BTreeMap<String, Vec<ParameterRecord>>);

impl Prepared {
    /// The event of a statement that ran, if it prepares, executes or drops one.
    pub(crate) fn event(
        &mut self,
        index: u32,
        statement: &Statement,
        logical: Option<&LogicalPlan>,
    ) -> Option<PreparedStatementEvent> {
        let Some(Parsed::Statement(sql)) = statement.parsed() else { return None };
        let (action, name, text, parameters) = match sql.as_ref() {
            Sql::Prepare { name, statement, .. } => {
                let parameters = logical.map(declared).unwrap_or_default();
                self.0.insert(name.to_string(), parameters.clone());
                (PreparedAction::Prepare, name.to_string(), Maybe::Set(statement.to_string()), parameters)
            }
            Sql::Execute { name, parameters, .. } => {
                let name = name.as_ref().map(ToString::to_string).unwrap_or_default();
                let parameters = self.with_values(&name, parameters);
                (PreparedAction::Execute, name, Maybe::Unset, parameters)
            }
            Sql::Deallocate { name, .. } => {
                self.0.remove(&name.to_string());
                (PreparedAction::Deallocate, name.to_string(), Maybe::Unset, Vec::new())
            }
            _ => return None,
        };
        let event_time = Maybe::Set(Timestamp::now());
        Some(PreparedStatementEvent { event_time, statement: index, action, name, sql: text, parameters })
    }

    /// The declared parameters of `name`, each with the value it is executed with.
    fn with_values(&self, name: &str, values: &[Expr]) -> Vec<ParameterRecord> {
        let known = self.0.get(name);
        let parameter = |(idx, value): (usize, &Expr)| {
            let declared = known.and_then(|known| known.get(idx)).cloned();
            let unnamed = || ParameterRecord {
                name: format!("${}", idx + 1),
                data_type: Maybe::Unset,
                value: Maybe::Unset,
            };
            ParameterRecord { value: Maybe::Set(value.to_string()), ..declared.unwrap_or_else(unnamed) }
        };
        values.iter().enumerate().map(parameter).collect()
    }
}

/// The parameters of a `PREPARE`, with the types that were declared or inferred, in the order of their names.
fn declared(plan: &LogicalPlan) -> Vec<ParameterRecord> {
    let LogicalPlan::Statement(Act::Prepare(prepare)) = plan else { return Vec::new() };
    let Ok(inferred) = prepare.input.get_parameter_fields() else { return Vec::new() };
    let mut parameters: Vec<_> = inferred.into_iter().collect();
    // `$10` comes after `$9`.
    parameters.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
    let record = |(idx, (name, field)): (usize, (String, Option<datafusion::arrow::datatypes::FieldRef>))| {
        let field = prepare.fields.get(idx).cloned().or(field);
        let data_type = field.map_or(Maybe::Unset, |field| Maybe::Set(field.data_type().to_string()));
        ParameterRecord { name, data_type, value: Maybe::Unset }
    };
    parameters.into_iter().enumerate().map(record).collect()
}
