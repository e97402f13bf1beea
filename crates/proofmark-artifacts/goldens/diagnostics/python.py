"""Records as msgspec types. Exported from their locks; edits are lost."""

from __future__ import annotations

import datetime as dt
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


class CacheStateEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="cache_state_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    cache: Annotated[str, Meta(min_length=1)]
    # Volatile: race.
    entries: U64
    # Absent: the cache does not say.
    # Volatile: race.
    bytes: Union[U64, UnsetType] = UNSET
    # Absent: the cache has no limit.
    bytes_max: Union[U64, UnsetType] = UNSET
    # Absent: the cache does not count.
    # Volatile: race.
    hits: Union[U64, UnsetType] = UNSET
    # Absent: the cache does not count.
    # Volatile: race.
    misses: Union[U64, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("entries", self.entries, 0, 18446744073709551615)
        _check_range("bytes", self.bytes, 0, 18446744073709551615)
        _check_range("bytes_max", self.bytes_max, 0, 18446744073709551615)
        _check_range("hits", self.hits, 0, 18446744073709551615)
        _check_range("misses", self.misses, 0, 18446744073709551615)


class ChangeCounts(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    inserted: U64 = 0
    updated: U64 = 0
    deleted: U64 = 0

    def __post_init__(self) -> None:
        _check_range("inserted", self.inserted, 0, 18446744073709551615)
        _check_range("updated", self.updated, 0, 18446744073709551615)
        _check_range("deleted", self.deleted, 0, 18446744073709551615)


class ColumnChange(enum.Enum):
    Added = "added"
    Missing = "missing"
    Retyped = "retyped"
    Nullability = "nullability"
    Moved = "moved"
    Renamed = "renamed"


class ColumnDifference(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    column: str
    # Absent: the column itself.
    inside: Union[str, UnsetType] = UNSET
    kind: ColumnChange
    # Absent: the table does not have it.
    expected: Union[str, UnsetType] = UNSET
    # Absent: the files do not have it.
    found: Union[str, UnsetType] = UNSET
    files: U64
    # Absent: not recorded.
    # Volatile: path.
    example: Union[str, UnsetType] = UNSET
    # Absent: not judged.
    drift: Union[ColumnDrift, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("files", self.files, 0, 18446744073709551615)


class ColumnDrift(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    rule: Annotated[str, Meta(min_length=1)]
    verdict: ReadVerdict
    level: DriftLevel
    # Absent: what the files hold is read.
    fix: Union[str, UnsetType] = UNSET


class RunEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="run_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    phase: RunPhase
    # Absent: it happened to the whole run.
    statement: Union[U32, UnsetType] = UNSET
    # Absent: there is no result.
    rows: Union[U64, UnsetType] = UNSET
    # Absent: nothing ended.
    # Volatile: measured.
    elapsed_ns: Union[U64, UnsetType] = UNSET
    # Absent: nothing went wrong.
    # Volatile: path.
    message: Union[str, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("rows", self.rows, 0, 18446744073709551615)
        _check_range("elapsed_ns", self.elapsed_ns, 0, 18446744073709551615)


class RuleChange(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    phase: PlanPhase
    step: U32
    rule: Annotated[str, Meta(min_length=1)]


class PlanEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="plan_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    statement: U32
    # Absent: not measured.
    # Volatile: measured.
    elapsed_ns: Union[U64, UnsetType] = UNSET
    rules: U32
    changes: list[RuleChange] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        _check_range("elapsed_ns", self.elapsed_ns, 0, 18446744073709551615)


class ExplainEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="explain_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    statement: U32
    # Absent: the plan was made, but did not run.
    # Volatile: measured.
    elapsed_ns: Union[U64, UnsetType] = UNSET
    operators: list[ExplainOperator]

    def __post_init__(self) -> None:
        _check_range("elapsed_ns", self.elapsed_ns, 0, 18446744073709551615)


class ParameterRecord(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    name: Annotated[str, Meta(min_length=1)]
    # Absent: neither declared nor inferred.
    data_type: Union[str, UnsetType] = UNSET
    # Absent: this event executes nothing.
    value: Union[str, UnsetType] = UNSET


class PreparedStatementEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="prepared_statement_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    statement: U32
    action: PreparedAction
    name: Annotated[str, Meta(min_length=1)]
    # Absent: this event prepares nothing.
    sql: Union[str, UnsetType] = UNSET
    parameters: list[ParameterRecord] = msgspec.field(default_factory=list)


class ParseErrorEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="parse_error_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    dialect: Annotated[str, Meta(min_length=1)]
    sql: str
    message: str
    # Absent: the parser does not say where.
    line: Union[Annotated[int, Meta(ge=1)], UnsetType] = UNSET
    # Absent: the parser does not say where.
    column: Union[Annotated[int, Meta(ge=1)], UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("line", self.line, 1, 18446744073709551615)
        _check_range("column", self.column, 1, 18446744073709551615)


class UdfValidationEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="udf_validation_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    statement: U32
    function: Annotated[str, Meta(min_length=1)]
    kind: FunctionKind
    volatility: FunctionVolatility
    registered: bool
    calls: U64

    def __post_init__(self) -> None:
        _check_range("calls", self.calls, 0, 18446744073709551615)


class SchemaValidationEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="schema_validation_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    dataset: Annotated[str, Meta(min_length=1)]
    expected: Digest
    files: U64
    differing: U64
    differences: list[ColumnDifference] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        _check_range("files", self.files, 0, 18446744073709551615)
        _check_range("differing", self.differing, 0, 18446744073709551615)


class FilePruningEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="file_pruning_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    statement: U32
    operator: U32
    # Absent: the scan reads files that have no table.
    dataset: Union[str, UnsetType] = UNSET
    # Absent: it reads everything.
    predicate: Union[str, UnsetType] = UNSET
    # Volatile: race.
    pruning: ScanPruning


class MemoryConsumer(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Volatile: race.
    name: Annotated[str, Meta(min_length=1)]
    # Volatile: race.
    bytes_peak: U64
    # Volatile: race.
    can_spill: bool

    def __post_init__(self) -> None:
        _check_range("bytes_peak", self.bytes_peak, 0, 18446744073709551615)


class MemoryEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="memory_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    statement: U32
    # Absent: memory is not limited.
    bytes_max: Union[U64, UnsetType] = UNSET
    # Volatile: race.
    bytes_peak: U64
    exhausted: bool
    # Volatile: race.
    consumers: list[MemoryConsumer] = msgspec.field(default_factory=list)

    def __post_init__(self) -> None:
        _check_range("bytes_max", self.bytes_max, 0, 18446744073709551615)
        _check_range("bytes_peak", self.bytes_peak, 0, 18446744073709551615)


class ObjectStoreEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="object_store_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    # Volatile: path.
    url: Annotated[str, Meta(min_length=1)]
    # Volatile: race.
    gets: U64 = 0
    # Volatile: race.
    bytes_read: U64 = 0
    # Volatile: race.
    heads: U64 = 0
    # Volatile: race.
    lists: U64 = 0
    # Volatile: race.
    puts: U64 = 0
    # Volatile: race.
    bytes_written: U64 = 0
    # Volatile: race.
    deletes: U64 = 0
    # Volatile: race.
    errors: U64 = 0

    def __post_init__(self) -> None:
        _check_range("gets", self.gets, 0, 18446744073709551615)
        _check_range("bytes_read", self.bytes_read, 0, 18446744073709551615)
        _check_range("heads", self.heads, 0, 18446744073709551615)
        _check_range("lists", self.lists, 0, 18446744073709551615)
        _check_range("puts", self.puts, 0, 18446744073709551615)
        _check_range("bytes_written", self.bytes_written, 0, 18446744073709551615)
        _check_range("deletes", self.deletes, 0, 18446744073709551615)
        _check_range("errors", self.errors, 0, 18446744073709551615)


class FeatureStateEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="feature_state_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    feature: Annotated[str, Meta(min_length=1)]
    state: FeatureState
    # Absent: it was decided when the program was built.
    setting: Union[str, UnsetType] = UNSET


class IncrementalEvent(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="incremental_event.v1",
):
    # Absent: the writer did not say; the reader fills it in.
    # Volatile: time.
    event_time: Union[Annotated[dt.datetime, Meta(tz=True)], UnsetType] = UNSET
    dataset: Annotated[str, Meta(min_length=1)]
    cursor: Annotated[str, Meta(min_length=1)]
    # Absent: the table has no id.
    table_id: Union[str, UnsetType] = UNSET
    # Absent: the table had not been processed before.
    before: Union[U64, UnsetType] = UNSET
    # Absent: the sink held nothing beyond the cursor, or cannot tell.
    landed: Union[U64, UnsetType] = UNSET
    # Absent: there was nothing new.
    first: Union[U64, UnsetType] = UNSET
    last: U64
    changes: ChangeCounts = ChangeCounts()
    moved: bool

    def __post_init__(self) -> None:
        _check_range("before", self.before, 0, 18446744073709551615)
        _check_range("landed", self.landed, 0, 18446744073709551615)
        _check_range("first", self.first, 0, 18446744073709551615)
        _check_range("last", self.last, 0, 18446744073709551615)
        _settle(self, "changes")


class DiagnosticsArtifact(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="diagnostics.v1",
):
    events: list[DiagnosticEvent]


class DriftLevel(enum.Enum):
    None_ = "none"
    Representation = "representation"
    Compatible = "compatible"
    BackwardOnly = "backward-only"
    ForwardOnly = "forward-only"
    Breaking = "breaking"
    Silent = "silent"


class ExplainOperator(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    index: U32
    depth: U32
    name: Annotated[str, Meta(min_length=1)]
    # Absent: the planner had no estimate.
    rows_estimated: Union[U64, UnsetType] = UNSET
    # Absent: it did not run, or does not count.
    # Volatile: race.
    rows_out: Union[U64, UnsetType] = UNSET
    # Absent: it did not run, or does not count.
    # Volatile: race.
    bytes_out: Union[U64, UnsetType] = UNSET
    # Absent: it did not run, or does not measure.
    # Volatile: measured.
    elapsed_compute_ns: Union[U64, UnsetType] = UNSET
    # Absent: it did not run, or cannot spill.
    # Volatile: race.
    spilled_bytes: Union[U64, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("rows_estimated", self.rows_estimated, 0, 18446744073709551615)
        _check_range("rows_out", self.rows_out, 0, 18446744073709551615)
        _check_range("bytes_out", self.bytes_out, 0, 18446744073709551615)
        _check_range("elapsed_compute_ns", self.elapsed_compute_ns, 0, 18446744073709551615)
        _check_range("spilled_bytes", self.spilled_bytes, 0, 18446744073709551615)


class FeatureState(enum.Enum):
    Enabled = "enabled"
    Disabled = "disabled"
    NotBuilt = "not_built"


class FunctionKind(enum.Enum):
    Scalar = "scalar"
    Aggregate = "aggregate"
    Window = "window"
    HigherOrder = "higher_order"


class FunctionVolatility(enum.Enum):
    Immutable = "immutable"
    Stable = "stable"
    Volatile = "volatile"


class PlanPhase(enum.Enum):
    Analyzer = "analyzer"
    Logical = "logical"
    Physical = "physical"


class PreparedAction(enum.Enum):
    Prepare = "prepare"
    Execute = "execute"
    Deallocate = "deallocate"


class PruneCount(
    msgspec.Struct,
    kw_only=True,
    array_like=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    # Volatile: race.
    pruned: U64
    # Volatile: race.
    matched: U64

    def __post_init__(self) -> None:
        _check_range("pruned", self.pruned, 0, 18446744073709551615)
        _check_range("matched", self.matched, 0, 18446744073709551615)


class ReadVerdict(enum.Enum):
    Ok = "ok"
    Conditional = "cond"
    Refused = "no"
    Silent = "SILENT"


class RunPhase(enum.Enum):
    Started = "started"
    Planned = "planned"
    Finished = "finished"
    Failed = "failed"
    Cancelled = "cancelled"


class ScanPruning(
    msgspec.Struct,
    kw_only=True,
    array_like=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    # Volatile: race.
    files: PruneCount
    # Volatile: race.
    row_groups_statistics: PruneCount
    # Volatile: race.
    row_groups_bloom: PruneCount
    # Volatile: race.
    pages: PruneCount
    # Volatile: race.
    rows: PruneCount


DiagnosticEvent = Union[RunEvent, PlanEvent, ExplainEvent, PreparedStatementEvent, ParseErrorEvent, UdfValidationEvent, SchemaValidationEvent, FilePruningEvent, MemoryEvent, CacheStateEvent, ObjectStoreEvent, FeatureStateEvent, IncrementalEvent]
Digest = Annotated[str, Meta(pattern="\\A[0-9a-f]{64}\\Z")]


RECORDS: dict[str, Any] = {
    "diagnostics": DiagnosticsArtifact,
}
