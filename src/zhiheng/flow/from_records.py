"""What do the records of an installation say of a plan's indicators?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from zhiheng.base.errors import UsageError
from zhiheng.base.problem import Problem, Severity
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.names import plain_name
from zhiheng.evidence.registers.codes import load_codes
from zhiheng.flow.compute import Wanted, computed, long_enough, source_of
from zhiheng.flow.engine import chosen_engine
from zhiheng.flow.issue import issued
from zhiheng.flow.knowledge import Knowledge, knowledge
from zhiheng.indicators.asked import SURE
from zhiheng.indicators.asking import Asked, level_of
from zhiheng.indicators.behind import Behind, behind
from zhiheng.indicators.computed import ComputedValue
from zhiheng.indicators.from_records import asked_of_records, merely_similar, recorded_values, years_asked
from zhiheng.indicators.loading import definition_ids, load_definition
from zhiheng.indicators.value import IndicatorValue
from zhiheng.plans.model import Plan

# Of so many records a paper tells each; `zhiheng explain` lists all.
MOST_RECORDS = 30
_PLACES = "gbt2260"


@dataclass(frozen=True)
class Evidence:
    """The installation whose records speak, the code of the plan's place where the plan itself does not say it, and the day
    at whose end the records are as they were known (by default now)."""

    home: Home
    place: str | None = None
    on: date | None = None

    @cached_property
    def known(self) -> Knowledge:
        """The rulebook and the catalogue of the installation."""
        return knowledge(home=self.home.root)


def values_from_records(plan: Plan, evidence: Evidence, as_of: date) -> tuple[IndicatorValue, ...]:
    """A value with its receipt for each defined indicator of the plan and each of its years that is over on the day `as_of`."""
    rulebook = evidence.known.rulebook
    asked = asked_of_records(plan, definition_ids(rulebook), lambda name: _aligned(evidence.known, name))
    years = years_asked(plan, as_of)
    definitions = [load_definition(rulebook, name) for name in dict.fromkeys(one.definition for one in asked)]
    definitions = list(long_enough(definitions, years))
    if not definitions or not years:
        return ()
    found = computed(evidence.home, definitions, Wanted(years, (_place(plan, evidence),)), evidence.on)
    kept = [value for value in found if value.evidence.position is not None and value.rows is not None]
    files = issued(evidence.home, kept) if kept else ()
    receipts = {id(value): file.stem for value, file in zip(kept, files, strict=True)}
    return recorded_values(asked, found, receipts)


def behind_values(values: Iterable[IndicatorValue], evidence: Evidence) -> Mapping[str, Behind]:
    """Files and the first records behind each value that has a receipt, by the receipt's digest; all periods of a definition at once."""
    by_definition: dict[tuple[str, str], dict[str, ComputedValue]] = {}
    for value in values:
        if value.records is not None and value.receipt is not None:
            key = value.records.definition.id, value.records.place
            by_definition.setdefault(key, {})[value.receipt] = value.records
    engine = chosen_engine()
    found: dict[str, Behind] = {}
    for (_, place), members in by_definition.items():
        computed_values = list(members.values())
        definition = computed_values[0].definition
        asked = Asked(tuple(value.period for value in computed_values), level_of(place), (place,))
        source = source_of(evidence.home, (definition,), evidence.on)
        found |= zip(members, behind(engine, source, definition, asked, MOST_RECORDS), strict=True)
    return found


def similar_only(plan: Plan, evidence: Evidence) -> tuple[Problem, ...]:
    """The plan's indicators whose names are merely similar to one that the records could make."""
    pairs = merely_similar(plan, definition_ids(evidence.known.rulebook))
    return tuple(
        Problem("flow.similar_not_computed", Severity.WARNING, {"indicator": mine, "similar": theirs}) for mine, theirs in pairs
    )


def _aligned(known: Knowledge, name: str) -> str | None:
    match = known.catalogue.align(name)
    return match.indicator if match is not None and match.reason in SURE else None


def _place(plan: Plan, evidence: Evidence) -> str:
    """The code of the plan's place: as the call names it, as the plan does, or of the one place that is called so."""
    code = evidence.place or plan.meta.region_code or _code_of(plan.meta.region_name, evidence)
    level_of(code)
    return code


def _code_of(region: str | None, evidence: Evidence) -> str:
    wanted = plain_name(region or "")
    places = load_codes(evidence.known.rulebook, _PLACES).codes
    found = sorted({one.code for one in places if wanted and plain_name(one.name) == wanted})
    if len(found) != 1:
        raise UsageError("flow.no_place_of_plan", region=region or "—", codes=found)
    return found[0]
