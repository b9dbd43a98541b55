"""Which single query answers for many definitions of one register without asking each of every record?

Conditions of definitions share their parts: a level, a programme, an outcome. Records are first counted by place, period and the
answers to those parts, which makes few rows of many records; the definitions are then asked of those rows. Of subjects with several
records (samples with items) those whose records all answer alike are counted so too; the others are few and asked record by record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import ibis
import ibis.expr.types as ir
from sqlglot import exp

from zhiheng.evidence.lake.columns import DIGEST, VERSION
from zhiheng.evidence.registers.expressions import Expression
from zhiheng.evidence.registers.model import FieldKind
from zhiheng.indicators.answers import Answers
from zhiheng.indicators.asking import Asked
from zhiheng.indicators.conditions import condition
from zhiheng.indicators.definition import IndicatorDefinition, MeasureKind
from zhiheng.indicators.one_pass import PERIOD, PLACE, Pass, Words, dated_by, may_be_undated, naming, subject_of

ALIKE, SEVERAL = "_alike", "_several"
_NUMBER, _SUBJECTS, _SUBJECT = "_number", "_subjects", "_subject"
_FEW_VALUES = (FieldKind.CODE, FieldKind.BOOLEAN)


def can_share(definition: IndicatorDefinition) -> bool:
    """Whether a definition can be asked of rows that stand for many records."""
    field = definition.register.field
    of_groups = definition.measure.per or definition.decides_by_order or definition.due is not None
    named = all(field(name).required for name in definition.subject)
    told = not definition.distinct or all(field(name).kind in _FEW_VALUES for name in definition.apart)
    return not of_groups and named and told and definition.measure.kind is not MeasureKind.SHARE_OF_DAYS


def subject_fields(definition: IndicatorDefinition) -> tuple[str, ...]:
    """The fields by which records make subjects; none where each record is one."""
    return naming(definition) if definition.distinct else ()


class SharedPass(Pass):
    """Builds the query over rows that stand for many records; all definitions have the same subject."""

    def __init__(
        self, records: ir.Table, asked: Asked, definitions: Sequence[IndicatorDefinition], words: Words | None
    ) -> None:
        super().__init__(records, asked, definitions, words)
        self.parts: dict[str, Expression] = {}
        self.plain: dict[str, None] = {}
        self.sums: dict[str, tuple[str, ...]] = {}
        self.of_subjects = bool(subject_fields(definitions[0]))

    def laid_out(self) -> ir.Table:
        """Places, periods and answers, with how many records (and subjects) they stand for."""
        table = super().laid_out()
        keys = self.keys(table)
        if not self.of_subjects:
            table = table.mutate(**keys)
            return table.group_by([PLACE, PERIOD, *keys]).agg(**{_NUMBER: table.count(), **self.amounts(table)})
        subjects = self.subject_rows(table)
        sums = {name: subjects[name].sum() for name in self.amounts(table)}
        counted = {_NUMBER: subjects[_NUMBER].sum(), _SUBJECTS: subjects.count()}
        answers = Answers(self.definitions[0].register, keys)
        shared = subjects.group_by([PLACE, PERIOD, ALIKE, *answers.columns]).agg(**counted, **sums)
        return shared.mutate(**{ALIKE: shared[ALIKE] & answers.listed(shared), **answers.decoded(shared)})

    def subject_rows(self, table: ir.Table) -> ir.Table:
        """A row for each subject in a place and period with its answers, and whether all its records answer alike."""
        answers = Answers(self.definitions[0].register, self.keys(table))
        table = table.mutate(**{_SUBJECT: subject_of(self.definitions[0], table), **answers.coded()})
        ends = {f"{name}_least": table[name].min() for name in answers.columns}
        ends |= {f"{name}_most": table[name].max() for name in answers.columns}
        counted = {_NUMBER: table.count(), **self.amounts(table)}
        rows = table.group_by([PLACE, PERIOD, _SUBJECT]).agg(**ends, **counted)
        alike: Any = ibis.literal(value=True)
        for name in answers.columns:
            alike &= rows[f"{name}_least"] == rows[f"{name}_most"]
        return rows.mutate(**{ALIKE: alike, **{name: rows[f"{name}_least"] for name in answers.columns}})

    def several(self) -> ir.Table:
        """The records of subjects whose records do not all answer alike, with place and period."""
        table = super().laid_out()
        answers = Answers(self.definitions[0].register, self.keys(table))
        rows = self.subject_rows(table)
        table = table.mutate(**{_SUBJECT: subject_of(self.definitions[0], table)})
        return table.semi_join(rows.filter(~(rows[ALIKE] & answers.listed(rows))), [PLACE, PERIOD, _SUBJECT])

    def query(self) -> ir.Table:
        """The totals; `_several` says of how many subjects they do not tell."""
        table = self.judged()
        totals = self.each(self.totals, table)
        if self.of_subjects:
            totals[SEVERAL] = table[_SUBJECTS].sum(where=~table[ALIKE])
        return table.group_by([PLACE, PERIOD]).agg(**totals)

    # What rows are counted by.

    def keys(self, table: ir.Table) -> dict[str, Any]:
        """Name → value of everything that definitions ask of a record."""
        found: dict[str, Any] = {}
        for definition in self.definitions:
            for expression in _conditions(definition):
                self.few_parts(expression)
            for name in definition.apart:
                self.plain[name] = None
            if not self.simple:
                found[_window(definition)] = self.inside(table, definition)
            for name in _may_lack(definition, simple=self.simple):
                found[f"_lacks_{name}"] = table[name].isnull()
        found |= {name: table[name] for name in self.plain}
        return found | {name: condition(part, table) for name, part in self.parts.items()}

    def few_parts(self, expression: Expression) -> Expression:
        """The condition over columns of few values: its comparisons of other fields become columns of their own."""
        kinds = {f.id: f.kind for f in (*self.definitions[0].register.open_fields,)}
        kinds |= {d.field.id: d.field.kind for d in self.definitions[0].register.derived}

        def few(node: exp.Expr) -> bool:
            return all(kinds.get(column.name) in _FEW_VALUES for column in node.find_all(exp.Column))

        def walked(node: exp.Expr) -> exp.Expr:
            if few(node):
                self.plain.update(dict.fromkeys(column.name for column in node.find_all(exp.Column)))
                return node
            match node:
                case exp.And() | exp.Or():
                    return type(node)(this=walked(node.this), expression=walked(node.expression))
                case exp.Not() | exp.Paren():
                    return type(node)(this=walked(node.this))
                case _:
                    written = node.sql(dialect="duckdb", identify=True)
                    number = next((n for n, part in self.parts.items() if part.sql == written), f"_part{len(self.parts)}")
                    names = tuple(dict.fromkeys(column.name for column in node.find_all(exp.Column)))
                    self.parts[number] = Expression(written, written, names, node)
                    return exp.column(number)

        return replace(expression, tree=walked(expression.tree))

    def amounts(self, table: ir.Table) -> dict[str, Any]:
        """Sums that definitions take, and those of the row set."""
        found: dict[str, Any] = {}
        for definition in self.definitions:
            measure = definition.measure
            for names in ((measure.of,), (measure.weight,), (measure.of, measure.weight)):
                if all(names):
                    found[_sum(names)] = Pass.total(self, table, names, None)
        if self.words is not None:
            found |= {f"_word{number}": word.sum() for number, word in enumerate(self.words(table[DIGEST]))}
            found["_versions"] = table[VERSION].sum()
        return found

    # How the rows answer.

    def inside(self, table: ir.Table, definition: IndicatorDefinition) -> Any:
        """Whether the records that a row stands for belong to the period, and all of its subject answer alike."""
        if _NUMBER not in table.columns:
            return super().inside(table, definition)
        inside = ibis.literal(value=True) if self.simple else table[_window(definition)]
        return inside & table[ALIKE] if self.of_subjects else inside

    def asks(self, expression: Expression, table: ir.Table) -> Any:
        """What a condition says, from the answers to its parts."""
        return condition(self.few_parts(expression), table)

    def lacks(self, table: ir.Table, names: Sequence[str | None]) -> Any | None:
        """Whether one of the fields that may be missing is."""
        found = None
        for name in names:
            if name is not None and f"_lacks_{name}" in table.columns:
                one = table[f"_lacks_{name}"]
                found = one if found is None else found | one
        return found

    def number(self, table: ir.Table, where: Any) -> Any:
        """How many records the rows stand for; a sum over no row at all would be missing, and with it every difference."""
        return table[_NUMBER].sum(where=where).fill_null(0)

    def total(self, table: ir.Table, names: Sequence[str | None], where: Any) -> Any:
        """The sum over the records that the rows stand for."""
        return table[_sum(names)].sum(where=where)

    def subjects(self, table: ir.Table, head: str, where: Any) -> Any:
        """How many subjects the rows stand for."""
        return table[_SUBJECTS if self.of_subjects else _NUMBER].sum(where=where).fill_null(0)

    def subject(self, definition: IndicatorDefinition, table: ir.Table) -> Any | None:
        """Rows stand for subjects, they do not name them."""
        return None

    def row_set(self, table: ir.Table, where: Any) -> Mapping[str, Any]:
        """Sums of the words of digests, and of versions."""
        names = [name for name in table.columns if name.startswith("_word") or name == "_versions"]
        return {name.removeprefix("_"): table[name].sum(where=where) for name in names}


class SeveralPass(Pass):
    """Builds the query over the records of subjects that the shared one does not tell of."""

    def laid_out(self) -> ir.Table:
        """Their records with place and period."""
        return SharedPass(self.records, self.asked, self.definitions, None).several()


def _conditions(definition: IndicatorDefinition) -> Iterator[Expression]:
    if definition.population is not None:
        yield definition.population
    yield from (exclusion.when for exclusion in definition.exclusions)
    if definition.measure.numerator is not None:
        yield definition.measure.numerator


def _may_lack(definition: IndicatorDefinition, *, simple: bool) -> Iterator[str]:
    measure = definition.measure
    for name in (*definition.subject, measure.of, measure.weight):
        if name is not None and not definition.register.field(name).required:
            yield name
    if not simple and may_be_undated(definition):
        yield dated_by(definition)


def _window(definition: IndicatorDefinition) -> str:
    stands = definition.in_force
    fields = (definition.event,) if stands is None else (stands.start, *stands.through, "", *stands.until)
    return "_".join(("_in", definition.window.value, *fields))


def _sum(names: Sequence[str | None]) -> str:
    return "_".join(("_sum", *(name for name in names if name is not None)))
