//! One plan of two runs as one tree: what came, what went, and what is done otherwise.

mod html;

use std::collections::HashMap;

use proofmark_artifacts::compare::{Cause, NodeChange, PlanEdit};
use proofmark_artifacts::{Maybe, Partitioning, RowEstimate};

use super::plan_diff::{Flat, Merged, Node, flatten, merge};
use crate::figure::{Figure, Unit};
use crate::place::Place;
use crate::text::clipped;
pub(super) use html::{arrows, cause_tag};

/// Plans with more nodes are not shown as a tree: the work is the product of both.
pub(super) const NODES_MAX: usize = 400;
/// Deeper nodes are not indented any further.
const INDENT_MAX: usize = 24;
/// Of one that did the same before.
const KNOWN_CHARS_MAX: usize = 90;

/// The tree, as lines from the root down.
pub(super) struct MergedPlan {
    lines: Vec<Line>,
    /// What explains every change of it; then it is told once.
    causes: Vec<Cause>,
}

struct Line {
    kind: Kind,
    depth: usize,
    name: String,
    detail: String,
    place: Place,
    notes: Vec<Note>,
}

/// What became of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Same,
    Changed,
    /// In its number of partitions alone, which follows the machine.
    Divided,
    Inserted,
    Removed,
    /// It stands here now.
    Moved,
    /// It stood here.
    Away,
}

/// One change of a node, and why.
struct Note {
    change: Change,
    causes: Vec<Cause>,
}

/// A change in the form in which it is shown.
enum Change {
    Words(String),
    Text { old: String, new: String },
    Figures { what: &'static str, old: Option<Figure>, new: Option<Figure> },
}

/// Where the two plans stand in their runs.
pub(super) struct Roots {
    pub(super) old: Place,
    pub(super) new: Place,
}

/// The tree of two plans; `None` where one of them is too large for it.
pub(super) fn merged_plan<N: Node>(
    old: &N,
    new: &N,
    edits: &[PlanEdit],
    roots: &Roots,
) -> Option<MergedPlan> {
    let (before, after) = (flatten(old), flatten(new));
    if before.len().max(after.len()) > NODES_MAX {
        return None;
    }
    let causes = shared_causes(edits);
    let edits = Edits::new(edits);
    let merged = merge(before.len(), after.len(), |i, j| edits.are_one(&before[i], &after[j]));
    let mut lines = Vec::new();
    // A node that is gone is indented as the nodes that were around it are now.
    let mut depths = vec![0; before.len()];
    for entry in merged {
        if let Merged::Both(i, j) = entry {
            depths[i] = after[j].depth;
        } else if let Merged::Before(i) = entry {
            depths[i] = before[i].parent.map_or(0, |parent| depths[parent] + 1);
        }
        lines.extend(line(&entry, (&before, &after), &depths, &edits, roots));
    }
    if !causes.is_empty() {
        lines.iter_mut().flat_map(|line| &mut line.notes).for_each(|note| note.causes.clear());
    }
    Some(MergedPlan { lines, causes })
}

/// The causes of all edits, where they are the same ones.
fn shared_causes(edits: &[PlanEdit]) -> Vec<Cause> {
    match edits {
        [first, rest @ ..] if rest.iter().all(|edit| edit.causes == first.causes) => first.causes.clone(),
        _ => Vec::new(),
    }
}

fn line(
    entry: &Merged,
    (before, after): (&[Flat<'_>], &[Flat<'_>]),
    depths: &[usize],
    edits: &Edits<'_>,
    roots: &Roots,
) -> Option<Line> {
    match entry {
        Merged::Both(_, j) | Merged::After(j) => {
            let node = &after[*j];
            let found = edits.of_new(&node.path);
            let place = roots.new.along(&node.path);
            let notes = found.iter().map(|edit| note(edit, roots)).collect();
            Some(Line::new(kind(found, entry), node.depth, node, place, notes))
        }
        Merged::Before(i) => {
            let node = &before[*i];
            let found = edits.of_old(&node.path);
            let is_gone = found.iter().any(|edit| matches!(edit.change, NodeChange::Removed { .. }));
            let has_moved = found.iter().any(|edit| matches!(edit.change, NodeChange::Moved));
            let kind = match (is_gone, has_moved) {
                (true, _) => Kind::Removed,
                (_, true) => Kind::Away,
                // It went along with the node above it.
                _ => return None,
            };
            let causes = found.iter().filter(|_| is_gone).map(|edit| note(edit, roots)).collect();
            Some(Line::new(kind, depths[*i], node, roots.old.along(&node.path), causes))
        }
    }
}

fn kind(edits: &[&PlanEdit], entry: &Merged) -> Kind {
    let has = |wanted: fn(&NodeChange) -> bool| edits.iter().any(|edit| wanted(&edit.change));
    if has(|change| matches!(change, NodeChange::Inserted { .. })) {
        Kind::Inserted
    } else if has(|change| matches!(change, NodeChange::Moved)) || matches!(entry, Merged::After(_)) {
        Kind::Moved
    } else if edits.is_empty() {
        Kind::Same
    } else if edits.iter().all(|edit| edit.is_volatile()) {
        Kind::Divided
    } else {
        Kind::Changed
    }
}

/// What is said of an edit beside the sign of its line.
fn note(edit: &PlanEdit, roots: &Roots) -> Note {
    let figure = |place: Place, value: Option<u64>| Some(Figure::field(value?, Unit::Count, place));
    let place = |root: &Place, path: &Maybe<String>, field: &str| {
        root.along(path.as_ref().into_option().map_or(".", String::as_str)).at(field)
    };
    let both = |what, field, old, new| Change::Figures {
        what,
        old: figure(place(&roots.old, &edit.old_path, field), old),
        new: figure(place(&roots.new, &edit.new_path, field), new),
    };
    let rows = |it: &Maybe<RowEstimate>| it.as_ref().into_option().map(|it| it.rows);
    let change = match &edit.change {
        NodeChange::Inserted { .. } | NodeChange::Removed { .. } => Change::Words(String::new()),
        NodeChange::Moved => Change::Words("moved here, with what is below it".to_owned()),
        NodeChange::Replaced { old_node, old_detail, .. } => {
            Change::Words(format!("in the place of {old_node} {old_detail}"))
        }
        NodeChange::Detail { old, new } => Change::Text { old: old.clone(), new: new.clone() },
        NodeChange::Partitioning { old, new } if edit.is_volatile() => {
            both("partitions", "partitioning.count", Some(old.count.into()), Some(new.count.into()))
        }
        NodeChange::Partitioning { old, new } => {
            Change::Text { old: partitioning(old), new: partitioning(new) }
        }
        NodeChange::Ordering { old, new } => Change::Text { old: ordering(old), new: ordering(new) },
        NodeChange::Estimate { old, new } => {
            both("rows expected", "rows_estimated.rows", rows(old), rows(new))
        }
    };
    Note { change, causes: edit.causes.clone() }
}

fn partitioning(of: &Partitioning) -> String {
    format!("{:?}({}), {} partitions", of.scheme, of.expressions.join(", "), of.count).replace("()", "")
}

fn ordering(terms: &[String]) -> String {
    if terms.is_empty() { "no order".to_owned() } else { format!("order {}", terms.join(", ")) }
}

/// Edits by the places of their nodes.
struct Edits<'e> {
    by_old: HashMap<&'e str, Vec<&'e PlanEdit>>,
    by_new: HashMap<&'e str, Vec<&'e PlanEdit>>,
}

