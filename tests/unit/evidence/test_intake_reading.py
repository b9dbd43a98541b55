"""A good workbook in every form people give it."""

from __future__ import annotations

import io
import time
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.styles import PatternFill
from tests.unit.evidence.workbooks import ASKED, HEADER, PASS_RATE, a_row, a_sheet, content

from zhiheng.base.period import Period
from zhiheng.base.quantity import Basis
from zhiheng.evidence.figures import Proof, RowRef
from zhiheng.evidence.intake import figures_in, read_figures


def figures_of(*rows, **options):
    found = figures_in(content(a_sheet(*rows)), "figures.xlsx", ASKED, **options)
    assert found.problems == (), found.problems
    return found.figures


def test_a_row_becomes_a_figure_that_knows_where_it_came_from():
    (figure,) = figures_of(a_row(地区="青岭县", 单位="%", 口径="时点值", 来源="市场监管局", 备注="年报"))
    assert figure.indicator == "制造业产品质量合格率"
    assert (figure.value, figure.unit, figure.basis) == (Decimal("93.2"), "%", Basis.LEVEL)
    assert figure.period == Period.year(2023)
    assert (figure.place, figure.source, figure.note) == ("青岭县", "市场监管局", "年报")
    assert figure.origin == RowRef("figures.xlsx", "填报", 4)
    assert not figure.assigned


def test_counts_are_kept_exact():
    (figure,) = figures_of(a_row(value=None, 分子=9996, 分母=10000))
    assert (figure.value, figure.numerator, figure.denominator) == (None, Decimal(9996), Decimal(10000))
    (both,) = figures_of(a_row(value=99.96, 分子=9996, 分母=10000))
    assert both.value == Decimal("99.96")


@pytest.mark.parametrize(("printed", "exact"), [("100.0", "9996/10000"), ("97", "9704/10000"), ("97.0", "9709/10000")])
def test_a_value_may_be_rounded_or_cut_off_from_its_counts(printed, exact):
    numerator, denominator = exact.split("/")
    (figure,) = figures_of(a_row(value=printed, 分子=int(numerator), 分母=int(denominator)))
    assert figure.value == Decimal(printed)


@pytest.mark.parametrize("typed", [97.1, "97.1", "97.1%", "９７．１％", " 97.1 % ", 97.10000000000001, 97.09999999999999])
def test_a_number_is_what_was_typed(typed):
    assert figures_of(a_row(value=typed))[0].value == Decimal("97.1")


def test_a_percent_cell_holds_the_percentage():
    sheet = a_sheet(a_row(value=0.971))
    sheet["D4"].number_format = "0.0%"
    (figure,) = figures_in(content(sheet), "f.xlsx", ASKED).figures
    assert figure.value == Decimal("97.1")


def test_a_small_share_is_taken_when_its_sign_confirms_it():
    assert figures_of(a_row(value="0.8%"))[0].value == Decimal("0.8")


def test_thousands_separators_and_counting_words():
    assert figures_of(a_row("县政府质量奖获奖组织（累计）", value="1,024家"))[0].value == Decimal(1024)


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        (2023, Period.year(2023)),
        ("2023", Period.year(2023)),
        ("2023年度", Period.year(2023)),
        ("2023年上半年", Period(date(2023, 1, 1), date(2023, 6, 30))),
        ("2023Q4", Period(date(2023, 10, 1), date(2023, 12, 31))),
        ("2021—2023年", Period.years(2021, 2023)),
        (date(2023, 6, 30), Period(date(2023, 6, 30), date(2023, 6, 30))),
    ],
)
def test_periods_as_people_write_them(typed, period):
    assert figures_of(a_row(period=typed))[0].period == period


@pytest.mark.parametrize(
    ("look", "period"),
    [
        ('yyyy"年"m"月"', Period(date(2023, 6, 1), date(2023, 6, 30))),
        ('yyyy"年"', Period.year(2023)),
        ("[$-804]yyyy/m/d;@", Period(date(2023, 6, 1), date(2023, 6, 1))),
        ("mmm-yy", Period(date(2023, 6, 1), date(2023, 6, 30))),
    ],
)
def test_excel_turns_a_month_into_a_date_and_its_format_says_what_was_typed(look, period):
    sheet = a_sheet(a_row(period=date(2023, 6, 1)))
    sheet["C4"].number_format = look
    assert figures_in(content(sheet), "f.xlsx", ASKED).figures[0].period == period


