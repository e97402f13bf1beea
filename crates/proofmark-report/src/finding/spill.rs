//! An operator that wrote to disk for lack of memory.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};
use crate::view::memory;

const ADVICE: &str = "\
    Disk is slower than memory by far. Give it more memory, sort or group less, or aggregate earlier.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    facts.operators().filter_map(|(tree, operator)| check(facts, tree, operator)).collect()
}

fn check(facts: &Facts<'_>, tree: &PlanTree<'_>, operator: &Operator<'_>) -> Option<Finding> {
    let spilled = operator.spilled().filter(|spilled| spilled.value() > 0.0)?;
    let title = format!("{} wrote {} to disk for lack of memory", operator.node.name, spilled.text());
    Some(
        Finding::new("spill", Severity::Warning, title)
            .advice(ADVICE)
            .weight(spilled.value())
            .evidence("spilled", spilled)
            .evidence("files", operator.counter("spill_count"))
            .evidence("rows", operator.counter("spilled_rows"))
            .evidence("limit of the pool", memory::limit(facts.run))
            .at_operator(tree, operator),
    )
}

#[cfg(test)]
mod tests {
    use super::super::case::{check, operator};

    #[test]
    fn bytes_on_disk_are_found() {
        let title = "SortExec wrote 126 MB to disk for lack of memory";
        check("spill", &operator("SortExec", 0, r#""metrics":{"spilled_bytes":126000000}"#, &[]), &[title]);
    }

    #[test]
    fn what_stays_in_memory_is_let_pass() {
        check("spill", &operator("SortExec", 0, r#""metrics":{"spilled_bytes":0}"#, &[]), &[]);
        check("spill", &operator("SortExec", 0, "", &[]), &[]);
    }
}
