//! Files that a table reads by a schema that is not theirs: each difference falls under a rule, and the verdict is what
//! the reader does.

mod columns;
mod kernel;
mod lock;
mod variants;

use arrow_schema::{DataType, Field, Schema};
use proofmark_arrow::drift::{Drift, compare};

/// A table of one column `c` that takes nulls.
fn one(data_type: &DataType) -> Schema {
    Schema::new(vec![Field::new("c", data_type.clone(), true)])
}

/// `c.inside kind table <- file: RULE verdict level`
fn line(drift: &Drift) -> String {
    let Drift { column, inside, kind, table, file, rule, level, verdict, .. } = drift;
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    let kind = format!("{kind:?}").to_lowercase();
    format!("{column}{inside} {kind} {} <- {}: {rule} {verdict} {level}", text(table), text(file))
}

fn lines(table: &Schema, file: &Schema) -> Vec<String> {
    compare(table, file).iter().map(line).collect()
}
