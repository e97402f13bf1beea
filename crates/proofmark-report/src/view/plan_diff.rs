//! Two plans as lists of nodes, and which of them only one has.

use proofmark_artifacts::{OperatorNode, PlanNode};

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

/// A node of any plan.
pub(super) trait Node {
    fn name(&self) -> &str;
    fn detail(&self) -> &str;
    fn children(&self) -> &[Self]
    where
        Self: Sized;
}

impl Node for PlanNode {
    fn name(&self) -> &str {
        &self.name
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn children(&self) -> &[Self] {
        &self.children
    }
}

impl Node for OperatorNode {
    fn name(&self) -> &str {
        &self.name
    }

    fn detail(&self) -> &str {
        &self.detail
    }

    fn children(&self) -> &[Self] {
        &self.children
    }
}

/// A node in the list of a plan's nodes.
pub(super) struct Flat<'a> {
    pub(super) name: &'a str,
    pub(super) detail: &'a str,
    /// How far from the root it is.
    pub(super) depth: usize,
    /// Its way from the root: `.children[0].children[1]`, or `.` for the root.
    pub(super) path: String,
    /// Where in the list the node is that reads from it.
    pub(super) parent: Option<usize>,
}

/// The nodes of two plans in one list, by the longest list of nodes that they share.
pub(super) fn compare(before: &PlanNode, after: &PlanNode) -> Vec<Line> {
    let (before, after) = (flatten(before), flatten(after));
    let same = |i: usize, j: usize| before[i].name == after[j].name && before[i].detail == after[j].detail;
    let line = |side, node: &Flat<'_>| Line {
        side,
        depth: node.depth,
        name: node.name.to_owned(),
        detail: node.detail.to_owned(),
    };
    let pairs = merge(before.len(), after.len(), same);
    let lines = pairs.into_iter().map(|pair| match pair {
        Merged::Both(_, j) => line(Side::Both, &after[j]),
        Merged::Before(i) => line(Side::Before, &before[i]),
        Merged::After(j) => line(Side::After, &after[j]),
    });
    lines.collect()
}

/// An entry of two lists that were made one: where it stands in them.
pub(super) enum Merged {
    Both(usize, usize),
    Before(usize),
    After(usize),
}

/// Two lists as one, by the longest list that they share.
pub(super) fn merge(before: usize, after: usize, same: impl Fn(usize, usize) -> bool) -> Vec<Merged> {
    let lengths = common_lengths(before, after, &same);
    let (mut i, mut j) = (0, 0);
    let mut merged = Vec::new();
    while i < before || j < after {
        if i < before && j < after && same(i, j) {
            merged.push(Merged::Both(i, j));
            (i, j) = (i + 1, j + 1);
        } else if j == after || (i < before && lengths[i + 1][j] >= lengths[i][j + 1]) {
            merged.push(Merged::Before(i));
            i += 1;
        } else {
            merged.push(Merged::After(j));
            j += 1;
        }
    }
    merged
}

/// From the root down, children in order; without recursion.
pub(super) fn flatten<N: Node>(root: &N) -> Vec<Flat<'_>> {
    let mut nodes = Vec::new();
    let mut waiting = vec![(root, 0, None, String::new())];
    while let Some((node, depth, parent, path)) = waiting.pop() {
        let idx = nodes.len();
        for (at, child) in node.children().iter().enumerate().rev() {
            waiting.push((child, depth + 1, Some(idx), format!("{path}.children[{at}]")));
        }
        let path = if path.is_empty() { ".".to_owned() } else { path };
        nodes.push(Flat { name: node.name(), detail: node.detail(), depth, path, parent });
    }
    nodes
}

/// For each pair of places, how many entries the rests after them share.
fn common_lengths(before: usize, after: usize, same: impl Fn(usize, usize) -> bool) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; after + 1]; before + 1];
    for i in (0..before).rev() {
        for j in (0..after).rev() {
            lengths[i][j] =
                if same(i, j) { lengths[i + 1][j + 1] + 1 } else { lengths[i + 1][j].max(lengths[i][j + 1]) };
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
