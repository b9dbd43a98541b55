"""What an indicator may ask by name, with the rules that the measure says it needs."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from air_cases import columns, days

from zhiheng.measures import MEASURES, RULED
from zhiheng.rules.rulebook import open_rulebook


@pytest.mark.parametrize(("name", "kind"), [("air.aqi", "integer"), ("air.good_day", "boolean")])
def test_a_named_measure_reads_the_rules_it_names(name: str, kind: str) -> None:
    measure = RULED[name]
    readings = {rule: open_rulebook().read_between(rule, date(2026, 2, 28), date(2026, 3, 1)) for rule in measure.rules}
    cells = {"so2": 8, "no2": 40, "co": "0.9", "o3_8h": 120, "pm10": 95, "pm25": 70}
    assert tuple(cells) == measure.columns
    given = columns(**{item: [value] * 3 for item, value in cells.items()})
    given["pm25"].mask = np.array([False, False, True])
    found = measure.function(days("2026-02-28", "2026-03-01", "2026-03-01"), given, readings)
    assert measure.gives == kind
    assert found.tolist() == {"integer": [94, 110, None], "boolean": [True, False, None]}[kind]


def test_no_name_has_two_meanings() -> None:
    assert not set(MEASURES) & set(RULED)
