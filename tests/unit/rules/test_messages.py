from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from zhiheng.base.errors import InternalError, RuleError
from zhiheng.base.period import Period
from zhiheng.base.problem import Problem, Severity
from zhiheng.rules import messages


def test_a_sentence_in_two_languages() -> None:
    facts = {"rule": "food.floor", "layers": ["national", "city/000000"]}
    assert "规则库（national、city/000000）中没有规则“food.floor”" in messages.sentence("rules.no_such_rule", facts)
    assert "(national, city/000000) has no rule 'food.floor'" in messages.sentence("rules.no_such_rule", facts, "en")


def test_what_is_missing_never_hides_the_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "BRIDGED", (InternalError, RuleError))
    assert messages.sentence("rules.never_written", {"file": "a.txt"}) == "rules.never_written: file=a.txt"
    assert messages.sentence("no_room_at_all", {}) == "no_room_at_all"
    assert messages.sentence("rules.no_such_rule", {"rule": "x"}) == "rules.no_such_rule: rule=x"
    assert messages.sentence("../../secrets.x", {}) == "../../secrets.x"


def test_in_tests_a_missing_sentence_stops_the_work() -> None:
    with pytest.raises(InternalError):
        messages.sentence("rules.never_written", {})
    assert messages.sentence("from_outside.anything", {"a": 1}) == "from_outside.anything: a=1"


def test_strict_sentence_blames_us() -> None:
    with pytest.raises(InternalError, match=r"rules.no_sentence"):
        messages.strict_sentence("rules.never_written", {})
    with pytest.raises(InternalError, match=r"rules.fact_missing.*layers"):
        messages.strict_sentence("rules.no_such_rule", {"rule": "x"})
    with pytest.raises(InternalError, match=r"rules.no_sentence.*fr"):
        messages.strict_sentence("rules.no_such_rule", {"rule": "x", "layers": []}, "fr")


def test_facts_are_never_read_as_a_pattern() -> None:
    said = messages.sentence("rules.no_such_rule", {"rule": "{layers}\\1", "layers": ["n"]})
    assert "“{layers}\\1”" in said


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (True, "是", "yes"),
        (None, "（无）", "(none)"),
        (Severity.WARNING, "warning", "warning"),
        (Period.years(2021, 2025), "2021—2025年", "2021—2025年"),
        (date(2024, 1, 2), "2024-01-02", "2024-01-02"),
        (Fraction(5, 2), "2.5", "2.5"),
        (Fraction(-1, 80), "-0.0125", "-0.0125"),
        (Fraction(7), "7", "7"),
        (Fraction(1, 3), "1/3", "1/3"),
        ({"b", "a"}, "a、b", "a, b"),
    ],
)
def test_how_facts_are_shown(value: object, zh: str, en: str) -> None:
    facts = {"rule": value, "layers": []}
    assert f"“{zh}”" in messages.sentence("rules.no_such_rule", facts)
    assert f"'{en}'" in messages.sentence("rules.no_such_rule", facts, "en")


def test_where_a_problem_stands_is_among_its_facts() -> None:
    problem = Problem("rules.yaml_empty_value", file="x.yaml", line=3)
    assert messages.problem_sentence(problem).startswith("规则文件 x.yaml 第 3 行")
