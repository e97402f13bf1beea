use proofmark::Record;

use crate::{check, refuse};

#[derive(Record, Debug, PartialEq)]
#[record(check = Interval::is_ordered)]
struct Interval {
    lo: f64,
    hi: f64,
}

impl Interval {
    fn is_ordered(&self) -> Result<(), String> {
        if self.lo <= self.hi { Ok(()) } else { Err(format!("{} is above {}", self.lo, self.hi)) }
    }
}

#[derive(Record, Debug, PartialEq)]
#[record(transparent, check = even)]
struct Even(u8);

fn even(value: &Even) -> Result<(), &'static str> {
    if value.0.is_multiple_of(2) { Ok(()) } else { Err("must be even") }
}

#[test]
fn the_value_as_a_whole_is_checked() {
    check(&Interval { lo: 1.0, hi: 2.0 }, r#"{"lo":1.0,"hi":2.0}"#);
    refuse::<Vec<Interval>>(r#"[{"lo":2,"hi":1}]"#, "2 is above 1 - at `$[0]`");
    check(&Even(2), "2");
    refuse::<Even>("3", "must be even");
}
