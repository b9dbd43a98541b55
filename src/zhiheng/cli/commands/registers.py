"""`zhiheng registers`: which registers are there, are their definitions sound, and what is in them?"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from zhiheng.cli.output import say
from zhiheng.cli.reporting import report_error, tell
from zhiheng.cli.tables import print_table
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.registers import checked, registers
from zhiheng.publication.register_page import register_page
from zhiheng.publication.writers.placing import put
from zhiheng.rules.messages import sentence

_HEADS = ("cli.register", "cli.register_name", "cli.register_fields", "cli.register_key", "cli.register_layer")


def main(arguments: Namespace) -> int:
    """List, check or describe."""
    match arguments.action:
        case "check":
            return _check(arguments.names, arguments.language)
        case "docs":
            _describe(arguments.names, arguments.out, arguments.language)
        case _:
            _list(arguments.names, arguments.language)
    return 0


def _list(names: list[str], language: str) -> None:
    rows = [
        (r.id, r.english if language == "en" else r.name, len(r.fields), _key(r, language), r.layer) for r in registers(names)
    ]
    print_table(_HEADS, rows, language)


def _key(register: Register, language: str) -> str:
    fields = [register.by_id[name] for name in register.key]
    return ", ".join(f.english for f in fields) if language == "en" else "、".join(f.name for f in fields)


def _check(names: list[str], language: str) -> int:
    sound, faults = checked(names)
    worst = max((report_error(fault, language) for fault in faults), default=0)
    if faults:
        say(sentence("cli.registers_unsound", {"count": len(faults), "sound": len(sound)}, language))
    else:
        say(sentence("cli.registers_sound", {"count": len(sound)}, language))
    return worst


def _describe(names: list[str], out: str | None, language: str) -> None:
    page = register_page(registers(names))
    if out is None:
        say(page.rstrip("\n"))
    else:
        tell("flow.written", language, file=str(put(Path(out), page.encode())))
