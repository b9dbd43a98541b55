"""How does the paper stand on the left of a review? Its text with every understood span as a mark that knows its items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from zhiheng.office.work.paper_lines import place_key


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one place that an item on the right stands for; `kind` colours it."""

    start: int
    end: int
    item: str
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of the paper; `items` and `kind` are empty for plain text."""

    text: str
    items: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table in the paper."""

    pieces: list[Piece]
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the paper as it is shown."""

    kind: str
    pieces: list[Piece] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)


_MOST_COLUMNS = 100
# Of spans that lie over each other the first kind colours the stretch.
_KINDS = ("unread", "target", "baseline", "actual", "background", "commitment", "task", "definition")


def paper_shown(lines: Sequence[Mapping[str, Any]], record: Mapping[str, Any]) -> list[Block]:
    """The blocks of the paper with the spans of the record marked."""
    spans = _spans(record)
    return [_block(line, spans) for line in lines]


def number_item(index: int) -> str:
    """What a number of the coverage, counted from 0, is called among the items."""
    return f"numbers-{index}"


def _spans(record: Mapping[str, Any]) -> dict[str, list[Span]]:
    found: dict[str, list[Span]] = {}

    def mark(row: Mapping[str, Any], item: str, kind: str) -> None:
        if row["char_start"] is not None and row["char_end"] > row["char_start"]:
            found.setdefault(place_key(row), []).append(Span(row["char_start"], row["char_end"], item, kind))

    for index, number in enumerate(record["coverage"]["numbers"]):
        if number["standing"] == "not_understood":
            mark(number, number_item(index), "unread")
    for mention in record["mentions"]:
        mark(mention, f"mentions-{mention['id']}", mention["role"])
    for part, kind in (("commitments", "commitment"), ("tasks", "task")):
        for row in record[part]:
            mark(row, f"{part}-{row['id']}", kind)
    return found


def _block(line: Mapping[str, Any], spans: Mapping[str, list[Span]]) -> Block:
    if line["kind"] != "table":
        kind = f"heading{min(max(line['level'], 1), 4)}" if line["kind"] == "heading" else line["kind"]
        return Block(kind, list(_pieces(line["text"], spans)))
    return Block("table", rows=[[_cell(cell, spans) for cell in row[:_MOST_COLUMNS]] for row in line["rows"]])


def _cell(cell: Mapping[str, Any], spans: Mapping[str, list[Span]]) -> Cell:
    return Cell(list(_pieces(cell["text"], spans)), cell["rows"], min(cell["columns"], _MOST_COLUMNS))


def _pieces(stretches: Sequence[Sequence[Any]], spans: Mapping[str, list[Span]]) -> Iterator[Piece]:
    for key, offset, text in stretches:
        here = [s for s in spans.get(key, ()) if s.start < offset + len(text) and s.end > offset]
        edges = {0, len(text)}
        for span in here:
            edges |= {max(span.start - offset, 0), min(span.end - offset, len(text))}
        ordered = sorted(edges)
        for start, end in pairwise(ordered):
            over = [s for s in here if s.start - offset <= start and s.end - offset >= end]
            kinds = sorted((s.kind for s in over), key=_KINDS.index)
            yield Piece(text[start:end], " ".join(dict.fromkeys(s.item for s in over)), kinds[0] if kinds else "")
