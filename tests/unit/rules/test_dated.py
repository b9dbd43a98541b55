from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import RuleError
from zhiheng.base.reading import RuleStanding
from zhiheng.rules.dated import Rule, read, read_between, rule_of
from zhiheng.rules.strict_yaml import load_table

RULE = """
name: 抽检合格率下限
unit: "1"
patience: 365
versions:
  - {start: 2020-01-01, value: "0.95", citation: {doc: 某办法, clause: 第三条}, checked_on: 2024-05-01, confirmed: true}
  - {start: 2022-01-01, value: "0.96", citation: {doc: 某办法, clause: 第三条}, checked_on: 2024-05-01, confirmed: false}
  - {start: 2023-07-01, repealed_by: {doc: 某决定, clause: 第九条}}
  - start: 2025-01-01
    value: {low: "0.97", words: [a, b]}
    citation: {doc: 新办法, clause: 第三条}
    checked_on: 2024-12-01
    confirmed: true
"""


def a_rule(text: str = RULE) -> Rule:
    return rule_of(load_table(text, "national/food/floor.yaml"), "food.floor", "national")


@pytest.mark.parametrize(
    ("day", "standing", "value", "start", "end"),
    [
        ("2019-12-31", RuleStanding.NOT_YET, None, "2020-01-01", None),
        ("2020-01-01", RuleStanding.IN_FORCE, "0.95", "2020-01-01", "2021-12-31"),
        ("2021-12-31", RuleStanding.IN_FORCE, "0.95", "2020-01-01", "2021-12-31"),
        ("2022-01-01", RuleStanding.IN_FORCE, "0.96", "2022-01-01", "2023-06-30"),
        ("2023-06-30", RuleStanding.IN_FORCE, "0.96", "2022-01-01", "2023-06-30"),
        ("2023-07-01", RuleStanding.REPEALED, None, "2023-07-01", None),
        ("2024-12-31", RuleStanding.REPEALED, None, "2023-07-01", None),
    ],
)
def test_the_day_decides_the_version(day: str, standing: RuleStanding, value: str | None, start: str, end: str | None) -> None:
    reading = read(a_rule(), date.fromisoformat(day))
    assert reading.standing is standing
    assert reading.value == value
    assert reading.start == date.fromisoformat(start)
    assert reading.end == (date.fromisoformat(end) if end else None)


def test_a_reading_carries_its_proof() -> None:
    reading = read(a_rule(), date(2022, 6, 1))
    assert (reading.citation.doc, reading.citation.clause) == ("某办法", "第三条")
    assert not reading.confirmed
    assert reading.label == "food.floor@2022-01-01"
    assert reading.number() == Fraction(96, 100)


def test_repealed_names_what_repealed_it() -> None:
    assert read(a_rule(), date(2024, 1, 1)).citation.doc == "某决定"


def test_unverified_when_unchecked_for_longer_than_its_patience() -> None:
    assert not read(a_rule(), date(2025, 12, 1)).unverified
    assert read(a_rule(), date(2025, 12, 2)).unverified
    assert not read(a_rule(), date(2020, 6, 1)).unverified


def test_parts_of_a_table_value() -> None:
    reading = read(a_rule(), date(2025, 3, 1))
    assert reading.number("low") == Fraction(97, 100)
    assert reading.item("words") == ("a", "b")
    with pytest.raises(RuleError, match=r"base.rule_has_no_part"):
        reading.item("high")
    with pytest.raises(RuleError, match=r"base.rule_not_a_number"):
        reading.number("words")


def test_no_value_outside_its_days() -> None:
    with pytest.raises(RuleError) as caught:
        read(a_rule(), date(2019, 1, 1)).number()
    assert caught.value.code == "base.rule_not_in_force"
    assert caught.value.facts["day"] == date(2020, 1, 1)


def version(start: str, more: str = "") -> str:
    return f"  - {{start: {start}, value: x, citation: {{doc: A, clause: B}}, checked_on: 2024-01-01, confirmed: true{more}}}\n"


