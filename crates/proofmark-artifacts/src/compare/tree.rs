//! Plans as trees whose subtrees are numbered, to be set side by side.

mod edits;
mod matching;

use std::collections::HashMap;
use std::hash::Hash;

use proofmark::Maybe;

use crate::{OperatorNode, Partitioning, PlanNode, RowEstimate};

pub(super) use edits::edits;

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

fn ancestors<'n>(nodes: &'n [Node<'_>], idx: usize) -> impl Iterator<Item = usize> + 'n {
    std::iter::successors(nodes[idx].parent, |idx| nodes[*idx].parent)
}
