"""Which sums, shares and yearly ways do not add up, where the text itself says that they should?

Only a relation that the paper states is checked: 其中 after a number, the shares of the three sectors, 约束性 beside 预期性, a row with its
yearly values and their sum, 每年 beside a total. Numbers that merely stand near each other are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis, exact
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Document, Text
from zhiheng.plans.consistency.doubt import Doubt, at, passage, sentences
from zhiheng.plans.consistency.measures import measure, plain_unit, printed
from zhiheng.plans.model import Comparator, Mention, Plan, Role, Target
from zhiheng.plans.targets import subject

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_AMOUNT = rf"(?P<number>{_NUMBER})\s*(?P<unit>(?:万|亿|千)?(?:亿?元|平方公里|公里|平方米|吨|家|个|项|件|名|人次|人|户|所|座|处|条|亩|种|批次|张|台|套|辆|部|次|篇|份|支))"
_WHOLE = re.compile(rf"{_AMOUNT}(?P<words>[^\d,，、。;(（]{{0,12}})[,，(（:]?\s*其中:?")
_PART = re.compile(_AMOUNT)
_SECTORS = re.compile(rf"三次产业[^,，。;\d]{{0,16}}(?P<shares>{_NUMBER}(?:\s*[:：∶]\s*{_NUMBER}){{2}})(?!\s*[:：∶])")
_KINDS = re.compile(
    r"(?P<whole>\d+)(?:项|个)[^,，。;\d]{0,12}指标[^。;\d]{0,12}(?:约束性|预期性)[^,，。;、\d]{0,8}(?P<one>\d+)(?:项|个)"
    r"[^。;\d]{0,4}(?:约束性|预期性)[^,，。;、\d]{0,8}(?P<other>\d+)(?:项|个)"
)
_HUNDRED = 100
_ROUNDING = Fraction(15, 100)
_PARTS_END = re.compile("[。;）)]|共|另|拥有|较|比上|同比|增长|带动|完成|实现|年度|总投资")
_SHORTEST_WAY = 3


def sum_doubts(plan: Plan, document: Document | None) -> Iterator[Doubt]:
    """Stated relations that do not hold."""
    for sentence in sentences(document) if document else ():
        yield from _parts(sentence)
        yield from _sectors(sentence)
        yield from _kinds(sentence)
    yield from _yearly_rows(plan)
    yield from _every_year(plan)
    yield from _ways(plan)


def _parts(sentence: Text) -> Iterator[Doubt]:
    """A part behind 其中 that is larger than the whole before it."""
    folded = sentence.folded
    for whole in _WHOLE.finditer(folded):
        end = _PARTS_END.search(folded, whole.end())
        for part in _PART.finditer(folded, whole.end(), end.start() if end else len(folded)):
            one, other = plain_unit(whole["unit"]), plain_unit(part["unit"])
            if (
                _core(whole["unit"]) == _core(part["unit"])
                and _number(part["number"]) * other[1] > _number(whole["number"]) * one[1]
            ):
                facts = {"whole": whole["number"] + whole["unit"], "part": part[0]}
                places = (at(sentence, whole.start(), whole.end("unit")), at(sentence, part.start(), part.end()))
                yield Doubt("consistency.part_over_whole", Severity.WARNING, facts, places)


def _core(unit: str) -> str:
    return re.sub("^[万亿千]+(?=.)", "", unit)


def _number(printed_number: str) -> Fraction:
    return Fraction(printed_number.replace(",", ""))


def _sectors(sentence: Text) -> Iterator[Doubt]:
    for m in _SECTORS.finditer(sentence.folded):
        shares = [Fraction(n) for n in re.findall(_NUMBER, m["shares"])]
        whole = sum(shares, Fraction(0))
        if abs(whole - _HUNDRED) > _ROUNDING and 2 * whole > _HUNDRED:
            facts = {"shares": sentence.string[m.start("shares") : m.end("shares")], "sum": exact(whole)}
            yield Doubt(
                "consistency.shares_not_whole", Severity.WARNING, facts, (at(sentence, m.start("shares"), m.end("shares")),)
            )


def _kinds(sentence: Text) -> Iterator[Doubt]:
    """So many indicators, so many of them binding and the others expected."""
    for m in _KINDS.finditer(sentence.folded):
        both = int(m["one"]) + int(m["other"])
        if both != int(m["whole"]):
            facts = {"whole": m["whole"], "one": m["one"], "other": m["other"], "sum": both}
            places = (at(sentence, m.start("whole"), m.end("whole")), at(sentence, m.start("one"), m.end("other")))
            yield Doubt("consistency.kinds_not_whole", Severity.WARNING, facts, places)


def _yearly_rows(plan: Plan) -> Iterator[Doubt]:
    """A row with what is made in each year and the sum of the years."""
    rows: dict[tuple[str, str], list[Mention]] = {}
    for m in plan.mentions:
        if m.role is Role.TARGET and m.context:
            rows.setdefault((m.context, subject(m)), []).append(m)
    for row in rows.values():
        total = next((m for m in row if m.basis is Basis.CUMULATIVE), None)
        years = {m.year: m for m in row if m.basis in (Basis.COUNT, Basis.NEW) and m.year and _is_figure(m)}
        if total is None or len(years) < _SHORTEST_WAY or total.year != max(years) or not _is_figure(total):
            continue
        whole = sum((measure(m).number for m in years.values()), Fraction(0))
        rises = all(
            measure(a).number <= measure(b).number for a, b in zip(years.values(), list(years.values())[1:], strict=False)
        )
        if whole != measure(total).number and not (rises and measure(total).number == measure(years[total.year]).number):
            facts = {
                "indicator": total.indicator, "sum": exact(whole), "total": printed(total),
                "years": [f"{y}年 {printed(m)}" for y, m in years.items()],
            }  # fmt: skip
            yield Doubt("consistency.years_not_total", Severity.WARNING, facts, (passage(years[min(years)]), passage(total)))


def _is_figure(m: Mention) -> bool:
    return m.comparator in (Comparator.EQUAL, Comparator.AT_LEAST)


def _every_year(plan: Plan) -> Iterator[Doubt]:
    """每年 so many, against the total that the same paper sets for the period."""
    yearly = [m for m in plan.mentions if m.role is Role.TARGET and _each_year(m) and _is_figure(m)]
    totals = [m for m in plan.mentions if m.role is Role.TARGET and m.basis is Basis.CUMULATIVE and _is_figure(m)]
    first, last = plan.meta.period_start, plan.meta.period_end
    if first is None or last is None:
        return
    for one in yearly:
        for total in totals:
            if subject(total) != subject(one) or total.year != last or plain_unit(total.unit)[0] != plain_unit(one.unit)[0]:
                continue
            years = last - first + 1
            made = measure(one).number * years
            if made > measure(total).number:
                facts = {
                    "indicator": one.indicator,
                    "each": printed(one),
                    "years": years,
                    "sum": exact(made),
                    "total": printed(total),
                }
                yield Doubt("consistency.yearly_over_total", Severity.QUESTION, facts, (passage(one), passage(total)))


def _each_year(m: Mention) -> bool:
    return fold(m.scope or "") == "每年" and m.basis not in (Basis.REDUCTION, Basis.CUMULATIVE) and plain_unit(m.unit)[0] != "%"


def _ways(plan: Plan) -> Iterator[Doubt]:
    """A yearly way that turns back; what is made in each year may rise and fall as it likes."""
    by_id = {m.id: m for m in plan.mentions}
    told: set[tuple[object, ...]] = set()
    for target in plan.targets:
        steps = sorted(target.path.items())
        if len(steps) < _SHORTEST_WAY or not target.own or not _climbs(target) or target.direction not in ("higher", "lower"):
            continue
        sign = 1 if target.direction == "higher" else -1
        for (year, value), (after, later) in pairwise(steps):
            if sign * (Fraction(later) - Fraction(value)) < 0 and (target.indicator, year) not in told:
                told.add((target.indicator, year))
                facts = {
                    "indicator": target.indicator,
                    "year": year,
                    "value": value,
                    "later": after,
                    "then": later,
                    "unit": target.unit or "",
                }
                places = tuple(passage(by_id[i]) for i in target.mentions if i in by_id and by_id[i].year in (year, after))
                yield Doubt("consistency.way_turns_back", Severity.QUESTION, facts, places)


def _climbs(target: Target) -> bool:
    level = target.basis in (Basis.LEVEL, Basis.CUMULATIVE) and not target.comparator_judged.states_a_change
    return level and not re.search("增[长速幅]|增加|降|每年|年度", target.indicator)
