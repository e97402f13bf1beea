//! Where something stands in a lock file, for tools that show findings beside the text.

use proofmark::Record;

use super::{Lock, to_vec};

/// A lock file as lines.
pub(crate) struct Lines {
    text: String,
}

/// A stretch of a lock file: lines and columns are counted from one, columns in UTF-16 units, the end is behind the last.
#[derive(Record, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The first line.
    pub line: u64,
    /// The column of the first character.
    pub column: u64,
    /// The last line.
    pub end_line: u64,
    /// The column behind the last character.
    pub end_column: u64,
}

impl Lines {
    /// The file of a lock.
    pub(crate) fn of(lock: &Lock) -> Self {
        let text = to_vec(lock).ok().and_then(|text| String::from_utf8(text).ok());
        Self { text: text.unwrap_or_default() }
    }

    /// All that is said about a field, or the line of its definition, or the first one.
    pub(crate) fn find(&self, definition: Option<&str>, field: &str) -> Region {
        let starts = definition.map(|name| format!("  \"{name}\": {{"));
        let lines = || self.text.lines().enumerate();
        let Some((at, _)) = starts.and_then(|start| lines().find(|(_, line)| **line == start)) else {
            return self.region(0, 0);
        };
        let name = format!("\"name\": \"{field}\"");
        let mut inside = lines().skip(at + 1).take_while(|(_, line)| line.starts_with("   "));
        let Some((first, line)) = inside.find(|(_, line)| line.trim_start().trim_end_matches(',') == name)
        else {
            return self.region(at, at);
        };
        let indent = indent(line);
        let last = inside.take_while(|(_, line)| self::indent(line) >= indent).last();
        self.region(first, last.map_or(first, |(last, _)| last))
    }

    /// From the first character of a line to the last one of another.
    fn region(&self, first: usize, last: usize) -> Region {
        let line = |at| self.text.lines().nth(at).unwrap_or_default();
        Region {
            line: first as u64 + 1,
            column: indent(line(first)) as u64 + 1,
            end_line: last as u64 + 1,
            end_column: line(last).encode_utf16().count() as u64 + 1,
        }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::{Lines, Region};

    const FILE: &str = r#"{
 "types": {
  "Scan": {
   "is": "record",
   "fields": [
    {
     "name": "path",
     "type": "str",
     "bounds": {
      "pattern": "🚀"
     }
    },
    {
     "name": "rows",
     "type": "u64"
    }
   ]
  },
  "Last": {
   "is": "newtype",
   "of": "rows"
  }
 }
}"#;

    #[track_caller]
    fn check(definition: Option<&str>, field: &str, [line, column, end_line, end_column]: [u64; 4]) {
        let found = Lines { text: FILE.to_owned() }.find(definition, field);
        assert_eq!(found, Region { line, column, end_line, end_column });
    }

    #[test]
    fn a_field_is_all_of_its_members() {
        check(Some("Scan"), "path", [7, 6, 11, 7]);
        check(Some("Scan"), "rows", [14, 6, 15, 19]);
    }

    #[test]
    fn what_is_gone_is_shown_where_its_definition_begins() {
        check(Some("Scan"), "bytes", [3, 3, 3, 12]);
        check(Some("Last"), "rows", [19, 3, 19, 12]);
    }

    #[test]
    fn a_definition_that_is_gone_is_shown_on_the_first_line() {
        check(Some("Other"), "rows", [1, 1, 1, 2]);
        check(None, "rows", [1, 1, 1, 2]);
    }

    #[test]
    fn no_file_has_a_first_line_too() {
        let nothing = Lines { text: String::new() }.find(None, "");
        assert_eq!(nothing, Region { line: 1, column: 1, end_line: 1, end_column: 1 });
    }
}
