from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.evidence.intake.number_format import Look, exact_decimal, look_of, number_cell, plain


@pytest.mark.parametrize(
    ("number", "code", "look"),
    [
        (0, None, Look.PLAIN),
        (2, None, Look.PLAIN),
        (9, None, Look.PERCENT),
        (14, None, Look.DAY),
        (27, None, Look.MONTH),
        (57, None, Look.MONTH),
        (176, "0.00%", Look.PERCENT),
        (176, '0.0"%"', Look.PLAIN),
        (176, "General", Look.PLAIN),
        (176, "0.00E+00", Look.PLAIN),
        (176, "#,##0.00;[Red]-#,##0.00", Look.PLAIN),
        (176, '0"年度"', Look.PLAIN),
        (176, "yyyy-mm-dd", Look.DAY),
        (176, '[DBNum1][$-804]yyyy"年"m"月"', Look.MONTH),
        (176, 'yyyy"年"', Look.YEAR),
        (176, 'm"月"d"日"', Look.DAY),
    ],
)
def test_looks(number, code, look):
    assert look_of(number, code) is look


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False))
def test_a_typed_decimal_comes_back_from_the_double(typed):
    assert exact_decimal(repr(float(typed))) == typed
    assert exact_decimal(f"{float(typed):.17g}") == typed


def test_plain_has_no_exponent():
    assert [plain(Decimal(t)) for t in ("1E+2", "97.10", "0.000", "-3.0", "2025.0", "1E-7")] == [
        *("100", "97.1", "0", "-3", "2025", "0.0000001")
    ]


def test_days_of_both_calendars():
    assert number_cell("45092", Look.DAY, False).text == "2023-06-15"
    assert number_cell("43630", Look.DAY, True).text == "2023-06-15"
    assert number_cell("1E+12", Look.DAY, False).text == "1000000000000"
