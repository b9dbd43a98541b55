"""What do the papers of a run have to say? Each target beside its verdict, its sentence, its units and its sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from zhiheng.base.errors import InternalError
from zhiheng.documents.tree import Anchor
from zhiheng.indicators.behind import Behind
from zhiheng.indicators.counting import counts_from_zero
from zhiheng.indicators.value import IndicatorValue
from zhiheng.judgement.bound import Bound, bound_of
from zhiheng.judgement.case import reported_as_level
from zhiheng.judgement.refused import REFUSED
from zhiheng.judgement.verdict import Judgement, Verdict
from zhiheng.judgement.words import change_texts, with_unit
from zhiheng.plans.model import Commitment, Mention, Plan, Target, Task
from zhiheng.publication.answering import units_of
from zhiheng.publication.areas import Areas, Outline
from zhiheng.publication.records import target_mention
from zhiheng.publication.wording import target_words, value_words
from zhiheng.rules.messages import sentence

NO_UNIT = "未列明"
ATTRIBUTES = ("约束性", "预期性")
LAGGING = (Verdict.MISSED, Verdict.BEHIND)
OPEN = (Verdict.UNCONFIRMED, Verdict.PENDING_ASSIGNMENT, Verdict.NO_EVIDENCE, Verdict.NOT_COMPARABLE)
JUDGED = (Verdict.MET, Verdict.ON_TRACK, Verdict.BEHIND, Verdict.MISSED)


class Lack(StrEnum):
    """What is lacking to judge by; its value is the printed phrase."""

    NOTHING = "尚无填报"
    REFUSED = "填报的数据未通过校验"
    SHORT = "已有数据不足以评价"


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
    base_day: date | None = None
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
    def reporters(self) -> tuple[str, ...]:
        """Who handed its figures in, the last one first; the plan need not have named them."""
        known = (v.typed or v for v in reversed(self.observations))
        return tuple(dict.fromkeys(v.source for v in known if v.source))

    @property
    def answering(self) -> str:
        """The units that the plan holds responsible, as papers print them."""
        return "、".join(self.units) or NO_UNIT

    @property
    def attribute(self) -> str:
        """约束性 or 预期性 where the plan says so."""
        if self.target is not None:
            return self.target.attribute or ""
        return next((cell for cell in self.context.split() if cell in ATTRIBUTES), "")

    @property
    def lacking(self) -> Lack | None:
        """What is lacking where the figures do not allow a verdict."""
        if self.verdict is not Verdict.NO_EVIDENCE:
            return None
        if self.judgement.reason == REFUSED:
            return Lack.REFUSED
        return Lack.SHORT if self.observations else Lack.NOTHING

    @property
    def latest(self) -> tuple[str, str]:
        """The figure that decides and its period, as papers print them; of sums from zero, the total so far."""
        value, facts = self.judgement.value, self.judgement.reason_facts
        if value is None or value.amount is None:
            return "—", ""
        total, span = facts.get("value"), facts.get("period")
        if self.summed and isinstance(total, str) and isinstance(span, str):
            return total, span
        return self._shown(value), value.period.label

    def _shown(self, value: IndicatorValue) -> str:
        """A value; of a target that states a change, the change with its direction."""
        if self.target is None or not self.target.comparator_judged.states_a_change or reported_as_level(value):
            return value_words(value, self.bound)
        return change_texts("value", self.target, value_words(value, self.bound))["value"]

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
        said, facts = self.judgement.sentence, self.judgement.reason_facts
        if "measure_bare" in facts:  # the rule behind the word is said once in each paper
            said = sentence(self.judgement.reason, {**facts, "measure": facts["measure_bare"]})
        rest = said.removeprefix(f"“{self.indicator}”")
        return rest if rest == said else rest.removeprefix("的")

    @property
    def moving(self) -> bool:
        """Whether there is a way to go, of which a share is done."""
        return self.judgement.progress is not None and self.judgement.progress.share is not None

    @property
    def start(self) -> tuple[str, int | None]:
        """Where it starts and when: as the plan prints it, else as handed in for the year before; empty when unknown."""
        target = self.target
        if target is not None and target.baseline is not None:
            floor = "以上" if target.baseline.floor else ""
            return with_unit(target.baseline.value, target.unit) + floor, target.baseline.year
        known = [v for v in self.observations if v.amount is not None and v.period.end == self.base_day]
        if target is None or self.summed or target.comparator_judged.states_a_change or not known:
            return "", None
        return value_words(known[-1], self.bound), known[-1].period.end.year

    @property
    def baseline(self) -> str:
        """Where it starts, as papers print it."""
        return self.start[0] or "—"


@dataclass(frozen=True)
class Findings:
    """All of them on one day: the plan's own, and those of a predecessor that the plan reports.

    `behind`: files and records of the values that records make, by the digest of the receipt.
    """

    plan: Plan
    as_of: date
    figures_note: str
    refused: int
    own: tuple[Finding, ...]
    earlier: tuple[Finding, ...] = ()
    counts: Mapping[Verdict, int] = field(default_factory=dict)
    behind: Mapping[str, Behind] = field(default_factory=dict)

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

    @property
    def values(self) -> tuple[IndicatorValue, ...]:
        """The observations of its own targets, each once."""
        return tuple(dict.fromkeys(v for f in self.own for v in f.observations))

    def groups(self) -> dict[str, list[Finding]]:
        """Own findings by group, in the order of the plan."""
        return _by_group(self.own)


def findings_of(
    plan: Plan,
    judgements: Iterable[Judgement],
    *,
    as_of: date,
    figures_note: str = "",
    refused: int = 0,
    behind: Mapping[str, Behind] | None = None,
) -> Findings:
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
    paper = _Paper(
        plan.tasks, {m.id: m for m in plan.mentions}, Outline.of(plan.outline), Areas.of(plan.targets), plan.meta.period_start
    )
    made = [paper.finding(p, latest[p.id]) for p in promises if p.id in latest]
    own = [f for f in made if f.target is None or f.target.own]
    earlier = [f for f in made if f.target is not None and not f.target.own]
    counts = Counter(f.verdict for f in own)
    grouped = [f for members in _by_group(own).values() for f in members]
    return Findings(
        plan,
        as_of,
        figures_note,
        refused,
        _numbered(grouped),
        _numbered(earlier),
        {v: counts[v] for v in Verdict},
        behind or {},
    )


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
    outline: Outline
    areas: Areas
    first_year: int | None

    def finding(self, promise: Target | Commitment, judgement: Judgement) -> Finding:
        """A promise with its judgement and what stands around it."""
        target = promise if isinstance(promise, Target) else None
        mention = target_mention(target, self.mentions)
        anchor = promise.anchor or (mention.anchor if mention else None)
        context = promise.context or (mention.context if mention else "")
        above = self.outline.above(anchor)
        first = (target.period_start if target else None) or self.first_year
        return Finding(
            number=0,
            judgement=judgement,
            indicator=promise.indicator,
            goal=target_words(target) if target else promise.text,
            text=promise.text or (mention.text if mention else ""),
            context=context,
            year=promise.year,
            group=self.areas.area(promise, [h.title for h in above]),
            units=units_of(promise.indicator, context, self.tasks),
            titles=tuple(f"{h.number or ''}{h.title}" for h in above),
            anchor=anchor,
            base_day=date(first - 1, 12, 31) if first else None,
            target=target,
            commitment=promise if isinstance(promise, Commitment) else None,
        )


def _end(judgement: Judgement) -> tuple[date, date]:
    return judgement.as_of, judgement.period.end if judgement.period else date.min


def _numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(replace(f, number=n) for n, f in enumerate(findings, 1))
