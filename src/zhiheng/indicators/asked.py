"""Which figures does a plan ask for?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from zhiheng.base.numerals import whole_number
from zhiheng.base.quantity import Basis
from zhiheng.evidence.expected import Expected
from zhiheng.evidence.units import canonical
from zhiheng.indicators.counting import counts_from_zero, fitting_bases, names_a_change
from zhiheng.plans.model import Commitment, CommitmentKind, Comparator, Plan, Target, TargetKind

HANDED_DOWN = (CommitmentKind.ASSIGNED, CommitmentKind.RELATIVE)
# An alias of a similar phrase would join what is measured differently; only a catalogue name or alias counts.
SURE = ("name", "alias")


def asked_figures(plan: Plan, aliases: Mapping[str, Iterable[str]] | None = None) -> tuple[Expected, ...]:
    """What to ask for to judge the plan's own targets and what higher levels hand down, in the plan's order.

    `aliases` maps catalogue indicators to further names. Years run from the one before the period (the base) to the end.
    """
    found: dict[tuple[str, str | None], Expected] = {}
    for target in plan.targets:
        if target.own:
            one = _of_target(target, plan, aliases or {})
            key = (one.indicator, canonical(one.unit))
            found[key] = _merged(found[key], one) if key in found else one
    for commitment in plan.commitments:
        if commitment.kind in HANDED_DOWN:
            key = (commitment.indicator, None)
            found.setdefault(key, _of_commitment(commitment, plan))
    return _unambiguous(tuple(found.values()))


def _of_target(target: Target, plan: Plan, aliases: Mapping[str, Iterable[str]]) -> Expected:
    change = target.comparator_judged.states_a_change or names_a_change(target.indicator)
    printed = target.value_low or target.value_high
    names: set[str] = set()
    if target.catalogue and target.catalogue.reason in SURE:
        names = {target.catalogue.name, *aliases.get(target.catalogue.indicator, ())} - {target.indicator}
    return Expected(
        indicator=target.indicator,
        unit=target.unit,
        basis=_basis(target),
        years=_years(target.period_start, target.year, plan),
        aliases=tuple(sorted(names)),
        scale=None if printed is None else abs(Decimal(printed)),
        change=change,
        zero_events=target.kind is TargetKind.ZERO_EVENTS,
        pending=printed is None and target.kind is TargetKind.NUMERIC,
        target=_goal(target),
        bases=fitting_bases(target),
        bases_of_years=fitting_bases(target, one_year=False),
        definition=target.catalogue.indicator if target.catalogue else None,
        scope=target.scope,
    )


_SIGNS = {Comparator.AT_LEAST: "≥", Comparator.AT_MOST: "≤", Comparator.ABOVE: "＞", Comparator.BELOW: "＜"}


def _goal(target: Target) -> str:
    """What the person filling in reads: the judged bound with its unit, else the printed words; and the year."""
    value = target.value_low if target.value_low is not None else target.value_high
    sign = _SIGNS.get(target.comparator_judged)
    words = f"{sign}{value}{target.unit or ''}" if sign and value is not None else target.text
    return f"{words}（{target.year}年）" if words and target.year else words


def _basis(target: Target) -> Basis | None:
    """A growth is none of the bases; of a decrease the fall itself; of a sum over the period each year's amount."""
    match target.comparator_judged:
        case Comparator.DECREASE_BY:
            return Basis.REDUCTION
        case Comparator.INCREASE_BY:
            return None
        case _:
            return Basis.NEW if counts_from_zero(target) else target.basis


def _of_commitment(commitment: Commitment, plan: Plan) -> Expected:
    return Expected(
        commitment.indicator,
        years=_years(None, commitment.year, plan),
        change=True,
        pending=True,
        target=commitment.text,
    )


def _years(start: int | None, end: int | None, plan: Plan) -> tuple[int, ...]:
    last = end or plan.meta.period_end
    if last is None:
        return ()
    known = [year for year in (start, plan.meta.period_start) if year is not None and year <= last]
    first = min(known) if known else _likely_start(plan, last)
    return tuple(range(first - 1, last + 1))


def _likely_start(plan: Plan, last: int) -> int:
    """A plan that does not say when it begins begins when it was issued, or five years before its end."""
    issued = plan.meta.adopted_date or plan.meta.published_date or ""
    year = whole_number(issued[:4]) or last - 4
    return year if last - 15 <= year <= last else last - 4


def _merged(one: Expected, other: Expected) -> Expected:
    """Two targets of one indicator (2025 and 2030) ask for one row of figures a year."""
    return replace(
        one,
        years=tuple(sorted({*one.years, *other.years})),
        aliases=tuple(sorted({*one.aliases, *other.aliases})),
        pending=one.pending or other.pending,
        bases=tuple(dict.fromkeys((*one.bases, *other.bases))),
        bases_of_years=tuple(dict.fromkeys((*one.bases_of_years, *other.bases_of_years))),
        definition=one.definition if one.definition == other.definition else None,
        scope=one.scope if one.scope == other.scope else None,
        target="；".join(dict.fromkeys(t for t in (one.target, other.target) if t)),
    )


def _unambiguous(asked: tuple[Expected, ...]) -> tuple[Expected, ...]:
    """Without the aliases that two indicators share: they would not tell which is meant."""
    uses = Counter(alias for one in asked for alias in one.aliases)
    return tuple(replace(one, aliases=tuple(a for a in one.aliases if uses[a] == 1)) for one in asked)
