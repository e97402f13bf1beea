//! `proofmark run`: a pipeline of SQL statements on the embedded engine, and the record of it.

mod incremental;
mod interrupt;
mod output;
mod pipeline;
mod profile;
mod progress;
mod result;
mod script;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use proofmark_artifacts::{FailureStage, RunId};
use proofmark_datafusion::{Engine, Error, ErrorKind, Recorder, RunOptions, RunOutcome, Setting, TableSpec};

use crate::cmd::ls::{status_style, status_word};
use crate::failure::{Failure, Result, Verdict};
use crate::render::quantity;
use crate::render::text::{escape, escape_lines, plural};
use crate::screen::Screen;
use crate::store::Recording;
use incremental::Changes;
use output::Output;
use profile::Chosen;
use progress::Progress;
use result::ResultSink;
use script::Script;

/// Rows that are shown of a result, unless --maxrows says otherwise.
const ROWS_SHOWN: usize = 40;

/// Runs SQL files, pipelines and Substrait plans, and leaves a record of the run
///
/// The statements run one after the other, up to the first that fails; results go to standard output. Whether the run
/// succeeds or fails, it leaves a bundle of records below --runs: `proofmark ls` lists them, `proofmark show` shows them.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  proofmark run pipeline.sql
  proofmark run tables.sql report.sql --format csv > report.csv
  proofmark run report.sql --table flights=data/flights.parquet --output report.parquet
  proofmark run tables.sql plan-of-ibis.substrait
  proofmark run nightly.toml
  proofmark run nightly.sql --table orders=lake/orders --incremental --output delta:lake/report
  proofmark run nightly.sql --runs s3://lake/runs
  proofmark run --command \"SELECT count(*) FROM f\" --table f=data/")]
pub(crate) struct Args {
    /// The files with the statements, in order: SQL, one Substrait plan each, or a pipeline of named steps as TOML; `-` is
    /// SQL from standard input
    #[arg(value_name = "FILE", required_unless_present = "command")]
    files: Vec<PathBuf>,
    /// Statements to run after those of the files
    #[arg(short, long, value_name = "SQL")]
    command: Vec<String>,
    /// Make a file or directory readable as a table
    #[arg(short, long = "table", value_name = "NAME=PATH")]
    tables: Vec<TableSpec>,
    /// How to print results
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    format: Format,
    /// Show so many rows of each result, or `inf`; for tables only
    #[arg(long, value_name = "N", default_value = "40", value_parser = parse_max_rows)]
    maxrows: usize,
    /// Write the last result to a file, or append it to a Delta table; no result is printed
    #[arg(short, long, value_name = "FILE.parquet|delta:DIR")]
    output: Option<Output>,
    #[command(flatten)]
    incremental: Changes,
    /// Where the statements run: `local`, or `ballista://HOST:PORT`
    #[arg(long, value_name = "ENGINE", default_value = "local")]
    engine: Engine,
    #[command(flatten)]
    profile: Chosen,
    /// Read the SQL as this dialect writes it, such as postgresql, snowflake or bigquery
    #[arg(long, value_name = "NAME")]
    dialect: Option<String>,
    /// The whole id of the run whose work this one does again, as `replay` gives it
    #[arg(long, value_name = "RUN", hide = true, value_parser = parse_run_id)]
    replay_of: Option<RunId>,
    /// Change one setting of the engine
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = parse_setting)]
    settings: Vec<Setting>,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table with a frame, and the number of rows.
    #[default]
    Table,
    /// Comma-separated values with a header line.
    Csv,
    /// An array of objects per result.
    Json,
    /// An object per line.
    Ndjson,
}

fn parse_max_rows(text: &str) -> Result<usize, String> {
    match text {
        "inf" => Ok(usize::MAX),
        _ => text.parse().map_err(|_| format!("expected a number or `inf`, {ROWS_SHOWN} by default")),
    }
}

fn parse_setting(text: &str) -> Result<Setting, &'static str> {
    let (key, value) = text.split_once('=').ok_or("expected KEY=VALUE")?;
    Ok(command_line(key, value))
}

fn parse_run_id(text: &str) -> Result<RunId, &'static str> {
    RunId::parse(text).ok_or("expected the whole id of a run")
}

fn command_line(key: &str, value: &str) -> Setting {
    Setting { key: key.to_owned(), value: value.to_owned(), origin: "command line".to_owned() }
}

