"""Which bodies does a list of organisations name, and what else are they called?

An .xlsx, .csv or .txt file: one body a row, its name in the first column or under 名称, other names under 别名 or 简称, several of them
parted by 、 or ;.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from zhiheng.base.errors import DataError
from zhiheng.documents.fold import fold
from zhiheng.documents.readers import DEFAULT_LIMITS, Limits, content_of
from zhiheng.evidence.intake.opening import open_workbook
from zhiheng.evidence.intake.sheet import CellKind, Sheet

_NAME = re.compile("^(?:机构|单位|部门|组织|责任单位)?(?:全称|名称|名)$|^(?:机构|单位|部门|name|organisation)$", re.IGNORECASE)
_ALIAS = re.compile("别名|简称|曾用名|又称|alias", re.IGNORECASE)
_PARTED = re.compile("[、;；,，|/\n]")
_HEAD_ROWS = 5


def read_organisations(source: Path, limits: Limits = DEFAULT_LIMITS) -> Mapping[str, tuple[str, ...]]:
    """Name → aliases, in the order of the list; a `DataError` names the row that cannot be used."""
    file = source.name
    book = open_workbook(content_of(source, limits), file, limits)
    found: dict[str, tuple[str, ...]] = {}
    rows: dict[str, int] = {}
    for sheet in book.sheets:
        for row, name, aliases in _bodies(sheet, file):
            for word in (name, *aliases):
                plain = "".join(fold(word).split())
                if plain in rows and (word == name or rows[plain] != row):
                    raise DataError(
                        "evidence.organisation_twice", file=file, sheet=sheet.name, row=row, name=word, first=rows[plain]
                    )
                rows[plain] = row
            found[name] = aliases
    if not found:
        raise DataError("evidence.no_organisations", file=file)
    return found


def _bodies(sheet: Sheet, file: str) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Row, name and aliases of each body of a sheet."""
    head, name_at, alias_at = _head(sheet)
    for row in sheet.numbers():
        if row <= head:
            continue
        cell = sheet.shown(row, name_at)
        if cell.kind is CellKind.EMPTY:
            if alias_at and sheet.shown(row, alias_at).kind is not CellKind.EMPTY:
                raise DataError("evidence.organisation_without_name", file=file, sheet=sheet.name, row=row)
            continue
        if cell.kind is not CellKind.TEXT:
            raise DataError("evidence.organisation_not_text", file=file, sheet=sheet.name, row=row, value=cell.text)
        said = sheet.shown(row, alias_at).text if alias_at else ""
        yield row, cell.text.strip(), tuple(dict.fromkeys(a.strip() for a in _PARTED.split(said) if a.strip()))


def _head(sheet: Sheet) -> tuple[int, int, int]:
    """The row of the heads (0: none), the column of names, and of aliases (0: none)."""
    for row in list(sheet.numbers())[:_HEAD_ROWS]:
        cells = {column: "".join(cell.text.split()) for column, cell in sheet.rows[row].items()}
        name = next((c for c, text in cells.items() if _NAME.match(text)), 0)
        if name:
            return row, name, next((c for c, text in cells.items() if _ALIAS.search(text)), 0)
    return 0, 1, 2
