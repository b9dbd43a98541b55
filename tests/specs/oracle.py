"""What is the value, by plain loops over plain records? Knows the definition's words, and no engine.

Truth has three values: a comparison with a missing value is None, and None is neither true nor false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import sqlglot
from sqlglot import exp

from zhiheng.base.period import Period
from zhiheng.indicators.definition import IndicatorDefinition

RANKS = ["national", "provincial", "municipal", "county"]
Record = Mapping[str, Any]


@dataclass
class Answer:
    """What the oracle says of one place and period."""

    numerator: Fraction | None = None
    denominator: Fraction | None = None
    absence: str | None = None
    seen: int = 0
    records: int = 0
    used: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    unclear: int = 0
    undated: int = 0
    groups_unclear: int = 0
    keys: tuple[str, ...] = ()
    spread: tuple[Fraction, int] | str | None = None

    @property
    def amount(self) -> Fraction | None:
        """Numerator over denominator, not yet in the unit."""
        if self.absence is not None or self.numerator is None:
            return None
        return self.numerator if self.denominator is None else self.numerator / self.denominator


def answer(
    one: IndicatorDefinition, records: Iterable[Record], place: str, period: Period, *, declared: bool | None = None
) -> Answer:
    """The value of a definition for a place (what its code without trailing pairs of zeros begins) and a period."""
    found = Answer()
    prefix = re.sub(r"(00)+$", "", place) if place else ""
    used: list[Record] = []
    for record in records:
        if not record["place"].startswith(prefix):
            continue
        if _belongs(one, record, period):
            found.seen += 1
            reason = _fate(one, record, found)
            if reason == "":
                used.append(record)
            elif reason is not None:
                found.left_out[reason] = found.left_out.get(reason, 0) + 1
        elif _undated(one, record) and _fate(one, record, Answer()) == "":
            found.undated += 1
    found.used = len(used)
    found.keys = tuple(sorted(record["key"] for record in used))
    _measure(one, used, found)
    found.absence = _absence(one, used, found, declared)
    if found.absence == "mixed":
        found.numerator = found.denominator = None
    if one.design is not None and found.amount is not None:
        found.spread = _spread(one, used, found)
    return found


def _spread(one: IndicatorDefinition, used: Sequence[Record], found: Answer) -> tuple[Fraction, int] | str:
    """Variance and degrees of freedom of a sample design from each unit's deviation, or why there are none."""
    design, measure, whole, value = one.design, one.measure, found.denominator, found.amount
    assert design is not None
    assert whole is not None
    assert value is not None
    if design.when is not None and any(truth(design.when.written, record) is not True for record in used):
        return "not_random"
    if found.left_out.get("no_weight"):
        return "no_weight"
    if any(record.get(name) is None for record in used for name in design.strata):
        return "no_stratum"
    if any(record.get(name) is None for record in used for name in design.unit):
        return "no_unit"
    strata: dict[tuple[Any, ...], dict[Any, Fraction]] = {}
    held: dict[tuple[Any, ...], set[int]] = {}
    for record in used:
        weight = Fraction(record[measure.weight]) if measure.weight else Fraction(1)
        amount = (
            Fraction(record[measure.of])
            if measure.of
            else Fraction(measure.numerator is not None and bool(truth(measure.numerator.written, record)))
        )
        stratum = tuple(record[name] for name in design.strata)
        unit = tuple(record[name] for name in design.unit) or record["key"]
        units = strata.setdefault(stratum, {})
        units[unit] = units.get(unit, Fraction(0)) + weight * (amount - value) / whole
        if design.population is not None:
            held.setdefault(stratum, set()).update({record.get(design.population)} - {None})
    if design.population is not None and any(not held[name] for name in strata):
        return "held_unknown"
    if any(len(numbers) > 1 for numbers in held.values()):
        return "held_differs"
    sizes = {name: (len(units), next(iter(held.get(name, ())), None)) for name, units in strata.items()}
    if any(size is not None and size < drawn for drawn, size in sizes.values()):
        return "too_few_held"
    if any(drawn == 1 and size != 1 for drawn, size in sizes.values()):
        return "lone_unit"
    variance = Fraction(0)
    for name, units in strata.items():
        drawn, size = sizes[name]
        if size != drawn:
            mean = sum(units.values(), Fraction(0)) / drawn
            rest = 1 if size is None else 1 - Fraction(drawn, size)
            variance += rest * Fraction(drawn, drawn - 1) * sum(((e - mean) ** 2 for e in units.values()), Fraction(0))
    degrees = sum(drawn for drawn, _ in sizes.values()) - len(sizes)
    return (variance, degrees) if variance and degrees else "no_spread"


