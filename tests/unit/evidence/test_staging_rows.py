"""Rows are checked by columns: several faults a row, warnings apart, repeats told, the good ones laid out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb
import pytest

from zhiheng.evidence.intake.sources.raw_table import MERGED, RawBatch
from zhiheng.evidence.intake.staging import raw_rows
from zhiheng.evidence.intake.staging.checking import check
from zhiheng.evidence.intake.staging.findings import MarkedRow, marked_rows
from zhiheng.evidence.intake.staging.laying_out import STAGED, lay_out, persons
from zhiheng.evidence.intake.staging.repeats import find_repeats
from zhiheng.evidence.registers.model import Register
from zhiheng.flow.registers import registers

TODAY = date(2026, 11, 27)
SAMPLE = {
    "programme": "监督抽查",
    "level": "省级",
    "sample_number": "YX-001",
    "sampled_on": "2025-03-05",
    "reported_on": "2025-03-15",
    "place": "330402",
    "product": "电热水器",
    "item": "泄漏电流",
    "outcome": "合格",
}
COMPLAINT = {
    "case_number": "C-1",
    "kind": "投诉",
    "received_on": "2025-03-05 08:00",
    "place": "330402",
    "amount": "12.50",
    "complainant": "甲某",
    "phone": "0000-0000",
}


class Table:
    """A table in the making for one register."""

    def __init__(self, name: str) -> None:
        self.register: Register = registers([name])[0]
        self.connection = duckdb.connect()
        self.ids = [field.id for field in self.register.fields]
        self.layout = raw_rows.Layout({name: at for at, name in enumerate(self.ids)}, {}, {}, {})
        raw_rows.make(self.connection, self.register)

    def add(self, *rows: Mapping[str, str], first: int = 2, faults: tuple[tuple[int, str, str], ...] = ()) -> None:
        columns = [[row.get(name) for row in rows] for name in self.ids]
        told = [(index, self.ids.index(name), code) for index, name, code in faults]
        batch = RawBatch(range(first, first + len(rows)), columns, told)
        raw_rows.add(self.connection, self.register, self.layout, "digest", "表", batch)

    def marked(self) -> list[MarkedRow]:
        self.checked = check(self.connection, self.register, TODAY)
        find_repeats(self.connection, self.register, self.checked)
        return list(marked_rows(self.connection, self.register, self.checked, "甲.xlsx", TODAY))

    def staged(self, *names: str) -> list[tuple[object, ...]]:
        lay_out(self.connection, self.register, self.checked, "某局", lambda keys, payloads: [f"p{k}" for k in keys])
        return self.connection.execute(f"select {', '.join(names)} from {STAGED} order by _row").fetchall()


def _found(rows: list[MarkedRow]) -> list[tuple[int, str, str | None]]:
    return [(row.row, p.code.removeprefix("evidence."), p.column) for row in rows for p in row.problems]


def test_a_sound_row_is_laid_out_with_what_is_derived_and_where_it_stood() -> None:
    table = Table("sampling.industrial")
    table.add(SAMPLE)
    assert table.marked() == []
    laid = table.staged(
        "programme", "level", "outcome", "days_to_report", "_year", "_sheet", "_row", "_reporter", "octet_length(_digest)"
    )
    assert laid == [("supervision", "provincial", "pass", 10, 2025, "表", 2, "某局", 16)]


@pytest.mark.parametrize(
    ("changed", "code", "column"),
    [
        ({"product": ""}, "required_missing", "产品名称"),
        ({"place": "/"}, "required_missing", "抽样地区"),
        ({"sampled_on": "2025年3月"}, "not_a_day", "抽样日期"),
        ({"outcome": "还行"}, "word_unknown", "项目判定"),
        ({"place": "崇文区", "sampled_on": "2025-03-05"}, "code_not_then", "抽样地区"),
        ({"place": "朝阳区"}, "word_of_several", "抽样地区"),
        ({"producer_code": "91330402MA2XXXXX00"}, "not_a_credit_code", "生产单位信用代码"),
        ({"product": "热" * 201}, "text_too_long", "产品名称"),
        ({"sampled_on": "2027-01-01", "reported_on": ""}, "event_to_come", "抽样日期"),
        ({"reported_on": "2025-03-01"}, "check_fails", "报告日期"),
    ],
)
def test_each_fault_is_told_with_its_column(changed: Mapping[str, str], code: str, column: str) -> None:
    table = Table("sampling.industrial")
    table.add(SAMPLE, {**SAMPLE, "sample_number": "YX-002", **changed})
    rows = table.marked()
    assert _found(rows) == [(3, code, column)]
    assert rows[0].refused
    assert [row[0] for row in table.staged("sample_number")] == ["YX-001"]


def test_several_faults_of_a_row_are_told_together_and_a_warning_keeps_nothing_out() -> None:
    table = Table("complaint")
    table.add(
        {**COMPLAINT, "result": "调解成功"}, {**COMPLAINT, "case_number": "C-2", "kind": "?", "amount": "很多", "place": ""}
    )
    rows = table.marked()
    assert [(row.row, row.refused, len(row.problems)) for row in rows] == [(2, False, 1), (3, True, 3)]
    assert [row[0] for row in table.staged("case_number")] == ["C-1"]


def test_rows_of_one_key_are_taken_once_when_alike_and_not_at_all_when_they_differ() -> None:
    table = Table("sampling.industrial")
    other = {**SAMPLE, "sample_number": "YX-002"}
    table.add(SAMPLE, other, SAMPLE, {**other, "product": "电水壶"})
    assert _found(table.marked()) == [
        (3, "key_twice", "抽检计划、组织级别、抽样编号、检验项目"),
        (4, "row_twice", "抽检计划、组织级别、抽样编号、检验项目"),
        (5, "key_twice", "抽检计划、组织级别、抽样编号、检验项目"),
    ]
    assert table.staged("sample_number", "_row") == [("YX-001", 2)]


def test_a_faulty_cell_is_told_once_and_a_merged_number_is_a_fault_of_numbers_only() -> None:
    table = Table("complaint")
    faults = ((0, "amount", "evidence.cell_formula"), (1, "amount", MERGED), (1, "kind", MERGED))
    table.add({**COMPLAINT, "amount": "=1+1"}, {**COMPLAINT, "case_number": "C-2"}, faults=faults)
    assert _found(table.marked()) == [(2, "cell_formula", "涉及金额"), (3, "merged_number", "涉及金额")]


def test_personal_fields_are_no_columns_and_their_change_changes_the_digest() -> None:
    digests, people = [], []
    for phone in ("0000-0000", "0000-0000", "1111-1111"):
        table = Table("complaint")
        table.add({**COMPLAINT, "phone": phone})
        assert table.marked() == []
        lay_out(
            table.connection,
            table.register,
            table.checked,
            "某局",
            lambda keys, payloads: [f"{k}{p}" for k, p in zip(keys, payloads, strict=True)],
        )
        columns = [row[0] for row in table.connection.execute(f"describe {STAGED}").fetchall()]
        assert not {"complainant", "phone", "identity"} & set(columns)
        digests.append(table.connection.execute(f"select _digest from {STAGED}").fetchall()[0][0])
        people += [payload for batch in persons(table.connection) for _, _, payload in batch]
    assert digests[0] == digests[1] != digests[2]
    assert people[0] == '{"complainant": "甲某", "phone": "0000-0000"}'


def test_the_digest_does_not_change_when_a_register_gains_a_field() -> None:
    table = Table("sampling.industrial")
    table.add(SAMPLE)
    table.marked()
    before = table.staged("_digest")
    assert "trademark" in table.ids
    fewer = Table("sampling.industrial")
    fewer.register = Register(
        **{
            **{name: getattr(table.register, name) for name in Register.__dataclass_fields__},
            "fields": tuple(f for f in table.register.fields if f.id != "trademark"),
        }
    )
    fewer.ids = [field.id for field in fewer.register.fields]
    fewer.layout = raw_rows.Layout({name: at for at, name in enumerate(fewer.ids)}, {}, {}, {})
    raw_rows.make(fewer.connection, fewer.register)
    fewer.add(SAMPLE)
    fewer.marked()
    assert fewer.staged("_digest") == before


def test_a_percent_sign_behind_a_figure_is_the_unit_of_its_row() -> None:
    table = Table("reported_figure")
    figure = {"place": "330402", "period": "2025年", "period_end": "2025-12-31", "kind": "填报值", "reporter": "某局"}
    table.add(
        {**figure, "indicator": "甲", "value": "97.1%", "unit": "%"},
        {**figure, "indicator": "乙", "value": "97.1", "unit": "%"},
        {**figure, "indicator": "丙", "value": "97.1%", "unit": "家"},
    )
    assert _found(table.marked()) == [(4, "other_unit_behind", "数值")]
    assert [str(row[0]) for row in table.staged("value")] == ["97.100000", "97.100000"]
