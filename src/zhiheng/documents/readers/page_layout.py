"""How do printed pages become the blocks of a paper?

Page by page: ruling lines give tables, what stands outside them stretches of lines; over all pages, running heads and feet
are dropped, margins measured, lines joined to paragraphs and tables to those they continue.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Problem, Severity
from zhiheng.documents.readers.layout import lay_out
from zhiheng.documents.readers.limits import Limits
from zhiheng.documents.readers.page_columns import Placed, in_reading_order
from zhiheng.documents.readers.page_furniture import Rows, rows_of, without_furniture
from zhiheng.documents.readers.page_joints import as_table, joined_over_pages
from zhiheng.documents.readers.page_lines import Stretch, stretches_of
from zhiheng.documents.readers.page_margins import Margins, margins_of
from zhiheng.documents.readers.page_notes import notes_of, parted_from_notes, short_rules, without_struck
from zhiheng.documents.readers.page_paragraphs import goes_on, is_contents, is_one_size
from zhiheng.documents.readers.page_rules import Grid, across_and_down, grids_of
from zhiheng.documents.readers.page_tables import Drawn, divided, drawn_of
from zhiheng.documents.readers.page_unruled import unruled_tables
from zhiheng.documents.readers.pages import Page, Rule, Run
from zhiheng.documents.readers.strips import Strip, strip_of
from zhiheng.documents.tree import Block, Boxes, Piece, Place, Text

_PICTURED = 0.5
_MOST_DAMAGED = 0.5
_FEW = 20
_FEWEST_RULES = 3
_NO_MARGINS = Margins(0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What one page holds: stretches outside tables, tables, and short lines that may part notes from the text."""

    number: int
    width: float
    height: float
    stretches: list[Stretch]
    drawn: list[Drawn]
    short_rules: list[Rule]


class _Counts:
    """How much was read, how much of it cannot be trusted, and on which pages nothing stands."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self.characters = self.damaged = self.cells = self.pages = 0
        self.damaged_pages: list[int] = []
        self.scanned: list[int] = []
        self.struck: list[int] = []

    def page(self, page: Page) -> None:
        """Count one page; refuses a paper that is too long."""
        characters = sum(len(run.string) for run in page.runs)
        damaged = sum(len(run.string) for run in page.runs if run.damaged)
        self.pages += 1
        self.characters += characters
        self.damaged += damaged
        self._limits.check_characters(self.characters, self._name)
        if damaged:
            self.damaged_pages.append(page.number)
        if characters < _FEW and page.pictured >= _PICTURED:
            self.scanned.append(page.number)

    def count_cells(self, count: int) -> None:
        """Count cells; refuses too many."""
        self.cells += count
        self._limits.check_cells(self.cells, self._name)

    def unstruck(self, page: int, runs: Sequence[Run], rules: Sequence[Rule]) -> Sequence[Run]:
        """What of the runs is not crossed out; remembers that something was."""
        kept, struck = without_struck(runs, rules)
        if struck:
            self.struck.append(page)
        return kept

    def problems(self) -> tuple[Problem, ...]:
        """What a person must know of the paper; `DataError` when hardly anything of it can be read."""
        if self.scanned and len(self.scanned) == self.pages:
            raise DataError("documents.scanned", file=self._name, pages=self.pages)
        share = round(100 * self.damaged / self.characters) if self.characters else 0
        if self.characters and self.damaged > _MOST_DAMAGED * self.characters:
            raise DataError("documents.unreadable_font", file=self._name, share=share)
        found = []
        if self.scanned:
            facts = {"pages": page_numbers(self.scanned)}
            found.append(Problem("documents.scanned_pages", Severity.WARNING, facts, file=self._name))
        if self.damaged_pages:
            facts = {"pages": page_numbers(self.damaged_pages), "share": str(max(share, 1))}
            found.append(Problem("documents.font_without_unicode", Severity.WARNING, facts, file=self._name))
        if self.struck:
            facts = {"pages": page_numbers(self.struck)}
            found.append(Problem("documents.struck_out", Severity.WARNING, facts, file=self._name))
        return tuple(found)


def lay_out_pages(pages: Iterable[Page], name: str, limits: Limits) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a paper of pages, and what could not be read of it.

    `DataError` when all pages are pictures or most characters have no meaning.
    """
    counts = _Counts(name, limits)
    sheets = []
    for page in pages:
        counts.page(page)
        sheets.append(_sheet(page, counts))
    problems = counts.problems()
    return lay_out(_parts(sheets)), problems


