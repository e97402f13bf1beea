//! Why something differs: a few rules, each of which knows one kind of cause.
//!
//! A rule names what really differs between the two runs and could have done it. The first rule that finds something
//! decides, the most certain first; what several settings could have done is blamed on all of them.

use std::collections::BTreeSet;

use proofmark::{Maybe, Record};

use super::plan::{NodeChange, PlanEdit};
use super::run::{DataDiff, DataFact, SettingArea, SettingDiff};
use super::schema::SchemaDiff;

/// Why something differs between two runs.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(tag_field = "kind", rename_all = "snake")]
pub enum Cause {
    /// A setting of the engine is another one.
    Config {
        /// Its name.
        key: String,
        /// What it was.
        #[field(absent = "it had no value, or was not there")]
        old: Maybe<String>,
        /// What it is.
        #[field(absent = "it has no value, or is not there")]
        new: Maybe<String>,
    },
    /// The planner was told other numbers of rows.
    Statistics {
        /// The dataset.
        dataset: String,
        /// Its rows before.
        #[field(absent = "not known")]
        old_rows: Maybe<String>,
        /// Its rows now.
        #[field(absent = "not known")]
        new_rows: Maybe<String>,
    },
    /// A dataset has other columns.
    Schema {
        /// The dataset.
        dataset: String,
    },
    /// The engine is another version.
    EngineVersion {
        /// The package.
        package: String,
        /// Its version before.
        #[field(absent = "it was not there")]
        old: Maybe<String>,
        /// Its version now.
        #[field(absent = "it is not there")]
        new: Maybe<String>,
    },
    /// The machine is another one.
    Host {
        /// The fact of the machine: `cpu_count`.
        fact: String,
        /// What it was.
        #[field(absent = "not recorded")]
        old: Maybe<String>,
        /// What it is.
        #[field(absent = "not recorded")]
        new: Maybe<String>,
    },
    /// The statement has another text.
    Sql {
        /// The statement's position in the newer run.
        statement: u32,
    },
    /// A dataset has other content.
    Data {
        /// The dataset.
        dataset: String,
        /// What of it differs.
        fact: DataFact,
        /// What it was.
        #[field(absent = "not known")]
        old: Maybe<String>,
        /// What it is.
        #[field(absent = "not known")]
        new: Maybe<String>,
    },
    /// Nothing that the runs record explains it.
    Unknown,
}

/// What differs between two runs, from which causes are told, as one statement sees it.
pub(super) struct Evidence<'e> {
    pub(super) settings: &'e [SettingDiff],
    pub(super) schemas: Vec<&'e SchemaDiff>,
    pub(super) data: Vec<&'e DataDiff>,
    /// The statement, where its text differs.
    pub(super) other_sql: Option<u32>,
}

