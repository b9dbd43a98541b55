"""How well does an extracted plan agree with hand-made labels? Figures and the list of what differs.

A label and a mention belong together when they stand in the same place and their spans overlap. `f1` counts places found,
`strict_f1` those where every field that decides a verdict is read as the label says. What is labelled `unscored` counts
neither way.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
DECIDING = ("comparator", "value_low", "value_high", "unit", "role", "year", "basis")
_ORNAMENT = str.maketrans("", "", ' “”"()（）、的')
_SAME_UNIT = {f"{u}g/m{cube}": "微克/立方米" for u in "µμ" for cube in "3³"}


@dataclass(frozen=True)
class Labels:
    """What a person read in one paper."""

    targets: tuple[Row, ...]
    unscored: tuple[Row, ...] = ()
    tasks: tuple[Row, ...] = ()

    @classmethod
    def of(cls, stem: Path) -> Labels:
        """The label files beside a paper: `<stem>.targets.csv`, `.tasks.csv` and what is not scored."""
        aside = [r for name in ("unscored", "excluded") for r in rows(stem.with_name(f"{stem.name}.{name}.csv"))]
        return cls(
            tuple(rows(stem.with_name(f"{stem.name}.targets.csv"))),
            tuple(r for r in aside if r["scoring"] == "unscored"),
            tuple(rows(stem.with_name(f"{stem.name}.tasks.csv"))),
        )


@dataclass(frozen=True)
class Score:
    """Figures between 0 and 1; `faults` in words."""

    f1: float
    strict_f1: float
    task_recall: float
    task_precision: float
    units_exact: float
    labels: int = 0
    faults: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return f"f1 {self.f1:.3f} strict {self.strict_f1:.3f}\n" + "\n".join(self.faults)


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a label file; none when there is no such file."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def score(plan: Mapping[str, Any], labels: Labels) -> Score:
    """The figures of a plan record (`plan_record`, or the JSON that `extract` prints)."""
    pairs, invented, missed = _paired(plan["mentions"], labels)
    right = sum(not wrong for *_, wrong in pairs)
    said, asked = len(pairs) + len(invented), len(pairs) + len(missed)
    titles, extra, units = _tasks(plan["tasks"], labels.tasks)
    faults = [f"missed   {_where(r)}" for r in missed] + [f"invented {_where(r)}" for r in invented]
    faults += [f"wrong {f} {_where(g)}: read {m.get(f)!r}, label {g.get(f)!r}" for m, g, wrong in pairs for f in wrong]
    return Score(_f1(len(pairs), said, asked), _f1(right, said, asked), titles, extra, units, asked, tuple(faults))


def _where(row: Row) -> str:
    return f"line {row['line']} {row['char_start']}-{row['char_end']} {row.get('indicator')} | {row.get('text')}"


def _paired(mentions: Iterable[Row], labels: Labels) -> tuple[list[tuple[Row, Row, list[str]]], list[Row], list[Row]]:
    """Label by label the mention in its place that agrees best, without what overlaps an unscored span."""
    left = list(mentions)
    pairs: list[tuple[Row, Row, list[str]]] = []
    missed: list[Row] = []
    for label in labels.targets:
        there = [(len(wrong), i, wrong) for i, m in enumerate(left) if _together(m, label) for wrong in [_wrong(m, label)]]
        aside = any(_together(label, u) for u in labels.unscored)
        if there:
            _, i, wrong = min(there)
            mention = left.pop(i)
            pairs += [] if aside else [(mention, label, wrong)]
        elif not aside:
            missed.append(label)
    return pairs, [m for m in left if not any(_together(m, u) for u in labels.unscored)], missed


def _together(a: Row, b: Row) -> bool:
    if str(a["line"]) != str(b["line"]):
        return False
    return int(a["char_start"]) < int(b["char_end"]) and int(b["char_start"]) < int(a["char_end"])


def _wrong(mention: Row, label: Row) -> list[str]:
    free_year = label["role"] == "background" or not label["year"]
    wrong = [f for f in DECIDING if _said(mention, f) != _said(label, f) and not (f == "year" and free_year)]
    return wrong if alike(mention["indicator"], label["indicator"]) else [*wrong, "indicator"]


def _said(row: Row, name: str) -> Any:
    value = row.get(name)
    if value in ("", None):
        return ""
    if name.startswith("value") or name == "year":
        return Decimal(str(value))
    return _SAME_UNIT.get(str(value).strip(), str(value).strip())


def alike(a: str | None, b: str | None) -> bool:
    """Whether two wordings name one indicator: one holds the other, or most characters agree."""
    first, second = (word.translate(_ORNAMENT) for word in (a or "", b or ""))
    short, long = sorted((first, second), key=len)
    if not short:
        return not long
    return (short in long and 2 * len(short) >= len(long)) or SequenceMatcher(None, first, second).ratio() >= 0.75


def _f1(both: int, said: int, asked: int) -> float:
    precision, recall = _share(both, said), _share(both, asked)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _tasks(tasks: Sequence[Row], labels: Sequence[Row]) -> tuple[float, float, float]:
    """Recall and precision of titles, and the share of unit lists that are the same in the same order."""

    def title(task: Row) -> str:
        return "".join(filter(str.isalnum, task["title"] or ""))

    read = {title(t): list(t["responsible_units"]) for t in tasks}
    hits = sum(title(g) in read for g in labels)
    assigned = [g for g in labels if g["responsible_units"]]
    same = sum(read.get(title(g)) == g["responsible_units"].split(";") for g in assigned)
    return _share(hits, len(labels)), _share(hits, len(tasks)), _share(same, len(assigned))
