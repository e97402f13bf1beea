//! Lists that are written in strides have the bytes and the faults of lists that are not.

use std::collections::VecDeque;

use proofmark::{Encode, Limits, json, msgpack};

/// A deque goes element by element.
#[track_caller]
fn check<T: Encode + Clone>(list: &[T]) {
    let deque = VecDeque::from_iter(list.iter().cloned());
    assert_eq!(json::to_vec(list).unwrap(), json::to_vec(&deque).unwrap());
    for depth in 0..4 {
        let encoder = msgpack::Encoder::new().limits(Limits::depth(depth));
        let (strides, steps) = (encoder.to_vec(list), encoder.to_vec(&deque));
        assert_eq!(strides.map_err(|error| error.to_string()), steps.map_err(|error| error.to_string()));
    }
}

#[test]
fn floats_in_strides_are_floats_one_by_one() {
    for len in [0, 1, 2, 15, 16, 17, 70_000] {
        let floats = Vec::from_iter((0..len).map(|index| f64::from(index) / 7.0));
        check(&floats);
        check(&Vec::from_iter(floats.iter().map(|float| *float as f32)));
        check(&Vec::from_iter(floats.iter().map(|float| (*float,))));
        check(&Vec::from_iter(floats.iter().map(|float| (*float, -*float as f32))));
        check(&Vec::from_iter(
            floats.iter().map(|float| [*float, 0.5, f64::NAN, -0.0, f64::INFINITY, 1e300]),
        ));
        check(&Vec::from_iter(floats.iter().map(|float| [*float; 7])));
        check(&Vec::from_iter(floats.iter().map(|float| [*float; 0])));
    }
}

#[test]
fn what_is_not_floats_alone_goes_element_by_element() {
    check(&[(1.5, 1), (2.5, 2)]);
    check(&[[(1.5, 2.5)], [(3.5, 4.5)]]);
    check(&[[[1.5, 2.5], [3.5, 4.5]]]);
    check(&[Some(1.5), None]);
}
