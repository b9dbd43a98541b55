"""Of how many groups do the means hold?

The mean of each field over the records of a group that have it is exact; a condition over means is asked in three-valued logic, so
a group that lacks a deciding mean is told, not judged.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sqlglot import exp

from zhiheng.base.errors import InternalError
from zhiheng.base.period import Period
from zhiheng.evidence.engines.model import Row
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.group_measures import GROUP_MEASURES, MeansOfGroup
from zhiheng.rules.dated import read_between

_COMPARE: Mapping[type[exp.Expr], Callable[[Any, Any], bool]] = {
    exp.EQ: operator.eq,
    exp.NEQ: operator.ne,
    exp.GT: operator.gt,
    exp.GTE: operator.ge,
    exp.LT: operator.lt,
    exp.LTE: operator.le,
}
_MAKE: Mapping[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.Add: operator.add,
    exp.Sub: operator.sub,
    exp.Mul: operator.mul,
}


@dataclass(frozen=True, slots=True)
class GroupsHolding:
    """Groups that hold, that do not, and of which it cannot be told."""

    holding: int = 0
    failing: int = 0
    unclear: int = 0


def groups_holding(definition: IndicatorDefinition, rows: Iterable[Row], head: str, period: Period) -> GroupsHolding:
    """What becomes of the groups that have records that count; `head` is how the definition's columns begin."""
    numerator = definition.measure.numerator
    if numerator is None:
        raise InternalError("indicators.unknown_part", part=definition.id)
    used = [row for row in rows if row[f"{head}used"]]
    values = [means(definition, row, head) for row in used]
    if definition.measure.by is not None and used:
        values = results(definition, used, values, period)
    answers = [holds(numerator.tree, one) for one in values]
    return GroupsHolding(answers.count(True), answers.count(False), answers.count(None))


def results(
    definition: IndicatorDefinition, rows: Sequence[Row], values: Sequence[Mapping[str, Any]], period: Period
) -> list[Mapping[str, Any]]:
    """What the function of the norms answers of each group, by the readings of its rules in the period."""
    readings = {rule.id: read_between(rule, period.start, period.end) for rule in definition.rules}
    if not all(readings.values()):
        # Before a rule's first day no group can be judged, which is no reason to withhold the values of other periods.
        return [{"result": None} for _ in rows]
    groups = [MeansOfGroup(row.get(definition.event), one) for row, one in zip(rows, values, strict=True)]
    found = GROUP_MEASURES[definition.measure.by or ""].function(groups, readings)
    return [{"result": Fraction(one) if isinstance(one, int) and not isinstance(one, bool) else one} for one in found]


def means(definition: IndicatorDefinition, row: Row, head: str) -> Mapping[str, Fraction | None]:
    """The exact mean of each field in one group, None where no record has it."""
    found: dict[str, Fraction | None] = {}
    for name in definition.measure.means:
        count = row[f"{head}count_{name}"]
        found[name] = Fraction(Decimal(row[f"{head}sum_{name}"])) / count if count else None
    return found


def holds(node: exp.Expr, values: Mapping[str, Any]) -> Any:
    """What a condition over numbers says: true, false, or None where it cannot be told."""
    match node:
        case exp.Paren():
            return holds(node.this, values)
        case exp.Column():
            return values[node.name]
        case exp.Literal():
            return Fraction(Decimal(node.name))
        case exp.Boolean():
            return bool(node.this)
        case exp.Neg():
            found = holds(node.this, values)
            return None if found is None else -found
        case exp.Not():
            found = holds(node.this, values)
            return None if found is None else not found
        case exp.And() | exp.Or():
            return _both(holds(node.this, values), holds(node.expression, values), decides=isinstance(node, exp.Or))
        case exp.Is():
            return (holds(node.this, values) is None) is isinstance(node.expression, exp.Null)
        case exp.Between():
            low = _compared(operator.ge, node.this, node.args["low"], values)
            return _both(low, _compared(operator.le, node.this, node.args["high"], values), decides=False)
        case exp.In():
            found = holds(node.this, values)
            return None if found is None else found in [holds(part, values) for part in node.expressions]
        case _ if type(node) in _COMPARE:
            return _compared(_COMPARE[type(node)], node.this, node.expression, values)
        case _ if type(node) in _MAKE:
            return _compared(_MAKE[type(node)], node.this, node.expression, values)
        case _:
            raise InternalError("indicators.unknown_part", part=node.sql())


def _both(one: bool | None, other: bool | None, *, decides: bool) -> bool | None:
    """`and` is decided by one false, `or` by one true, whatever the other is."""
    if decides in (one, other):
        return decides
    return None if None in (one, other) else not decides


def _compared(by: Callable[[Any, Any], Any], one: exp.Expr, other: exp.Expr, values: Mapping[str, Any]) -> Any:
    left, right = holds(one, values), holds(other, values)
    return None if left is None or right is None else by(left, right)
