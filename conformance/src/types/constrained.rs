//! Constrained values: each `Annotated[..., Meta(...)]` is a transparent newtype.

use proofmark::{
    Record,
    scalar::{DateTime, Time},
};

use super::{Dict, Int, Set};

macro_rules! constrained {
    ($($(#[$derive:meta])* $name:ident($inner:ty) [$($constraint:tt)+])*) => {$(
        $(#[$derive])*
        #[derive(Record, Clone, Debug, PartialEq)]
        #[record(transparent)]
        pub(crate) struct $name(#[field($($constraint)+)] $inner);
    )*};
}

constrained! {
    IntGe0(Int) [ge = 0]
    IntGe1(Int) [ge = 1]
    #[derive(Eq, PartialOrd, Ord, Hash)]
    IntGe2(Int) [ge = 2]
    IntGe3(Int) [ge = 3]
    IntGe0Le100(Int) [ge = 0, le = 100]
    IntGt0Lt10(Int) [gt = 0, lt = 10]
    IntMultiple5(Int) [multiple_of = 5]
    IntGeMin(Int) [ge = -9_223_372_036_854_775_808]
    IntLeMax(Int) [le = 9_223_372_036_854_775_807]
    IntGt0(Int) [gt = 0]
    IntLe1(Int) [le = 1]
    IntLe10(Int) [le = 10]
    IntLt10(Int) [lt = 10]
    IntGt0Le10(Int) [gt = 0, le = 10]
    IntGeMinus5Le5(Int) [ge = -5, le = 5]
    IntGe0Lt10Multiple2(Int) [ge = 0, lt = 10, multiple_of = 2]
    IntGe2Le20Multiple2(Int) [ge = 2, le = 20, multiple_of = 2]
    IntMultiple3(Int) [multiple_of = 3]

    FloatGeHalf(f64) [ge = 0.5]
    FloatGe2(f64) [ge = 2]
    FloatGtHalf(f64) [gt = 0.5]
    FloatLe1(f64) [le = 1]
    FloatLt1(f64) [lt = 1]
    FloatMultipleTenth(f64) [multiple_of = 0.1]
    FloatMultiple2(f64) [multiple_of = 2]
    FloatGtHalfLe15Multiple025(f64) [gt = 0.5, le = 1.5, multiple_of = 0.25]
    FloatGeHalfLe25(f64) [ge = 0.5, le = 2.5]
    FloatGt0Lt1(f64) [gt = 0.0, lt = 1.0]
    FloatMultiple025(f64) [multiple_of = 0.25]

    StrMax2(String) [max_len = 2]
    StrMax3(String) [max_len = 3]
    #[derive(Eq, PartialOrd, Ord, Hash)]
    StrMin2(String) [min_len = 2]
    StrMin2Max4(String) [min_len = 2, max_len = 4]
    StrMin1Max3A(String) [min_len = 1, max_len = 3, pattern = "a"]
    StrMin1Max9StartsA(String) [min_len = 1, max_len = 9, pattern = "^a"]
    #[derive(Eq, PartialOrd, Ord, Hash)]
    StrMin1Max5X(String) [min_len = 1, max_len = 5, pattern = "x"]
    StrAToC(String) [pattern = "^[a-c]*$"]
    StrLower(String) [pattern = "^[a-z]+$"]
    StrB(String) [pattern = "b"]

    BytesMax3(Vec<u8>) [max_len = 3]
    BytesMin2(Vec<u8>) [min_len = 2]
    BytesMin1Max3(Vec<u8>) [min_len = 1, max_len = 3]
    BytesMin1Max4(Vec<u8>) [min_len = 1, max_len = 4]

    ListMin1(Vec<Int>) [min_len = 1]
    ListMin1Max2(Vec<Int>) [min_len = 1, max_len = 2]
    ListMin1Max3(Vec<Int>) [min_len = 1, max_len = 3]
    ListMax2(Vec<Int>) [max_len = 2]
    SetMin2(Set<Int>) [min_len = 2]
    SetMin2Max3(Set<Int>) [min_len = 2, max_len = 3]
    DictMin1Max2(Dict<String, Int>) [min_len = 1, max_len = 2]

    DateTimeAware(DateTime) [tz = true]
    DateTimeNaive(DateTime) [tz = false]
    TimeAware(Time) [tz = true]
    TimeNaive(Time) [tz = false]
}

// A value for each constraint there is.
#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Constrained {
    #[field(default, ge = 0, le = 100)]
    ge0_le100: Int,
    #[field(default = 5, gt = 0, lt = 10)]
    gt0_lt10: Int,
    #[field(default, multiple_of = 5)]
    mult5: Int,
    #[field(default = 1.0, ge = 0.5, le = 2.5)]
    fge: f64,
    #[field(default = 0.5, gt = 0.0, lt = 1.0)]
    fgt: f64,
    #[field(default, multiple_of = 0.25)]
    fmult: f64,
    #[field(default = "ab", min_len = 2, max_len = 4)]
    slen: String,
    #[field(default = "a", pattern = "^[a-z]+$")]
    spat: String,
    #[field(default = b"a".to_vec(), min_len = 1, max_len = 3)]
    blen: Vec<u8>,
    #[field(default = vec![1], min_len = 1, max_len = 3)]
    llen: Vec<Int>,
    #[field(default = Set::from([1, 2]), min_len = 2)]
    setlen: Set<Int>,
    #[field(default, max_len = 2)]
    tlen: Vec<Int>,
    #[field(default = Dict::from([("a".to_owned(), 1)]), min_len = 1, max_len = 2)]
    dlen: Dict<String, Int>,
    #[field(default)]
    keys: Dict<StrMin2, IntGe0>,
    #[field(default, ge = 10)]
    opt: Option<Int>,
    #[field(default)]
    items: Vec<StrMax2>,
}
