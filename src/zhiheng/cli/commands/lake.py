"""`zhiheng lake`: what is kept, is it sound, join its files, and take a person's data away."""

from __future__ import annotations

import getpass
from argparse import Namespace
from dataclasses import asdict
from datetime import UTC, datetime

from zhiheng.base.errors import UsageError
from zhiheng.cli.home import home_of
from zhiheng.cli.output import hand_out, say
from zhiheng.cli.reporting import report_problems, tell
from zhiheng.cli.tables import print_table
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.positions import office_minute
from zhiheng.flow.lake import compacted, erased, kept_registers, status, verified
from zhiheng.flow.registers import registers
from zhiheng.plans.serial import problem_record
from zhiheng.publication.writers.json import record_bytes
from zhiheng.rules.messages import problem_sentence, sentence

_HEADS = tuple(
    f"cli.lake_{name}"
    for name in ("register", "records", "versions", "files", "size", "position", "last_at", "last_by", "open")
)
_MEGABYTE = 1 << 20


def main(arguments: Namespace) -> int:
    """Answer; 1 when something is not as it was."""
    home = home_of(arguments)
    match arguments.action:
        case "verify":
            return _verify(home, arguments)
        case "compact":
            _compact(home, arguments)
        case "erase":
            _erase(home, arguments)
        case _:
            _status(home, arguments)
    return 0


def _status(home: Home, arguments: Namespace) -> None:
    found = [status(home, name) for name in kept_registers(home, arguments.names)]
    if arguments.format == "json":
        hand_out(record_bytes({"registers": [asdict(one) for one in found]}))
        return
    if not found:
        say(sentence("cli.lake_empty", {"home": str(home.root)}, arguments.language))
        return
    rows = [
        (
            one.register,
            f"{one.records:,}",
            f"{one.versions:,}",
            one.files,
            f"{one.size / _MEGABYTE:,.1f} MB",
            one.position,
            office_minute(one.last_at) if one.last_at else "",
            one.last_by or "",
            one.open,
        )
        for one in found
    ]
    print_table(_HEADS, rows, arguments.language)


def _verify(home: Home, arguments: Namespace) -> int:
    names, language = kept_registers(home, arguments.names), arguments.language
    found = list(verified(home, names, lambda name: tell("cli.lake_verifying", language, name=name)))
    if arguments.format == "json":
        told = [{**problem_record(one), "sentence": problem_sentence(one, language)} for one in found]
        hand_out(record_bytes({"registers": list(names), "problems": told}))
    else:
        report_problems(found, language)
        code = "cli.lake_unsound" if found else "cli.lake_sound"
        say(sentence(code, {"registers": len(names), "count": len(found)}, language))
    return 1 if found else 0


def _compact(home: Home, arguments: Namespace) -> None:
    by, told = arguments.by or getpass.getuser(), []
    for name in kept_registers(home, arguments.names):
        done = compacted(home, name, by, datetime.now(UTC), prune=arguments.prune)
        told.append({"register": name, **asdict(done)})
        if arguments.format != "json":
            code = "cli.lake_nothing_to_join" if done.position is None else "cli.lake_joined"
            say(sentence(code, told[-1], arguments.language))
            if done.rests or done.pruned:
                say(sentence("cli.lake_deleted", told[-1], arguments.language))
    if arguments.format == "json":
        hand_out(record_bytes({"compacted": told}))


def _erase(home: Home, arguments: Namespace) -> None:
    if len(arguments.names) != 1 or not arguments.key or not (arguments.why or "").strip():
        raise UsageError("cli.erase_needs")
    (register,) = registers(arguments.names, home.root)
    by = arguments.by or getpass.getuser()
    done = erased(home, register, arguments.key, by, datetime.now(UTC), arguments.why)
    if arguments.format == "json":
        hand_out(record_bytes({"register": register.id, **asdict(done)}))
        return
    say(sentence("cli.erased", {"register": register.name, "count": done.gone}, arguments.language))
    for digest, name in done.originals.items():
        path = home.originals / digest[:2] / digest
        say(sentence("cli.erase_original", {"file": str(path), "name": name}, arguments.language))
