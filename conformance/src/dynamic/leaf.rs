//! The types that others are put together from.

use jiff::civil::Date;
use proofmark::{
    __private::Member,
    Decode, Decoder, Describe, Encode, Encoder, Ext, Raw, Result, Shape, Value,
    scalar::{DateTime, Decimal, Time, TimeDelta},
};
use uuid::Uuid;

use crate::types::{
    Int, any::*, choices::*, collections::*, constrained::Constrained, defaults::*, generics, plain::*,
    positional::*, renamed::*, scalars::*, tagged::*, unions::Wide, untyped::*,
};

macro_rules! leaves {
    ($($name:literal => $variant:ident($type:ty);)*) => {
        /// A type with a name of its own.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum Leaf { $($variant),* }

        /// A value of such a type.
        #[derive(Clone, Debug)]
        pub(crate) enum LeafValue { $($variant(Box<$type>)),* }

        impl Leaf {
            /// The type of a name.
            pub(crate) fn find(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }

            /// What a union knows of it.
            pub(super) const fn member(self) -> Member {
                match self {
                    $(Self::$variant => Member {
                        tags: <$type as Describe>::TAGS,
                        ..Member::plain(<$type as Describe>::KINDS)
                    },)*
                }
            }

            /// Its description.
            pub(super) fn shape(self) -> Shape {
                match self {
                    $(Self::$variant => <$type as Describe>::shape(),)*
                }
            }

            pub(super) fn decode<D: Decoder<'static>>(self, decoder: &mut D) -> Result<LeafValue> {
                match self {
                    $(Self::$variant => <$type as Decode<'static>>::decode(decoder).map(|value| LeafValue::$variant(Box::new(value))),)*
                }
            }
        }

        impl LeafValue {
            pub(super) fn encode<E: Encoder>(&self, encoder: &mut E) -> Result<()> {
                match self {
                    $(Self::$variant(value) => value.encode(encoder),)*
                }
            }
        }
    };
}

leaves! {
    "Any" => Any(Value);
    "Decimal" => Decimal(Decimal);
    "Ext" => Ext(Ext);
    "None" => None(());
    "Raw" => Raw(Raw<'static>);
    "UUID" => Uuid(Uuid);
    "bool" => Bool(bool);
    "bytes" => Bytes(Vec<u8>);
    "date" => Date(Date);
    "datetime" => DateTime(DateTime);
    "dict" => AnyDict(AnyDict);
    "float" => Float(f64);
    "int" => Int(Int);
    "list" => AnyList(Vec<Value>);
    "str" => Str(String);
    "time" => Time(Time);
    "timedelta" => TimeDelta(TimeDelta);
    "Tuple[()]" => EmptyTuple(EmptyTuple);
    "Color" => Color(Color);
    "Level" => Level(Level);
    "PlainInt" => PlainInt(PlainInt);
    "Sparse64" => Sparse64(Sparse64);
    "Literal[True]" => True(True);
    "AnyHolder" => AnyHolder(AnyHolder);
    "Arr" => Arr(Arr);
    "ArrA" => ArrA(ArrA);
    "ArrAllOpt" => ArrAllOpt(ArrAllOpt);
    "ArrB" => ArrB(ArrB);
    "ArrStrict" => ArrStrict(ArrStrict);
    "ArrTagStrict" => ArrTagStrict(ArrTagStrict);
    "ArrUnion" => ArrUnion(Option<ArrAOrB>);
    "Animal" => Animal(Animal);
    "Base" => Base(Base);
    "Bird" => Bird(Bird);
    "BoxColor" => BoxColor(generics::Box<Color>);
    "BoxInt" => BoxInt(generics::Box<Int>);
    "Box[Color]" => BoxOfColor(generics::Box<Color>);
    "Box[int]" => BoxOfInt(generics::Box<Int>);
    "Camel" => Camel(Camel);
    "Cat" => Cat(Cat);
    "Colls" => Colls(Colls);
    "Config" => Config(Config);
    "Constrained" => Constrained(Constrained);
    "DC" => DC(DC);
    "Derived" => Derived(Derived);
    "DerivedArr" => DerivedArr(DerivedArr);
    "Dog" => Dog(Dog);
    "Empty" => Empty(Empty);
    "EmptyStrictTagged" => EmptyStrictTagged(EmptyStrictTagged);
    "ExtHolder" => ExtHolder(ExtHolder);
    "Frozen" => Frozen(Frozen);
    "Get" => Get(Get);
    "Holder" => Holder(Holder);
    "Interval" => Interval(Interval);
    "Kebab" => Kebab(Kebab);
    "KwArr" => KwArr(KwArr);
    "KwOnly" => KwOnly(KwOnly);
    "Maps" => Maps(Maps);
    "Misc" => Misc(Misc);
    "NT" => NT(NT);
    "Named" => Named(Named);
    "Neg" => Neg(Neg);
    "Op" => Op(Op);
    "Order" => Order(Order);
    "Pascal" => Pascal(Pascal);
    "Patch" => Patch(Patch);
    "Point" => Point(Point);
    "Put" => Put(Put);
    "RawHolder" => RawHolder(RawHolder<'static>);
    "RawReq" => RawReq(RawReq<'static>);
    "Sparse" => Sparse(Sparse);
    "Strict" => Strict(Strict);
    "TD" => TD(TD);
    "TDReq" => TDReq(TDReq);
    "Temporal" => Temporal(Temporal);
    "Tree" => Tree(Tree);
    "Upper" => Upper(Upper);
    "User" => User(User);
    "Wide" => Wide(Wide);
    "Zoo" => Zoo(Zoo);
}
