"""`zhiheng export`: records of a register into a file that can be imported again."""

from __future__ import annotations

from argparse import Namespace
from contextlib import nullcontext
from pathlib import Path

from rich.console import Console

from zhiheng.base.errors import UsageError
from zhiheng.cli.home import home_of
from zhiheng.cli.reporting import tell
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.positions import position_on
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.export import export
from zhiheng.flow.registers import registers
from zhiheng.rules.messages import sentence


def main(arguments: Namespace) -> int:
    """Write the records as known at the position, by default now."""
    home = home_of(arguments)
    (register,) = registers([arguments.register], home.root)
    out, language = Path(arguments.out), arguments.language
    console = Console(stderr=True)
    with console.status("…") if console.is_terminal else nullcontext() as status:

        def progress(rows: int) -> None:
            if status is not None:
                status.update(sentence("flow.export_running", {"rows": f"{rows:,}"}, language))

        done = export(home, register, out, _position(home, register, arguments), progress)
    tell("flow.exported", language, name=register.name, count=done.rows, file=str(out))
    if done.persons:
        tell("flow.export_personal", language, count=done.persons)
    if done.erased:
        tell("flow.export_erased", language, count=done.erased)
    return 0


def _position(home: Home, register: Register, arguments: Namespace) -> int | None:
    """The position that was asked for, None for now; before the first import nothing was known."""
    if arguments.on is None:
        return int(arguments.at) if arguments.at is not None else None
    if arguments.at is not None:
        raise UsageError("flow.at_or_on")
    return position_on(home, register.id, arguments.on) or 0
