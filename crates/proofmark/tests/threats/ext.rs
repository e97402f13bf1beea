//! Extension values: every size bit for bit; a timestamp that is none is refused and never a panic.

use proofmark::{ErrorKind, Ext, Format, Value, msgpack};

use crate::way::{Verdict, WAYS};

#[test]
fn every_size_is_kept_bit_for_bit_in_the_shortest_form() {
    for len in (0..=40).chain([255, 256, 65_535, 65_536]) {
        let ext = Ext::new(5, Vec::from_iter((0..len).map(|index| index as u8)));
        let packed = msgpack::to_vec(&ext).unwrap();
        let header = match len {
            1 | 2 | 4 | 8 | 16 => 2,
            0..=255 => 3,
            256..=65_535 => 4,
            _ => 6,
        };
        assert_eq!(packed.len(), header + len);
        assert_eq!(msgpack::from_slice::<Ext>(&packed).unwrap(), ext);
        assert_eq!(msgpack::to_vec(&msgpack::from_slice::<Value>(&packed).unwrap()).unwrap(), packed);
        for way in WAYS {
            assert_eq!(way.verdict(Format::MsgPack, &packed), Verdict::Accepted, "{}: {len}", way.name);
        }
    }
}

#[test]
fn codes_that_are_not_known_are_kept() {
    for code in i8::MIN..=i8::MAX {
        let packed = [0xd6, code as u8, 0, 0, 0, 1];
        let value: Value = msgpack::from_slice(&packed).unwrap();
        assert_eq!(msgpack::to_vec(&value).unwrap(), packed, "{code}");
    }
}

fn timestamp(payload: &[u8]) -> Vec<u8> {
    [&[0xc7, payload.len() as u8, 0xff], payload].concat()
}

/// Refused by everything that wants to know the time, and never a panic; passed over by what does not.
fn refuse(payload: &[u8], kind: ErrorKind) {
    let packed = timestamp(payload);
    let found = [
        msgpack::from_slice::<Value>(&packed).err(),
        msgpack::from_slice::<jiff::Timestamp>(&packed).err(),
        msgpack::from_slice::<proofmark::scalar::DateTime>(&packed).err(),
        msgpack::from_slice::<chrono::DateTime<chrono::Utc>>(&packed).err(),
    ];
    for error in found {
        assert_eq!(error.map(|error| error.kind()), Some(kind), "{}", payload.escape_ascii());
    }
    assert_eq!(msgpack::from_slice::<Ext>(&packed).unwrap().data(), payload);
    assert_eq!(msgpack::from_slice::<proofmark::Raw<'_>>(&packed).unwrap().as_bytes(), packed);
}

#[test]
fn a_timestamp_of_a_wrong_size_is_refused() {
    for len in (0..=20).filter(|len| ![4, 8, 12].contains(len)).chain([255]) {
        refuse(&vec![0; len], ErrorKind::Format);
    }
}

#[test]
fn a_timestamp_of_too_many_nanoseconds_is_refused() {
    let nanos64 = |nanos: u64| (nanos << 34).to_be_bytes();
    let nanos96 = |nanos: u32| [&nanos.to_be_bytes()[..], &[0; 8]].concat();
    assert!(msgpack::from_slice::<jiff::Timestamp>(&timestamp(&nanos64(999_999_999))).is_ok());
    assert!(msgpack::from_slice::<jiff::Timestamp>(&timestamp(&nanos96(999_999_999))).is_ok());
    for nanos in [1_000_000_000, 1_000_000_001, (1 << 30) - 1] {
        refuse(&nanos64(nanos), ErrorKind::Range);
    }
    for nanos in [1_000_000_000, 1_000_000_001, u32::MAX] {
        refuse(&nanos96(nanos), ErrorKind::Range);
    }
}

#[test]
fn a_timestamp_beyond_the_years_is_refused_and_one_before_1970_is_taken() {
    let at = |second: i64| [&[0; 4][..], &second.to_be_bytes()].concat();
    for second in [i64::MIN, i64::MAX, 253_402_300_800, -62_135_596_801, 1 << 53, -(1 << 53)] {
        refuse(&at(second), ErrorKind::Range);
        refuse(&[&1_u32.to_be_bytes()[..], &second.to_be_bytes()].concat(), ErrorKind::Range);
    }
    for second in [-1, -62_135_596_800, 0, 1, 253_402_207_200] {
        let read: jiff::Timestamp = msgpack::from_slice(&timestamp(&at(second))).unwrap();
        assert_eq!(read.as_second(), second);
        let value: Value = msgpack::from_slice(&timestamp(&at(second))).unwrap();
        assert_eq!(msgpack::from_slice::<jiff::Timestamp>(&msgpack::to_vec(&value).unwrap()).unwrap(), read);
    }
}
