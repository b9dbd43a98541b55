"""What became of the targets?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhiheng.base.units import measure
from zhiheng.plans.differences.change import Aspect, Change, Detail, Nature, Side, Subject, change
from zhiheng.plans.differences.identity import moved, pairs
from zhiheng.plans.differences.likeness import alike, bare, is_shortened
from zhiheng.plans.differences.strictness import attribute_nature, deadline_nature, modality_nature, value_details
from zhiheng.plans.model import Plan, Target

_SAME_NAME, _SHORTENED, _OTHER_WORDS, _SAME_CONTEXT = 100.0, 70.0, 72.0, 75.0
_LEAST = 55.0


def target_changes(old: Plan, new: Plan, *, successor: bool) -> tuple[list[Change], int]:
    """The changes of a plan's own targets in the order of the new one, the dropped last; and how many are as they were."""
    return _changes(_Side.of(old), _Side.of(new), successor=successor)


@dataclass(frozen=True, slots=True)
class _Side:
    """The targets that one version sets itself, and where each has its place in order: a table, the goals, or nowhere."""

    targets: Sequence[Target]
    lists: Sequence[str]

    @classmethod
    def of(cls, plan: Plan) -> _Side:
        targets = [t for t in plan.targets if t.own]
        tasks = [task.text for task in plan.tasks]
        return cls(targets, [_list_of(t, tasks) for t in targets])


def _changes(one: _Side, other: _Side, *, successor: bool) -> tuple[list[Change], int]:
    old, new = one.targets, other.targets

    def likeness(one: Target, other: Target) -> float:
        return _likeness(one, other, successor=successor)

    found = pairs(old, new, likeness)
    gone: set[tuple[int, int]] = set()
    if not successor:
        for place in ("table", "goals"):
            gone |= moved([(i, j) for i, j in found.found if one.lists[i] == place == other.lists[j]])
    changes: dict[int, Change] = {}
    for i, j in found.found:
        details = _details(old[i], new[j], successor=successor)
        if (i, j) in gone:
            details = [*details, Detail(Aspect.PLACE, Nature.MOVED, old[i].group or "", new[j].group or "")]
        made = change(Subject.TARGET, side(old[i]), side(new[j]), details)
        if made:
            changes[j] = made
    for j in found.added:
        changes[j] = Change(Subject.TARGET, (Nature.ADDED,), None, side(new[j]))
    dropped = [Change(Subject.TARGET, (Nature.DROPPED,), side(old[i]), None) for i in found.dropped]
    unchanged = len(found.found) - sum(c.before is not None for c in changes.values())
    return [*(changes[j] for j in sorted(changes)), *dropped], unchanged


def side(target: Target) -> Side:
    """The target as one side of a change."""
    return Side(target.id, target.indicator, target.context or target.text, target.anchor)


def _likeness(one: Target, other: Target, *, successor: bool) -> float:
    name = _name_likeness(one, other)
    if not name:
        return 0.0
    score = name
    score -= 10 * (bare(one.scope or "") != bare(other.scope or ""))
    score -= 8 * (one.basis is not other.basis)
    score -= 15 * (measure(one.unit).core != measure(other.unit).core)
    score -= 15 * (one.comparator_judged.states_a_change is not other.comparator_judged.states_a_change)
    if not successor:
        score -= 6 * (one.year != other.year)
        score += 4 * ((one.value_low, one.value_high) == (other.value_low, other.value_high))
        score += 3 * (bare(one.context) == bare(other.context))
    return score if score >= _LEAST else 0.0


def _name_likeness(one: Target, other: Target) -> float:
    if bare(one.indicator) == bare(other.indicator):
        return _SAME_NAME
    alikeness = alike(one.indicator, other.indicator)
    if one.catalogue is not None and other.catalogue is not None:
        return max(alikeness, 90.0) if one.catalogue.indicator == other.catalogue.indicator else 0.0
    if is_shortened(one.indicator, other.indicator):
        return alikeness if alikeness >= _SHORTENED else 0.0
    in_one_sentence = alike(one.context, other.context) >= _SAME_CONTEXT
    return alikeness if alikeness >= _OTHER_WORDS and in_one_sentence else 0.0


def _list_of(target: Target, tasks: Sequence[str]) -> str:
    """Where a target has an order of its own; one within a task moves with the task, and that is told of the task."""
    if target.attribute is not None or target.group is not None:  # which only tables give
        return "table"
    return "" if any(target.context in text for text in tasks) else "goals"


def _details(old: Target, new: Target, *, successor: bool) -> list[Detail]:
    details = list(value_details(old, new))
    if not successor:
        details += _dated(old, new)
    if old.modality is not new.modality:
        nature = modality_nature(old.modality, new.modality)
        details.append(Detail(Aspect.MODALITY, nature, old.modality.value, new.modality.value))
    if (old.attribute or "") != (new.attribute or ""):
        nature = attribute_nature(old.attribute, new.attribute)
        details.append(Detail(Aspect.ATTRIBUTE, nature, old.attribute or "", new.attribute or ""))
    if old.basis is not new.basis:
        details.append(Detail(Aspect.BASIS, Nature.ALTERED, old.basis.value, new.basis.value))
    if bare(old.scope or "") != bare(new.scope or ""):
        details.append(Detail(Aspect.SCOPE, Nature.ALTERED, old.scope or "", new.scope or ""))
    if bare(old.indicator) != bare(new.indicator):
        details.append(Detail(Aspect.NAME, Nature.REWORDED, old.indicator, new.indicator))
    return details


def _dated(old: Target, new: Target) -> Iterator[Detail]:
    """What only versions of one plan can differ in: deadline and start."""
    if old.year != new.year:
        nature = deadline_nature(old.year, new.year)
        yield Detail(Aspect.DEADLINE, nature, _words(old.year), _words(new.year))
    before, after = (t.baseline.value if t.baseline else None for t in (old, new))
    if before != after:
        yield Detail(Aspect.BASELINE, Nature.ALTERED, _words(before), _words(after))


def _words(said: object) -> str:
    return "" if said is None else str(said)
