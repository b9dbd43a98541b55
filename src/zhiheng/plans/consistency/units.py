"""Which responsible units are misspelt, unknown to the organisation list, or missing?

Without a list a name that occurs once and is one slip away from a frequent one is asked about. Names that are short forms of one
another (市场监管局, 市场监督管理局), of other levels or other offices (商务局, 税务局) are more than one slip, or a slip that makes another name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from zhiheng.base.problem import Severity
from zhiheng.documents.fold import fold
from zhiheng.plans.consistency.doubt import Doubt, Passage
from zhiheng.plans.model import Plan, Task
from zhiheng.plans.unit_names import is_open, is_unit

_BRACKET = re.compile(r"[(（\[〔][^()（）\[\]〔〕]*[)）\]〕]")
_LEVELS = "国省市州盟县区旗镇乡街"
# A slip in a word this short makes the name of another body as often as not.
_SUBSTITUTED, _LEFT_OUT = 7, 6
_LIGHT = frozenset("和与及暨、的")
_OFTEN = 3
_FEWEST = 2  # one task alone is a title of a chapter that was not parted further
_CLOSE = 0.7
_SHORTEST, _WHOLE_END = 3, 5
_COLLECTIVE = re.compile("^(?:各|其他|其它|有关|相关|全体|所有)|单位$|部门$|企业$|等$|街道$|^[市县区省]直")


@dataclass(frozen=True, slots=True)
class Organisations:
    """The bodies of a place: name → its aliases; looked up by any of them, with or without the place's own name."""

    names: Mapping[str, Sequence[str]]
    place: str = ""
    _known: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        known = {self._plain(word): name for name, aliases in self.names.items() for word in (name, *aliases)}
        object.__setattr__(self, "_known", known)

    def find(self, unit: str) -> str | None:
        """The body that a printed name means: by a name of the list, or as the short form of one body only; else None."""
        for plain in (self._plain(unit), self._plain(_BRACKET.sub("", unit))):
            if plain in self._known:
                return self._known[plain]
        meant = {name for word, name in self._known.items() if _is_short_form(plain, word)}
        return meant.pop() if len(meant) == 1 else None

    def nearest(self, unit: str) -> str | None:
        """The listed name most like a printed one, if one is like it at all."""
        plain = self._plain(unit)
        likeness, best = max(((_likeness(word, plain), word) for word in self._known), default=(0.0, ""))
        return self._known[best] if likeness >= _CLOSE else None

    def _plain(self, name: str) -> str:
        plain = "".join(fold(name).split())
        for prefix in (self.place, self.place[:-1]):
            if len(prefix) > 1 and plain.startswith(prefix) and len(plain) > len(prefix) + 2:
                plain = plain[len(prefix) :]
        return plain.lstrip(_LEVELS) if len(plain.lstrip(_LEVELS)) > 1 else plain


def _is_short_form(short: str, name: str) -> bool:
    """Whether letters of a name, the first and the last among them, or its whole end make the short form (发改局, 发展和改革局)."""
    if len(short) >= _WHOLE_END and name.endswith(short):
        return True
    letters = iter(name)
    ends = short[:1] == name[:1] and short[-1:] == name[-1:]
    return len(short) >= _SHORTEST and ends and all(letter in letters for letter in short)


def _likeness(one: str, other: str) -> float:
    return float(OSA.normalized_similarity(one, other))


def unit_doubts(plan: Plan, organisations: Organisations | None) -> Iterator[Doubt]:
    """Names of units, then tasks that have none."""
    used: dict[str, list[Task]] = {}
    for task in plan.tasks:
        for unit in dict.fromkeys((*task.responsible_units, *task.inherited_units)):
            whole = organisations is not None or is_unit(unit)  # a list tells a name that lost its end, too
            if whole and not is_open(unit) and not _COLLECTIVE.search(fold(unit)):
                used.setdefault("".join(fold(unit).split()), []).append(task)
    if organisations is not None:
        yield from _unlisted(used, organisations)
    else:
        yield from _slips(used)
    yield from _without_unit(plan.tasks)


def _unlisted(used: Mapping[str, Sequence[Task]], organisations: Organisations) -> Iterator[Doubt]:
    for unit, tasks in used.items():
        if organisations.find(unit) is None:
            near = organisations.nearest(unit)
            code = "consistency.unit_not_listed_near" if near else "consistency.unit_not_listed"
            facts: dict[str, object] = {"unit": unit, "near": near, "tasks": len(tasks)}
            yield Doubt(code, Severity.WARNING, facts, tuple(_place(t) for t in tasks[:2]))


def _slips(used: Mapping[str, Sequence[Task]]) -> Iterator[Doubt]:
    often = [u for u, tasks in used.items() if len(tasks) >= _OFTEN]
    for unit, tasks in used.items():
        if len(tasks) > 1:
            continue
        meant = next((o for o in often if _is_slip(unit, o)), None)
        if meant is not None:
            facts: dict[str, object] = {"unit": unit, "meant": meant, "times": len(used[meant])}
            yield Doubt("consistency.unit_misspelt", Severity.QUESTION, facts, (_place(tasks[0]), _place(used[meant][0])))


def _is_slip(unit: str, known: str) -> bool:
    """Whether one character too many, missing, wrong or in the wrong place tells a rare name from a frequent one."""
    if sorted(unit) == sorted(known):
        return unit != known and OSA.distance(unit, known) == 1
    if OSA.distance(unit, known) != 1:
        return False
    changed = set(unit) ^ set(known)
    if changed & set(_LEVELS) or changed & _LIGHT:
        return False
    return min(len(unit), len(known)) >= (_SUBSTITUTED if len(unit) == len(known) else _LEFT_OUT)


def _without_unit(tasks: Sequence[Task]) -> Iterator[Doubt]:
    """Tasks nobody answers for, one by one where others have units; told once where none has."""
    lacking = [t for t in tasks if not t.responsible_units and not t.inherited_units]
    if len(lacking) == len(tasks):
        if len(tasks) < _FEWEST:
            return
        whole: dict[str, object] = {"tasks": len(tasks)}
        yield Doubt("consistency.no_task_has_units", Severity.QUESTION, whole, (_place(tasks[0]),))
        return
    other = next((t for t in tasks if t.responsible_units or t.inherited_units), None)
    chapters: dict[str | None, list[Task]] = {}
    for task in lacking:
        chapters.setdefault(task.parent_title or task.chapter, []).append(task)
    for group in chapters.values():
        facts: dict[str, object] = {"titles": [f"{t.number or ''}{t.title}" for t in group], "tasks": len(group)}
        places = (_place(group[0]), *((_place(other),) if other else ()), *map(_place, group[1:]))
        yield Doubt("consistency.task_without_unit", Severity.QUESTION, facts, places)


def _place(task: Task) -> Passage:
    units = "、".join((*task.responsible_units, *task.inherited_units)[:4])
    said = f"{task.number or ''}{task.title}"
    return Passage(task.anchor, f"{said}（{units}）" if units else said)
