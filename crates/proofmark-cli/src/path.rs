//! Paths into a record, as jq writes them: `.datasets[0].rows`, `.datasets[].name`, `.settings["a.b"]`.

use std::fmt;
use std::str::FromStr;

use crate::failure::{Failure, Result};
use crate::node::{Entry, Form, Node};
use crate::render::text::escape;
use crate::suggest;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A field of a record, an entry of a map.
    Name(String),
    /// An item of a list; negative from its end.
    Index(i64),
    /// Everything in it.
    All,
}

/// A path from the root of a record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Path(pub(crate) Vec<Step>);

impl FromStr for Path {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self> {
        let mut parser = Parser { text, at: 0 };
        parser.path().map_err(|expected| {
            let message = format!(
                "`{}` is no path: expected {expected} at character {}",
                escape(text),
                text[..parser.at].chars().count() + 1
            );
            Failure::usage(message)
                .with_help("paths look like `.datasets[0].rows`, `.datasets[].name` or `.settings[\"a.b\"]`")
        })
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
}

impl Parser<'_> {
    fn path(&mut self) -> Result<Path, &'static str> {
        let mut steps = Vec::new();
        if self.text == "." {
            return Ok(Path(steps));
        }
        // As people type it: `datasets[0]`.
        if !self.text.is_empty() && !self.text.starts_with(['.', '[']) {
            steps.push(Step::Name(self.word()?));
        }
        while self.at < self.text.len() {
            steps.push(self.step()?);
        }
        Ok(Path(steps))
    }

    fn step(&mut self) -> Result<Step, &'static str> {
        if self.take(".") {
            return match self.rest().chars().next() {
                Some('"') => self.quoted().map(Step::Name),
                // `.[0]` is what jq writes for `[0]`.
                Some('[') => self.step(),
                _ => self.word().map(Step::Name),
            };
        }
        if self.take("[") {
            return self.bracket();
        }
        Err("`.` or `[`")
    }

    fn bracket(&mut self) -> Result<Step, &'static str> {
        if self.take("]") {
            return Ok(Step::All);
        }
        let step = if self.rest().starts_with('"') {
            Step::Name(self.quoted()?)
        } else {
            Step::Index(self.number()?)
        };
        if self.take("]") { Ok(step) } else { Err("`]`") }
    }

    fn number(&mut self) -> Result<i64, &'static str> {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_ascii_digit() && c != '-').unwrap_or(rest.len());
        let number = rest[..len].parse().map_err(|_| "a number, text in double quotes or `]`")?;
        self.at += len;
        Ok(number)
    }

    fn word(&mut self) -> Result<String, &'static str> {
        let rest = self.rest();
        let len = rest.find(['.', '[', ']', '"']).unwrap_or(rest.len());
        if len == 0 {
            return Err("a name");
        }
        let word = rest[..len].to_owned();
        self.at += len;
        Ok(word)
    }

    /// A JSON string.
    fn quoted(&mut self) -> Result<String, &'static str> {
        let rest = self.rest();
        let mut escaped = false;
        let end = rest.char_indices().skip(1).find(|&(_, c)| {
            let is_end = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            is_end
        });
        let (end, _) = end.ok_or("a closing quote")?;
        let text = proofmark::json::from_str(&rest[..=end]).map_err(|_| "a JSON string")?;
        self.at += end + 1;
        Ok(text)
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn take(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        self.at += if found { token.len() } else { 0 };
        found
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str(".");
        }
        self.0.iter().try_for_each(|step| match step {
            Step::Name(name) if is_plain(name) => write!(f, ".{name}"),
            // A string has a form in JSON.
            Step::Name(name) => write!(f, "[{}]", proofmark::json::to_string(name).unwrap_or_default()),
            Step::Index(index) => write!(f, "[{index}]"),
            Step::All => f.write_str("[]"),
        })
    }
}

