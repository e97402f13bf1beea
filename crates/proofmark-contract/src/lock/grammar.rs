//! The text of a type, read.

use proofmark::{Error, Result};

use super::Type;
use super::ty::{INTEGERS, WORDS};

/// How deep types nest in each other at most.
pub const TYPE_DEPTH_MAX: usize = 64;

/// Reads the text of a type.
pub(super) fn parse(text: &str) -> Result<Type> {
    let mut parser = Parser { text, at: 0 };
    let found = parser.one(TYPE_DEPTH_MAX)?;
    if parser.at == text.len() { Ok(found) } else { Err(parser.expected("the end")) }
}

struct Parser<'a> {
    text: &'a str,
    /// The byte that comes next.
    at: usize,
}

impl<'a> Parser<'a> {
    fn one(&mut self, depth_left: usize) -> Result<Type> {
        if depth_left == 0 {
            return Err(Error::format(format!("type nests deeper than {TYPE_DEPTH_MAX} levels")));
        }
        if self.take("#") {
            return Ok(Type::Named(self.argument().to_owned()));
        }
        let begin = self.at;
        let word = self.word();
        if !self.take("<") {
            return plain(word).ok_or_else(|| self.unknown(word));
        }
        let found = self.applied(word, begin, depth_left - 1)?;
        if self.take(">") { Ok(found) } else { Err(self.expected("`>`")) }
    }

    /// A type with arguments, up to the closing bracket.
    fn applied(&mut self, word: &str, begin: usize, depth_left: usize) -> Result<Type> {
        Ok(match word {
            "option" => Type::Optional(self.boxed(depth_left)?),
            "maybe" => Type::Maybe(self.boxed(depth_left)?),
            "list" => Type::List(self.boxed(depth_left)?),
            "set" => Type::Set(self.boxed(depth_left)?),
            "array" => {
                let item = self.boxed(depth_left)?;
                self.comma()?;
                Type::Array(item, self.number()?)
            }
            "tuple" => Type::Tuple(self.tuple(depth_left)?),
            "map" => {
                let key = self.boxed(depth_left)?;
                self.comma()?;
                Type::Map(key, self.boxed(depth_left)?)
            }
            "bytes" => Type::ByteArray(self.number()?),
            "int" => self.bounds()?,
            "ext" => self.ext(depth_left)?,
            "serde" => Type::Opaque(self.argument().to_owned()),
            "datetime" => {
                let zone = self.word();
                Type::DateTime(Some(match zone {
                    "tz" => true,
                    "naive" => false,
                    _ => return Err(self.expected("`tz` or `naive`")),
                }))
            }
            _ => return Err(self.unknown(&self.text[begin..self.at - 1])),
        })
    }

    fn boxed(&mut self, depth_left: usize) -> Result<Box<Type>> {
        self.one(depth_left).map(Box::new)
    }

    fn tuple(&mut self, depth_left: usize) -> Result<Vec<Type>> {
        let mut parts = Vec::new();
        while !self.rest().starts_with('>') {
            if !parts.is_empty() {
                self.comma()?;
            }
            parts.push(self.one(depth_left)?);
        }
        Ok(parts)
    }

    fn bounds(&mut self) -> Result<Type> {
        let min = self.number()?;
        if !self.take("..=") {
            return Err(self.expected("`..=`"));
        }
        Ok(Type::Int { min, max: self.number()? })
    }

    fn ext(&mut self, depth_left: usize) -> Result<Type> {
        if !self.rest().starts_with(|c: char| c == '-' || c.is_ascii_digit()) {
            return Ok(Type::Ext { code: None, text: Some(self.boxed(depth_left)?) });
        }
        let code = Some(self.number()?);
        let text = if self.take(", ") { Some(self.boxed(depth_left)?) } else { None };
        Ok(Type::Ext { code, text })
    }

    fn number<T: std::str::FromStr>(&mut self) -> Result<T> {
        let len = self.rest().find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(self.rest().len());
        let number = self.rest()[..len].parse().map_err(|_| self.expected("a number"))?;
        self.at += len;
        Ok(number)
    }

    fn comma(&mut self) -> Result<()> {
        if self.take(", ") { Ok(()) } else { Err(self.expected("`, `")) }
    }

    /// A name that may have balanced brackets of its own, up to the comma or bracket that is not part of it.
    fn argument(&mut self) -> &'a str {
        let mut open = 0_usize;
        let ends = |c: char, open: &mut usize| match c {
            '<' | '(' | '[' => {
                *open += 1;
                false
            }
            '>' | ')' | ']' if *open > 0 => {
                *open -= 1;
                false
            }
            '>' => true,
            ',' => *open == 0,
            _ => false,
        };
        let rest = self.rest();
        let len = rest.find(|c| ends(c, &mut open)).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn word(&mut self) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        self.at += len;
        &rest[..len]
    }

    fn take(&mut self, text: &str) -> bool {
        let is_next = self.rest().starts_with(text);
        self.at += if is_next { text.len() } else { 0 };
        is_next
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn expected(&self, what: &str) -> Error {
        Error::format(format!("type `{}`: expected {what} at character {}", shown(self.text), self.at + 1))
    }

    fn unknown(&self, word: &str) -> Error {
        Error::format(format!("type `{}`: there is no type `{}`", shown(self.text), shown(word)))
    }
}

fn plain(word: &str) -> Option<Type> {
    let integer = INTEGERS.iter().find(|(name, ..)| *name == word);
    if let Some(&(_, min, max)) = integer {
        return Some(Type::Int { min, max });
    }
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, found)| found.clone())
}

/// As much of a text as fits a line.
fn shown(text: &str) -> String {
    const CHARS_MAX: usize = 80;
    let mut shown: String = text.chars().take(CHARS_MAX).collect();
    if text.chars().nth(CHARS_MAX).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_type_is_told_with_its_place() {
        for (text, told) in [
            ("", "type ``: there is no type ``"),
            ("string", "type `string`: there is no type `string`"),
            ("vec<str>", "type `vec<str>`: there is no type `vec`"),
            ("list<str", "type `list<str`: expected `>` at character 9"),
            ("map<str>", "type `map<str>`: expected `, ` at character 8"),
            ("array<str, x>", "type `array<str, x>`: expected a number at character 12"),
            ("int<1..2>", "type `int<1..2>`: expected `..=` at character 6"),
            ("datetime<utc>", "type `datetime<utc>`: expected `tz` or `naive` at character 13"),
            ("str>", "type `str>`: expected the end at character 4"),
        ] {
            assert_eq!(parse(text).unwrap_err().to_string(), told);
        }
    }

    #[test]
    fn types_nest_to_the_limit_and_no_further() {
        let nested = |levels: usize| format!("{}str{}", "list<".repeat(levels), ">".repeat(levels));
        assert!(parse(&nested(TYPE_DEPTH_MAX - 1)).is_ok());
        let told = parse(&nested(TYPE_DEPTH_MAX)).unwrap_err().to_string();
        assert_eq!(told, "type nests deeper than 64 levels");
    }
}
