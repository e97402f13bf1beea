//! Two plans as lines, and which of them only one has.

use proofmark_artifacts::PlanNode;

/// One line of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) side: Side,
    pub(super) depth: usize,
    pub(super) name: String,
    pub(super) detail: String,
}

/// Which plan has the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Both, though perhaps at another depth.
    Both,
    /// The plan before only.
    Before,
    /// The plan after only.
    After,
}

/// The nodes of two plans in one list, by the longest list of nodes that they share.
pub(super) fn compare(before: &PlanNode, after: &PlanNode) -> Vec<Line> {
    let (before, after) = (flatten(before), flatten(after));
    let lengths = common_lengths(&before, &after);
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::new();
    while i < before.len() || j < after.len() {
        let (a, b) = (before.get(i), after.get(j));
        match (a, b) {
            (Some(a), Some(b)) if same(a, b) => {
                lines.push(line(Side::Both, b));
                (i, j) = (i + 1, j + 1);
            }
            (Some(a), b) if b.is_none() || lengths[i + 1][j] >= lengths[i][j + 1] => {
                lines.push(line(Side::Before, a));
                i += 1;
            }
            (_, Some(b)) => {
                lines.push(line(Side::After, b));
                j += 1;
            }
            _ => break,
        }
    }
    lines
}

type Flat<'a> = (usize, &'a PlanNode);

fn same((_, a): &Flat<'_>, (_, b): &Flat<'_>) -> bool {
    a.name == b.name && a.detail == b.detail
}

fn line(side: Side, (depth, node): &Flat<'_>) -> Line {
    Line { side, depth: *depth, name: node.name.clone(), detail: node.detail.clone() }
}

/// From the root down, children in order; without recursion.
pub(super) fn flatten(root: &PlanNode) -> Vec<Flat<'_>> {
    let mut nodes = Vec::new();
    let mut waiting = vec![(0, root)];
    while let Some((depth, node)) = waiting.pop() {
        nodes.push((depth, node));
        waiting.extend(node.children.iter().rev().map(|child| (depth + 1, child)));
    }
    nodes
}

/// For each pair of places, how many nodes the rests after them share.
fn common_lengths(before: &[Flat<'_>], after: &[Flat<'_>]) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; after.len() + 1]; before.len() + 1];
    for i in (0..before.len()).rev() {
        for j in (0..after.len()).rev() {
            lengths[i][j] = if same(&before[i], &after[j]) {
                lengths[i + 1][j + 1] + 1
            } else {
                lengths[i + 1][j].max(lengths[i][j + 1])
            };
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(name: &str, detail: &str, children: Vec<PlanNode>) -> PlanNode {
        PlanNode { name: name.to_owned(), detail: detail.to_owned(), children }
    }

    fn check(before: &PlanNode, after: &PlanNode, expected: &[&str]) {
        let sign = |line: Line| match line.side {
            Side::Both => format!("  {} {}", line.name, line.detail),
            Side::Before => format!("- {} {}", line.name, line.detail),
            Side::After => format!("+ {} {}", line.name, line.detail),
        };
        assert_eq!(compare(before, after).into_iter().map(sign).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn what_moved_changed_or_went_is_told() {
        let scan = |detail| node("TableScan", detail, vec![]);
        let before = node("Sort", "a", vec![node("Filter", "b", vec![scan("t")])]);
        let after = node("Sort", "a", vec![scan("t, filters=[b]")]);
        check(&before, &after, &["  Sort a", "- Filter b", "- TableScan t", "+ TableScan t, filters=[b]"]);
        check(&before, &before, &["  Sort a", "  Filter b", "  TableScan t"]);
    }
}
