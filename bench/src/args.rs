//! The command line.

use std::path::PathBuf;

pub const USAGE: &str = "\
usage: cargo run --release -p bench -- [--quick] [--filter TEXT] [--peers TEXT] [--csv FILE]
       and, for other purposes: [--repeat N] [--python PROGRAM]

  --quick        documents that fit a cache, few rounds; ends within 50 seconds
  --filter TEXT  only rows whose name (group/document) contains TEXT; may be repeated, one match is enough
  --peers TEXT   only peers whose name contains TEXT; may be repeated or be a list: sonic,flexon
                 of both, =TEXT means the whole name
  --csv FILE     write all figures to FILE as well
  --repeat N     time nothing, run each codec N times: for profilers, and for counters of instructions, where the
                 difference of two N is the work alone; --peers then chooses among all codecs, proofmark included
  --python PROGRAM
                 only msgspec of Python on the same documents, run by PROGRAM, such as python3";

/// What the user asked for.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Args {
    pub quick: bool,
    pub filters: Vec<String>,
    pub peers: Vec<String>,
    pub csv: Option<PathBuf>,
    pub repeat: Option<u32>,
    pub python: Option<String>,
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
                "--peers" => args.peers.extend(value()?.split(',').map(str::to_string)),
                "--repeat" => args.repeat = Some(number(&value()?)?),
                "--python" => args.python = Some(value()?),
                "--csv" => args.csv = Some(value()?.into()),
                "--help" | "-h" => return Err(USAGE.to_string()),
                other => return Err(format!("unknown argument `{other}`\n\n{USAGE}")),
            }
        }
        Ok(args)
    }

    /// Whether the row is asked for.
    pub fn wants_row(&self, row: &str) -> bool {
        is_wanted(&self.filters, row)
    }

    /// Whether the codec is asked for; the subject of a comparison always is.
    pub fn wants_codec(&self, name: &str, is_subject: bool) -> bool {
        (is_subject && self.repeat.is_none()) || is_wanted(&self.peers, name)
    }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|error| format!("`{text}`: {error}\n\n{USAGE}"))
}

fn is_wanted(filters: &[String], name: &str) -> bool {
    let matches = |filter: &String| match filter.strip_prefix('=') {
        Some(whole) => name == whole,
        None => name.contains(filter.as_str()),
    };
    filters.is_empty() || filters.iter().any(matches)
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
        assert_eq!(args, Args { quick: true, filters, csv: Some("out.csv".into()), ..Args::default() });
    }

    #[test]
    fn row_is_wanted_when_any_filter_matches() {
        let args = parse("--filter json --filter scan").unwrap();
        assert!(args.wants_row("json-decode/events") && args.wants_row("msgpack-decode/scan"));
        assert!(!args.wants_row("msgpack-decode/events"));
        assert!(parse("").unwrap().wants_row("msgpack-decode/events"));
    }

    #[test]
    fn whole_name_is_asked_for_with_an_equals_sign() {
        let args = parse("--filter =json-decode/events").unwrap();
        assert!(args.wants_row("json-decode/events"));
        assert!(!args.wants_row("json-decode/events_skip"));
    }

    #[test]
    fn peers_may_be_given_as_a_list() {
        let args = parse("--peers sonic,flexon --peers rmp").unwrap();
        assert!(
            ["sonic-rs", "flexon in place", "rmp-serde"].iter().all(|peer| args.wants_codec(peer, false))
        );
        assert!(!args.wants_codec("serde_json", false));
        assert!(args.wants_codec("proofmark", true));
    }

    #[test]
    fn unknown_argument_is_named() {
        assert!(parse("--quik").unwrap_err().starts_with("unknown argument `--quik`\n"));
    }

    #[test]
    fn repeating_lets_the_subject_be_left_out() {
        let args = parse("--repeat 3 --peers rmp").unwrap();
        assert!(!args.wants_codec("proofmark", true));
        assert!(parse("--repeat x").unwrap_err().starts_with("`x`: invalid digit"));
    }

    #[test]
    fn missing_value_is_named() {
        assert!(parse("--csv").unwrap_err().starts_with("`--csv` needs a value\n"));
    }
}
