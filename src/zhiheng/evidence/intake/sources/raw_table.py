"""What does a table of a file that was handed in look like before anybody asks which register it is for?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from zhiheng.base.problem import Problem, Severity

# Large enough for the checks to work on whole columns, small enough for memory: some 20 MB of a wide table.
BATCH = 20_000
# Of a cell that shows a merged block: a word holds for all the rows it spans, a number may be meant once for all of them.
MERGED = "evidence.merged_number"
# Of a row with more fields than the header; it stands at the first column, though any of them may be shifted.
BEYOND = "evidence.cells_beyond_header"
# How many rows are named where many share a finding.
_NAMED = 20

Known = Callable[[str], bool]
# Index of the row in its batch, index of the column, code of the sentence.
CellFault = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class RawBatch:
    """Up to `BATCH` rows: their numbers as a person counts, one sequence of texts for each header, None where nothing stands.

    Numbers are the exact decimals that were typed (97.1, `97.1%` when shown as percent), days ISO, days with a time
    `YYYY-MM-DD HH:MM:SS`, truth values TRUE and FALSE. Of a formula the formula stands there, with its fault.
    """

    rows: Sequence[int]
    columns: Sequence[Sequence[str | None]]
    faults: Sequence[CellFault] = ()


@dataclass(frozen=True, slots=True)
class RawTable:
    """One table of a file; `batches` can be gone through once, and only then `problems` is complete.

    `sheet` is empty where a file has none. `header_row` is the lower row of the header, 0 where the format has no such row.
    `units` are those that lines above the header give for the table. `plain` says that the table is all of a text in UTF-8 with its header in the first line.
    A sheet that was left out is a table without headers whose problem says why.
    """

    sheet: str
    header_row: int
    headers: tuple[str, ...]
    hidden: tuple[str, ...] = ()
    batches: Iterator[RawBatch] = field(default_factory=lambda: iter(()))
    problems: list[Problem] = field(default_factory=list)
    plain: bool = False
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """File and sheet that a finding is about."""

    file: str
    sheet: str

    def finding(self, code: str, facts: dict[str, object], row: int | None = None, column: str | None = None) -> Problem:
        """A warning at a row or column of the table."""
        return Problem(code, Severity.WARNING, facts, self.file, self.sheet, row, column)

    def left_out(self, code: str) -> RawTable:
        """The sheet as a table without columns, because of what the code says."""
        return RawTable(self.sheet, 0, (), problems=[self.finding(code, {})])


@dataclass(slots=True)
class Rows:
    """Rows that share a finding: the first few by number, and how many there are."""

    count: int = 0
    named: list[int] = field(default_factory=list)
    text: str = ""

    def add(self, row: int, text: str = "") -> None:
        """One more row."""
        self.count += 1
        if len(self.named) < _NAMED:
            self.named.append(row)
        self.text = self.text or text

    @property
    def listed(self) -> str:
        """`12、25、31…`."""
        return "、".join(map(str, self.named)) + ("…" if self.count > len(self.named) else "")
