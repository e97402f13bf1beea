"""Records as msgspec types. Exported from their locks; edits are lost."""

from __future__ import annotations

import enum
import functools
from typing import Annotated, Any, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType


U32 = Annotated[int, Meta(ge=0, le=4294967295)]
U64 = Annotated[int, Meta(ge=0)]


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


class Bytes(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="bytes",
):
    name: str
    value: U64

    def __post_init__(self) -> None:
        _check_range("value", self.value, 0, 18446744073709551615)


class Count(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="count",
):
    name: str
    value: U64

    def __post_init__(self) -> None:
        _check_range("value", self.value, 0, 18446744073709551615)


class Gauge(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="gauge",
):
    name: str
    value: U64

    def __post_init__(self) -> None:
        _check_range("value", self.value, 0, 18446744073709551615)


class Time(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="time",
):
    name: str
    value_ns: U64

    def __post_init__(self) -> None:
        _check_range("value_ns", self.value_ns, 0, 18446744073709551615)


class Pruning(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="pruning",
):
    name: str
    pruned: U64
    matched: U64
    fully_matched: U64

    def __post_init__(self) -> None:
        _check_range("pruned", self.pruned, 0, 18446744073709551615)
        _check_range("matched", self.matched, 0, 18446744073709551615)
        _check_range("fully_matched", self.fully_matched, 0, 18446744073709551615)


class Ratio(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="ratio",
):
    name: str
    part: U64
    total: U64

    def __post_init__(self) -> None:
        _check_range("part", self.part, 0, 18446744073709551615)
        _check_range("total", self.total, 0, 18446744073709551615)


class OperatorMetrics(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Absent: not counted by this operator.
    # Volatile: race.
    rows_out: Union[U64, UnsetType] = UNSET
    # Absent: not counted by this operator.
    # Volatile: race.
    batches_out: Union[U64, UnsetType] = UNSET
    # Absent: not counted by this operator.
    # Volatile: race.
    bytes_out: Union[U64, UnsetType] = UNSET
    # Absent: not measured by this operator.
    # Volatile: measured.
    elapsed_compute_ns: Union[U64, UnsetType] = UNSET
    # Absent: this operator cannot spill.
    # Volatile: race.
    spilled_bytes: Union[U64, UnsetType] = UNSET
    # Volatile: race.
    rows_per_partition: list[U64] = msgspec.field(default_factory=list)
    # Volatile: measured.
    counters: list[Metric] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        _check_range("rows_out", self.rows_out, 0, 18446744073709551615)
        _check_range("batches_out", self.batches_out, 0, 18446744073709551615)
        _check_range("bytes_out", self.bytes_out, 0, 18446744073709551615)
        _check_range("elapsed_compute_ns", self.elapsed_compute_ns, 0, 18446744073709551615)
        _check_range("spilled_bytes", self.spilled_bytes, 0, 18446744073709551615)
        _check_range("rows_per_partition", self.rows_per_partition, 0, 18446744073709551615)


class OperatorNode(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    index: U32
    name: Annotated[str, Meta(min_length=1)]
    detail: str = ""
    # Volatile: path.
    files: list[str] = msgspec.field(default_factory=list)
    partitioning: Partitioning
    ordering: list[str] = msgspec.field(default_factory=list)
    # Absent: the planner had no estimate.
    rows_estimated: Union[RowEstimate, UnsetType] = UNSET
    # Absent: the operator did not run, or counts nothing.
    # Volatile: race.
    metrics: Union[OperatorMetrics, UnsetType] = UNSET
    children: list[OperatorNode] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        _settle(self, "detail")


class PartitionScheme(enum.Enum):
    RoundRobin = "round_robin"
    Hash = "hash"
    Range = "range"
    Unknown = "unknown"


class Partitioning(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    scheme: PartitionScheme
    # Volatile: host.
    count: U32
    expressions: list[str] = msgspec.field(default_factory=list)


class PlanArtifact(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="plan.v1",
):
    statements: list[StatementPlan]


class PlanNode(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    name: Annotated[str, Meta(min_length=1)]
    detail: str = ""
    children: list[PlanNode] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        _settle(self, "detail")


class RowEstimate(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    rows: U64
    exact: bool

    def __post_init__(self) -> None:
        _check_range("rows", self.rows, 0, 18446744073709551615)


class StageOperator(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Volatile: host.
    depth: U32
    # Volatile: host.
    name: Annotated[str, Meta(min_length=1)]
    # Volatile: host.
    metrics: OperatorMetrics


class StageRecord(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Volatile: host.
    stage: U32
    # Volatile: host.
    partitions: U32
    # Volatile: host.
    operators: list[StageOperator] = msgspec.field(default_factory=list)


class StatementPlan(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    statement: U32
    # Absent: the statement was not planned so far.
    logical: Union[PlanNode, UnsetType] = UNSET
    # Absent: the statement was not planned so far.
    optimized: Union[PlanNode, UnsetType] = UNSET
    # Absent: the statement was not planned so far.
    physical: Union[OperatorNode, UnsetType] = UNSET
    # Absent: the statement was not planned so far.
    optimized_sha256: Union[Digest, UnsetType] = UNSET
    # Absent: the build writes none, the plan cannot be said in it, or it has more bytes than are kept.
    substrait: Union[bytes, UnsetType] = UNSET
    # Absent: the build writes none, an operator has no such form, or it has more bytes than are kept.
    # Volatile: path.
    engine: Union[bytes, UnsetType] = UNSET
    # Volatile: host.
    stages: list[StageRecord] = msgspec.field(default_factory=list)


Digest = Annotated[str, Meta(pattern="\\A[0-9a-f]{64}\\Z")]
Metric = Union[Count, Gauge, Bytes, Time, Pruning, Ratio]


RECORDS: dict[str, Any] = {
    "plan": PlanArtifact,
}