HEAD = "name: 上限\npatience: 1\nversions:\n"
REPEAL = "  - {start: %s, repealed_by: {doc: A, clause: B}}\n"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEAD + version("2020-01-01") + version("2020-01-01"), "rules.versions_overlap", 5),
        (HEAD + version("2020-01-02") + version("2020-01-01"), "rules.versions_unsorted", 5),
        (HEAD + version("2020-01-01", ", extra: 1"), "rules.unknown_key", 4),
        (HEAD + version("2020-01-01").replace(", clause: B", ""), "rules.missing_clause", 4),
        (HEAD + version("2020-01-01").replace("clause: B", 'clause: " "'), "rules.missing_clause", 4),
        (HEAD + version("2020-01-01").replace(", confirmed: true", ""), "rules.missing_key", 4),
        (HEAD + version("2020-01-01").replace("value: x", "value: null"), "rules.missing_key", 4),
        (HEAD + version("2020-01-01").replace("confirmed: true", "confirmed: 1"), "rules.wrong_kind", 4),
        (HEAD + version('"2020"'), "rules.wrong_kind", 4),
        (HEAD + REPEAL % "2020-01-01", "rules.repealed_before_start", 4),
        (HEAD + version("2019-01-01") + REPEAL % "2020-01-01" + REPEAL % "2021-01-01", "rules.repealed_twice", 6),
        (HEAD.replace("versions:", "versions: []"), "rules.no_version", 3),
        (HEAD + "  - x\n", "rules.wrong_kind", 4),
        (HEAD.replace("patience: 1", "patience: true") + version("2020-01-01"), "rules.wrong_kind", 2),
        ("nom: x\n" + HEAD + version("2020-01-01"), "rules.unknown_key", 1),
    ],
)
def test_a_doubtful_rule_is_refused(text: str, code: str, line: int) -> None:
    with pytest.raises(RuleError) as caught:
        a_rule(text)
    assert (caught.value.code, caught.value.facts["line"]) == (code, line)


@given(
    st.lists(st.dates(date(1950, 1, 1), date(2090, 1, 1)), min_size=1, max_size=6, unique=True),
    st.dates(date(1940, 1, 1), date(2100, 1, 1)),
)
def test_every_day_has_exactly_one_standing(starts: list[date], day: date) -> None:
    starts.sort()
    rule = a_rule(HEAD + "".join(version(s.isoformat()) for s in starts))
    reading = read(rule, day)
    if day < starts[0]:
        assert reading.standing is RuleStanding.NOT_YET
    else:
        assert reading.standing is RuleStanding.IN_FORCE
        assert reading.start <= day <= (reading.end or date.max)
        assert reading.end is None or read(rule, reading.end + timedelta(days=1)).start == reading.end + timedelta(days=1)


def test_a_span_of_days_has_one_reading_for_each_version_in_force() -> None:
    rule = a_rule()
    found = read_between(rule, date(2019, 1, 1), date(2026, 1, 1))
    assert [r.start for r in found] == [date(2020, 1, 1), date(2022, 1, 1), date(2025, 1, 1)]
    assert [r.start for r in read_between(rule, date(2021, 5, 1), date(2022, 1, 1))] == [date(2020, 1, 1), date(2022, 1, 1)]
    assert read_between(rule, date(2023, 7, 1), date(2024, 12, 31)) == ()


@given(st.dates(date(2018, 1, 1), date(2027, 1, 1)), st.integers(0, 3000))
def test_each_day_of_a_span_is_read_as_it_is_read_alone(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    found = read_between(a_rule(), first, last)
    for day in (first, last, first + timedelta(days=days // 2)):
        alone = read(a_rule(), day)
        holding = [r for r in found if r.start <= day <= (r.end or day)]
        expected = [alone.label] if alone.standing is RuleStanding.IN_FORCE else []
        assert [r.label for r in holding] == expected
