"""Texts are read as days, numbers, truths and codes, exactly or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc  # type: ignore[import-untyped]

from zhiheng.evidence.intake.staging import writings
from zhiheng.evidence.intake.staging.findings import why_no_number
from zhiheng.evidence.intake.staging.words import WordState, spans
from zhiheng.evidence.registers.codes import Code, CodeList
from zhiheng.evidence.registers.model import Field, FieldKind

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CONNECTION = duckdb.connect()


def _read(sql: str, text: str) -> Any:
    return CONNECTION.execute(f"select {sql} from (select ?::varchar as t)", [text]).fetchall()[0][0]


def _decimal(places: int, unit: str | None = None) -> Field:
    return Field("amount", "数", "amount", FieldKind.DECIMAL, decimals=places, unit=unit)


DAYS = [
    "2024-01-05",
    "2024-1-5",
    "2024/1/5",
    "2024.1.5",
    "2024年1月5日",
    "2024年01月05日",
    "2024 年 1 月 5 日",
    "20240105",
    "２０２４－０１－０５",
    "2024-01-05 00:00:00",
    "2024-01-05T08:30:00",
    "2024/1/5 8:30",
    "2024年1月5日 8时30分",
    "2024年1月5号",
]


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_in_all_its_writings(text: str) -> None:
    assert _read(writings.day("t"), text) == date(2024, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2024年1月",
        "2024",
        "24-1-5",
        "2024-02-30",
        "2024-13-01",
        "45296",
        "昨天",
        "epoch",
        "infinity",
        "2024-01-05前后",
        "1/5/2024",
        "0024-01-05",
    ],
)
def test_what_is_no_complete_day_is_not_guessed(text: str) -> None:
    assert _read(writings.day("t"), text) is None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2024-01-05 08:30", datetime(2024, 1, 5, 8, 30)),
        ("2024/1/5 8:05", datetime(2024, 1, 5, 8, 5)),
        ("2024年1月5日8时", datetime(2024, 1, 5, 8)),
        ("2024年1月5日 18时30分15秒", datetime(2024, 1, 5, 18, 30, 15)),
        ("20240105083015", datetime(2024, 1, 5, 8, 30, 15)),
        ("2024-01-05", datetime(2024, 1, 5)),
    ],
)
def test_a_moment_is_read(text: str, read: datetime) -> None:
    assert _read(writings.moment("t"), text) == read


@given(st.dates(date(1800, 1, 1), date(2199, 12, 31)))
def test_every_day_comes_back(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
        f"{day.year}.{day.month}.{day.day}",
    ):
        assert _read(writings.day("t"), text) == day


@pytest.mark.parametrize(
    ("text", "places", "read"),
    [
        ("97.1", 1, "97.1"),
        ("97.10", 1, "97.1"),
        ("９７．１", 1, "97.1"),
        ("1,234,567.5", 2, "1234567.50"),
        ("-0.5", 2, "-0.50"),
        ("－0.5", 2, "-0.50"),
        ("+3", 0, "3"),
        ("3.0", 0, "3"),
        ("5e-05", 6, "0.000050"),
        ("1.25E2", 1, "125.0"),
        ("000123", 0, "123"),
    ],
)
def test_a_number_is_read_exactly(text: str, places: int, read: str) -> None:
    assert _read(writings.decimal("t", _decimal(places)), text) == Decimal(read)


@pytest.mark.parametrize(
    "text", ["97.15", "5e-02", "1,23", "1.2.3", "<0.5", "未检出", "0.5L", "NaN", "1e400", "0x10", "1_000", "十二", "97.1％"]
)
def test_what_would_have_to_be_rounded_or_guessed_is_no_number(text: str) -> None:
    assert _read(writings.decimal("t", _decimal(1)), text) is None


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_every_decimal_comes_back(number: Decimal) -> None:
    assert _read(writings.decimal("t", _decimal(4)), f"{number:f}") == number
    assert _read(writings.decimal("t", _decimal(4)), f"{number:,f}") == number


@pytest.mark.parametrize("text", ["12.5微克/立方米", "12.5 μg/m³", "12.5µg/m3", "12.5ug/m3"])
def test_the_unit_of_the_field_may_stand_behind_a_number(text: str) -> None:
    assert _read(writings.decimal("t", _decimal(1, "微克/立方米")), text) == Decimal("12.5")


def test_another_unit_behind_a_number_is_not_dropped() -> None:
    assert _read(writings.decimal("t", _decimal(1, "微克/立方米")), "12.5mg/m3") is None
    assert _read(writings.decimal("t", _decimal(1, "%")), "97.1%") == Decimal("97.1")


@pytest.mark.parametrize(("unit", "power"), [("mg/m³", 3), ("μg/m³", 0), ("毫克/立方米", 3), ("mg/L", None)])
def test_a_unit_in_the_header_is_a_power_of_ten_or_none(unit: str, power: int | None) -> None:
    assert writings.power_of_ten(unit, _decimal(3, "微克/立方米")) == power


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**6), max_value=10**6, places=3), st.integers(-6, 6))
def test_moving_the_point_is_exact(number: Decimal, power: int) -> None:
    moved = _read(writings.shifted("t", power) if power else "t", f"{number:f}")
    assert Decimal(moved) == number.scaleb(power)


@pytest.mark.parametrize(
    ("text", "moved"),
    [("1,234.5", "12345000"), ("１２．５", "125000"), ("－0.5", "-5000"), ("1.2E-2", "120"), ("5万元", "5万元"), ("", "")],
)
def test_the_point_moves_in_every_writing_of_a_number_and_in_nothing_else(text: str, moved: str) -> None:
    assert _read(writings.shifted("t", 4), text) == moved


@pytest.mark.parametrize(
    ("unit", "number", "said"),
    [(None, "97.1%", "%"), (None, "９７．１ ％", "%"), (None, "97.1", None), ("家", "97.1%", "家"), (None, "约97%", None)],
)
def test_a_percent_sign_is_a_unit_where_none_is_told(unit: str | None, number: str, said: str | None) -> None:
    sql = f"select {writings.with_its_unit('u', 'n')} from (select ?::varchar as u, ?::varchar as n)"
    assert CONNECTION.execute(sql, [unit, number]).fetchall() == [(said,)]


def test_words_for_yes_and_no() -> None:
    assert [_read(writings.truth("t"), word) for word in ("是", "√", "Y", "TRUE", "1")] == [True] * 5
    assert [_read(writings.truth("t"), word) for word in ("否", "×", "N", "false", "0")] == [False] * 5
    assert _read(writings.truth("t"), "也许") is None


def _valid(code: str) -> bool:
    return bool(_read(f"coalesce({writings.credit_code_holds('t')}, false)", code))


@given(st.text(ALPHABET, min_size=17, max_size=17), st.integers(0, 30))
def test_the_check_digit_is_that_of_an_independent_library(body: str, wrong: int) -> None:
    right = uscc.calc_check_digit(body)
    assert _valid(body + right)
    other = ALPHABET[wrong]
    assert _valid(body + other) == (other == right)


@pytest.mark.parametrize("code", ["", "91", "91110000600037341I", "911100006000373419 ", "9111000060003734190"])
def test_what_is_no_credit_code_at_all(code: str) -> None:
    assert not _valid(code)


def test_a_credit_code_is_folded_before_it_is_asked() -> None:
    assert _read(writings.credit_code("t"), "９１１ma２") == "911MA2"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<0.01", "evidence.below_detection"),
        ("未检出", "evidence.below_detection"),
        ("0.025L", "evidence.below_detection"),
        ("97.155", "evidence.decimals_beyond_field"),
        ("2e-05", "evidence.decimals_beyond_field"),
        ("很多", "evidence.not_a_decimal"),
        ("12.5mg/L", "evidence.other_unit_behind"),
    ],
)
def test_why_a_text_is_no_number(text: str, code: str) -> None:
    assert why_no_number(text, _decimal(1)) == code


def _places() -> Field:
    listed = CodeList(
        "places",
        "地区",
        (
            Code("990100", "云溪市"),
            Code("990121", "云溪县", end=date(2010, 1, 1)),
            Code("990103", "云溪区", start=date(2010, 1, 1)),
            Code("990200", "云溪彝族自治州"),
            Code("990104", "朝云区"),
            Code("990204", "朝云区"),
        ),
    )
    return Field("place", "地区", "place", FieldKind.PLACE, codes=listed)


def _means(word: str, on: date) -> Iterator[tuple[str | None, WordState]]:
    return ((s.code, s.state) for s in spans(_places(), [word]) if s.start <= on < s.until)


@pytest.mark.parametrize(
    ("word", "on", "meant"),
    [
        ("990121", date(2009, 12, 31), ("990121", WordState.SURE)),
        ("云溪县", date(2009, 12, 31), ("990121", WordState.SURE)),
        ("云溪县", date(2010, 1, 1), (None, WordState.NOT_THEN)),
        ("云溪区", date(2010, 1, 1), ("990103", WordState.SURE)),
        ("云溪区", date(2009, 12, 31), (None, WordState.NOT_THEN)),
        ("朝云区", date(2020, 1, 1), (None, WordState.SEVERAL)),
        ("朝云", date(2020, 1, 1), (None, WordState.SEVERAL)),
        ("990103004000", date(2020, 1, 1), ("990103", WordState.SURE)),
        ("云溪州", date(2020, 1, 1), ("990200", WordState.SURE)),
        ("云溪", date(2020, 1, 1), (None, WordState.SEVERAL)),
        ("青木县", date(2020, 1, 1), (None, WordState.UNKNOWN)),
        ("—", date(2020, 1, 1), (None, WordState.SURE)),
    ],
)
def test_a_word_means_the_code_of_its_day(word: str, on: date, meant: tuple[str | None, WordState]) -> None:
    assert list(_means(word, on)) == [meant]
