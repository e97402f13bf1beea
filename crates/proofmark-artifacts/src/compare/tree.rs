//! Two plans side by side: which node is which, and what happened to it.
//!
//! Whole equal subtrees are found first, as a text finds equal lines; then nodes that do the same, then nodes of one name
//! whose neighbours were found, and at last a node that stands where another stood.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use proofmark::Maybe;
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::longest_rising;
use super::plan::{NodeChange, PlanEdit};
use crate::{OperatorNode, Partitioning, PlanNode, RowEstimate};

/// A plan as a list of nodes, from the root down, children in order.
pub(super) struct Tree<'p>(Vec<Node<'p>>);

struct Node<'p> {
    name: &'p str,
    detail: &'p str,
    physical: Option<Physical<'p>>,
    parent: Option<usize>,
    children: Vec<usize>,
    /// Equal for two subtrees that do the same in the same way.
    class: usize,
}

#[derive(Clone, Copy)]
struct Physical<'p> {
    partitioning: &'p Partitioning,
    ordering: &'p [String],
    estimate: Maybe<RowEstimate>,
}

/// The number of each subtree, one for all that are equal. Trees are compared that were made with the same ones.
#[derive(Default)]
pub(super) struct Classes<'p>(HashMap<Subtree<'p>, usize>);

#[derive(PartialEq, Eq, Hash)]
struct Subtree<'p> {
    name: &'p str,
    detail: &'p str,
    physical: Option<(&'p Partitioning, &'p [String])>,
    children: Vec<usize>,
}

impl<'p> Classes<'p> {
    pub(super) fn logical(&mut self, plan: &'p PlanNode) -> Tree<'p> {
        let mut tree = Tree(Vec::new());
        tree.push_logical(plan, None, self);
        tree
    }

    pub(super) fn physical(&mut self, plan: &'p OperatorNode) -> Tree<'p> {
        let mut tree = Tree(Vec::new());
        tree.push_physical(plan, None, self);
        tree
    }

    fn number(&mut self, subtree: Subtree<'p>) -> usize {
        let next = self.0.len();
        *self.0.entry(subtree).or_insert(next)
    }
}

impl<'p> Tree<'p> {
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    fn push_logical(
        &mut self,
        plan: &'p PlanNode,
        parent: Option<usize>,
        classes: &mut Classes<'p>,
    ) -> usize {
        let idx = self.push(&plan.name, &plan.detail, None, parent);
        let children = plan.children.iter().map(|child| self.push_logical(child, Some(idx), classes));
        let children = children.collect();
        self.close(idx, children, classes)
    }

    fn push_physical(
        &mut self,
        plan: &'p OperatorNode,
        parent: Option<usize>,
        classes: &mut Classes<'p>,
    ) -> usize {
        let physical = Physical {
            partitioning: &plan.partitioning,
            ordering: &plan.ordering,
            estimate: plan.rows_estimated,
        };
        let idx = self.push(&plan.name, &plan.detail, Some(physical), parent);
        let children = plan.children.iter().map(|child| self.push_physical(child, Some(idx), classes));
        let children = children.collect();
        self.close(idx, children, classes)
    }

    fn push(
        &mut self,
        name: &'p str,
        detail: &'p str,
        physical: Option<Physical<'p>>,
        parent: Option<usize>,
    ) -> usize {
        self.0.push(Node { name, detail, physical, parent, children: Vec::new(), class: 0 });
        self.0.len() - 1
    }

    /// All children are in: the node's class can be told.
    fn close(&mut self, idx: usize, children: Vec<usize>, classes: &mut Classes<'p>) -> usize {
        let below = children.iter().map(|child| self.0[*child].class).collect();
        let node = &mut self.0[idx];
        let physical = node.physical.map(|Physical { partitioning, ordering, .. }| (partitioning, ordering));
        let subtree = Subtree { name: node.name, detail: node.detail, physical, children: below };
        (node.class, node.children) = (classes.number(subtree), children);
        idx
    }

    /// Where a node stands, from the root: `.children[0].children[1]`, or `.` for the root.
    fn path(&self, idx: usize) -> String {
        let mut steps: Vec<_> = std::iter::once(idx).chain(ancestors(&self.0, idx)).collect();
        steps.reverse();
        let place = |pair: &[usize]| self.0[pair[0]].children.iter().position(|child| *child == pair[1]);
        let places = steps.windows(2).filter_map(place);
        let path: String = places.map(|place| format!(".children[{place}]")).collect();
        if path.is_empty() { ".".to_owned() } else { path }
    }
}

impl Node<'_> {
    /// The detail without what shifts when a neighbour changes.
    fn likeness(&self) -> String {
        likeness(self.detail)
    }
}

/// A detail without positions of columns, which shift when a column is added below, and with single blanks.
fn likeness(detail: &str) -> String {
    let mut out = String::with_capacity(detail.len());
    let mut characters = detail.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '@' => while characters.next_if(char::is_ascii_digit).is_some() {},
            c if c.is_whitespace() => {
                while characters.next_if(|c| c.is_whitespace()).is_some() {}
                out.push(' ');
            }
            c => out.push(c),
        }
    }
    out
}

