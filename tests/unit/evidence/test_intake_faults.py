"""Every fault of a workbook: what, where, what to do. Each has its own sentence."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from tests.builders import a_plan, a_target
from tests.unit.evidence.workbooks import ASKED, HEADER, PASS_RATE, a_row, a_sheet, content

from zhiheng.base.errors import DataError
from zhiheng.base.problem import Severity
from zhiheng.base.quantity import Basis
from zhiheng.documents.readers.limits import Limits
from zhiheng.evidence.intake import figures_in, read_figures
from zhiheng.indicators.asked import asked_figures
from zhiheng.indicators.reported import reported_values
from zhiheng.judgement.comparable import differences
from zhiheng.rules.messages import problem_sentence, sentence, strict_sentence


def intake(*rows, sheet=None, **options):
    return figures_in(content(sheet or a_sheet(*rows)), "f.xlsx", ASKED, **options)


AWARDS = "县政府质量奖获奖组织(累计)"
ZERO = "重大质量安全事故"
DEATHS = "万台特种设备死亡人数"
FAULTS = [
    # row, code, column, what the Chinese sentence must say
    (a_row("工业产品监督抽查合格率"), "unknown_indicator", "A", ["工业产品监督抽查合格率", "第 4 行 A 列"]),
    (a_row("毫不相干"), "unknown_indicator", "A", ["（无）"]),
    (a_row(None), "missing_indicator", "A", ["没有写指标名称"]),
    (a_row(period=None), "missing_period", "C", ["没有填时期"]),
    (a_row(period="去年"), "unreadable_period", "C", ["去年"]),
    (a_row(period="2026年"), "period_outside_plan", "C", ["2026年", "2020—2025年"]),
    (a_row(period="2018—2023"), "period_outside_plan", "C", ["2018—2023"]),
    (a_row(value=0.971), "fraction_for_percent", "D", ["0.971", "97.1%", "应填 97.1", "“0.971%”"]),
    (a_row(value=1), "fraction_for_percent", "D", ["100%"]),
    (a_row(value=100.1), "percent_over_100", "D", ["100.1"]),
    (a_row(value=-3), "negative", "D", ["-3"]),
    (a_row(AWARDS, value=-3), "negative", "D", ["不会是负数"]),
    (a_row(AWARDS, value=3.5), "not_whole", "D", ["3.5", "“家”"]),
    (a_row(value=93.2, 单位="‰"), "unit_mismatch", "G", ["“‰”", "“%”"]),
    (a_row(AWARDS, value="30%"), "unit_mismatch", "D", ["“%”", "“家”"]),
    (a_row(AWARDS, value="1.2万家"), "unit_mismatch", "D", ["万家"]),
    (a_row(value="九成以上"), "text_for_number", "D", ["九成以上", "一个数"]),
    (a_row(value="约93"), "text_for_number", "D", ["约93"]),
    (a_row(value="92-94"), "text_for_number", "D", ["92-94"]),
    (a_row(value="—"), "text_for_number", "D", ["备注列"]),
    (a_row(value="1,6"), "text_for_number", "D", ["1,6"]),
    (a_row(value="≥93"), "bound_in_value", "D", ["≥93", "上级下达目标值"]),
    (a_row(value="93%以上"), "bound_in_value", "D", ["93%以上"]),
    (a_row(value=date(2023, 5, 8)), "date_for_number", "D", ["2023-05-08", "常规"]),
    (a_row(value="=D3*2"), "formula", "D", ["=D3*2", "粘贴为数值"]),
    (a_row("=A1"), "formula", "A", ["=A1"]),
    (a_row(来源='=HYPERLINK("http://x")'), "formula", "I", ["HYPERLINK"]),
    (a_row(value=None, 来源="统计局"), "missing_value", "D", ["不要填 0"]),
    (a_row(value=None, 分子=5), "half_ratio", "F", ["分母"]),
    (a_row(value=None, 分母=5), "half_ratio", "E", ["分子"]),
    (a_row(value=None, 分子=5, 分母=0), "zero_denominator", "F", ["分母是 0"]),
    (a_row(value=None, 分子=11, 分母=10), "numerator_over_denominator", "E", ["11", "10", "填反"]),
    (a_row(value=None, 分子=-1, 分母=10), "negative", "E", ["-1"]),
    (a_row(value=None, 分子="1.2万", 分母="2万"), "unit_in_count", "E", ["1.2万", "12000"]),
    (a_row(value=98, 分子=97, 分母=100), "counts_contradict", "D", ["97/100", "98"]),
    (a_row(value=100, 分子=991, 分母=1000), "counts_contradict", "D", ["99.1"]),
    (a_row(value=93.2, 分子=1234567, 分母=10000000), "counts_contradict", "D", ["12.346", "93.2"]),
    (a_row(value="9" * 31), "number_too_long", "D", ["30 位"]),
    (a_row(value="0." + "3" * 400), "number_too_long", "D", ["30 位"]),
    (a_row(value=1e300), "number_too_long", "D", ["30 位"]),
    (a_row(value=None, 分子="1" * 5000, 分母=3), "number_too_long", "E", ["30 位"]),
    (a_row(period=2025.1), "unreadable_period", "C", ["2025.1"]),
    (a_row(period=202501), "unreadable_period", "C", ["202501"]),
    (a_row(DEATHS, value=None, 分子=3, 分母=15000, 单位="人"), "ratio_scale_unknown", "D", ["3", "15000", "直接填数值"]),
    (a_row(DEATHS, value=0.2, 分子=3, 分母=15000, 单位="人"), "counts_contradict", "D", ["3/15000"]),
    (a_row(口径="随便"), "unknown_basis", "H", ["随便"]),
    (a_row(零报告方式="听说"), "unknown_proof", "J", ["听说"]),
    (a_row(类别="草稿"), "unknown_kind", "K", ["草稿"]),
]  # fmt: skip


@pytest.mark.parametrize(("row", "code", "column", "said"), FAULTS, ids=[f"{i}-{f[1]}" for i, f in enumerate(FAULTS)])
def test_a_fault_is_told_with_its_place_and_what_to_do(row, code, column, said):
    found = intake(row)
    assert found.figures == ()
    problem = found.problems[0]
    assert [p.code for p in found.problems if p.severity is Severity.ERROR][:1] == [f"evidence.{code}"]
    assert (problem.file, problem.sheet, problem.row, problem.column) == ("f.xlsx", "填报", 4, column)
    told = problem_sentence(problem)
    assert all(words in told for words in ["f.xlsx", "填报", *said]), told
    assert "{" not in problem_sentence(problem, "en")


def test_several_faults_of_a_row_are_all_told_and_good_rows_go_on():
    found = intake(a_row(period="去年", value=101, 单位="家"), a_row(period=2022))
    assert {p.code for p in found.problems} == {
        "evidence.unreadable_period",
        "evidence.percent_over_100",
        "evidence.unit_mismatch",
    }
    assert [f.period.label for f in found.figures] == ["2022年"]
    assert found.refused == 1


def test_an_error_value_of_a_cell():
    sheet = a_sheet(a_row())
    sheet["D4"].value = "#N/A"
    sheet["D4"].data_type = "e"
    assert [p.code for p in intake(sheet=sheet).problems] == ["evidence.error_value"]


def test_a_stored_result_of_a_formula_is_never_taken():
    packed = content(a_sheet(a_row(value="=90+3")))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            part = old.read(item)
            new.writestr(item, part.replace(b"<v/>", b"<v>93</v>").replace(b"<v></v>", b"<v>93</v>"))
    assert b"<v>93</v>" in zipfile.ZipFile(io.BytesIO(stream.getvalue())).read("xl/worksheets/sheet1.xml")
    assert [p.code for p in figures_in(stream.getvalue(), "f.xlsx", ASKED).problems] == ["evidence.formula"]


def test_merged_data_cells_are_refused_on_every_row_of_the_block():
    sheet = a_sheet(a_row(period=2022), a_row(period=2023), a_row(period=2021))
    sheet.merge_cells("A4:A5")
    found = intake(sheet=sheet)
    merged = [p for p in found.problems if p.code == "evidence.merged_cell"]
    assert [(p.row, p.column) for p in merged] == [(4, "A"), (5, "A")]
    assert "A4:A5" in problem_sentence(merged[1])
    assert "制造业产品质量合格率" in problem_sentence(merged[1])
    assert [f.period.label for f in found.figures] == ["2021年"]


def test_equal_duplicates_keep_the_first_row():
    found = intake(a_row(), a_row("制造业合格率", 2023), a_row(period=2022))
    assert len(found.figures) == 2
    (problem,) = found.problems
    assert (problem.code, problem.row) == ("evidence.duplicate_row", 5)
    assert "第 4 行" in problem_sentence(problem)


def test_of_differing_duplicates_neither_is_taken():
    sheet = a_sheet(a_row())
    other = sheet.parent.create_sheet("补报")
    other.append(list(HEADER))
    other.append(a_row(value=95, 地区="青岭县"))
    found = intake(sheet=sheet, region="青州市青岭县")
    assert found.figures == ()
    assert [(p.code, p.sheet, p.row) for p in found.problems] == [
        ("evidence.contradicting_rows", "填报", 4),
        ("evidence.contradicting_rows", "补报", 2),
    ]
    assert "95" in problem_sentence(found.problems[0])


def test_other_places_and_handed_down_targets_are_no_duplicates():
    rows = a_row(), a_row(地区="临河县"), a_row(value="≥93", 类别="上级下达目标值")
    found = intake(*rows, region="青岭县")
    assert len(found.figures) == 3
    assert [(p.code, p.severity) for p in found.problems] == [("evidence.other_place", Severity.WARNING)]


def test_what_is_doubtful_is_used_and_told():
    bare = intake(a_row(ZERO, value=0))
    assert ([p.code for p in bare.problems], len(bare.figures)) == (["evidence.zero_without_proof"], 1)
    odd = intake(a_row(ZERO, value=1, 零报告方式="已申报"))
    assert ([p.code for p in odd.problems], len(odd.figures)) == (["evidence.proof_without_zero"], 1)
    other = intake(a_row(AWARDS, value=3, 口径="新增"))
    assert ([p.code for p in other.problems], len(other.figures)) == (["evidence.basis_differs"], 1)
    for found in (bare, odd, other):
        assert problem_sentence(found.problems[0]).startswith("文件“f.xlsx”")


def test_one_name_for_two_targets_that_nothing_tells_apart():
    twin = replace(PASS_RATE, aliases=(), target="每年不低于93%")
    found = figures_in(content(a_sheet(a_row())), "f.xlsx", (PASS_RATE, twin))
    assert [p.code for p in found.problems] == ["evidence.ambiguous_indicator"]


@pytest.mark.parametrize(
    ("header", "code", "fact"),
    [
        (("指标", "数值"), "evidence.missing_column", "时期"),
        (("指标", "时期", "分子"), "evidence.missing_column", "数值"),
        (("指标", "时期", "数值", "完成值"), "evidence.column_twice", "完成值"),
    ],
)
def test_a_sheet_whose_header_is_wanting_comes_back_whole(header, code, fact):
    sheet = openpyxl.Workbook().active
    sheet.append(list(header))
    sheet.append(["制造业产品质量合格率", 1, 2])
    found = intake(sheet=sheet)
    assert [p.code for p in found.problems] == [code]
    assert fact in problem_sentence(found.problems[0])
    assert (found.figures, found.refused) == ((), 1)


def test_a_header_merged_over_two_filled_columns():
    sheet = openpyxl.Workbook().active
    sheet.append(["指标", None, "时期", "数值"])
    sheet.merge_cells("A1:B1")
    sheet.append(["产品质量", "制造业产品质量合格率", 2023, 93.2])
    found = intake(sheet=sheet)
    assert [p.code for p in found.problems] == ["evidence.merged_header"]
    assert "A1:B1" in problem_sentence(found.problems[0])
    assert found.refused == 1


@pytest.mark.parametrize("place", ["全县", "本级", "青州市青岭县", "青岭县"])
def test_the_plans_own_place_by_other_names(place):
    assert intake(a_row(地区=place), region="青岭县").problems == ()


def packed(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return stream.getvalue()


def with_part(name: str, part: bytes) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content(a_sheet(a_row())))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for item in old.infolist():
            new.writestr(item, part if item.filename == name else old.read(item))
    return stream.getvalue()


def locked() -> bytes:
    """A workbook whose parts are marked as encrypted."""
    found = bytearray(content(a_sheet(a_row())))
    at = found.find(b"PK\x01\x02")
    while at >= 0:
        found[at + 8] |= 1
        at = found.find(b"PK\x01\x02", at + 4)
    return bytes(found)


def no_header() -> bytes:
    sheet = openpyxl.Workbook().active
    sheet.append(["随手记"])
    return content(sheet)


FILES = [
    ("a.xlsx", b"", "empty_file"),
    ("a.csv", b" \r\n ", "empty_file"),
    ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_or_encrypted"),
    ("a.xlsx", b"%PDF-1.7 whatever", "unknown_format"),
    ("a.csv", b"\x01\x00\x02\x00\x03", "documents.undecodable"),
    ("a.csv", b"\xff\xff\x81 a,b", "documents.undecodable"),
    ("a.xlsx", b"\x8f\x00\xfe\x01\x9c\x00\x02" * 300, "unknown_format"),
    ("a.xlsx", "指标,时期,数值".encode(), "wrong_extension"),
    ("a.csv", content(a_sheet(a_row())), "wrong_extension"),
    ("a.xlsx", b"PK\x03\x04 broken", "documents.damaged"),
    ("a.xlsx", with_part("xl/worksheets/sheet1.xml", b"<worksheet><row"), "broken_workbook"),
    ("a.xlsx", packed(**{"word/document.xml": "<x/>", "[Content_Types].xml": "<x/>"}), "not_a_workbook"),
    ("a.xlsx", with_part("xl/worksheets/sheet1.xml", b" " * 2**24), "documents.packed_too_tight"),
    ("a.xlsx", with_part("xl/worksheets/sheet1.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "documents.xml_entities"),
    ("a.xlsx", no_header(), "no_header"),
    ("a.xlsx", locked(), "documents.encrypted"),
    ("a.csv", b"x" * 200_000 + b",1", "broken_csv"),
]


@pytest.mark.parametrize(("name", "file", "code"), FILES, ids=[f[2] + f[0] for f in FILES])
def test_a_file_that_cannot_be_used_says_why(name, file, code):
    with pytest.raises(DataError) as raised:
        figures_in(file, name, ASKED)
    assert raised.value.code == (code if "." in code else f"evidence.{code}")
    for language in ("zh", "en"):
        assert name in strict_sentence(raised.value.code, raised.value.facts, language)


def test_a_file_that_is_too_large_is_not_read_whole(tmp_path):
    with pytest.raises(DataError) as raised:
        intake(a_row(), limits=Limits(file_bytes=10))
    assert raised.value.code == "evidence.file_too_large"
    path = tmp_path / "figures.csv"
    with path.open("wb") as file:
        file.truncate(60 * 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(DataError) as raised:
        read_figures(path, ASKED, limits=Limits(file_bytes=1024))
    assert tracemalloc.get_traced_memory()[1] < 1024 * 1024
    tracemalloc.stop()
    assert raised.value.code == "documents.too_large"


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(DataError) as raised:
        read_figures(tmp_path / "none.xlsx", ASKED)
    assert "none.xlsx" in sentence(raised.value.code, raised.value.facts)


def test_a_number_with_a_giant_exponent_does_not_fill_the_memory():
    packed = content(a_sheet(a_row(value=93.5)))
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            new.writestr(item, old.read(item).replace(b"<v>93.5</v>", b"<v>1E+99999999</v>"))
    assert [p.code for p in figures_in(stream.getvalue(), "f.xlsx", ASKED).problems] == ["evidence.number_too_long"]


def test_a_period_that_is_not_over_on_the_day_is_pointed_out():
    found = intake(a_row(period="2025年"), a_row(period="2024年"), as_of=date(2025, 1, 5))
    assert [(p.code, p.severity, p.row) for p in found.problems] == [("evidence.period_not_over", Severity.WARNING, 4)]
    assert len(found.figures) == 2
    for language in ("zh", "en"):
        assert "2025-01-05" in problem_sentence(found.problems[0], language)


@pytest.mark.parametrize(("basis", "warned"), [("累计", False), ("新增", False), ("时点值", True)])
def test_a_basis_that_the_judge_compares_is_no_difference(basis, warned):
    target = a_target("15", indicator="绿色工厂创建数", unit="家", basis=Basis.CUMULATIVE)
    (asked,) = asked_figures(a_plan(target))
    found = figures_in(content(a_sheet(a_row(target.indicator, value=5, 口径=basis))), "f.xlsx", [asked])
    assert bool(found.problems) is warned
    assert bool(differences(target, *reported_values(found.figures))) is warned
    for problem in found.problems:
        assert problem.code == "evidence.basis_differs" and "“新增、累计”" in problem_sentence(problem)


def test_a_level_and_a_growth_of_one_year_are_not_the_same_figure_twice():
    growth = "规模以上工业增加值增长"
    assert intake(a_row(growth, value=6.2), a_row(growth, value=412, 口径="时点值", 单位="亿元")).problems == ()
    twice = intake(a_row(growth, value=6.2), a_row(growth, value=6.3))
    assert {p.code for p in twice.problems} == {"evidence.contradicting_rows"}
