//! What moved between runs of the same work, and what it is to be called.

use std::collections::BTreeMap;

use proofmark::{Maybe, Value};

use super::{Leak, Perturbation, ProofReport, ProofRun};
use crate::compare::{ShownValue, ValueChange, ValueEdit, VolatileFields, compare_records};
use crate::{Bundle, record_type};

/// Compares runs of the same work with the first of them.
///
/// A run may be repeated under the same change. What differs between two such runs moves by itself, whatever was changed: by
/// the clock, by a race, or by what a process draws anew, such as the seeds of its hash maps. It is told as moved by
/// [`Perturbation::Again`].
///
/// # Examples
/// ```
/// use proofmark_artifacts::proof::{Perturbation, prove};
/// use proofmark_artifacts::{CdfCursor, RunStatus, RunStore, RunSummary};
/// # let dir = tempfile::tempdir()?;
///
/// let store = RunStore::new(dir.path());
/// let run = |version| -> Result<_, Box<dyn std::error::Error>> {
///     let mut run = store.begin()?;
///     run.put(&CdfCursor::new("orders", version))?;
///     let run = run.commit(RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH))?;
///     Ok(store.bundle(&run.index.run_id)?)
/// };
/// let directory = Perturbation::Directory;
/// let report = prove(&[(Perturbation::Baseline, run(7)?), (directory, run(8)?)]);
/// assert_eq!((report.leaks[0].path.as_str(), report.leaks[0].volatility.as_str()), ("$.last_version", "path"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn prove(runs: &[(Perturbation, Bundle)]) -> ProofReport {
    let mut leaks = Leaks::new();
    let mut told = Vec::new();
    for (idx, (perturbation, bundle)) in runs.iter().enumerate() {
        let mut moved = Leaks::new();
        if let Some((_, baseline)) = runs.first() {
            compare(baseline, bundle, perturbation, &mut moved);
        }
        let index = bundle.index();
        told.push(ProofRun {
            perturbation: perturbation.clone(),
            run_id: index.run_id.clone(),
            status: index.summary.status,
            fingerprint: index.fingerprint.clone(),
            same_content: moved.is_empty(),
        });
        if let Some((_, twin)) = runs[..idx].iter().find(|(earlier, _)| earlier == perturbation) {
            compare(twin, bundle, &Perturbation::Again, &mut moved);
        }
        moved.into_iter().for_each(|(key, leak)| merge(&mut leaks, key, leak));
    }
    ProofReport { runs: told, leaks: leaks.into_values().map(advised).collect() }
}

/// Leaks by artifact, place, and whether it is an order.
type Leaks = BTreeMap<(String, String, bool), Leak>;

fn merge(leaks: &mut Leaks, key: (String, String, bool), leak: Leak) {
    let Some(known) = leaks.get_mut(&key) else {
        leaks.insert(key, leak);
        return;
    };
    for perturbation in leak.moved_by {
        if !known.moved_by.contains(&perturbation) {
            known.moved_by.push(perturbation);
        }
    }
}

fn compare(old: &Bundle, new: &Bundle, perturbation: &Perturbation, leaks: &mut Leaks) {
    let entries = |bundle: &Bundle| bundle.index().artifacts.clone();
    for entry in entries(old) {
        let Some(other) = new.index().entry(&entry.name) else {
            add(leaks, &entry.name, "$".to_owned(), perturbation, (Maybe::Unset, Maybe::Unset), false);
            continue;
        };
        if entry.fingerprint == other.fingerprint {
            continue;
        }
        for change in changes(old, new, &entry.name) {
            if !perturbation.explains(&entry.name, &change.path) {
                let is_order = matches!(change.edit, ValueEdit::Moved { .. });
                let path = generalized(&change.path, is_order);
                add(leaks, &entry.name, path, perturbation, sides(&change.edit), is_order);
            }
        }
    }
    for entry in entries(new).iter().filter(|entry| old.index().entry(&entry.name).is_none()) {
        add(leaks, &entry.name, "$".to_owned(), perturbation, (Maybe::Unset, Maybe::Unset), false);
    }
}

/// The places that differ. What cannot be compared differs as a whole.
fn changes(old: &Bundle, new: &Bundle, name: &str) -> Vec<ValueChange> {
    let whole = || {
        let value = || ShownValue::of(&Value::Null);
        let edit = ValueEdit::Changed { old: value(), new: value() };
        vec![ValueChange { path: ".".to_owned(), item: Maybe::Unset, volatility: Maybe::Unset, edit }]
    };
    let (Ok(old), Ok(new)) = (old.read(name), new.read(name)) else { return whole() };
    let tag = format!("{}.v{}", new.entry.kind, new.entry.version);
    let Some(row) = record_type(&tag) else { return whole() };
    let stored = |stored: &'_ crate::Stored| (stored.bytes.clone(), stored.entry.codec);
    let ((old, old_codec), (new, new_codec)) = (stored(&old), stored(&new));
    compare_records(row, (&old, old_codec), (&new, new_codec), VolatileFields::Hidden)
        .map_or_else(|_| whole(), |diff| diff.changes)
}

