"""Definitions of registers: the shipped ones are sound, an unsound one is explained with file and line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from zhiheng.base.errors import RuleError
from zhiheng.evidence.registers.codes import load_codes, plain
from zhiheng.evidence.registers.expressions import DAY, NUMBER, TEXT, TRUTH, expression
from zhiheng.evidence.registers.loading import load_register, register_ids
from zhiheng.evidence.registers.model import FieldKind, Register
from zhiheng.rules.messages import sentence
from zhiheng.rules.rulebook import open_rulebook

PACKAGED = register_ids(open_rulebook())
SOUND = """\
name: 送检
english: test
about: {zh: 一行是一次送检。, en: One row is one test.}
key: [number]
event_date: taken_on
retention: {years: 5, citation: {doc: 办法, clause: 第一条}}
fields:
  - {id: number, name: 编号, english: number, kind: text, required: true}
  - {id: taken_on, name: 送检日期, english: taken on, kind: date, required: true}
  - {id: told_on, name: 报告日期, english: told on, kind: date}
  - {id: amount, name: 数量, english: amount, kind: decimal, decimals: 2, unit: 千克, least: "0"}
  - {id: who, name: 送检人, english: who, kind: text, sensitivity: personal}
checks:
  - {id: in_order, holds: "told_on >= taken_on", column: told_on, zh: 报告早于送检。, en: Told before taken.}
derived:
  - {id: days, name: 天数, english: days, kind: integer, by: calendar.days_between, of: [taken_on, told_on]}
