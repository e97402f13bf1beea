//! The tables, and the same figures as CSV.

use bench_peers::check::Agreement;
use bench_peers::row::Role;

use crate::outcome::{Entry, Outcome, Summary};

/// The head of a group's table.
pub fn group_head(group: &str) -> String {
    format!(
        "\n{group}\n  {:<14}{:<24}{:>10}{:>11}{:>11}   {}",
        "document", "codec", "MB/s", "ns/element", "ours/peer", "quartiles, all rounds"
    )
}

/// The lines of one row: a contender each.
pub fn row(outcome: &Outcome) -> String {
    let lines = outcome.entries.iter().enumerate().map(|(idx, entry)| {
        let shape = if idx == 0 { outcome.shape } else { "" };
        format!("  {shape:<14}{}", contender(entry, outcome.elements))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn contender(entry: &Entry, elements: usize) -> String {
    let figures = format!(
        "{:<24}{:>10.0}{:>11.1}",
        entry.name,
        entry.megabytes_per_second(),
        entry.ns.min / elements as f64
    );
    let ratio = entry.ratio.map(|ratio| {
        format!(
            "{:>11.2}   {:.2} to {:.2}, {:.2} to {:.2}",
            ratio.median, ratio.lower, ratio.upper, ratio.min, ratio.max
        )
    });
    let note = match entry.agreement {
        Agreement::Exact => String::new(),
        Agreement::FloatsOff(count) => format!("   ({count} floats a step off)"),
    };
    figures + &ratio.unwrap_or_default() + &note
}

/// The rows where we are slowest, one line per group, and the last line: the worst ratio of all rows.
pub fn summary(groups: &[&str], outcomes: &[Outcome]) -> String {
    let mut text = slowest(outcomes);
    text += &format!("\n{:<28}{:>5}{:>16}   {}\n", "group", "rows", "geometric mean", "lowest row");
    for group in groups {
        let rows = outcomes.iter().filter(|outcome| outcome.group == *group);
        if let Some(summary) = Summary::of(rows) {
            let (ratio, name) = &summary.worst;
            let mean = summary.geometric_mean;
            text += &format!("{group:<28}{:>5}{mean:>16.2}   {ratio:.2} ({name})\n", summary.rows);
        }
    }
    text + &match Summary::of(outcomes) {
        Some(Summary { worst: (ratio, name), .. }) => format!("worst ratio: {ratio:.2} ({name})"),
        None => "worst ratio: none (no row has both proofmark and a peer)".to_string(),
    }
}

/// Some rows, the lowest ratio first, and who was fastest there.
fn slowest(outcomes: &[Outcome]) -> String {
    const ROWS: usize = 12;
    let mut rows: Vec<(&Outcome, &Entry, f64)> = outcomes
        .iter()
        .filter_map(|outcome| Some((outcome, outcome.fastest_peer()?, outcome.ratio()?)))
        .collect();
    rows.sort_by(|left, right| left.2.total_cmp(&right.2));
    let line = |(outcome, peer, ratio): &(&Outcome, &Entry, f64)| {
        format!("{:<40}{ratio:>8.2}   against {}\n", outcome.name(), peer.name)
    };
    let lines: String = rows.iter().take(ROWS).map(line).collect();
    format!("\n{:<40}{:>8}\n{lines}", "slowest rows", "ratio")
}

/// All figures, one line per row and contender.
pub fn csv(outcomes: &[Outcome]) -> String {
    let mut text = String::from(
        "group,document,codec,role,bytes,elements,mb_per_s,min_ns,lower_ns,median_ns,\
         ratio_min,ratio_lower,ratio_median,ratio_upper,ratio_max,floats_off\n",
    );
    for outcome in outcomes {
        outcome.entries.iter().for_each(|entry| text += &csv_line(outcome, entry));
    }
    text
}

fn csv_line(outcome: &Outcome, entry: &Entry) -> String {
    let role = match entry.role {
        Role::Subject => "subject",
        Role::Variant => "variant",
        Role::Peer => "peer",
    };
    let floats_off = match entry.agreement {
        Agreement::Exact => 0,
        Agreement::FloatsOff(count) => count,
    };
    let ratio = entry.ratio.map(|ratio| [ratio.min, ratio.lower, ratio.median, ratio.upper, ratio.max]);
    let ratio = ratio.map_or(",,,,".to_string(), |parts| parts.map(|part| format!("{part:.4}")).join(","));
    format!(
        "{},{},{},{role},{},{},{:.1},{:.0},{:.0},{:.0},{ratio},{floats_off}\n",
        outcome.group,
        outcome.shape,
        entry.name,
        entry.bytes,
        outcome.elements,
        entry.megabytes_per_second(),
        entry.ns.min,
        entry.ns.lower,
        entry.ns.median,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Spread;

    fn outcome() -> Outcome {
        let entry = |name: &str, role, ns: f64, ratio| Entry {
            name: name.to_string(),
            role,
            bytes: 1000,
            ns: Spread::of(&[ns]).unwrap(),
            ratio,
            agreement: Agreement::Exact,
        };
        let ratio = Spread::of(&[1.0, 1.5, 2.0]);
        let entries = vec![
            entry("proofmark", Role::Subject, 1000.0, None),
            Entry { agreement: Agreement::FloatsOff(3), ..entry("serde_json", Role::Peer, 1500.0, ratio) },
        ];
        Outcome { group: "json-decode", shape: "scan", elements: 10, entries }
    }

    #[test]
    fn row_shows_throughput_ratio_and_spread() {
        assert_eq!(
            row(&outcome()),
            "  scan          proofmark                     1000      100.0\n                \
             serde_json                     667      150.0       1.50   1.25 to 1.75, 1.00 to 2.00   (3 floats a step off)"
        );
    }

    #[test]
    fn last_line_is_the_worst_ratio() {
        let text = summary(&["json-decode"], &[outcome()]);
        assert_eq!(text.lines().last(), Some("worst ratio: 1.50 (json-decode/scan)"));
    }

    #[test]
    fn slowest_rows_name_the_fastest_peer() {
        let text = slowest(&[outcome()]);
        assert_eq!(
            text.lines().last().unwrap().split_whitespace().collect::<Vec<_>>(),
            ["json-decode/scan", "1.50", "against", "serde_json"]
        );
    }

    #[test]
    fn csv_lines_have_as_many_fields_as_the_head() {
        let text = csv(&[outcome()]);
        let fields: Vec<usize> = text.lines().map(|line| line.split(',').count()).collect();
        assert_eq!(fields, [16; 3]);
    }
}
