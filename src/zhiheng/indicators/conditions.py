"""How does a checked expression look to an engine?

Missing values stay missing through every comparison (SQL's three-valued logic), so what cannot be told can be counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir
from sqlglot import exp

from zhiheng.base.errors import InternalError
from zhiheng.evidence.registers.expressions import Expression

_BINARY: Mapping[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.GT: lambda a, b: a > b,
    exp.GTE: lambda a, b: a >= b,
    exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b,
    exp.And: lambda a, b: a & b,
    exp.Or: lambda a, b: a | b,
    exp.Mul: lambda a, b: a * b,
}


def condition(expression: Expression, table: ir.Table) -> ir.BooleanValue:
    """The expression over the columns of a table."""
    return _value(expression.tree, table)


def _value(node: exp.Expr, table: ir.Table) -> Any:
    match node:
        case exp.Paren():
            return _value(node.this, table)
        case exp.Neg():
            return -_value(node.this, table)
        case exp.Column():
            return table[node.name]
        case exp.Literal():
            return ibis.literal(node.name) if node.is_string else _number(node.name)
        case exp.Boolean():
            return ibis.literal(bool(node.this))
        case exp.Not():
            return _closed(~_value(node.this, table))
        case exp.Is():
            found = _value(node.this, table)
            return _closed(found.isnull() if isinstance(node.expression, exp.Null) else found.notnull())
        case exp.In():
            found = _value(node.this, table)
            return _closed(found.isin([_alike(found, _value(part, table))[1] for part in node.expressions]))
        case exp.Between():
            found = _value(node.this, table)
            low, high = (_value(node.args[key], table) for key in ("low", "high"))
            return _compared(exp.GTE, found, low) & _compared(exp.LTE, found, high)
        case exp.Like():
            return _closed(_value(node.this, table).like(node.expression.name))
        case exp.Add() | exp.Sub():
            return _sum(node, table)
        case _ if type(node) in _BINARY:
            return _compared(type(node), _value(node.this, table), _value(node.expression, table))
        case _:
            raise InternalError("indicators.unknown_part", part=node.sql())


def _closed(truth: Any) -> Any:
    """In brackets: Ibis writes `NOT x IS NULL` for what is `(NOT x) IS NULL`, but puts an `and` in brackets."""
    return truth & ibis.literal(value=True)


def _compared(kind: type[exp.Expr], one: Any, other: Any) -> Any:
    return _BINARY[kind](*_alike(one, other))


def _alike(one: Any, other: Any) -> tuple[Any, Any]:
    """A quoted day is a day beside a day; a day beside a moment is that day's first moment, as in SQL."""
    types = {type(value.type()) for value in (one, other)}
    wanted = dt.Timestamp() if dt.Timestamp in types else dt.Date() if dt.Date in types else None
    if wanted is None or len(types) == 1:
        return one, other
    first, second = (value if value.type() == wanted else value.cast(wanted) for value in (one, other))
    return first, second


def _sum(node: exp.Expr, table: ir.Table) -> Any:
    one, adds = _value(node.this, table), isinstance(node, exp.Add)
    if isinstance(one.type(), dt.Date | dt.Timestamp):
        span = ibis.interval(days=int(node.expression.name))
        moved = one + span if adds else one - span
        return moved.cast(one.type())
    other = _value(node.expression, table)
    return one + other if adds else one - other


def _number(text: str) -> Any:
    number = Decimal(text)
    decimals = -int(number.as_tuple().exponent)
    if decimals <= 0:
        return ibis.literal(int(number), type=dt.Int64())
    return ibis.literal(number, type=dt.Decimal(max(len(number.as_tuple().digits), decimals), decimals))
