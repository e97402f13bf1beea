//! What the formulas of a page say, worked out from the artifacts by other code than that which wrote them.

use proofmark::Value;

/// Where values are looked up: the packed artifacts of a run, by the name the page calls it.
pub(crate) type Source<'a> = dyn Fn(&str) -> Value + 'a;

/// The value of a formula or of a place.
pub(crate) fn evaluate(formula: &str, source: &Source<'_>) -> f64 {
    let mut parser = Parser { rest: formula, source, origin: None };
    let value = parser.expression();
    assert!(parser.rest.is_empty(), "`{}` is left of `{formula}`", parser.rest);
    value
}

struct Parser<'a> {
    rest: &'a str,
    source: &'a Source<'a>,
    /// The first instant that was met: from one another instants are taken, and a float has too few digits for them.
    origin: Option<i128>,
}

impl Parser<'_> {
    fn expression(&mut self) -> f64 {
        let mut value = self.term();
        loop {
            if self.takes(" / ") {
                value /= self.term();
            } else if self.takes(" - ") {
                value -= self.term();
            } else if self.takes(" + ") {
                value += self.term();
            } else {
                return value;
            }
        }
    }

    fn term(&mut self) -> f64 {
        if self.takes("(") {
            let value = self.expression();
            assert!(self.takes(")"));
            return value;
        }
        for name in ["sum", "max", "min", "median", "len"] {
            if self.takes(&format!("{name}(")) {
                let found = self.place();
                assert!(self.takes(")"));
                return apply(name, &found);
            }
        }
        let found = self.place();
        assert_eq!(found.len(), 1, "one value where a field is named, before `{}`", self.rest);
        self.number(&found[0])
    }

    /// `RUN:ARTIFACT .path`
    fn place(&mut self) -> Vec<Value> {
        let (run, rest) = self.rest.split_once(':').expect("a place has a colon");
        let name_len = rest.find([' ', ')']).unwrap_or(rest.len());
        let (artifact, mut rest) = rest.split_at(name_len);
        let packed = (self.source)(run);
        let root = if artifact == "bundle" {
            packed.get("bundle")
        } else {
            packed.get("artifacts").and_then(|it| it.get(artifact))
        };
        let root = root.unwrap_or_else(|| panic!("there is an artifact `{artifact}`"));
        let mut found = vec![(root.clone(), format!(":{artifact}"))];
        if rest.starts_with(" .") {
            rest = &rest[1..];
            while let Some((step, after)) = step(rest) {
                found = found.into_iter().flat_map(|it| take(it, &step, &packed)).collect();
                rest = after;
            }
        }
        self.rest = rest;
        found.into_iter().map(|(value, _)| value).collect()
    }

    /// A number, or an instant in nanoseconds.
    fn number(&mut self, value: &Value) -> f64 {
        if let Some(number) = value.as_u64() {
            return number as f64;
        }
        let text = value.as_str().unwrap_or_else(|| panic!("{value} is no number"));
        let at = text.parse::<jiff::Timestamp>().expect("an instant").as_nanosecond();
        (at - *self.origin.get_or_insert(at)) as f64
    }

    fn takes(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }
}

enum Step {
    Anywhere(String),
    Field(String),
    Item(usize),
    Each,
}

fn step(rest: &str) -> Option<(Step, &str)> {
    let word = |rest: &str| rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    if let Some(name) = rest.strip_prefix("..") {
        let (name, after) = name.split_at(word(name));
        return Some((Step::Anywhere(name.to_owned()), after));
    }
    if let Some(name) = rest.strip_prefix('.') {
        let (name, after) = name.split_at(word(name));
        return Some((Step::Field(name.to_owned()), after));
    }
    let (inside, after) = rest.strip_prefix('[')?.split_once(']')?;
    let step = match inside {
        "" => Step::Each,
        key if key.starts_with('"') => Step::Field(key.trim_matches('"').to_owned()),
        idx => Step::Item(idx.parse().ok()?),
    };
    Some((step, after))
}

type Placed = (Value, String);

fn take((value, at): Placed, step: &Step, packed: &Value) -> Vec<Placed> {
    let dot = if at.contains(' ') { "." } else { " ." };
    match step {
        Step::Each => items(&value).into_iter().map(|it| (it, format!("{at}[]"))).collect(),
        Step::Item(idx) => {
            items(&value).into_iter().skip(*idx).take(1).map(|it| (it, format!("{at}[]"))).collect()
        }
        Step::Anywhere(name) => below(&value, name).into_iter().map(|it| (it, at.clone())).collect(),
        Step::Field(name) if value.as_array().is_some() => {
            let names = packed["positional"].get(at.as_str()).map(items).unwrap_or_default();
            let idx = names.iter().position(|it| it.as_str() == Some(name));
            idx.and_then(|idx| items(&value).get(idx).cloned())
                .map(|it| (it, format!("{at}{dot}{name}")))
                .into_iter()
                .collect()
        }
        Step::Field(name) => {
            value.get(name.as_str()).map(|it| (it.clone(), format!("{at}{dot}{name}"))).into_iter().collect()
        }
    }
}

fn items(value: &Value) -> Vec<Value> {
    value.as_array().map(|items| items.iter().cloned().collect()).unwrap_or_default()
}

fn below(value: &Value, name: &str) -> Vec<Value> {
    let mut found = Vec::new();
    if let Some(map) = value.as_map() {
        for (key, value) in map.iter() {
            if key.as_str() == Some(name) {
                found.push(value.clone());
            }
            found.extend(below(value, name));
        }
    }
    items(value).iter().for_each(|item| found.extend(below(item, name)));
    found
}

fn apply(name: &str, found: &[Value]) -> f64 {
    if let ("len", [list]) = (name, found)
        && let Some(items) = list.as_array()
    {
        return items.len() as f64;
    }
    let mut numbers: Vec<_> = found.iter().filter(|it| **it != Value::Null).map(number_or_one).collect();
    numbers.sort_by(f64::total_cmp);
    match name {
        "sum" => numbers.iter().sum(),
        "max" => numbers.last().copied().unwrap_or(0.0),
        "min" => numbers.first().copied().unwrap_or(0.0),
        "median" => numbers.get(numbers.len().saturating_sub(1) / 2).copied().unwrap_or(0.0),
        _ => numbers.len() as f64,
    }
}

/// What is only counted may be anything.
fn number_or_one(value: &Value) -> f64 {
    value.as_u64().map_or(1.0, |number| number as f64)
}