/// What happened between two plans, in the order of the newer one; what is gone stands last.
pub(super) fn edits(old: &Tree<'_>, new: &Tree<'_>) -> Vec<PlanEdit> {
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

/// Which node is which.
struct Matching<'t, 'p> {
    old: &'t [Node<'p>],
    new: &'t [Node<'p>],
    new_of: BTreeMap<usize, usize>,
    old_of: BTreeMap<usize, usize>,
}

impl<'t, 'p> Matching<'t, 'p> {
    fn of(old: &'t Tree<'p>, new: &'t Tree<'p>) -> Self {
        let (new_of, old_of) = (BTreeMap::new(), BTreeMap::new());
        let mut matching = Self { old: &old.0, new: &new.0, new_of, old_of };
        matching.in_order(|node| node.class);
        matching.anywhere(|node| node.class);
        matching.in_order(|node| (node.name, node.likeness()));
        matching.anywhere(|node| (node.name, node.likeness()));
        // A pair makes its neighbours likely ones.
        while matching.neighbours(|old, new| old.name == new.name) {}
        while matching.neighbours(|_, _| true) {}
        matching
    }

    fn pair(&mut self, old: usize, new: usize) {
        self.new_of.insert(old, new);
        self.old_of.insert(new, old);
    }

    fn open(&self) -> (Vec<usize>, Vec<usize>) {
        let olds = (0..self.old.len()).filter(|idx| !self.new_of.contains_key(idx));
        let news = (0..self.new.len()).filter(|idx| !self.old_of.contains_key(idx));
        (olds.collect(), news.collect())
    }

    /// Pairs nodes with equal keys that follow each other in the same order in both plans.
    fn in_order<K: Hash + Eq>(&mut self, key: impl Fn(&Node<'p>) -> K) {
        let (olds, news) = self.open();
        let old_keys: Vec<_> = olds.iter().map(|idx| key(&self.old[*idx])).collect();
        let new_keys: Vec<_> = news.iter().map(|idx| key(&self.new[*idx])).collect();
        for op in capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys) {
            if let DiffOp::Equal { old_index, new_index, len } = op {
                (0..len).for_each(|idx| self.pair(olds[old_index + idx], news[new_index + idx]));
            }
        }
    }

