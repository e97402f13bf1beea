//! Where and with what a run is made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use proofmark_artifacts::{ConfigEntry, GitRecord, HostRecord, PlatformRecord, Repro, ToolchainRecord};

use crate::git::Checkout;
use crate::journal::maybe;
use crate::table::TableSpec;

/// Environment variables that are recorded, and no others: an environment holds secrets.
pub const ENVIRONMENT_RECORDED: &[&str] =
    &["CI", "LANG", "LC_ALL", "NO_COLOR", "RUST_BACKTRACE", "RUST_LOG", "TERM", "TOKIO_WORKER_THREADS", "TZ"];

/// The crates whose versions are recorded besides this one's, as the build's lock file has them.
const LOCKED_PACKAGES: &str = env!("PROOFMARK_PACKAGES");

/// How long a run that has ended waits to hear whether files of the checkout were changed.
const GIT_PATIENCE: Duration = Duration::from_millis(500);

/// Where the process is; what takes long to find out is looked for beside the run.
pub(crate) struct Surroundings {
    directory: Option<PathBuf>,
    git: Option<GitRecord>,
    dirty: mpsc::Receiver<Option<bool>>,
}

impl Surroundings {
    /// Starts to look around.
    pub(crate) fn start() -> Self {
        let directory = std::env::current_dir().ok();
        let checkout = directory.as_deref().and_then(Checkout::find);
        let git = checkout.as_ref().map(Checkout::record);
        let (sender, dirty) = mpsc::channel();
        if let Some(checkout) = checkout {
            // Nobody waits for this thread: a checkout on a slow disk must not hold up a run.
            std::thread::spawn(move || sender.send(checkout.is_dirty()));
        }
        Self { directory, git, dirty }
    }

    /// What was found, with the settings and the tables that the user gave.
    pub(crate) fn finish(self, config: Vec<ConfigEntry>, tables: &[TableSpec]) -> Repro {
        let mut git = self.git;
        if let Some(git) = &mut git {
            git.dirty = maybe(self.dirty.recv_timeout(GIT_PATIENCE).ok().flatten());
        }
        Repro {
            host: host(),
            platform: PlatformRecord {
                os: std::env::consts::OS.to_owned(),
                arch: std::env::consts::ARCH.to_owned(),
            },
            toolchain: ToolchainRecord {
                rustc: env!("PROOFMARK_RUSTC").to_owned(),
                target: env!("PROOFMARK_TARGET").to_owned(),
                profile: env!("PROOFMARK_PROFILE").to_owned(),
            },
            packages: packages(),
            git: maybe(git),
            command: std::env::args_os().map(|word| word.to_string_lossy().into_owned()).collect(),
            working_directory: maybe(self.directory.map(|path| path.to_string_lossy().into_owned())),
            tables: tables
                .iter()
                .map(|table| (table.name.clone(), table.path.to_string_lossy().into()))
                .collect(),
            environment: environment(),
            config,
        }
    }
}

/// The version of the SQL parser, for records that hold its trees.
pub(crate) fn parser_version() -> String {
    packages().remove("sqlparser").unwrap_or_else(|| "unknown".to_owned())
}

fn packages() -> BTreeMap<String, String> {
    let locked = LOCKED_PACKAGES.split(' ').filter_map(|entry| entry.split_once('='));
    let mut packages: BTreeMap<_, _> =
        locked.map(|(name, version)| (name.to_owned(), version.to_owned())).collect();
    // Those that can say it themselves are asked: the lock file may be another build's.
    packages.insert("proofmark".to_owned(), env!("CARGO_PKG_VERSION").to_owned());
    packages.insert("datafusion".to_owned(), datafusion::DATAFUSION_VERSION.to_owned());
    packages.insert("arrow".to_owned(), datafusion::arrow::ARROW_VERSION.to_owned());
    packages
}

fn environment() -> BTreeMap<String, String> {
    let value = |name: &&str| Some(((*name).to_owned(), std::env::var(name).ok()?));
    ENVIRONMENT_RECORDED.iter().filter_map(value).collect()
}

fn host() -> HostRecord {
    let processors = std::thread::available_parallelism().map_or(1, |count| count.get());
    HostRecord {
        hostname: maybe(first_line("/proc/sys/kernel/hostname").or_else(|| std::env::var("HOSTNAME").ok())),
        kernel: maybe(first_line("/proc/sys/kernel/osrelease")),
        cpu_count: u32::try_from(processors).unwrap_or(u32::MAX),
        cpu_model: maybe(proc_value("/proc/cpuinfo", "model name")),
        memory_bytes: maybe(proc_value("/proc/meminfo", "MemTotal").and_then(|text| kibibytes(&text))),
        time_zone: maybe(time_zone()),
    }
}

fn first_line(path: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    text.lines().next().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned)
}

/// The value of the first `key : value` line of a file that the kernel writes.
fn proc_value(path: &str, key: &str) -> Option<String> {
    let text = std::fs::read_to_string(path).ok()?;
    let pairs = text.lines().filter_map(|line| line.split_once(':'));
    pairs.into_iter().find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim().to_owned())
}

fn kibibytes(text: &str) -> Option<u64> {
    text.strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// The zone's name: from the environment, or from where the system's zone file is linked to.
fn time_zone() -> Option<String> {
    if let Ok(zone) = std::env::var("TZ") {
        return Some(zone).filter(|zone| !zone.is_empty());
    }
    let target = std::fs::read_link(Path::new("/etc/localtime")).ok()?;
    let target = target.to_string_lossy().into_owned();
    target.split_once("zoneinfo/").map(|(_, zone)| zone.to_owned())
}
