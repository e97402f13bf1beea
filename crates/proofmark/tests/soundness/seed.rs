//! Inputs that are kept: where fuzzers and tests begin, and what once went wrong.
//!
//! One to a line, in the escapes of Rust's byte strings; `#` begins a comment.

/// The inputs of a file.
pub(crate) fn parse(text: &str) -> Vec<Vec<u8>> {
    text.lines().filter(|line| !line.starts_with('#')).map(unescape).collect()
}

fn unescape(line: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut parts = line.split('\\');
    out.extend_from_slice(parts.next().unwrap_or_default().as_bytes());
    while let Some(part) = parts.next() {
        let (byte, rest) = match part.split_at_checked(1) {
            Some(("n", rest)) => (b'\n', rest),
            Some(("r", rest)) => (b'\r', rest),
            Some(("t", rest)) => (b'\t', rest),
            Some(("0", rest)) => (0, rest),
            Some(("x", rest)) => hex(rest),
            // Two backslashes: the part behind the second begins afresh.
            None => (b'\\', parts.next().unwrap_or_default()),
            _ => panic!("no escape: {line}"),
        };
        out.push(byte);
        out.extend_from_slice(rest.as_bytes());
    }
    out
}

fn hex(text: &str) -> (u8, &str) {
    let (digits, rest) = text.split_at_checked(2).expect("two digits");
    (u8::from_str_radix(digits, 16).expect("hexadecimal digits"), rest)
}
