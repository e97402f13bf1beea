//! Sizes and spans of time, as people read them.

/// `412 B`, `3.53 kB`, `2.90 GB`: three digits, thousands of 1,000.
pub fn bytes(number: f64) -> String {
    scaled(number, &["B", "kB", "MB", "GB", "TB", "PB"])
}

/// Nanoseconds: `412 ns`, `3.14 ms`, `2.07 s`, `3 min 12 s`, `5 h 2 min`.
pub fn duration(nanoseconds: f64) -> String {
    let seconds = (nanoseconds / 1e9) as u64;
    match seconds {
        0..60 => scaled(nanoseconds, &["ns", "µs", "ms", "s"]),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

fn scaled(number: f64, units: &[&str]) -> String {
    let mut number = number;
    let mut idx = 0;
    // 999.5 would be shown as 1000 with three digits.
    while number >= 999.5 && idx + 1 < units.len() {
        number /= 1_000.0;
        idx += 1;
    }
    let digits = match (idx, number) {
        (0, _) => 0,
        (_, ..9.995) => 2,
        (_, ..99.95) => 1,
        _ => 0,
    };
    format!("{number:.digits$} {}", units[idx])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_three_digits() {
        let sizes = [
            (0.0, "0 B"),
            (1.0, "1 B"),
            (999.0, "999 B"),
            (1_000.0, "1.00 kB"),
            (3_534.0, "3.53 kB"),
            (9_994.0, "9.99 kB"),
            (9_995.0, "10.0 kB"),
            (99_949.0, "99.9 kB"),
            (99_950.0, "100 kB"),
            (999_499.0, "999 kB"),
            (999_500.0, "1.00 MB"),
            (u64::MAX as f64, "18447 PB"),
        ];
        for (number, expected) in sizes {
            assert_eq!(bytes(number), expected);
        }
    }

    #[test]
    fn spans_of_time_have_two_units_at_most() {
        let spans = [0.0, 412.0, 3_141_592.0, 59_994_000_000.0, 192e9, 18_120e9].map(duration);
        assert_eq!(spans, ["0 ns", "412 ns", "3.14 ms", "60.0 s", "3 min 12 s", "5 h 2 min"]);
    }
}
