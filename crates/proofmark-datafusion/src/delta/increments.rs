//! A run over what changed: which versions it reads, and when their cursors move.
//!
//! The order is what makes a crash harmless. The range begins after the later of two places: the cursor, and what the
//! sink says it already holds. The sink commits rows and range together; only then the cursor moves, by compare and set.
//! A run that ends in between leaves the sink ahead of the cursor, and the next one goes on from the sink.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use datafusion::common::TableReference;
use datafusion::sql::parser::{CopyToSource, Statement as Parsed};
use jiff::Timestamp;
use proofmark_artifacts::diagnostics::IncrementalEvent;
use proofmark_artifacts::{CdfCursor, Maybe, Position};
use sqlparser::ast::{ObjectName, Visit, visit_relations};

use super::source::facts;
use super::{changes, open};
use crate::cursors::Cursors;
use crate::error::{Error, ErrorKind, Result};
use crate::journal::maybe;
use crate::recorder::Incremental;
use crate::schema::fingerprint;
use crate::session::Session;
use crate::sink::{Claim, Sink};
use crate::statement::{Form, Statement};
use crate::table::TableSpec;

/// What a table's name is followed by where its changes are meant.
const CHANGES_SUFFIX: &str = "_changes";

/// The tables whose changes a run reads.
#[derive(Default)]
pub(crate) struct Increments(Vec<Increment>);

struct Increment {
    store: Cursors,
    from: Option<Position>,
    next: CdfCursor,
    event: IncrementalEvent,
}

impl Increments {
    /// Registers `NAME_changes` for each Delta table whose changes the statements read.
    pub(crate) async fn begin(
        session: &Session,
        options: &Incremental,
        tables: &[TableSpec],
        statements: &[Statement],
        sink: &mut dyn Sink,
    ) -> Result<Self> {
        let read = relations(statements);
        let mut increments = Vec::new();
        for spec in tables {
            if read.contains(&format!("{}{CHANGES_SUFFIX}", spec.name)) && crate::table::is_delta(&spec.path)
            {
                increments.push(Increment::begin(session, options, spec, sink).await?);
            }
        }
        match increments.is_empty() {
            true => Err(nothing_incremental(tables)),
            false => Ok(Self(increments)),
        }
    }

    /// What the run's result accounts for, for the sink to commit with it.
    pub(crate) fn claims(&self) -> Vec<Claim> {
        let claim = |increment: &Increment| Claim {
            application: application(&increment.event.cursor, &increment.event.table_id),
            version: increment.event.last,
        };
        self.0.iter().filter(|increment| increment.event.first != Maybe::Unset).map(claim).collect()
    }

    /// Moves the cursors to what the run accounts for; the sink has committed.
    ///
    /// # Errors
    /// Fails when a cursor was moved by somebody else meanwhile, or cannot be written. What the sink holds stays.
    pub(crate) async fn advance(&mut self, run_id: Option<&str>) -> Result<()> {
        for increment in &mut self.0 {
            increment.advance(run_id).await?;
        }
        Ok(())
    }

    /// What was read from where, and the cursors as they are now.
    pub(crate) fn into_events(self) -> Vec<IncrementalEvent> {
        self.0.into_iter().map(|increment| increment.event).collect()
    }
}

impl Increment {
    async fn begin(
        session: &Session,
        options: &Incremental,
        spec: &TableSpec,
        sink: &mut dyn Sink,
    ) -> Result<Self> {
        let cursor = format!("{}/{}", options.consumer, spec.name);
        let store = options.cursors.clone();
        let from = store.read(&cursor).await;
        let from = from.map_err(|error| Error::new(ErrorKind::Data, error.to_string()))?;
        let table = open(&spec.path).await?;
        let facts = facts(&table)?;
        let landed = sink.landed(&application(&cursor, &facts.table_id))?;
        check_identity(spec, from.as_ref().map(Position::cursor), &facts)?;
        let before = from.as_ref().map(|from| from.cursor().last_version);
        let landed = landed.filter(|landed| before.is_none_or(|before| *landed > before));
        let first = before.max(landed).map_or(0, |done| done + 1);
        let versions = (first <= facts.version).then_some(first..=facts.version);
        let feed = changes::provider(&table, &spec.name, versions.as_ref()).await?;
        let counted = match &versions {
            Some(_) => changes::counts(session.context(), feed.clone()).await?,
            None => Default::default(),
        };
        let schema = fingerprint(&feed.schema());
        register(session, &spec.name, feed)?;
        let event = IncrementalEvent {
            event_time: Maybe::Set(Timestamp::now()),
            dataset: spec.name.clone(),
            cursor: cursor.clone(),
            table_id: facts.table_id.clone(),
            before: maybe(before),
            landed: maybe(landed),
            first: maybe(versions.map(|versions| *versions.start())),
            last: facts.version,
            changes: counted,
            moved: false,
        };
        let mut next = CdfCursor::new(cursor, facts.version);
        next.table_id = facts.table_id;
        next.schema_fingerprint = Maybe::Set(schema);
        Ok(Self { store, from, next, event })
    }

