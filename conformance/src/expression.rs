//! The grammar of type expressions.

/// The name before the brackets, and what stands between them, one text per argument.
///
/// `Dict[str, List[int]]` is `Dict` with `str` and `List[int]`, `Meta(ge=1)` is `Meta` with `ge=1`.
pub(crate) fn open(expression: &str) -> (&str, Vec<&str>) {
    let expression = expression.trim();
    let inner = expression.strip_suffix([']', ')']).and_then(|text| text.split_once(['[', '(']));
    let Some((name, inner)) = inner else { return (expression, Vec::new()) };
    (name, arguments(inner))
}

/// What a `|` stands between: `int | None` is `int` or `None`.
pub(crate) fn alternatives(expression: &str) -> Vec<&str> {
    split(expression, '|')
}

fn arguments(inner: &str) -> Vec<&str> {
    split(inner, ',')
}

/// The parts between separators that stand outside of brackets and quotes.
fn split(text: &str, separator: char) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0, None, 0);
    let mut parts = Vec::new();
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '[' | '(' | '{') => depth += 1,
            (None, ']' | ')' | '}') => depth -= 1,
            (None, _) if c == separator && depth == 0 => {
                parts.push(text[start..at].trim());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_split_outside_of_brackets_and_quotes() {
        assert_eq!(open("int"), ("int", vec![]));
        assert_eq!(open("Dict[str, List[int]]"), ("Dict", vec!["str", "List[int]"]));
        assert_eq!(open("Meta(ge=1, pattern='[,]')"), ("Meta", vec!["ge=1", "pattern='[,]'"]));
        assert_eq!(open("Tuple[()]"), ("Tuple", vec!["()"]));
        assert_eq!(open("Literal['a,b', 1]"), ("Literal", vec!["'a,b'", "1"]));
        assert_eq!(open("["), ("[", vec![]));
        assert_eq!(alternatives("List[int | str] | None"), ["List[int | str]", "None"]);
    }
}
