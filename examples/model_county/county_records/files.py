"""How do invented records stand in a file? The same rows give the same bytes.

Every file says that it is an example: a workbook in the line above its header, a text in its name.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | datetime | bool | None
Row = tuple[Cell, ...]
MARK = "示例数据（虚构）"
CREATED = datetime(2027, 1, 25, tzinfo=UTC).replace(tzinfo=None)
_WIDEST = 40


@dataclass(frozen=True)
class Table:
    """A sheet of a workbook, or the whole of a text; the header has the names of the register's fields."""

    name: str
    header: tuple[str, ...]
    rows: Sequence[Row]


@dataclass(frozen=True)
class RecordFile:
    """Records for one register as an office hands them in; a text has one table."""

    register: str
    name: str
    by: str
    tables: tuple[Table, ...]
    encoding: str = "utf-8-sig"

    @property
    def rows(self) -> int:
        """How many records are in it."""
        return sum(len(table.rows) for table in self.tables)

    def content(self) -> bytes:
        """The file's bytes, in the format of its ending."""
        return _workbook(self) if self.name.endswith(".xlsx") else _text(self)


def named(about: str, ending: str, years: str = "") -> str:
    """A file name that says what is in it and that it is invented."""
    return f"示例数据_{about}{'_' + years if years else ''}.{ending}"


def by_year(register: str, about: str, by: str, header: tuple[str, ...], rows: Iterable[tuple[int, Row]]) -> list[RecordFile]:
    """A text for every year; the first as older programs save it, the others as Excel does today."""
    years: dict[int, list[Row]] = {}
    for year, row in rows:
        years.setdefault(year, []).append(row)
    return [
        RecordFile(
            register,
            named(about, "csv", str(year)),
            by,
            (Table(str(year), header, years[year]),),
            "gb18030" if year == min(years) else "utf-8-sig",
        )
        for year in sorted(years)
    ]


def sheets(register: str, about: str, by: str, header: tuple[str, ...], rows: Iterable[tuple[int, Row]]) -> RecordFile:
    """A workbook with a sheet for every year."""
    years: dict[int, list[Row]] = {}
    for year, row in rows:
        years.setdefault(year, []).append(row)
    tables = tuple(Table(f"{year}年", header, years[year]) for year in sorted(years))
    return RecordFile(register, named(about, "xlsx"), by, tables)


def sheet(register: str, about: str, by: str, header: tuple[str, ...], rows: Sequence[Row]) -> RecordFile:
    """A workbook with one sheet."""
    return RecordFile(register, named(about, "xlsx"), by, (Table(about, header, rows),))


def _text(file: RecordFile) -> bytes:
    out = StringIO(newline="")
    writer = csv.writer(out)
    table = file.tables[0]
    writer.writerow(table.header)
    writer.writerows([_printed(cell) for cell in row] for row in table.rows)
    return out.getvalue().encode(file.encoding)


def _printed(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "是" if cell else "否"
        case datetime():
            return cell.strftime("%Y-%m-%d %H:%M")
        case _:
            return str(cell)


def _workbook(file: RecordFile) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": f"{MARK}{file.tables[0].name}", "author": "虚构示例", "created": CREATED})
        bold = book.add_format({"bold": True, "bottom": 1})
        days = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for table in file.tables:
            page = book.add_worksheet(table.name)
            page.write_string(0, 0, f"{MARK}：青岭县及表中单位、人员、数字均系编写", bold)
            page.write_row(1, 0, table.header, bold)
            for number, row in enumerate(table.rows, 2):
                for column, cell in enumerate(row):
                    _write(page, number, column, cell, days)
            for column, name in enumerate(table.header):
                longest = max((len(_printed(row[column])) for row in table.rows[:50]), default=0)
                page.set_column(column, column, min(_WIDEST, 2 + max(2 * len(name), longest * 3 // 2)))
            page.freeze_panes(2, 0)
    return out.getvalue()


def _write(page: Worksheet, row: int, column: int, cell: Cell, days: tuple[object, object]) -> None:
    match cell:
        case None | "":
            pass
        case bool():
            page.write_string(row, column, _printed(cell))
        case datetime():
            page.write_datetime(row, column, cell, days[1])
        case date():
            page.write_datetime(row, column, cell, days[0])
        case str():
            page.write_string(row, column, cell)
        case _:
            page.write_number(row, column, float(cell))
