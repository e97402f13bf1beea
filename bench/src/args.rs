//! The command line.

use std::path::PathBuf;

pub const USAGE: &str = "\
usage: cargo run --release -p bench -- [--quick] [--filter TEXT] [--csv FILE]

  --quick        documents that fit a cache, few rounds; ends within 50 seconds
  --filter TEXT  only rows whose name (group/document) contains TEXT; may be repeated, one match is enough
  --csv FILE     write all figures to FILE as well";

/// What the user asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Args {
    pub quick: bool,
    pub filters: Vec<String>,
    pub csv: Option<PathBuf>,
}

impl Args {
    /// # Errors
    /// The message for the user: what is wrong, or the usage.
    pub fn parse(words: impl IntoIterator<Item = String>) -> Result<Args, String> {
        let mut args = Args::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            let mut value = || words.next().ok_or_else(|| format!("`{word}` needs a value\n\n{USAGE}"));
            match word.as_str() {
                "--quick" => args.quick = true,
                "--filter" => args.filters.push(value()?),
                "--csv" => args.csv = Some(value()?.into()),
                "--help" | "-h" => return Err(USAGE.to_string()),
                other => return Err(format!("unknown argument `{other}`\n\n{USAGE}")),
            }
        }
        Ok(args)
    }

    /// Whether the row is asked for.
    pub fn wants(&self, row: &str) -> bool {
        self.filters.is_empty() || self.filters.iter().any(|filter| row.contains(filter))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Args, String> {
        Args::parse(line.split_whitespace().map(str::to_string))
    }

    #[test]
    fn options_are_read() {
        let args = parse("--quick --filter json --filter scan --csv out.csv").unwrap();
        let filters = vec!["json".to_string(), "scan".to_string()];
        assert_eq!(args, Args { quick: true, filters, csv: Some("out.csv".into()) });
    }

    #[test]
    fn row_is_wanted_when_any_filter_matches() {
        let args = parse("--filter json --filter scan").unwrap();
        assert!(args.wants("json-decode/events") && args.wants("msgpack-decode/scan"));
        assert!(!args.wants("msgpack-decode/events"));
        assert!(parse("").unwrap().wants("msgpack-decode/events"));
    }

    #[test]
    fn unknown_argument_is_named() {
        assert!(parse("--quik").unwrap_err().starts_with("unknown argument `--quik`\n"));
    }

    #[test]
    fn missing_value_is_named() {
        assert!(parse("--csv").unwrap_err().starts_with("`--csv` needs a value\n"));
    }
}
