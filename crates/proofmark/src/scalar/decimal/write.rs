//! Python's `str(Decimal)`.

use super::{Decimal, Kind};

/// Appends the text of `decimal`.
pub(super) fn write(decimal: &Decimal, out: &mut Vec<u8>) {
    if decimal.negative {
        out.push(b'-');
    }
    let mut buffer = itoa::Buffer::new();
    match &decimal.kind {
        Kind::Finite { coefficient, exponent } => {
            write_finite(coefficient.digits(&mut buffer), *exponent, out)
        }
        Kind::Infinity => out.extend_from_slice(b"Infinity"),
        Kind::Nan { signaling, payload } => {
            out.extend_from_slice(if *signaling { b"sNaN" } else { b"NaN" });
            if !payload.is_zero() {
                out.extend_from_slice(payload.digits(&mut buffer).as_bytes());
            }
        }
    }
}

fn write_finite(digits: &str, exponent: i64, out: &mut Vec<u8>) {
    // The number of digits before the point, negative for zeros behind it.
    let point = exponent + digits.len() as i64;
    match usize::try_from(point) {
        _ if exponent > 0 || point < -5 => write_scientific(digits, point - 1, out),
        Ok(1..) if exponent == 0 => out.extend_from_slice(digits.as_bytes()),
        Ok(point @ 1..) => write_with_point(digits, point, out),
        Ok(0) | Err(_) => {
            out.extend_from_slice(&b"0.00000"[..2 + point.unsigned_abs() as usize]);
            out.extend_from_slice(digits.as_bytes());
        }
    }
}

fn write_with_point(digits: &str, point: usize, out: &mut Vec<u8>) {
    let (whole, fraction) = digits.as_bytes().split_at(point);
    out.extend_from_slice(whole);
    if !fraction.is_empty() {
        out.push(b'.');
        out.extend_from_slice(fraction);
    }
}

fn write_scientific(digits: &str, exponent: i64, out: &mut Vec<u8>) {
    write_with_point(digits, 1, out);
    out.extend_from_slice(if exponent < 0 { b"E" } else { b"E+" });
    out.extend_from_slice(itoa::Buffer::new().format(exponent).as_bytes());
}

#[cfg(test)]
mod tests {
    use crate::scalar::Decimal;

    #[test]
    fn the_exponent_shows_where_zeros_would_be_no_digits() {
        for (unscaled, scale, text) in [
            (0, 0, "0"),
            (0, 6, "0.000000"),
            (0, 7, "0E-7"),
            (0, -1, "0E+1"),
            (1, 6, "0.000001"),
            (1, 7, "1E-7"),
            (123, 2, "1.23"),
            (123, 3, "0.123"),
            (123, 8, "0.00000123"),
            (123, 9, "1.23E-7"),
            (123, -1, "1.23E+3"),
            (-5, -20, "-5E+20"),
            (100, 0, "100"),
            (100, 2, "1.00"),
        ] {
            assert_eq!(Decimal::from_scaled(unscaled, scale).to_string(), text);
        }
    }
}
