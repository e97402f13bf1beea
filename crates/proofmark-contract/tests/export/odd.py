"""Records as msgspec types. Exported from their locks; edits are lost."""

from __future__ import annotations

import builtins
import datetime as dt
import enum
import functools
from decimal import Decimal
from typing import Annotated, Any, Optional, Union
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType


I8 = Annotated[int, Meta(ge=-128, le=127)]
I16 = Annotated[int, Meta(ge=-32768, le=32767)]
I32 = Annotated[int, Meta(ge=-2147483648, le=2147483647)]
I64 = Annotated[int, Meta(ge=-9223372036854775808, le=9223372036854775807)]
I128 = int
U8 = Annotated[int, Meta(ge=0, le=255)]
U16 = Annotated[int, Meta(ge=0, le=65535)]
U32 = Annotated[int, Meta(ge=0, le=4294967295)]
U64 = Annotated[int, Meta(ge=0)]
U128 = Annotated[int, Meta(ge=0)]


class Extension:
    """An extension value of MessagePack."""

    __slots__ = ("value",)
    code: int = 0
    text: Any = None

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: Any) -> bool:
        return type(self) is type(other) and self.value == other.value

    def __hash__(self) -> int:
        return hash((self.code, self.value))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.value!r})"


EXTENSIONS: dict[int, type[Extension]] = {}


def json_enc_hook(value: Any) -> Any:
    if isinstance(value, Extension) and value.text is not None:
        return value.value
    raise NotImplementedError(f"{type(value).__name__} has no form in JSON")


def json_dec_hook(kind: Any, data: Any) -> Any:
    if issubclass(kind, Extension) and kind.text is not None:
        return kind(msgspec.convert(data, kind.text))
    raise ValueError(f"{kind.__name__} has no form in JSON")


def msgpack_enc_hook(value: Any) -> Any:
    if isinstance(value, Extension) and isinstance(value.value, bytes):
        return msgspec.msgpack.Ext(value.code, value.value)
    raise NotImplementedError(f"{value!r} has no form in MessagePack")


def msgpack_dec_hook(kind: Any, data: Any) -> Any:
    if isinstance(data, kind):
        return data
    found = f"code {data.code}" if hasattr(data, "code") else f"`{type(data).__name__}`"
    raise ValueError(f"Expected `ext` with code {kind.code}, got {found}")


def msgpack_ext_hook(code: int, data: Any) -> Any:
    kind = EXTENSIONS.get(code)
    return msgspec.msgpack.Ext(code, bytes(data)) if kind is None else kind(bytes(data))


def decode_json(data: Any, type: Any = Any) -> Any:
    return msgspec.json.decode(data, type=type, dec_hook=json_dec_hook)


def encode_json(value: Any) -> bytes:
    return msgspec.json.encode(value, enc_hook=json_enc_hook, order="deterministic")


def decode_msgpack(data: Any, type: Any = Any) -> Any:
    return msgspec.msgpack.decode(data, type=type, dec_hook=msgpack_dec_hook, ext_hook=msgpack_ext_hook)


def encode_msgpack(value: Any) -> bytes:
    return msgspec.msgpack.encode(value, enc_hook=msgpack_enc_hook, order="deterministic")


def _check_range(name: str, value: Any, low: int, high: int) -> None:
    """Refuses integers beyond bounds that msgspec cannot hold, at any depth."""
    if isinstance(value, int):
        if not low <= value <= high:
            raise ValueError(f"Expected `int` in {low}..={high} - at `{name}`")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_range(name, key, low, high)
            _check_range(name, item, low, high)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            _check_range(name, item, low, high)


@functools.lru_cache(maxsize=None)
def _defaults(kind: Any) -> dict[str, Any]:
    fields, defaults = kind.__struct_fields__, kind.__struct_defaults__
    return dict(zip(fields[len(fields) - len(defaults) :], defaults))


def _settle(record: Any, *names: str) -> None:
    """Exchanges values that equal a default for that very default, which msgspec then leaves out."""
    defaults = _defaults(type(record))
    for name in names:
        value, default = getattr(record, name), defaults[name]
        if value is not default and type(value) is type(default) and value == default:
            msgspec.structs.force_setattr(record, name, default)


def _order(value: Any) -> Any:
    """What values of one type are compared by: nothing comes before something, variants and fields as they are declared."""
    if isinstance(value, enum.Enum):
        return list(type(value)).index(value)
    if isinstance(value, msgspec.Struct):
        return [_order(getattr(value, name)) for name in value.__struct_fields__]
    if isinstance(value, (tuple, frozenset)):
        return [_order(item) for item in (value if isinstance(value, tuple) else sorted(value))]
    return (0,) if value is None or value is msgspec.UNSET else (1, value)


