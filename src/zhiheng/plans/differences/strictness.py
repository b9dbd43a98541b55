"""Is one target stricter than another, looser, or can neither be said? Exact numbers in one unit."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from fractions import Fraction

from zhiheng.base.units import converted
from zhiheng.plans.differences.change import Aspect, Detail, Nature
from zhiheng.plans.model import Comparator, Modality, Target, TargetKind
from zhiheng.plans.quantities.values import unit_kind

_UP = frozenset({Comparator.AT_LEAST, Comparator.ABOVE, Comparator.INCREASE_BY, Comparator.DECREASE_BY})
_DOWN = frozenset({Comparator.AT_MOST, Comparator.BELOW})
_STRICT = frozenset({Comparator.ABOVE, Comparator.BELOW})
_BINDING = "约束"
_COUNTED = frozenset({"count", "bare"})


class Pull(IntEnum):
    """Which way a target pulls its value; `NONE` when the paper and the catalogue do not say."""

    DOWN = -1
    NONE = 0
    UP = 1


def pull(target: Target) -> Pull:
    """Which way is better; a fall by more is better for a target that is a fall."""
    how = target.comparator_judged
    if how in _UP:
        return Pull.UP
    if how in _DOWN:
        return Pull.DOWN
    return {"higher": Pull.UP, "lower": Pull.DOWN}.get(target.direction or "", Pull.NONE)


def number(target: Target) -> Fraction | None:
    """The number that the target sets; of a range its lower end."""
    said = target.value_low if target.value_low is not None else target.value_high
    return Fraction(said) if said is not None else None


def nature(step: Fraction | int, way: Pull) -> Nature:
    """What a value that moved by `step` makes of a target that pulls that way."""
    if way is Pull.NONE:
        return Nature.ALTERED
    return Nature.TIGHTENED if step * way > 0 else Nature.LOOSENED


def value_details(old: Target, new: Target) -> Iterator[Detail]:
    """How the demanded values differ, the yearly ones too."""
    if old.kind is not new.kind:
        yield Detail(Aspect.KIND, Nature.ALTERED, old.kind.value, new.kind.value)
        return
    if old.kind is TargetKind.ZERO_EVENTS:
        return
    way = pull(old) or pull(new)
    if pull(old) * pull(new) < 0 or old.comparator_judged.states_a_change is not new.comparator_judged.states_a_change:
        yield Detail(Aspect.COMPARATOR, Nature.ALTERED, _printed(old), _printed(new))
        return
    ends = _ends(old), _ends(new)
    measured = [_in_unit(end, new.unit, old.unit) for end in ends[1]]
    if any(end is None for end in measured):
        yield Detail(Aspect.MEASURE, Nature.ALTERED, _printed(old), _printed(new))
        return
    now = [end for end in measured if end is not None]
    if ends[0] != now:
        yield Detail(Aspect.VALUE, _of_ends(ends[0], now, way), _printed(old), _printed(new))
    elif (old.comparator_judged in _STRICT) is not (new.comparator_judged in _STRICT):
        stricter = Nature.TIGHTENED if new.comparator_judged in _STRICT else Nature.LOOSENED
        yield Detail(Aspect.COMPARATOR, stricter, _printed(old), _printed(new))
    yield from _yearly(old, new, way)


def _in_unit(amount: Fraction, unit: str | None, into: str | None) -> Fraction | None:
    """The amount in another unit; things are counted alike as 家, 项 or 个, and where a table leaves the word out."""
    found = converted(amount, unit, into)
    if found is None and _COUNTED.issuperset({unit_kind(unit), unit_kind(into)}):
        return amount
    return found


def _ends(target: Target) -> list[Fraction]:
    """The distinct numbers that bound the target, the lower first."""
    ends = [Fraction(end) for end in (target.value_low, target.value_high) if end is not None]
    return ends if target.comparator_judged is Comparator.RANGE else ends[:1]


def _of_ends(before: list[Fraction], after: list[Fraction], way: Pull) -> Nature:
    if way is Pull.NONE and len(before) == len(after) == 2:
        if after[0] >= before[0] and after[1] <= before[1]:
            return Nature.TIGHTENED
        if after[0] <= before[0] and after[1] >= before[1]:
            return Nature.LOOSENED
    if not before or not after:
        return Nature.ALTERED
    step = after[0] - before[0] or after[-1] - before[-1]
    if not step:
        return Nature.ALTERED
    if way is Pull.NONE and len(before) == len(after) == 1 and before[0] >= 0:
        return Nature.ALTERED
    return nature(step, way)


def _yearly(old: Target, new: Target, way: Pull) -> Iterator[Detail]:
    """Years between for which both papers set a value; the last year is the target itself."""
    for year in sorted((old.path.keys() | new.path.keys()) - {old.year, new.year}):
        before, after = old.path.get(year), new.path.get(year)
        if before is None or after is None:
            told = Nature.TIGHTENED if before is None else Nature.LOOSENED
            yield Detail(Aspect.YEARLY_VALUE, told, _in_year(year, before), _in_year(year, after))
        elif step := Fraction(after) - Fraction(before):
            yield Detail(Aspect.YEARLY_VALUE, nature(step, way), _in_year(year, before), _in_year(year, after))


def _in_year(year: int, value: str | None) -> str:
    return "" if value is None else f"{year}: {value}"


def modality_nature(old: Modality, new: Modality) -> Nature:
    """力争 is looser than 确定 and 保持; these two only say it differently."""
    weak = old is Modality.STRIVE, new is Modality.STRIVE
    if weak[0] == weak[1]:
        return Nature.REWORDED
    return Nature.TIGHTENED if weak[0] else Nature.LOOSENED


def attribute_nature(old: str | None, new: str | None) -> Nature:
    """约束性 is stricter than 预期性, and than nothing said."""
    bound = _BINDING in (old or ""), _BINDING in (new or "")
    if bound[0] == bound[1]:
        return Nature.ALTERED
    return Nature.TIGHTENED if bound[1] else Nature.LOOSENED


def deadline_nature(old: int | None, new: int | None) -> Nature:
    """An earlier year is stricter; a year where none was said too."""
    if old is None or new is None:
        return Nature.TIGHTENED if old is None else Nature.LOOSENED
    return Nature.TIGHTENED if new < old else Nature.LOOSENED


def _printed(target: Target) -> str:
    said = target.text or "—".join(dict.fromkeys(filter(None, (target.value_low, target.value_high))))
    unit = target.unit or ""
    return said if unit in said else f"{said}{unit}"