def _absence(one: IndicatorDefinition, used: Sequence[Record], found: Answer, declared: bool | None) -> str | None:
    if one.apart and len({tuple(record.get(name) for name in one.apart) for record in used}) > 1:
        return "mixed"
    if one.measure.kind == "count" and not used:
        if declared is not None:
            return None if declared else "not_declared_complete"
        return None if found.seen else "no_records"
    if not found.seen:
        return "no_records"
    return "nothing_counts" if not used or found.denominator == 0 else None


def _belongs(one: IndicatorDefinition, record: Record, period: Period) -> bool:
    if one.in_force is not None:
        start = record.get(one.in_force.start)
        through = [record.get(name) for name in one.in_force.through]
        until = [record.get(name) for name in one.in_force.until]
        return (
            start is not None
            and _day(start) <= period.end
            and all(day is None or _day(day) >= period.end for day in through)
            and all(day is None or _day(day) > period.end for day in until)
        )
    event = record.get(one.event)
    if event is None:
        return False
    return _day(event) <= period.end and (one.window == "to_end" or _day(event) >= period.start)


def _undated(one: IndicatorDefinition, record: Record) -> bool:
    return record.get(one.in_force.start if one.in_force else one.event) is None


def _fate(one: IndicatorDefinition, record: Record, found: Answer) -> str | None:
    """None: not meant; empty: counts; else why not."""
    meant = True if one.population is None else truth(one.population.written, record)
    if meant is None:
        found.unclear += 1
    if not meant:
        return None
    found.records += 1
    for exclusion in one.exclusions:
        if truth(exclusion.when.written, record):
            return exclusion.id
    measure = one.measure
    if any(record.get(name) is None for name in (*one.subject, *measure.per)):
        return "no_subject"
    if measure.of and record.get(measure.of) is None:
        return "no_value"
    if measure.weight and record.get(measure.weight) is None:
        return "no_weight"
    if measure.numerator is not None and measure.kind != "index" and truth(measure.numerator.written, record) is None:
        return "unknown"
    return ""


def _measure(one: IndicatorDefinition, used: Sequence[Record], found: Answer) -> None:
    measure = one.measure

    def holds(record: Record) -> bool:
        assert measure.numerator is not None
        return bool(truth(measure.numerator.written, record))

    def total(*names: str | None) -> Fraction:
        result = Fraction(0)
        for record in used:
            part = Fraction(1)
            for name in names:
                part *= Fraction(record[name or ""])
            result += part
        return result

    match measure.kind:
        case "count":
            found.numerator = Fraction(len({_subject(one, record) for record in used}))
        case "sum":
            found.numerator = total(measure.of)
        case "mean":
            found.numerator, found.denominator = total(measure.of), Fraction(len(used))
        case "weighted_mean":
            found.numerator, found.denominator = total(measure.of, measure.weight), total(measure.weight)
        case "weighted_ratio":
            kept = sum((Fraction(r[measure.weight or ""]) for r in used if holds(r)), Fraction(0))
            found.numerator, found.denominator = kept, total(measure.weight)
        case "index":
            _groups(one, used, found)
        case _:
            by_subject: dict[Any, list[Record]] = {}
            for record in used:
                by_subject.setdefault(_subject(one, record), []).append(record)
            found.numerator = Fraction(sum(_holding(one, several, holds) for several in by_subject.values()))
            found.denominator = Fraction(len(by_subject))


def _subject(one: IndicatorDefinition, record: Record) -> Any:
    if one.measure.kind == "share_of_days":
        return record["place"], _day(record[one.event])
    return tuple(record[name] for name in one.subject) or record["key"]


def _holding(one: IndicatorDefinition, several: Sequence[Record], holds: Callable[[Record], bool]) -> bool:
    if one.holds_of in ("first", "latest"):
        ordered = sorted(several, key=lambda record: (record[one.order or ""], record["key"]))
        return holds(ordered[0] if one.holds_of == "first" else ordered[-1])
    return (all if one.holds_of == "all" else any)(holds(record) for record in several)