impl<'e> Edits<'e> {
    fn new(edits: &'e [PlanEdit]) -> Self {
        let (mut by_old, mut by_new) = (HashMap::<_, Vec<_>>::new(), HashMap::<_, Vec<_>>::new());
        for edit in edits {
            if let Maybe::Set(path) = &edit.old_path {
                by_old.entry(path.as_str()).or_default().push(edit);
            }
            if let Maybe::Set(path) = &edit.new_path {
                by_new.entry(path.as_str()).or_default().push(edit);
            }
        }
        Self { by_old, by_new }
    }

    fn of_old(&self, path: &str) -> &[&'e PlanEdit] {
        self.by_old.get(path).map_or(&[], Vec::as_slice)
    }

    fn of_new(&self, path: &str) -> &[&'e PlanEdit] {
        self.by_new.get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether two nodes are the same one: the edits say so, or say nothing of either and both do the same.
    fn are_one(&self, old: &Flat<'_>, new: &Flat<'_>) -> bool {
        match (self.of_old(&old.path), self.of_new(&new.path)) {
            ([], []) => old.name == new.name && old.detail == new.detail,
            (_, [edit, ..]) => edit.old_path.as_ref().into_option() == Some(&old.path),
            _ => false,
        }
    }
}

impl Line {
    fn new(kind: Kind, depth: usize, node: &Flat<'_>, place: Place, notes: Vec<Note>) -> Self {
        // What it does is told with what changed of it.
        let is_told =
            notes.iter().any(|note| matches!(&note.change, Change::Text { new, .. } if new == node.detail));
        let detail = match kind {
            _ if is_told => String::new(),
            Kind::Away => String::new(),
            Kind::Same | Kind::Divided => clipped(node.detail, KNOWN_CHARS_MAX),
            _ => node.detail.to_owned(),
        };
        Self { kind, depth: depth.min(INDENT_MAX), name: node.name.to_owned(), detail, place, notes }
    }
}

impl MergedPlan {
    /// How many nodes came, went, and changed.
    pub(super) fn counts(&self) -> [usize; 3] {
        let count = |kinds: &[Kind]| self.lines.iter().filter(|line| kinds.contains(&line.kind)).count();
        [
            count(&[Kind::Inserted]),
            count(&[Kind::Removed]),
            count(&[Kind::Changed, Kind::Divided, Kind::Moved]),
        ]
    }
}

#[cfg(test)]
mod tests {
    use maud::Render as _;
    use proofmark_artifacts::PlanNode;
    use proofmark_artifacts::compare::compare_logical;

