//! Names and tags as bytes of each format.

/// A string in MessagePack.
pub(crate) fn msgpack_str(text: &str) -> Vec<u8> {
    let mut bytes = match text.len() {
        len @ 0..=31 => vec![0xA0 | len as u8],
        len @ 32..=255 => vec![0xD9, len as u8],
        len => [&[0xDA], &(len as u16).to_be_bytes()[..]].concat(),
    };
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

/// An integer in MessagePack, in its shortest form.
pub(crate) fn msgpack_int(value: i64) -> Vec<u8> {
    match value {
        -0x20..=0x7F => vec![value as u8],
        0x80..=0xFF => vec![0xCC, value as u8],
        0x100..=0xFFFF => [&[0xCD], &(value as u16).to_be_bytes()[..]].concat(),
        0x1_0000..=0xFFFF_FFFF => [&[0xCE], &(value as u32).to_be_bytes()[..]].concat(),
        0x1_0000_0000.. => [&[0xCF], &value.to_be_bytes()[..]].concat(),
        -0x80..-0x20 => vec![0xD0, value as u8],
        -0x8000..-0x80 => [&[0xD1], &(value as i16).to_be_bytes()[..]].concat(),
        -0x8000_0000..-0x8000 => [&[0xD2], &(value as i32).to_be_bytes()[..]].concat(),
        _ => [&[0xD3], &value.to_be_bytes()[..]].concat(),
    }
}

/// Whether a name can stand between quotes as it is.
pub(crate) fn is_plain(name: &str) -> bool {
    name.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\')
}

/// The longest wire name that [`msgpack_str`] can say.
pub(crate) const NAME_BYTES_MAX: usize = u16::MAX as usize;
