from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from zhiheng.base.reading import Reading, RuleStanding
from zhiheng.rules.catalogue import Direction
from zhiheng.rules.rulebook import open_rulebook


def reading(rule: str, day: date = date(2024, 6, 30)) -> Reading:
    return open_rulebook().read(rule, day)


def test_progress_thresholds_are_exact_and_unconfirmed() -> None:
    progress = reading("plan.progress")
    thresholds = [progress.number(word) for word in ("ahead", "on_track", "lag")]
    assert thresholds == [Fraction(1), Fraction(9, 10), Fraction(7, 10)]
    assert progress.item("order") == ("yearly_path", "from_zero", "straight_line")
    assert not progress.confirmed


def test_a_bare_number_is_judged_by_the_direction() -> None:
    bare = reading("plan.bare_number")
    assert [bare.word(direction.value) for direction in Direction] == [">=", "<=", "=="]
    assert not bare.confirmed


@pytest.mark.parametrize(("day", "doc"), [("2016-01-01", "民法通则"), ("2018-01-01", "民法总则"), ("2021-01-01", "民法典")])
def test_bounds_name_the_law_of_the_day(day: str, doc: str) -> None:
    bounds = reading("plan.bounds", date.fromisoformat(day))
    assert bounds.citation.doc == doc
    words = {comparator: bounds.item(comparator) for comparator in (">=", "<=", ">", "<")}
    assert "以上" in words[">="]  # type: ignore[operator]
    assert "以下" in words["<="]  # type: ignore[operator]
    assert "大于" in words[">"]  # type: ignore[operator]
    assert "低于" in words["<"]  # type: ignore[operator]
    spelled = [word for group in words.values() for word in group]  # type: ignore[union-attr]
    assert len(spelled) == len(set(spelled))


def test_before_the_first_version_there_is_no_answer() -> None:
    assert reading("plan.progress", date(1999, 12, 31)).standing is RuleStanding.NOT_YET
