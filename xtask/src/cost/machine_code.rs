//! How much machine code a program has: the size of the section `.text` of an ELF file.

/// `None` when `file` is not a 64-bit little-endian ELF file with such a section.
pub(super) fn size(file: &[u8]) -> Option<u64> {
    if !file.starts_with(b"\x7fELF\x02\x01") {
        return None;
    }
    let table = word(file, 0x28)?;
    let count = half(file, 0x3c)?;
    let names = Section::read(file, table, half(file, 0x3e)?)?;
    (0..count).find_map(|idx| {
        let section = Section::read(file, table, idx)?;
        let name = file.get(usize::try_from(names.offset + section.name).ok()?..)?;
        name.starts_with(b".text\0").then_some(section.size)
    })
}

struct Section {
    /// Where its name starts in the section of names.
    name: u64,
    offset: u64,
    size: u64,
}

impl Section {
    fn read(file: &[u8], table: u64, idx: u16) -> Option<Section> {
        const HEADER: u64 = 64;
        let at = table.checked_add(u64::from(idx) * HEADER)?;
        let name = u64::from(u32::from_le_bytes(bytes(file, at)?));
        Some(Section { name, offset: word(file, at + 0x18)?, size: word(file, at + 0x20)? })
    }
}

fn word(file: &[u8], at: u64) -> Option<u64> {
    bytes(file, at).map(u64::from_le_bytes)
}

fn half(file: &[u8], at: u64) -> Option<u16> {
    bytes(file, at).map(u16::from_le_bytes)
}

fn bytes<const N: usize>(file: &[u8], at: u64) -> Option<[u8; N]> {
    let start = usize::try_from(at).ok()?;
    file.get(start..start.checked_add(N)?)?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_program_has_code() {
        let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
        assert!(size(&program).is_some_and(|size| size > 10_000 && size < program.len() as u64));
    }

    #[test]
    fn anything_else_has_none() {
        assert_eq!(size(b"#!/bin/sh\n"), None);
        assert_eq!(size(b"\x7fELF\x02\x01"), None);
    }
}
