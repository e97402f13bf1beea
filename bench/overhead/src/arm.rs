//! One run, with or without the recorder.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use futures::StreamExt;
use proofmark_datafusion::datafusion::arrow::datatypes::SchemaRef;
use proofmark_datafusion::datafusion::arrow::record_batch::RecordBatch;
use proofmark_datafusion::datafusion::execution::memory_pool::FairSpillPool;
use proofmark_datafusion::datafusion::execution::runtime_env::RuntimeEnvBuilder;
use proofmark_datafusion::datafusion::prelude::SessionContext;
use proofmark_datafusion::{
    Discard, PROFILE_DEFAULT, RUN_STACK_BYTES, Recorder, RunOptions, Session, Sink, StatementHead, TableSpec,
    built_in_profile,
};

use crate::Result;

/// The tables of the benchmark.
const TABLES: [&str; 8] =
    ["customer", "lineitem", "nation", "orders", "part", "partsupp", "region", "supplier"];

/// With or without.
#[derive(Clone, Copy)]
pub(crate) enum Arm {
    Plain,
    Recorded,
}

impl Arm {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Recorded => "recorded",
        }
    }
}

/// Runs queries, whose names have commas between them, and prints their rows, wall time and peak memory.
pub(crate) fn run(arm: &str, data: &Path, queries: &str) -> Result<()> {
    let sqls = queries.split(',').map(read).collect::<Result<Vec<_>>>()?;
    let tables =
        TABLES.map(|name| TableSpec { name: name.to_owned(), path: data.join(format!("{name}.parquet")) });
    let runs = tempfile::tempdir()?;
    let begin = Instant::now();
    let rows = match arm {
        "recorded" => recorded(&sqls.join("\n;\n"), &tables, runs.path())?,
        _ => plain(&sqls, &tables)?,
    };
    println!("{rows} {} {}", begin.elapsed().as_nanos(), peak_memory_bytes()?);
    Ok(())
}

fn read(query: &str) -> Result<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/tpch").join(format!("{query}.sql"));
    Ok(std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?)
}

/// The engine alone, with the settings of the recorder's default profile.
fn plain(sqls: &[String], tables: &[TableSpec]) -> Result<u64> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(RUN_STACK_BYTES)
        .build()?;
    runtime.block_on(async {
        let profile = built_in_profile(PROFILE_DEFAULT)?;
        // The settings and nothing else: the runtime below is the engine's own.
        let config = Session::new(profile.clone())?.context().copied_config();
        let mut environment = RuntimeEnvBuilder::new();
        if let Some(bytes) = profile.memory_bytes_max.into_option() {
            let bytes = usize::try_from(bytes)?;
            environment = environment.with_memory_pool(Arc::new(FairSpillPool::new(bytes)));
        }
        let context = SessionContext::new_with_config_rt(config, environment.build_arc()?);
        for table in tables {
            let path = table.path.display().to_string();
            context.register_parquet(table.name.as_str(), path, Default::default()).await?;
        }
        let mut rows = 0;
        for sql in sqls {
            let mut batches = context.sql(sql).await?.execute_stream().await?;
            while let Some(batch) = batches.next().await {
                rows += batch?.num_rows() as u64;
            }
        }
        Ok(rows)
    })
}

fn recorded(sql: &str, tables: &[TableSpec], runs: &Path) -> Result<u64> {
    let mut options = RunOptions::new(runs);
    options.tables = tables.to_vec();
    let mut rows = Count(0);
    let outcome = Recorder::new(options).run(sql, &mut rows, &mut Discard);
    if let Some((_, error)) = outcome.failure {
        return Err(error.into());
    }
    if let Some(warning) = outcome.warnings.first() {
        return Err(warning.clone().into());
    }
    Ok(rows.0)
}

struct Count(u64);

impl Sink for Count {
    fn begin(&mut self, _: &StatementHead<'_>, _: &SchemaRef) -> proofmark_datafusion::Result<()> {
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch) -> proofmark_datafusion::Result<()> {
        self.0 += batch.num_rows() as u64;
        Ok(())
    }

    fn end(&mut self) -> proofmark_datafusion::Result<()> {
        Ok(())
    }
}

/// The most memory that the process had resident at once, as the kernel counts it.
fn peak_memory_bytes() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kibibytes * 1024)
}
