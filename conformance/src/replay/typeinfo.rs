//! `typeinfo`: the description of a type.

use crate::{
    info, table, tree,
    vector::Case,
    verdict::{Findings, Verdict},
};

pub(super) fn replay(case: &Case) -> Verdict {
    let (Some(expression), Some(recorded)) = (case.text("type"), case.get("info")) else {
        return Verdict::malformed("type or info");
    };
    let Some(shape) = table::find(expression).and_then(|operations| operations.shape()) else {
        return table::missing(expression);
    };
    let mut findings = Findings::default();
    match info::describe(shape) {
        Ok(found) => {
            let recorded = info::recorded(recorded).to_string();
            tree::compare("info", &recorded, &found.to_string(), &mut findings);
        }
        Err(what) => findings.differ("info", recorded.to_string(), what),
    }
    findings.verdict()
}