type Sides = (Maybe<ShownValue>, Maybe<ShownValue>);

fn sides(edit: &ValueEdit) -> Sides {
    match edit.clone() {
        ValueEdit::Added { value } => (Maybe::Unset, Maybe::Set(value)),
        ValueEdit::Removed { value } => (Maybe::Set(value), Maybe::Unset),
        ValueEdit::Changed { old, new } => (Maybe::Set(old), Maybe::Set(new)),
        ValueEdit::Moved { .. } => (Maybe::Unset, Maybe::Unset),
    }
}

fn add(
    leaks: &mut Leaks,
    artifact: &str,
    path: String,
    perturbation: &Perturbation,
    (old, new): Sides,
    order: bool,
) {
    let key = (artifact.to_owned(), path.clone(), order);
    let leak = leaks.entry(key).or_insert_with(|| Leak {
        artifact: artifact.to_owned(),
        path,
        moved_by: Vec::new(),
        order,
        old,
        new,
        volatility: String::new(),
        advice: String::new(),
    });
    if !leak.moved_by.contains(perturbation) {
        leak.moved_by.push(perturbation.clone());
    }
}

/// `.a[3].children[0].children[1].b` as `$.a[*].children[**].b`: the same field wherever it is. Of an order, the list.
fn generalized(path: &str, is_order: bool) -> String {
    let mut out = String::from("$");
    let mut rest = path.strip_prefix('.').filter(|rest| rest.is_empty()).unwrap_or(path);
    while let Some(at) = rest.find('[') {
        let end = at + rest[at..].find(']').unwrap_or(rest.len() - at - 1);
        let is_index = rest[at + 1..end].bytes().all(|byte| byte.is_ascii_digit());
        out.push_str(&rest[..at]);
        out.push_str(if is_index { "[*]" } else { &rest[at..=end] });
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    if is_order {
        out.truncate(out.strip_suffix("[*]").unwrap_or(&out).len());
    }
    while out.contains(".children[*].children[*]") {
        out = out.replace(".children[*].children[*]", ".children[**]");
    }
    while out.contains(".children[**].children[*]") || out.contains(".children[**].children[**]") {
        out = out.replace(".children[**].children[**]", ".children[**]");
        out = out.replace(".children[**].children[*]", ".children[**]");
    }
    out
}

/// The leak with the class that fits what moved it, and what can be done.
fn advised(leak: Leak) -> Leak {
    let volatility = class(&leak);
    let pin = leak.moved_by.iter().find_map(Perturbation::setting);
    let advice = match (leak.order, pin) {
        (true, _) => "sort the list before it is recorded".to_owned(),
        (_, Some((key, _))) => {
            format!("declare volatile({volatility}) or pin {}", key.rsplit('.').next().unwrap_or(key))
        }
        (_, None) => format!("declare volatile({volatility})"),
    };
    Leak { volatility: volatility.to_owned(), advice, ..leak }
}

/// What moves when nothing is changed is a clock, a measurement, a race or chance; all else is named by what moved it.
fn class(leak: &Leak) -> &'static str {
    let by = |wanted: fn(&Perturbation) -> bool| leak.moved_by.iter().any(wanted);
    if by(|it| matches!(it, Perturbation::Again)) {
        return of_itself(leak);
    }
    if by(|it| {
        matches!(
            it,
            Perturbation::Threads { .. } | Perturbation::TimeZone { .. } | Perturbation::Locale { .. }
        )
    }) {
        return "host";
    }
    if by(|it| matches!(it, Perturbation::Directory)) {
        return "path";
    }
    "race"
}