def _groups(one: IndicatorDefinition, used: Sequence[Record], found: Answer) -> None:
    groups: dict[Any, list[Record]] = {}
    for record in used:
        groups.setdefault(tuple(record[name] for name in one.measure.per), []).append(record)
    assert one.measure.numerator is not None
    verdicts = []
    for several in groups.values():
        means: dict[str, Any] = {}
        for name in one.measure.means:
            known = [Fraction(r[name]) for r in several if r.get(name) is not None]
            means[name] = sum(known, Fraction(0)) / len(known) if known else None
        verdicts.append(truth(one.measure.numerator.written, means))
    found.groups_unclear = verdicts.count(None)
    found.numerator = Fraction(verdicts.count(True))
    found.denominator = Fraction(verdicts.count(True) + verdicts.count(False))


def truth(written: str, record: Record) -> bool | None:
    """What the written condition says of a record."""
    value = _value(sqlglot.parse_one(written, dialect="duckdb"), record)
    assert value is None or isinstance(value, bool)
    return value


def _value(node: exp.Expr, record: Record) -> Any:
    if isinstance(node, exp.Paren):
        return _value(node.this, record)
    if isinstance(node, exp.Column):
        return record.get(node.name)
    if isinstance(node, exp.Literal):
        return node.name if node.is_string else Fraction(node.name)
    if isinstance(node, exp.Boolean):
        return bool(node.this)
    if isinstance(node, exp.Neg):
        inner = _value(node.this, record)
        return None if inner is None else -inner
    if isinstance(node, exp.Not):
        inner = _value(node.this, record)
        return None if inner is None else not inner
    if isinstance(node, exp.And | exp.Or):
        both = [_value(node.this, record), _value(node.expression, record)]
        decided = isinstance(node, exp.Or)
        return decided if decided in both else None if None in both else not decided
    if isinstance(node, exp.Is):
        return _value(node.this, record) is None
    if isinstance(node, exp.Anonymous):
        value = _value(node.expressions[0], record)
        return None if value is None else RANKS.index(value) <= RANKS.index(node.expressions[1].name)
    if isinstance(node, exp.Like):
        value = _value(node.this, record)
        pattern = ".*".join(re.escape(part) for part in node.expression.name.split("%"))
        return None if value is None else re.fullmatch(pattern, value, re.DOTALL) is not None
    if isinstance(node, exp.In):
        value = _value(node.this, record)
        return None if value is None else any(_alike(value, _value(part, record)) for part in node.expressions)
    if isinstance(node, exp.Between):
        low, high = exp.GTE(this=node.this, expression=node.args["low"]), exp.LTE(this=node.this, expression=node.args["high"])
        return _value(exp.And(this=low, expression=high), record)
    left, right = _value(node.this, record), _value(node.expression, record)
    if left is None or right is None:
        return None
    return _combined(node, left, right)


def _alike(left: Any, right: Any) -> bool:
    left, right = _same_kind(left, right)
    return bool(left == right)


def _same_kind(left: Any, right: Any) -> tuple[Any, Any]:
    """A quoted day is a day, a day beside a moment its first moment, a number exact."""
    if isinstance(left, date) or isinstance(right, date):
        pair = [date.fromisoformat(side) if isinstance(side, str) else side for side in (left, right)]
        if any(isinstance(side, datetime) for side in pair):
            pair = [side if isinstance(side, datetime) else datetime.combine(side, time()) for side in pair]
        return pair[0], pair[1]
    if not isinstance(left, str | bool):
        return Fraction(left), Fraction(right)
    return left, right


def _combined(node: exp.Expr, left: Any, right: Any) -> Any:
    if isinstance(node, exp.Add | exp.Sub):
        sign = 1 if isinstance(node, exp.Add) else -1
        return left + sign * timedelta(days=int(right)) if isinstance(left, date) else Fraction(left) + sign * Fraction(right)
    if isinstance(node, exp.Mul):
        return Fraction(left) * Fraction(right)
    left, right = _same_kind(left, right)
    answers: Mapping[type[exp.Expr], Callable[[], bool]] = {
        exp.EQ: lambda: left == right,
        exp.NEQ: lambda: left != right,
        exp.LT: lambda: left < right,
        exp.LTE: lambda: left <= right,
        exp.GT: lambda: left > right,
        exp.GTE: lambda: left >= right,
    }
    return answers[type(node)]()


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
