"""What do the papers of a run have to say? Each target beside its verdict, its sentence, its units and its sources."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from zhiheng.base.errors import InternalError
from zhiheng.documents.tree import Anchor, Place
from zhiheng.indicators.counting import counts_from_zero
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound, bound_of
from zhiheng.judgement.verdict import Judgement, Verdict
from zhiheng.judgement.words import with_unit
from zhiheng.plans.model import Commitment, Heading, Mention, Plan, Target, Task
from zhiheng.publication.records import target_mention
from zhiheng.publication.wording import target_words, value_words

NO_GROUP = "其他"
NO_UNIT = "未列明"
LAGGING = (Verdict.MISSED, Verdict.BEHIND)
OPEN = (Verdict.UNCONFIRMED, Verdict.PENDING_ASSIGNMENT, Verdict.NO_EVIDENCE, Verdict.NOT_COMPARABLE)
JUDGED = (Verdict.MET, Verdict.ON_TRACK, Verdict.BEHIND, Verdict.MISSED)


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise and what can be said of it. `target` is None for a promise without a number (`commitment` then)."""

    number: int
    judgement: Judgement
    indicator: str
    goal: str
    text: str
    context: str
    year: int | None
    group: str
    units: tuple[str, ...]
    titles: tuple[str, ...]
    anchor: Anchor | None
    target: Target | None = None
    commitment: Commitment | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict."""
        return self.judgement.verdict

    @property
    def observations(self) -> tuple[IndicatorValue, ...]:
        """All values in order of time, the deciding one among them."""
        value = self.judgement.value
        known = self.judgement.observations
        return known if value is None or value in known else (*known, value)

    @property
    def latest(self) -> tuple[str, str]:
        """The figure that decides and its period, as papers print them; of sums from zero, the total so far."""
        value, facts = self.judgement.value, self.judgement.reason_facts
        if value is None or value.amount is None:
            return "—", ""
        total, span = facts.get("value"), facts.get("period")
        if self.summed and isinstance(total, str) and isinstance(span, str):
            return total, span
        return value_words(value, self.bound), value.period.label

    @property
    def bound(self) -> Bound | None:
        """What its figures are held against; None when nothing is printed that they could be."""
        return bound_of(self.target) if self.target else None

    @property
    def summed(self) -> bool:
        """Whether its yearly amounts add up from zero."""
        return self.target is not None and counts_from_zero(self.target)

    @property
    def reason(self) -> str:
        """The sentence of the verdict, without the indicator's name that stands beside it in papers."""
        said = self.judgement.sentence
        rest = said.removeprefix(f"“{self.indicator}”")
        return rest if rest == said else rest.removeprefix("的")

    @property
    def baseline(self) -> str:
        """Where it starts, as papers print it."""
        start = self.target.baseline if self.target else None
        if start is None or self.target is None:
            return "—"
        return with_unit(start.value, self.target.unit) + ("以上" if start.floor else "")


