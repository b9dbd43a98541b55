"""What became of the promises without a number?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from zhiheng.plans.differences.change import Aspect, Change, Detail, Nature, Side, Subject, change
from zhiheng.plans.differences.identity import pairs
from zhiheng.plans.differences.likeness import alike, bare
from zhiheng.plans.differences.strictness import deadline_nature, modality_nature
from zhiheng.plans.model import Commitment

_LEAST = 70.0


def commitment_changes(old: Sequence[Commitment], new: Sequence[Commitment], *, successor: bool) -> tuple[list[Change], int]:
    """The changes in the order of the new plan, the dropped last; and how many promises are as they were."""
    found = pairs(old, new, _likeness)
    changes: dict[int, Change] = {}
    for i, j in found.found:
        made = change(Subject.COMMITMENT, side(old[i]), side(new[j]), _details(old[i], new[j], successor=successor))
        if made:
            changes[j] = made
    for j in found.added:
        changes[j] = Change(Subject.COMMITMENT, (Nature.ADDED,), None, side(new[j]))
    dropped = [Change(Subject.COMMITMENT, (Nature.DROPPED,), side(old[i]), None) for i in found.dropped]
    unchanged = len(found.found) - sum(c.before is not None for c in changes.values())
    return [*(changes[j] for j in sorted(changes)), *dropped], unchanged


def side(commitment: Commitment) -> Side:
    """The promise as one side of a change."""
    return Side(commitment.id, commitment.indicator, commitment.context or commitment.text, commitment.anchor)


def _likeness(one: Commitment, other: Commitment) -> float:
    score = alike(one.indicator, other.indicator) - 20 * (one.kind is not other.kind)
    return score if score >= _LEAST else 0.0


def _details(old: Commitment, new: Commitment, *, successor: bool) -> Iterator[Detail]:
    if old.kind is not new.kind:
        yield Detail(Aspect.KIND, Nature.ALTERED, old.kind.value, new.kind.value)
    if old.year != new.year and not successor:
        before, after = (str(c.year or "") for c in (old, new))
        yield Detail(Aspect.DEADLINE, deadline_nature(old.year, new.year), before, after)
    if old.modality is not new.modality:
        nature = modality_nature(old.modality, new.modality)
        yield Detail(Aspect.MODALITY, nature, old.modality.value, new.modality.value)
    if bare(old.indicator) != bare(new.indicator):
        yield Detail(Aspect.NAME, Nature.REWORDED, old.indicator, new.indicator)
    if bare(old.text) != bare(new.text):
        yield Detail(Aspect.WORDING, Nature.REWORDED, old.text, new.text)