def page_numbers(pages: Sequence[int]) -> str:
    """Page numbers as a person writes them: 1-3、7."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and page == spans[-1][1] + 1:
            spans[-1][1] = page
        else:
            spans.append([page, page])
    return "、".join(str(a) if a == b else f"{a}-{b}" for a, b in spans)


def _sheet(page: Page, counts: _Counts) -> _Sheet:
    runs: Sequence[Run] = page.runs
    drawn: list[Drawn] = []
    short: list[Rule] = []
    if page.rules:
        grids = grids_of(*across_and_down(page.rules), counts.count_cells) if len(page.rules) >= _FEWEST_RULES else []
        tables = [grid for grid in grids if len({(r.column, r.column_end) for r in grid.regions}) > 1]
        loose = [rule for rule in page.rules if not any(_is_within(rule, table) for table in tables)]
        runs = counts.unstruck(page.number, runs, loose)
        runs, inside = divided(runs, tables)
        drawn = [drawn_of(grid, held, page.number) for grid, held in zip(tables, inside, strict=True)]
        drawn = [table for table in drawn if any(lines for _, lines in table.cells)]
        short = short_rules(loose, page.width)
    return _Sheet(page.number, page.width, page.height, stretches_of(runs, page.number), drawn, short)


def _is_within(rule: Rule, grid: Grid) -> bool:
    return (
        grid.left - 1 <= rule.left
        and rule.right <= grid.right + 1
        and grid.top - 1 <= rule.top
        and rule.bottom <= grid.bottom + 1
    )


def _parts(sheets: Sequence[_Sheet]) -> list[Strip | Block]:
    rows = without_furniture([rows_of(sheet.stretches) for sheet in sheets], [sheet.height for sheet in sheets])
    size = _usual_size(rows)
    ordered: list[list[Placed]] = []
    notes: list[Rows] = []
    for kept, sheet in zip(rows, sheets, strict=True):
        text, small = parted_from_notes(kept, sheet.short_rules, sheet.height, size)
        text, unruled = unruled_tables(text)
        ordered.append(in_reading_order(text, [*sheet.drawn, *unruled]))
        notes.append(small)
    margins = _margins(sheets, ordered)
    parts: list[Strip | Block] = []
    numbers = iter(range(1, 1 << 30))
    paragraph: list[tuple[int, Stretch]] = []
    line = 0
    before: Margins | None = None
    size_before = 0.0
    for part, margin in joined_over_pages(_with_margins(sheets, ordered, margins)):
        if isinstance(part, Stretch):
            line += 1
            if paragraph and (margin is not before or not _continues(paragraph[-1][1], part, margin)):
                parts += _strips(paragraph, size_before)
                size_before = paragraph[-1][1].size
                paragraph = []
            paragraph.append((line, part))
            before = margin
        else:
            parts += _strips(paragraph, size_before)
            paragraph, size_before = [], 0.0
            parts.append(as_table(part, next(numbers)))
    parts += _strips(paragraph, size_before)
    for small in notes:
        parts += notes_of(small, line + 1)
        line += len(small)
    return parts


def _usual_size(pages: Sequence[Rows]) -> float:
    """The size in which most characters are set."""
    counts: Counter[float] = Counter()
    for rows in pages:
        for row in rows:
            for stretch in row:
                counts[round(stretch.size, 1)] += len(stretch.string)
    return counts.most_common(1)[0][0] if counts else 0.0


def _continues(last: Stretch, following: Stretch, margins: Margins) -> bool:
    return not is_contents(last) and goes_on(last, following, margins)


def _margins(sheets: Sequence[_Sheet], ordered: Sequence[Sequence[Placed]]) -> dict[tuple[int, int], Margins]:
    """Margins for every width of page and number of columns."""
    lines: dict[tuple[int, int], list[Stretch]] = {}
    for sheet, parts in zip(sheets, ordered, strict=True):
        for part, columns in parts:
            if isinstance(part, Stretch):
                lines.setdefault((round(sheet.width), columns), []).append(part)
    return {key: found for key, those in lines.items() if (found := margins_of(those))}


def _with_margins(
    sheets: Sequence[_Sheet], ordered: Sequence[Sequence[Placed]], margins: dict[tuple[int, int], Margins]
) -> Iterator[tuple[Stretch | list[Drawn], Margins]]:
    for sheet, parts in zip(sheets, ordered, strict=True):
        for part, columns in parts:
            yield (part if isinstance(part, Stretch) else [part]), margins.get((round(sheet.width), columns), _NO_MARGINS)


def _strips(paragraph: Sequence[tuple[int, Stretch]], size: float) -> list[Strip]:
    """The paragraph as one strip, apart from the one before, set in `size`, when it is set in another; none when it says nothing."""
    if not paragraph:
        return []
    string: list[str] = []
    pieces: list[Piece] = []
    marks: list[tuple[int, int]] = []
    at = 0
    for line, stretch in paragraph:
        if string and _ends_word(string[-1]) and _begins_word(stretch.string):
            string.append(" ")
            pieces.append(Piece(at, pieces[-1].place, len(string[-2])))
            at += 1
        pieces.append(Piece(at, Place(page=stretch.page, line=line, boxes=Boxes(stretch.edges)), 0))
        marks += [(at + start, at + end) for start, end in stretch.marks]
        string.append(stretch.string)
        at += len(stretch.string)
    text = Text("".join(string), tuple(pieces))
    if marks:
        text = text.without(marks)
    gap = int(bool(size) and not is_one_size(size, paragraph[0][1].size))
    strip = strip_of(text, paragraph[0][0], gap)
    return [strip] if strip else []


def _ends_word(string: str) -> bool:
    return string[-1].isascii() and string[-1].isalpha()


def _begins_word(string: str) -> bool:
    return string[0].isascii() and string[0].isalpha()
