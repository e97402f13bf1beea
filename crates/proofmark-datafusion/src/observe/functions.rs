//! The functions that a plan calls.

use std::collections::BTreeMap;

use datafusion::common::tree_node::{TreeNode, TreeNodeRecursion};
use datafusion::execution::SessionState;
use datafusion::logical_expr::{Expr, LogicalPlan, Volatility, WindowFunctionDefinition};
use jiff::Timestamp;
use proofmark_artifacts::Maybe;
use proofmark_artifacts::diagnostics::{FunctionKind, FunctionVolatility, UdfValidationEvent};

/// Calls by kind and name, with what is known of the function.
#[derive(Default)]
pub(crate) struct Functions(BTreeMap<(FunctionKind, String), Called>);

struct Called {
    volatility: Volatility,
    registered: bool,
    calls: u64,
}

impl Functions {
    /// Every call in `plan`, those of its sub-queries included.
    pub(crate) fn of(plan: &LogicalPlan, state: &SessionState) -> Self {
        let mut functions = Self::default();
        let walked = plan.apply_with_subqueries(|node| {
            node.apply_expressions(|expression| {
                expression.apply(|expression| {
                    functions.see(expression, state);
                    Ok(TreeNodeRecursion::Continue)
                })
            })
        });
        debug_assert!(walked.is_ok(), "the visitor never fails");
        functions
    }

    fn see(&mut self, expression: &Expr, state: &SessionState) {
        let (kind, name, volatility, registered) = match expression {
            Expr::ScalarFunction(call) => {
                let registered = state.scalar_functions().get(call.func.name());
                let same = registered.is_some_and(|known| *known == call.func);
                (FunctionKind::Scalar, call.func.name(), call.func.signature().volatility, same)
            }
            Expr::AggregateFunction(call) => {
                let registered = state.aggregate_functions().get(call.func.name());
                let same = registered.is_some_and(|known| *known == call.func);
                (FunctionKind::Aggregate, call.func.name(), call.func.signature().volatility, same)
            }
            Expr::WindowFunction(call) => {
                let same = match &call.fun {
                    WindowFunctionDefinition::AggregateUDF(function) => state
                        .aggregate_functions()
                        .get(function.name())
                        .is_some_and(|known| known == function),
                    WindowFunctionDefinition::WindowUDF(function) => {
                        state.window_functions().get(function.name()).is_some_and(|known| known == function)
                    }
                };
                (FunctionKind::Window, call.fun.name(), call.fun.signature().volatility, same)
            }
            Expr::HigherOrderFunction(call) => {
                let same = state.higher_order_functions().get(call.func.name());
                let same = same.is_some_and(|known| *known == call.func);
                (FunctionKind::HigherOrder, call.func.name(), call.func.signature().volatility, same)
            }
            _ => return,
        };
        let first = Called { volatility, registered, calls: 0 };
        self.0.entry((kind, name.to_owned())).or_insert(first).calls += 1;
    }

    /// The names of the functions, each once per kind.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|(_, name)| name.as_str())
    }

    /// One event per function, sorted by kind and name.
    pub(crate) fn into_events(self, statement: u32) -> impl Iterator<Item = UdfValidationEvent> {
        self.0.into_iter().map(move |((kind, function), called)| UdfValidationEvent {
            event_time: Maybe::Set(Timestamp::now()),
            statement,
            function,
            kind,
            volatility: match called.volatility {
                Volatility::Immutable => FunctionVolatility::Immutable,
                Volatility::Stable => FunctionVolatility::Stable,
                Volatility::Volatile => FunctionVolatility::Volatile,
            },
            registered: called.registered,
            calls: called.calls,
        })
    }
}
