"""msgspec of Python on the documents of the bench, for orientation: `cargo run --release -p bench -- --python`.

The directory given holds a NAME.json and a NAME.msgpack of every document. CPU time of the thread, best of some
rounds; the decoded value is dropped outside of the time. Not a row of the tables: it is another process.
"""

import gc
import sys
import time
from pathlib import Path
from typing import Optional, Union

try:
    import msgspec
except ImportError:
    sys.exit("msgspec is not installed for this Python: `pip install msgspec`, then run again")


class Event(msgspec.Struct):
    run_id: str
    event_time_unix_ms: int
    dataset: str
    plan_kind: str
    sql: str
    plan_hash: str
    rows: int
    labels: dict[str, str]


class EventRows(msgspec.Struct):
    plan_kind: str
    rows: int


class ScanRow(msgspec.Struct):
    fragment_count: int
    row_group_count: int
    count_rows: int


class Column(msgspec.Struct):
    name: str
    data_type: str
    nullable: bool
    metadata: dict[str, str]


class Dataset(msgspec.Struct):
    name: str
    path: str
    rows: int
    columns: list[Column]


class Schema(msgspec.Struct):
    name: str
    datasets: list[Dataset]


class Manifest(msgspec.Struct):
    version: int
    schemas: list[Schema]


class Properties(msgspec.Struct):
    name: str


class Geometry(msgspec.Struct):
    kind: str
    coordinates: list[list[tuple[float, float]]]


class Feature(msgspec.Struct):
    kind: str
    properties: Properties
    geometry: Geometry


class Canada(msgspec.Struct):
    kind: str
    features: list[Feature]


class Price(msgspec.Struct, rename="camel"):
    amount: int
    audience_sub_category_id: int
    seat_category_id: int


class Area(msgspec.Struct, rename="camel"):
    area_id: int
    block_ids: list[int]


class SeatCategory(msgspec.Struct, rename="camel"):
    areas: list[Area]
    seat_category_id: int


class CitmEvent(msgspec.Struct, rename="camel"):
    description: Optional[str]
    id: int
    logo: Optional[str]
    name: str
    sub_topic_ids: list[int]
    subject_code: Optional[int]
    subtitle: Optional[str]
    topic_ids: list[int]


class Performance(msgspec.Struct, rename="camel"):
    event_id: int
    id: int
    logo: Optional[str]
    name: Optional[str]
    prices: list[Price]
    seat_categories: list[SeatCategory]
    seat_map_image: Optional[str]
    start: int
    venue_code: str


class Citm(msgspec.Struct, rename="camel"):
    area_names: dict[str, str]
    audience_sub_category_names: dict[str, str]
    block_names: dict[str, str]
    events: dict[str, CitmEvent]
    performances: list[Performance]
    seat_category_names: dict[str, str]
    sub_topic_names: dict[str, str]
    subject_names: dict[str, str]
    topic_names: dict[str, str]
    topic_sub_topics: dict[str, list[int]]
    venue_names: dict[str, str]


class Scan(msgspec.Struct, tag=True):
    dataset: str
    files: int
    bytes: int
    elapsed_us: int


class Filter(msgspec.Struct, tag=True):
    column: str
    operator: str
    rows_in: int
    rows_out: int


class Join(msgspec.Struct, tag=True):
    left: str
    right: str
    rows: int
    spilled: bool


class Failure(msgspec.Struct, tag=True):
    message: str
    code: int
    retryable: bool


class TwitterUser(msgspec.Struct):
    screen_name: str


class TwitterStatus(msgspec.Struct):
    id: int
    text: str
    user: TwitterUser
    retweet_count: int
    favorite_count: int


class TwitterSkip(msgspec.Struct):
    statuses: list[TwitterStatus]


TYPES = {
    "citm": Citm,
    "canada": Canada,
    "events": list[Event],
    "scan": list[ScanRow],
    "manifest": Manifest,
    "tagged": list[Union[Scan, Filter, Join, Failure]],
    "tagged_last": list[Union[Scan, Filter, Join, Failure]],
    "events_skip": list[EventRows],
    "twitter_skip": TwitterSkip,
}

ROUNDS = 9
SAMPLE_SECONDS = 0.05


def best_seconds(work):
    """Least CPU time of one call."""
    best = float("inf")
    for _ in range(ROUNDS):
        calls, spent = 0, 0.0
        while spent < SAMPLE_SECONDS:
            begin = time.thread_time()
            result = work()
            spent += time.thread_time() - begin
            calls += 1
            del result
        best = min(best, spent / calls)
    return best


def measure(name, codec, extension, kind, directory):
    text = (directory / f"{name}.{extension}").read_bytes()
    decoder, encoder = codec.Decoder(kind), codec.Encoder()
    value = decoder.decode(text)
    if codec.decode(encoder.encode(value), type=kind) != value:
        sys.exit(f"{name}.{extension}: does not read back as it was written")
    decode = len(text) / best_seconds(lambda: decoder.decode(text)) / 1e6
    print(f"  {name:<14}{extension:<9}{'decode':<8}{decode:>8.0f} MB/s")
    if not name.endswith(("_skip", "_last")):
        size = len(encoder.encode(value))
        encode = size / best_seconds(lambda: encoder.encode(value)) / 1e6
        print(f"  {name:<14}{extension:<9}{'encode':<8}{encode:>8.0f} MB/s")


def main():
    directory = Path(sys.argv[1])
    gc.disable()
    print(f"msgspec {msgspec.__version__}, Python {sys.version.split()[0]}, for orientation")
    for name, kind in TYPES.items():
        measure(name, msgspec.json, "json", kind, directory)
        measure(name, msgspec.msgpack, "msgpack", kind, directory)


if __name__ == "__main__":
    main()
