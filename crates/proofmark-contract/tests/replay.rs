//! Who plays the new release, and what is shown: the record that is stored, read by its own code.

#![allow(dead_code, reason = "types of tests are read and written, not used")]

use expect_test::{Expect, expect};
use proofmark::{Decode, Describe, Encode, Error, Result};
use proofmark_contract::lock::Lock;
use proofmark_contract::{Code, Finding, Registry, Use, findings_with_code};

/// A version of a record whose parts stand where parts can stand.
macro_rules! version {
    ($name:ident, { $($part:tt)* }, { $($more:tt)* }) => {
        mod $name {
            use std::collections::BTreeMap;

            use proofmark::{Maybe, Record};

            #[derive(Record)]
            pub(crate) struct Part { $($part)* }

            #[derive(Record)]
            #[record(tag = "known")]
            pub(crate) struct Known { pub(crate) part: Part }

            #[derive(Record)]
            pub(crate) enum Event { Known(Known), Other(String), }

            #[derive(Record)]
            pub(crate) struct Deep {
                pub(crate) name: String,
                #[field(absent = "none")]
                pub(crate) inner: Maybe<BTreeMap<String, (bool, Vec<Event>)>>,
            }

            #[derive(Record)]
            pub(crate) struct Flat {
                #[field(flatten)]
                pub(crate) part: Part,
                $($more)*
            }
        }
    };
}

version!(before, { pub(crate) rows: u64 }, { pub(crate) id: u8 });
version!(after, { pub(crate) rows: i64 }, { pub(crate) id: u8 });
version!(twice, { pub(crate) rows: i64 }, { pub(crate) id: u16 });

fn lock<T: Describe + Encode + for<'de> Decode<'de>>() -> Lock {
    Registry::new().record::<T>("r", 1, Use::Manifest).entries()[0].lock().expect("a record has a lock")
}

fn found<Old, New>(code: Option<Code>) -> Vec<Finding>
where
    Old: Describe + Encode + for<'de> Decode<'de>,
    New: Describe + Encode + for<'de> Decode<'de>,
{
    findings_with_code(&lock::<Old>(), &lock::<New>(), code.as_ref())
}

/// Checks the verdicts and witnesses of all changes.
#[track_caller]
fn check(found: &[Finding], expected: Expect) {
    let mut told = String::new();
    for finding in found {
        told += &format!("{} {} {}\n", finding.rule, finding.level, finding.change.place);
        let judgement = finding.judgement.as_ref().expect("it can be replayed");
        for witness in &judgement.witnesses {
            let (direction, text) = (witness.direction.name(), witness.text());
            told += &format!("  {direction} {:?} {text} {}\n", witness.actor, witness.outcome);
        }
    }
    expected.assert_eq(&told);
}

