"""What does the plan commit to? Mentions that say the same thing, merged; conventions the text leaves open, asked.

Two mentions are one target when they name the same indicator, deadline, kind of number and value (a table says 30, the text
30家以上). Different values stay two targets; their difference is a finding, not a choice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from zhiheng.base.quantity import Basis
from zhiheng.documents.fold import fold
from zhiheng.plans.convention import Conventions, judged, questions_of
from zhiheng.plans.model import Baseline, Comparator, Mention, Meta, Modality, Role, Source, Target, TargetKind
from zhiheng.rules.catalogue import Catalogue, Direction

V = TypeVar("V")
_ORNAMENT = re.compile(r"[“”\"'《》\s·]|的|其中:?|\((?:累计|新增|家|个|项|件|%|亿元|万人|万亩)[^()]*\)$")
# So many years in one row of a table are a way, not horizons of their own.
_PATH = 3
_BOUNDED = frozenset({Comparator.AT_LEAST, Comparator.AT_MOST, Comparator.ABOVE, Comparator.BELOW})
# 排放量下降〔12〕 in a table and 排放量下降12% in the text are one promise
_CHANGE_SAID = re.compile(r"(?:累计)?(?:下降|降低|减少|削减|增长|提高)(?:率|幅度|比例)?(?:\([^)]*\))?$")


@dataclass(frozen=True, slots=True)
class Noted:
    """A mention with what only its place tells: the row it stands in, and how the text counts things."""

    mention: Mention
    row: tuple[object, ...] | None = None
    counted: str | None = None


def merge_targets(noted: Sequence[Noted], meta: Meta, catalogue: Catalogue, conventions: Conventions) -> tuple[Target, ...]:
    """Targets in the order of their first mention."""
    rows: dict[tuple[object, ...], list[Mention]] = {}
    for n in noted:
        if n.row is not None:
            rows.setdefault(n.row, []).append(n.mention)
    groups: dict[tuple[object, ...], list[Noted]] = {}
    steps = _yearly_rows(noted)
    stepping = {step.id for row in steps.values() for step in row}
    for n in noted:
        if n.mention.role is Role.TARGET and n.mention.id not in stepping:
            groups.setdefault(_identity(n.mention), []).append(n)
    ground = _Ground(rows, _baselines(noted), meta, catalogue, conventions)
    targets = [_target(f"T{i:03d}", group, ground) for i, group in enumerate(groups.values(), 1)]
    return tuple(_with_steps(t, steps) for t in _with_paths(targets))


def _yearly_rows(noted: Sequence[Noted]) -> dict[str, list[Mention]]:
    """Mentions of a table row that give the way year by year: under the id of the last year's mention, the others."""
    rows: dict[tuple[object, ...], list[Mention]] = {}
    for n in noted:
        if n.row is not None and n.mention.role is Role.TARGET and n.mention.source is Source.TABLE and n.mention.year:
            rows.setdefault(n.row, []).append(n.mention)
    found = {}
    for row in rows.values():
        years = sorted({m.year for m in row if m.year})
        if len(years) >= _PATH and len(years) == len(row):
            *earlier, last = sorted(row, key=lambda m: m.year or 0)
            found[last.id] = earlier
    return found


def _with_steps(target: Target, steps: Mapping[str, Sequence[Mention]]) -> Target:
    """The target with the yearly values that a table prints for it."""
    row = next((steps[i] for i in target.mentions if i in steps), ())
    if not row or target.year is None:
        return target
    path = {m.year: m.value_low or m.value_high or "" for m in row if m.year}
    own = target.value_low or target.value_high or ""
    mentions = tuple(sorted({*target.mentions, *(m.id for m in row)}))
    return replace(target, path={**path, **target.path, target.year: own}, mentions=mentions)


def subject(mention: Mention) -> str:
    """What a mention is about: the catalogue's indicator, or the phrase without ornament."""
    return mention.catalogue.indicator if mention.catalogue else _ORNAMENT.sub("", fold(mention.indicator))


def _identity(m: Mention) -> tuple[object, ...]:
    number = Fraction(m.value_low or m.value_high or "0")
    upper = m.value_high if m.comparator is Comparator.RANGE else None
    change = m.comparator if m.comparator.states_a_change or m.comparator is Comparator.ZERO_EVENTS else None
    counted = m.basis if m.basis in {Basis.NEW, Basis.CUMULATIVE} else None
    about = _CHANGE_SAID.sub("", subject(m)) if m.comparator.states_a_change else subject(m)
    return about, m.year, number, upper, change, counted


