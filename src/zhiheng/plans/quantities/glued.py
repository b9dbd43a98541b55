"""Where are the cells of a table that was printed without separators (10食品合格率%99.299.5以上约束性)?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.cells import is_unit, is_words
from zhiheng.plans.quantities.columns import Column, Kind, classify, is_table
from zhiheng.plans.quantities.vocabulary import COUNT_UNITS, MEASURE_UNITS, RATE_UNITS, SCALES, alternation

Span = tuple[int, int]

_ATTRIBUTE_END = re.compile(r"(?P<attribute>约束性|预期性|引导性|指导性)\s*(?P<offices>[一-鿿、]{2,})?\s*$")
_VERDICT_END = re.compile(r"(?:基本|超额|提前|未|已)?(?:完成|达标)\s*$")
# Ends of names that look like units: 农贸市场(累计), 服务平台, 满意度指数
_NO_UNIT = ("(累计)", "(新增)", "平台", "指数")
_HEAD_BEGINS = re.compile(r"\s*(?:序\s*号|编号|类\s*别|分类|领域|(?:主要|核心|一级|二级)?指\s*标|项目)")
# Heads of two columns that would make one: a year and another thing, a name and its unit
_TWO_HEADS = re.compile(
    r"(?:19|20)\d\d[^比较→>~—\d-]*(?:(?:19|20)\d\d|年均|累计)|^[^\d“十比较到至截]+(?:19|20)\d\d|十[一-八]五.*(?:19|20)\d\d|^[及和与]|(?:数据|目标)完成|^指标单位|^(?:指\s*标|单位|名称).*(?:19|20)\d\d"
)
_CUT_YEAR = re.compile("年(?!均)")
_LONGEST_HEAD = 20
# One value: marks before, digits (cut by the search), marks behind; or a dash
_OPEN = re.compile(r"\s*(?:[≥≤<>]|大于|小于|不低于|不高于)?\s*[〔{\[<]?\s*(?:年均|累计)?\s*[-+]?(?=\d)")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,8})(?:\.\d{1,4})?")
_UNIT = rf"(?:{alternation(SCALES)})?(?:{alternation((*RATE_UNITS, *MEASURE_UNITS, *COUNT_UNITS))})"
_CLOSE = re.compile(
    rf"(?:\s*[~—\-]\s*\d+(?:\.\d+)?)?\s*[〕}}\]]?\*?\s*(?:{_UNIT})?\s*(?:以上|以下|左右|以内)?>?(?:\([A-Z]{{2,5}}\))?\s*"
)
_DASH = re.compile(r"\s*[-—–/]{1,2}\s*")
_BEGINS_VALUE = re.compile(r"[≥≤<>〔{\[+\-—]|大于|小于|不低于|不高于|年均|累计|\d")
_NOTE_COST, _PLACE_COST, _RANGE_COST = 0.01, 0.25, 0.1


def glued_head(folded: str, at: int = 0) -> tuple[list[Column], list[Span], int] | None:
    """Columns of a table head printed without separators from `at` on, the spans of its cells, and where it ends.

    The longest stretch that falls into heads of columns; None when that makes no table.
    """
    if not _HEAD_BEGINS.match(folded, at):
        return None
    best: dict[int, list[Span]] = {at: []}
    end = at
    for start in range(at, min(len(folded), at + 120)):
        if start not in best:
            continue
        for stop in range(start + 1, min(len(folded), start + _LONGEST_HEAD) + 1):
            cell = re.sub(r"\s+", "", folded[start:stop])
            if folded[stop - 1] == " " or _TWO_HEADS.search(cell) or _CUT_YEAR.match(folded, stop):
                continue
            if classify(cell) is None or (stop in best and len(best[stop]) <= len(best[start]) + 1):
                continue
            best[stop] = [*best[start], (start, stop)]
            end = max(end, stop)
    spans = best[end]
    columns = [c for a, b in spans if (c := classify(folded[a:b]))]
    return (columns, spans, end) if len(columns) > 2 and is_table(columns) else None


def ends_row(folded: str) -> bool:
    """Whether a line ends as a row does, with an attribute or a verdict, though its values are words."""
    return len(folded) <= 60 and bool(_ATTRIBUTE_END.search(folded) or _VERDICT_END.search(folded))


def split_glued(text: Text, columns: Sequence[Column], expected: int | None) -> list[Text] | None:
    """The cells of a row printed without separators (10食品合格率%99.299.5以上约束性), or None when it is no such row.

    `expected` is the row's serial number, when the table has them. A row may hold several indicators, one after the other.
    """
    folded = text.folded
    end = len(folded.rstrip())
    tail: list[Text] = []
    if m := _ATTRIBUTE_END.search(folded):
        tail = [text.slice(m.start("attribute"), m.end("attribute"))]
        end = m.start()
        if m["offices"] and any(c.kind is Kind.OFFICE for c in columns):
            tail.append(text.slice(m.start("offices"), m.end("offices")))
        elif m["offices"]:
            tail, end = [], len(folded.rstrip())
    elif any(c.kind is Kind.VERDICT for c in columns) and (m := _VERDICT_END.search(folded, 0, end)):
        tail, end = [text.slice(m.start(), end)], m.start()
    body = folded[:end]
    start = len(body) - len(body.lstrip())
    cells: list[Text] = []
    if expected is not None:
        number = re.compile(rf"{expected}(?=[^\d.%])|{expected}(?=\d{{1,4}}[^\d.%]*[一-鿿])").match(body, start)
        if not number:
            return None
        cells.append(text.slice(start, number.end()))
        start = number.end()
    while start < end:
        parsed = _indicator_and_values(body, start, columns)
        if parsed is None:
            return None
        spans, start = parsed
        cells += [text.slice(a, b).stripped() for a, b in spans]
    return [*cells, *tail] if len(cells) > (expected is not None) else None


def _indicator_and_values(body: str, start: int, columns: Sequence[Column]) -> tuple[list[Span], int] | None:
    """The spans of name, unit and values from `start` on, and where they end."""
    values = [c for c in columns if c.kind is Kind.VALUE]
    units = any(c.kind is Kind.UNIT for c in columns)
    found = None
    for at in range(start + 2, len(body)):
        if not _BEGINS_VALUE.match(body, at) or (body[at].isdigit() and body[at - 1] in "0123456789."):
            continue
        name_end, unit = at, None
        if units and (unit := _unit_before(body, start, at)):
            name_end = unit[0]
        name = body[start:name_end].rstrip()
        if len(name) > 2 and name[-1].isdigit() and not name[-2].isascii():
            name = name[:-1]  # the number of a note
        if len(name.strip()) < 2 or (units and unit is None and found is not None):
            continue
        split = _Splitter(body, values).split(at)
        if split is None:
            continue
        spans = [(start, start + len(name)), *([unit] if unit else []), *split]
        found = (spans, split[-1][1])
        if unit or not units:
            break
    return found


def _unit_before(body: str, start: int, at: int) -> Span | None:
    """The longest unit that ends where the values begin."""
    left = body[start:at].rstrip()
    if left.endswith(_NO_UNIT):
        return None
    length = next((n for n in range(min(8, len(left) - 1), 0, -1) if is_unit(left[-n:])), 0)
    return (start + len(left) - length, start + len(left)) if length else None


class _Splitter:
    """Cuts a run of glued values into one a column; where digits touch, the cut that leaves levels nearest in size wins."""

    def __init__(self, body: str, columns: Sequence[Column]) -> None:
        self._body = body
        self._levels = [not c.growth and not c.total for c in columns]
        self._known: dict[tuple[int, int, float | None], tuple[float, list[Span]] | None] = {}

    def split(self, at: int) -> list[Span] | None:
        """Spans of the values from `at` on."""
        found = self._rest(at, 0, None)
        return found[1] if found else None

    def _rest(self, at: int, column: int, level: float | None) -> tuple[float, list[Span]] | None:
        """Cheapest cut of what stands from `at` on into the columns from `column` on; `level`: the last one before."""
        if column == len(self._levels):
            return (0.0, []) if self._may_end(at) else None
        key = (at, column, level)
        if key not in self._known:
            self._known[key] = self._cheapest(at, column, level)
        return self._known[key]

    def _cheapest(self, at: int, column: int, level: float | None) -> tuple[float, list[Span]] | None:
        best: tuple[float, list[Span]] | None = None
        for stop, number, own, goes_on in self._values(at, last=column + 1 == len(self._levels)):
            compared = self._levels[column] and number is not None
            apart = _distance(level, number) if compared and number is not None and level is not None else 0.0
            rest = self._rest(goes_on, column + 1, number if compared else level)
            if rest and (best is None or own + apart + rest[0] < best[0]):
                best = own + apart + rest[0], [(at, stop), *rest[1]]
        return best

    def _may_end(self, at: int) -> bool:
        """Whether nothing follows, or the name of another indicator."""
        return at >= len(self._body) or re.match(r"(?!个百分点|以[上下]|左右)[一-鿿]{4}", self._body[at:]) is not None

    def _values(self, at: int, *, last: bool) -> list[tuple[int, float | None, float, int]]:
        """Ways to read one value at `at`: where it ends, its number, what that costs, where the next begins."""
        body = self._body
        ways: list[tuple[int, float | None, float, int]] = []
        if m := _DASH.match(body, at):
            ways.append((m.end(), None, 0.0, m.end()))
        if last and is_words(body[at:].strip()):
            ways.append((len(body), None, 0.0, len(body)))
        opened = _OPEN.match(body, at)
        number = _NUMBER.match(body, opened.end()) if opened else None
        if opened is None or number is None:
            return ways
        for stop in range(opened.end() + 1, number.end() + 1):
            digits = body[opened.end() : stop]
            if not _NUMBER.fullmatch(digits):
                continue
            places = max(0, len(digits.partition(".")[2]) - 1) * _PLACE_COST
            ways.append((stop, float(digits), places, stop))
            if stop + 1 < len(body) and body[stop].isdigit():
                ways.append((stop, float(digits), places + _NOTE_COST, stop + 1))  # a note's number between two values
            closed = _CLOSE.match(body, stop)
            if closed and closed.end() > stop:
                ranged = bool(re.match(r"\s*[~—\-]\s*\d", closed[0])) * _RANGE_COST
                ways.append((closed.end(), float(digits), places + ranged, closed.end()))
        return ways


def _distance(x: float, y: float) -> float:
    """How far two numbers are from each other, by ratio."""
    return 0.0 if x == y else max(x, y) / max(min(x, y), 0.001) - 1
