//! Settings, versions and machines of two runs, side by side.

use std::collections::{BTreeMap, BTreeSet};

use proofmark::Maybe;

use super::cause;
use super::facts::Facts;
use super::run::{SettingArea, SettingDiff};
use crate::{Manifest, RuntimeProfileSnapshot};

/// Names and values; a name without a value is there all the same.
type Values = BTreeMap<String, Option<String>>;

/// What differs, sorted by area and name.
pub(super) fn compare(old: &Facts, new: &Facts) -> Vec<SettingDiff> {
    let mut diffs = Vec::new();
    if let (Some(old), Some(new)) = (&old.profile, &new.profile) {
        push(SettingArea::Setting, &old.settings, &new.settings, &mut diffs);
        push(SettingArea::HostSetting, &old.host_settings, &new.host_settings, &mut diffs);
        push(SettingArea::Profile, &profile(old), &profile(new), &mut diffs);
        push(SettingArea::Functions, &functions(old), &functions(new), &mut diffs);
        push(SettingArea::Engine, &engine(old), &engine(new), &mut diffs);
    }
    if let (Some(old), Some(new)) = (&old.manifest, &new.manifest) {
        push(SettingArea::Config, &config(old), &config(new), &mut diffs);
        push(SettingArea::Package, &packages(old), &packages(new), &mut diffs);
        push(SettingArea::Host, &host(old), &host(new), &mut diffs);
    }
    diffs.sort_by(|a, b| (a.area, &a.key).cmp(&(b.area, &b.key)));
    explain(&mut diffs);
    diffs
}

fn push(area: SettingArea, old: &Values, new: &Values, diffs: &mut Vec<SettingDiff>) {
    let keys: BTreeSet<_> = old.keys().chain(new.keys()).collect();
    for key in keys {
        let value = |values: &Values| Maybe::from(values.get(key).cloned().flatten());
        let (before, after) = (value(old), value(new));
        if before != after || old.contains_key(key) != new.contains_key(key) {
            diffs.push(SettingDiff { area, key: key.clone(), old: before, new: after, causes: Vec::new() });
        }
    }
}

/// Says of what the machine chose which fact of the machine it follows.
fn explain(diffs: &mut [SettingDiff]) {
    let hosts: Vec<_> = diffs.iter().filter(|diff| diff.area == SettingArea::Host).cloned().collect();
    for diff in diffs.iter_mut().filter(|diff| diff.area == SettingArea::HostSetting) {
        diff.causes = cause::of_host_setting(diff, &hosts);
    }
}

fn values<const N: usize>(values: [(&str, String); N]) -> Values {
    values.map(|(key, value)| (key.to_owned(), Some(value))).into()
}

fn profile(profile: &RuntimeProfileSnapshot) -> Values {
    let mut values =
        values([("name", profile.name.clone()), ("determinism", format!("{:?}", profile.determinism))]);
    let policy = profile.sql_policy.words().into_iter();
    values.extend(policy.map(|(name, words)| (format!("sql_policy.{name}"), Some(words))));
    values
}

fn functions(profile: &RuntimeProfileSnapshot) -> Values {
    let functions = &profile.functions;
    values([
        ("scalar", functions.scalar.to_string()),
        ("aggregate", functions.aggregate.to_string()),
        ("window", functions.window.to_string()),
        ("table", functions.table.to_string()),
        ("higher_order", functions.higher_order.to_string()),
        ("signatures", functions.sha256.to_string()),
    ])
}

fn engine(profile: &RuntimeProfileSnapshot) -> Values {
    [(profile.engine.name.clone(), Some(profile.engine.version.clone()))].into()
}

fn config(manifest: &Manifest) -> Values {
    manifest.repro.config.iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
}

fn packages(manifest: &Manifest) -> Values {
    let packages = manifest.repro.packages.iter();
    packages.map(|(name, version)| (name.clone(), Some(version.clone()))).collect()
}

fn host(manifest: &Manifest) -> Values {
    let host = &manifest.repro.host;
    let mut values = values([
        ("cpu_count", host.cpu_count.to_string()),
        ("os", manifest.repro.platform.os.clone()),
        ("arch", manifest.repro.platform.arch.clone()),
    ]);
    let text = |text: &Maybe<String>| text.as_ref().into_option().cloned();
    values.insert("hostname".to_owned(), text(&host.hostname));
    values.insert("kernel".to_owned(), text(&host.kernel));
    values.insert("cpu_model".to_owned(), text(&host.cpu_model));
    values.insert("memory_bytes".to_owned(), host.memory_bytes.into_option().map(|bytes| bytes.to_string()));
    values.insert("time_zone".to_owned(), text(&host.time_zone));
    values
}
