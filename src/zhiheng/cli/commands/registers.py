"""`zhiheng registers`: which registers are there, are their definitions sound, and what is in them?"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from zhiheng.cli.output import hand_out, say
from zhiheng.cli.reporting import report_error, tell
from zhiheng.cli.tables import print_table
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.registers import checked, registers
from zhiheng.plans.serial import plain
from zhiheng.publication.register_page import register_page, register_record
from zhiheng.publication.writers.json import record_bytes
from zhiheng.publication.writers.placing import put
from zhiheng.rules.messages import sentence

_HEADS = ("cli.register", "cli.register_name", "cli.register_fields", "cli.register_key", "cli.register_layer")


def main(arguments: Namespace) -> int:
    """List, check or describe."""
    json = arguments.format == "json"
    match arguments.action:
        case "check":
            return _check(arguments.names, arguments.language, json=json)
        case "docs":
            _describe(arguments.names, arguments.out, arguments.language, json=json)
        case _:
            _list(arguments.names, arguments.language, json=json)
    return 0


def _list(names: list[str], language: str, *, json: bool) -> None:
    found = registers(names)
    if json:
        hand_out(_described(found))
        return
    rows = [(r.id, r.english if language == "en" else r.name, len(r.fields), _key(r, language), r.layer) for r in found]
    print_table(_HEADS, rows, language)


def _described(found: Iterable[Register]) -> bytes:
    return record_bytes({"registers": [register_record(register) for register in found]})


def _key(register: Register, language: str) -> str:
    fields = [register.by_id[name] for name in register.key]
    return ", ".join(f.english for f in fields) if language == "en" else "、".join(f.name for f in fields)


def _check(names: list[str], language: str, *, json: bool) -> int:
    sound, faults = checked(names)
    if json:
        told = [{"code": f.code, "facts": plain(f.facts), "sentence": sentence(f.code, f.facts, language)} for f in faults]
        hand_out(record_bytes({"sound": [register.id for register in sound], "faults": told}))
        return max((fault.exit_code for fault in faults), default=0)
    worst = max((report_error(fault, language) for fault in faults), default=0)
    if faults:
        say(sentence("cli.registers_unsound", {"count": len(faults), "sound": len(sound)}, language))
    else:
        say(sentence("cli.registers_sound", {"count": len(sound)}, language))
    return worst


def _describe(names: list[str], out: str | None, language: str, *, json: bool) -> None:
    content = _described(registers(names)) if json else register_page(registers(names)).encode()
    if out is None:
        hand_out(content)
    else:
        tell("flow.written", language, file=str(put(Path(out), content)))
