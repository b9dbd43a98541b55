"""What became of the tasks, and of the departments that answer for them?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from zhiheng.plans.differences.change import Aspect, Change, Detail, Nature, Side, Subject, change
from zhiheng.plans.differences.identity import moved, pairs
from zhiheng.plans.differences.likeness import alike, bare, holds, is_shortened
from zhiheng.plans.model import CommitmentClass, Mention, Role, Task

_SAME_TITLE, _OTHER_TITLE, _SAME_TEXT = 100.0, 70.0, 55.0
_PART, _SHORTEST_PART = 85.0, 12
_SAME_UNIT = 70.0
_YEAR = re.compile(r"20\d\d(?=年)")
_RANKS = {
    CommitmentClass.EXPLORE: 0,
    CommitmentClass.ENCOURAGE: 1,
    CommitmentClass.PLAIN: 2,
    CommitmentClass.FULL: 3,
    CommitmentClass.STRICT: 4,
}


def task_changes(
    old: Sequence[Task], new: Sequence[Task], mentions: tuple[Sequence[Mention], Sequence[Mention]], *, successor: bool
) -> tuple[list[Change], int, list[tuple[Task, Task]]]:
    """The changes in the order of the new plan, the dropped last; how many tasks are as they were; and which is which.

    Numbers of targets are left to the changes of targets: they do not make a task reworded.
    """
    found = pairs(old, new, _likeness)
    gone = set() if successor else moved(found.found) | _under_another_head(old, new, found.found)
    texts = _without_targets(old, mentions[0]), _without_targets(new, mentions[1])
    changes: dict[int, Change] = {}
    for i, j in found.found:
        details = list(_details(old[i], new[j], texts[0][i], texts[1][j]))
        if (i, j) in gone:
            details.append(Detail(Aspect.PLACE, Nature.MOVED, _head(old[i]), _head(new[j])))
        made = change(Subject.TASK, side(old[i]), side(new[j]), details)
        if made:
            changes[j] = made
    for j in found.added:
        whole = _holder(new[j], old)
        changes[j] = Change(Subject.TASK, (Nature.ADDED,), None, side(new[j]), _part(whole, Nature.ADDED))
    dropped = [
        Change(Subject.TASK, (Nature.DROPPED,), side(old[i]), None, _part(_holder(old[i], new), Nature.DROPPED))
        for i in found.dropped
    ]
    unchanged = len(found.found) - sum(c.before is not None for c in changes.values())
    same = [(old[i], new[j]) for i, j in found.found]
    return [*(changes[j] for j in sorted(changes)), *dropped], unchanged, same


def side(task: Task) -> Side:
    """The task as one side of a change."""
    return Side(task.id, task.title, task.text, task.anchor)


def _likeness(one: Task, other: Task) -> float:
    title = alike(one.title, other.title)
    text = 100.0 if one.text == other.text and one.text else alike(one.text, other.text)
    if title == _SAME_TITLE or text >= _SAME_TEXT or (title >= _OTHER_TITLE and text >= _SAME_TEXT / 2):
        return (title + text) / 2 + 5 * (bare(one.parent_title or "") == bare(other.parent_title or ""))
    return 0.0


def _details(old: Task, new: Task, before: str, after: str) -> Iterator[Detail]:
    if bare(old.title) != bare(new.title):
        yield Detail(Aspect.NAME, Nature.REWORDED, old.title, new.title)
    if bare(before) != bare(after):
        years = _YEAR.findall(before), _YEAR.findall(after)
        if years[0] != years[1] and bare(_YEAR.sub("", before)) == bare(_YEAR.sub("", after)):
            nature = Nature.TIGHTENED if max(years[1]) < max(years[0]) else Nature.LOOSENED
            yield Detail(Aspect.DEADLINE, nature, "、".join(years[0]), "、".join(years[1]))
        else:
            yield Detail(Aspect.WORDING, Nature.REWORDED, old.text, new.text)
    step = _RANKS[new.commitment_class] - _RANKS[old.commitment_class]
    if step:
        nature = Nature.TIGHTENED if step > 0 else Nature.LOOSENED
        yield Detail(Aspect.BINDING, nature, old.commitment_class.value, new.commitment_class.value)


def _without_targets(tasks: Sequence[Task], mentions: Sequence[Mention]) -> list[str]:
    """The texts with the values and years of sentences that set targets blanked."""
    said: dict[str, set[str]] = {}
    for mention in mentions:
        if mention.role in (Role.TARGET, Role.BASELINE) and mention.context:
            said.setdefault(mention.context, set()).add(mention.text)
    return [_blanked(task.text, said) for task in tasks]


def _blanked(text: str, said: Mapping[str, set[str]]) -> str:
    for context, values in said.items():
        if context in text:
            blank = context
            for value in sorted(values, key=len, reverse=True):
                blank = blank.replace(value, "□")
            text = text.replace(context, _YEAR.sub("□", blank))
    return text


def _head(task: Task) -> str:
    return task.parent_title or task.chapter or ""


def _under_another_head(old: Sequence[Task], new: Sequence[Task], found: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Pairs under another head than before; where no head has the old words any more, most of its tasks tell the new one."""
    now: dict[str, Counter[str]] = {}
    for i, j in found:
        now.setdefault(bare(_head(old[i])), Counter())[bare(_head(new[j]))] += 1
    standing = {bare(_head(task)) for task in new}
    usual = {head: head if head in standing else counts.most_common(1)[0][0] for head, counts in now.items()}
    return {(i, j) for i, j in found if bare(_head(new[j])) != usual[bare(_head(old[i]))]}