    async fn advance(&mut self, run_id: Option<&str>) -> Result<()> {
        if self.from.as_ref().is_some_and(|from| from.cursor().last_version == self.next.last_version) {
            return Ok(());
        }
        self.next.run_id = maybe(run_id.map(str::to_owned));
        self.next.updated_at = Maybe::Set(Timestamp::now());
        let moved = self.store.advance(self.from.as_ref(), &self.next).await;
        moved.map_err(|error| Error::new(ErrorKind::Sink, error.to_string()))?;
        self.event.moved = true;
        Ok(())
    }
}

/// The name under which a sink keeps what it holds of a cursor's changes: versions of one table say nothing of another
/// that took its place.
fn application(cursor: &str, table_id: &Maybe<String>) -> String {
    let table = table_id.as_ref().into_option().map_or("", String::as_str);
    format!("proofmark/{cursor}/{table}")
}

fn register(session: &Session, name: &str, feed: Arc<dyn datafusion::catalog::TableProvider>) -> Result<()> {
    let name = format!("{name}{CHANGES_SUFFIX}");
    let reference = TableReference::bare(name.as_str());
    if session.context().table_exist(reference.clone())? {
        return Err(Error::new(
            ErrorKind::Usage,
            format!("there is a table `{name}` already; it would hide the changes"),
        ));
    }
    session.context().register_table(reference, feed)?;
    Ok(())
}

/// A cursor belongs to one table, and never stands beyond its end.
fn check_identity(
    spec: &TableSpec,
    cursor: Option<&CdfCursor>,
    facts: &proofmark_artifacts::DeltaRecord,
) -> Result<()> {
    let Some(cursor) = cursor else { return Ok(()) };
    let refused = |what: String| {
        Err(Error::new(ErrorKind::Data, what)
            .with_help(format!("to start anew: `proofmark cursor reset {}`", cursor.dataset_name)))
    };
    if let (Maybe::Set(known), Maybe::Set(found)) = (&cursor.table_id, &facts.table_id)
        && known != found
    {
        return refused(format!("`{}` is table {found}; its cursor is of table {known}", spec.name));
    }
    if cursor.last_version > facts.version {
        return refused(format!(
            "the cursor of `{}` is at version {}, and the table ends at {}",
            spec.name, cursor.last_version, facts.version
        ));
    }
    Ok(())
}

fn nothing_incremental(tables: &[TableSpec]) -> Error {
    let delta = tables.iter().find(|spec| crate::table::is_delta(&spec.path));
    let error = Error::new(ErrorKind::Usage, "no statement reads the changes of a Delta table".to_owned());
    error.with_help(match delta {
        Some(spec) => format!("read `{}{CHANGES_SUFFIX}` in the SQL", spec.name),
        None => "name a Delta table with --table NAME=DIR, and read `NAME_changes` in the SQL".to_owned(),
    })
}

/// The plain names of all tables that the statements read, folded as SQL folds them.
fn relations(statements: &[Statement]) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for statement in statements {
        let parsed = match &statement.form {
            Form::Sql(parsed) => parsed,
            Form::Substrait(plan) => {
                names.extend(plan.tables().iter().cloned());
                continue;
            }
        };
        match parsed {
            Parsed::Statement(sql) => collect(sql.as_ref(), &mut names),
            Parsed::CopyTo(copy) => match &copy.source {
                CopyToSource::Query(query) => collect(query.as_ref(), &mut names),
                CopyToSource::Relation(name) => insert(name, &mut names),
            },
            Parsed::Explain(_) | Parsed::CreateExternalTable(_) | Parsed::Reset(_) => {}
        }
    }
    names
}

fn collect(sql: &impl Visit, names: &mut BTreeSet<String>) {
    let _ = visit_relations(sql, |name| {
        insert(name, names);
        ControlFlow::<()>::Continue(())
    });
}

fn insert(name: &ObjectName, names: &mut BTreeSet<String>) {
    let Some(part) = name.0.last().and_then(|part| part.as_ident()) else { return };
    names.insert(match part.quote_style {
        Some(_) => part.value.clone(),
        None => part.value.to_lowercase(),
    });
}