def test_names_are_matched_by_alias_and_without_regard_to_brackets_and_blanks():
    names = ["制造业合格率", "县政府质量奖 获奖组织（累计）", "「重大质量安全事故」"]
    rows = [a_row(n, value=v, 零报告方式=p) for n, v, p in zip(names, (93, 25, 0), (None, None, "已申报"), strict=True)]
    assert [f.indicator for f in figures_of(*rows)] == [
        "制造业产品质量合格率",
        "县政府质量奖获奖组织(累计)",
        "重大质量安全事故",
    ]


def test_zero_with_its_proof_and_an_assigned_target():
    zero, target = figures_of(
        a_row("重大质量安全事故", value=0, 零报告方式="有台账证明"),
        a_row("单位产值能耗下降", value="≥15.5", 类别="上级下达目标值"),
    )
    assert (zero.value, zero.proof) == (Decimal(0), Proof.PROVEN)
    assert (target.assigned, target.bound, target.value) == (True, ">=", Decimal("15.5"))


def test_growth_may_be_negative_and_large_and_a_level_has_its_own_unit():
    fall, boom, level = figures_of(
        a_row("规模以上工业增加值增长", 2021, -2.5),
        a_row("规模以上工业增加值增长", 2022, 130),
        a_row("规模以上工业增加值增长", 2023, 286.5, 单位="亿元", 口径="时点值"),
    )
    assert (fall.value, boom.value) == (Decimal("-2.5"), Decimal(130))
    assert (level.unit, level.basis) == ("亿元", Basis.LEVEL)


def test_english_headers_in_another_order():
    sheet = openpyxl.Workbook().active
    sheet.append(["No.", "Value", "Period", "Indicator", "Numerator", "Denominator", "Source"])
    sheet.append([1, 93.2, 2023, "制造业产品质量合格率", None, None, "bureau"])
    (figure,) = figures_in(content(sheet), "f.xlsx", ASKED).figures
    assert (figure.value, figure.source) == (Decimal("93.2"), "bureau")


def test_a_header_of_two_rows_with_merged_cells():
    sheet = openpyxl.Workbook().active
    sheet.append(["质量指标"])
    sheet.append(["序号", "指标名称", "年度", "填报内容", None, None, "备注"])
    sheet.append([None, None, None, "数值（必填）", "分子", "分母", None])
    for block in ("A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"):
        sheet.merge_cells(block)
    sheet.append([1, "制造业产品质量合格率", 2023, None, 932, 1000, "抽查"])
    (figure,) = figures_in(content(sheet), "f.xlsx", ASKED).figures
    assert (figure.numerator, figure.denominator, figure.note) == (Decimal(932), Decimal(1000), "抽查")


def test_a_header_merged_over_two_columns_means_the_filled_one():
    sheet = openpyxl.Workbook().active
    sheet.append(["指标", None, "时期", "数值"])
    sheet.merge_cells("A1:B1")
    sheet.append([None, "制造业产品质量合格率", 2023, 93.2])
    assert len(figures_in(content(sheet), "f.xlsx", ASKED).figures) == 1


def test_a_name_with_its_unit_in_brackets_is_known_without():
    asked = (type(PASS_RATE)("投诉办结率（%）", "%", Basis.LEVEL, (2023,), scale=Decimal(95)),)
    for name in ("投诉办结率", "投诉办结率(%)"):
        (figure,) = figures_in(content(a_sheet(a_row(name))), "f.xlsx", asked).figures
        assert figure.indicator == "投诉办结率（%）"


def test_many_merged_blocks_cost_little():
    sheet = a_sheet(*[a_row(period=2021 + i % 5, 地区=f"镇{i}") for i in range(3000)])
    for row in range(4, 3004, 2):
        sheet.merge_cells(start_row=row, end_row=row + 1, start_column=12, end_column=12)
    packed = content(sheet)
    start = time.process_time()
    assert len(figures_in(packed, "f.xlsx", ASKED).figures) == 3000
    assert time.process_time() - start < 3


