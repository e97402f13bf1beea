//! Renaming by rule, as msgspec does it.

/// Words that `rename_all` takes.
pub(crate) const RULES: &[&str] = &["lower", "upper", "camel", "pascal", "kebab", "snake"];

/// A field's wire name under `rule`.
pub(crate) fn field(name: &str, rule: &str) -> String {
    match rule {
        "lower" => name.to_lowercase(),
        "upper" => name.to_uppercase(),
        "camel" => join(name, false),
        "pascal" => join(name, true),
        "kebab" => name.trim_matches('_').replace('_', "-"),
        _ => name.to_owned(),
    }
}

/// A variant's wire name under `rule`; variants are written in Pascal case.
pub(crate) fn variant(name: &str, rule: &str) -> String {
    match rule {
        "lower" => name.to_lowercase(),
        "upper" => name.to_uppercase(),
        "pascal" => name.to_owned(),
        "snake" => snake(name),
        rule => field(&snake(name), rule),
    }
}

/// Underscores out, the letter after each one raised; underscores that lead stay.
fn join(name: &str, raise_first: bool) -> String {
    if !name.contains('_') && !raise_first {
        return name.to_owned();
    }
    let body = name.trim_start_matches('_');
    let mut joined = "_".repeat(name.len() - body.len());
    for (index, part) in body.split('_').filter(|part| !part.is_empty()).enumerate() {
        if index == 0 && !raise_first {
            joined.push_str(part);
        } else {
            joined.push_str(&title(part));
        }
    }
    joined
}

/// Each run of letters with its first raised and the rest lowered: Python's `str.title`.
fn title(part: &str) -> String {
    let mut inside = false;
    part.chars()
        .map(|c| {
            let lowered = inside;
            inside = c.is_lowercase() || c.is_uppercase();
            if lowered { c.to_lowercase().to_string() } else { raise(c) }
        })
        .collect()
}

/// A letter raised; where that takes several letters, only the first of them is.
fn raise(letter: char) -> String {
    let mut letters = letter.to_uppercase();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

fn snake(name: &str) -> String {
    let mut snake = String::new();
    for c in name.chars() {
        if c.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_renamed_as_msgspec_does() {
        for (name, rule, wire) in [
            ("first_name", "camel", "firstName"),
            ("double__under", "camel", "doubleUnder"),
            ("trailing_", "camel", "trailing"),
            ("_private_thing", "camel", "_privateThing"),
            ("last_name_2", "camel", "lastName2"),
            ("HTTP_server", "pascal", "HttpServer"),
            ("_private_thing", "pascal", "_PrivateThing"),
            ("_lead_under_", "kebab", "lead-under"),
            ("a__b", "kebab", "a--b"),
            ("first_name", "upper", "FIRST_NAME"),
            ("x", "camel", "x"),
            ("x_1y", "camel", "x1Y"),
            ("a_ß", "camel", "aSs"),
            ("f2_x", "pascal", "F2X"),
            ("été_ÉTÉ", "pascal", "ÉtéÉté"),
        ] {
            assert_eq!(field(name, rule), wire, "{name} {rule}");
        }
    }

    #[test]
    fn variants_are_split_at_capitals() {
        for (name, rule, wire) in [
            ("ParseError", "snake", "parse_error"),
            ("ParseError", "kebab", "parse-error"),
            ("Ok", "lower", "ok"),
        ] {
            assert_eq!(variant(name, rule), wire);
        }
    }
}
