//! The one table from Python's type expressions to Rust types.

use std::{
    collections::HashMap,
    sync::{
        LazyLock,
        atomic::{AtomicBool, Ordering},
    },
};

use jiff::civil::Date;
use proofmark::{
    Decode, Encode, Ext, Raw, Value,
    scalar::{DateTime, Decimal, Time, TimeDelta},
};
use uuid::Uuid;

use crate::{
    dynamic,
    erased::{DecodeLines, Operations, decode_lines},
    types::{
        Dict, Int, Set, any::*, choices::*, collections::*, constrained::*, defaults::*, generics, plain::*,
        positional::*, renamed::*, scalars::*, tagged::*, unions::*, untyped::*,
    },
    verdict::{Skip, Verdict},
};

/// The operations of the Rust type that stands for a type expression: a row of the table, or put together from what has
/// a name.
pub(crate) fn find(expression: &str) -> Option<Operations> {
    static TABLE: LazyLock<HashMap<String, Operations>> = LazyLock::new(|| rows().into_iter().collect());
    let row = TABLE.get(expression).copied().filter(|_| !DYNAMIC.load(Ordering::Relaxed));
    row.or_else(|| dynamic::parse(expression).map(Operations::dynamic))
}

static DYNAMIC: AtomicBool = AtomicBool::new(false);

/// Leaves the rows of the table aside, which must make no difference.
pub(crate) fn leave_aside() {
    DYNAMIC.store(true, Ordering::Relaxed);
}

/// Why there is no type for an expression.
pub(crate) fn missing(expression: &str) -> Verdict {
    let words = ["title=", "examples=", "extra_json_schema=", "Documented"];
    let reason =
        if words.iter().any(|word| expression.contains(word)) { Skip::NoOption } else { Skip::NoRustType };
    Verdict::Skipped(reason, expression.to_owned())
}

/// Each record also stands in the containers that the records were recorded in.
fn forms<T: Encode + Decode<'static> + 'static>(name: &str, rows: &mut Vec<(String, Operations)>) {
    rows.extend([
        (name.to_owned(), Operations::of::<T>()),
        (format!("Optional[{name}]"), Operations::of::<Option<T>>()),
        (format!("List[{name}]"), Operations::of::<Vec<T>>()),
        (format!("Dict[str, {name}]"), Operations::of::<Dict<String, T>>()),
        (format!("Tuple[int, {name}]"), Operations::of::<(Int, T)>()),
        (format!("Dict[str, List[{name}]]"), Operations::of::<Dict<String, Vec<T>>>()),
    ]);
}

macro_rules! table {
    (
        records { $($record:literal => $record_type:ty;)* }
        types { $($expression:literal => $type:ty;)* }
        lines { $($line:literal => $line_type:ty;)* }
    ) => {
        fn rows() -> Vec<(String, Operations)> {
            let mut rows = Vec::new();
            $(forms::<$record_type>($record, &mut rows);)*
            $(rows.push(($expression.to_owned(), Operations::of::<$type>()));)*
            rows
        }

        /// The decoder of lines of the Rust type that stands for a type expression; only few types are recorded so.
        pub(crate) fn find_lines(expression: &str) -> Option<DecodeLines> {
            match expression {
                $($line => Some(decode_lines::<$line_type>),)*
                _ => None,
            }
        }
    };
}

