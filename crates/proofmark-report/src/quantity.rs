//! Numbers as people read them.

/// `412 B`, `3.5 kB`, `2.9 GB`: three digits, thousands of 1,000.
pub(crate) fn bytes(number: f64) -> String {
    scaled(number, &["B", "kB", "MB", "GB", "TB", "PB"])
}

/// `412 ns`, `3.14 ms`, `2.07 s`, `3 min 12 s`, `5 h 2 min`.
pub(crate) fn duration(nanoseconds: f64) -> String {
    let seconds = (nanoseconds / 1e9) as u64;
    match seconds {
        0..60 => scaled(nanoseconds, &["ns", "µs", "ms", "s"]),
        60..3_600 => format!("{} min {} s", seconds / 60, seconds % 60),
        _ => format!("{} h {} min", seconds / 3_600, seconds / 60 % 60),
    }
}

/// `1,234,567`.
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `45 %`, `4.5 %`, `0.45 %`.
pub(crate) fn percent(part: f64) -> String {
    let percent = part * 100.0;
    match percent {
        _ if percent == 0.0 => "0 %".to_owned(),
        ..0.995 => format!("{percent:.2} %"),
        ..9.95 => format!("{percent:.1} %"),
        _ => format!("{percent:.0} %"),
    }
}

/// `0.004×`, `0.02×`, `1.4×`, `38×`, `12,000×`.
pub(crate) fn factor(factor: f64) -> String {
    match factor {
        _ if factor == 0.0 => "0×".to_owned(),
        ..0.000_95 => "under 0.001×".to_owned(),
        ..0.009_5 => format!("{factor:.3}×"),
        ..0.095 => format!("{factor:.2}×"),
        ..9.95 => format!("{factor:.1}×"),
        _ => format!("{}×", grouped(factor.round() as u64)),
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
        let sizes =
            [0.0, 1.0, 999.0, 1_000.0, 9_994.0, 9_995.0, 99_950.0, 999_499.0, 999_500.0, 1.8e19].map(bytes);
        assert_eq!(
            sizes,
            [
                "0 B", "1 B", "999 B", "1.00 kB", "9.99 kB", "10.0 kB", "100 kB", "999 kB", "1.00 MB",
                "18000 PB"
            ]
        );
    }

    #[test]
    fn spans_of_time_have_two_units_at_most() {
        let spans = [0.0, 412.0, 3_141_592.0, 59_994_000_000.0, 192e9, 18_120e9].map(duration);
        assert_eq!(spans, ["0 ns", "412 ns", "3.14 ms", "60.0 s", "3 min 12 s", "5 h 2 min"]);
    }

    #[test]
    fn digits_stand_in_threes() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(grouped(u64::MAX), "18,446,744,073,709,551,615");
    }

    #[test]
    fn parts_and_factors_have_two_digits_that_mean_something() {
        assert_eq!([0.0, 0.0045, 0.045, 0.45, 1.0].map(percent), ["0 %", "0.45 %", "4.5 %", "45 %", "100 %"]);
        assert_eq!([1.44, 38.2, 12_000.0].map(factor), ["1.4×", "38×", "12,000×"]);
        let small = [0.0, 0.0009, 0.004, 0.022, 0.095, 0.3].map(factor);
        assert_eq!(small, ["0×", "under 0.001×", "0.004×", "0.02×", "0.1×", "0.3×"]);
    }
}
