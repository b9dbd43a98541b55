"""How far along the way is a target that is not reached yet?

In this order: the plan's own yearly path; for sums, the share of the target that has come together; else the straight
line from the base. All exact; only the thresholds of the words are a dated rule.
"""

from __future__ import annotations

from fractions import Fraction

from zhiheng.base.reading import Reading
from zhiheng.judgement.case import Case, Point
from zhiheng.judgement.verdict import Progress, ProgressState
from zhiheng.judgement.words import amount_text, both, change_texts, with_unit
from zhiheng.rules.messages import sentence

PATH_RULE = "plan.path"


def state_of(ratio: Fraction, rule: Reading) -> ProgressState:
    """The rule's word for progress divided by time."""
    if ratio >= rule.number("ahead"):
        return ProgressState.AHEAD
    if ratio >= rule.number("on_track"):
        return ProgressState.ON_TRACK
    if ratio >= rule.number("lag"):
        return ProgressState.LAG
    return ProgressState.SEVERE


def along_the_way(case: Case, start: Point | None, latest: Point) -> Progress | None:
    """The progress of `latest` from `start`; None when there is neither a path nor a start to measure from."""
    schedule = path_at(case, start, latest.at)
    if schedule is not None:
        return _by_path(case, start, latest, schedule)
    if start is None or case.last_year is None or case.holds_at_base:
        return None
    goal, end = case.bound.goal(start.amount), Fraction(case.last_year + 1)
    if goal == start.amount or latest.at <= start.at or end <= start.at:
        return None
    elapsed = (latest.at - start.at) / (end - start.at)
    share = (latest.amount - start.amount) / (goal - start.amount)
    line = start.amount + (goal - start.amount) * elapsed
    state = state_of(share / elapsed, case.rule)
    if share > 1 and case.bound.low is not None and case.bound.high is not None:
        # Past a target that is bounded on both sides is not ahead of it.
        state = ProgressState.LAG
    return Progress(state, share, elapsed, line, rule=rule_name(case.rule), cited=rule_cited(case.rule))


def by_comparison(state: ProgressState) -> Progress:
    """A word without a share: where base and target coincide there is nothing to divide by."""
    return Progress(state, None, None, None)


def progress_facts(case: Case, progress: Progress) -> dict[str, object]:
    """The numbers of a progress as a sentence writes them; `measure_bare` leaves the rule to be said once for many."""
    schedule = "" if progress.schedule is None else with_unit(amount_text(progress.schedule), case.target.unit)
    told: dict[str, object] = {"schedule": schedule, "schedule_en": schedule}
    if case.changes and schedule:
        told |= change_texts("schedule", case.target, schedule)
    shares = {"share": progress.share, "elapsed": progress.elapsed}
    told |= {name: "—" if share is None else with_unit(amount_text(share * 100), "%") for name, share in shares.items()}
    told |= both("measure", "judgement.measure_path" if progress.rule == PATH_RULE else "judgement.measure_line", told)
    told["measure_bare"] = told["measure"]
    if progress.cited:
        told |= {"rule": rule_words(case.rule), "rule_en": rule_name(case.rule)}
        told |= both("measure", "judgement.measure_ruled", told)
    return told


def rule_name(rule: Reading) -> str:
    """The rule and its version; one whose numbers nobody has confirmed, or checked for too long, is marked."""
    return rule.label + (f"({', '.join(_doubts(rule))})" if _doubts(rule) else "")


def rule_words(rule: Reading) -> str:
    """The rule as a sentence names it, marked likewise."""
    doubts = "、".join(sentence(f"judgement.rule_{doubt}", {}) for doubt in _doubts(rule))
    return sentence("judgement.rule", {"name": rule.name, "doubts": f"（{doubts}）" if doubts else ""})


def rule_cited(rule: Reading) -> str:
    """The rule with the clause it rests on, for a paper to print once."""
    facts = {"rule": rule_words(rule), "doc": rule.citation.doc, "clause": rule.citation.clause}
    return sentence("judgement.rule_cited", facts)


def _doubts(rule: Reading) -> list[str]:
    marks = {"unconfirmed": not rule.confirmed, "unverified": rule.unverified}
    return [mark for mark, doubtful in marks.items() if doubtful]


def path_at(case: Case, start: Point | None, at: Fraction) -> Fraction | None:
    """What the plan's yearly path says for a day: its value at a year's end, in between the straight line."""
    known = {Fraction(year + 1): Fraction(value) for year, value in case.target.path.items()}
    if start is not None and known:
        known.setdefault(start.at, start.amount)
    if at in known:
        return known[at]
    before, after = max((k for k in known if k < at), default=None), min((k for k in known if k > at), default=None)
    if before is None or after is None:
        return None
    return known[before] + (known[after] - known[before]) * (at - before) / (after - before)


def _by_path(case: Case, start: Point | None, latest: Point, schedule: Fraction) -> Progress:
    share = elapsed = None
    if start is not None and case.last_year is not None and not case.holds_at_base:
        goal, end = case.bound.goal(start.amount), Fraction(case.last_year + 1)
        share = (latest.amount - start.amount) / (goal - start.amount) if goal != start.amount else None
        elapsed = (latest.at - start.at) / (end - start.at) if end > start.at else None
        if schedule != start.amount:
            ratio = (latest.amount - start.amount) / (schedule - start.amount)
            return Progress(state_of(ratio, case.rule), share, elapsed, schedule, rule=PATH_RULE, cited=rule_cited(case.rule))
    good = latest.amount <= schedule if case.bound.upper_only else latest.amount >= schedule
    return Progress(ProgressState.AHEAD if good else ProgressState.LAG, share, elapsed, schedule, rule=PATH_RULE)
