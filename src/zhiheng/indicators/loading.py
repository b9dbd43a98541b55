"""What does the rulebook say of how an indicator is computed, and is it sound?

Every fault is a `RuleError` with file and line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from zhiheng.base.canonical_json import Json, digest
from zhiheng.base.errors import RuleError
from zhiheng.base.reading import Citation
from zhiheng.evidence.registers.expressions import NUMBER, Kind, expression
from zhiheng.evidence.registers.expressions import Expression as Condition
from zhiheng.evidence.registers.loading import kinds_of, lists_of, load_register
from zhiheng.evidence.registers.model import Field, FieldKind, Register
from zhiheng.indicators.definition import (
    Completeness,
    Exclusion,
    Grain,
    Holding,
    IndicatorDefinition,
    IndicatorMeasure,
    InForce,
    MeasureKind,
    Rounding,
    SampleDesign,
    Selection,
    Window,
)
from zhiheng.indicators.drawn import OF_DESIGN
from zhiheng.indicators.group_measures import GROUP_MEASURES
from zhiheng.rules import fields
from zhiheng.rules.catalogue import Indicator, load_catalogue
from zhiheng.rules.dated import Rule, Version
from zhiheng.rules.rulebook import Rulebook
from zhiheng.rules.strict_yaml import Rows, Table

INDICATORS = "indicators"
# What the function of a measure answers, in its numerator.
RESULT = "result"
# The layer of a definition that is carried by a receipt.
_WRITTEN = "receipt"
# Fields that are the same text on every engine.
_NAMING = frozenset(FieldKind) - {FieldKind.DECIMAL, FieldKind.DATETIME, FieldKind.BOOLEAN}
_AMOUNTS = (FieldKind.DECIMAL, FieldKind.INTEGER)
_DAYS = (FieldKind.DATE, FieldKind.DATETIME)
_REQUIRED = ("register", "about", "measure", "decimals", "citation", "confirmed")
_OPTIONAL = (
    *("population", "exclude", "subject", "holds_of", "order", "window", "event", "in_force", "apart", "grain", "due"),
    *("complete", "selection", "rounding"),
)
# Keys of a measure beside its kind.
_TAKES: Mapping[MeasureKind, tuple[str, ...]] = {
    MeasureKind.RATIO: ("numerator",),
    MeasureKind.WEIGHTED_RATIO: ("numerator", "weight"),
    MeasureKind.COUNT: (),
    MeasureKind.SUM: ("of",),
    MeasureKind.MEAN: ("of",),
    MeasureKind.WEIGHTED_MEAN: ("of", "weight"),
    MeasureKind.SHARE_OF_DAYS: ("numerator",),
    MeasureKind.INDEX: ("per", "means", "numerator"),
}
_OF_SUBJECTS = (MeasureKind.RATIO, MeasureKind.COUNT)
_MOST_DECIMALS = 12


def definition_ids(rulebook: Rulebook) -> tuple[str, ...]:
    """All indicators that any layer defines, in order of name."""
    found = {path.removeprefix(f"{INDICATORS}.") for layer in rulebook.layers for path in layer.paths(INDICATORS)}
    return tuple(sorted(found))


@lru_cache(maxsize=1024)
def load_definition(rulebook: Rulebook, indicator_id: str) -> IndicatorDefinition:
    """The definition of that indicator; `RuleError` when there is none or it is unsound."""
    known = definition_ids(rulebook)
    if indicator_id not in known:
        raise RuleError("indicators.no_such_definition", indicator=indicator_id, known=known)
    return _Loader(rulebook, rulebook.table(f"{INDICATORS}.{indicator_id}")).definition(indicator_id)


def definition_from(rulebook: Rulebook, indicator_id: str, written: Json) -> IndicatorDefinition:
    """The definition that `written` (the `file` of a definition's meaning) gives under the registers and codes of a rulebook."""
    table = _table(written, f"{_WRITTEN}/{INDICATORS}/{indicator_id.replace('.', '/')}.yaml")
    if not isinstance(table, Table):
        raise RuleError("rules.yaml_not_a_table", file=indicator_id, line=1)
    return _Loader(rulebook, table).definition(indicator_id)


class _Loader:
    def __init__(self, rulebook: Rulebook, table: Table) -> None:
        self.rulebook = rulebook
        self.table = table
        fields.require_keys(table, _REQUIRED, _OPTIONAL)
        self.register = self.of_register(table, "register")
        # Personal fields are no columns of a record, so nothing can be asked of them.
        self.every = (*self.register.open_fields, *(d.field for d in self.register.derived))
        self.by_id: Mapping[str, Field] = {f.id: f for f in self.every}
        self.conditions: list[Condition] = []
        self.rules: tuple[Rule, ...] = ()

    def fault(self, code: str, line: int, **facts: object) -> RuleError:
        return RuleError(code, file=self.table.file, line=line, **facts)

    def definition(self, indicator_id: str) -> IndicatorDefinition:
        table = self.table
        indicator = self.indicator(indicator_id)
        about = fields.inner(table, "about")
        fields.require_keys(about, ["zh", "en"])
        measure = self.measure()
        window = Window(self.word(table, "window", Window, Window.PERIOD))
        subject = self.names(table, "subject", _NAMING)
        holds_of, order = self.holding(subject, measure)
        population = self.condition(table, "population") if "population" in table else None
        exclusions = tuple(self.exclusion(row) for row in fields.tables(table, "exclude")) if "exclude" in table else ()
        selection, design = self.selection(measure)
        meaning = self.meaning(indicator)
        return IndicatorDefinition(
            indicator,
            self.register,
            fields.text(about, "zh"),
            fields.text(about, "en"),
            population,
            exclusions,
            subject,
            holds_of,
            order,
            measure,
            window,
            self.event(window),
            self.in_force(window),
            self.names(table, "apart", _NAMING),
            Grain(self.word(table, "grain", Grain, Grain.YEAR)),
            Grain(self.word(table, "due", (Grain.DAY, Grain.MONTH), Grain.DAY)) if "due" in table else None,
            self.completeness() if "complete" in table else None,
            self.rules,
            selection,
            design,
            self.decimals(),
            Rounding(self.word(table, "rounding", Rounding, Rounding.HALF_EVEN)),
            self.citation(),
            fields.truth(table, "confirmed"),
            table.file.partition("/")[0],
            meaning,
            digest(meaning),
        )

    def meaning(self, indicator: Indicator) -> Any:
        """What the value depends on: the file, the unit, and every condition with its codes spelled out."""
        conditions = [condition.sql for condition in self.conditions]
        key = {"register": self.register.id, "key": list(self.register.key), "event_date": self.register.event_date}
        rules = {rule.id: _plain([_said_by(version) for version in rule.versions]) for rule in self.rules}
        meant = {"indicator": indicator.id, "unit": indicator.unit, "file": _plain(self.table), "conditions": conditions}
        return {**meant, **key, **({"rules": rules} if rules else {})}

    def indicator(self, indicator_id: str) -> Indicator:
        found = load_catalogue(self.rulebook).entries.get(indicator_id)
        if found is None:
            raise self.fault("indicators.not_in_catalogue", self.table.line, indicator=indicator_id)
        return found

    def of_register(self, table: Table, key: str) -> Register:
        try:
            return load_register(self.rulebook, fields.text(table, key))
        except RuleError as fault:
            if fault.code != "evidence.no_such_register":
                raise
            facts = {"register": fields.text(table, key), "known": fault.facts["known"]}
            raise RuleError("indicators.no_such_register", file=table.file, line=table.lines[key], **facts) from fault

    def measure(self) -> IndicatorMeasure:
        row = fields.inner(self.table, "measure")
        kind = MeasureKind(fields.one_of(row, "kind", tuple(MeasureKind)))
        fields.require_keys(row, ("kind", *_TAKES[kind]), ("by",) if kind is MeasureKind.INDEX else ())
        per = self.names(row, "per", _NAMING)
        means = self.names(row, "means", _AMOUNTS)
        of_groups: dict[str, Kind] | None = dict.fromkeys(means, NUMBER) if kind is MeasureKind.INDEX else None
        by = self.function(row, per, means) if "by" in row else None
        if by is not None and of_groups is not None:
            of_groups = {RESULT: GROUP_MEASURES[by].gives}
        return IndicatorMeasure(
            kind,
            self.condition(row, "numerator", of_groups) if "numerator" in row else None,
            self.name(row, "of", _AMOUNTS) if "of" in row else None,
            self.name(row, "weight", _AMOUNTS) if "weight" in row else None,
            per,
            means,
            by,
        )

    def function(self, row: Table, per: tuple[str, ...], means: tuple[str, ...]) -> str:
        by = fields.one_of(row, "by", tuple(GROUP_MEASURES))
        measure, line = GROUP_MEASURES[by], row.lines["by"]
        self.rules = tuple(self.rulebook.rule(name) for name in measure.rules)
        known = measure.fields({rule.id: rule for rule in self.rules})
        for name in means:
            if name not in known:
                raise self.fault("evidence.unknown_field", row.lines["means"], key="means", word=name, known=sorted(known))
        event = fields.text(self.table, "event") if "event" in self.table else self.register.event_date
        if measure.of_days and (event not in per or self.by_id[event].kind is not FieldKind.DATE):
            raise self.fault("indicators.groups_not_of_days", line, measure=by, field=event)
        return by

    def condition(self, row: Table, key: str, kinds: Mapping[str, Kind] | None = None) -> Condition:
        written = fields.text(row, key)
        kinds = kinds_of(self.every) if kinds is None else kinds
        found = expression(written, kinds, self.table.file, row.lines[key], lists_of(self.every))
        self.conditions.append(found)
        return found

    def exclusion(self, row: Table) -> Exclusion:
        fields.require_keys(row, ["id", "when", "zh", "en"])
        return Exclusion(fields.text(row, "id"), self.condition(row, "when"), fields.text(row, "zh"), fields.text(row, "en"))

    def holding(self, subject: tuple[str, ...], measure: IndicatorMeasure) -> tuple[Holding, str | None]:
        table = self.table
        if subject and measure.kind not in _OF_SUBJECTS:
            raise self.fault("indicators.no_subject_in_kind", table.lines["subject"], kind=measure.kind.value)
        if "holds_of" not in table:
            several = bool(subject) and not set(self.register.key) <= set(subject)
            if several and measure.kind is MeasureKind.RATIO:
                raise self.fault("rules.missing_key", table.line, key="holds_of")
        holds_of = Holding(self.word(table, "holds_of", Holding, Holding.ANY))
        decided = holds_of in (Holding.FIRST, Holding.LATEST)
        if ("holds_of" in table or "order" in table) and not (subject and measure.kind is MeasureKind.RATIO):
            key = "holds_of" if "holds_of" in table else "order"
            raise self.fault("indicators.key_does_not_fit", table.lines[key], key=key, other="subject")
        if decided != ("order" in table):
            if decided:
                raise self.fault("rules.missing_key", table.lines["holds_of"], key="order")
            raise self.fault("indicators.key_does_not_fit", table.lines["order"], key="order", other="holds_of")
        if not decided:
            return holds_of, None
        order = self.name(table, "order", (*_DAYS, *_AMOUNTS))
        if not self.by_id[order].required:
            raise self.fault("indicators.field_not_required", table.lines["order"], field=order)
        return holds_of, order

    def event(self, window: Window) -> str:
        if "event" not in self.table:
            return self.register.event_date
        if window is Window.IN_FORCE:
            raise self.fault("indicators.key_does_not_fit", self.table.lines["event"], key="event", other="window")
        return self.name(self.table, "event", _DAYS)

    def in_force(self, window: Window) -> InForce | None:
        if (window is Window.IN_FORCE) != ("in_force" in self.table):
            if window is Window.IN_FORCE:
                raise self.fault("rules.missing_key", self.table.lines["window"], key="in_force")
            raise self.fault("indicators.key_does_not_fit", self.table.lines["in_force"], key="in_force", other="window")
        if window is not Window.IN_FORCE:
            return None
        row = fields.inner(self.table, "in_force")
        fields.require_keys(row, ["from"], ["through", "until"])
        return InForce(self.name(row, "from", _DAYS), self.names(row, "through", _DAYS), self.names(row, "until", _DAYS))

    def selection(self, measure: IndicatorMeasure) -> tuple[Selection | None, SampleDesign | None]:
        table = self.table
        if not isinstance(table.get("selection"), Table):
            return (
                Selection(self.word(table, "selection", (Selection.SIMPLE_RANDOM,), "")) if "selection" in table else None
            ), None
        row, line = fields.inner(table, "selection"), table.lines["selection"]
        fields.require_keys(row, ["kind"], ["strata", "unit", "population", "when"])
        kind = Selection(fields.one_of(row, "kind", (Selection.RANDOM,)))
        if measure.kind not in OF_DESIGN:
            facts = {"kind": measure.kind.value, "kinds": [one.value for one in OF_DESIGN]}
            raise self.fault("indicators.no_design_in_kind", line, **facts)
        if "subject" in table:
            raise self.fault("indicators.key_does_not_fit", line, key="selection", other="subject")
        strata = self.names(row, "strata", _NAMING)
        if strata and measure.weight is None:
            raise self.fault("indicators.strata_without_weight", row.lines["strata"], kind=measure.kind.value)
        return kind, SampleDesign(
            strata,
            self.names(row, "unit", _NAMING),
            self.name(row, "population", (FieldKind.INTEGER,)) if "population" in row else None,
            self.condition(row, "when") if "when" in row else None,
        )

    def completeness(self) -> Completeness:
        row = fields.inner(self.table, "complete")
        fields.require_keys(row, ["register", "from", "through", "kind", "kinds"])
        other = self.of_register(row, "register")
        by_id = {f.id: f for f in other.open_fields}
        start, end = (self.name(row, key, (FieldKind.DATE,), by_id) for key in ("from", "through"))
        kind = self.name(row, "kind", (FieldKind.CODE,), by_id)
        codes, kinds = by_id[kind].codes, fields.texts(row, "kinds")
        unknown = [word for word in kinds if codes is None or word not in codes.known]
        if unknown or not kinds:
            facts = {"key": "kinds", "word": unknown[0] if unknown else "", "known": sorted(codes.known if codes else ())}
            raise self.fault("rules.unknown_word", row.lines["kinds"], **facts)
        return Completeness(other, start, end, kind, kinds)

    def name(self, row: Table, key: str, kinds: Collection[FieldKind], by_id: Mapping[str, Field] | None = None) -> str:
        return self.checked(fields.text(row, key), row, key, kinds, self.by_id if by_id is None else by_id)

    def names(self, row: Table, key: str, kinds: Collection[FieldKind]) -> tuple[str, ...]:
        return tuple(self.checked(name, row, key, kinds, self.by_id) for name in fields.texts(row, key))

    def checked(self, name: str, row: Table, key: str, kinds: Collection[FieldKind], by_id: Mapping[str, Field]) -> str:
        if name not in by_id:
            raise self.fault("evidence.unknown_field", row.lines[key], key=key, word=name, known=sorted(by_id))
        if by_id[name].kind not in kinds:
            facts = {"field": name, "kind": by_id[name].kind.value, "kinds": sorted(kind.value for kind in kinds)}
            raise self.fault("indicators.field_of_other_kind", row.lines[key], key=key, **facts)
        return name

    def word(self, row: Table, key: str, words: Iterable[str], default: str) -> str:
        return fields.one_of(row, key, [str(word) for word in words]) if key in row else default

    def decimals(self) -> int:
        decimals = fields.whole(self.table, "decimals")
        if not 0 <= decimals <= _MOST_DECIMALS:
            raise self.fault("evidence.too_many_decimals", self.table.lines["decimals"], most=_MOST_DECIMALS)
        return decimals

    def citation(self) -> Citation:
        row = fields.inner(self.table, "citation")
        fields.require_keys(row, ["doc", "clause"])
        return Citation(fields.text(row, "doc"), fields.text(row, "clause"))


def _said_by(version: Version) -> dict[str, Any]:
    """What a version of a rule says, without who looked it up when."""
    return {"start": version.start, "repeals": version.repeals, "value": version.value}


def _table(value: Json, file: str) -> Any:
    """Data as a table of the rulebook, all of it on line 1."""
    match value:
        case dict():
            table = Table(file, 1)
            for key, inner in value.items():
                table[key], table.lines[key] = _table(inner, file), 1
            return table
        case list():
            rows = Rows(file, 1)
            rows.extend(_table(inner, file) for inner in value)
            rows.lines.extend([1] * len(value))
            return rows
        case _:
            return value


def _plain(value: Any) -> Any:
    """A table of the rulebook as data."""
    match value:
        case Mapping():
            return {str(key): _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case date():
            return value.isoformat()
        case _:
            return value