class Bounded(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    percent: Percent
    code: Code
    whole: Annotated[int, Meta(ge=2, le=9223372036854775807, multiple_of=3)]
    real: Annotated[float, Meta(gt=0.5, le=2.5)]
    list: Annotated[builtins.list[Percent], Meta(min_length=1, max_length=2)]
    map: Annotated[dict[Annotated[str, Meta(min_length=2, pattern="\\A[a-z\\xe9]+\\Z")], U8], Meta(max_length=1)]
    bytes: Union[Annotated[builtins.bytes, Meta(min_length=1)], UnsetType] = UNSET
    maybe: Union[Optional[Annotated[int, Meta(ge=3)]], UnsetType] = UNSET
    digits: Optional[Annotated[str, Meta(pattern="\\A\\d{2}\\b")]]
    at: Annotated[dt.datetime, Meta(tz=True)]

    def __post_init__(self) -> None:
        _check_range("maybe", self.maybe, 3, 18446744073709551615)


class Color(enum.Enum):
    None_ = "none"
    DeepRed = "deep_red"
    Name = "bl ue"

    @classmethod
    def _missing_(cls, value: Any) -> Any:
        return {"scarlet": cls.DeepRed}.get(value)

    def __lt__(self, other: Any) -> bool:
        return _order(self) < _order(other)


class Containers(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    array: Annotated[list[float], Meta(min_length=3, max_length=3)]
    digest: Annotated[bytes, Meta(min_length=4, max_length=4)]
    tuple: builtins.tuple[U8, str, Optional[Point]]
    unit: None
    set: builtins.set[U32]
    points: builtins.set[Point]
    pairs: builtins.set[builtins.tuple[U8, bytes]]
    nested: dict[str, dict[str, list[Optional[I8]]]]
    colors: list[Color]
    palette: builtins.set[Color]
    any: Any
    ext: Union[list[Level], UnsetType] = UNSET
    kind: Kind


class Point(
    msgspec.Struct,
    kw_only=True,
    array_like=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    x: I32
    y: I32
    z: I32 = 1

    def __lt__(self, other: Any) -> bool:
        return _order(self) < _order(other)


class Level(enum.Enum):
    Low = -3
    High = 10


class Defaults(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    none: Optional[str] = None
    flag: bool = True
    number: U64 = 1000
    real: float = -0.5
    text: str = "hello \"there\"\n"
    list: bytes = msgspec.convert("", bytes)
    items: builtins.tuple[str, ...] = ("a", "b",)
    set: builtins.set[str] = msgspec.field(default_factory=builtins.set)
    some: frozenset[U16] = frozenset((1, 2,))
    map: dict[str, U8] = msgspec.field(default_factory=dict)
    point: Point = Point(x=1, y=2, z=3)
    color: Color = Color.DeepRed
    level: Level = Level.High
    kind: Kind = "Table"
    code: Code = "zz"
    at: Annotated[dt.datetime, Meta(tz=True)] = msgspec.convert("1970-01-01T00:00:00Z", dt.datetime)
    tuple: builtins.tuple[U8, Optional[str]] = (1, "x",)

    def __post_init__(self) -> None:
        _check_range("number", self.number, 0, 18446744073709551615)
        _settle(self, "number", "real", "text", "list", "items", "some", "point", "kind", "code", "at", "tuple")


class Flat(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    id: U8
    left: bool


class Leaf(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="op",
    tag="Leaf",
):
    value: float


class Marked(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="marked",
):
    at: Nested

    def __post_init__(self) -> None:
        _check_range("at", self.at, 0, 18446744073709551615)


class Names(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    class_: U8 = msgspec.field(name="class")
    from_: U8 = msgspec.field(default=7, name="from")
    content_type: Optional[builtins.str] = msgspec.field(default=None, name="content-type")
    content_type_: builtins.str = msgspec.field(name="content_type")
    _init__: bool = msgspec.field(name="__init__")
    gr__e: I64 = msgspec.field(name="größe")
    self_: builtins.bytes = msgspec.field(default=msgspec.convert("", builtins.bytes), name="self")
    Optional_: builtins.str = msgspec.field(name="Optional")
    Point_: builtins.str = msgspec.field(name="Point")
    point: Point
    bytes: U64
    int: I16
    list: builtins.list[I64]
    str: builtins.str
    dict: builtins.dict[builtins.str, I32]
    after_bytes: builtins.bytes
    msgspec_: Union[Optional[U32], UnsetType] = msgspec.field(default=UNSET, name="msgspec")

    def __post_init__(self) -> None:
        _check_range("bytes", self.bytes, 0, 18446744073709551615)
        _settle(self, "self_")


class Namesakes(msgspec.Struct, kw_only=True, omit_defaults=True):
    left: Side
    right: Side2
    numbers: Pair
    words: Pair2


class Node(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="op",
    tag="Node",
):
    children: list[Tree]


class Nothing(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="op",
    tag="Nothing",
):
    pass


class Pair(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    first: U8
    second: U64

    def __post_init__(self) -> None:
        _check_range("second", self.second, 0, 18446744073709551615)


class Pair2(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    first: str
    second: Optional[bool]


class Side(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    left: bool


class Side2(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="kind",
    tag=7,
):
    right: bool


class Times(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    at: Annotated[dt.datetime, Meta(tz=True)]
    civil: Annotated[dt.datetime, Meta(tz=False)]
    date: dt.date
    time: dt.time
    span: dt.timedelta
    id: UUID
    exact: Decimal
    either: dt.datetime
    maybe: Union[dt.date, UnsetType] = UNSET


class Written(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    five: U8 = 5
    wide: I128
    widest: Union[U128, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("wide", self.wide, -170141183460469231731687303715884105728, 170141183460469231731687303715884105727)
        _check_range("widest", self.widest, 0, 340282366920938463463374607431768211455)


Code = Annotated[str, Meta(min_length=2, pattern="\\A[a-z\\xe9]+\\Z")]
Kind = str  # among them "Table"
Nested = Union[U64, str, list[Any], Marked]
Percent = Annotated[int, Meta(ge=0, le=100)]
Tree = Union[Leaf, Node, Nothing]


RECORDS: dict[str, Any] = {
    "names": Names,
    "namesakes": Namesakes,
    "tree": Tree,
    "nested": Nested,
    "bounded": Bounded,
    "containers": Containers,
    "times": Times,
    "defaults": Defaults,
    "written": Written,
    "flat": Flat,
    "map": dict[str, U64],
}
