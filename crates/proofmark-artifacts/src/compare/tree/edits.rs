//! What happened to the nodes of a plan.

use super::matching::Matching;
use super::{Node, Physical, Tree};
use crate::compare::plan::{NodeChange, PlanEdit};

/// What happened between two plans, in the order of the newer one; what is gone stands last.
pub(in crate::compare) fn edits(old: &Tree<'_>, new: &Tree<'_>) -> Vec<PlanEdit> {
    let matching = Matching::of(old, new);
    let moved = matching.moved();
    let mut edits = Vec::new();
    for (idx, node) in new.0.iter().enumerate() {
        match matching.old_of.get(&idx) {
            Some(before) => {
                let changes = changes(&old.0[*before], node, moved.contains(&idx));
                let edit = |change| edit(node, Some(old.path(*before)), Some(new.path(idx)), change);
                edits.extend(changes.into_iter().map(edit));
            }
            None => {
                let change = NodeChange::Inserted { detail: node.detail.to_owned() };
                edits.push(edit(node, None, Some(new.path(idx)), change));
            }
        }
    }
    for (idx, node) in old.0.iter().enumerate() {
        if !matching.new_of.contains_key(&idx) {
            let change = NodeChange::Removed { detail: node.detail.to_owned() };
            edits.push(edit(node, Some(old.path(idx)), None, change));
        }
    }
    edits
}

fn edit(node: &Node<'_>, old: Option<String>, new: Option<String>, change: NodeChange) -> PlanEdit {
    let node = node.name.to_owned();
    PlanEdit { node, old_path: old.into(), new_path: new.into(), change, causes: Vec::new() }
}

fn changes(old: &Node<'_>, new: &Node<'_>, is_moved: bool) -> Vec<NodeChange> {
    let mut changes = Vec::new();
    if is_moved {
        changes.push(NodeChange::Moved);
    }
    if old.name != new.name {
        changes.push(NodeChange::Replaced {
            old_node: old.name.to_owned(),
            old_detail: old.detail.to_owned(),
            new_detail: new.detail.to_owned(),
        });
    } else if old.detail != new.detail {
        changes.push(NodeChange::Detail { old: old.detail.to_owned(), new: new.detail.to_owned() });
    }
    if let (Some(old), Some(new)) = (old.physical, new.physical) {
        physical_changes(old, new, &mut changes);
    }
    changes
}

fn physical_changes(old: Physical<'_>, new: Physical<'_>, changes: &mut Vec<NodeChange>) {
    if old.partitioning != new.partitioning {
        let (old, new) = (old.partitioning.clone(), new.partitioning.clone());
        changes.push(NodeChange::Partitioning { old, new });
    }
    if old.ordering != new.ordering {
        changes.push(NodeChange::Ordering { old: old.ordering.to_vec(), new: new.ordering.to_vec() });
    }
    if old.estimate != new.estimate {
        changes.push(NodeChange::Estimate { old: old.estimate, new: new.estimate });
    }
}

#[cfg(test)]
mod tests {
    use proofmark::Maybe;

    use super::super::{Classes, likeness};
    use super::*;
    use crate::PlanNode;

    /// A plan written as `Join(Filter[a](Scan[x]), Scan[y])`.
    fn plan(text: &str) -> PlanNode {
        let (node, rest) = parse(text);
        assert!(rest.is_empty(), "{rest}");
        node
    }

