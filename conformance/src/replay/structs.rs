//! `structs`: records, in all orders.

use proofmark::Order;

use super::codec::{self, Output};
use crate::{vector::Case, verdict::Verdict};

const OUTPUTS: [Output; 6] = [
    Output { part: "reencoded", same_format: true, order: Order::Declared },
    Output { part: "cross", same_format: false, order: Order::Declared },
    Output { part: "enc_det", same_format: true, order: Order::Deterministic },
    Output { part: "cross_det", same_format: false, order: Order::Deterministic },
    Output { part: "enc_sorted", same_format: true, order: Order::Sorted },
    Output { part: "cross_sorted", same_format: false, order: Order::Sorted },
];

pub(super) fn replay(case: &Case) -> Verdict {
    // Without an order, what hangs on object identity has no counterpart under equality.
    let outputs = if case.flag("identity_dependent") { &OUTPUTS[2..] } else { &OUTPUTS[..] };
    codec::replay(case, outputs)
}