def _holder(task: Task, others: Sequence[Task]) -> Task | None:
    """The task of the other version whose text has most of this one: they were joined or parted."""
    text = bare(task.text)
    if len(text) < _SHORTEST_PART:
        return None
    best = max(others, key=lambda other: holds(other.text, task.text), default=None)
    return best if best is not None and holds(best.text, task.text) >= _PART else None


def _part(whole: Task | None, nature: Nature) -> tuple[Detail, ...]:
    if whole is None:
        return ()
    before, after = (whole.title, "") if nature is Nature.ADDED else ("", whole.title)
    return (Detail(Aspect.PART_OF, nature, before, after),)


def unit_changes(same: Sequence[tuple[Task, Task]]) -> tuple[list[Change], int]:
    """Departments that joined or left a task, lead it or no longer do; and how many stand as they stood."""
    changes: list[Change] = []
    unchanged = 0
    for old, new in same:
        before, after = _roles(old), _roles(new)
        found = pairs(list(before), list(after), _unit_likeness)
        names = list(before), list(after)
        for i, j in found.found:
            one, other = names[0][i], names[1][j]
            details = []
            if before[one] != after[other]:
                details.append(Detail(Aspect.ROLE, Nature.ALTERED, before[one], after[other]))
            if bare(one) != bare(other):
                details.append(Detail(Aspect.NAME, Nature.REWORDED, one, other))
            made = change(Subject.UNIT, _unit(one, old), _unit(other, new), details)
            if made:
                changes.append(made)
            unchanged += made is None
        changes += [Change(Subject.UNIT, (Nature.ADDED,), None, _unit(names[1][j], new)) for j in found.added]
        changes += [Change(Subject.UNIT, (Nature.DROPPED,), _unit(names[0][i], old), None) for i in found.dropped]
    return changes, unchanged


def _roles(task: Task) -> dict[str, str]:
    """Departments that the task itself names, each with its part in it."""
    if not task.lead_units and not task.supporting_units:
        return dict.fromkeys(task.responsible_units, "responsible")
    return {u: "lead" if u in task.lead_units else "supporting" for u in task.responsible_units}


def _unit(name: str, task: Task) -> Side:
    return Side(task.id, name, task.title, task.anchor)


def _unit_likeness(one: str, other: str) -> float:
    if bare(one) == bare(other):
        return 100.0
    score = alike(one, other)
    return score if score >= _SAME_UNIT and is_shortened(one, other) else 0.0