impl Args {
    pub(crate) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let script = Script::read(&self.files, &self.command)?;
        let recording = Recording::begin(&self.incremental.cursors.runs.place)?;
        let recorder = Recorder::new(self.options(&script, recording.local().path())?);
        interrupt::cancel_on_interrupt(recorder.cancel());
        let progress = Progress::new();
        let outcome = match &self.output {
            Some(output) => {
                recorder.run(script.program().clone(), &mut *output.sink(), &mut progress.observer())
            }
            None => {
                let mut sink = ResultSink::new(self.format, self.maxrows, screen, &progress);
                recorder.run(script.program().clone(), &mut sink, &mut progress.observer())
            }
        };
        // The reader of the output may have gone: the run was made and is recorded all the same.
        let flushed =
            screen.flush().or_else(|failure| if failure.is_closed() { Ok(()) } else { Err(failure) });
        let last_line = last_line(&outcome, &recording, screen);
        flushed?;
        if let Some((stage, error)) = &outcome.failure {
            return Err(failure(*stage, error, &script).with_note(last_line));
        }
        screen.note(&last_line);
        Ok(Verdict::Clean)
    }

    /// The settings as given; one that names the dialect too comes later, and decides.
    fn settings(&self) -> Vec<Setting> {
        let dialect = self.dialect.iter().map(|name| command_line("datafusion.sql_parser.dialect", name));
        dialect.chain(self.settings.iter().cloned()).collect()
    }

    /// Those of pipelines, where the command line names no other of that name, and those of the command line.
    fn tables(&self, script: &Script) -> Vec<TableSpec> {
        let is_named = |name: &str| self.tables.iter().any(|table| table.name == name);
        let of_pipelines = script.tables().iter().filter(|table| !is_named(&table.name));
        of_pipelines.chain(&self.tables).cloned().collect()
    }

    fn options(&self, script: &Script, runs: &Path) -> Result<RunOptions> {
        Ok(RunOptions {
            engine: self.engine.clone(),
            profile: self.profile.resolve()?,
            tables: self.tables(script),
            settings: self.settings(),
            incremental: self.incremental.options(script.label().as_deref())?,
            pipeline: script.label(),
            replay_of: self.replay_of.clone(),
            ..RunOptions::new(runs)
        })
    }
}

/// Where and why a run failed, and what to do.
fn failure(stage: FailureStage, error: &Error, script: &Script) -> Failure {
    let place = error.position().map_or(String::new(), |position| format!("{}: ", script.place(position)));
    let doing = match (error.kind(), stage) {
        (ErrorKind::Cancelled | ErrorKind::Policy, _) | (_, FailureStage::Input) => "",
        (_, FailureStage::Parse) => "this is not SQL: ",
        (_, FailureStage::Plan) => "this cannot be planned: ",
        (_, FailureStage::Execute) => "the statement failed: ",
        (_, FailureStage::Output) => "the result cannot be written: ",
    };
    let message = format!("{}{doing}{}", escape(&place), escape_lines(error.message()));
    let help = error.help().or_else(|| help(error.kind()));
    Failure::incomplete(message).with_some_help(help.map(|help| escape(help).into_owned()))
}

/// What can be done where the engine itself has no advice.
fn help(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::NotFound => Some("check the path; relative paths start where the command is run"),
        ErrorKind::Unsupported => Some("write it another way; the engine's SQL reference says what it knows"),
        _ => None,
    }
}

/// Brings the record to where it belongs, and tells the run, how it ended, and where that is.
fn last_line(outcome: &RunOutcome, recording: &Recording, screen: &Screen) -> String {
    let status = screen.error_paint().in_style(status_style(outcome.status), status_word(outcome.status));
    let count = plural(outcome.statements.len(), "statement", "statements");
    let Some(bundle) = &outcome.bundle else {
        return format!("run {status}, {count}, not recorded");
    };
    let summary = &bundle.index.summary;
    let elapsed = summary
        .elapsed_ns
        .into_option()
        .map_or(String::new(), |ns| format!(" in {}", quantity::duration(ns)));
    let place = recording.finish(&bundle.path, screen);
    format!("run {}: {status}, {count}{elapsed}, recorded in {}", bundle.index.run_id.short(), escape(&place))
}
