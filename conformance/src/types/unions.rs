//! Unions of scalars and containers. A union with `None` is an `Option` of these.

use proofmark::{
    Ext, Record,
    scalar::{DateTime, Decimal, TimeDelta},
};

use super::{
    Dict, Int,
    choices::{Color, Level},
    constrained::{IntGe1, IntGe3, StrMax2},
    plain::Point,
    tagged::{Cat, Dog},
};

macro_rules! unions {
    ($($name:ident { $($member:ident($type:ty)),* })*) => {$(
        #[derive(Record, Clone, Debug, PartialEq)]
        pub(crate) enum $name { $($member($type)),* }
    )*};
}

unions! {
    BoolOrDateTime { Bool(bool), DateTime(DateTime) }
    BoolOrInt { Bool(bool), Int(Int) }
    DateTimeOrExt { DateTime(DateTime), Ext(Ext) }
    FloatOrDecimal { Float(f64), Decimal(Decimal) }
    FloatOrTimeDelta { Float(f64), TimeDelta(TimeDelta) }
    IntOrBytes { Int(Int), Bytes(Vec<u8>) }
    IntOrCatOrDog { Int(Int), Cat(Cat), Dog(Dog) }
    IntOrDateTime { Int(Int), DateTime(DateTime) }
    IntOrDecimal { Int(Int), Decimal(Decimal) }
    IntOrFloat { Int(Int), Float(f64) }
    IntOrFloatOrBool { Int(Int), Float(f64), Bool(bool) }
    IntOrStr { Int(Int), Str(String) }
    LevelOrColor { Level(Level), Color(Color) }
    PointOrInt { Point(Point), Int(Int) }
    SmallIntOrStr { Int(IntGe1), Str(StrMax2) }
    SmallInt3OrStr { Int(IntGe3), Str(StrMax2) }

    WideValue { Int(Int), Float(f64), Str(String), Bool(bool), List(Vec<Int>), Dict(Dict<String, Int>) }
    FloatOrColor { Float(f64), Color(Color) }
    BoolOrDateTimeOrPoint { Bool(bool), DateTime(DateTime), Point(Point) }
}

#[derive(Record, Clone, Debug, PartialEq)]
#[record(allow_unknown, encode_defaults)]
pub(crate) struct Wide {
    v: Option<WideValue>,
    #[field(default)]
    w: Option<FloatOrColor>,
    #[field(default)]
    x: Option<IntOrBytes>,
    #[field(default)]
    y: Option<BoolOrDateTimeOrPoint>,
}
