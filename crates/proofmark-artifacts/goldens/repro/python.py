"""Records as msgspec types. Exported from their locks; edits are lost."""

from __future__ import annotations

import enum
import functools
from typing import Annotated, Any, Optional, Union

import msgspec
from msgspec import UNSET, Meta, UnsetType


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


class ConfigEntry(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    frozen=True,
):
    key: Annotated[str, Meta(min_length=1)]
    # Null: the setting is known and has no value.
    value: Optional[str]
    origin: str


class GitRecord(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    # Absent: the repository has no commit yet.
    revision: Union[str, UnsetType] = UNSET
    # Absent: no branch is checked out.
    branch: Union[str, UnsetType] = UNSET
    # Absent: it could not be told in time.
    dirty: Union[bool, UnsetType] = UNSET


class HostRecord(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    # Absent: it could not be read.
    # Volatile: host.
    hostname: Union[str, UnsetType] = UNSET
    # Absent: it could not be read.
    # Volatile: host.
    kernel: Union[str, UnsetType] = UNSET
    # Volatile: host.
    cpu_count: Annotated[int, Meta(ge=1, le=4294967295)]
    # Absent: it could not be read.
    # Volatile: host.
    cpu_model: Union[str, UnsetType] = UNSET
    # Absent: it could not be read.
    # Volatile: host.
    memory_bytes: Union[U64, UnsetType] = UNSET
    # Absent: it could not be read.
    # Volatile: host.
    time_zone: Union[str, UnsetType] = UNSET

    def __post_init__(self) -> None:
        _check_range("memory_bytes", self.memory_bytes, 0, 18446744073709551615)


class PlatformRecord(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    os: Annotated[str, Meta(min_length=1)]
    arch: Annotated[str, Meta(min_length=1)]


class Repro(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
    tag_field="type",
    tag="repro.v1",
):
    # Volatile: host.
    host: HostRecord
    platform: PlatformRecord
    # Volatile: host.
    toolchain: ToolchainRecord
    packages: dict[str, str]
    # Absent: the run was not started inside a git checkout.
    # Volatile: host.
    git: Union[GitRecord, UnsetType] = UNSET
    # Volatile: path.
    command: list[str] = msgspec.field(default_factory=list)
    # Absent: it could not be read.
    # Volatile: path.
    working_directory: Union[str, UnsetType] = UNSET
    # Volatile: path.
    tables: dict[str, str] = msgspec.field(default_factory=dict)
    # Volatile: host.
    environment: dict[str, str] = msgspec.field(default_factory=dict)
    config: list[ConfigEntry] = msgspec.field(default_factory=list)


class ToolchainRecord(
    msgspec.Struct,
    kw_only=True,
    forbid_unknown_fields=True,
    omit_defaults=True,
):
    rustc: str
    target: str
    profile: str


RECORDS: dict[str, Any] = {
    "repro": Repro,
}
