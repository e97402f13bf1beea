//! Most of the work done by one partition.

use super::{Facts, Finding, Severity};
use crate::plan_tree::{Operator, PlanTree};

/// The part of a statement's processor time from which it is told.
const PART: f64 = 0.5;
/// Below so many nanoseconds nobody waits for it.
const TIME_MIN: f64 = 100e6;

const ADVICE: &str = "\
    The other processors had nothing to do. A sort or a window without PARTITION BY, or one small file, \
    is often why.";

pub(super) fn find(facts: &Facts<'_>) -> Vec<Finding> {
    let partitions = facts.run.profile.as_ref().map_or(1, |profile| profile.scan.target_partitions);
    if partitions < 2 {
        return Vec::new();
    }
    facts.operators().filter_map(|(tree, operator)| check(tree, operator)).collect()
}

fn check(tree: &PlanTree<'_>, operator: &Operator<'_>) -> Option<Finding> {
    let time = operator.compute().filter(|time| time.value() >= TIME_MIN)?;
    let part = time.part_of(&tree.compute())?;
    (operator.node.partitioning.count == 1 && part.value() >= PART).then(|| {
        let title = format!(
            "{} did {} of the statement's work in a single partition",
            operator.node.name,
            part.text()
        );
        Finding::new("serial-bottleneck", Severity::Warning, title)
            .advice(ADVICE)
            .weight(time.value())
            .evidence("processor time", time)
            .evidence("of the statement", part)
            .at_operator(tree, operator)
    })
}

#[cfg(test)]
mod tests {
    use super::super::case::{Case, check_case, operator, with_partitions};

    fn case(partitions: u32, time: u64) -> Case {
        let metrics = |time| format!(r#""metrics":{{"elapsed_compute_ns":{time}}}"#);
        let input = operator("DataSourceExec", 1, &metrics(200_000_000), &[]);
        let sort = with_partitions(&operator("SortExec", 0, &metrics(time), &[input]), partitions);
        Case::new().with_target_partitions(8).with_plan(&sort)
    }

    #[test]
    fn work_in_one_partition_is_found() {
        let title = "SortExec did 50 % of the statement's work in a single partition";
        check_case("serial-bottleneck", &case(1, 200_000_000), &[title]);
    }

    #[test]
    fn divided_or_little_work_is_let_pass() {
        check_case("serial-bottleneck", &case(2, 200_000_000), &[]);
        check_case("serial-bottleneck", &case(1, 199_000_000), &[]);
        check_case("serial-bottleneck", &case(1, 200_000_000).with_target_partitions(1), &[]);
    }
}
