"""Which sums and shares do not add up, where one sentence says that they should?

Only a relation that the sentence states is checked: 其中 behind a number, the shares of the three sectors, 约束性 beside 预期性.
Numbers that merely stand near each other are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import exact
from zhiheng.documents.tree import Document, Text
from zhiheng.plans.consistency.doubt import Doubt, at, sentences
from zhiheng.plans.consistency.measures import plain_unit
from zhiheng.plans.quantities.vocabulary import COUNT_UNITS, MEASURE_UNITS, SCALES, alternation

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_AMOUNT = rf"(?<![\d.])(?P<number>{_NUMBER})\s*(?P<unit>{alternation(SCALES)}?{alternation((*MEASURE_UNITS, *COUNT_UNITS))})"
_WHOLE = re.compile(rf"{_AMOUNT}(?P<words>[^\d,、。;(]{{0,12}})[,(:]?\s*其中:?")
_PART = re.compile(rf"{_AMOUNT}(?!及?以[上下]|级)")  # 10亿元以上项目 names a class, no part
# Where a sentence leaves the parts and speaks of something else.
_PARTS_END = re.compile("[。;)]|共|另|比(?![例重])|[较同]|增|减|带动|完成|实现|年度|总")
_SECTORS = re.compile(rf"三次产业[^,。;\d]{{0,16}}(?P<shares>{_NUMBER}(?:\s*[:∶]\s*{_NUMBER}){{2}})(?!\s*[:∶])")
_KINDS = re.compile(
    r"(?P<whole>\d+)[项个][^,。;\d]{0,12}[^。;\d]{0,12}(?P<first>约束性|预期性)[^,。;、\d]{0,8}(?P<one>\d+)[项个]"
    r"[^。;\d]{0,4}(?!(?P=first))(?:约束性|预期性)[^,。;、\d]{0,8}(?P<other>\d+)[项个]"
)
_HUNDRED = 100


def sum_doubts(document: Document) -> Iterator[Doubt]:
    """Stated relations that do not hold, in reading order."""
    for sentence in sentences(document):
        yield from tuple(_kinds(sentence)) or _parts(sentence)  # kinds of indicators are parts too, told once
        yield from _sectors(sentence)


def _parts(sentence: Text) -> Iterator[Doubt]:
    """Parts behind 其中 that are larger than the whole before it, one of them or all together."""
    folded = sentence.folded
    for whole in _WHOLE.finditer(folded):
        end = _PARTS_END.search(folded, whole.end())
        parts = [
            part
            for part in _PART.finditer(folded, whole.end(), end.start() if end else len(folded))
            if _core(part["unit"]) == _core(whole["unit"]) and plain_unit(part["unit"])[0] == plain_unit(whole["unit"])[0]
        ]
        said = [part["number"] + part["unit"] for part in parts]
        facts: dict[str, object] = {"whole": whole["number"] + whole["unit"]}
        stands = at(sentence, whole.start(), whole.end("unit"))
        larger = [(part, name) for part, name in zip(parts, said, strict=True) if _amount(part) > _amount(whole)]
        for part, name in larger:
            places = (stands, at(sentence, part.start(), part.end()))
            yield Doubt("consistency.part_over_whole", Severity.WARNING, {**facts, "part": name}, places)
        together = sum(map(_amount, parts), Fraction(0))
        if not larger and together > _amount(whole):
            facts |= {"parts": said, "sum": exact(together / plain_unit(whole["unit"])[1]) + whole["unit"]}
            all_parts = (at(sentence, part.start(), part.end()) for part in parts)
            yield Doubt("consistency.parts_over_whole", Severity.QUESTION, facts, (stands, *all_parts))


def _amount(m: re.Match[str]) -> Fraction:
    """A printed amount in plain units."""
    return _number(m["number"]) * plain_unit(m["unit"])[1]


def _core(unit: str) -> str:
    """A counting unit without its scale: 家 is held against 家, never against 人."""
    return re.sub("^[十百千万亿]+(?=.)", "", unit)


def _number(printed: str) -> Fraction:
    return Fraction(printed.replace(",", ""))


def rounding(printed: list[str]) -> Fraction:
    """By how much a sum of rounded numbers may miss the rounded whole: half of the last decimal of each, and of the whole."""
    decimals = min(len(n.partition(".")[2]) for n in printed)
    return Fraction(len(printed) + 1, 2 * 10**decimals)


def _sectors(sentence: Text) -> Iterator[Doubt]:
    """The shares of the three sectors, which make the whole."""
    for m in _SECTORS.finditer(sentence.folded):
        said = re.findall(_NUMBER, m["shares"])
        whole = sum(map(_number, said), Fraction(0))
        # a ratio to one (1:3:5) is no list of shares
        if abs(whole - _HUNDRED) > min(rounding(said), Fraction(1)) and 2 * whole > _HUNDRED:
            span = m.start("shares"), m.end("shares")
            facts = {"shares": sentence.string[span[0] : span[1]], "sum": exact(whole)}
            yield Doubt("consistency.shares_not_whole", Severity.WARNING, facts, (at(sentence, *span),))


def _kinds(sentence: Text) -> Iterator[Doubt]:
    """So many indicators, so many of them binding and the others expected."""
    for m in _KINDS.finditer(sentence.folded):
        both = int(m["one"]) + int(m["other"])
        if "指标" in m[0] and both != int(m["whole"]):
            facts = {"whole": m["whole"], "one": m["one"], "other": m["other"], "sum": both}
            places = (at(sentence, m.start("whole"), m.end("whole")), at(sentence, m.start("one"), m.end("other")))
            yield Doubt("consistency.kinds_not_whole", Severity.WARNING, facts, places)
