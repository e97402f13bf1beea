//! Which bytes are a value: all ways of reading say the same.

use proofmark::{ErrorKind, Format, Limits, Raw};

use crate::way::{Verdict, WAYS, Way};

/// Every way of reading JSON agrees with the one that only looks.
pub(crate) fn json_ways(bytes: &[u8]) {
    agree(Format::Json, bytes);
}

/// Every way of reading MessagePack agrees with the one that only looks.
pub(crate) fn msgpack_ways(bytes: &[u8]) {
    agree(Format::MsgPack, bytes);
}

fn agree(format: Format, bytes: &[u8]) {
    let is_value = look(format, bytes, 0);
    for way in WAYS {
        let found = way.verdict(format, bytes);
        if is_value == Verdict::Accepted {
            assert!(!is_about_syntax(found), "{}: {found:?} of a value", way.name);
            continue;
        }
        // What stands around may make a document of what was none.
        let document = way.document(format, bytes);
        match (look(format, &document, way.levels()), found) {
            (Verdict::Accepted, _) => assert!(!is_about_syntax(found), "{}: {found:?}", way.name),
            (Verdict::Refused(_), Verdict::Accepted) => assert!(takes_less(&way), "{}: accepted", way.name),
            // A type that wants something else may say so before it comes to the fault.
            (Verdict::Refused(kind), Verdict::Refused(found)) => {
                assert!(
                    found == kind || !is_about_syntax(Verdict::Refused(found)) || takes_less(&way),
                    "{}: {found:?} for {kind:?}",
                    way.name
                );
            }
        }
    }
}

fn look(format: Format, document: &[u8], levels: u32) -> Verdict {
    let limits = Limits::depth(Limits::DEPTH_MAX + levels);
    match Raw::with_limits(format, document, limits) {
        Ok(_) => Verdict::Accepted,
        Err(error) => Verdict::Refused(error.kind()),
    }
}

/// Whether a verdict is about what any reader has to see, and not about what one type wants.
fn is_about_syntax(verdict: Verdict) -> bool {
    matches!(
        verdict,
        Verdict::Refused(ErrorKind::Truncated | ErrorKind::Malformed | ErrorKind::Utf8 | ErrorKind::Limit)
    )
}

/// Whether a way leaves what follows the first value to the next call.
fn takes_less(way: &Way) -> bool {
    way.name == "one of many"
}
