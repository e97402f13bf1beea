"""Writes `late_carriers.substrait` with Ibis: the carriers whose flights arrive late, and how many do.

    pip install ibis-substrait==4.0.1 substrait==0.23.0
    python examples/nyc-flights/late_carriers.py
"""

from pathlib import Path

import ibis
from ibis_substrait.compiler.core import SubstraitCompiler

flights = ibis.table({"carrier": "!string", "origin": "!string", "arr_delay": "int16", "distance": "!int16"}, name="flights")
late = flights.filter(flights.arr_delay >= 15)
carriers = late.group_by("carrier").agg(flights=late.count(), worst=late.arr_delay.max()).order_by(ibis.desc("flights"))

plan = SubstraitCompiler().compile(carriers)
(Path(__file__).parent / "late_carriers.substrait").write_bytes(plan.SerializeToString(deterministic=True))
