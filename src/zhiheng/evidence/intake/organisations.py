"""Which bodies does a list of organisations name, and what else are they called?

An .xlsx, .csv or .txt file: one body a row, its name under 名称, other names under 别名 or 简称, several of them parted by 、 or ;. In
a list without heads the name stands in the first column and other names in those behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.documents.fold import fold
from zhiheng.documents.readers import DEFAULT_LIMITS, Limits, content_of
from zhiheng.evidence.intake.opening import open_workbook
from zhiheng.evidence.intake.sheet import Cell, CellKind, Sheet, letter

_NAME = re.compile("^(?:机构|单位|部门|组织|责任单位)?(?:全称|名称|名)$|^(?:机构|单位|部门|name|organisation)$", re.IGNORECASE)
_ALIAS = re.compile("别名|简称|曾用名|又称|alias", re.IGNORECASE)
_PARTED = re.compile("[、;；,，|/\n]")
_HEAD_ROWS = 5


def read_organisations(source: Path, limits: Limits = DEFAULT_LIMITS) -> Mapping[str, tuple[str, ...]]:
    """Name → aliases, in the order of the list; a `DataError` names the cell that cannot be used."""
    file = source.name
    book = open_workbook(content_of(source, limits), file, limits)
    found: dict[str, tuple[str, ...]] = {}
    known: dict[str, _Body] = {}
    for sheet in book.sheets:
        for body in _bodies(sheet, file):
            for word in (body.name, *body.aliases):
                first = known.setdefault("".join(fold(word).split()), body)
                if first.name != body.name:
                    raise DataError(
                        "evidence.organisation_twice", file=file, sheet=body.sheet, row=body.row, name=word,
                        first=first.row, first_sheet=first.sheet, body=first.name,
                    )  # fmt: skip
            found[body.name] = tuple(dict.fromkeys((*found.get(body.name, ()), *body.aliases)))
    if not found:
        raise DataError("evidence.no_organisations", file=file)
    return found


@dataclass(frozen=True, slots=True)
class _Body:
    """A row of the list."""

    name: str
    aliases: tuple[str, ...]
    sheet: str
    row: int


def _bodies(sheet: Sheet, file: str) -> Iterator[_Body]:
    """The body of each row of a sheet that has one."""
    head, name_at, aliases_at = _head(sheet)
    for row in sheet.numbers():
        if row <= head:
            continue
        name = _words(sheet.shown(row, name_at), file, sheet, row, name_at)
        others = [_words(sheet.shown(row, column), file, sheet, row, column) for column in aliases_at]
        if not name:
            if any(others):
                raise DataError(
                    "evidence.organisation_without_name", file=file, sheet=sheet.name, row=row, column=letter(name_at)
                )
            continue
        aliases = (word.strip() for said in others for word in _PARTED.split(said))
        yield _Body(name, tuple(dict.fromkeys(word for word in aliases if word)), sheet.name, row)


def _words(cell: Cell, file: str, sheet: Sheet, row: int, column: int) -> str:
    """What a cell says, which must be words: the stored result of a formula may be of another day."""
    if cell.kind is CellKind.EMPTY:
        return ""
    if cell.kind is CellKind.TEXT:
        return cell.text.strip()
    code = "evidence.organisation_formula" if cell.kind is CellKind.FORMULA else "evidence.organisation_not_text"
    raise DataError(code, file=file, sheet=sheet.name, row=row, column=letter(column), value=cell.text)


def _head(sheet: Sheet) -> tuple[int, int, tuple[int, ...]]:
    """The row of the heads (0: none), the column of names, and those of aliases."""
    for row in list(sheet.numbers())[:_HEAD_ROWS]:
        cells = {column: "".join(cell.text.split()) for column, cell in sheet.rows[row].items()}
        name = next((c for c, text in cells.items() if _NAME.match(text)), 0)
        if name:
            return row, name, tuple(c for c, text in cells.items() if c != name and _ALIAS.search(text))
    width = max((column for cells in sheet.rows.values() for column in cells), default=1)
    return 0, 1, tuple(range(2, width + 1))
