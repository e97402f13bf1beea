//! The two kinds of process that a cluster is made of.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use ballista_core::error::BallistaError;
use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use ballista_scheduler::cluster::BallistaCluster;
use ballista_scheduler::config::SchedulerConfig;
use ballista_scheduler::scheduler_process::start_server;

use crate::error::{Error, ErrorKind, Result};

/// Time between two signs of life of an executor.
const HEARTBEAT_SECONDS: u64 = 2;

/// Silence after which an executor is taken for dead, and its work given to others.
const TIMEOUT_SECONDS: u64 = 10;

/// How a scheduler is set up.
#[derive(Clone, Debug)]
pub struct SchedulerOptions {
    /// Where it listens, for clients and executors alike.
    pub address: SocketAddr,
    /// Executors that must be there before `GET /readyz` answers 200.
    pub executors: usize,
    /// The directory that takes one event log per job.
    pub events: Option<PathBuf>,
}

/// Runs a scheduler until its process ends.
///
/// # Errors
/// Fails when the address is taken.
pub async fn scheduler(options: SchedulerOptions) -> Result<()> {
    let config = SchedulerConfig {
        external_host: options.address.ip().to_string(),
        bind_host: options.address.ip().to_string(),
        bind_port: options.address.port(),
        min_ready_executors: options.executors,
        executor_timeout_seconds: TIMEOUT_SECONDS,
        expire_dead_executor_interval_seconds: HEARTBEAT_SECONDS,
        no_executors_grace_period_seconds: TIMEOUT_SECONDS,
        event_log_dir: options.events.map(|dir| dir.to_string_lossy().into_owned()),
        ..SchedulerConfig::default()
    };
    let config = Arc::new(config);
    let cluster =
        BallistaCluster::new_from_config(&config).await.map_err(|error| failed("scheduler", &error))?;
    start_server(cluster, options.address, config).await.map_err(|error| failed("scheduler", &error))
}

/// How an executor is set up.
#[derive(Clone, Debug)]
pub struct ExecutorOptions {
    /// The scheduler it works for.
    pub scheduler: SocketAddr,
    /// Its port for other executors.
    pub port: u16,
    /// Its port for the scheduler.
    pub control_port: u16,
    /// Tasks it runs at once.
    pub cores: usize,
    /// The directory for what stages leave to each other.
    pub work: PathBuf,
}

/// Runs an executor until its process ends.
///
/// # Errors
/// Fails when a port is taken or the scheduler is not there.
pub async fn executor(options: ExecutorOptions) -> Result<()> {
    let config = ExecutorProcessConfig {
        bind_host: options.scheduler.ip().to_string(),
        external_host: Some(options.scheduler.ip().to_string()),
        port: options.port,
        grpc_port: options.control_port,
        scheduler_host: options.scheduler.ip().to_string(),
        scheduler_port: options.scheduler.port(),
        scheduler_connect_timeout_seconds: TIMEOUT_SECONDS as u16,
        executor_heartbeat_interval_seconds: HEARTBEAT_SECONDS,
        vcores: options.cores,
        work_dir: Some(options.work.to_string_lossy().into_owned()),
        ..ExecutorProcessConfig::default()
    };
    start_executor_process(Arc::new(config)).await.map_err(|error| failed("executor", &error))
}

fn failed(what: &str, error: &BallistaError) -> Error {
    Error::new(ErrorKind::Io, format!("the {what} stopped: {error}"))
}