def test_several_sheets_and_one_without_a_table():
    sheet = a_sheet(a_row())
    other = sheet.parent.create_sheet("二季度")
    other.append(list(HEADER))
    other.append(a_row(period="2023Q2"))
    sheet.parent.create_sheet("填表说明").append(["指标按口径填写"])
    sheet.parent.create_sheet("通讯录").append(["张某", "科员"])
    found = figures_in(content(sheet), "f.xlsx", ASKED)
    assert [f.origin.sheet for f in found.figures] == ["填报", "二季度"]
    assert [(p.code, p.sheet) for p in found.problems] == [("evidence.sheet_without_header", "通讯录")]


def test_a_source_merged_over_rows_belongs_to_each():
    sheet = a_sheet(a_row(period=2022, 来源="统计局"), a_row(period=2023))
    sheet.merge_cells("I4:I5")
    found = figures_in(content(sheet), "f.xlsx", ASKED)
    assert [f.source for f in found.figures] == ["统计局", "统计局"]


def test_notes_under_the_table_are_no_rows():
    sheet = a_sheet(a_row(), ["注：2023年为快报数。"])
    sheet.merge_cells("A5:L5")
    found = figures_in(content(sheet), "f.xlsx", ASKED)
    assert (len(found.figures), found.problems, found.skipped) == (1, (), 1)


def test_twenty_thousand_formatted_empty_rows_cost_nothing():
    sheet = a_sheet(a_row())
    fill = PatternFill("solid", fgColor="FFFFEE")
    for row in range(5, 20005):
        for column in range(1, 4):
            sheet.cell(row, column).fill = fill
    packed = content(sheet)
    start = time.process_time()
    found = figures_in(packed, "f.xlsx", ASKED)
    assert time.process_time() - start < 2
    assert (len(found.figures), found.problems, found.skipped) == (1, (), 0)


CSV = "指标,时期,数值,分子,分母,来源\r\n制造业产品质量合格率,2023年,97.10,,,市场监管局\r\n制造业合格率,2022,,955,1000,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_files_in_the_encodings_people_save(encoding):
    found = figures_in(CSV.encode(encoding), "figures.csv", ASKED)
    assert [str(f.value) for f in found.figures] == ["97.10", "None"]
    assert found.figures[0].source == "市场监管局"
    assert found.figures[1].origin == RowRef("figures.csv", "CSV", 3)


@pytest.mark.parametrize("mark", "\t;")
def test_text_files_with_other_separators(mark):
    assert len(figures_in(CSV.replace(",", mark).encode(), "figures.csv", ASKED).figures) == 2


def test_a_file_on_disk(tmp_path):
    path = tmp_path / "数据.xlsx"
    path.write_bytes(content(a_sheet(a_row())))
    assert read_figures(path, ASKED, region="青岭县").figures[0].origin.file == "数据.xlsx"


def test_one_name_for_two_targets_is_told_apart_by_its_unit():
    index = type(PASS_RATE)("服务业满意度", None, Basis.LEVEL, (2025,), scale=Decimal(90))
    share = type(PASS_RATE)("服务业满意度", "%", Basis.LEVEL, (2025,), scale=Decimal(80))
    rows = a_row("服务业满意度", 2025, 81, 单位="%")
    (figure,) = figures_in(content(a_sheet(rows)), "f.xlsx", (index, share)).figures
    assert figure.unit == "%"


def test_numbers_survive_what_excel_writes_for_them():
    packed = content(a_sheet(a_row(value=97.1)))
    book = io.BytesIO()
    import zipfile

    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(book, "w") as new:
        for item in old.infolist():
            part = old.read(item)
            new.writestr(item, part.replace(b"<v>97.1</v>", b"<v>97.099999999999994</v>"))
    assert figures_in(book.getvalue(), "f.xlsx", ASKED).figures[0].value == Decimal("97.1")
