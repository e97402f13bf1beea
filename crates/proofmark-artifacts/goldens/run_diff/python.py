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


class Added(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="added",
):
    value: ShownValue


class Added2(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="added",
):
    sql: str


class Added3(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="added",
):
    column: str
    data_type: str
    nullable: bool


class ValueChange(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    path: str
    # Absent: it lies in no list of things with names.
    item: Union[str, UnsetType] = UNSET
    # Absent: they may not: it is content.
    volatility: Union[str, UnsetType] = UNSET
    edit: ValueEdit


class ArtifactDiff(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    name: Annotated[str, Meta(min_length=1)]
    kind: Annotated[str, Meta(min_length=1)]
    state: ArtifactState
    # Absent: it can be compared.
    # Volatile: path.
    reason: Union[str, UnsetType] = UNSET
    # Volatile: race.
    hidden: U64 = 0
    changes: list[ValueChange] = msgspec.field(default_factory=list)
    omitted: U64 = 0

    def __post_init__(self) -> None:
        _check_range("hidden", self.hidden, 0, 18446744073709551615)
        _check_range("omitted", self.omitted, 0, 18446744073709551615)


class ArtifactState(enum.Enum):
    Same = "same"
    Changed = "changed"
    Added = "added"
    Removed = "removed"
    Unreadable = "unreadable"


class Config(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="config",
):
    key: str
    # Absent: it had no value, or was not there.
    old: Union[str, UnsetType] = UNSET
    # Absent: it has no value, or is not there.
    new: Union[str, UnsetType] = UNSET


class Statistics(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="statistics",
):
    dataset: str
    # Absent: not known.
    old_rows: Union[str, UnsetType] = UNSET
    # Absent: not known.
    new_rows: Union[str, UnsetType] = UNSET


class Schema(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="schema",
):
    dataset: str


class EngineVersion(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="engine_version",
):
    package: str
    # Absent: it was not there.
    old: Union[str, UnsetType] = UNSET
    # Absent: it is not there.
    new: Union[str, UnsetType] = UNSET


class Host(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="host",
):
    fact: str
    # Absent: not recorded.
    old: Union[str, UnsetType] = UNSET
    # Absent: not recorded.
    new: Union[str, UnsetType] = UNSET


class Sql2(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="sql",
):
    statement: U32


class Data(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="data",
):
    dataset: str
    fact: DataFact
    # Absent: not known.
    old: Union[str, UnsetType] = UNSET
    # Absent: not known.
    new: Union[str, UnsetType] = UNSET


class Unknown(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="unknown",
):
    pass


class Changed(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="changed",
):
    old: ShownValue
    new: ShownValue


class Removed4(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="removed",
):
    column: str
    data_type: str


class Retyped(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="retyped",
):
    column: str
    old: str
    new: str


class Nullability(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="nullability",
):
    column: str
    nullable: bool


class Moved3(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="moved",
):
    column: str
    from_: U64 = msgspec.field(name="from")
    to: U64

    def __post_init__(self) -> None:
        _check_range("from_", self.from_, 0, 18446744073709551615)
        _check_range("to", self.to, 0, 18446744073709551615)


class DataDiff(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    dataset: Annotated[str, Meta(min_length=1)]
    fact: DataFact
    # Absent: not known, or the dataset was not there.
    old: Union[str, UnsetType] = UNSET
    # Absent: not known, or the dataset is not there.
    new: Union[str, UnsetType] = UNSET


class DataFact(enum.Enum):
    Dataset = "dataset"
    Version = "version"
    Rows = "rows"
    Files = "files"
    Bytes = "bytes"
    Content = "content"
    Format = "format"
    Ordering = "ordering"


class Detail(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="detail",
):
    old: str
    new: str


class Digest2(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="form",
    tag="digest",
):
    bytes: U64
    sha256: Digest

    def __post_init__(self) -> None:
        _check_range("bytes", self.bytes, 0, 18446744073709551615)


class Estimate(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="estimate",
):
    # Absent: it had no estimate.
    old: Union[RowEstimate, UnsetType] = UNSET
    # Absent: it has no estimate.
    new: Union[RowEstimate, UnsetType] = UNSET


class Figure(enum.Enum):
    WallNs = "wall_ns"
    ComputeNs = "compute_ns"
    RowsOut = "rows_out"
    BytesOut = "bytes_out"
    SpilledBytes = "spilled_bytes"
    MemoryBytesMax = "memory_bytes_max"


class Inserted(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="inserted",
):
    detail: str


class MeasuredDiff(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Absent: it is of the whole run.
    statement: Union[U32, UnsetType] = UNSET
    # Absent: it is of the whole statement.
    operator: Union[str, UnsetType] = UNSET
    # Absent: it is of the whole statement.
    path: Union[str, UnsetType] = UNSET
    figure: Figure
    # Volatile: measured.
    old: U64
    # Volatile: measured.
    new: U64

    def __post_init__(self) -> None:
        _check_range("old", self.old, 0, 18446744073709551615)
        _check_range("new", self.new, 0, 18446744073709551615)


class Moved(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="moved",
):
    from_: U64 = msgspec.field(name="from")
    to: U64

    def __post_init__(self) -> None:
        _check_range("from_", self.from_, 0, 18446744073709551615)
        _check_range("to", self.to, 0, 18446744073709551615)


class Moved2(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="moved",
):
    pass


class Removed3(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="removed",
):
    detail: str


class Replaced(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="replaced",
):
    old_node: str
    old_detail: str
    new_detail: str


class Partitioning(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="partitioning",
):
    old: Partitioning2
    new: Partitioning2


class Ordering(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="ordering",
):
    old: list[str]
    new: list[str]


class OutputDiff(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    output: Annotated[str, Meta(min_length=1)]
    fact: OutputFact
    # Absent: not known, or the output was not there.
    old: Union[str, UnsetType] = UNSET
    # Absent: not known, or the output is not there.
    new: Union[str, UnsetType] = UNSET
    causes: list[Cause] = msgspec.field(default_factory=list)


class OutputFact(enum.Enum):
    Output = "output"
    Rows = "rows"
    Content = "content"
    Format = "format"


class PartitionScheme(enum.Enum):
    RoundRobin = "round_robin"
    Hash = "hash"
    Range = "range"
    Unknown = "unknown"


class Partitioning2(
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


class PlanEdit(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    node: Annotated[str, Meta(min_length=1)]
    # Absent: it was not there.
    old_path: Union[str, UnsetType] = UNSET
    # Absent: it is gone.
    new_path: Union[str, UnsetType] = UNSET
    change: NodeChange
    causes: list[Cause] = msgspec.field(default_factory=list)


class PlanStage(enum.Enum):
    Logical = "logical"
    Optimized = "optimized"
    Physical = "physical"


class PlanStep(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    statement: U32
    # Absent: the same, or there is only one run.
    old_statement: Union[U32, UnsetType] = UNSET
    stage: PlanStage
    # Absent: the two plans are of two runs.
    rule: Union[str, UnsetType] = UNSET
    edits: list[PlanEdit]


class Removed(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="removed",
):
    value: ShownValue


class Removed2(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="removed",
):
    sql: str


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


class Rows(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="rows",
):
    # Absent: it had no result.
    old: Union[U64, UnsetType] = UNSET
    # Absent: it has no result.
    new: Union[U64, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("old", self.old, 0, 18446744073709551615)
        _check_range("new", self.new, 0, 18446744073709551615)


class StatementDiff(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Absent: it is not there.
    statement: Union[U32, UnsetType] = UNSET
    # Absent: it was not there.
    old_statement: Union[U32, UnsetType] = UNSET
    change: StatementChange
    causes: list[Cause] = msgspec.field(default_factory=list)


class SchemaDiff(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    of: Annotated[str, Meta(min_length=1)]
    columns: list[ColumnChange]


class SettingDiff(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    area: SettingArea
    key: Annotated[str, Meta(min_length=1)]
    # Absent: it had no value, or was not there.
    old: Union[str, UnsetType] = UNSET
    # Absent: it has no value, or is not there.
    new: Union[str, UnsetType] = UNSET
    causes: list[Cause] = msgspec.field(default_factory=list)


class RunDiff(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="run_diff.v1",
):
    old: RunSide
    new: RunSide
    same_content: bool
    artifacts: list[ArtifactDiff]
    statements: list[StatementDiff] = msgspec.field(default_factory=list)
    plans: list[PlanStep] = msgspec.field(default_factory=list)
    schemas: list[SchemaDiff] = msgspec.field(default_factory=list)
    settings: list[SettingDiff] = msgspec.field(default_factory=list)
    data: list[DataDiff] = msgspec.field(default_factory=list)
    outputs: list[OutputDiff] = msgspec.field(default_factory=list)
    # Volatile: measured.
    measured: list[MeasuredDiff] = msgspec.field(default_factory=list)


class RunSide(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    # Volatile: random.
    run_id: RunId
    status: RunStatus
    engine: str = ""
    fingerprint: Digest

    def __post_init__(self) -> None:
        _settle(self, "engine")


class RunStatus(enum.Enum):
    Ok = "ok"
    Failed = "failed"
    Cancelled = "cancelled"
    Incomplete = "incomplete"


class SettingArea(enum.Enum):
    Setting = "setting"
    HostSetting = "host_setting"
    Config = "config"
    Profile = "profile"
    Functions = "functions"
    Engine = "engine"
    Package = "package"
    Host = "host"


class Whole(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="form",
    tag="whole",
):
    value: Any


class Sql(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="sql",
):
    old: str
    new: str


class Status(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
    tag_field="kind",
    tag="status",
):
    old: RunStatus
    new: RunStatus


Cause = Union[Config, Statistics, Schema, EngineVersion, Host, Sql2, Data, Unknown]
ColumnChange = Union[Added3, Removed4, Retyped, Nullability, Moved3]
Digest = Annotated[str, Meta(pattern="\\A[0-9a-f]{64}\\Z")]
NodeChange = Union[Inserted, Removed3, Replaced, Moved2, Detail, Partitioning, Ordering, Estimate]
RunId = Annotated[str, Meta(pattern="\\A[0-9]{8}\\-[0-9]{9}\\-[a-hj-km-np-tv-z][0-9a-hj-km-np-tv-z]{7}\\Z")]
ShownValue = Union[Whole, Digest2]
StatementChange = Union[Added2, Removed2, Sql, Status, Rows]
ValueEdit = Union[Added, Removed, Changed, Moved]


RECORDS: dict[str, Any] = {
    "run_diff": RunDiff,
}
