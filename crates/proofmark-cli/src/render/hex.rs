//! Bytes, kinds and names side by side.

use proofmark::Shape;

use super::text::escape;

mod msgpack;

pub(crate) use msgpack::walk;

/// Bytes of a value's own that are shown on its line.
const BYTES_SHOWN: usize = 12;

/// A value of the input: where it starts, its own bytes, and what they are.
pub(crate) struct Row<'a> {
    pub(crate) offset: usize,
    pub(crate) depth: usize,
    /// The header, and the content of a scalar.
    pub(crate) bytes: &'a [u8],
    pub(crate) what: String,
    /// What it is called, where it has a name.
    pub(crate) name: String,
}

/// MessagePack, a value per line: offset, bytes, kind, name; and why it ended early, if it did.
pub(crate) fn msgpack(input: &[u8], shape: Shape) -> (String, Result<(), String>) {
    let mut out = String::new();
    let ended = walk(input, shape, &mut |row| {
        let indent = "  ".repeat(row.depth);
        let bytes = digits(row.bytes);
        let name = if row.name.is_empty() { String::new() } else { format!("{}: ", escape(&row.name)) };
        out.push_str(&format!("{:08x}  {bytes:<37}  {indent}{name}{}\n", row.offset, escape(&row.what)));
    });
    (out, ended)
}

fn digits(bytes: &[u8]) -> String {
    let shown: Vec<_> = bytes.iter().take(BYTES_SHOWN).map(|byte| format!("{byte:02x}")).collect();
    let rest = if bytes.len() > BYTES_SHOWN { "…" } else { "" };
    format!("{}{rest}", shown.join(" "))
}

/// Text, sixteen bytes per line, as `xxd` shows it.
pub(crate) fn dump(input: &[u8]) -> String {
    let line = |(idx, bytes): (usize, &[u8])| {
        let digits: Vec<_> = bytes
            .chunks(2)
            .map(|pair| pair.iter().map(|b| format!("{b:02x}")).collect())
            .collect::<Vec<String>>();
        let text: String = bytes.iter().map(|&byte| printable(byte)).collect();
        format!("{:08x}  {:<39}  {text}\n", idx * 16, digits.join(" "))
    };
    input.chunks(16).enumerate().map(line).collect()
}

fn printable(byte: u8) -> char {
    if (0x20..0x7f).contains(&byte) { char::from(byte) } else { '.' }
}
