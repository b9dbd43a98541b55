"""How does the plan of the model county stand as an OFD paper (GB/T 33190)?

Lines are broken and pages filled here as an office program would; a template bears the running head. The same source gives
the same bytes.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from source import BLOCKS, TITLE, Grid, Head, Line

SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 28.0, 184.0, 32.0, 265.0
POINT = 25.4 / 72
BODY, TITLE_SIZE, CELL = 14 * POINT, 22 * POINT, 12 * POINT
SPACING = 1.8
PADDING = 1.2
CLOSING = "，。；：、！？）》”〉】%％"
WORD = re.compile(r"[!-~]+|.", re.DOTALL)
RAISED = {"¹": "1"}
WHEN = (2024, 3, 15, 0, 0, 0)


@dataclass
class Sheets:
    """Pages as they fill; `at` is how far down the present one is filled, in millimetres."""

    pages: list[list[str]] = field(default_factory=lambda: [[]])
    at: float = TOP
    objects: int = 100

    def room(self, height: float) -> None:
        """Go to a new page unless the height fits on this one."""
        if self.at + height > BOTTOM:
            self.pages.append([])
            self.at = TOP

    def draw(self, markup: str) -> None:
        """Put an object on the page; `{id}` in it becomes the next number."""
        self.objects += 1
        self.pages[-1].append(markup.replace("{id}", str(self.objects)))

    def text(self, string: str, x: float, y: float, size: float) -> None:
        """Characters of a line from x, y, its upper left corner."""
        for raised, letters in groupby(string, key=lambda c: c in RAISED):
            said = "".join(RAISED.get(c, c) for c in letters)
            own = size * 0.6 if raised else size
            self.draw(text_object(said, x, y, own))
            x += sum(map(breadth, said)) * own

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A ruling line."""
        box = f"{x0:.2f} {y0:.2f} {max(x1 - x0, 0.1):.2f} {max(y1 - y0, 0.1):.2f}"
        self.draw(
            f'<ofd:PathObject ID="{{id}}" Boundary="{box}" LineWidth="0.2">'
            f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:.2f} {y1 - y0:.2f}</ofd:AbbreviatedData></ofd:PathObject>"
        )


def ofd_file() -> bytes:
    """The paper, packed with fixed times."""
    sheets = Sheets()
    for block in BLOCKS:
        match block:
            case Grid():
                _add_table(sheets, block)
            case Head():
                _add_lines(sheets, block.printed, BODY)
            case Line(kind="title", text=text):
                _add_centred(sheets, text)
            case Line(text=text):
                _add_lines(sheets, text, BODY)
    return _packed(sheets.pages)


def breadth(character: str) -> float:
    """Ems that a character takes."""
    return 0.5 if character < "\u0100" else 1.0


def text_object(string: str, x: float, y: float, size: float) -> str:
    """One line of characters, their steps told in the short form of the standard."""
    steps = [breadth(c) * size for c in string[:-1]]
    told = " ".join(
        f"g {len(run)} {step:.3f}" if len(run) > 2 else " ".join(f"{step:.3f}" for _ in run)
        for step, group in groupby(steps)
        if (run := list(group))
    )
    delta = f' DeltaX="{told}"' if told else ""
    box = f"{x:.3f} {y:.3f} {sum(map(breadth, string)) * size:.3f} {size * 1.2:.3f}"
    return (
        f'<ofd:TextObject ID="{{id}}" Boundary="{box}" Font="3" Size="{size:.3f}">'
        f'<ofd:TextCode X="0" Y="{0.88 * size:.3f}"{delta}>{escape(string)}</ofd:TextCode></ofd:TextObject>'
    )


def broken(text: str, room: float, first: float = 0.0) -> list[str]:
    """The lines of a text in `room` ems, the first one set in by `first`; a closing mark hangs over the margin."""
    lines, line, used = [], "", first
    for word in WORD.findall(text):
        wide = sum(map(breadth, word))
        if line and used + wide > room and word not in CLOSING:
            lines.append(line)
            line, used = "", 0.0
        line, used = line + word, used + wide
    return [*lines, line]


def _add_lines(sheets: Sheets, text: str, size: float) -> None:
    for i, line in enumerate(broken(text, (RIGHT - LEFT) / size, 2.0)):
        sheets.room(size * SPACING)
        sheets.text(line, LEFT + (0 if i else 2 * size), sheets.at, size)
        sheets.at += size * SPACING


