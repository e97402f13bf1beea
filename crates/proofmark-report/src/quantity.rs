//! Numbers as people read them.

pub(crate) use proofmark_artifacts::display::{bytes, duration};

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

#[cfg(test)]
mod tests {
    use super::*;

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
