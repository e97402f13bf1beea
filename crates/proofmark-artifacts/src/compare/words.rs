//! Differences and their causes in a few words, for lists. Texts from data stand in them as they are: escape them.

use std::fmt;

use proofmark::Maybe;

use super::{
    ArtifactState, Cause, ColumnChange, DataFact, Figure, NodeChange, OutputFact, PlanStage, SettingArea,
    ShownValue, StatementChange, ValueEdit,
};
use crate::{Partitioning, RowEstimate, RunStatus};

/// What stands for a value that is not there.
const NOTHING: &str = "-";

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config { key, old, new } => write!(f, "config {key} {} -> {}", of(old), of(new)),
            Self::Statistics { dataset, old_rows, new_rows } => {
                write!(f, "statistics of {dataset}: rows {} -> {}", of(old_rows), of(new_rows))
            }
            Self::Schema { dataset } => write!(f, "schema of {dataset}"),
            Self::EngineVersion { package, old, new } => {
                write!(f, "engine version: {package} {} -> {}", of(old), of(new))
            }
            Self::Host { fact, old, new } => write!(f, "host {fact} {} -> {}", of(old), of(new)),
            Self::Sql { statement } => write!(f, "SQL of statement {statement}"),
            Self::Data { dataset, fact, old, new } => {
                write!(f, "data of {dataset}: {fact} {} -> {}", of(old), of(new))
            }
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

fn of(text: &Maybe<String>) -> &str {
    text.as_ref().into_option().map_or(NOTHING, String::as_str)
}

impl fmt::Display for NodeChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Inserted { detail } => write!(f, "inserted  {detail}"),
            Self::Removed { detail } => write!(f, "removed  {detail}"),
            Self::Replaced { old_node, .. } => write!(f, "replaces {old_node}"),
            Self::Moved => f.write_str("moved"),
            Self::Detail { old, new } => write!(f, "{old} -> {new}"),
            Self::Partitioning { old, new } => partitioning(f, old, new),
            Self::Ordering { old, new } => {
                write!(f, "ordering [{}] -> [{}]", old.join(", "), new.join(", "))
            }
            Self::Estimate { old, new } => {
                write!(f, "estimated rows {} -> {}", estimate(*old), estimate(*new))
            }
        }
    }
}

fn partitioning(f: &mut fmt::Formatter<'_>, old: &Partitioning, new: &Partitioning) -> fmt::Result {
    if (old.scheme, &old.expressions) == (new.scheme, &new.expressions) {
        return write!(f, "partitions {} -> {}", old.count, new.count);
    }
    let whole = |of: &Partitioning| {
        format!("{:?}({}) {}", of.scheme, of.expressions.join(", "), of.count).replace("()", "")
    };
    write!(f, "partitioning {} -> {}", whole(old), whole(new))
}

fn estimate(estimate: Maybe<RowEstimate>) -> String {
    match estimate {
        Maybe::Set(RowEstimate { rows, exact: true }) => rows.to_string(),
        Maybe::Set(RowEstimate { rows, exact: false }) => format!("~{rows}"),
        Maybe::Unset => NOTHING.to_owned(),
    }
}

impl fmt::Display for ColumnChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { column, data_type, nullable } => {
                write!(
                    f,
                    "column `{column}` added, {data_type}{}",
                    if *nullable { ", may be null" } else { "" }
                )
            }
            Self::Removed { column, data_type } => write!(f, "column `{column}` removed, {data_type}"),
            Self::Retyped { column, old, new } => write!(f, "column `{column}` {old} -> {new}"),
            Self::Nullability { column, nullable: true } => {
                write!(f, "column `{column}` nullability relaxed")
            }
            Self::Nullability { column, nullable: false } => {
                write!(f, "column `{column}` nullability tightened")
            }
            Self::Moved { column, from, to } => write!(f, "column `{column}` moved from {from} to {to}"),
        }
    }
}

impl fmt::Display for StatementChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = |rows: &Maybe<u64>| rows.into_option().map_or(NOTHING.to_owned(), |rows| rows.to_string());
        match self {
            Self::Added { sql } => write!(f, "added  {sql}"),
            Self::Removed { sql } => write!(f, "removed  {sql}"),
            Self::Sql { old, new } => write!(f, "SQL {old} -> {new}"),
            Self::Status { old, new } => write!(f, "status {} -> {}", status(*old), status(*new)),
            Self::Rows { old, new } => write!(f, "rows {} -> {}", rows(old), rows(new)),
        }
    }
}

const fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Ok => "ok",
        RunStatus::Failed => "failed",
        RunStatus::Cancelled => "cancelled",
        RunStatus::Incomplete => "incomplete",
    }
}

impl fmt::Display for ShownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole { value } => write!(f, "{value}"),
            Self::Digest { bytes, sha256 } => {
                write!(f, "<{bytes} bytes, sha256 {}…>", &sha256.as_str()[..12])
            }
        }
    }
}

impl fmt::Display for ValueEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Added { value } => write!(f, "added {value}"),
            Self::Removed { value } => write!(f, "removed {value}"),
            Self::Changed { old, new } => write!(f, "{old} -> {new}"),
            Self::Moved { from, to } => write!(f, "moved from {from} to {to}"),
        }
    }
}

/// Gives each variant of a plain enum its words.
macro_rules! words {
    ($($type:ident { $($variant:ident => $words:literal),* $(,)? })*) => {$(
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(match self { $(Self::$variant => $words),* })
            }
        }
    )*};
}

words! {
    PlanStage { Logical => "logical", Optimized => "optimized", Physical => "physical" }
    ArtifactState {
        Same => "same content", Changed => "CHANGED", Added => "ADDED", Removed => "REMOVED",
        Unreadable => "UNREADABLE",
    }
    SettingArea {
        Setting => "setting", HostSetting => "host setting", Config => "config", Profile => "profile",
        Functions => "functions", Engine => "engine", Package => "package", Host => "host",
    }
    DataFact {
        Dataset => "dataset", Version => "version", Rows => "rows", Files => "files", Bytes => "bytes",
        Content => "content", Format => "format", Ordering => "ordering",
    }
    OutputFact { Output => "output", Rows => "rows", Content => "content", Format => "format" }
    Figure {
        WallNs => "wall time", ComputeNs => "processor time", RowsOut => "rows", BytesOut => "bytes",
        SpilledBytes => "spilled", MemoryBytesMax => "memory",
    }
}
