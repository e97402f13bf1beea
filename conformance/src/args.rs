//! The command line.

use std::path::PathBuf;

/// What to do.
#[derive(Debug, Default)]
pub(crate) struct Args {
    /// The directory of vector files.
    pub(crate) directory: PathBuf,
    /// Where `select` writes a selection of the cases.
    pub(crate) select_into: Option<PathBuf>,
    /// How many failures to print.
    pub(crate) failures: usize,
    /// The only kind of file to replay.
    pub(crate) file: Option<String>,
    /// A text that the line of a case must hold.
    pub(crate) filter: Option<String>,
    /// The deviation whose cases to print.
    pub(crate) deviation: Option<String>,
    /// Whether types are put together instead of taken from the table.
    pub(crate) dynamic: bool,
    /// Whether to list deviations and skips.
    pub(crate) verbose: bool,
}

/// How the command is called.
pub(crate) const USAGE: &str = "\
usage: conformance [OPTIONS] DIR
       conformance select DIR INTO

Replays the vector files of DIR, or writes a small selection of their cases.

  --file KIND      replay only KIND.jsonl
  --filter TEXT    replay only cases whose line holds TEXT
  --failures N     print the first N failures (default 10)
  --deviation ID   print the cases that a deviation explains
  --dynamic        put types together from those with a name, which is done otherwise
                   for those only that the table does not have
  --verbose        list what each deviation and each skip concerns
";

impl Args {
    /// Reads the arguments after the command's name.
    pub(crate) fn parse(args: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut parsed = Self { failures: 10, ..Self::default() };
        let mut paths = Vec::new();
        let mut args = args.peekable();
        let select = args.next_if(|arg| arg == "select").is_some();
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or_else(|| format!("{arg} needs a value"));
            match arg.as_str() {
                "--file" => parsed.file = Some(value()?),
                "--filter" => parsed.filter = Some(value()?),
                "--deviation" => parsed.deviation = Some(value()?),
                "--failures" => {
                    parsed.failures = value()?.parse().map_err(|_| "--failures needs a number".to_owned())?;
                }
                "--dynamic" => parsed.dynamic = true,
                "--verbose" => parsed.verbose = true,
                _ if arg.starts_with('-') => return Err(format!("unknown option {arg}")),
                _ => paths.push(PathBuf::from(arg)),
            }
        }
        match (select, paths.len()) {
            (true, 2) => parsed.select_into = paths.pop(),
            (false, 1) => {}
            _ => return Err("the paths are missing, or too many".to_owned()),
        }
        parsed.directory = paths.pop().unwrap_or_default();
        Ok(parsed)
    }
}