fn is_plain(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

impl Path {
    /// The nodes that the path leads to. Inside what is missing or null everything is missing.
    ///
    /// # Errors
    /// Fails when the type has no such field, a list no such item, and when a step is not for what it meets.
    pub(crate) fn select<'n, 'v>(&self, root: &'n Node<'v>) -> Result<Vec<&'n Node<'v>>> {
        let mut selected = vec![(Self::default(), root)];
        for step in &self.0 {
            let mut next = Vec::new();
            for (path, node) in selected {
                path.follow(step, node, &mut next)?;
            }
            selected = next;
        }
        Ok(selected.into_iter().map(|(_, node)| node).collect())
    }

    fn follow<'n, 'v>(
        &self,
        step: &Step,
        node: &'n Node<'v>,
        next: &mut Vec<(Self, &'n Node<'v>)>,
    ) -> Result<()> {
        if is_nothing(node) {
            // What is missing has no parts: for each of them, nothing comes out.
            if *step != Step::All {
                next.push((self.then(step.clone()), missing()));
            }
            return Ok(());
        }
        match (step, &node.form) {
            (Step::Name(name), Form::Fields(fields)) => {
                let entry = fields.entries.iter().rev().find(|entry| entry.name == *name);
                let entry = entry.ok_or_else(|| self.no_field(name, &fields.entries))?;
                next.push((self.then(step.clone()), &entry.node));
            }
            (Step::Index(index), Form::List(items)) => {
                let item = position(*index, items.len()).ok_or_else(|| self.no_item(*index, items.len()))?;
                next.push((self.then(Step::Index(item as i64)), &items[item]));
            }
            (Step::All, Form::List(items)) => {
                let step = |(idx, item)| (self.then(Step::Index(idx as i64)), item);
                next.extend(items.iter().enumerate().map(step));
            }
            (Step::All, Form::Fields(fields)) => {
                let step =
                    |entry: &'n Entry<'v>| (self.then(Step::Name(entry.name.to_string())), &entry.node);
                next.extend(fields.entries.iter().map(step));
            }
            (step, form) => return Err(self.not_for(step, form)),
        }
        Ok(())
    }

    fn then(&self, step: Step) -> Self {
        Self([&self.0[..], &[step]].concat())
    }

    fn no_field(&self, name: &str, entries: &[Entry<'_>]) -> Failure {
        let names = || entries.iter().map(|entry| entry.name.as_ref());
        let failure = Failure::incomplete(format!("there is no `{}` in `{self}`", escape(name)));
        failure.with_help(suggest::among(name, names()))
    }

    fn no_item(&self, index: i64, len: usize) -> Failure {
        let message = format!("there is no item {index} in `{self}`");
        Failure::incomplete(message).with_help(match len {
            0 => "it is empty".to_owned(),
            _ => format!("it has {len}, counted from 0"),
        })
    }

    fn not_for(&self, step: &Step, form: &Form<'_>) -> Failure {
        let (found, help) = match form {
            Form::Fields(_) => ("a record", "use a name: `.name`"),
            Form::List(_) => ("a list", "use a number, `[0]`, or `[]` for all"),
            _ => ("a single value", "leave the rest of the path away"),
        };
        let wanted = Self(vec![step.clone()]);
        Failure::incomplete(format!("`{self}` is {found}, which has no `{wanted}`")).with_help(help)
    }
}

fn is_nothing(node: &Node<'_>) -> bool {
    matches!(node.form, Form::Missing | Form::Default(_)) || node.value == Some(&proofmark::Value::Null)
}

fn missing<'n, 'v>() -> &'n Node<'v> {
    &Node::MISSING
}

fn position(index: i64, len: usize) -> Option<usize> {
    let from_start = if index < 0 { i64::try_from(len).ok()?.checked_add(index)? } else { index };
    usize::try_from(from_start).ok().filter(|idx| *idx < len)
}

#[cfg(test)]
mod tests {
    use proofmark::{Shape, Value, json};

    use super::*;

    fn check(path: &str, expected: &[&str]) {
        let document = r#"{"a":[{"b":1},{"b":2}],"c.d":{"e":null},"f":"x"}"#;
        let value: Value = json::from_str(document).unwrap();
        let root = Node::new(&value, Shape::Any);
        let selected = path.parse::<Path>().and_then(|path| path.select(&root));
        let shown = match &selected {
            Ok(nodes) => nodes.iter().map(|node| node.value.map_or("-".to_owned(), show)).collect(),
            Err(failure) => vec![failure.to_string()],
        };
        assert_eq!(shown, expected, "{path}");
    }

    fn show(value: &Value) -> String {
        json::to_string(value).unwrap()
    }

    #[test]
    fn a_path_leads_to_values() {
        check(".a[0].b", &["1"]);
        check("a[-1].b", &["2"]);
        check(".a[].b", &["1", "2"]);
        check(".[\"c.d\"].e", &["null"]);
        check(".\"c.d\".e", &["null"]);
        check(".a[0][]", &["1"]);
        check(".", &[r#"{"a":[{"b":1},{"b":2}],"c.d":{"e":null},"f":"x"}"#]);
    }

    #[test]
    fn inside_nothing_everything_is_missing() {
        check(".[\"c.d\"].e.x[3].y", &["-"]);
        check(".[\"c.d\"].e[].y", &[]);
    }

    #[test]
    fn a_path_that_leads_nowhere_says_where_it_ended() {
        check(".a[2]", &["there is no item 2 in `.a`\n  help: it has 2, counted from 0"]);
        check(".a[0].c", &["there is no `c` in `.a[0]`\n  help: there is: b"]);
        check(
            ".f.g",
            &["`.f` is a single value, which has no `.g`\n  help: leave the rest of the path away"],
        );
        check(".a.b", &["`.a` is a list, which has no `.b`\n  help: use a number, `[0]`, or `[]` for all"]);
        check("[0]", &["`.` is a record, which has no `[0]`\n  help: use a name: `.name`"]);
    }

    #[test]
    fn what_is_no_path_is_told_by_place() {
        let check = |path: &str, expected: &str| {
            let message = path.parse::<Path>().unwrap_err().to_string();
            assert!(message.starts_with(expected), "{path}: {message}");
        };
        check(".a..b", "`.a..b` is no path: expected a name at character 4");
        check(".a[x]", "`.a[x]` is no path: expected a number, text in double quotes or `]` at character 4");
        check(".a[0", "`.a[0` is no path: expected `]` at character 5");
        check(".a[\"b", "`.a[\"b` is no path: expected a closing quote at character 4");
        check(".a]", "`.a]` is no path: expected `.` or `[` at character 3");
        check(".a[99999999999999999999]", "`.a[99999999999999999999]` is no path: expected a number");
    }

    #[test]
    fn a_path_is_written_as_it_is_read() {
        for text in [".", ".a[0].b", ".a[][-1]", "[\"c.d\"][\"\"][\"\\\"\"].e"] {
            assert_eq!(text.parse::<Path>().unwrap().to_string(), text);
        }
    }
}
