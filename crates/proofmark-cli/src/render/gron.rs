//! One line per value, with its path in front: for `grep`, and for finding the path to give back.

use proofmark::Value;

use crate::failure::Result;
use crate::node::{Form, Node};
use crate::path::{Path, Step};

/// `.datasets[0].rows = 336776`; what is missing has no line.
pub(crate) fn gron(node: &Node<'_>) -> Result<String> {
    let mut out = String::new();
    push(&mut Path::default(), node, &mut out)?;
    Ok(out)
}

fn push(path: &mut Path, node: &Node<'_>, out: &mut String) -> Result<()> {
    match &node.form {
        Form::List(items) if !items.is_empty() => {
            for (idx, item) in items.iter().enumerate() {
                push_step(path, Step::Index(idx as i64), item, out)?;
            }
        }
        Form::Fields(fields) if !fields.entries.is_empty() => {
            for entry in &fields.entries {
                push_step(path, Step::Name(entry.name.to_string()), &entry.node, out)?;
            }
        }
        _ => push_leaf(path, node.value, out)?,
    }
    Ok(())
}

fn push_step(path: &mut Path, step: Step, node: &Node<'_>, out: &mut String) -> Result<()> {
    path.0.push(step);
    let pushed = push(path, node, out);
    path.0.pop();
    pushed
}

fn push_leaf(path: &Path, value: Option<&Value>, out: &mut String) -> Result<()> {
    if let Some(value) = value {
        out.push_str(&format!("{path} = {}\n", json(value)?));
    }
    Ok(())
}

/// The value as compact JSON text.
pub(crate) fn json(value: &Value) -> Result<String> {
    let bytes = crate::document::to_json(value)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