#[test]
fn a_change_deep_inside_is_shown_in_a_whole_record() {
    check(
        &found::<before::Deep, after::Deep>(None),
        expect![[r#"
        C4 breaking $.inner{}[][]<Known>.part.rows
          new<-old Lock {"name":"","inner":{"":[false,[{"type":"known","part":{"rows":18446744073709551615}}]]}} refused: Expected `int` <= 9223372036854775807 - at `$.inner[...][1][0].part.rows`
          old<-new Lock {"name":"","inner":{"":[false,[{"type":"known","part":{"rows":-1}}]]}} refused: Expected `int` >= 0 - at `$.inner[...][1][0].part.rows`
          new<-old Lock 82a46e616d65a0a5696e6e657281a092c29182a474797065a56b6e6f776ea47061727481a4726f7773cfffffffffffffffff refused: Expected `int` <= 9223372036854775807 - at `$.inner[...][1][0].part.rows`
          old<-new Lock 82a46e616d65a0a5696e6e657281a092c29182a474797065a56b6e6f776ea47061727481a4726f7773ff refused: Expected `int` >= 0 - at `$.inner[...][1][0].part.rows`
    "#]],
    );
}

#[test]
fn a_change_of_a_flattened_part_is_shown_in_a_whole_record() {
    check(
        &found::<before::Flat, after::Flat>(None),
        expect![[r#"
        C4 breaking $.part.rows
          new<-old Lock {"rows":18446744073709551615,"id":0} refused: Expected `int` <= 9223372036854775807 - at `$.rows`
          old<-new Lock {"rows":-1,"id":0} refused: Expected `int` >= 0 - at `$.rows`
          new<-old Lock 82a4726f7773cfffffffffffffffffa2696400 refused: Expected `int` <= 9223372036854775807 - at `$.rows`
          old<-new Lock 82a4726f7773ffa2696400 refused: Expected `int` >= 0 - at `$.rows`
    "#]],
    );
}

#[test]
fn the_code_of_the_new_release_plays_it_where_it_is_at_hand() {
    check(
        &found::<before::Deep, after::Deep>(Some(Code::of::<after::Deep>())),
        expect![[r#"
        C4 breaking $.inner{}[][]<Known>.part.rows
          new<-old Code {"name":"","inner":{"":[false,[{"type":"known","part":{"rows":18446744073709551615}}]]}} refused: Expected `int` <= 9223372036854775807 - at `$.inner[...][1][0].part.rows`
          old<-new Code {"name":"","inner":{"":[false,[{"type":"known","part":{"rows":-1}}]]}} refused: Expected `int` >= 0 - at `$.inner[...][1][0].part.rows`
          new<-old Code 82a46e616d65a0a5696e6e657281a092c29182a474797065a56b6e6f776ea47061727481a4726f7773cfffffffffffffffff refused: Expected `int` <= 9223372036854775807 - at `$.inner[...][1][0].part.rows`
          old<-new Code 82a46e616d65a0a5696e6e657281a092c29182a474797065a56b6e6f776ea47061727481a4726f7773ff refused: Expected `int` >= 0 - at `$.inner[...][1][0].part.rows`
    "#]],
    );
}

#[test]
fn of_several_changes_each_is_played_by_the_lock() {
    check(
        &found::<before::Flat, twice::Flat>(Some(Code::of::<twice::Flat>())),
        expect![[r#"
        C4 breaking $.part.rows
          new<-old Lock {"rows":18446744073709551615,"id":0} refused: Expected `int` <= 9223372036854775807 - at `$.rows`
          old<-new Lock {"rows":-1,"id":0} refused: Expected `int` >= 0 - at `$.rows`
          new<-old Lock 82a4726f7773cfffffffffffffffffa2696400 refused: Expected `int` <= 9223372036854775807 - at `$.rows`
          old<-new Lock 82a4726f7773ffa2696400 refused: Expected `int` >= 0 - at `$.rows`
        T3 backward-only $.id
          old<-new Lock {"rows":0,"id":65535} refused: Expected `int` <= 255 - at `$.id`
          old<-new Lock 82a4726f777300a26964cdffff refused: Expected `int` <= 255 - at `$.id`
    "#]],
    );
}

#[test]
fn what_code_does_counts_whatever_its_lock_says() {
    let stubborn = Code::new(|_, _, _| Err(Error::custom("not today")));
    check(
        &found::<before::Flat, after::Flat>(Some(stubborn)),
        expect![[r#"
        C4 breaking $.part.rows
          new<-old Code {"rows":0,"id":0} refused: not today
          old<-new Lock {"rows":-1,"id":0} refused: Expected `int` >= 0 - at `$.rows`
          new<-old Code 82a4726f777300a2696400 refused: not today
          old<-new Lock 82a4726f7773ffa2696400 refused: Expected `int` >= 0 - at `$.rows`
    "#]],
    );
}

mod checked {
    use proofmark::{Record, Result};

    fn is_id(id: &str) -> Result<()> {
        if id.len() == 4 { Ok(()) } else { Err(proofmark::Error::custom("an id has four characters")) }
    }

    #[derive(Record)]
    pub(crate) struct Old {
        #[field(check = is_id)]
        pub(crate) id: String,
    }

    #[derive(Record)]
    pub(crate) struct New {
        #[field(check = is_id)]
        pub(crate) id: String,
        #[field(default)]
        pub(crate) rows: u64,
    }
}

#[test]
fn what_a_check_in_code_refuses_does_not_count_against_a_change() {
    check(
        &found::<checked::Old, checked::New>(Some(Code::of::<checked::New>())),
        expect![[r#"
        F3 backward-only $.rows
          old<-new Lock {"id":"","rows":1} refused: Object contains unknown field `rows`
          old<-new Lock 82a26964a0a4726f777301 refused: Object contains unknown field `rows`
    "#]],
    );
}

#[test]
fn reports_name_who_played() -> Result<()> {
    let found = found::<before::Deep, after::Deep>(Some(Code::of::<after::Deep>()));
    let actors: Vec<_> =
        found.iter().flat_map(|finding| &finding.judgement).flat_map(|judged| &judged.witnesses).collect();
    assert_eq!(proofmark::json::to_string(&actors[0].actor)?, "\"code\"");
    Ok(())
}
