"""A plan that reports its predecessor is judged from its own text."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from tests.builders import a_mention, a_plan, a_target

from zhiheng.base.quantity import Basis
from zhiheng.judgement.self_report import judge_reported
from zhiheng.judgement.verdict import Verdict
from zhiheng.plans.model import Alignment, Comparator, Question, Role
from zhiheng.rules.messages import strict_sentence

LABELS = Path(__file__).parents[4] / "shared" / "corpus" / "labels"
LOWER_IS_BETTER = ("浓度",)


def judged(target, *actuals):
    mentions = tuple(a_mention(role=Role.ACTUAL, **{"id": f"a{i}"} | fields) for i, fields in enumerate(actuals))
    reported = a_target(**({"own": False, "year": 2020, "actuals": tuple(m.id for m in mentions)} | target))
    (found,) = judge_reported(a_plan(reported, mentions=mentions))
    for language in ("zh", "en"):
        assert "{" not in strict_sentence(found.reason, found.reason_facts, language)
    return found


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        (("96", ">="), ("97.1", "=="), "met"),
        (("96", ">="), ("96.0", "=="), "met"),
        (("96", ">="), ("95.9", "=="), "missed"),
        (("85", ">"), ("85", "=="), "missed"),
        (("85", ">"), ("85.1", "=="), "met"),
        (("35", "<="), ("35", "=="), "met"),
        (("35", "<="), ("36", "=="), "missed"),
        (("99.5", ">="), ("99.49999", "=="), "missed"),
        (("98", ">="), ("98", ">="), "met"),
        (("98", ">="), ("97", ">="), "unconfirmed"),
        (("98", ">"), ("98", ">"), "met"),
        (("98", ">"), ("98", ">="), "unconfirmed"),
        (("35", "<="), ("34", "<="), "met"),
        (("35", "<="), ("36", "<="), "unconfirmed"),
        (("35", "<"), ("35", "<"), "met"),
        (("98", ">="), ("99", "<="), "unconfirmed"),
        (("0", "zero_events"), ("0", "zero_events"), "met"),
        (("0", "zero_events"), ("0", "=="), "met"),
        (("0", "zero_events"), ("1", "=="), "missed"),
    ],
)
def test_printed_value_against_printed_value(target, actual, verdict):
    found = judged({"value": target[0], "comparator": target[1]}, {"value": actual[0], "comparator": actual[1]})
    assert found.verdict.value == verdict


def test_the_row_says_where_target_and_actual_stand():
    found = judged({}, {"value": "93", "comparator": "==", "line": 55, "text": "<93%>"})
    assert (found.target_line, found.actual_line) == (1, 55)
    assert "<93%>" in found.sentence


def test_without_an_actual_there_is_no_evidence():
    assert judged({}).verdict is Verdict.NO_EVIDENCE


def test_an_open_question_stays_open():
    found = judged({"questions": (Question("judgement.bound_zero"),)}, {"value": "99", "comparator": "=="})
    assert (found.verdict, found.reason) == (Verdict.UNCONFIRMED, "judgement.question_open")


@pytest.mark.parametrize(
    ("target", "actual", "facet"),
    [
        ({"unit": "%"}, {"unit": "家"}, "单位"),
        ({"basis": Basis.NEW}, {"basis": Basis.CUMULATIVE}, "口径"),
        ({"scope": "全县"}, {"scope": "规上"}, "范围"),
        ({"catalogue": Alignment("a", "甲", 100, "name")}, {"catalogue": Alignment("b", "乙", 100, "name")}, "监测项目"),
    ],
)
def test_what_differs_is_not_compared(target, actual, facet):
    found = judged(target, {"value": "99", "comparator": "=="} | actual)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert facet in found.sentence


def test_marks_in_the_actual_column_are_shared_by_the_row():
    new = {"value": "15", "comparator": "==", "basis": Basis.NEW, "unit": "家"}
    assert judged({"value": "10", "unit": "家", "basis": Basis.COUNT}, new).verdict is Verdict.MET
    mean = {"value": "97.1", "comparator": "==", "basis": Basis.AVERAGE}
    assert judged({"value": "96"}, mean).verdict is Verdict.MET


def test_of_several_actual_figures_the_worst_speaks():
    found = judged({}, {"value": "94", "comparator": "=="}, {"value": "92", "comparator": "==", "line": 2})
    assert (found.verdict, found.actual_line) == (Verdict.MISSED, 2)


def test_the_plans_own_targets_are_left_alone():
    assert judge_reported(a_plan(a_target(), a_target(id="t2"))) == ()


def table_a():
    """The completed table as labelled: target and actual mention of each row."""
    path = LABELS / "s4_haiyan_14th.targets.csv"
    if not path.exists():
        pytest.skip("the shared corpus is not beside the project")
    with path.open(encoding="utf-8") as lines:
        by_id = {row["id"]: row for row in csv.DictReader(lines)}
    with (LABELS / "s4_haiyan_14th.judgement.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield by_id[row["target_id"]], by_id[row["actual_id"]]


def judged_row(target, actual, value=None):
    printed = target["comparator"]
    bare = "<=" if target["indicator"].endswith(LOWER_IS_BETTER) else ">="
    given = {
        "value": target["value_low"] or target["value_high"],
        "comparator": bare if printed == "==" else printed,
        "comparator_printed": Comparator(printed),
        "indicator": target["indicator"],
        "unit": target["unit"] or None,
        "basis": Basis(target["basis"]),
    }
    figure = {
        "value": value or actual["value_low"],
        "comparator": "==" if value else actual["comparator"],
        "unit": ("起" if actual["comparator"] == "zero_events" else actual["unit"]) or None,
        "basis": Basis(actual["basis"]),
        "line": int(actual["line"]),
    }
    return judged(given, figure)


@pytest.mark.shared
def test_the_eighteen_rows_of_a_published_table_as_printed_on_the_bound_and_beyond():
    rows = list(table_a())
    assert len(rows) == 18
    for target, actual in rows:
        assert judged_row(target, actual).verdict is Verdict.MET, target["indicator"]
        if actual["comparator"] == "zero_events":
            assert judged_row(target, actual, "1").verdict is Verdict.MISSED
            continue
        bound, strict = Decimal(target["value_low"] or target["value_high"]), target["comparator"] == ">"
        step = Decimal(1).scaleb(Decimal(actual["value_low"]).as_tuple().exponent)
        wrong = step if target["indicator"].endswith(LOWER_IS_BETTER) else -step
        on_it = judged_row(target, actual, str(bound))
        assert on_it.verdict is (Verdict.MISSED if strict else Verdict.MET), target["indicator"]
        assert judged_row(target, actual, str(bound + wrong)).verdict is Verdict.MISSED, target["indicator"]