@dataclass(frozen=True)
class Findings:
    """All of them on one day: the plan's own, and those of a predecessor that the plan reports."""

    plan: Plan
    as_of: date
    figures_note: str
    own: tuple[Finding, ...]
    earlier: tuple[Finding, ...] = ()
    counts: Mapping[Verdict, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The plan's title, or the file's name."""
        return self.plan.meta.title or self.plan.name

    @property
    def cited(self) -> str:
        """The name in book marks, once."""
        return self.name if "《" in self.name else f"《{self.name}》"

    def with_verdict(self, *verdicts: Verdict) -> list[Finding]:
        """Own findings with these verdicts, in this order of verdicts."""
        return [f for v in verdicts for f in self.own if f.verdict is v]

    def groups(self) -> dict[str, list[Finding]]:
        """Own findings by group, in the order of the plan."""
        return _by_group(self.own)


def findings_of(plan: Plan, judgements: Iterable[Judgement], *, as_of: date, figures_note: str = "") -> Findings:
    """Each target of the plan with its latest judgement, group by group in the order of the plan."""
    latest: dict[str, Judgement] = {}
    for judgement in judgements:
        known = latest.get(judgement.target_id)
        if known is None or _end(judgement) >= _end(known):
            latest[judgement.target_id] = judgement
    promises: Sequence[Target | Commitment] = (*plan.targets, *(c for c in plan.commitments if c.id in latest))
    lost = latest.keys() - {p.id for p in promises}
    silent = [t.id for t in plan.targets if t.own and t.id not in latest]
    if lost or silent:
        raise InternalError("publication.judgements_do_not_fit", unknown=sorted(lost), silent=silent)
    paper = _Paper(plan.tasks, {m.id: m for m in plan.mentions}, _Outline.of(plan.outline), _Groups.of(plan.targets))
    made = [paper.finding(p, latest[p.id]) for p in promises if p.id in latest]
    own = [f for f in made if f.target is None or f.target.own]
    earlier = [f for f in made if f.target is not None and not f.target.own]
    counts = Counter(f.verdict for f in own)
    grouped = [f for members in _by_group(own).values() for f in members]
    return Findings(plan, as_of, figures_note, _numbered(grouped), _numbered(earlier), {v: counts[v] for v in Verdict})


def _by_group(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        found.setdefault(finding.group, []).append(finding)
    return found


@dataclass(frozen=True)
class _Paper:
    """What a plan says around its targets."""

    tasks: Sequence[Task]
    mentions: Mapping[str, Mention]
    outline: _Outline
    groups: _Groups

    def finding(self, promise: Target | Commitment, judgement: Judgement) -> Finding:
        """A promise with its judgement and what stands around it."""
        target = promise if isinstance(promise, Target) else None
        mention = target_mention(target, self.mentions)
        anchor = promise.anchor or (mention.anchor if mention else None)
        context = promise.context or (mention.context if mention else "")
        above = self.outline.above(anchor)
        return Finding(
            number=0,
            judgement=judgement,
            indicator=promise.indicator,
            goal=target_words(target) if target else promise.text,
            text=promise.text or (mention.text if mention else ""),
            context=context,
            year=promise.year,
            group=self.groups.group(promise, [h.title for h in above]),
            units=units_of(promise.indicator, context, self.tasks) or _sources(judgement),
            titles=tuple(f"{h.number or ''}{h.title}" for h in above),
            anchor=anchor,
            target=target,
            commitment=promise if isinstance(promise, Commitment) else None,
        )


def units_of(indicator: str, context: str, tasks: Iterable[Task]) -> tuple[str, ...]:
    """Who answers for an indicator: the lead units, else all units, of the task that speaks of it."""
    for task in tasks:
        said = task.title + task.text
        if (context and context in said) or (len(indicator) > 3 and indicator in said):
            return task.lead_units or task.responsible_units or task.inherited_units
    return ()


def _sources(judgement: Judgement) -> tuple[str, ...]:
    known = [v.source for v in reversed((*judgement.observations, judgement.value)) if v is not None and v.source]
    return tuple(known[:1])


def _end(judgement: Judgement) -> tuple[date, date]:
    return judgement.as_of, judgement.period.end if judgement.period else date.min


def _numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(f, number=n) for n, f in enumerate(findings, 1))


@dataclass(frozen=True)
class _Outline:
    """The titles of a paper with their places, to tell under which a clause stands."""

    entries: tuple[tuple[tuple[int, int], Heading], ...]

    @classmethod
    def of(cls, outline: Iterable[Heading]) -> _Outline:
        placed = ((_position(h.anchor.place, h.anchor.start), h) for h in outline)
        return cls(tuple(sorted(((p, h) for p, h in placed if p), key=lambda e: e[0])))

    def above(self, anchor: Anchor | None) -> list[Heading]:
        """Headings from the outermost down to the one over the clause."""
        position = _position(anchor.place, anchor.start) if anchor else None
        chain: list[Heading] = []
        for at, heading in self.entries:
            if position is None or at > position:
                break
            chain = [h for h in chain if h.level < heading.level] + [heading]
        return chain


@dataclass(frozen=True)
class _Groups:
    """The groups of the plan's tables, and to which of them a target outside the tables is told to belong."""

    named: tuple[str, ...]
    by_indicator: Mapping[str, str]

    @classmethod
    def of(cls, targets: Iterable[Target]) -> _Groups:
        grouped = [(t, t.group) for t in targets if t.group]
        return cls(tuple(dict.fromkeys(g for _, g in grouped)), {key: g for t, g in reversed(grouped) for key in _keys(t)})

    def group(self, promise: Target | Commitment, titles: Sequence[str]) -> str:
        """Its own group, that of the same indicator, the one that a title above it names, else the title of its section."""
        if isinstance(promise, Target):
            known = (self.by_indicator[key] for key in _keys(promise) if key in self.by_indicator)
            if own := promise.group or next(known, None):
                return own
        named = (g for title in reversed(titles) for g in self.named if g in title or set(g) <= set(title))
        return next(named, None) or next(iter(titles[1:2] or titles[:1]), NO_GROUP)


def _keys(target: Target) -> tuple[str, ...]:
    """By which an indicator is known again: its entry in the catalogue, its name without what brackets add."""
    name = re.split("[（(]", target.indicator)[0]
    return (target.catalogue.indicator, name) if target.catalogue else (name,)


def _position(place: Place, start: int) -> tuple[int, int] | None:
    number = place.line or place.paragraph
    return (number, start) if number else None
