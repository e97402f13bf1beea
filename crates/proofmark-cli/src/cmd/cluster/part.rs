//! One process of a cluster; it ends when the process that started it does.

use std::io::Read;
use std::net::SocketAddr;
use std::path::PathBuf;

use proofmark_datafusion::RUN_STACK_BYTES;
use proofmark_datafusion::cluster::{ExecutorOptions, SchedulerOptions, executor, scheduler};

use crate::failure::{Failure, Result, Verdict};

/// The scheduler of a cluster.
#[derive(clap::Args)]
pub(super) struct Scheduler {
    #[arg(long)]
    address: SocketAddr,
    #[arg(long)]
    executors: usize,
    #[arg(long)]
    events: Option<PathBuf>,
}

/// An executor of a cluster.
#[derive(clap::Args)]
pub(super) struct Executor {
    #[arg(long)]
    scheduler: SocketAddr,
    #[arg(long)]
    port: u16,
    #[arg(long)]
    control_port: u16,
    #[arg(long)]
    cores: usize,
    #[arg(long)]
    work: PathBuf,
}

impl Scheduler {
    pub(super) fn run(self) -> Result<Verdict> {
        let Self { address, executors, events } = self;
        serve(scheduler(SchedulerOptions { address, executors, events }))
    }
}

impl Executor {
    pub(super) fn run(self) -> Result<Verdict> {
        let Self { scheduler, port, control_port, cores, work } = self;
        serve(executor(ExecutorOptions { scheduler, port, control_port, cores, work }))
    }
}

/// Runs a process of a cluster until it fails, or until its input ends: whoever started it holds the other end.
fn serve(work: impl Future<Output = proofmark_datafusion::Result<()>>) -> Result<Verdict> {
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .thread_stack_size(RUN_STACK_BYTES)
        .build()
        .map_err(|error| Failure::incomplete(format!("cannot start the runtime: {error}")))?;
    runtime.block_on(work).map_err(|error| Failure::incomplete(error.to_string()))?;
    Ok(Verdict::Clean)
}
