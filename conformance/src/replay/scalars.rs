//! `json_scalars`, `msgpack_scalars`: any type but the records, in strict and lenient mode.

use proofmark::Order;
use serde_json::Value as Json;

use super::codec::{self, Output};
use crate::{vector::Case, verdict::Verdict};

pub(super) fn replay(case: &Case) -> Verdict {
    // Sets were recorded in an order of their own only where they have more than one element.
    let order = if case.get("value").is_some_and(has_set) { Order::Deterministic } else { Order::Declared };
    codec::replay(
        case,
        &[
            Output { part: "reencoded", same_format: true, order },
            Output { part: "cross", same_format: false, order },
        ],
    )
}

fn has_set(value: &Json) -> bool {
    match value {
        Json::Object(entries) => entries.iter().any(|(tag, body)| {
            (tag == "set" && body.as_array().is_some_and(|items| items.len() > 1)) || has_set(body)
        }),
        Json::Array(items) => items.iter().any(has_set),
        _ => false,
    }
}
