"""What does a spec say? Its tables as rows, under the names of their columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
HOME_PLACE = "330102"
_DECIMALS = ("amount", "other", "weight")
_DAYS = ("day", "told", "ends", "withdrawn", "first", "last")


@dataclass(frozen=True)
class Spec:
    """One case: records of each import, declarations, the definition, what is asked, and the values that must come out."""

    name: str
    title: str
    why: str
    indicator: str
    definition: str
    decimals: int
    imports: tuple[tuple[Mapping[str, Any], ...], ...]
    declared: tuple[Mapping[str, Any], ...]
    periods: tuple[str, ...]
    places: tuple[str, ...]
    values: tuple[Mapping[str, str], ...]
    printed: Mapping[str, str]


def specs() -> tuple[Spec, ...]:
    """All specs, file by file."""
    return tuple(spec for path in sorted(HERE.glob("*.yaml")) for spec in _of_file(path))


def subjects() -> Mapping[str, str]:
    """File → its heading."""
    return {path.stem: yaml.safe_load(path.read_text("utf-8"))["subject"] for path in sorted(HERE.glob("*.yaml"))}


def _of_file(path: Path) -> Iterator[Spec]:
    content = yaml.safe_load(path.read_text("utf-8"))
    for case in content["specs"]:
        tables = [case[name] for name in ("records", "later") if name in case]
        yield Spec(
            f"{path.stem}: {case['title']}",
            case["title"],
            case["why"],
            case["indicator"],
            case["definition"],
            case.get("decimals", 1),
            tuple(tuple(_records(table)) for table in tables),
            tuple(_typed(row) for row in rows(case.get("declared", ""))),
            tuple(str(period) for period in case.get("periods", [2026])),
            tuple(case.get("places", [HOME_PLACE])),
            tuple(rows(case["values"])),
            {name: case[name] for name in ("records", "later", "declared", "definition", "values") if name in case},
        )


def _records(table: str) -> Iterator[Mapping[str, Any]]:
    for number, row in enumerate(rows(table), 1):
        yield {"key": f"k{number:02}", "place": HOME_PLACE, **_typed(row)}


def rows(table: str) -> Iterator[Mapping[str, str]]:
    """The rows of a table drawn with `|`; its first line is the head."""
    lines = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    if lines:
        head, *body = lines
        for cells in body:
            yield dict(zip(head, cells, strict=True))


def _typed(row: Mapping[str, str]) -> Mapping[str, Any]:
    return {name: None if text == "" else _value(name, text) for name, text in row.items()}


def _value(name: str, text: str) -> Any:
    if name in _DAYS:
        return date.fromisoformat(text)
    if name in _DECIMALS:
        return Decimal(text)
    if name == "at":
        return datetime.fromisoformat(text)
    if name == "pieces":
        return int(text)
    return text == "yes" if name == "good" else text
