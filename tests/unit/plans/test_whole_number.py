from __future__ import annotations

import pytest

from zhiheng.base.numerals import whole_number
from zhiheng.documents.readers.text import read_text
from zhiheng.flow.plan_source import compiled


@pytest.mark.parametrize(
    ("printed", "number"), [("7", 7), ("007", 7), ("①", None), ("²", None), ("", None), ("-1", None), ("9" * 10, None)]
)
def test_whole_numbers(printed: str, number: int | None) -> None:
    assert whole_number(printed) == number


def test_a_table_whose_rows_are_numbered_by_circles() -> None:
    table = "| 序号 | 指标 | 2030年目标 |\n| ① | 产品合格率（%） | 96 |\n| ② | 满意度（分） | 85 |\n"
    found = compiled(read_text(f"云溪县质量强县方案\n一、主要目标\n{table}后文\n", "plan.txt")).targets
    assert [t.indicator for t in found] == ["产品合格率（%）", "满意度（分）"]