/// A rule over an edit of a plan.
type PlanRule = fn(&PlanEdit, &Evidence<'_>) -> Vec<Cause>;

/// The rules over plans, the most certain first.
const PLAN_RULES: [PlanRule; 8] = [
    |edit, evidence| by_sql(evidence, edit),
    partitions_by_config,
    partitions_by_host,
    estimates_by_statistics,
    |edit, evidence| by_schema(evidence, edit),
    choices_by_statistics,
    |_, evidence| by_config(evidence),
    |_, evidence| by_engine_version(evidence),
];

/// Why a plan was changed so.
pub(super) fn of_plan_edit(edit: &PlanEdit, evidence: &Evidence<'_>) -> Vec<Cause> {
    first(PLAN_RULES.iter().map(|rule| rule(edit, evidence)))
}

/// Why a statement came to another result.
pub(super) fn of_result(evidence: &Evidence<'_>) -> Vec<Cause> {
    let sql = evidence.other_sql.map(|statement| Cause::Sql { statement });
    let schema = evidence.schemas.iter().map(|diff| Cause::Schema { dataset: diff.of.clone() });
    first([
        sql.into_iter().collect(),
        by_data(evidence),
        schema.collect(),
        by_config(evidence),
        by_engine_version(evidence),
    ])
}

fn first(found: impl IntoIterator<Item = Vec<Cause>>) -> Vec<Cause> {
    found.into_iter().find(|causes| !causes.is_empty()).unwrap_or_else(|| vec![Cause::Unknown])
}

/// Another text explains any change of its plan.
fn by_sql(evidence: &Evidence<'_>, _: &PlanEdit) -> Vec<Cause> {
    evidence.other_sql.map(|statement| Cause::Sql { statement }).into_iter().collect()
}

/// The setting that says into how many partitions plans divide their work.
const PARTITIONS: &str = "datafusion.execution.target_partitions";

/// A number of partitions that follows the setting for it, which somebody has changed.
fn partitions_by_config(edit: &PlanEdit, evidence: &Evidence<'_>) -> Vec<Cause> {
    let is_it = |diff: &&SettingDiff| diff.key == PARTITIONS && diff.area != SettingArea::HostSetting;
    let found = evidence.settings.iter().find(is_it).filter(|diff| follows(edit, diff));
    found.map(config).into_iter().collect()
}

/// A number of partitions that follows the number of processors, because nobody has set it.
fn partitions_by_host(edit: &PlanEdit, evidence: &Evidence<'_>) -> Vec<Cause> {
    let processors = |diff: &&SettingDiff| diff.area == SettingArea::Host && diff.key == "cpu_count";
    let found = evidence.settings.iter().find(processors).filter(|diff| follows(edit, diff));
    found.map(host).into_iter().collect()
}

/// Whether an edit is what comes of this change of a number: the counts are those numbers, or an operator that divides
/// work came or went when one of them is 1.
fn follows(edit: &PlanEdit, diff: &SettingDiff) -> bool {
    let number = |text: &Maybe<String>| text.as_ref().into_option().and_then(|text| text.parse::<u32>().ok());
    let (Some(old), Some(new)) = (number(&diff.old), number(&diff.new)) else { return false };
    match &edit.change {
        NodeChange::Partitioning { old: before, new: after } => (before.count, after.count) == (old, new),
        NodeChange::Inserted { .. } | NodeChange::Removed { .. } => {
            let divides = ["Repartition", "Coalesce", "Merge"].iter().any(|word| edit.node.contains(word));
            divides && (old == 1) != (new == 1)
        }
        _ => false,
    }
}

/// Other columns explain what is done with them; they do not explain how work is divided.
fn by_schema(evidence: &Evidence<'_>, edit: &PlanEdit) -> Vec<Cause> {
    if edit.is_volatile() {
        return Vec::new();
    }
    evidence.schemas.iter().map(|diff| Cause::Schema { dataset: diff.of.clone() }).collect()
}

/// Other numbers of rows explain other estimates.
fn estimates_by_statistics(edit: &PlanEdit, evidence: &Evidence<'_>) -> Vec<Cause> {
    match &edit.change {
        NodeChange::Estimate { .. } => by_rows(evidence),
        _ => Vec::new(),
    }
}

/// Other numbers of rows explain what is planned by estimates: the sides and kinds of joins, what is divided.
fn choices_by_statistics(edit: &PlanEdit, evidence: &Evidence<'_>) -> Vec<Cause> {
    let is_choice = match &edit.change {
        NodeChange::Moved | NodeChange::Replaced { .. } | NodeChange::Partitioning { .. } => true,
        NodeChange::Inserted { .. } | NodeChange::Removed { .. } => true,
        NodeChange::Detail { .. } => edit.node.contains("Join"),
        NodeChange::Ordering { .. } | NodeChange::Estimate { .. } => false,
    };
    if is_choice { by_rows(evidence) } else { Vec::new() }
}

fn by_rows(evidence: &Evidence<'_>) -> Vec<Cause> {
    let cause = |diff: &&DataDiff| Cause::Statistics {
        dataset: diff.dataset.clone(),
        old_rows: diff.old.clone(),
        new_rows: diff.new.clone(),
    };
    evidence.data.iter().filter(|diff| diff.fact == DataFact::Rows).map(cause).collect()
}

/// Settings that both runs know and that differ. What only one of them knows came with another engine.
fn by_config(evidence: &Evidence<'_>) -> Vec<Cause> {
    let is_given = |diff: &&SettingDiff| match diff.area {
        SettingArea::Setting => !diff.old.is_unset() && !diff.new.is_unset(),
        SettingArea::Config => true,
        _ => false,
    };
    // What somebody gave stands in both lists.
    let mut told = BTreeSet::new();
    evidence.settings.iter().filter(is_given).filter(|diff| told.insert(&diff.key)).map(config).collect()
}

fn by_engine_version(evidence: &Evidence<'_>) -> Vec<Cause> {
    let versions = evidence.settings.iter().filter(|diff| diff.area == SettingArea::Engine);
    let cause = |diff: &SettingDiff| Cause::EngineVersion {
        package: diff.key.clone(),
        old: diff.old.clone(),
        new: diff.new.clone(),
    };
    versions.map(cause).collect()
}

/// Other content of a dataset: the fact that says most about each.
fn by_data(evidence: &Evidence<'_>) -> Vec<Cause> {
    let mut causes = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for diff in &evidence.data {
        if !told.contains(&diff.dataset.as_str()) {
            told.push(&diff.dataset);
            let (dataset, fact) = (diff.dataset.clone(), diff.fact);
            causes.push(Cause::Data { dataset, fact, old: diff.old.clone(), new: diff.new.clone() });
        }
    }
    causes
}

/// The cause of a setting that the machine chose.
pub(super) fn of_host_setting(diff: &SettingDiff, hosts: &[SettingDiff]) -> Vec<Cause> {
    let same = |host: &&SettingDiff| host.old == diff.old && host.new == diff.new;
    hosts.iter().filter(same).map(host).collect()
}

fn config(diff: &SettingDiff) -> Cause {
    Cause::Config { key: diff.key.clone(), old: diff.old.clone(), new: diff.new.clone() }
}

fn host(diff: &SettingDiff) -> Cause {
    Cause::Host { fact: diff.key.clone(), old: diff.old.clone(), new: diff.new.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{PartitionScheme, Partitioning, RowEstimate};

    fn text(text: &str) -> Maybe<String> {
        if text.is_empty() { Maybe::Unset } else { Maybe::Set(text.to_owned()) }
    }

    fn setting(area: SettingArea, key: &str, old: &str, new: &str) -> SettingDiff {
        SettingDiff { area, key: key.to_owned(), old: text(old), new: text(new), causes: Vec::new() }
    }

    fn rows() -> DataDiff {
        DataDiff { dataset: "orders".to_owned(), fact: DataFact::Rows, old: text("10"), new: text("999") }
    }

    fn schema() -> SchemaDiff {
        SchemaDiff { of: "orders".to_owned(), columns: Vec::new() }
    }

    fn edit(node: &str, change: NodeChange) -> PlanEdit {
        let (old_path, new_path) = (text("."), text("."));
        PlanEdit { node: node.to_owned(), old_path, new_path, change, causes: Vec::new() }
    }

    fn partitions(old: u32, new: u32) -> PlanEdit {
        let of = |count| Partitioning { scheme: PartitionScheme::Hash, count, expressions: Vec::new() };
        edit("RepartitionExec", NodeChange::Partitioning { old: of(old), new: of(new) })
    }

    fn estimate() -> PlanEdit {
        let of = |rows| Maybe::Set(RowEstimate { rows, exact: false });
        edit("DataSourceExec", NodeChange::Estimate { old: of(10), new: of(999) })
    }

    fn detail() -> PlanEdit {
        edit("FilterExec", NodeChange::Detail { old: "a".to_owned(), new: "b".to_owned() })
    }

    /// The causes in short: kind and what it is about.
    #[track_caller]
    fn check(edit: &PlanEdit, evidence: &Evidence<'_>, expected: &[&str]) {
        let line = |cause: &Cause| match cause {
            Cause::Config { key, .. } => format!("config {key}"),
            Cause::Statistics { dataset, .. } => format!("statistics {dataset}"),
            Cause::Schema { dataset } => format!("schema {dataset}"),
            Cause::EngineVersion { package, .. } => format!("engine {package}"),
            Cause::Host { fact, .. } => format!("host {fact}"),
            Cause::Sql { statement } => format!("sql {statement}"),
            Cause::Data { dataset, .. } => format!("data {dataset}"),
            Cause::Unknown => "unknown".to_owned(),
        };
        assert_eq!(of_plan_edit(edit, evidence).iter().map(line).collect::<Vec<_>>(), expected);
    }

    fn evidence(settings: &[SettingDiff]) -> Evidence<'_> {
        Evidence { settings, schemas: Vec::new(), data: Vec::new(), other_sql: None }
    }

    #[test]
    fn partitions_that_follow_the_processors_are_the_hosts() {
        let settings = [
            setting(SettingArea::HostSetting, PARTITIONS, "16", "24"),
            setting(SettingArea::Host, "cpu_count", "16", "24"),
            setting(SettingArea::Setting, "a.b", "1", "2"),
        ];
        check(&partitions(16, 24), &evidence(&settings), &["host cpu_count"]);
        // Other numbers are not those of the machine.
        check(&partitions(16, 3), &evidence(&settings), &["config a.b"]);
    }

    #[test]
    fn partitions_that_somebody_set_are_the_settings() {
        let settings = [
            setting(SettingArea::Config, PARTITIONS, "1", "24"),
            setting(SettingArea::Host, "cpu_count", "1", "24"),
        ];
        check(&partitions(1, 24), &evidence(&settings), &["config datafusion.execution.target_partitions"]);
        let inserted = NodeChange::Inserted { detail: String::new() };
        check(
            &edit("RepartitionExec", inserted),
            &evidence(&settings),
            &["config datafusion.execution.target_partitions"],
        );
    }

    #[test]
    fn a_setting_that_differs_explains_a_detail_and_all_of_them_are_told_once() {
        let settings = [
            setting(SettingArea::Setting, "a.b", "1", "2"),
            setting(SettingArea::Config, "a.b", "1", "2"),
            setting(SettingArea::Setting, "c.d", "x", "y"),
            setting(SettingArea::Setting, "only.new", "", "y"),
        ];
        check(&detail(), &evidence(&settings), &["config a.b", "config c.d"]);
    }

    #[test]
    fn other_numbers_of_rows_explain_estimates_and_not_filters() {
        let rows = rows();
        let evidence = Evidence { data: vec![&rows], ..evidence(&[]) };
        check(&estimate(), &evidence, &["statistics orders"]);
        check(&edit("HashJoinExec", NodeChange::Moved), &evidence, &["statistics orders"]);
        check(&detail(), &evidence, &["unknown"]);
    }

    #[test]
    fn other_columns_explain_a_detail_and_not_a_number_of_partitions() {
        let schema = schema();
        let evidence = Evidence { schemas: vec![&schema], ..evidence(&[]) };
        check(&detail(), &evidence, &["schema orders"]);
        check(&estimate(), &evidence, &["schema orders"]);
        check(&partitions(2, 4), &evidence, &["unknown"]);
    }

    #[test]
    fn another_engine_explains_what_no_setting_does() {
        let settings = [setting(SettingArea::Engine, "datafusion", "54.0.0", "55.2.0")];
        check(&detail(), &evidence(&settings), &["engine datafusion"]);
    }

    #[test]
    fn another_text_explains_everything() {
        let settings = [setting(SettingArea::Setting, "a.b", "1", "2")];
        let evidence = Evidence { other_sql: Some(3), ..evidence(&settings) };
        check(&detail(), &evidence, &["sql 3"]);
    }

    #[test]
    fn what_nothing_explains_is_unknown() {
        check(&detail(), &evidence(&[]), &["unknown"]);
    }

    #[test]
    fn a_result_is_explained_by_data_before_settings() {
        let settings = [setting(SettingArea::Setting, "a.b", "1", "2")];
        let rows = rows();
        let evidence = Evidence { data: vec![&rows], ..evidence(&settings) };
        assert!(matches!(of_result(&evidence)[..], [Cause::Data { fact: DataFact::Rows, .. }]));
    }

    #[test]
    fn a_setting_that_the_machine_chose_is_explained_by_the_machine() {
        let hosts = [setting(SettingArea::Host, "cpu_count", "16", "24")];
        let diff = setting(SettingArea::HostSetting, PARTITIONS, "16", "24");
        assert!(
            matches!(&of_host_setting(&diff, &hosts)[..], [Cause::Host { fact, .. }] if fact == "cpu_count")
        );
        let other = setting(SettingArea::HostSetting, "temporary", "/a", "/b");
        assert_eq!(of_host_setting(&other, &hosts), []);
    }
}
