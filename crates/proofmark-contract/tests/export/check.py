"""Reads each case with the exported types: `check.py MODULE CASES`, where a line of CASES is a JSON object."""

import importlib.util
import sys
from typing import Optional

import msgspec


class Case(msgspec.Struct, forbid_unknown_fields=True):
    record: str
    codec: str
    document: bytes
    # What the record's own code writes after it read the document; none where it refuses it.
    written: msgspec.Raw


def load(path):
    spec = importlib.util.spec_from_file_location("records", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["records"] = module
    spec.loader.exec_module(module)
    return module


def replay(module, case):
    kind = module.RECORDS[case.record]
    if case.codec == "json":
        return module.encode_json(module.decode_json(case.document, kind))
    return module.encode_msgpack(module.decode_msgpack(case.document, kind))


def main(path, cases):
    module = load(path)
    read = refused = wrong = 0
    for line in open(cases, "rb"):
        case = msgspec.json.decode(line, type=Case)
        expected = msgspec.json.decode(case.written, type=Optional[bytes])
        try:
            found, told = replay(module, case), ""
        except msgspec.MsgspecError as error:
            found, told = None, str(error)
        read += found is not None
        refused += found is None
        if found != expected:
            wrong += 1
            if wrong <= 20:
                print(f"{case.record} in {case.codec}: {case.document}\n  ours   {expected}\n  theirs {found} {told}")
    print(f"msgspec {msgspec.__version__}: {read} read, {refused} refused, {wrong} otherwise than by the record's own code")
    return 1 if wrong else 0


sys.exit(main(*sys.argv[1:]))
