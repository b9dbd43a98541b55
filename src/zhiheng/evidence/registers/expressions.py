"""What may be said about the fields of a record, and does it make sense?

A small part of SQL: names of fields, numbers, quoted words and days, comparison, `and`, `or`, `not`, `is null`, `in`,
`between`, and sums and products of numbers. Everything else is refused with its position.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from zhiheng.base.errors import RuleError

# Kinds of values an expression can have; a day may be compared with a moment.
Kind = str
NUMBER, TEXT, DAY, TRUTH = "number", "text", "day", "truth"
_COMPARE = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: as written, as SQL over quoted column names, and the fields it speaks of."""

    written: str
    sql: str
    fields: tuple[str, ...]


def expression(text: str, kinds: Mapping[str, Kind], file: str, line: int) -> Expression:
    """The expression that `text` holds over fields of the given kinds; `RuleError` names file, line and position."""
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except (ParseError, TokenError) as fault:
        detail = _COLOURS.sub("", str(fault)).splitlines()[0]
        raise RuleError("evidence.expression_syntax", file=file, line=line, text=text, detail=detail) from fault
    reader = _Reader(text, kinds, file, line)
    if reader.kind(tree) != TRUTH:
        raise reader.fault("evidence.expression_not_a_truth", tree)
    names = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))
    return Expression(text, tree.sql(dialect="duckdb", identify=True), names)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    kinds: Mapping[str, Kind]
    file: str
    line: int

    def kind(self, node: exp.Expr) -> Kind:
        """The kind of value a node has, all below it checked."""
        match node:
            case exp.Paren() | exp.Neg():
                return self.kind(node.this)
            case exp.Column() if node.table == "" and node.name in self.kinds:
                return self.kinds[node.name]
            case exp.Column():
                raise self.fault("evidence.expression_unknown_field", node, name=node.sql(), known=sorted(self.kinds))
            case exp.Literal():
                return TEXT if node.is_string else NUMBER
            case exp.Boolean():
                return TRUTH
            case exp.Not() | exp.And() | exp.Or():
                for part in (node.this, node.args.get("expression")):
                    if part is not None:
                        self.same(part, TRUTH)
                return TRUTH
            case exp.Is() if isinstance(node.expression, exp.Null) or (
                isinstance(node.expression, exp.Not) and isinstance(node.expression.this, exp.Null)
            ):
                self.kind(node.this)
                return TRUTH
            case exp.In() if node.expressions:
                wanted = self.kind(node.this)
                for part in node.expressions:
                    self.same(part, wanted)
                return TRUTH
            case exp.Between():
                wanted = self.kind(node.this)
                self.same(node.args["low"], wanted)
                self.same(node.args["high"], wanted)
                return TRUTH
            case exp.Add() | exp.Sub() | exp.Mul():
                return self.sum(node)
            case _ if isinstance(node, _COMPARE):
                self.same(node.expression, self.kind(node.this))
                return TRUTH
            case _:
                raise self.fault("evidence.expression_not_allowed", node, part=node.sql(dialect="duckdb"))

    def sum(self, node: exp.Expr) -> Kind:
        """Numbers are added and multiplied; of days only another number of days later or earlier is made."""
        left = self.kind(node.this)
        if left == DAY and not isinstance(node, exp.Mul):
            self.same(node.expression, NUMBER)
            return DAY
        self.same(node.this, NUMBER)
        self.same(node.expression, NUMBER)
        return NUMBER

    def same(self, node: exp.Expr, wanted: Kind) -> None:
        """The node must be of the kind; a quoted day counts as a day."""
        found = self.kind(node)
        if found != wanted and not (wanted == DAY and isinstance(node, exp.Literal) and _is_day(node.name)):
            raise self.fault(
                "evidence.expression_wrong_kind", node, part=node.sql(dialect="duckdb"), found=found, expected=wanted
            )

    def fault(self, code: str, node: exp.Expr, **facts: object) -> RuleError:
        start = next((n.meta["start"] for n in node.walk() if "start" in n.meta), 0)
        return RuleError(code, file=self.file, line=self.line, text=self.text, position=int(start) + 1, **facts)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
