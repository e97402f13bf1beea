//! The notation in which values are recorded, and values of ours in the same terms.

mod builtins;
mod compare;
mod node;
mod sample;
mod tagger;

pub(crate) use builtins::builtins;
pub(crate) use compare::{compare, plain};
pub(crate) use node::Node;
pub(crate) use sample::{sample, value};
pub(crate) use tagger::tag;

use serde_json::Value as Json;

/// The tag of a recorded value, and what it is tagged on; entries that only say more about it are left aside.
fn open(recorded: &Json) -> Option<(&str, &Json)> {
    let more = |entry: &&str| matches!(*entry, "off" | "r" | "v" | "f" | "n");
    let mut entries = recorded.as_object()?.iter().map(|(entry, body)| (entry.as_str(), body));
    entries.find(|(entry, _)| !more(entry))
}
