"""What does a paper look like beside its plan? Its blocks as data, each stretch with the place and offset that anchors name.

A stretch is `[place, offset, characters]`; `place_key` of an anchor's place is the key of the stretches it lies in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from zhiheng.documents.tree import Document, Heading, ListItem, Note, Table, Text

_PARTS = ("page", "line", "paragraph", "table", "row", "column", "note")
# What no database keeps and no browser shows, one character for one.
_UNKEPT = {0: "�"} | dict.fromkeys(range(0xD800, 0xE000), "�")

_ENDS = "。；;！？!?\n"

Stretch = list[Any]


def paper_lines(paper: Document) -> list[dict[str, Any]]:
    """The blocks in reading order: `kind` (heading, paragraph, item, note, table), `text` or `rows` of cells."""
    return [_table(b) if isinstance(b, Table) else {"kind": _kind(b), "level": getattr(b, "level", 0), "text": _stretches(b.text)}
            for b in paper.blocks]  # fmt: skip


def place_key(place: Mapping[str, Any]) -> str:
    """A place (a record with the keys of an anchor) as one word."""
    sheet = place.get("sheet")
    return "".join(f"{part[0] if part != 'paragraph' else 'g'}{place[part]}" for part in _PARTS if place.get(part)) + (
        f"|{cleaned(sheet)}" if sheet else ""
    )


def cleaned(text: str) -> str:
    """The text with what cannot be kept replaced, as long as before."""
    return text.translate(_UNKEPT)


def cleaned_record(value: Any) -> Any:
    """The same data with every text cleaned."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, list):
        return [cleaned_record(one) for one in value]
    if isinstance(value, dict):
        return {cleaned(key): cleaned_record(one) for key, one in value.items()}
    return value


def _kind(block: object) -> str:
    match block:
        case Heading():
            return "heading"
        case ListItem():
            return "item"
        case Note():
            return "note"
        case _:
            return "paragraph"


def _stretches(text: Text) -> list[Stretch]:
    found = []
    for index, piece in enumerate(text.pieces):
        stop = text.pieces[index + 1].at if index + 1 < len(text.pieces) else len(text.string)
        if piece.at < stop:
            place = {part: getattr(piece.place, part) for part in (*_PARTS, "sheet")}
            found.append([place_key(place), piece.offset, cleaned(text.string[piece.at : stop])])
    return found


def _table(table: Table) -> dict[str, Any]:
    rows: dict[int, list[dict[str, Any]]] = {}
    for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
        spans = {"rows": cell.row_span, "columns": cell.column_span}
        rows.setdefault(cell.row, []).append({"text": _stretches(cell.text), **spans})
    return {"kind": "table", "rows": [rows[number] for number in sorted(rows)]}


def sentence_at(lines: Sequence[Mapping[str, Any]], row: Mapping[str, Any]) -> tuple[str, str, str]:
    """The sentence (in a table, the row) that a record stands in: what stands before its span, the span, what stands behind."""
    if row["char_start"] is None:
        return "", "", ""
    wanted = place_key(row)
    for line in lines:
        for strip in _strips(line):
            at = 0
            for key, offset, text in strip:
                if key == wanted and offset <= row["char_start"] < offset + len(text):
                    whole = "".join(part[2] for part in strip)
                    start = at + row["char_start"] - offset
                    return _cut(whole, start, start + row["char_end"] - row["char_start"])
                at += len(text)
    return "", "", ""


def _strips(line: Mapping[str, Any]) -> Iterator[list[Stretch]]:
    if line["kind"] != "table":
        yield line["text"]
        return
    for row in line["rows"]:
        cells: list[Stretch] = []
        for cell in row:
            cells += [*cell["text"], ["", 0, " "]]
        yield cells


def _cut(whole: str, start: int, end: int) -> tuple[str, str, str]:
    first = max((whole.rfind(mark, 0, start) for mark in _ENDS), default=-1) + 1
    last = min((at for mark in _ENDS if (at := whole.find(mark, end)) >= 0), default=len(whole))
    return whole[first:start].lstrip(), whole[start:end], whole[end:last].rstrip()
