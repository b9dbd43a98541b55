"""Promises whose value comes from a higher level or from other places."""

from __future__ import annotations

from datetime import date

import pytest
from tests.builders import a_commitment, a_plan, a_progress_rule, a_target, a_value

from zhiheng.judgement.judging import judge
from zhiheng.judgement.verdict import Verdict
from zhiheng.plans.model import CommitmentKind
from zhiheng.rules.messages import strict_sentence

ENERGY = "单位地区生产总值能耗降低"


def judged(*values, commitment=None, day=date(2026, 2, 1)):
    found = judge(a_plan(commitments=(commitment or a_commitment(),)), values, day, a_progress_rule())
    assert len(found) == 1
    for language in ("zh", "en"):
        strict_sentence(found[0].reason, found[0].reason_facts, language)
    return found[0]


def handed(amount, bound=">="):
    return a_value(amount, 2025, indicator=ENERGY, assigned=True, bound=bound)


def seen(amount, year=2025):
    return a_value(amount, year, indicator=ENERGY)


def test_before_it_is_handed_down_it_is_pending_whatever_was_observed():
    found = judged(seen("17.5"))
    assert (found.target_id, found.verdict) == ("c1", Verdict.PENDING_ASSIGNMENT)
    assert "完成省下达任务" in found.sentence


def test_a_relative_promise_waits_for_what_it_is_compared_with():
    found = judged(commitment=a_commitment(CommitmentKind.RELATIVE, text="达到全国平均水平"))
    assert (found.verdict, found.reason) == (Verdict.PENDING_ASSIGNMENT, "judgement.pending_comparison")


def test_once_loaded_it_is_judged_and_is_no_observation():
    found = judged(seen("17.5"), handed("17"))
    assert found.verdict is Verdict.MET
    assert "不低于17%" in found.sentence
    assert all(not v.assigned for v in found.observations)
    assert judged(seen("16.9"), handed("17")).verdict is Verdict.MISSED
    assert judged(seen("5.6"), handed("5.5", "<=")).verdict is Verdict.MISSED


def test_loaded_without_a_side_it_is_asked_for():
    found = judged(seen("17.5"), handed("17", None))
    assert (found.verdict, found.reason) == (Verdict.UNCONFIRMED, "judgement.assigned_without_bound")


def test_loaded_but_nothing_observed():
    assert judged(handed("17")).verdict is Verdict.NO_EVIDENCE


@pytest.mark.parametrize(
    "kind", [CommitmentKind.TREND, CommitmentKind.FULL_COVERAGE, CommitmentKind.FIRST_EVER, CommitmentKind.TOTAL_REMOVAL]
)
def test_other_promises_have_no_verdict(kind):
    assert judge(a_plan(commitments=(a_commitment(kind),)), [], date(2026, 2, 1), a_progress_rule()) == ()


def test_a_targets_own_side_serves_when_only_its_value_is_handed_down():
    target = a_target(None, ">=", value_low=None, value_high=None)
    found = judge(
        a_plan(target), [a_value("95", 2025), a_value("96", 2025, assigned=True)], date(2026, 2, 1), a_progress_rule()
    )
    assert found[0].verdict is Verdict.MISSED


def test_a_predecessors_targets_are_not_judged_by_figures():
    assert judge(a_plan(a_target(own=False)), [a_value("95", 2025)], date(2026, 2, 1), a_progress_rule()) == ()
