//! Names from data as parts of paths.

use crate::Digest;

/// Longest file or directory name made from a name. File systems allow 255 bytes; the rest is for endings.
pub const PATH_PART_BYTES_MAX: usize = 200;

/// Bytes of a name that is too long which stay readable.
const READABLE_BYTES_MAX: usize = 100;

/// Names that some systems take for devices, whatever follows the first dot.
const DEVICES: [&str; 4] = ["aux", "con", "nul", "prn"];

/// Makes one path part from any name: it cannot leave its directory, hide, or meet another name's part.
///
/// Lower-case letters, digits, `_`, `-` and `.` stand for themselves, all else is written as `%` and two hexadecimal
/// digits. A first `-` or `.`, a last `.`, and the first letter of a device name are written so too. Upper-case letters
/// and everything beyond ASCII are, because some file systems fold case or recompose accents. A name that grows beyond
/// [`PATH_PART_BYTES_MAX`] is cut and ends in `~` and its digest.
///
/// # Examples
/// ```
/// use proofmark_artifacts::path_part;
///
/// assert_eq!(path_part("flights"), "flights");
/// assert_eq!(path_part("../../x"), "%2e.%2f..%2fx");
/// assert_eq!(path_part("Flights"), "%46lights");
/// ```
pub fn path_part(name: &str) -> String {
    let escaped = escape(name);
    if escaped.len() <= PATH_PART_BYTES_MAX {
        return escaped;
    }
    // Cutting inside an escape is harmless: nothing reads the part back, and the digest tells names apart.
    format!("{}~{}", &escaped[..READABLE_BYTES_MAX], Digest::of(name.as_bytes()))
}

fn escape(name: &str) -> String {
    if name.is_empty() {
        // No other name gives a lone `%`.
        return "%".to_owned();
    }
    let last = name.len() - 1;
    let is_device = is_device(name);
    let mut part = String::with_capacity(name.len());
    for (idx, byte) in name.bytes().enumerate() {
        let plain = match byte {
            b'a'..=b'z' | b'0'..=b'9' | b'_' => !(is_device && idx == 0),
            b'-' => idx != 0,
            b'.' => idx != 0 && idx != last,
            _ => false,
        };
        if plain { part.push(char::from(byte)) } else { part.push_str(&format!("%{byte:02x}")) }
    }
    part
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    let is_port = |base: &str| stem.strip_prefix(base).is_some_and(|n| n.len() == 1);
    DEVICES.contains(&stem) || is_port("com") || is_port("lpt")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Every name that ever got out of a directory, hid in it, or met another one.
    const NAMES: [&str; 38] = [
        "",
        ".",
        "..",
        "../../x",
        "/",
        "/etc/passwd",
        "a/b",
        "a//b",
        "a\\b",
        "..\\x",
        "C:\\x",
        "a:b",
        "\0",
        "a\0b",
        "\n",
        "a\n",
        "flights",
        "Flights",
        "FLIGHTS",
        "caf\u{e9}",
        "cafe\u{301}",
        "con",
        "CON",
        "con.txt",
        "com1",
        "lpt9",
        "nul",
        "aux",
        "a.",
        "a ",
        " a",
        "-rf",
        "--",
        "%2e%2e",
        "%2e%2e/x",
        ".tmp-x",
        "~",
        "\u{202e}txt",
    ];

    fn check(name: &str) {
        let part = path_part(name);
        let stays = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'%' | b'~');
        assert!(part.bytes().all(stays), "{name:?} -> {part}");
        assert!(!part.is_empty() && part.len() <= PATH_PART_BYTES_MAX, "{name:?} -> {part}");
        assert!(!part.starts_with(['.', '-']) && !part.ends_with('.'), "{name:?} -> {part}");
        assert!(!is_device(&part), "{name:?} -> {part}");
        let parts: Vec<_> = std::path::Path::new(&part).components().collect();
        assert!(matches!(parts[..], [std::path::Component::Normal(_)]), "{name:?} -> {part}");
    }

    #[test]
    fn a_name_is_one_harmless_part() {
        NAMES.iter().for_each(|name| check(name));
        for len in [199, 200, 201, 255, 256, 1024, 100_000] {
            check(&"a".repeat(len));
            check(&"\u{e9}".repeat(len));
        }
        (0..=255_u8).for_each(|byte| check(&char::from(byte).to_string()));
    }

    #[test]
    fn no_two_names_share_a_part() {
        let long = ["a".repeat(200), "a".repeat(201), "a".repeat(202), "A".repeat(201)];
        let all: BTreeSet<&str> = NAMES.into_iter().chain(long.iter().map(String::as_str)).collect();
        let parts: BTreeSet<String> = all.iter().map(|name| path_part(name)).collect();
        assert_eq!(parts.len(), all.len());
    }

    #[test]
    fn a_name_is_cut_one_byte_beyond_the_limit() {
        assert_eq!(path_part(&"a".repeat(PATH_PART_BYTES_MAX)).len(), PATH_PART_BYTES_MAX);
        assert!(path_part(&"a".repeat(PATH_PART_BYTES_MAX + 1)).contains('~'));
    }
}
