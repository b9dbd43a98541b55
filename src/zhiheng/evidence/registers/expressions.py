"""What may be said about the fields of a record, and does it make sense?

A small part of SQL: names of fields, numbers, quoted words and days, comparison, `and`, `or`, `not`, `is null`, `in`,
`between`, `like` with `%` alone, and sums and products of numbers. `at_least(level, 'municipal')` asks for a code or one above
it in a ranked list (D28: 县 < 市 < 省 < 国家). Everything else is refused with its position, and so is a word that a field's list
of codes does not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from zhiheng.base.errors import RuleError
from zhiheng.evidence.registers.codes import CodeList

# Kinds of values an expression can have; a day may be compared with a moment.
Kind = str
NUMBER, TEXT, DAY, TRUTH = "number", "text", "day", "truth"
_COMPARE = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
AT_LEAST = "at_least"
# Signs that mean something else in some dialect.
_NOT_IN_PATTERNS = ("_", "\\")
# Every engine keeps such numbers exactly, and no day leaves the calendar; days are written in one way alone.
_PLAIN_NUMBER = re.compile(r"(?=\.?[0-9])[0-9]{0,18}(\.[0-9]{0,18})?\Z")
_DAYS_APART = re.compile(r"[0-9]{1,5}\Z")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
# Characters and levels: engines give up on what is longer or nested deeper.
_LONGEST, _DEEPEST = 20_000, 100
_NO_CODES: Mapping[str, CodeList] = {}


@dataclass(frozen=True, slots=True)
class Expression:
    """A checked expression: as written, as SQL over quoted column names, the fields it speaks of, and its parts."""

    written: str
    sql: str
    fields: tuple[str, ...]
    tree: exp.Expr = field(compare=False, repr=False)


def expression(
    text: str, kinds: Mapping[str, Kind], file: str, line: int, codes: Mapping[str, CodeList] = _NO_CODES, wanted: Kind = TRUTH
) -> Expression:
    """The expression that `text` holds over fields of the given kinds; `RuleError` names file, line and position.

    `codes` are the lists of the fields that have one; `wanted` is the kind of value the whole must have.
    """
    too_deep = RuleError("evidence.expression_too_deep", file=file, line=line, longest=_LONGEST, deepest=_DEEPEST)
    if len(text) > _LONGEST:
        raise too_deep
    try:
        tree = sqlglot.parse_one(text, dialect="duckdb")
    except RecursionError as fault:
        raise too_deep from fault
    except (ParseError, TokenError) as fault:
        detail = _COLOURS.sub("", str(fault)).splitlines()[0]
        raise RuleError("evidence.expression_syntax", file=file, line=line, text=text, detail=detail) from fault
    if _depth(tree) > _DEEPEST:
        raise too_deep
    reader = _Reader(text, kinds, codes, file, line)
    reader.plain(tree)
    found = reader.kind(tree)
    if found != wanted:
        if wanted == TRUTH:
            raise reader.fault("evidence.expression_not_a_truth", tree)
        raise reader.fault("evidence.expression_wrong_kind", tree, part=text, found=found, expected=wanted)
    tree = tree.transform(reader.spelled_out)
    names = tuple(dict.fromkeys(column.name for column in tree.find_all(exp.Column)))
    return Expression(text, tree.sql(dialect="duckdb", identify=True), names, tree)


@dataclass(frozen=True, slots=True)
class _Reader:
    text: str
    kinds: Mapping[str, Kind]
    codes: Mapping[str, CodeList]
    file: str
    line: int

    def kind(self, node: exp.Expr) -> Kind:
        """The kind of value a node has, all below it checked."""
        match node:
            case exp.Paren():
                return self.kind(node.this)
            case exp.Neg():
                self.same(node.this, NUMBER)
                return NUMBER
            case exp.Column() if node.table == "" and node.name in self.kinds:
                return self.kinds[node.name]
            case exp.Column():
                raise self.fault("evidence.expression_unknown_field", node, name=node.sql(), known=sorted(self.kinds))
            case exp.Literal() if node.is_string or _PLAIN_NUMBER.match(node.name):
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
                    self.listed(node.this, part)
                return TRUTH
            case exp.Like():
                self.same(node.this, TEXT)
                self.pattern(node.expression)
                return TRUTH
            case exp.Anonymous() if node.name.lower() == AT_LEAST:
                self.rank(node)
                return TRUTH
            case exp.Between() if not node.args.get("symmetric"):
                wanted = self.kind(node.this)
                self.same(node.args["low"], wanted)
                self.same(node.args["high"], wanted)
                return TRUTH
            case exp.Add() | exp.Sub() | exp.Mul():
                return self.sum(node)
            case _ if isinstance(node, _COMPARE):
                self.same(node.expression, self.kind(node.this))
                self.listed(node.this, node.expression)
                self.listed(node.expression, node.this)
                return TRUTH
            case _:
                raise self.fault("evidence.expression_not_allowed", node, part=node.sql(dialect="duckdb"))

    def plain(self, tree: exp.Expr) -> None:
        """Comments would hide a part of what is written."""
        for node in tree.walk():
            if node.comments:
                raise self.fault("evidence.expression_not_allowed", node, part=f"/*{node.comments[0]}*/")

    def listed(self, field: exp.Expr, word: exp.Expr) -> None:
        """A word beside a field with a list of codes must be one of them."""
        codes = self.codes.get(field.name) if isinstance(field, exp.Column) else None
        if codes is not None and isinstance(word, exp.Literal) and word.name not in codes.known:
            raise self.fault("evidence.expression_unknown_code", field, word=word.name, field=field.name, codes=codes.id)

    def pattern(self, node: exp.Expr) -> None:
        """What stands behind `like` is one quoted text in which only % stands for others."""
        if not (isinstance(node, exp.Literal) and node.is_string) or any(sign in node.name for sign in _NOT_IN_PATTERNS):
            raise self.fault("evidence.expression_pattern", node, part=node.sql(dialect="duckdb"))

    def rank(self, node: exp.Anonymous) -> None:
        """`at_least` takes a field with a ranked list and one of its codes."""
        match node.expressions:
            case [exp.Column() as field, exp.Literal() as word]:
                self.kind(field)
                codes = self.codes.get(field.name)
                if codes is None or not codes.ranked:
                    raise self.fault("evidence.expression_not_ranked", field, field=field.name)
                self.listed(field, word)
            case _:
                raise self.fault("evidence.expression_not_allowed", node, part=node.sql(dialect="duckdb"))

    def spelled_out(self, node: exp.Expr) -> exp.Expr:
        """`at_least` becomes the list of codes that it means, which every engine knows."""
        if not isinstance(node, exp.Anonymous):
            return node
        field, word = node.expressions
        return exp.In(this=field, expressions=[exp.Literal.string(code) for code in self.codes[field.name].at_least(word.name)])

    def sum(self, node: exp.Expr) -> Kind:
        """Numbers are added and multiplied; of days only those a written number of days later or earlier are made."""
        left = self.kind(node.this)
        if left == DAY and not isinstance(node, exp.Mul):
            days = node.expression
            if not (isinstance(days, exp.Literal) and not days.is_string and _DAYS_APART.match(days.name)):
                raise self.fault("evidence.expression_days", days, part=days.sql(dialect="duckdb"))
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


def _depth(tree: exp.Expr) -> int:
    """How many levels of parts the tree has."""
    level, depth = [tree], 0
    while level:
        level, depth = [part for node in level for part in node.iter_expressions()], depth + 1
    return depth


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.match(text) and date.fromisoformat(text))
    except ValueError:
        return False
