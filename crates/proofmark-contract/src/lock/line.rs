//! Where something stands in a lock file, for tools that show findings beside the text.

use super::{Lock, to_vec};

/// A lock file as lines.
pub(crate) struct Lines {
    text: String,
}

impl Lines {
    /// The file of a lock.
    pub(crate) fn of(lock: &Lock) -> Self {
        let text = to_vec(lock).ok().and_then(|text| String::from_utf8(text).ok());
        Self { text: text.unwrap_or_default() }
    }

    /// The line of a field, or of its definition, or the first one; lines are counted from one.
    pub(crate) fn find(&self, definition: Option<&str>, field: &str) -> u64 {
        let starts = definition.map(|name| format!("  \"{name}\": {{"));
        let lines = || self.text.lines().enumerate();
        let Some((at, _)) = starts.and_then(|start| lines().find(|(_, line)| **line == start)) else {
            return 1;
        };
        let name = format!("\"name\": \"{field}\"");
        let inside = lines().skip(at + 1).take_while(|(_, line)| line.starts_with("   "));
        let field = inside.into_iter().find(|(_, line)| line.trim_start().trim_end_matches(',') == name);
        field.map_or(at, |(line, _)| line) as u64 + 1
    }
}