table! {
    records {
        "Animal" => Animal;
        "AnyHolder" => AnyHolder;
        "Arr" => Arr;
        "ArrA" => ArrA;
        "ArrAllOpt" => ArrAllOpt;
        "ArrB" => ArrB;
        "ArrStrict" => ArrStrict;
        "ArrTagStrict" => ArrTagStrict;
        "ArrUnion" => Option<ArrAOrB>;
        "Base" => Base;
        "Bird" => Bird;
        "BoxColor" => generics::Box<Color>;
        "BoxInt" => generics::Box<Int>;
        "Camel" => Camel;
        "Cat" => Cat;
        "Colls" => Colls;
        "Config" => Config;
        "Constrained" => Constrained;
        "DC" => DC;
        "Derived" => Derived;
        "DerivedArr" => DerivedArr;
        "Dog" => Dog;
        "Empty" => Empty;
        "EmptyStrictTagged" => EmptyStrictTagged;
        "ExtHolder" => ExtHolder;
        "Frozen" => Frozen;
        "Get" => Get;
        "Holder" => Holder;
        "Interval" => Interval;
        "Kebab" => Kebab;
        "KwArr" => KwArr;
        "KwOnly" => KwOnly;
        "Maps" => Maps;
        "Misc" => Misc;
        "NT" => NT;
        "Named" => Named;
        "Neg" => Neg;
        "Op" => Op;
        "Order" => Order;
        "Pascal" => Pascal;
        "Patch" => Patch;
        "Point" => Point;
        "Put" => Put;
        "RawHolder" => RawHolder<'static>;
        "RawReq" => RawReq<'static>;
        "Sparse" => Sparse;
        "Strict" => Strict;
        "TD" => TD;
        "TDReq" => TDReq;
        "Temporal" => Temporal;
        "Tree" => Tree;
        "Upper" => Upper;
        "User" => User;
        "Wide" => Wide;
        "Zoo" => Zoo;
    }
    types {
        "Any" => Value;
        "Decimal" => Decimal;
        "Ext" => Ext;
        "None" => ();
        "Raw" => Raw<'static>;
        "UUID" => Uuid;
        "bool" => bool;
        "bytearray" => Vec<u8>;
        "bytes" => Vec<u8>;
        "date" => Date;
        "datetime" => DateTime;
        "dict" => AnyDict;
        "float" => f64;
        "int" => Int;
        "list" => Vec<Value>;
        "memoryview" => Vec<u8>;
        "str" => String;
        "time" => Time;
        "timedelta" => TimeDelta;
        "tuple" => Vec<Value>;

        "Color" => Color;
        "Level" => Level;
        "PlainInt" => PlainInt;
        "Sparse64" => Sparse64;
        "Literal['a']" => LiteralA;
        "Literal['z']" => LiteralZ;
        "Literal[1]" => Literal1;
        "Literal['a', 'b']" => LiteralAB;
        "Literal['x', 5, None]" => Option<LiteralX5>;
        "Literal[1, 2, 3]" => Literal123;
        "Literal[1, 2]" => Literal12;
        "Literal[3, 1, 2]" => Literal123;
        "Literal[True]" => True;

        "Optional[Annotated[int, Meta(ge=3)]]" => Option<IntGe3>;
        "Optional[Decimal]" => Option<Decimal>;
        "Optional[UUID]" => Option<Uuid>;
        "Optional[bool]" => Option<bool>;
        "Optional[bytes]" => Option<Vec<u8>>;
        "Optional[date]" => Option<Date>;
        "Optional[datetime]" => Option<DateTime>;
        "Optional[float]" => Option<f64>;
        "Optional[int]" => Option<Int>;
        "Optional[str]" => Option<String>;
        "Optional[time]" => Option<Time>;
        "Optional[timedelta]" => Option<TimeDelta>;

        "Union[Annotated[int, Meta(ge=1)], Annotated[str, Meta(max_length=2)], None]" => Option<SmallIntOrStr>;
        "Union[Annotated[int, Meta(ge=3)], Annotated[str, Meta(max_length=2)]]" => SmallInt3OrStr;
        "Union[Cat, Dog, None]" => Option<CatOrDog>;
        "Union[Cat, Dog]" => CatOrDog;
        "Union[Ext, None]" => Option<Ext>;
        "Union[Get, Put]" => GetOrPut;
        "Union[Level, Color]" => LevelOrColor;
        "Union[None, int, str]" => Option<IntOrStr>;
        "Union[Point, int]" => PointOrInt;
        "Union[bool, datetime]" => BoolOrDateTime;
        "Union[bool, int]" => BoolOrInt;
        "Union[datetime, Ext]" => DateTimeOrExt;
        "Union[float, Decimal]" => FloatOrDecimal;
        "Union[float, timedelta]" => FloatOrTimeDelta;
        "Union[int, Cat, Dog, None]" => Option<IntOrCatOrDog>;
        "Union[int, Decimal, None]" => Option<IntOrDecimal>;
        "Union[int, bytes]" => IntOrBytes;
        "Union[int, datetime]" => IntOrDateTime;
        "Union[int, float, bool, None]" => Option<IntOrFloatOrBool>;
        "Union[int, float]" => IntOrFloat;
        "Union[int, str]" => IntOrStr;

        "FrozenSet[int]" => Set<Int>;
        "FrozenSet[str]" => Set<String>;
        "List[Annotated[int, Meta(ge=1)]]" => Vec<IntGe1>;
        "List[Any]" => Vec<Value>;
        "List[Dict[int, List[str]]]" => Vec<Dict<Int, Vec<String>>>;
        "List[Optional[Point]]" => Vec<Option<Point>>;
        "List[Optional[str]]" => Vec<Option<String>>;
        "List[float]" => Vec<f64>;
        "List[int]" => Vec<Int>;
        "List[str]" => Vec<String>;
        "Set[int]" => Set<Int>;
        "Set[str]" => Set<String>;
        "Tuple[()]" => EmptyTuple;
        "Tuple[int, ...]" => Vec<Int>;
        "Tuple[int, int]" => (Int, Int);
        "Tuple[int, str]" => (Int, String);
        "Tuple[int, str, bool]" => (Int, String, bool);

        "Dict[Annotated[int, Meta(ge=2)], int]" => Dict<IntGe2, Int>;
        "Dict[Annotated[str, Meta(min_length=1, max_length=5, pattern='x')], int]" => Dict<StrMin1Max5X, Int>;
        "Dict[Annotated[str, Meta(min_length=2)], int]" => Dict<StrMin2, Int>;
        "Dict[Any, Any]" => AnyDict;
        "Dict[Any, int]" => Dict<AnyKey, Int>;
        "Dict[Color, int]" => Dict<Color, Int>;
        "Dict[Decimal, int]" => Dict<Decimal, Int>;
        "Dict[Frozen, int]" => Dict<Frozen, Int>;
        "Dict[FrozenSet[int], int]" => Dict<Set<Int>, Int>;
        "Dict[Level, int]" => Dict<Level, Int>;
        "Dict[Literal['a', 'b'], int]" => Dict<LiteralAB, Int>;
        "Dict[Literal[1, 2], int]" => Dict<Literal12, Int>;
        "Dict[Optional[int], int]" => Dict<Option<Int>, Int>;
        "Dict[Optional[str], int]" => Dict<Option<String>, Int>;
        "Dict[Tuple[int, int], int]" => Dict<(Int, Int), Int>;
        "Dict[UUID, int]" => Dict<Uuid, Int>;
        "Dict[bool, int]" => Dict<bool, Int>;
        "Dict[bytes, int]" => Dict<Vec<u8>, Int>;
        "Dict[date, int]" => Dict<Date, Int>;
        "Dict[datetime, int]" => Dict<DateTime, Int>;
        "Dict[float, int]" => Dict<FloatKey, Int>;
        "Dict[int, Any]" => Dict<Int, Value>;
        "Dict[int, int]" => Dict<Int, Int>;
        "Dict[int, str]" => Dict<Int, String>;
        "Dict[str, Annotated[int, Meta(le=1)]]" => Dict<String, IntLe1>;
        "Dict[str, Any]" => Dict<String, Value>;
        "Dict[str, Dict[int, List[int]]]" => Dict<String, Dict<Int, Vec<Int>>>;
        "Dict[str, List[Dict[str, int]]]" => Dict<String, Vec<Dict<String, Int>>>;
        "Dict[str, int]" => Dict<String, Int>;
        "Dict[str, str]" => Dict<String, String>;
        "Dict[time, int]" => Dict<Time, Int>;
        "Dict[timedelta, int]" => Dict<TimeDelta, Int>;

        "Annotated[Dict[str, int], Meta(min_length=1, max_length=2)]" => DictMin1Max2;
        "Annotated[List[int], Meta(min_length=1)]" => ListMin1;
        "Annotated[List[int], Meta(min_length=1, max_length=2)]" => ListMin1Max2;
        "Annotated[List[int], Meta(min_length=1, max_length=3)]" => ListMin1Max3;
        "Annotated[Point, Meta(description='D')]" => DescribedPoint;
        "Annotated[Set[int], Meta(min_length=2)]" => SetMin2;
        "Annotated[Set[int], Meta(min_length=2, max_length=3)]" => SetMin2Max3;
        "Annotated[Tuple[int, ...], Meta(max_length=2)]" => ListMax2;
        "Annotated[Tuple[int, ...], Meta(min_length=1)]" => ListMin1;
        "Annotated[bytes, Meta(max_length=3)]" => BytesMax3;
        "Annotated[bytes, Meta(min_length=1, max_length=3)]" => BytesMin1Max3;
        "Annotated[bytes, Meta(min_length=1, max_length=4)]" => BytesMin1Max4;
        "Annotated[bytes, Meta(min_length=2)]" => BytesMin2;
        "Annotated[datetime, Meta(tz=False)]" => DateTimeNaive;
        "Annotated[datetime, Meta(tz=True)]" => DateTimeAware;
        "Annotated[float, Meta(ge=0.5)]" => FloatGeHalf;
        "Annotated[float, Meta(ge=0.5, le=2.5)]" => FloatGeHalfLe25;
        "Annotated[float, Meta(ge=2)]" => FloatGe2;
        "Annotated[float, Meta(gt=0.0, lt=1.0)]" => FloatGt0Lt1;
        "Annotated[float, Meta(gt=0.5)]" => FloatGtHalf;
        "Annotated[float, Meta(gt=0.5, le=1.5, multiple_of=0.25)]" => FloatGtHalfLe15Multiple025;
        "Annotated[float, Meta(le=1)]" => FloatLe1;
        "Annotated[float, Meta(lt=1)]" => FloatLt1;
        "Annotated[float, Meta(multiple_of=0.1)]" => FloatMultipleTenth;
        "Annotated[float, Meta(multiple_of=0.25)]" => FloatMultiple025;
        "Annotated[float, Meta(multiple_of=2)]" => FloatMultiple2;
        "Annotated[int, Meta(ge=-5, le=5)]" => IntGeMinus5Le5;
        "Annotated[int, Meta(ge=-9223372036854775808)]" => IntGeMin;
        "Annotated[int, Meta(ge=0)]" => IntGe0;
        "Annotated[int, Meta(ge=0, le=100)]" => IntGe0Le100;
        "Annotated[int, Meta(ge=0, lt=10, multiple_of=2)]" => IntGe0Lt10Multiple2;
        "Annotated[int, Meta(ge=1)]" => IntGe1;
        "Annotated[int, Meta(ge=2)]" => IntGe2;
        "Annotated[int, Meta(ge=2, le=20, multiple_of=2)]" => IntGe2Le20Multiple2;
        "Annotated[int, Meta(gt=0)]" => IntGt0;
        "Annotated[int, Meta(gt=0, le=10)]" => IntGt0Le10;
        "Annotated[int, Meta(gt=0, lt=10)]" => IntGt0Lt10;
        "Annotated[int, Meta(le=1)]" => IntLe1;
        "Annotated[int, Meta(le=10)]" => IntLe10;
        "Annotated[int, Meta(le=9223372036854775807)]" => IntLeMax;
        "Annotated[int, Meta(lt=10)]" => IntLt10;
        "Annotated[int, Meta(multiple_of=3)]" => IntMultiple3;
        "Annotated[int, Meta(multiple_of=5)]" => IntMultiple5;
        "Annotated[str, Meta(max_length=2)]" => StrMax2;
        "Annotated[str, Meta(max_length=3)]" => StrMax3;
        "Annotated[str, Meta(min_length=1, max_length=3, pattern='a')]" => StrMin1Max3A;
        "Annotated[str, Meta(min_length=1, max_length=9, pattern='^a')]" => StrMin1Max9StartsA;
        "Annotated[str, Meta(min_length=2)]" => StrMin2;
        "Annotated[str, Meta(min_length=2, max_length=4)]" => StrMin2Max4;
        "Annotated[str, Meta(pattern='^[a-c]*$')]" => StrAToC;
        "Annotated[str, Meta(pattern='^[a-z]+$')]" => StrLower;
        "Annotated[str, Meta(pattern='b')]" => StrB;
        "Annotated[time, Meta(tz=False)]" => TimeNaive;
        "Annotated[time, Meta(tz=True)]" => TimeAware;
    }
    lines {
        "Any" => Value;
        "Animal" => Animal;
        "Dict[str, int]" => Dict<String, Int>;
        "List[int]" => Vec<Int>;
        "Point" => Point;
        "Raw" => Raw<'static>;
        "Strict" => Strict;
        "User" => User;
        "bool" => bool;
        "float" => f64;
        "int" => Int;
        "str" => String;
    }
}