    use super::*;

    fn node(name: &str, children: Vec<PlanNode>) -> PlanNode {
        let (name, detail) = name.split_once(' ').unwrap_or((name, ""));
        PlanNode { name: name.to_owned(), detail: detail.to_owned(), children }
    }

    fn leaf(name: &str) -> PlanNode {
        node(name, Vec::new())
    }

    fn merged(old: &PlanNode, new: &PlanNode) -> Option<MergedPlan> {
        let roots = Roots { old: Place::of_run("k3f9", "plan"), new: Place::of("plan") };
        merged_plan(old, new, &compare_logical(old, new), &roots)
    }

    #[track_caller]
    fn check(old: &PlanNode, new: &PlanNode, expected: &[&str]) {
        let line = |line: &Line| {
            let notes = line.notes.iter().map(|note| match &note.change {
                Change::Words(words) => words.clone(),
                Change::Text { old, new } => format!("{old} → {new}"),
                Change::Figures { what, .. } => (*what).to_owned(),
            });
            let notes: Vec<_> = notes.filter(|note| !note.is_empty()).collect();
            let text = format!("{:?} {} {} {}", line.kind, line.place, line.detail, notes.join("; "));
            format!("{}{}", "  ".repeat(line.depth), text.trim_end())
        };
        let merged = merged(old, new).expect("small plans");
        assert_eq!(merged.lines.iter().map(line).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn nodes_that_came_and_went_stand_where_they_are_and_were() {
        let scan = |what: &str| leaf(&format!("Scan {what}"));
        check(
            &node("Sort", vec![node("Join", vec![scan("a"), node("Filter f", vec![scan("b")]), scan("c")])]),
            &node("Join", vec![node("Project p", vec![scan("a")]), scan("b"), scan("c, f")]),
            &[
                "Removed k3f9:plan",
                "Same :plan",
                "  Inserted :plan .children[0] p",
                "    Same :plan .children[0].children[0] a",
                "  Removed k3f9:plan .children[0].children[1] f",
                "  Same :plan .children[1] b",
                "  Changed :plan .children[2]  c → c, f",
            ],
        );
    }

    #[test]
    fn a_subtree_that_moved_is_told_at_both_places_by_its_root() {
        check(
            &node(
                "Filter f",
                vec![node("Project p", vec![node("Join", vec![leaf("Scan a"), leaf("Scan b")])])],
            ),
            &node(
                "Project p",
                vec![node("Join", vec![node("Filter f", vec![leaf("Scan a")]), leaf("Scan b")])],
            ),
            &[
                "Away k3f9:plan",
                "Same :plan p",
                "  Same :plan .children[0]",
                "    Moved :plan .children[0].children[0] f moved here, with what is below it",
                "      Same :plan .children[0].children[0].children[0] a",
                "    Same :plan .children[0].children[1] b",
            ],
        );
    }

    #[test]
    fn plans_are_merged_up_to_a_size() {
        let wide = |count: usize| node("Union", (1..count).map(|idx| leaf(&format!("Scan {idx}"))).collect());
        assert!(merged(&wide(NODES_MAX), &wide(NODES_MAX - 1)).is_some());
        assert!(merged(&wide(NODES_MAX), &wide(NODES_MAX + 1)).is_none());
    }

    #[test]
    fn one_cause_of_everything_is_told_once() {
        let edit = |cause: &str, places: [&str; 1]| PlanEdit {
            node: "Scan".to_owned(),
            old_path: Maybe::Set(places[0].to_owned()),
            new_path: Maybe::Set(places[0].to_owned()),
            change: NodeChange::Detail { old: "a".to_owned(), new: "b".to_owned() },
            causes: vec![Cause::Schema { dataset: cause.to_owned() }],
        };
        let (old, new) = (node("Union", vec![leaf("Scan a")]), node("Union", vec![leaf("Scan b")]));
        let roots = Roots { old: Place::of_run("k3f9", "plan"), new: Place::of("plan") };
        let html = |edits: &[PlanEdit]| {
            merged_plan(&old, &new, edits, &roots).expect("small plans").render().into_string()
        };
        let one = html(&[edit("t", [".children[0]"]), edit("t", ["."])]);
        assert_eq!(one.matches("schema of t").count(), 1, "{one}");
        let two = html(&[edit("t", [".children[0]"]), edit("u", ["."])]);
        assert!(two.contains("schema of t") && two.contains("schema of u") && !two.contains("All of it"));
    }
}
