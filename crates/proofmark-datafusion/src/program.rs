//! What a run does: SQL, with plans of other programs between its statements.

use std::sync::Arc;

use crate::error::{Position, Result};
use crate::statement::{Statement, parse_statements};
use crate::substrait_plan::SubstraitPlan;

/// The statements of a run, in order: SQL text, and Substrait plans.
///
/// A SQL text alone is one, by `From<&str>`. Each plan takes up a line of the whole text, a comment that names it, so
/// that places in the text tell where a statement came from, whatever its form.
///
/// # Examples
/// ```
/// use proofmark_datafusion::Program;
///
/// let mut program = Program::default();
/// assert_eq!(program.push_sql("select 1"), 1);
/// assert_eq!(program.push_sql("select 2"), 3);
/// assert_eq!(program.statements("generic")?.len(), 2);
/// # Ok::<(), proofmark_datafusion::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Program {
    sql: String,
    plans: Vec<Placed>,
    /// Where steps begin, in order.
    steps: Vec<Step>,
}

#[derive(Clone, Debug)]
struct Step {
    line: u64,
    name: Option<Arc<str>>,
}

#[derive(Clone, Debug)]
struct Placed {
    line: u64,
    plan: SubstraitPlan,
}

impl From<&str> for Program {
    fn from(sql: &str) -> Self {
        Self { sql: sql.to_owned(), ..Self::default() }
    }
}

impl From<&String> for Program {
    fn from(sql: &String) -> Self {
        Self::from(sql.as_str())
    }
}

impl Program {
    /// Begins the step that the statements added from now on belong to; without a name, they belong to none.
    ///
    /// # Examples
    /// ```
    /// use proofmark_datafusion::Program;
    ///
    /// let mut program = Program::from("select 1");
    /// program.begin_step(Some("late"));
    /// program.push_sql("select 2");
    /// let statements = program.statements("generic")?;
    /// assert_eq!(statements[0].step, None);
    /// assert_eq!(statements[1].step.as_deref(), Some("late"));
    /// # Ok::<(), proofmark_datafusion::Error>(())
    /// ```
    pub fn begin_step(&mut self, name: Option<&str>) {
        // What is added next begins after this line.
        let line = self.sql.matches('\n').count() as u64 + u64::from(!self.sql.is_empty());
        self.steps.push(Step { line, name: name.map(Arc::from) });
    }

    /// Adds the statements of `sql`; answers the line of the whole text at which they begin, from 1.
    pub fn push_sql(&mut self, sql: &str) -> u64 {
        if !self.sql.is_empty() {
            // A text need not end its last statement, and may end inside a comment of one line.
            self.sql.push_str("\n;\n");
        }
        let line = self.sql.matches('\n').count() as u64 + 1;
        self.sql.push_str(sql);
        line
    }

    /// Adds a statement that runs `plan`; answers its line, as [`Program::push_sql`] does.
    pub fn push_plan(&mut self, plan: SubstraitPlan) -> u64 {
        let line = self.push_sql(&plan.name());
        self.plans.push(Placed { line, plan });
        line
    }

    /// The whole text.
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// The statements in order, the SQL read as `dialect` writes it.
    ///
    /// # Errors
    /// Fails as [`parse_statements`] does.
    pub fn statements(&self, dialect: &str) -> Result<Vec<Statement>> {
        let mut statements = parse_statements(&self.sql, dialect)?;
        let plans = self
            .plans
            .iter()
            .map(|placed| Statement::of_plan(placed.plan.clone(), Position { line: placed.line, column: 1 }));
        statements.extend(plans);
        statements.sort_by_key(|statement| statement.position);
        for statement in &mut statements {
            statement.step = self.step_at(statement.position.line);
        }
        Ok(statements)
    }

    fn step_at(&self, line: u64) -> Option<Arc<str>> {
        self.steps.iter().rev().find(|step| step.line < line)?.name.clone()
    }
}
