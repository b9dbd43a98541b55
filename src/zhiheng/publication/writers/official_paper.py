"""How does an official paper look? The layout of GB/T 9704 on top of python-docx: page, fonts, headings, page numbers.

仿宋_GB2312, 楷体_GB2312, 黑体, 方正小标宋简体 are named everywhere, for East Asian and other characters alike, so that digits
and quotation marks print in the same face; a machine without these fonts shows its nearest ones.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from itertools import combinations, pairwise
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from zhiheng.publication.wording import printable, printed_width

FANGSONG, KAITI, HEITI, XIAOBIAOSONG, SONGTI = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体", "宋体"
BODY_SIZE, TITLE_SIZE, PAGE_NUMBER_SIZE = 16.0, 22.0, 14.0
TABLE_SIZE, NOTE_SIZE = 10.5, 10.5
LINE_PITCH = 28.95
CHARACTER_SPACING = -5  # twentieths of a point: 28 characters of 16 pt fill the 156 mm of a line
_KEPT_STYLES = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Heading1", "Heading2", "Heading3", "TableGrid"}
_HEADINGS = {1: HEITI, 2: KAITI, 3: FANGSONG}
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


class OfficialPaper:
    """A Word paper under construction."""

    def __init__(self, title: str, day: date, *, wide: bool = False) -> None:
        self.document: Any = docx.Document()
        made = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - core properties carry no zone
        properties = self.document.core_properties
        properties.title = printable(title)[:255]
        properties.author = properties.last_modified_by = properties.comments = ""
        properties.created = properties.modified = made
        properties.revision, properties.language = 1, "zh-CN"
        _defaults(self.document)
        self.document.settings.odd_and_even_pages_header_footer = True
        self._page(self.document.sections[0], wide=wide)

    def content(self) -> bytes:
        """The finished file; equal content gives equal bytes."""
        saved = io.BytesIO()
        self.document.save(saved)
        fixed = io.BytesIO()
        with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                target.writestr(zipfile.ZipInfo(name, _ZIP_DAY), source.read(name), zipfile.ZIP_DEFLATED)
        return fixed.getvalue()

    def title(self, *parts: str) -> None:
        """The title, 2号 小标宋, centred; it breaks between its parts only."""
        for line in title_lines(parts):
            paragraph = self._paragraph(line, XIAOBIAOSONG, TITLE_SIZE, indent=False, line=36)
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.keep_with_next = True

    def subtitle(self, text: str) -> None:
        """A line under the title, 楷体, centred."""
        self._paragraph(text, KAITI, indent=False).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def blank(self) -> None:
        """An empty line."""
        self._paragraph("")

    def heading(self, text: str, level: int) -> None:
        """一、 in 黑体, （一） in 楷体, 1. in 仿宋 bold."""
        paragraph = self.document.add_paragraph(style=f"Heading {level}")
        run(paragraph, text, _HEADINGS[level], BODY_SIZE, bold=level == 3)

    def body(self, text: str, *, lead: str = "", face: str = FANGSONG) -> None:
        """A paragraph of the body, two characters indented; `lead` stands before it in bold."""
        paragraph = self._paragraph("", face)
        if lead:
            run(paragraph, lead, face, BODY_SIZE, bold=True)
        run(paragraph, text, face, BODY_SIZE)

    def caption(self, text: str, *, above: bool = False) -> None:
        """The name of a table (above it) or a picture (below it)."""
        paragraph = self._paragraph(text, HEITI, 12, indent=False, line=20)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = above
        paragraph.paragraph_format.space_after = Pt(4 if above else 8)

    def attachments(self, names: Sequence[str]) -> None:
        """附件：1. …, without full stops, the following ones under the first."""
        self.blank()
        for number, name in enumerate(names, 1):
            lead = "附件：" if number == 1 else ""
            text = f"{lead}{number}.{name}" if len(names) > 1 else f"{lead}{name}"
            paragraph = self._paragraph(text, indent=False)
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.left_indent = Pt(BODY_SIZE * 6)
            paragraph.paragraph_format.first_line_indent = -Pt(BODY_SIZE * (4 if number == 1 else 1))

    def signed(self, body: str, day: str) -> None:
        """Who issues it, two characters from the right edge; the day below begins two characters further in. The day alone: four."""
        self.blank()
        name, date_width = printed_width(body) / 2, printed_width(day) / 2
        right = max(2.0, name - date_width) if body else 4.0
        if body:
            self._at_the_right(body, right + date_width + 2 - name).paragraph_format.keep_with_next = True
        self._at_the_right(day, right)

    def _at_the_right(self, text: str, characters: float) -> Any:
        paragraph = self._paragraph(text, indent=False)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(BODY_SIZE * characters)
        return paragraph

    def annex(self, number: str, title: str, *, wide: bool) -> None:
        """A new section for an attachment, on its side when its table is wide."""
        self._page(self.document.add_section(WD_SECTION.NEW_PAGE), wide=wide)
        self._paragraph(number, HEITI, indent=False)
        self.title(title)
        self.document.paragraphs[-1].paragraph_format.space_after = Pt(8)

    def picture(self, drawing: Any) -> None:
        """A chart in a paragraph of its own, its line as high as the chart."""
        paragraph = self._paragraph("", indent=False, line=None)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        holder = OxmlElement("w:drawing")
        holder.append(drawing)
        run(paragraph, "", FANGSONG, BODY_SIZE)._r.append(holder)

    def _paragraph(
        self, text: str, face: str = FANGSONG, size: float = BODY_SIZE, *, indent: bool = True, line: float | None = LINE_PITCH
    ) -> Any:
        paragraph = self.document.add_paragraph()
        if indent:
            _indent_characters(paragraph, 2)
        if line is None:
            spaced(paragraph, None)
        elif line != LINE_PITCH:
            spaced(paragraph, line)
        if text:
            run(paragraph, text, face, size)
        return paragraph

    def _page(self, section: Any, *, wide: bool = False) -> None:
        """A4 with the margins of the standard: head 37, binding 28, hence 35 and 26; turned for wide tables."""
        section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = (Mm(297), Mm(210)) if wide else (Mm(210), Mm(297))
        margins = (28, 26, 37, 35) if wide else (37, 35, 28, 26)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = map(Mm, margins)
        section.header_distance, section.footer_distance = Mm(15), Mm(16 if wide else 23)
        for footer, odd in ((section.footer, True), (section.even_page_footer, False)):
            footer.is_linked_to_previous = False
            _page_number(footer.paragraphs[0], odd=odd)
        _grid(section)


def title_lines(parts: Sequence[str], most: int = 36) -> list[str]:
    """As few lines as their width allows (in half-width characters), and these as even as can be."""
    pieces = [part for part in parts if part]
    ways = [[*map("".join, _cut(pieces, cuts))] for n in range(len(pieces)) for cuts in combinations(range(1, len(pieces)), n)]
    widths = [[printed_width(line) for line in way] for way in ways]
    best = min(range(len(ways)), key=lambda i: (max(max(widths[i]) - most, 0), len(ways[i]), max(widths[i]) - min(widths[i])))
    return ways[best]


def _cut(pieces: Sequence[str], cuts: Sequence[int]) -> list[Sequence[str]]:
    edges = [0, *cuts, len(pieces)]
    return [pieces[i:j] for i, j in pairwise(edges)]


def run(paragraph: Any, text: str, face: str, size: float, *, bold: bool = False, colour: str | None = None) -> Any:
    """A run with its font named for all scripts."""
    made = paragraph.add_run(printable(text))
    properties = made._r.get_or_add_rPr()
    made.font.size = Pt(size)
    made.font.bold = bold
    if colour is not None:
        element = OxmlElement("w:color")
        element.set(qn("w:val"), colour)
        properties._insert_color(element)
    named(properties, face)
    return made


def named(properties: Any, face: str) -> None:
    """Name the font of run properties for every script; theme fonts would win, so they go."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    fonts.set(qn("w:hint"), "eastAsia")
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def spaced(paragraph: Any, points: float | None) -> None:
    """A fixed line pitch off the grid; None lets lines grow with what stands in them."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule = WD_LINE_SPACING.SINGLE if points is None else WD_LINE_SPACING.EXACTLY
    if points is not None:
        shape.line_spacing = Pt(points)
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(snap, *_AFTER_SNAP)


# What stands after snapToGrid in paragraph properties (CT_PPr).
_AFTER_SNAP = (
    *("w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection"),
    *("w:textAlignment", "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr"),
)


def _indent_characters(paragraph: Any, count: int) -> None:
    paragraph.paragraph_format.first_line_indent = Pt(BODY_SIZE * count)
    paragraph._p.pPr.ind.set(qn("w:firstLineChars"), str(100 * count))


def _defaults(document: Any) -> None:
    """Defaults and styles of the standard; those of the template that nobody uses go."""
    styles = document.styles.element
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    named(defaults.find(qn("w:rPrDefault")).find(qn("w:rPr")), FANGSONG)
    language = defaults.find(f".//{qn('w:lang')}")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    spacing = defaults.find(f".//{qn('w:spacing')}")
    spacing.getparent().remove(spacing)
    compatible = document.settings.element.find(f".//{qn('w:compatSetting')}")
    compatible.set(qn("w:val"), "15")
    document.settings.element.find(qn("w:zoom")).set(qn("w:percent"), "100")
    theme = document.settings.element.find(qn("w:themeFontLang"))
    theme.set(qn("w:eastAsia"), "zh-CN")
    _style(document.styles["Normal"], FANGSONG, bold=False)
    for level, face in _HEADINGS.items():
        _style(document.styles[f"Heading {level}"], face, bold=level == 3)


def _style(style: Any, face: str, *, bold: bool) -> None:
    heading = style.name != "Normal"
    properties = style.element.get_or_add_rPr()
    for child in list(properties):
        properties.remove(child)
    named(properties, face)
    style.font.size, style.font.bold = Pt(BODY_SIZE), bold
    if not heading:
        tight = OxmlElement("w:spacing")
        tight.set(qn("w:val"), str(CHARACTER_SPACING))
        properties.insert_element_before(tight, "w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
    shape = style.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_PITCH)
    shape.widow_control = True
    if heading:
        shape.keep_with_next = True
        shape.first_line_indent = Pt(BODY_SIZE * 2)
        style.element.pPr.ind.set(qn("w:firstLineChars"), "200")


def _grid(section: Any) -> None:
    """22 lines a page; 28 characters a line come from the spacing of the Normal style, which every program heeds."""
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.attrib.clear()
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(round(LINE_PITCH * 20)))


def _page_number(paragraph: Any, *, odd: bool) -> None:
    """— 1 — in 4号 宋体, odd pages at the right, even pages at the left, one character in."""
    paragraph.style = None
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if odd else WD_ALIGN_PARAGRAPH.LEFT
    spaced(paragraph, 18)
    side = "right_indent" if odd else "left_indent"
    setattr(paragraph.paragraph_format, side, Pt(PAGE_NUMBER_SIZE))
    run(paragraph, "— ", SONGTI, PAGE_NUMBER_SIZE)
    for kind, text in (("begin", None), (None, " PAGE "), ("separate", None), ("shown", "1"), ("end", None)):
        part = run(paragraph, "", SONGTI, PAGE_NUMBER_SIZE)._r
        if kind in ("begin", "separate", "end"):
            part.append(_field(kind))
        else:
            words = OxmlElement("w:t" if kind else "w:instrText")
            words.set(qn("xml:space"), "preserve")
            words.text = text
            part.append(words)
    run(paragraph, " —", SONGTI, PAGE_NUMBER_SIZE)


def _field(kind: str) -> Any:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return mark
