//! `schema`: the JSON Schema of a type, key order included.

use proofmark::{Value, json, schema::json_schema_of};

use crate::{
    table, tree,
    vector::Case,
    verdict::{ACCEPTED, Findings, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let Some(expression) = case.text("type") else { return Verdict::malformed("type") };
    let Some(shape) = table::find(expression).and_then(|operations| operations.shape()) else {
        return table::missing(expression);
    };
    let schema = json_schema_of(shape);
    let mut findings = Findings::default();
    match (case.error(), recorded(case)) {
        (Some(expected), _) => findings.error("error", expected, &schema),
        (None, Some(recorded)) => match schema {
            Ok(schema) => {
                tree::compare("json_schema", &recorded, &without_invented_names(&schema), &mut findings)
            }
            Err(error) => findings.differ("error", ACCEPTED, error.to_string()),
        },
        (None, None) => return Verdict::malformed("json_schema"),
    }
    findings.verdict()
}

/// The recorded schema, its keys as they were.
fn recorded(case: &Case) -> Option<String> {
    let Ok(Value::Map(mut record)) = json::from_str(&case.line) else { return None };
    record.remove("json_schema").as_ref().map(tree::text)
}

/// Our schema with each `Literal` in its place: in Python it has no name, and in Rust one that this program gave it.
fn without_invented_names(schema: &str) -> String {
    let Ok(schema) = json::from_str::<Value>(schema) else { return schema.to_owned() };
    let definitions = schema.get("$defs").cloned().unwrap_or_default();
    tree::text(&in_place(schema, &definitions))
}

fn in_place(schema: Value, definitions: &Value) -> Value {
    match schema {
        Value::Array(items) => items.into_iter().map(|item| in_place(item, definitions)).collect(),
        Value::Map(entries) => {
            let entries = entries.into_vec().into_iter().filter(|(key, _)| !is_invented(key));
            let entries = entries.flat_map(|(key, value)| entry(key, value, definitions)).collect::<Vec<_>>();
            Value::Map(entries.into())
        }
        scalar => scalar,
    }
}

/// The entries that stand for one: what a reference to an invented name leads to, or the entry itself.
fn entry(key: Value, value: Value, definitions: &Value) -> Vec<(Value, Value)> {
    let target = value.as_str().and_then(|text| text.strip_prefix("#/$defs/"));
    if let Some(name) = target.filter(|name| name.starts_with(INVENTED))
        && let Some(Value::Map(definition)) = definitions.get(name)
    {
        return definition.clone().into_vec().into_iter().filter(|(key, _)| key != "title").collect();
    }
    match (key == "$defs", in_place(value, definitions)) {
        (true, Value::Map(left)) if left.is_empty() => Vec::new(),
        (_, value) => vec![(key, value)],
    }
}

fn is_invented(key: &Value) -> bool {
    key.as_str().is_some_and(|key| key.starts_with(INVENTED))
}

/// How the names of our literal types begin.
const INVENTED: &str = "Literal";