"""


def register(tmp_path: Path, text: str) -> Register:
    folder = tmp_path / "registers"
    folder.mkdir()
    (folder / "own.yaml").write_text(text, encoding="utf-8")
    return load_register(open_rulebook(installation=tmp_path), "own")


@pytest.mark.parametrize("name", PACKAGED)
def test_a_packaged_register_is_sound(name: str) -> None:
    found = load_register(open_rulebook(), name)
    assert {found.by_id[f].required for f in (*found.key, found.event_date)} == {True}
    assert all(c.codes for f in found.fields if f.kind is FieldKind.CODE and (c := f.codes))


def test_an_installation_adds_a_register(tmp_path: Path) -> None:
    own = register(tmp_path, SOUND)
    assert own.layer == "installation"
    assert own.by_id["amount"].least == Decimal(0)
    assert [f.id for f in own.personal_fields] == ["who"]
    assert own.checks[0].holds.sql == '"told_on" >= "taken_on"'
    assert own.checks[0].fatal
    assert own.field("days").kind is FieldKind.INTEGER


FAULTS = [
    ("key: [number]", "key: [who]", "evidence.bad_key_field", 4),
    ("key: [number]", "key: [nobody]", "evidence.unknown_field", 4),
    ("event_date: taken_on", "event_date: number", "evidence.bad_role_field", 5),
    ("event_date: taken_on", "event_date: told_on", "evidence.bad_role_field", 5),
    ("kind: decimal, decimals: 2", "kind: text, decimals: 2", "evidence.option_not_of_kind", 11),
    ("decimals: 2", "decimals: 20", "evidence.too_many_decimals", 11),
    ('least: "0"', 'least: "many"', "evidence.bad_limit", 11),
    ("id: amount", "id: Amount", "evidence.bad_field_id", 11),
    ("name: 数量", "name: 编号", "evidence.field_twice", 7),
    ("english: amount", "english: told on", "evidence.field_word_twice", 7),
    ("kind: text, sensitivity: personal", "kind: code, codes: none", "evidence.no_such_codes", 12),
    ("kind: text, sensitivity: personal", "kind: code", "rules.missing_key", 12),
    ("kind: text, sensitivity: personal", "kind: words", "rules.unknown_word", 12),
    ("told_on >= taken_on", "told_on >= nobody", "evidence.expression_unknown_field", 14),
    ("told_on >= taken_on", "told_on >= amount", "evidence.expression_wrong_kind", 14),
    ("told_on >= taken_on", "told_on >=", "evidence.expression_syntax", 14),
    ("told_on >= taken_on", "amount + 1", "evidence.expression_not_a_truth", 14),
    ("told_on >= taken_on", "length(number) > 3", "evidence.expression_not_allowed", 14),
    ("column: told_on", "column: nobody", "evidence.unknown_field", 14),
    ("by: calendar.days_between", "by: calendar.nothing", "evidence.no_such_measure", 16),
    ("of: [taken_on, told_on]", "of: [taken_on]", "evidence.measure_does_not_fit", 16),
    ("of: [taken_on, told_on]", "of: [taken_on, who]", "evidence.unknown_field", 16),
]


@pytest.mark.parametrize(("sound", "unsound", "code", "line"), FAULTS)
def test_an_unsound_definition_names_file_and_line(tmp_path: Path, sound: str, unsound: str, code: str, line: int) -> None:
    assert SOUND.count(sound) == 1
    with pytest.raises(RuleError) as fault:
        register(tmp_path, SOUND.replace(sound, unsound))
    assert (fault.value.code, fault.value.facts["file"], fault.value.facts["line"]) == (
        code,
        "installation/registers/own.yaml",
        line,
    )
    for language in ("zh", "en"):
        assert "installation/registers/own.yaml" in sentence(code, fault.value.facts, language)


def test_an_unknown_register_names_those_there_are() -> None:
    with pytest.raises(RuleError) as fault:
        load_register(open_rulebook(), "sampling.fod")
    assert fault.value.code == "evidence.no_such_register"
    assert "sampling.food" in sentence(fault.value.code, fault.value.facts)


KINDS = {"a": NUMBER, "b": NUMBER, "word": TEXT, "day": DAY, "yes": TRUTH}


@pytest.mark.parametrize(
    "text",
    [
        "a <= b", "a between 0 and 100", "a + b * 2 - 1 <> -b", "word in ('x', 'y')", "day >= '2020-01-01'", "day + 7 > day",
        "yes", "not yes or a is null", "(a is not null) and word = 'it''s'",
    ],
)  # fmt: skip
def test_sums_and_comparisons_are_allowed(text: str) -> None:
    assert expression(text, KINDS, "f", 1).written == text


@pytest.mark.parametrize(
    "text",
    [
        "a <= b; drop table x", "a = (select 1)", "t.a = b", "a in (select b)", "read_text('/etc/passwd') = word", "a / b > 1",
        "a = 'x'", "word > 3", "day = 'soon'", "yes + 1 = a", "a", "", "a = $1", "a = b or", "case when yes then yes else yes end",
    ],
)  # fmt: skip
def test_all_else_is_refused(text: str) -> None:
    with pytest.raises(RuleError) as fault:
        expression(text, KINDS, "f.yaml", 3)
    assert fault.value.code.startswith("evidence.expression_")
    assert fault.value.facts["line"] == 3


def test_a_position_points_at_the_part() -> None:
    with pytest.raises(RuleError) as fault:
        expression("a <= b and word = 5", KINDS, "f.yaml", 3)
    assert fault.value.facts["position"] == len("a <= b and word = ") + 1


def test_programmes_are_told_apart_by_code() -> None:
    codes = load_codes(open_rulebook(), "industrial_programme")
    assert codes.words[plain("风险抽查")][0].code == "risk"
    assert codes.words[plain(" ＲＩＳＫ ")][0].code == "risk"
    assert not codes.confirmed


def test_industries_have_their_days() -> None:
    codes = load_codes(open_rulebook(), "gbt4754")
    now = [c for c in codes.codes if c.end is None]
    assert (len([c for c in now if len(c.code) == 1]), len([c for c in now if len(c.code) == 2])) == (20, 97)
    assert [(c.name, c.start, c.end) for c in codes.codes if c.code == "83"] == [
        ("卫生", date(2011, 11, 1), date(2017, 10, 1)),
        ("教育", date(2017, 10, 1), None),
    ]
    assert not codes.confirmed


def test_a_place_that_is_no_more_is_known_until_its_end() -> None:
    codes = load_codes(open_rulebook(), "gbt2260")
    assert [code.end for code in codes.words["310119"]] == [date(2009, 1, 1)]
    assert [code.end for code in codes.words["330402"]] == [None]


def test_a_word_for_two_codes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "two.yaml").write_text(
        "name: 二\nsource: 测试\ncodes:\n  - {code: a, name: 甲}\n  - {code: b, name: 乙, aliases: [甲]}\n", encoding="utf-8"
    )
    with pytest.raises(RuleError) as fault:
        load_codes(open_rulebook(installation=tmp_path), "two")
    assert (fault.value.code, fault.value.facts["line"]) == ("evidence.code_word_twice", 5)


@pytest.mark.parametrize(
    ("rows", "code", "line"),
    [
        ("code,name,level,start,end\n1,甲,x,2020-02-30,\n".encode(), "evidence.bad_code_row", 2),
        ("编号,名称\n1,甲\n".encode(), "evidence.bad_code_row", 2),
        ("code,name\n1,甲\n".encode("gb18030"), "rules.not_utf8", 1),
        (None, "evidence.no_such_code_rows", 3),
    ],
)
def test_a_bad_file_of_codes_is_named(tmp_path: Path, rows: bytes | None, code: str, line: int) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "own.yaml").write_text("name: 自编\nsource: 测试\nrows: [own.csv]\n", encoding="utf-8")
    if rows is not None:
        (tmp_path / "codes" / "own.csv").write_bytes(rows)
    with pytest.raises(RuleError) as fault:
        load_codes(open_rulebook(installation=tmp_path), "own")
    assert (fault.value.code, fault.value.facts["line"]) == (code, line)


def test_an_installation_lays_its_own_rows_beside_a_list(tmp_path: Path) -> None:
    (tmp_path / "codes").mkdir()
    (tmp_path / "codes" / "gbt4754.csv").write_text("code,name,level,start,end\n1311,稻谷加工,class,,\n", encoding="utf-8")
    assert [code.code for code in load_codes(open_rulebook(installation=tmp_path), "gbt4754").codes] == ["1311"]
