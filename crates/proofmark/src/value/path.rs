//! Finding a value by its path.

use super::Value;
use crate::Error;

impl Value {
    /// The value at a path as error messages write it: `$.datasets[3].rows`.
    ///
    /// The `$` and the first dot may be left out. A key with dots or brackets in it is written `["a.b"]`, where `\"`
    /// and `\\` stand for a quote and a backslash; a number in brackets is an index, or the integer key of a map.
    ///
    /// # Errors
    /// Fails when the path leads nowhere, and tells how far it led.
    ///
    /// # Examples
    /// ```
    /// use proofmark::Value;
    /// let value = Value::from_iter([("rows", vec![Value::from(7)])]);
    /// assert_eq!(value.at("rows[0]")?, &Value::Int(7));
    ///
    /// let error = value.at("$.rows[1]").unwrap_err();
    /// assert_eq!(error.to_string(), "No element 1 in `$.rows`, which has 1");
    /// # Ok::<(), proofmark::Error>(())
    /// ```
    pub fn at(&self, path: &str) -> Result<&Self, Error> {
        let mut steps = Steps::new(path);
        let mut value = self;
        while let Some((step, so_far)) = steps.next()? {
            value = step.of(value).ok_or_else(|| step.leads_nowhere(value, so_far))?;
        }
        Ok(value)
    }
}

enum Step {
    Key(String),
    Number(u64),
}

impl Step {
    fn of<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        match (self, value) {
            (Self::Key(key), Value::Map(map)) => map.get(key),
            (Self::Number(index), Value::Array(array)) => array.get(usize::try_from(*index).ok()?),
            (Self::Number(key), Value::Map(map)) => {
                map.iter().find(|(found, _)| found == key).map(|(_, value)| value)
            }
            _ => None,
        }
    }

    #[cold]
    fn leads_nowhere(&self, value: &Value, so_far: &str) -> Error {
        let found = match value {
            Value::Array(array) => format!("which has {}", array.len()),
            Value::Map(map) => format!("which has {}", map.len()),
            _ => format!("which is `{}`", value.kind().name()),
        };
        let at = if so_far.starts_with('$') { "" } else { "$" };
        let dot = if at.is_empty() || so_far.is_empty() || so_far.starts_with(['.', '[']) { "" } else { "." };
        match self {
            Self::Key(key) => Error::custom(format_args!("No field `{key}` in `{at}{dot}{so_far}`, {found}")),
            Self::Number(index) => {
                Error::custom(format_args!("No element {index} in `{at}{dot}{so_far}`, {found}"))
            }
        }
    }
}

/// The steps of a path, each with the part of the path before it.
struct Steps<'a> {
    path: &'a str,
    pos: usize,
}

impl<'a> Steps<'a> {
    fn new(path: &'a str) -> Self {
        Self { path, pos: usize::from(path.starts_with('$')) }
    }

    fn next(&mut self) -> Result<Option<(Step, &'a str)>, Error> {
        let (so_far, rest) = self.path.split_at(self.pos);
        let step = match rest.bytes().next() {
            None => return Ok(None),
            Some(b'[') => self.bracket(&rest[1..]),
            Some(b'.') => self.name(&rest[1..], 1),
            Some(_) if self.pos == 0 => self.name(rest, 0),
            Some(_) => None,
        };
        match step {
            Some(step) => Ok(Some((step, so_far))),
            None => Err(Error::custom(format_args!("`{}` is not a path (byte {})", self.path, self.pos))),
        }
    }

    fn name(&mut self, rest: &str, dot: usize) -> Option<Step> {
        let len = rest.find(['.', '[', ']']).unwrap_or(rest.len());
        self.pos += dot + len;
        (len > 0).then(|| Step::Key(rest[..len].to_owned()))
    }

    fn bracket(&mut self, rest: &str) -> Option<Step> {
        let (step, len) = match rest.strip_prefix('"') {
            Some(text) => quoted(text).map(|(key, len)| (Step::Key(key), len + 1))?,
            None => {
                let len = rest.find(']')?;
                (Step::Number(rest[..len].parse().ok()?), len)
            }
        };
        if !rest[len..].starts_with(']') {
            return None;
        }
        self.pos += len + 2;
        Some(step)
    }
}

/// The text up to the closing quote, and how much of the input it took with that quote.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut key = String::new();
    let mut chars = text.char_indices();
    loop {
        match chars.next()? {
            (at, '"') => return Some((key, at + 1)),
            (_, '\\') => key.push(chars.next()?.1),
            (_, c) => key.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Value, json};

    fn document() -> Value {
        json::from_str(r#"{"a":[{"b":1},[2,3]],"x.y":{"q\"]":4,"":5},"é":6}"#).unwrap()
    }

    #[test]
    fn a_path_leads_to_its_value() {
        for (path, found) in [
            ("$.a[0].b", 1),
            (".a[1][0]", 2),
            ("a[1][1]", 3),
            (r#"$["x.y"]["q\"]"]"#, 4),
            (r#"["x.y"][""]"#, 5),
            ("é", 6),
        ] {
            assert_eq!(document().at(path).unwrap(), &Value::Int(found), "{path}");
        }
        assert_eq!(document().at("$").unwrap(), &document());
        assert_eq!(document().at("").unwrap(), &document());
        let by_number = Value::from_iter([(7, "seven")]);
        assert_eq!(by_number.at("[7]").unwrap(), "seven");
    }

    #[test]
    fn a_path_that_leads_nowhere_says_how_far_it_led() {
        for (path, message) in [
            ("$.b", "No field `b` in `$`, which has 3"),
            ("b", "No field `b` in `$`, which has 3"),
            ("a[2]", "No element 2 in `$.a`, which has 2"),
            ("a.b", "No field `b` in `$.a`, which has 2"),
            ("$.a[0].b.c", "No field `c` in `$.a[0].b`, which is `int`"),
            ("[\"x.y\"][3]", "No element 3 in `$[\"x.y\"]`, which has 2"),
            ("$a", "`$a` is not a path (byte 1)"),
            ("a..b", "`a..b` is not a path (byte 2)"),
            ("a[x]", "`a[x]` is not a path (byte 1)"),
            ("a[0", "`a[0` is not a path (byte 1)"),
            ("a[0]b", "`a[0]b` is not a path (byte 4)"),
            ("a[-1]", "`a[-1]` is not a path (byte 1)"),
            (r#"["x.y]"#, r#"`["x.y]` is not a path (byte 0)"#),
        ] {
            assert_eq!(document().at(path).unwrap_err().to_string(), message, "{path}");
        }
    }
}
