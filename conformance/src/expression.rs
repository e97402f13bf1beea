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

fn arguments(inner: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start) = (0, None, 0);
    let mut arguments = Vec::new();
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') => quote = Some(c),
            (None, '[' | '(' | '{') => depth += 1,
            (None, ']' | ')' | '}') => depth -= 1,
            (None, ',') if depth == 0 => {
                arguments.push(inner[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    arguments.push(inner[start..].trim());
    arguments.retain(|argument| !argument.is_empty());
    arguments
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
    }
}
