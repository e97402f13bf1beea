//! Just enough of Rust's grammar to look at code without its comments, texts and tests.

/// The code alone: comments, the insides of string and character literals become blanks, line breaks stay.
///
/// Offsets and line numbers are those of the original.
pub(crate) fn code(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let mut at = 0;
    while at < bytes.len() {
        let end = literal_or_comment(bytes, at);
        match end {
            Some(end) => {
                blank(&mut out[at..end]);
                at = end;
            }
            None => at += 1,
        }
    }
    // Only whole characters were blanked: literals and comments begin and end in ASCII.
    String::from_utf8_lossy(&out).into_owned()
}

/// The code without the modules that are compiled for tests alone.
pub(crate) fn code_without_tests(text: &str) -> String {
    let mut code = code(text);
    while let Some(start) = code.find("#[cfg(test)]") {
        let end = item_end(code.as_bytes(), start);
        let blanked: String = code[start..end].chars().map(|c| if c == '\n' { c } else { ' ' }).collect();
        code.replace_range(start..end, &blanked);
    }
    code
}

/// The offsets at which `word` stands alone in code.
pub(crate) fn words<'a>(code: &'a str, word: &'a str) -> impl Iterator<Item = usize> {
    let is_word = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let bytes = code.as_bytes();
    code.match_indices(word).map(|(at, _)| at).filter(move |&at| {
        !is_word(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_word(bytes.get(at + word.len()))
    })
}

fn blank(bytes: &mut [u8]) {
    bytes.iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

/// Where the comment or literal that begins at `at` ends.
fn literal_or_comment(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let starts_word = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] == b'_');
    match rest {
        [b'/', b'/', ..] => Some(at + find(rest, b"\n").unwrap_or(rest.len())),
        [b'/', b'*', ..] => Some(at + block_comment_len(rest)),
        [b'"', ..] => Some(at + quoted_len(rest)),
        [b'\'', ..] => char_len(rest).map(|len| at + len),
        [b'r', ..] | [b'b', b'r', ..] if starts_word => raw_len(rest).map(|len| at + len),
        _ => None,
    }
}

fn block_comment_len(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (1, 2);
    while depth > 0 && at < rest.len() {
        match &rest[at..] {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
    }
    at
}

fn quoted_len(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != b'"' {
        at += if rest[at] == b'\\' { 2 } else { 1 };
    }
    (at + 1).min(rest.len())
}

/// The length of a character literal; `None` for a lifetime.
fn char_len(rest: &[u8]) -> Option<usize> {
    if rest.get(1) == Some(&b'\\') {
        return find(&rest[3.min(rest.len())..], b"'").map(|end| end + 4);
    }
    // One character of up to four bytes, and the quote.
    (2..=5)
        .find(|&end| rest.get(end) == Some(&b'\''))
        .filter(|&end| is_one_char(&rest[1..end]))
        .map(|end| end + 1)
}

fn is_one_char(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().count() == 1)
}

/// The length of a raw string: `r"..."`, `br#"..."#`.
fn raw_len(rest: &[u8]) -> Option<usize> {
    let prefix = if rest[0] == b'b' { 2 } else { 1 };
    let hashes = rest[prefix..].iter().take_while(|byte| **byte == b'#').count();
    let start = prefix + hashes + 1;
    (rest.get(start - 1) == Some(&b'"')).then_some(())?;
    let close = [b"\"".as_slice(), &b"#".repeat(hashes)].concat();
    Some(find(&rest[start..], &close).map_or(rest.len(), |end| start + end + close.len()))
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

/// Where the item ends whose attributes begin at `start`: at its `;`, or at the `}` that closes its first `{`.
fn item_end(code: &[u8], start: usize) -> usize {
    let mut depth = 0_usize;
    for (at, byte) in code.iter().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' if depth <= 1 => return at + 1,
            b'}' => depth -= 1,
            b';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    code.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(code(text), expected, "{text}");
    }

    #[test]
    fn comments_and_literals_become_blanks() {
        check("a // b\nc", "a     \nc");
        check("a /* b /* c */ d */ e", "a                   e");
        check(r#"f("x\"y", z)"#, "f(      , z)");
        check("r#\"a\"b\"# + br\"c\"", "         +      ");
        check(r"(b'a', '\'', '\u{e9}')", "(b   ,     ,         )");
        // Blanks stand for bytes, so that offsets stay.
        check("'é'", "    ");
    }

    #[test]
    fn lifetimes_and_names_stay() {
        check("fn f<'a>(x: &'a str) -> bar", "fn f<'a>(x: &'a str) -> bar");
        check("for r in br {}", "for r in br {}");
    }

    #[test]
    fn an_unfinished_literal_ends_with_the_file() {
        check("a \"b", "a   ");
        check("a /* b", "a     ");
        check("r#\"a", "    ");
        check("'\\", "'\\");
    }

    #[test]
    fn test_modules_are_left_out() {
        let text = "use a;\n#[cfg(test)]\nmod tests { use b; fn f() {} }\nuse c;";
        let code = code_without_tests(text);
        assert!(code.contains("use a;") && code.contains("use c;") && !code.contains("use b"));
        assert_eq!(code.lines().count(), text.lines().count());
        assert_eq!(code_without_tests("#[cfg(test)] mod x; y").trim(), "y");
    }

    #[test]
    fn a_word_stands_alone() {
        assert_eq!(words("unsafe unsafe_code not_unsafe (unsafe)", "unsafe").collect::<Vec<_>>(), [0, 31]);
    }
}
