//! Which node of one plan is which of the other.
//!
//! Whole equal subtrees are found first, as a text finds equal lines; then nodes that do the same, then nodes of one name
//! whose neighbours were found, and at last a node that stands where another stood.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Node, Tree, ancestors};
use crate::compare::align::longest_rising;

/// Which node is which.
pub(super) struct Matching<'t, 'p> {
    old: &'t [Node<'p>],
    new: &'t [Node<'p>],
    pub(super) new_of: BTreeMap<usize, usize>,
    pub(super) old_of: BTreeMap<usize, usize>,
}

impl<'t, 'p> Matching<'t, 'p> {
    pub(super) fn of(old: &'t Tree<'p>, new: &'t Tree<'p>) -> Self {
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
    pub(super) fn moved(&self) -> BTreeSet<usize> {
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
