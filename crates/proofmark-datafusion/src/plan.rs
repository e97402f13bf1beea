//! Logical plans as typed trees, without the paths that the engine prints into them.

use datafusion::common::tree_node::TreeNodeRecursion;
use datafusion::logical_expr::LogicalPlan;
use proofmark_artifacts::{Digest, PLAN_DEPTH_MAX, PlanNode};

/// Bytes of one node's text that a record keeps.
pub const DETAIL_BYTES_MAX: usize = 64 << 10;

/// Most bytes of a protobuf form of a plan that a record keeps.
pub const PLAN_BYTES_MAX: usize = 1 << 20;

/// The name of the node that stands for what was cut at [`PLAN_DEPTH_MAX`].
pub const CUT_NAME: &str = "Cut";

/// The typed tree of a logical plan, sub-queries included.
pub(crate) fn logical_tree(plan: &LogicalPlan) -> PlanNode {
    node(plan, 1)
}

/// Digest of a plan's text with names and types: equal for queries that optimise to the same work.
pub(crate) fn plan_digest(plan: &LogicalPlan) -> Digest {
    let text = match plan {
        LogicalPlan::Copy(copy) => format!("{}\n{}", detail_of(plan), copy.input.display_indent_schema()),
        _ => plan.display_indent_schema().to_string(),
    };
    Digest::of(text.as_bytes())
}

fn node(plan: &LogicalPlan, depth: usize) -> PlanNode {
    if depth > PLAN_DEPTH_MAX {
        return PlanNode { name: CUT_NAME.to_owned(), detail: String::new(), children: Vec::new() };
    }
    PlanNode {
        name: name_of(plan).to_owned(),
        detail: detail_of(plan),
        children: children_of(plan).iter().map(|child| node(child, depth + 1)).collect(),
    }
}

/// The inputs of a node, after the sub-queries inside its expressions.
fn children_of(plan: &LogicalPlan) -> Vec<LogicalPlan> {
    let mut children = Vec::new();
    let found = plan.apply_subqueries(|subquery| {
        children.push(subquery.clone());
        Ok(TreeNodeRecursion::Continue)
    });
    debug_assert!(found.is_ok(), "the visitor never fails");
    children.extend(plan.inputs().into_iter().cloned());
    children
}

fn name_of(plan: &LogicalPlan) -> &'static str {
    match plan {
        LogicalPlan::Projection(_) => "Projection",
        LogicalPlan::Filter(_) => "Filter",
        LogicalPlan::Window(_) => "Window",
        LogicalPlan::Aggregate(_) => "Aggregate",
        LogicalPlan::Sort(_) => "Sort",
        LogicalPlan::Join(_) => "Join",
        LogicalPlan::Repartition(_) => "Repartition",
        LogicalPlan::Union(_) => "Union",
        LogicalPlan::TableScan(_) => "TableScan",
        LogicalPlan::EmptyRelation(_) => "EmptyRelation",
        LogicalPlan::Subquery(_) => "Subquery",
        LogicalPlan::SubqueryAlias(_) => "SubqueryAlias",
        LogicalPlan::Limit(_) => "Limit",
        LogicalPlan::Statement(_) => "Statement",
        LogicalPlan::Values(_) => "Values",
        LogicalPlan::Explain(_) => "Explain",
        LogicalPlan::Analyze(_) => "Analyze",
        LogicalPlan::Extension(_) => "Extension",
        LogicalPlan::Distinct(_) => "Distinct",
        LogicalPlan::Dml(_) => "Dml",
        LogicalPlan::Ddl(_) => "Ddl",
        LogicalPlan::Copy(_) => "CopyTo",
        LogicalPlan::DescribeTable(_) => "DescribeTable",
        LogicalPlan::Unnest(_) => "Unnest",
        LogicalPlan::RecursiveQuery(_) => "RecursiveQuery",
    }
}

fn detail_of(plan: &LogicalPlan) -> String {
    match plan {
        // The engine's text holds the URL that is written to; the output's record has it.
        LogicalPlan::Copy(copy) => format!("format={}", copy.file_type.get_ext()),
        _ => strip_name(&plan.display().to_string(), name_of(plan)),
    }
}

/// The text after `Name:`, cut to the limit.
pub(crate) fn strip_name(text: &str, name: &str) -> String {
    let rest = text.strip_prefix(name).unwrap_or(text);
    cut(rest.strip_prefix(':').unwrap_or(rest).trim())
}

fn cut(text: &str) -> String {
    if text.len() <= DETAIL_BYTES_MAX {
        return text.to_owned();
    }
    format!("{}… ({} bytes)", &text[..text.floor_char_boundary(DETAIL_BYTES_MAX)], text.len())
}
