"""Records as msgspec types. Exported from their locks; edits are lost."""

from __future__ import annotations

import enum
import functools
from typing import Annotated, Any, Optional, Union

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


class Extension3(Extension):
    """Extension 3 in MessagePack, base64 text in JSON."""

    __slots__ = ()
    code = 3
    text = bytes


EXTENSIONS[3] = Extension3


class DeterminismTier(enum.Enum):
    Canonical = "canonical"
    StableSet = "stable_set"
    BestEffort = "best_effort"


class EngineRecord(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    name: Annotated[str, Meta(min_length=1)]
    version: Annotated[str, Meta(min_length=1)]


class FunctionRegistry(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    scalar: U32
    aggregate: U32
    window: U32
    table: U32
    higher_order: U32
    sha256: Digest


class StatementKind(enum.Enum):
    Alter = "alter"
    Copy = "copy"
    CreateCatalog = "create_catalog"
    CreateExternalTable = "create_external_table"
    CreateFunction = "create_function"
    CreateTable = "create_table"
    CreateView = "create_view"
    Deallocate = "deallocate"
    Delete = "delete"
    Describe = "describe"
    DropCatalog = "drop_catalog"
    DropFunction = "drop_function"
    DropTable = "drop_table"
    DropView = "drop_view"
    Execute = "execute"
    Explain = "explain"
    Insert = "insert"
    Merge = "merge"
    Prepare = "prepare"
    Query = "query"
    Reset = "reset"
    Set = "set"
    Show = "show"
    Transaction = "transaction"
    Truncate = "truncate"
    Update = "update"
    Other = "other"

    def __lt__(self, other: Any) -> bool:
        return _order(self) < _order(other)


class KindRules(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Absent: all that are not denied.
    allow: Union[set[StatementKind], UnsetType] = UNSET
    deny: set[StatementKind] = msgspec.field(default_factory=set)


class NameRules(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    # Absent: all that are not denied.
    allow: Union[set[Annotated[str, Meta(min_length=1, max_length=256)]], UnsetType] = UNSET
    deny: set[Annotated[str, Meta(min_length=1, max_length=256)]] = msgspec.field(default_factory=set)


class RuntimeProfileSnapshot(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="profile.v1",
):
    name: Annotated[str, Meta(min_length=1)]
    determinism: DeterminismTier
    engine: EngineRecord
    scan: ScanProfile
    sql_policy: SqlPolicy
    sql_policy_sha256: Digest
    settings: dict[str, Optional[str]]
    # Volatile: host.
    host_settings: dict[str, Optional[str]] = msgspec.field(default_factory=dict)
    # Absent: in the process that recorded them.
    # Volatile: host.
    cluster: Union[str, UnsetType] = UNSET
    functions: FunctionRegistry
    profile_sha256: Digest
    # Absent: the run has no result, or was not planned.
    arrow_schema: Union[Extension3, UnsetType] = UNSET


class ScanProfile(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    batch_size: Annotated[int, Meta(ge=1)]
    # Volatile: host.
    target_partitions: Annotated[int, Meta(ge=1)]
    collect_statistics: bool
    pruning: bool
    pushdown_filters: bool
    reorder_filters: bool
    bloom_filters: bool
    split_files: bool
    # Absent: memory is not limited.
    memory_bytes_max: Union[U64, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("batch_size", self.batch_size, 1, 18446744073709551615)
        _check_range("target_partitions", self.target_partitions, 1, 18446744073709551615)
        _check_range("memory_bytes_max", self.memory_bytes_max, 0, 18446744073709551615)


class SqlPolicy(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    statements: KindRules = KindRules()
    functions: NameRules = NameRules()
    reads: NameRules = NameRules()
    writes: NameRules = NameRules()
    locations: NameRules = NameRules()
    # Absent: statements may be of any length.
    statement_bytes_max: Union[Annotated[int, Meta(ge=1)], UnsetType] = UNSET
    # Absent: as deep as the engine takes them.
    nesting_max: Union[Annotated[int, Meta(ge=1, le=4294967295)], UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("statement_bytes_max", self.statement_bytes_max, 1, 18446744073709551615)
        _settle(self, "statements", "functions", "reads", "writes", "locations")


Digest = Annotated[str, Meta(pattern="\\A[0-9a-f]{64}\\Z")]
Pattern = Annotated[str, Meta(min_length=1, max_length=256)]


RECORDS: dict[str, Any] = {
    "profile": RuntimeProfileSnapshot,
}
