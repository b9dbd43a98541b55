from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.errors import RuleError
from zhiheng.rules.strict_yaml import Rows, Table, load_table


def refused(text: str) -> tuple[str, object]:
    with pytest.raises(RuleError) as caught:
        load_table(text, "national/x.yaml")
    assert caught.value.facts["file"] == "national/x.yaml"
    return caught.value.code, caught.value.facts["line"]


def test_reads_what_can_be_read_in_one_way_only() -> None:
    text = '名称: 合格率\nvalue: "0.95"\ncount: -3\nday: 2024-02-29\nflag: true\nnothing: null\nlist: [a, "no", {b: 1}]\n'
    table = load_table(text, "x.yaml")
    assert table == {
        "名称": "合格率",
        "value": "0.95",
        "count": -3,
        "day": date(2024, 2, 29),
        "flag": True,
        "nothing": None,
        "list": ["a", "no", {"b": 1}],
    }
    assert table.lines["day"] == 4
    assert isinstance(table["list"], Rows)
    assert isinstance(table["list"][2], Table)
    assert table["list"].lines == [7, 7, 7]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: 0.95\n", "rules.yaml_bare_number", 2),
        ("a: 1e3\n", "rules.yaml_bare_number", 1),
        ("a: .5\n", "rules.yaml_bare_number", 1),
        ("a: 1_000\n", "rules.yaml_bare_number", 1),
        ("a: 007\n", "rules.yaml_bare_number", 1),
        ("a: 0x1F\n", "rules.yaml_bare_number", 1),
        ("a: 12:30\n", "rules.yaml_bare_number", 1),
        ("a: .nan\n", "rules.yaml_bare_number", 1),
        ("a: [1, -.inf]\n", "rules.yaml_bare_number", 1),
        ("a: 1\na: 2\n", "rules.yaml_duplicate_key", 2),
        ("x:\n  a: 1\n  'a': 2\n", "rules.yaml_duplicate_key", 3),
        ("a: &here 1\n", "rules.yaml_reference", 1),
        ("a: &here {b: 1}\nc: *here\n", "rules.yaml_reference", 1),
        ("a: {b: 1}\nc:\n  <<: {d: 1}\n", "rules.yaml_key_not_text", 3),
        ("a: !!str 1\n", "rules.yaml_tag", 1),
        ("a: 1\nb: !thing {c: 1}\n", "rules.yaml_tag", 2),
        ("1: a\n", "rules.yaml_key_not_text", 1),
        ("2024-01-01: a\n", "rules.yaml_key_not_text", 1),
        ("true: a\n", "rules.yaml_key_not_text", 1),
        ("? [a]\n: b\n", "rules.yaml_key_not_text", 1),
        ("a: yes\n", "rules.yaml_truth_word", 1),
        ("a: [x, NO]\n", "rules.yaml_truth_word", 1),
        ("a: True\n", "rules.yaml_truth_word", 1),
        ("y: 1\n", "rules.yaml_truth_word", 1),
        ("a:\nb: 1\n", "rules.yaml_empty_value", 1),
        ("a: ~\n", "rules.yaml_empty_value", 1),
        ("a: 2023-02-29\n", "rules.yaml_no_such_day", 1),
        ("a: 1\nb: *nowhere\n", "rules.yaml_reference", 2),
        ("a: 'x\n", "rules.yaml_syntax", 2),
        ("a: 1\n  b: 2\n", "rules.yaml_syntax", 2),
        ("- a\n", "rules.yaml_not_a_table", 1),
        ("", "rules.yaml_not_a_table", 1),
        ("a: 1\n---\nb: 2\n", "rules.yaml_second_document", 2),
    ],
)
def test_refuses_with_file_and_line(text: str, code: str, line: int) -> None:
    assert refused(text) == (code, line)


def test_ampersand_and_star_inside_quotes_are_text() -> None:
    assert load_table('a: "R&D *"\n', "x.yaml") == {"a": "R&D *"}


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_no_bare_float_of_any_spelling_gets_through(number: float) -> None:
    spelled = repr(number).replace("inf", ".inf").replace("nan", ".nan")
    assert refused(f"a: {spelled}\n")[0] == "rules.yaml_bare_number"


@given(
    st.dictionaries(
        st.text("键值abc", min_size=1, max_size=4),
        st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1),
    )
)
def test_quoted_texts_come_back_as_they_are(pairs: dict[str, str]) -> None:
    def quoted(text: str) -> str:
        return "'" + text.replace("'", "''") + "'"

    text = "".join(f"{quoted(k)}: {quoted(v)}\n" for k, v in pairs.items()) or "{}"
    assert load_table(text, "x.yaml") == pairs