def _baselines(noted: Sequence[Noted]) -> dict[tuple[str, Basis], Mention]:
    """The latest base-year figure of each subject and basis."""
    found: dict[tuple[str, Basis], Mention] = {}
    for n in noted:
        m = n.mention
        if m.role is Role.BASELINE:
            known = found.get((subject(m), m.basis))
            if known is None or (m.year or 0) > (known.year or 0):
                found[subject(m), m.basis] = m
    return found


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a target is judged by beside its own mentions."""

    rows: Mapping[tuple[object, ...], Sequence[Mention]]
    baselines: Mapping[tuple[str, Basis], Mention]
    meta: Meta
    catalogue: Catalogue
    conventions: Conventions

    def direction(self, m: Mention) -> tuple[str | None, str]:
        """The good side of an indicator, and what says so."""
        entry = self.catalogue.entries.get(m.catalogue.indicator) if m.catalogue else None
        if entry is not None and entry.direction is not Direction.NONE:
            return str(entry.direction.value), "catalogue"
        return self.conventions.direction(m.indicator)


def _target(target_id: str, group: Sequence[Noted], ground: _Ground) -> Target:
    m, meta = _lead(group).mention, ground.meta
    zero = m.comparator is Comparator.ZERO_EVENTS
    alike = [x for n in group if n.row is not None for x in ground.rows[n.row]]
    actuals = [x for x in alike if x.role is Role.ACTUAL]
    own = (m.year is None or meta.period_start is None or m.year >= meta.period_start) and not (actuals and not _ahead(m, meta))
    base = next((x for x in alike if x.role is Role.BASELINE), None)
    known = ground.baselines.get((subject(m), m.basis)) if own else None
    if base is None or (base.year is None and known is not None and known.value_low == base.value_low):
        base = known or base  # a table often names the year that 由94.8%提高到97% leaves out
    direction, decided = ground.direction(m)
    printed = next((n.mention.comparator for n in group if n.mention.comparator in _BOUNDED), m.comparator)
    comparator, why = judged(printed, direction, decided, m, ground.conventions)
    target = Target(
        id=target_id, indicator=m.indicator, kind=TargetKind.ZERO_EVENTS if zero else TargetKind.NUMERIC,
        comparator_printed=printed, comparator_judged=comparator, judged_by=why, value_low=m.value_low or m.value_high,
        value_high=m.value_high or m.value_low, unit=_first(n.mention.unit for n in group), year=m.year,
        period_start=meta.period_start if own else _five_years_before(m.year), basis=_basis(m, actuals),
        modality=m.modality or Modality.FIRM, direction=direction, baseline=_baseline(base, m), scope=m.scope,
        attribute=_first(n.mention.attribute for n in group), group=_first(n.mention.group for n in group), own=own,
        mentions=tuple(n.mention.id for n in group), actuals=tuple(x.id for x in actuals), text=m.text, context=m.context,
        anchor=m.anchor, catalogue=m.catalogue,
    )  # fmt: skip
    return replace(target, questions=questions_of(target, [n.counted for n in group]))


def _lead(group: Sequence[Noted]) -> Noted:
    """The mention that says most: one of the main table, else the first."""
    return next((n for n in group if n.mention.source is Source.TABLE), group[0])


def _ahead(m: Mention, meta: Meta) -> bool:
    printed = meta.adopted_date or meta.published_date
    return m.year is not None and printed is not None and m.year >= int(printed[:4])


def _basis(m: Mention, actuals: Sequence[Mention]) -> Basis:
    """The basis of a target: an unmarked number takes that of the figure it is reported against."""
    if m.basis is Basis.COUNT and len(actuals) == 1 and actuals[0].basis in {Basis.NEW, Basis.CUMULATIVE}:
        return actuals[0].basis
    return m.basis


def _baseline(base: Mention | None, m: Mention) -> Baseline | None:
    if base is None or base.comparator.states_a_change or base.comparator is Comparator.RANGE:
        return None
    if m.comparator.states_a_change or base.comparator is Comparator.ZERO_EVENTS:
        return None
    value = base.value_low or base.value_high
    return Baseline(value, base.year, floor=base.comparator in _BOUNDED) if value is not None else None


def _first(values: Iterable[V | None]) -> V | None:
    return next((v for v in values if v is not None), None)


def _five_years_before(year: int | None) -> int | None:
    return year - 4 if year else None


def _with_paths(targets: Sequence[Target]) -> Iterable[Target]:
    """Targets of one indicator for several years make the yearly path of the later ones."""
    years: dict[tuple[object, ...], dict[int, str]] = {}
    for t in targets:
        value = t.value_low or t.value_high
        if t.year is not None and value is not None and t.own:
            years.setdefault(_line(t), {})[t.year] = value
    for t in targets:
        path = {y: v for y, v in years.get(_line(t), {}).items() if t.year is not None and y <= t.year}
        yield replace(t, path=path) if len(path) > 1 and t.own else t


def _line(t: Target) -> tuple[object, ...]:
    name = t.catalogue.indicator if t.catalogue else _ORNAMENT.sub("", fold(t.indicator))
    return name, t.basis, t.unit, t.comparator_judged
