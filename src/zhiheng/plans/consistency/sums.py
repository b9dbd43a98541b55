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
_PARTS_END = re.compile("[。;)]|共|另|比上|[较同]|增长|带动|完成|实现|年度|总")
_SECTORS = re.compile(rf"三次产业[^,。;\d]{{0,16}}(?P<shares>{_NUMBER}(?:\s*[:∶]\s*{_NUMBER}){{2}})(?!\s*[:∶])")
_KINDS = re.compile(
    r"(?P<whole>\d+)[项个][^,。;\d]{0,12}[^。;\d]{0,12}(?P<first>约束性|预期性)[^,。;、\d]{0,8}(?P<one>\d+)[项个]"
    r"[^。;\d]{0,4}(?!(?P=first))(?:约束性|预期性)[^,。;、\d]{0,8}(?P<other>\d+)[项个]"
)
_HUNDRED = 100


def sum_doubts(document: Document) -> Iterator[Doubt]:
    """Stated relations that do not hold, in reading order."""
    for sentence in sentences(document):
        yield from _parts(sentence)
        yield from _sectors(sentence)
        yield from _kinds(sentence)


def _parts(sentence: Text) -> Iterator[Doubt]:
    """A part behind 其中 that is larger than the whole before it."""
    folded = sentence.folded
    for whole in _WHOLE.finditer(folded):
        end = _PARTS_END.search(folded, whole.end())
        for part in _PART.finditer(folded, whole.end(), end.start() if end else len(folded)):
            (one, factor), (other, times) = plain_unit(whole["unit"]), plain_unit(part["unit"])
            same = one == other and _core(whole["unit"]) == _core(part["unit"])
            if same and _number(part["number"]) * times > _number(whole["number"]) * factor:
                facts = {"whole": whole["number"] + whole["unit"], "part": part["number"] + part["unit"]}
                places = (at(sentence, whole.start(), whole.end("unit")), at(sentence, part.start(), part.end()))
                yield Doubt("consistency.part_over_whole", Severity.WARNING, facts, places)


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
