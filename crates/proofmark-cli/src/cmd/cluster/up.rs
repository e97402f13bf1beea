//! `cluster up`: a scheduler and its executors, as processes of their own.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::failure::{Failure, Result, Verdict};
use crate::render::text::plural;
use crate::screen::Screen;

/// Most executors that one machine is asked for.
const EXECUTORS_MAX: u16 = 64;

/// How long a cluster may take to be ready.
const READY_MAX: Duration = Duration::from_secs(60);

/// Time between two looks at the processes.
const LOOK_INTERVAL: Duration = Duration::from_millis(100);

/// Starts a scheduler and executors on this machine, and stays until it is interrupted
#[derive(clap::Args)]
pub(super) struct Args {
    /// How many executors
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u16).range(1..=i64::from(EXECUTORS_MAX)))]
    executors: u16,
    /// Tasks that each executor runs at once
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1024))]
    cores: u16,
    /// The port of the scheduler; 0 takes any that is free
    #[arg(long, value_name = "PORT", default_value_t = 50050)]
    port: u16,
}

impl Args {
    pub(super) fn run(self, screen: &mut Screen) -> Result<Verdict> {
        let work =
            tempfile::tempdir().map_err(|error| cannot("make a directory for the executors", &error))?;
        let mut cluster = Cluster::start(&self, &work)?;
        cluster.wait_until_ready()?;
        let executors = plural(usize::from(self.executors), "executor", "executors");
        screen.print(&format!("ballista://{}\n", cluster.scheduler))?;
        screen.flush()?;
        screen.note(&format!("{executors}; ctrl-c ends them"));
        cluster.watch()
    }
}

/// The processes; they end with this value, since it holds the other end of their input.
struct Cluster {
    scheduler: SocketAddr,
    parts: Vec<(String, Child)>,
}

impl Cluster {
    fn start(args: &Args, work: &TempDir) -> Result<Self> {
        let ports = free_ports(args.port, 2 * usize::from(args.executors))
            .map_err(|error| cannot("find free ports", &error))?;
        let [scheduler, ports @ ..] = &ports[..] else { return Err(Failure::incomplete("no port is free")) };
        let scheduler = SocketAddr::from((Ipv4Addr::LOCALHOST, *scheduler));
        let mut cluster = Self { scheduler, parts: Vec::new() };
        let (address, executors) = (scheduler.to_string(), args.executors.to_string());
        cluster.spawn("scheduler", work.path(), &["--address", &address, "--executors", &executors])?;
        for (idx, pair) in ports.chunks_exact(2).enumerate() {
            let dir = work.path().join(format!("executor-{idx}"));
            std::fs::create_dir(&dir).map_err(|error| cannot("make a directory for an executor", &error))?;
            let [port, control, cores] = [pair[0], pair[1], args.cores].map(|number| number.to_string());
            let dir_text = dir.to_string_lossy();
            let args = ["--scheduler", &address, "--port", &port, "--control-port", &control];
            let args = [&args[..], &["--cores", &cores, "--work", &dir_text]].concat();
            cluster.spawn("executor", &dir, &args)?;
        }
        Ok(cluster)
    }

    fn spawn(&mut self, part: &str, dir: &Path, args: &[&str]) -> Result<()> {
        let program = std::env::current_exe().map_err(|error| cannot("find this program", &error))?;
        let log = std::fs::File::create(dir.join(format!("{part}.log")))
            .map_err(|error| cannot("make a log", &error))?;
        let child = Command::new(program)
            .args(["cluster", part])
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        let child = child.map_err(|error| cannot("start a process", &error))?;
        let name = match part {
            "executor" => format!("executor {}", self.parts.len()),
            part => part.to_owned(),
        };
        self.parts.push((name, child));
        Ok(())
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let begin = Instant::now();
        while !is_ready(self.scheduler) {
            if let Some(name) = self.ended() {
                return Err(Failure::incomplete(format!("the {name} ended before the cluster was ready"))
                    .with_help("is the port taken? --port 0 takes a free one"));
            }
            if begin.elapsed() > READY_MAX {
                let seconds = READY_MAX.as_secs();
                return Err(Failure::incomplete(format!("the cluster was not ready within {seconds} s")));
            }
            std::thread::sleep(LOOK_INTERVAL);
        }
        Ok(())
    }

    /// Stays for as long as the scheduler does; tells which executors are lost.
    fn watch(mut self) -> Result<Verdict> {
        let interrupted = interrupt()?;
        while !interrupted.load(Ordering::Relaxed) {
            match self.ended() {
                Some(name) if name == "scheduler" => return Err(Failure::incomplete("the scheduler ended")),
                Some(name) => {
                    let _ = writeln!(io::stderr(), "the {name} ended");
                    self.parts.retain(|(part, _)| *part != name);
                }
                None => std::thread::sleep(LOOK_INTERVAL),
            }
        }
        Ok(Verdict::Clean)
    }

    /// The name of a process that is not there any more.
    fn ended(&mut self) -> Option<String> {
        let has_ended = |child: &mut Child| !matches!(child.try_wait(), Ok(None));
        self.parts.iter_mut().find_map(|(name, child)| has_ended(child).then(|| name.clone()))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for (_, child) in &mut self.parts {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// The scheduler's port and `count` further ones, all free now.
fn free_ports(first: u16, count: usize) -> io::Result<Vec<u16>> {
    let listen = |port| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    let mut listeners = vec![listen(first)?];
    for _ in 0..count {
        listeners.push(listen(0)?);
    }
    listeners.iter().map(|listener| Ok(listener.local_addr()?.port())).collect()
}

/// Whether the scheduler says that all its executors are there.
fn is_ready(scheduler: SocketAddr) -> bool {
    let ask = || -> io::Result<bool> {
        let mut stream = TcpStream::connect_timeout(&scheduler, LOOK_INTERVAL)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut status = [0; 12];
        stream.read_exact(&mut status)?;
        Ok(status.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

/// Becomes true when the user presses ctrl-c: what the processes left on disk is to be removed.
fn interrupt() -> Result<Arc<AtomicBool>> {
    let interrupted = Arc::new(AtomicBool::new(false));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| cannot("start the runtime", &error))?;
    let is_interrupted = interrupted.clone();
    std::thread::spawn(move || {
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            is_interrupted.store(true, Ordering::Relaxed);
        }
    });
    Ok(interrupted)
}

fn cannot(doing: &str, error: &io::Error) -> Failure {
    Failure::incomplete(format!("cannot {doing}: {error}"))
}
