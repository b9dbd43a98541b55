"""How does the plan of the model county stand as a Word document?

With what papers of an office really contain: heading styles, automatic numbers, merged cells, two entries in one cell,
footnotes and a tracked change. The same source gives the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.document import Document
from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph
from source import BLOCKS, TRACKED, Grid, Head, Line

DAY = datetime(2024, 3, 15, tzinfo=UTC)
LIST_ID = "77"
FOOTNOTES = {b.text[0]: b.text[1:] for b in BLOCKS if isinstance(b, Line) and b.kind == "footnote"}
PIECES = re.compile(rf"({'|'.join(FOOTNOTES)}|¹|{re.escape(TRACKED[1])})")

LEVELS = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."))
OUTLINE = "".join(
    f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{style}"/><w:suff w:val="nothing"/>'
    f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl>'
    for i, (style, text) in enumerate(LEVELS)
)


def word_file() -> bytes:
    """The document, packed with fixed times."""
    document = docx.Document()
    _set_up(document)
    for block in BLOCKS:
        _add(document, block)
    _add_footnotes(document)
    return _packed(document)


def _set_up(document: Document) -> None:
    core = document.core_properties
    core.author, core.title, core.comments = "虚构示例", "青岭县质量强县建设规划", "虚构示例"
    core.created = core.modified = DAY
    for name, font in (
        ("Normal", "仿宋"),
        ("Heading 1", "黑体"),
        ("Heading 2", "楷体"),
        ("Heading 3", "仿宋"),
        ("Title", "宋体"),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(22 if name == "Title" else 16 if name != "Normal" else 14)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    page = document.sections[0]
    page.page_width, page.page_height, page.left_margin, page.right_margin = Cm(21), Cm(29.7), Cm(2.8), Cm(2.6)
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{LIST_ID}">'
        f'<w:multiLevelType w:val="multilevel"/>{OUTLINE}</w:abstractNum>'
    )
    numbering.insert(0, abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{LIST_ID}"><w:abstractNumId w:val="{LIST_ID}"/></w:num>'))


def _add(document: Document, block: Head | Line | Grid) -> None:
    match block:
        case Grid():
            _add_table(document, block)
        case Head(level=4):
            _write(document.add_paragraph(), block.printed)
        case Head(level=level, body=body):
            paragraph = document.add_paragraph(style=None if body else f"Heading {level}")
            _number(paragraph, level)
            _write(paragraph, f"{block.title}。{body}" if body else block.title)
        case Line(kind="footnote"):
            pass  # stands in the footnotes part
        case Line(kind="title", text=text):
            _write(document.add_paragraph(style="Title"), text)
        case Line(text=text):
            _write(document.add_paragraph(), text)


def _number(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    number = properties.get_or_add_numPr()
    number.get_or_add_ilvl().val = level - 1
    number.get_or_add_numId().val = int(LIST_ID)


def _write(paragraph: Paragraph, text: str) -> None:
    """Runs of a paragraph; marks become footnotes, raised digits or the tracked change."""
    for piece in PIECES.split(text):
        if piece in FOOTNOTES:
            number = list(FOOTNOTES).index(piece) + 1
            paragraph._p.append(
                _element(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>')
            )
        elif piece == TRACKED[1]:
            for change in _tracked():
                paragraph._p.append(change)
        elif piece == "¹":
            paragraph.add_run("1").font.superscript = True
        elif piece:
            paragraph.add_run(piece)


def _tracked() -> Iterator[Any]:
    who = f'w:author="虚构编辑" w:date="{DAY:%Y-%m-%dT%H:%M:%SZ}"'
    yield _element(f'<w:del w:id="901" {who}><w:r><w:delText>{escape(TRACKED[0])}</w:delText></w:r></w:del>')
    yield _element(f'<w:ins w:id="902" {who}><w:r><w:t>{escape(TRACKED[1])}</w:t></w:r></w:ins>')


def _element(xml: str) -> Any:
    """An element of the Word namespace from its bare XML."""
    return parse_xml(re.sub(r"^<w:\w+", lambda m: f"{m[0]} {nsdecls('w')}", xml))


def _add_table(document: Document, grid: Grid) -> None:
    table = document.add_table(rows=len(grid.rows), cols=len(grid.rows[0]), style="Table Grid")
    for r, row in enumerate(grid.rows):
        cells = table.rows[r].cells
        for c, cell in enumerate(row):
            if c == 0 and not cell:
                continue
            first, *others = cell.split("\n")
            _write(cells[c].paragraphs[0], first)
            for other in others:
                _write(cells[c].add_paragraph(), other)
    table.autofit = False
    for column, width in zip(table.columns, _widths(grid), strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    starts = [r for r, row in enumerate(grid.rows) if row[0]]
    for start, stop in zip(starts, [*starts[1:], len(grid.rows)], strict=True):
        if stop - start > 1:
            table.cell(start, 0).merge(table.cell(stop - 1, 0))
            for extra in table.cell(start, 0).paragraphs[1:]:
                extra._p.getparent().remove(extra._p)


def _widths(grid: Grid) -> list[float]:
    """Columns in centimetres, in proportion to their longest entry."""
    longest = [min(max(len(e) for row in grid.rows for e in row[c].split("\n")), 12) + 2 for c in range(len(grid.rows[0]))]
    return [15.6 * n / sum(longest) for n in longest]


def _add_footnotes(document: Document) -> None:
    notes = "".join(
        f'<w:footnote w:id="{i}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p></w:footnote>'
        for i, text in enumerate(FOOTNOTES.values(), 1)
    )
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in ((-1, "separator"), (0, "continuationSeparator"))
    )
    xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{rules}{notes}</w:footnotes>'
    part = Part(PackURI("/word/footnotes.xml"), CT.WML_FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RT.FOOTNOTES)
    circled = parse_xml(f'<w:footnotePr {nsdecls("w")}><w:numFmt w:val="decimalEnclosedCircle"/></w:footnotePr>')
    document.sections[0]._sectPr.insert(0, circled)


def _packed(document: Document) -> bytes:
    loose, packed = BytesIO(), BytesIO()
    document.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, DAY.timetuple()[:6]), source.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