    fn parse(text: &str) -> (PlanNode, &str) {
        let end = text.find(['[', '(', ')', ',']).unwrap_or(text.len());
        let (name, mut rest) = (text[..end].trim().to_owned(), &text[end..]);
        let mut node = PlanNode { name, detail: String::new(), children: Vec::new() };
        if let Some(after) = rest.strip_prefix('[') {
            let (detail, after) = after.split_once(']').unwrap();
            (node.detail, rest) = (detail.to_owned(), after);
        }
        let Some(mut below) = rest.strip_prefix('(') else { return (node, rest) };
        loop {
            let (child, after) = parse(below);
            node.children.push(child);
            match after.strip_prefix(',') {
                Some(next) => below = next,
                None => return (node, after.strip_prefix(')').unwrap()),
            }
        }
    }

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[&str]) {
        let (old, new) = (plan(old), plan(new));
        let mut classes = Classes::default();
        let found = edits(&classes.logical(&old), &classes.logical(&new));
        let found: Vec<_> = found.iter().map(line).collect();
        assert_eq!(found, expected);
    }

    fn line(edit: &PlanEdit) -> String {
        let path = |path: &Maybe<String>| path.as_ref().into_option().map_or("-".to_owned(), String::clone);
        let what = match &edit.change {
            NodeChange::Inserted { detail } => format!("inserted {detail}"),
            NodeChange::Removed { detail } => format!("removed {detail}"),
            NodeChange::Replaced { old_node, .. } => format!("replaces {old_node}"),
            NodeChange::Moved => "moved".to_owned(),
            NodeChange::Detail { old, new } => format!("{old} -> {new}"),
            other => format!("{other:?}"),
        };
        let place = format!("{} to {}", path(&edit.old_path), path(&edit.new_path)).replace(".children", "");
        format!("{} {place}: {what}", edit.node)
    }

    #[test]
    fn equal_plans_do_not_differ() {
        check("Join(Scan[a],Scan[a])", "Join(Scan[a],Scan[a])", &[]);
    }

    #[test]
    fn a_node_in_front_does_not_change_those_below() {
        check("Join(Scan[a],Scan[b])", "Sort(Join(Scan[a],Scan[b]))", &["Sort - to .: inserted "]);
        check("Sort(Join(Scan[a],Scan[b]))", "Join(Scan[a],Scan[b])", &["Sort . to -: removed "]);
        check(
            "P(Join(Scan[a],Scan[b]))",
            "P(Join(Filter[f](Scan[a]),Scan[b]))",
            &["Filter - to [0][0]: inserted f"],
        );
    }

    #[test]
    fn a_filter_that_is_pushed_down_is_moved() {
        check(
            "Filter[f](P[p](Join(Scan[a],Scan[b])))",
            "P[p](Join(Filter[f](Scan[a]),Scan[b]))",
            &["Filter . to [0][0]: moved"],
        );
    }

    #[test]
    fn join_sides_that_are_swapped_are_one_move() {
        check(
            "Join(Filter[f](Scan[a]),Scan[b])",
            "Join(Scan[b],Filter[f](Scan[a]))",
            &["Scan [1] to [0]: moved"],
        );
    }

    #[test]
    fn a_node_under_another_parent_is_moved_though_the_order_is_the_same() {
        check("J(A[1](B[2]),C[3])", "J(A[1],B[2],C[3])", &["B [0][0] to [1]: moved"]);
    }

    #[test]
    fn a_detail_that_differs_is_told_at_the_node() {
        check("P(Scan[a])", "P(Scan[a, filter=x])", &["Scan [0] to [0]: a -> a, filter=x"]);
        check(
            "Agg[mode=Single](Scan[a])",
            "Agg[mode=Final](Repartition(Agg[mode=Partial](Scan[a])))",
            &[
                "Agg . to .: mode=Single -> mode=Final",
                "Repartition - to [0]: inserted ",
                "Agg - to [0][0]: inserted mode=Partial",
            ],
        );
    }

    #[test]
    fn a_node_that_stands_where_another_stood_replaces_it() {
        check(
            "P(HashJoin[on a](Scan[a],Scan[b]))",
            "P(SortMergeJoin[on a](Scan[a],Scan[b]))",
            &["SortMergeJoin [0] to [0]: replaces HashJoin"],
        );
        check("P(Scan[a])", "P(Values[1])", &["Values [0] to [0]: replaces Scan"]);
    }

    #[test]
    fn positions_of_columns_do_not_make_another_node() {
        check("P[a@0](F[x@1](S[a]))", "P[a@3](S[a])", &["P . to .: a@0 -> a@3", "F [0] to -: removed x@1"]);
        assert_eq!(likeness("a@12 =  b@3\n@x"), "a = b x");
    }

    #[test]
    fn other_plans_have_nothing_in_common() {
        check(
            "A(B)",
            "C(D(E))",
            &[
                "C - to .: inserted ",
                "D - to [0]: inserted ",
                "E - to [0][0]: inserted ",
                "A . to -: removed ",
                "B [0] to -: removed ",
            ],
        );
    }
}
