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

#[derive(Record, Debug, PartialEq)]
#[record(check = within)]
struct Slice {
    at: u8,
    len: u8,
}

fn within(slice: &Slice) -> proofmark::Result<()> {
    let fault = || proofmark::Error::custom("is behind the end").at(proofmark::Segment::Field("at"));
    if slice.at <= slice.len { Ok(()) } else { Err(fault()) }
}

#[test]
fn a_check_may_say_which_field_is_at_fault() {
    check(&Slice { at: 1, len: 2 }, r#"{"at":1,"len":2}"#);
    refuse::<Vec<Slice>>(r#"[{"at":3,"len":2}]"#, "is behind the end - at `$[0].at`");
    refuse::<std::collections::BTreeMap<String, Vec<Slice>>>(
        r#"{"a":[{"at":1,"len":2},{"at":3,"len":2}]}"#,
        "is behind the end - at `$[...][1].at`",
    );
}
