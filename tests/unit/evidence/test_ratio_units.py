"""A level reported by its counts for a target that asks for percentage points is in per cent, not in ones."""

from fractions import Fraction

from tests.builders import a_plan, a_target
from tests.unit.evidence.workbooks import a_row, a_sheet, content

from zhiheng.evidence.intake import figures_in
from zhiheng.indicators.asked import asked_figures
from zhiheng.indicators.reported import reported_values

NAME = "优良天数比例"
(ASKED,) = asked_figures(a_plan(a_target("5", "increase_by", indicator=NAME, unit="个百分点", base="60")))


def test_counts_give_the_level():
    for cells in ({"单位": "%"}, {"单位": "%", "数值": "65.0"}, {}):
        row = a_row(NAME, **({"value": None, "分子": 650, "分母": 1000, "口径": "时点值"} | cells))
        found = figures_in(content(a_sheet(row)), "f.xlsx", [ASKED])
        assert found.problems == ()
        assert [v.amount for v in reported_values(found.figures)] == [Fraction(65)]
