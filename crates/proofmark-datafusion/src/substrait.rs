//! Substrait plans read, and turned into the engine's own.

use datafusion::error::{DataFusionError, Result as EngineResult};
use datafusion::execution::SessionState;
use datafusion::logical_expr::LogicalPlan;
use datafusion_substrait::logical_plan::consumer::from_substrait_plan;
use datafusion_substrait::substrait::proto::{Plan, Version, plan_rel::RelType};
use proofmark::serde::AsSerde;
use proofmark::{Limits, Value};
use prost::Message as _;

use crate::error::{Error, ErrorKind, Result};
use crate::recorder::RUN_STACK_BYTES;
use crate::run::panicked;
use crate::substrait_plan::{Header, SubstraitPlan};

/// Levels of a plan's JSON form. The binary form has a limit of its own, of 100 messages.
const JSON_DEPTH_MAX: u32 = 400;

/// Reads a plan, on a thread with a large stack: plans are trees, and their readers walk them by recursion.
pub(crate) fn read(bytes: &[u8]) -> Result<Header> {
    let read = || read_here(bytes).map_err(|found| refused(&found));
    std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(RUN_STACK_BYTES);
        let thread =
            builder.spawn_scoped(scope, read).map_err(|error| Error::io("cannot start a thread", &error))?;
        thread.join().unwrap_or_else(|panic| Err(refused(panicked(&*panic).message())))
    })
}

fn refused(found: &str) -> Error {
    Error::new(ErrorKind::Parse, format!("this is no Substrait plan: {found}"))
}

/// JSON begins with a brace, which begins no plan in the binary form.
fn read_here(bytes: &[u8]) -> std::result::Result<Header, String> {
    let bytes = match bytes.trim_ascii_start().starts_with(b"{") {
        true => plan_of_json(bytes).map_err(|error| error.to_string())?.encode_to_vec(),
        false => bytes.to_vec(),
    };
    let plan = Plan::decode(&*bytes).map_err(|error| error.to_string())?;
    check(&plan)?;
    let named = |text: &String| !text.is_empty();
    Ok(Header {
        producer: plan.version.as_ref().map(|version| version.producer.clone()).filter(named),
        version: plan.version.as_ref().map(version_text),
        tables: tables(&plan),
        bytes,
    })
}

fn plan_of_json(bytes: &[u8]) -> proofmark::Result<Plan> {
    let decoder = proofmark::json::Decoder::new().limits(Limits::depth(JSON_DEPTH_MAX));
    decoder.from_slice::<AsSerde<Plan>>(bytes).map(AsSerde::into_inner)
}

/// What the engine takes for granted, and stops at when it is not so.
fn check(plan: &Plan) -> std::result::Result<(), &'static str> {
    let [relation] = &plan.relations[..] else { return Err("it has no relation, or several") };
    match &relation.rel_type {
        None => Err("its relation is empty"),
        Some(RelType::Root(root)) if root.input.is_none() => Err("its root has no input"),
        Some(_) => Ok(()),
    }
}

fn version_text(version: &Version) -> String {
    format!("{}.{}.{}", version.major_number, version.minor_number, version.patch_number)
}

/// The tables of a plan, found in its JSON form: there a table is an object `namedTable` wherever it stands.
fn tables(plan: &Plan) -> Vec<String> {
    let mut tables = Vec::new();
    if let Ok(value) = proofmark::serde::to_value(plan) {
        collect(&value, &mut tables);
    }
    tables
}

fn collect(value: &Value, tables: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, tables)),
        Value::Map(map) => {
            tables.extend(value.get("namedTable").and_then(last_name));
            map.values().for_each(|item| collect(item, tables));
        }
        _ => {}
    }
}

fn last_name(table: &Value) -> Option<String> {
    let Value::Array(names) = table.get("names")? else { return None };
    Some(names.last()?.as_str()?.to_owned())
}

/// The plan over the tables of the session.
pub(crate) async fn logical(plan: &SubstraitPlan, state: &SessionState) -> EngineResult<LogicalPlan> {
    let plan = Plan::decode(plan.bytes()).map_err(|error| DataFusionError::External(Box::new(error)))?;
    from_substrait_plan(state, &plan).await
}
