//! The artifacts themselves, packed into the page.

use std::io::Write as _;

use base64_simd::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use proofmark::json;
use proofmark_artifacts::Codec;

use crate::positional::{self, Positional};
use crate::recorded::{DocumentState, Recorded};

/// Most bytes of JSON that are packed; what does not fit is left out, and said to be.
const BYTES_MAX: usize = 64 << 20;

/// The packed artifacts.
pub(crate) struct Embedded {
    /// Base64 of gzip of `{"bundle": index, "artifacts": {name: record}, "positional": {place: names}}`.
    pub(crate) base64: String,
    /// Artifacts that are too large, or that this program cannot read.
    pub(crate) left_out: Vec<String>,
}

/// Packs the index and every artifact that could be read. The same artifacts give the same bytes.
pub(crate) fn embed(run: &Recorded) -> Embedded {
    let index = Codec::Json.encode(&run.index).unwrap_or_else(|_| b"null".to_vec());
    let mut text = b"{\"bundle\":".to_vec();
    text.extend(index);
    text.extend(b",\"artifacts\":{");
    let mut left_out = Vec::new();
    let mut names = Positional::new();
    let mut is_first = true;
    for document in &run.documents {
        let name = json::to_vec(&document.entry.name).unwrap_or_default();
        match &document.state {
            DocumentState::Verified(record) if text.len() + record.len() <= BYTES_MAX && !name.is_empty() => {
                text.extend(if is_first { &b""[..] } else { b"," });
                text.extend(name);
                text.push(b':');
                text.extend(record);
                positional::collect(&document.entry.name, &document.entry.kind, &mut names);
                is_first = false;
            }
            _ => left_out.push(document.entry.name.clone()),
        }
    }
    text.extend(b"},\"positional\":");
    text.extend(json::to_vec(&names).unwrap_or_else(|_| b"{}".to_vec()));
    text.push(b'}');
    Embedded { base64: STANDARD.encode_to_string(packed(&text)), left_out }
}

/// Without a time and without a name in the header: those would differ from page to page.
fn packed(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    // Writing to a vector does not fail.
    let _ = encoder.write_all(text);
    encoder.finish().unwrap_or_default()
}
