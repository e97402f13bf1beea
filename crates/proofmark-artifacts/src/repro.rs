//! What is needed to repeat a run.

use std::collections::BTreeMap;

use proofmark::{Maybe, Record};

/// Where and with what a run was made.
///
/// Most of it says where the work was done, not what the work was, and is volatile: the same query over the same data
/// on another machine, in another checkout, is the same work. The versions are not volatile: another engine is.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag = "repro.v1")]
pub struct Repro {
    /// The machine.
    #[field(volatile = "host")]
    pub host: HostRecord,
    /// The operating system and processor family the binary was built for.
    pub platform: PlatformRecord,
    /// What built the binary. Volatile: it says how the tool was made, not what it did.
    #[field(volatile = "host")]
    pub toolchain: ToolchainRecord,
    /// Version of each crate that shapes the record or the result: the recorder, the engine, Arrow, the parser.
    pub packages: BTreeMap<String, String>,
    /// State of the checkout the run was started in. Volatile: a commit elsewhere in it is not other work.
    #[field(volatile = "host", absent = "the run was not started inside a git checkout")]
    pub git: Maybe<GitRecord>,
    /// The command line. Volatile: it holds paths.
    #[field(volatile = "path", default)]
    pub command: Vec<String>,
    /// The directory the run was started in. Volatile: it is a path.
    #[field(volatile = "path", absent = "it could not be read")]
    pub working_directory: Maybe<String>,
    /// Files and directories that were readable as tables before the first statement, by name. Volatile: they are paths.
    #[field(volatile = "path", default)]
    pub tables: BTreeMap<String, String>,
    /// Environment variables on the allow-list, and no others: an environment holds secrets.
    /// Volatile: they belong to the shell the run was started from.
    #[field(volatile = "host", default)]
    pub environment: BTreeMap<String, String>,
    /// Settings the user gave, each with the place it came from.
    #[field(default)]
    pub config: Vec<ConfigEntry>,
}

/// The machine a run was made on.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct HostRecord {
    /// Its name in the network.
    #[field(volatile = "host", absent = "it could not be read")]
    pub hostname: Maybe<String>,
    /// The kernel's release.
    #[field(volatile = "host", absent = "it could not be read")]
    pub kernel: Maybe<String>,
    /// Processors the run could use.
    #[field(volatile = "host", ge = 1)]
    pub cpu_count: u32,
    /// The processor's model.
    #[field(volatile = "host", absent = "it could not be read")]
    pub cpu_model: Maybe<String>,
    /// Memory of the machine.
    #[field(volatile = "host", absent = "it could not be read")]
    pub memory_bytes: Maybe<u64>,
    /// Time zone of the process.
    #[field(volatile = "host", absent = "it could not be read")]
    pub time_zone: Maybe<String>,
}

/// What the binary was built for.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct PlatformRecord {
    /// Operating system, as Rust names it: `linux`.
    #[field(min_len = 1)]
    pub os: String,
    /// Processor family, as Rust names it: `x86_64`.
    #[field(min_len = 1)]
    pub arch: String,
}

/// What built the binary.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ToolchainRecord {
    /// The compiler and its version.
    pub rustc: String,
    /// The target triple.
    pub target: String,
    /// The build profile: `debug`, `release`.
    pub profile: String,
}

/// State of a git checkout.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct GitRecord {
    /// The commit checked out.
    #[field(absent = "the repository has no commit yet")]
    pub revision: Maybe<String>,
    /// The branch checked out.
    #[field(absent = "no branch is checked out")]
    pub branch: Maybe<String>,
    /// Whether tracked files differ from the commit.
    #[field(absent = "it could not be told in time")]
    pub dirty: Maybe<bool>,
}

/// One setting.
#[derive(Record, Clone, Debug, PartialEq)]
pub struct ConfigEntry {
    /// Its name.
    #[field(min_len = 1)]
    pub key: String,
    /// Its value.
    #[field(null = "the setting is known and has no value")]
    pub value: Option<String>,
    /// Where the value came from: `default`, `file`, `environment`, `command line`, `statement`.
    pub origin: String,
}
