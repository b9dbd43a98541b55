"""Which version of a rule was in force on a day?

A rule is a list of dated versions. A version begins on its `start` (that day included) and ends the day before the next
one starts. Before the first version the rule is `not_yet`, after a repeal `repealed`: there is no default value.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from zhiheng.base.errors import RuleError
from zhiheng.base.reading import Citation, Reading, RuleStanding, RuleValue
from zhiheng.rules import fields
from zhiheng.rules.strict_yaml import Rows, Table, Value

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Version:
    """What a rule says from `start` on; a repealing version has no value."""

    start: date
    citation: Citation
    repeals: bool
    value: RuleValue = None
    checked_on: date | None = None
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its versions in order of time; `id` is its path below the layer; `patience` in days."""

    id: str
    name: str
    unit: str | None
    patience: int
    versions: tuple[Version, ...]
    layer: str


def rule_of(table: Table, rule_id: str, layer: str) -> Rule:
    """The rule that a rulebook file holds; whatever is doubtful in it is a `RuleError` with file and line."""
    fields.require_keys(table, ("name", "patience", "versions"), ("unit", "note"))
    rows = fields.tables(table, "versions")
    if not rows:
        raise RuleError("rules.no_version", file=table.file, line=table.lines["versions"], rule=rule_id)
    versions = tuple(_version(row) for row in rows)
    if versions[0].repeals:
        raise RuleError("rules.repealed_before_start", file=table.file, line=rows[0].line, rule=rule_id)
    for row, earlier, later in zip(rows[1:], versions, versions[1:], strict=False):
        _require_order(row, earlier, later)
    unit = fields.optional_text(table, "unit")
    return Rule(rule_id, fields.text(table, "name"), unit, fields.whole(table, "patience"), versions, layer)


def read(rule: Rule, as_of: date) -> Reading:
    """What the rule says on the day `as_of`."""
    index = bisect_right(rule.versions, as_of, key=lambda v: v.start) - 1
    version = rule.versions[max(index, 0)]
    standing = RuleStanding.NOT_YET if index < 0 else RuleStanding.REPEALED if version.repeals else RuleStanding.IN_FORCE
    later = rule.versions[index + 1].start if index + 1 < len(rule.versions) else None
    spoken = standing is RuleStanding.IN_FORCE
    stale = version.checked_on is not None and as_of > version.checked_on + timedelta(days=rule.patience)
    return Reading(
        rule=rule.id,
        name=rule.name,
        as_of=as_of,
        standing=standing,
        start=version.start,
        end=later - _ONE_DAY if spoken and later else None,
        value=version.value if spoken else None,
        unit=rule.unit,
        citation=version.citation,
        confirmed=version.confirmed,
        checked_on=version.checked_on,
        unverified=spoken and stale,
        layer=rule.layer,
    )


def read_between(rule: Rule, first: date, last: date) -> tuple[Reading, ...]:
    """The readings of all versions that say anything from `first` to `last`, both days included, in order of time."""
    days = [first, *(v.start for v in rule.versions if first < v.start <= last)]
    readings = (read(rule, day) for day in days)
    return tuple(reading for reading in readings if reading.standing is RuleStanding.IN_FORCE)


def _version(row: Table) -> Version:
    if "repealed_by" in row:
        fields.require_keys(row, ("start", "repealed_by"), ("note",))
        return Version(fields.day(row, "start"), _citation(fields.inner(row, "repealed_by")), repeals=True)
    fields.require_keys(row, ("start", "value", "citation", "checked_on", "confirmed"), ("note",))
    if row["value"] is None:
        raise RuleError("rules.missing_key", file=row.file, line=row.lines["value"], key="value")
    return Version(
        start=fields.day(row, "start"),
        citation=_citation(fields.inner(row, "citation")),
        repeals=False,
        value=_frozen(row["value"]),
        checked_on=fields.day(row, "checked_on"),
        confirmed=fields.truth(row, "confirmed"),
    )


def _citation(table: Table) -> Citation:
    if not str(table.get("clause") or "").strip():
        raise RuleError("rules.missing_clause", file=table.file, line=table.line)
    fields.require_keys(table, ("doc", "clause"))
    return Citation(fields.text(table, "doc"), fields.text(table, "clause"))


def _require_order(row: Table, earlier: Version, later: Version) -> None:
    """Versions stand in order of time; two of one day would overlap; a repeal needs something to repeal."""
    line = row.lines["start"]
    if later.start == earlier.start:
        raise RuleError("rules.versions_overlap", file=row.file, line=line, start=later.start)
    if later.start < earlier.start:
        raise RuleError("rules.versions_unsorted", file=row.file, line=line, start=later.start, before=earlier.start)
    if later.repeals and earlier.repeals:
        raise RuleError("rules.repealed_twice", file=row.file, line=line, start=later.start, before=earlier.start)


def _frozen(value: Value) -> RuleValue:
    if isinstance(value, Table):
        return MappingProxyType({key: _frozen(inner) for key, inner in value.items()})
    if isinstance(value, Rows):
        return tuple(_frozen(item) for item in value)
    return value  # type: ignore[no-any-return]