def _add_centred(sheets: Sheets, text: str) -> None:
    for line in broken(text, (RIGHT - LEFT) / TITLE_SIZE):
        wide = sum(map(breadth, line)) * TITLE_SIZE
        sheets.text(line, (LEFT + RIGHT - wide) / 2, sheets.at, TITLE_SIZE)
        sheets.at += TITLE_SIZE * SPACING


def _add_table(sheets: Sheets, grid: Grid) -> None:
    """The rows in ruled cells; the head is printed again where a page is full, an empty first cell belongs to the one above."""
    widest = [max(sum(map(breadth, e)) for row in grid.rows for e in row[c].split("\n")) for c in range(len(grid.rows[0]))]
    share = (RIGHT - LEFT) / sum(max(w, 4) for w in widest)
    xs = [LEFT]
    for w in widest:
        xs.append(xs[-1] + max(w, 4) * share)
    cells = [[_cell_lines(cell, xs[c + 1] - xs[c]) for c, cell in enumerate(row)] for row in grid.rows]
    heights = [max(map(len, row)) * CELL * 1.4 + 2 * PADDING for row in cells]
    sheets.at += 2
    begun = False
    for r, row in enumerate(cells):
        if sheets.at + heights[r] > BOTTOM:
            if begun:
                sheets.line(LEFT, sheets.at, RIGHT, sheets.at)
            sheets.room(heights[r])
            if r:
                _add_row(sheets, cells[0], heights[0], xs, apart=True)
            _add_row(sheets, row, heights[r], xs, apart=True)
        else:
            _add_row(sheets, row, heights[r], xs, apart=not begun or bool(grid.rows[r][0]))
        begun = True
    sheets.line(LEFT, sheets.at, RIGHT, sheets.at)
    sheets.at += 4


def _cell_lines(cell: str, wide: float) -> list[str]:
    room = (wide - 2 * PADDING) / CELL
    return [line for entry in cell.split("\n") for line in broken(entry, room)]


def _add_row(sheets: Sheets, row: list[list[str]], height: float, xs: list[float], *, apart: bool) -> None:
    top = sheets.at
    sheets.line(xs[0] if apart else xs[1], top, xs[-1], top)
    for x in xs:
        sheets.line(x, top, x, top + height)
    for c, lines in enumerate(row):
        for i, line in enumerate(lines):
            if line:
                sheets.text(line, xs[c] + PADDING, top + PADDING + i * CELL * 1.4, CELL)
    sheets.at += height


def _packed(pages: list[list[str]]) -> bytes:
    box = f"<ofd:PhysicalBox>0 0 {WIDTH:g} {HEIGHT:g}</ofd:PhysicalBox>"
    listed = "".join(f'<ofd:Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages)))
    running = text_object(TITLE, LEFT, 18.0, 9 * POINT).replace("{id}", "5")
    parts = {
        "OFD.xml": f'<ofd:OFD {SPACE} DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo>'
        f"<ofd:DocID>{'0' * 32}</ofd:DocID><ofd:Title>{escape(TITLE)}</ofd:Title></ofd:DocInfo>"
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {SPACE}><ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID>"
        f"<ofd:PageArea>{box}</ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {SPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="仿宋" Charset="unicode"/>'
        "</ofd:Fonts></ofd:Res>",
        "Doc_0/Tpls/Tpl_0/Content.xml": _page(box, "", [running], 4),
    }
    for i, objects in enumerate(pages):
        foot = f"— {i + 1} —"
        number = text_object(foot, (WIDTH - 3 * BODY) / 2, 275.0, BODY).replace("{id}", str(100_000 - i))
        parts[f"Doc_0/Pages/Page_{i}/Content.xml"] = _page(
            box, '<ofd:Template TemplateID="2" ZOrder="Background"/>', [*objects, number], 1000 + i
        )
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>\n{content}')
    return stream.getvalue()


def _page(box: str, template: str, objects: list[str], layer: int) -> str:
    return (
        f"<ofd:Page {SPACE}>{template}<ofd:Area>{box}</ofd:Area><ofd:Content>"
        f'<ofd:Layer ID="{layer}">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
    )
