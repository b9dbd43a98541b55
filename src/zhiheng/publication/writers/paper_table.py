"""How does a table stand in an official paper? Fixed widths, text that wraps, a head that repeats on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from zhiheng.publication.writers.official_paper import FANGSONG, HEITI, TABLE_SIZE, OfficialPaper, run, spaced

_HEAD_TINT, _GROUP_TINT = "E8EDF3", "F4F6F8"


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its head, its width in millimetres, and whether its cells are centred."""

    head: str
    width: float
    centred: bool = False


@dataclass(frozen=True, slots=True)
class TableCell:
    """A text, on a tint and in a colour of its own where it should stand out."""

    text: str
    tint: str | None = None
    colour: str | None = None


Row = Sequence[str | TableCell] | str


def add_table(paper: OfficialPaper, columns: Sequence[TableColumn], rows: Sequence[Row], size: float = TABLE_SIZE) -> None:
    """A table; a row that is one string runs over the whole width and names the group below it."""
    table = paper.document.add_table(rows=1 + len(rows), cols=len(columns))
    table.style = paper.document.styles["Table Grid"]
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    _cell_margins(table)
    for column, shape in zip(table.columns, columns, strict=True):
        column.width = Mm(shape.width)
    made = list(table.rows)
    _flag(made[0], "w:tblHeader")
    _fill(made[0].cells, columns, [TableCell(c.head, _HEAD_TINT) for c in columns], size, HEITI)
    for row, cells in zip(made[1:], rows, strict=True):
        _flag(row, "w:cantSplit")
        if isinstance(cells, str):
            merged = row.cells[0].merge(row.cells[-1])
            _write(merged, TableCell(cells, _GROUP_TINT), size, HEITI, centred=False, keep=True)
        else:
            _fill(row.cells, columns, [c if isinstance(c, TableCell) else TableCell(c) for c in cells], size, FANGSONG)


def _fill(cells: Sequence[Any], columns: Sequence[TableColumn], texts: Sequence[TableCell], size: float, face: str) -> None:
    for cell, column, text in zip(cells, columns, texts, strict=True):
        cell.width = Mm(column.width)
        _write(cell, text, size, face, centred=column.centred or face == HEITI)


def _write(cell: Any, text: TableCell, size: float, face: str, *, centred: bool, keep: bool = False) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    if text.tint:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", text.tint)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().insert_element_before(shade, *_AFTER_SHADE)
    for number, line in enumerate(text.text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER if centred else WD_ALIGN_PARAGRAPH.LEFT
        paragraph.paragraph_format.keep_with_next = keep or None
        spaced(paragraph, None)
        run(paragraph, line, face, size, bold=text.colour is not None, colour=text.colour)


# What stands after shd in cell properties (CT_TcPr).
_AFTER_SHADE = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")


def _flag(row: Any, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement(name))


def _cell_margins(table: Any) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side, points in (("top", 2.5), ("left", 4), ("bottom", 2.5), ("right", 4)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(int(Pt(points).pt * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    properties.insert(len(properties) if look is None else list(properties).index(look), margins)