    /// Pairs nodes with equal keys wherever they stand, the first with the first.
    fn anywhere<K: Hash + Eq>(&mut self, key: impl Fn(&Node<'p>) -> K) {
        let (olds, news) = self.open();
        let mut places: HashMap<K, Vec<usize>> = HashMap::new();
        olds.iter().rev().for_each(|idx| places.entry(key(&self.old[*idx])).or_default().push(*idx));
        for new in news {
            if let Some(old) = places.get_mut(&key(&self.new[new])).and_then(Vec::pop) {
                self.pair(old, new);
            }
        }
    }

    /// Pairs open nodes between neighbours that are pairs; whether there was one.
    fn neighbours(&mut self, may_pair: impl Fn(&Node<'_>, &Node<'_>) -> bool) -> bool {
        let (olds, news) = self.open();
        for new in news {
            let fits =
                |old: &&usize| may_pair(&self.old[**old], &self.new[new]) && self.is_between(**old, new);
            if let Some(old) = olds.iter().find(fits) {
                self.pair(*old, new);
                return true;
            }
        }
        false
    }

    /// Whether the nodes above are a pair, or there are none, and so are the nodes below.
    fn is_between(&self, old: usize, new: usize) -> bool {
        let (above, below) = (&self.old[old], &self.new[new]);
        let is_parent_paired = match (above.parent, below.parent) {
            (Some(old), Some(new)) => self.new_of.get(&old) == Some(&new),
            (None, None) => true,
            _ => false,
        };
        let mut pairs = above.children.iter().filter_map(|child| self.new_of.get(child));
        let share_a_child = pairs.any(|child| below.children.contains(child));
        let are_leaves = above.children.is_empty() && below.children.is_empty();
        (is_parent_paired && (share_a_child || are_leaves))
            || (share_a_child && above.name == below.name)
            || (is_parent_paired && above.name == below.name)
    }

    /// The newer nodes that stand elsewhere, without those that went along with the node above them.
    fn moved(&self) -> BTreeSet<usize> {
        let pairs: Vec<_> = self.old_of.iter().map(|(new, old)| (*new, *old)).collect();
        let olds: Vec<_> = pairs.iter().map(|(_, old)| *old).collect();
        let still = longest_rising(&olds);
        let jumped = pairs.iter().enumerate().filter(|(place, _)| !still.contains(place));
        let mut out_of_order: BTreeSet<usize> = jumped.map(|(_, (new, _))| *new).collect();
        for (new, old) in &pairs {
            if !out_of_order.contains(new) && !self.keeps_its_place(*new, *old, &out_of_order) {
                out_of_order.insert(*new);
            }
        }
        let goes_along = |new: &usize| {
            let parent = self.new[*new].parent.filter(|parent| out_of_order.contains(parent));
            let old_parent = self.old_of.get(new).and_then(|old| self.old[*old].parent);
            parent.is_some_and(|parent| self.old_of.get(&parent).copied() == old_parent)
        };
        out_of_order.iter().filter(|new| !goes_along(new)).copied().collect()
    }

    /// Whether the next node above that is a pair and stayed is above the node in both plans.
    fn keeps_its_place(&self, new: usize, old: usize, moved: &BTreeSet<usize>) -> bool {
        let stayed = |idx: &usize| self.old_of.contains_key(idx) && !moved.contains(idx);
        let new_above = ancestors(self.new, new).find(stayed);
        let old_above =
            ancestors(self.old, old).find(|idx| self.new_of.get(idx).is_some_and(|new| !moved.contains(new)));
        let is_under_new = new_above.is_none_or(|above| {
            self.old_of.get(&above).is_some_and(|above| ancestors(self.old, old).any(|idx| idx == *above))
        });
        let is_under_old = old_above.is_none_or(|above| {
            self.new_of.get(&above).is_some_and(|above| ancestors(self.new, new).any(|idx| idx == *above))
        });
        is_under_new && is_under_old
    }
}

fn ancestors<'n>(nodes: &'n [Node<'_>], idx: usize) -> impl Iterator<Item = usize> + 'n {
    std::iter::successors(nodes[idx].parent, |idx| nodes[*idx].parent)
}

#[cfg(test)]
mod tests {
    use super::*;

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