fn of_itself(leak: &Leak) -> &'static str {
    let name = leak.path.rsplit(['.', ']']).next().unwrap_or_default();
    let has_word = |words: &[&str]| name.split('_').any(|word| words.contains(&word));
    if has_word(&["at", "time", "date"]) {
        return "time";
    }
    if has_word(&["ns", "ms", "elapsed", "duration", "bytes"]) {
        return "measured";
    }
    match &leak.old {
        Maybe::Set(ShownValue::Whole { value: Value::Str(_) }) if !leak.order => "random",
        _ => "race",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RunStatus;

    #[test]
    fn places_are_the_same_wherever_they_are() {
        let check = |path: &str, is_order, expected: &str| assert_eq!(generalized(path, is_order), expected);
        check(".", false, "$");
        check(".rows", false, "$.rows");
        check(
            ".statements[3].physical.children[0].detail",
            false,
            "$.statements[*].physical.children[*].detail",
        );
        check(".p.children[0].children[1].children[2].detail", false, "$.p.children[**].detail");
        check(".settings[\"a[0].b\"]", false, "$.settings[\"a[0].b\"]");
        check(".inputs[4]", true, "$.inputs");
    }

    fn leak(path: &str, moved_by: &[Perturbation], old: Value) -> Leak {
        advised(Leak {
            artifact: "plan".to_owned(),
            path: path.to_owned(),
            moved_by: moved_by.to_vec(),
            order: false,
            old: Maybe::Set(ShownValue::of(&old)),
            new: Maybe::Unset,
            volatility: String::new(),
            advice: String::new(),
        })
    }

    #[test]
    fn the_class_fits_what_moved_the_field() {
        use Perturbation::*;
        let zone = TimeZone { zone: "Asia/Kolkata".to_owned() };
        let check = |path: &str, moved_by: &[Perturbation], old: Value, class: &str, advice: &str| {
            let leak = leak(path, moved_by, old);
            assert_eq!((leak.volatility.as_str(), leak.advice.as_str()), (class, advice), "{path}");
        };
        let threads = [Threads { count: 1 }, Threads { count: 7 }];
        check("$.partitions", &threads, 4.into(), "host", "declare volatile(host) or pin target_partitions");
        check(
            "$.batches",
            &[BatchSize { rows: 1_000 }],
            4.into(),
            "race",
            "declare volatile(race) or pin batch_size",
        );
        check("$.text", &[zone], "x".into(), "host", "declare volatile(host)");
        check("$.place", &[Directory], "x".into(), "path", "declare volatile(path)");
        check("$.started_at", &[Again, Directory], "x".into(), "time", "declare volatile(time)");
        check("$.elapsed_ns", &[Again], 4.into(), "measured", "declare volatile(measured)");
        check("$.id", &[Again], "x".into(), "random", "declare volatile(random)");
        check("$.rows", &[Again], 4.into(), "race", "declare volatile(race)");
    }

    #[test]
    fn what_was_changed_on_purpose_is_no_leak() {
        let threads = Perturbation::Threads { count: 1 };
        let key = "datafusion.execution.target_partitions";
        assert!(
            threads.explains("manifest", ".repro.config[0].value") && threads.explains("repro", ".config[0]")
        );
        assert!(threads.explains("profile", &format!(".settings[\"{key}\"]")));
        assert!(threads.explains("profile", ".profile_sha256"));
        assert!(
            !threads.explains("profile", ".settings[\"a.b\"]") && !threads.explains("plan", ".statements[0]")
        );
        assert!(!Perturbation::Directory.explains("repro", ".config[0]"));
    }

    /// Runs whose cursor stands at these versions, each under its change; what moved what.
    #[track_caller]
    fn check_runs(runs: &[(Perturbation, u64)], class: &str, doubtful: &[Perturbation], same: &[bool]) {
        let dir = tempfile::tempdir().unwrap();
        let store = crate::RunStore::new(dir.path());
        let bundle = |version: u64| {
            let mut run = store.begin().unwrap();
            run.put(&crate::CdfCursor::new("orders", version)).unwrap();
            let summary = crate::RunSummary::new(RunStatus::Ok, jiff::Timestamp::UNIX_EPOCH);
            store.bundle(&run.commit(summary).unwrap().index.run_id).unwrap()
        };
        let runs: Vec<_> = runs.iter().map(|(change, version)| (change.clone(), bundle(*version))).collect();
        let report = prove(&runs);
        assert_eq!(report.leaks[0].volatility, class);
        assert_eq!(report.doubtful(), doubtful);
        assert_eq!(report.runs.iter().map(|run| run.same_content).collect::<Vec<_>>(), same);
    }

    #[test]
    fn what_moves_under_the_same_change_moves_by_itself() {
        use Perturbation::*;
        let zone = || TimeZone { zone: "Asia/Kolkata".to_owned() };
        let once = [(Baseline, 1), (Again, 1), (zone(), 2), (Directory, 1)];
        check_runs(&once, "host", &[zone()], &[true, true, false, true]);
        let chance = [&once[..], &[(zone(), 1)]].concat();
        check_runs(&chance, "race", &[], &[true, true, false, true, true]);
        let really = [&once[..], &[(zone(), 2)]].concat();
        check_runs(&really, "host", &[], &[true, true, false, true, false]);
    }
}
