"""How do plans and verdicts look on a terminal?"""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from zhiheng.cli.output import stdout
from zhiheng.rules.messages import sentence


def print_table(
    heads: Sequence[str], rows: Sequence[Sequence[object]], language: str, title: str = "", *, columns: Sequence[str] = ()
) -> None:
    """A table on stdout, as wide as the terminal or the text needs; `heads` are codes of the messages catalogue,
    `columns` more heads as they are."""
    with stdout() as stream:
        console = Console(file=stream, highlight=False, markup=False, emoji=False)
        if not console.is_terminal:
            console = Console(file=stream, highlight=False, markup=False, emoji=False, width=200)
        table = Table(box=SIMPLE_HEAD, title=title or None, title_justify="left")
        for head in heads:
            table.add_column(sentence(head, {}, language), overflow="fold")
        for name in columns:
            table.add_column(name, overflow="fold")
        for row in rows:
            table.add_row(*("" if cell is None else str(cell) for cell in row))
        console.print(table)
