"""On which line does each form of the genre stand now? Keeps the line numbers of FORMS.md true when the plan changes."""

from __future__ import annotations

import re
from pathlib import Path

from plantext import laid_out

CHECKLIST = Path(__file__).with_name("FORMS.md")
ROW = re.compile(r"^\| (?P<form>.+?) \| (?P<line>\d+) \| (?P<words>.+) \|$", re.M)


def checklist() -> str:
    """FORMS.md with every row's words found again, on the line nearest to where they stood."""
    return ROW.sub(_moved, CHECKLIST.read_text("utf-8"))


def _moved(row: re.Match[str]) -> str:
    words = row["words"].replace(" ⇥ ", "\t").replace("¦", "|")
    lines, before = laid_out()[0], int(row["line"])
    whole_cell = before <= len(lines) and lines[before - 1] == words
    at = [n for n, line in enumerate(lines, 1) if (line == words if whole_cell else words in line)]
    if not at:
        raise LookupError(f"{row['form']}: no line of the plan says {words}")
    return f"| {row['form']} | {min(at, key=lambda n: abs(n - before))} | {row['words']} |"
