//! What is written in one piece, as it is known how long it can get, has the bytes and the faults of what is not.

use std::collections::VecDeque;

use proofmark::{Encode, Limits, Order, Record, msgpack, to_value};

/// A `Value` goes element by element and entry by entry.
#[track_caller]
fn check<T: Encode>(value: &T) {
    let parts = to_value(value).unwrap();
    for order in [Order::Declared, Order::Sorted] {
        let encoder = msgpack::Encoder::new().order(order);
        assert_eq!(encoder.to_vec(value).unwrap(), encoder.to_vec(&parts).unwrap());
    }
    for depth in 0..5 {
        let encoder = msgpack::Encoder::new().order(Order::Declared).limits(Limits::depth(depth));
        let (whole, parts) = (encoder.to_vec(value), encoder.to_vec(&parts));
        assert_eq!(whole.map_err(|error| error.kind()), parts.map_err(|error| error.kind()));
    }
}

/// A list and a deque of the same, which has no way of its own.
#[track_caller]
fn check_lists<T: Encode + Clone>(list: &[T]) {
    check(&list.to_vec());
    check(&VecDeque::from_iter(list.iter().cloned()));
}

#[derive(Record, Clone)]
struct Row {
    id: u64,
    #[field(rename = "größe")]
    size: Option<i32>,
    ratio: f32,
    place: (f64, f64),
    flags: [bool; 2],
}

#[derive(Record, Clone)]
#[record(positional)]
struct Position {
    id: Id,
    row: Row,
}

#[derive(Record, Clone)]
#[record(transparent)]
struct Id(i64);

/// What is the default is not written.
#[derive(Record, Clone, PartialEq)]
struct Sparse {
    #[field(default)]
    id: u64,
}

fn row(id: u64) -> Row {
    let size = (!id.is_multiple_of(3)).then_some(-(id as i32));
    Row { id, size, ratio: 0.1, place: (-0.0, f64::INFINITY), flags: [true, id.is_multiple_of(2)] }
}

#[test]
fn floats_in_one_piece_are_floats_one_by_one() {
    for len in [0, 1, 2, 15, 16, 17, 70_000] {
        let floats = Vec::from_iter((0..len).map(|index| f64::from(index) / 7.0));
        check_lists(&floats);
        check_lists(&Vec::from_iter(floats.iter().map(|float| *float as f32)));
        check_lists(&Vec::from_iter(floats.iter().map(|float| (*float,))));
        check_lists(&Vec::from_iter(floats.iter().map(|float| (*float, -*float as f32))));
    }
    check_lists(&[[0.5, f64::NAN, -0.0, f64::INFINITY, 1e300]]);
    check_lists(&[[1.5; 16], [2.5; 16]]);
    check_lists(&[[1.5; 100]]);
    check_lists(&[[1.5; 0]]);
}

#[test]
fn integers_of_every_width_are_written_in_one_piece() {
    let integers = Vec::from_iter((0..64).flat_map(|bits| [1u64 << bits, (1 << bits) - 1]));
    check_lists(&integers);
    check_lists(&Vec::from_iter(integers.iter().map(|integer| -(*integer as i64 >> 1))));
    check_lists(&Vec::from_iter(integers.iter().map(|integer| (*integer as u16, !*integer as i8))));
    check_lists(&Vec::from_iter(integers.iter().map(|integer| [Some(*integer), None])));
}

#[test]
fn records_in_one_piece_are_their_fields() {
    let rows = Vec::from_iter((0..1000).map(|id| row(id * id)));
    check(&rows[1]);
    check_lists(&rows);
    check_lists(&Vec::from_iter(rows.iter().map(|row| (row.clone(), 1.5))));
    let positions = rows.iter().map(|row| Position { id: Id(-(row.id as i64)), row: row.clone() });
    check_lists(&Vec::from_iter(positions));
}

#[test]
fn what_is_left_out_of_a_record_takes_no_room() {
    assert_eq!(msgpack::to_vec(&[Sparse { id: 0 }, Sparse { id: 7 }]).unwrap(), b"\x92\x80\x81\xa2id\x07");
}

#[test]
fn what_is_too_deep_says_where() {
    let encoder = msgpack::Encoder::new().limits(Limits::depth(2));
    let error = encoder.to_vec(&vec![row(1)]).unwrap_err().to_string();
    assert!(error.contains("$[0].place"), "{error}");
}
