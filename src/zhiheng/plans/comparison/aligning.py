"""Which targets of several plans are of one indicator? By the catalogue, else by the same name in the same unit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from zhiheng.base.units import measure
from zhiheng.plans.comparison.ambition import ambition
from zhiheng.plans.comparison.model import Comparison, Demand, Line, Resemblance
from zhiheng.plans.comparison.obstacles import cautions, obstacles
from zhiheng.plans.differences.likeness import alike, bare, is_shortened
from zhiheng.plans.model import Plan, Target
from zhiheng.rules.catalogue import Catalogue
from zhiheng.rules.look_alikes import Obstacle

_RESEMBLING = 78.0


def compared(plans: Sequence[Plan], catalogue: Catalogue) -> Comparison:
    """The plans side by side. Of several targets of one indicator a plan's own one of the latest year counts."""
    found: dict[str, dict[int, list[Target]]] = {}
    for number, plan in enumerate(plans):
        for target in plan.targets:
            found.setdefault(_key(target), {}).setdefault(number, []).append(target)
    lines = [_line(key, targets, plans, catalogue) for key, targets in found.items()]
    return Comparison(tuple(plans), tuple(_resembling(lines, catalogue)), cautions(plans))


def _key(target: Target) -> str:
    if target.catalogue is not None:
        return target.catalogue.indicator
    return f"{bare(target.indicator)}/{measure(target.unit).core}"


def _line(key: str, targets: dict[int, list[Target]], plans: Sequence[Plan], catalogue: Catalogue) -> Line:
    chosen = {number: max(those, key=_weight) for number, those in targets.items()}
    first = next((t for t in chosen.values() if t.own), next(iter(chosen.values())))
    cells = tuple(
        Demand(
            chosen[number],
            ambition(chosen[number], plan.meta.period_start),
            obstacles(first, chosen[number]) if chosen[number] is not first else (),
        )
        if number in chosen
        else None
        for number, plan in enumerate(plans)
    )
    entry = catalogue.entries.get(key)
    if entry is not None:
        return Line(key, entry.name, entry.area, known=True, cells=cells)
    return Line(key, first.indicator, "", known=False, cells=cells)


def _weight(target: Target) -> tuple[bool, int, bool]:
    """Own before reported, late before early, with a base before without."""
    return target.own, target.year or 0, target.baseline is not None


def _resembling(lines: Sequence[Line], catalogue: Catalogue) -> Iterable[Line]:
    """The lines, each with those of other plans that look like it and are none."""
    found: dict[str, list[Resemblance]] = {line.key: [] for line in lines}
    for one, other in combinations(lines, 2):
        if not _in_different_plans(one, other):
            continue
        reason = _reason(one, other, catalogue)
        if reason is not None:
            found[one.key].append(Resemblance(other.key, other.name, *reason))
            found[other.key].append(Resemblance(one.key, one.name, *reason))
    for line in lines:
        yield Line(line.key, line.name, line.area, line.known, line.cells, tuple(found[line.key]))


def _in_different_plans(one: Line, other: Line) -> bool:
    """Whether some plan has the one and another plan the other."""
    have = [{i for i, cell in enumerate(line.cells) if cell is not None} for line in (one, other)]
    return any(i != j for i in have[0] for j in have[1])


def _reason(one: Line, other: Line, catalogue: Catalogue) -> tuple[Obstacle, str, str] | None:
    if one.known and other.known:
        if other.key not in catalogue.entries[one.key].apart:
            return None
        said = catalogue.why_apart(one.key, other.key)
        return (said.differ, said.chinese, said.english) if said else (Obstacle.THING, "", "")
    alikeness = alike(one.name, other.name)
    if alikeness >= _RESEMBLING and is_shortened(one.name, other.name):
        return Obstacle.OPEN, "", ""
    return None
