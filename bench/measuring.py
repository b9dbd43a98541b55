"""What is a measure, and how do several stand in a table?"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Measure:
    """One line of the table; `aim` and `measured` in the unit, smaller is better unless `at_least`."""

    name: str
    aim: float
    measured: float
    unit: str
    reading: float | None = None
    at_least: bool = False

    @property
    def kept(self) -> bool:
        return self.measured >= self.aim if self.at_least else self.measured <= self.aim

    def row(self) -> tuple[str, ...]:
        ratio = f"{self.measured / self.reading:,.0f} ×" if self.reading else ""
        aim = f"{'≥' if self.at_least else '≤'} {self.aim:g} {self.unit}".rstrip()
        return (self.name, aim, f"{self.measured:,.2f} {self.unit}".rstrip(), ratio, "ok" if self.kept else "over")


def best_of(times: int, work: Callable[[], object]) -> float:
    """Seconds of the quickest run: what the work needs when nothing else wants the machine."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return min(found)


def table(measures: Sequence[Measure]) -> str:
    rows = [("measure", "aim", "measured", "to reading", ""), *(m.row() for m in measures)]
    widths = [max(len(row[i]) for row in rows) for i in range(5)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
