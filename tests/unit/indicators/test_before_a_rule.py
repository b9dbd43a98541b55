"""What is a value of a period before the first day of the rule that judges it?"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

from test_group_measures import AIR, day_of, value

from zhiheng.base.period import Period
from zhiheng.indicators.computed import Absence


def test_it_is_an_answer_in_words_and_no_fault(tmp_path: Path) -> None:
    found = value(tmp_path, "air.good_days", AIR, [day_of(date(1990, 3, 1), "20")], Period.year(1990))
    assert (found.amount, found.absence) == (None, Absence.NOTHING_COUNTS)
    assert (found.counts.used, found.counts.groups_unclear, found.rules) == (1, 1, ())
    assert found.denominator == Fraction(0)
