"""Which totals of a table are not the sum of its numbers, and does the table hold as many indicators as the text says?

Added up is only what the table itself calls a total (合计, 总计), and only numbers that are all there. A table with subtotals or
parts of parts (小计, 其中) is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import exact
from zhiheng.documents.tree import Document, Table, Text
from zhiheng.plans.consistency.doubt import Doubt, Passage, at, sentences
from zhiheng.plans.consistency.sums import rounding

_TOTAL = re.compile(r"^(?:五年)?(?:合计|总计|共计|总数)(?:\([^()]*\))?$")
_NESTED = re.compile("小计|其中")
_NUMBER = re.compile(r"^(\d+(?:,\d{3})*(?:\.\d+)?)(?:\s*(?!年)[%\u4e00-\u9fff]{0,4})$")
_SERIAL, _ATTRIBUTE = re.compile("^序号$"), re.compile("^(?:指标)?(?:属性|性质|类型)$")
_SAID = re.compile(
    r"(?:(?P<kind>约束性|预期性)指标[共有计为]{0,2}(?P<some>\d+)[项个]|(?<!性)指标(?:体系)?共[有计]?(?P<all>\d+)[项个]"
    r"|(?:共|设置|设立|提出|确定|大类|方面)(?P<first>\d+)[项个](?:主要|具体|核心|量化)?指标)(?![^,。;]{0,8}(?:完成|达到|达标|实现|超))"
)
_FEWEST = 2


def total_doubts(document: Document) -> Iterator[Doubt]:
    """Totals that are not the sum of what they add, then numbers of indicators that the table does not have."""
    tables = [block.grid() for block in document.blocks if isinstance(block, Table)]
    for grid in tables:
        if not grid or any(_NESTED.search(cell.folded) for row in grid for cell in row):
            continue
        yield from _totals(grid)
        yield from _totals([list(column) for column in zip(*grid, strict=True)])
    yield from _indicators(document, [grid for grid in tables if _has_attributes(grid)])


def _totals(grid: Sequence[Sequence[Text]]) -> Iterator[Doubt]:
    """The last row, when it is the total of the rows above; columns come turned."""
    *rows, last = grid
    if not _is_total(last):
        return
    rows = rows[max((i + 1 for i, row in enumerate(rows) if _is_total(row)), default=0) :]
    for column, cell in enumerate(last):
        above = [row[column] for row in rows]
        said, parts = _number(cell), _run_of_numbers(above)
        if said is None or len(parts) < _FEWEST or _counts_up(parts):
            continue
        numbers = [n for part in parts if (n := _number(part))]
        whole = sum(map(Fraction, numbers), Fraction(0))
        if abs(whole - Fraction(said)) > (rounding(numbers) if any("." in n for n in (*numbers, said)) else 0):
            facts = {"total": cell.string.strip(), "sum": exact(whole), "parts": [p.string.strip() for p in parts]}
            yield Doubt("consistency.total_differs", Severity.WARNING, facts, (_shown(cell, last), _shown(parts[0], above)))


def _is_total(row: Sequence[Text]) -> bool:
    label = next((cell.folded for cell in row if cell.folded.strip()), "")
    return bool(_TOTAL.match(label.replace(" ", "")))


def _run_of_numbers(above: Sequence[Text]) -> list[Text]:
    """The numbers under the heads of a column; nothing when a cell among them holds anything else."""
    first = next((i for i, cell in enumerate(above) if _number(cell) is not None), len(above))
    run = list(above[first:])
    places = [(cell.pieces[0].place, cell.pieces[0].offset) for cell in run]
    whole = all(_number(cell) is not None for cell in run) and len(set(places)) == len(places)  # no merged cells
    return run if whole else []


def _counts_up(parts: Sequence[Text]) -> bool:
    """Whether the numbers only number the rows, or name years."""
    said = [_number(p) or "" for p in parts]
    return said == [str(i) for i in range(1, len(said) + 1)] or all(re.fullmatch(r"(?:19|20)\d\d", n) for n in said)


def _number(cell: Text) -> str | None:
    found = _NUMBER.match(cell.folded.strip())
    return found[1].replace(",", "") if found else None


def _shown(cell: Text, around: Sequence[Text]) -> Passage:
    """A cell with the cells of its row or column."""
    return Passage(cell.anchor(), " ".join(dict.fromkeys(c.string.strip() for c in around if c.string.strip())))


def _has_attributes(grid: Sequence[Sequence[Text]]) -> bool:
    heads = [cell.folded.replace(" ", "") for cell in grid[0]] if grid else []
    return any(map(_SERIAL.match, heads)) and any(map(_ATTRIBUTE.match, heads))


def _indicators(document: Document, tables: Sequence[Sequence[Sequence[Text]]]) -> Iterator[Doubt]:
    """So many indicators in the text, so many numbered rows in the one table of indicators."""
    if len(tables) != 1:
        return
    grid = tables[0]
    heads = [cell.folded.replace(" ", "") for cell in grid[0]]
    serial = next(i for i, head in enumerate(heads) if _SERIAL.match(head))
    attribute = next(i for i, head in enumerate(heads) if _ATTRIBUTE.match(head))
    rows = {row[serial].folded.strip(): row[attribute].folded for row in grid[1:] if row[serial].folded.strip().isdigit()}
    for sentence in sentences(document):
        for m in _SAID.finditer(sentence.folded):
            there = sum(m["kind"][:2] in said for said in rows.values()) if m["kind"] else len(rows)
            if rows and there != int(m["some"] or m["all"] or m["first"]):
                facts = {"said": m[0], "there": there}
                head = grid[0][attribute if m["kind"] else serial]
                yield Doubt(
                    "consistency.indicators_counted", Severity.WARNING, facts, (at(sentence, *m.span()), _shown(head, grid[0]))
                )
