"""What does a paper consist of, and where does each character stand?

A document is a sequence of blocks (headings carry their level, so the tree follows from the order). Every block's text
keeps, character by character, the way back to the paper.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from zhiheng.base.problem import Problem
from zhiheng.documents.fold import fold


class Format(StrEnum):
    """What the content of a file turned out to be."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    OFD = "ofd"
    OLD_WORD = "doc"
    OLD_EXCEL = "xls"
    RICH_TEXT = "rtf"
    OPEN_TEXT = "odt"
    OPEN_SHEETS = "ods"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch) from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True, eq=False)
class Boxes:
    """Where the characters of one place stand on their page: left, top, right, bottom of each in turn, in points."""

    edges: array[float]

    def around(self, start: int, end: int) -> Box | None:
        """The rectangle around the characters `start:end`; None when there is none."""
        edges = self.edges[4 * start : 4 * end]
        if not edges:
            return None
        return Box(min(edges[0::4]), min(edges[1::4]), max(edges[2::4]), max(edges[3::4]))


@dataclass(frozen=True, slots=True)
class Place:
    """One addressable strip of characters in a paper: a line of a text, a paragraph, or a cell (all counted from 1).

    In a paper of pages (PDF, OFD) `page` is its page, `line` counts printed lines through the whole paper, and `boxes` has
    the rectangle of each character; boxes do not belong to the identity of a place.
    """

    line: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    sheet: str | None = None
    note: int | None = None
    page: int | None = None
    boxes: Boxes | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Anchor:
    """A span of one place: `start`, `end` in code points, half-open; `stored_box` of one that was read back from JSON."""

    place: Place
    start: int
    end: int
    stored_box: Box | None = field(default=None, compare=False, repr=False)

    @property
    def box(self) -> Box | None:
        """The rectangle on its page; None in papers without pages."""
        boxes = self.place.boxes
        return boxes.around(self.start, self.end) if boxes else self.stored_box


@dataclass(frozen=True, slots=True)
class Piece:
    """From offset `at` of the text on, characters stand in `place`, the first of them at `offset`."""

    at: int
    place: Place
    offset: int


@dataclass(frozen=True)
class Text:
    """Characters of one block and where they stand. `folded` has the same length and is what patterns are matched on."""

    string: str
    pieces: tuple[Piece, ...]
    folded: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if len(self.folded) != len(self.string):
            object.__setattr__(self, "folded", fold(self.string))

    @classmethod
    def at(cls, string: str, place: Place, offset: int = 0) -> Text:
        """A text that stands in one place without gaps."""
        return cls(string, (Piece(0, place, offset),))

    @classmethod
    def joined(cls, parts: Iterable[Text]) -> Text:
        """Parts set side by side as one text (a line wrapped in the paper, a paragraph of several runs)."""
        string: list[str] = []
        folded: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for part in parts:
            pieces += [Piece(at + p.at, p.place, p.offset) for p in part.pieces]
            string.append(part.string)
            folded.append(part.folded)
            at += len(part.string)
        return cls("".join(string), tuple(pieces), "".join(folded))

    def __len__(self) -> int:
        return len(self.string)

    def slice(self, start: int, end: int) -> Text:
        """The characters `start:end`, still knowing where they stand."""
        end = min(end, len(self.string))
        first = max(bisect_right(self.pieces, start, key=lambda p: p.at) - 1, 0)
        pieces: list[Piece] = []
        for i in range(first, len(self.pieces)):
            p = self.pieces[i]
            if p.at >= end and pieces:
                break
            before = start - p.at
            pieces.append(Piece(0, p.place, p.offset + before) if before >= 0 else Piece(-before, p.place, p.offset))
        return Text(self.string[start:end], tuple(pieces), self.folded[start:end])

    def without(self, spans: Iterable[tuple[int, int]]) -> Text:
        """The text with the given spans (in order, apart) left out; what remains still knows where it stands."""
        kept: list[Text] = []
        at = 0
        for start, end in spans:
            if start > at:
                kept.append(self.slice(at, start))
            at = end
        if at < len(self.string):
            kept.append(self.slice(at, len(self.string)))
        return Text.joined(kept) if kept else self.slice(0, 0)

    def stripped(self) -> Text:
        """Without blanks at either end."""
        start = len(self.folded) - len(self.folded.lstrip())
        end = max(start, len(self.folded.rstrip()))
        return self if start == 0 and end == len(self.string) else self.slice(start, end)

    def anchor(self, start: int = 0, end: int | None = None) -> Anchor:
        """Where `start:end` stands; of a span that runs over two places, its part in the first."""
        end = len(self.string) if end is None else end
        index = max(bisect_right(self.pieces, start, key=lambda p: p.at) - 1, 0)
        piece = self.pieces[index]
        first = piece.offset + start - piece.at
        return Anchor(piece.place, first, max(first, self._last_offset(index, end)))

    def anchors(self, start: int, end: int) -> Iterator[Anchor]:
        """Where all of `start:end` stands, one anchor for each stretch without a gap."""
        for index, piece in enumerate(self.pieces):
            stop = self.pieces[index + 1].at if index + 1 < len(self.pieces) else len(self.string)
            first, last = max(start, piece.at), min(end, stop)
            if first < last:
                yield Anchor(piece.place, piece.offset + first - piece.at, piece.offset + last - piece.at)

    def _last_offset(self, index: int, end: int) -> int:
        """Offset just behind the last character before `end` that still stands in the place of piece `index`."""
        place, last = self.pieces[index].place, self.pieces[index].offset
        for i in range(index, len(self.pieces)):
            p = self.pieces[i]
            if p.place != place or (p.at >= end and i > index):
                break
            stop = self.pieces[i + 1].at if i + 1 < len(self.pieces) else len(self.string)
            last = p.offset + min(end, stop) - p.at
        return last


@dataclass(frozen=True, slots=True)
class Heading:
    """A title the paper itself marks as one (style, tag). Titles known by their number only are found in `plans`."""

    text: Text
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A run of text between two breaks."""

    text: Text


@dataclass(frozen=True, slots=True)
class ListItem:
    """A paragraph the paper marks as an item of a list; its printed number, if any, is part of the text."""

    text: Text
    level: int = 1


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote; `mark` as printed."""

    text: Text
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; a merged cell is stored once, at its upper left corner, with the rows and columns it covers."""

    text: Text
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of a table the paper itself draws (tags, cells, or separators in a text)."""

    cells: tuple[Cell, ...]
    number: int

    def grid(self) -> list[list[Text]]:
        """Rows of equal length; a merged cell's text stands in every place it covers."""
        height = max((c.row + c.row_span for c in self.cells), default=0)
        width = max((c.column + c.column_span for c in self.cells), default=0)
        empty = Text("", (Piece(0, Place(table=self.number), 0),))
        rows = [[empty] * width for _ in range(height)]
        for c in self.cells:
            for r in range(c.row, c.row + c.row_span):
                for k in range(c.column, c.column + c.column_span):
                    rows[r][k] = c.text
        return rows


Block = Heading | Paragraph | ListItem | Note | Table


@dataclass(frozen=True, slots=True)
class Document:
    """A paper as read: `name` of the file, `blocks` in reading order, `lines` of a text input as they stand in the file.

    `problems` are what the reader could read only in part, or not vouch for (a page without text, a signature).
    """

    name: str
    format: Format
    blocks: tuple[Block, ...]
    lines: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def texts(self) -> Iterator[Text]:
        """Every text in reading order, cells included."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield from (c.text for c in block.cells)
            else:
                yield block.text
