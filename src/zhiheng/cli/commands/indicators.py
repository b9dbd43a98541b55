"""`zhiheng indicators`: which indicators are computed, are their definitions sound, and how is each computed?"""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path

from zhiheng.cli.output import hand_out, say
from zhiheng.cli.reporting import report_error, tell
from zhiheng.cli.tables import print_table
from zhiheng.flow.indicators import checked_definitions, definitions
from zhiheng.flow.knowledge import HOME
from zhiheng.publication.indicator_page import indicator_page
from zhiheng.publication.writers.json import record_bytes
from zhiheng.publication.writers.placing import put
from zhiheng.rules.messages import sentence

_HEADS = tuple(f"cli.indicator_{name}" for name in ("id", "name", "register", "measure", "unit", "layer"))


def main(arguments: Namespace) -> int:
    """List, check or describe."""
    named = arguments.home or os.environ.get(HOME)
    home = Path(named).expanduser().absolute() if named else None
    match arguments.action:
        case "check":
            return _check(arguments, home)
        case "docs":
            _describe(arguments, home)
        case _:
            _list(arguments, home)
    return 0


def _list(arguments: Namespace, home: Path | None) -> None:
    found = definitions(arguments.names, home)
    if arguments.format == "json":
        hand_out(record_bytes({"indicators": [{"meaning": d.meaning, "digest": d.digest, "layer": d.layer} for d in found]}))
        return
    english = arguments.language == "en"
    rows = [
        (
            d.id,
            d.indicator.english if english else d.indicator.name,
            d.register.english if english else d.register.name,
            sentence(f"cli.measure_{d.measure.kind}", {}, arguments.language),
            d.indicator.unit,
            d.layer,
        )
        for d in found
    ]
    print_table(_HEADS, rows, arguments.language)


def _check(arguments: Namespace, home: Path | None) -> int:
    language = arguments.language
    sound, faults = checked_definitions(arguments.names, home)
    worst = max((report_error(fault, language) for fault in faults), default=0)
    code = "cli.indicators_unsound" if faults else "cli.indicators_sound"
    say(sentence(code, {"count": len(faults) or len(sound), "sound": len(sound)}, language))
    return worst


def _describe(arguments: Namespace, home: Path | None) -> None:
    page = indicator_page(definitions(arguments.names, home))
    if arguments.out is None:
        say(page.rstrip("\n"))
    else:
        tell("flow.written", arguments.language, file=str(put(Path(arguments.out), page.encode())))
