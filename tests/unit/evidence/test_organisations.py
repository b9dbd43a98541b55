"""Which bodies does a list name, in the forms people keep one, and what is said of a cell that cannot be used?"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import Limits
from zhiheng.evidence.intake.organisations import read_organisations
from zhiheng.rules.messages import sentence

EDUCATION = {"县市场监督管理局": ("县市场监管局", "县市监局"), "县教育局": ()}


def a_workbook(path: Path, *rows: list[object], **more: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.active.title = "机构"
    for row in rows:
        book.active.append(row)
    for title, lines in more.items():
        sheet = book.create_sheet(title)
        for row in lines:
            sheet.append(row)
    book.save(path)
    return path


def a_text(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize(
    "rows",
    [
        [["名称", "别名"], ["县市场监督管理局", "县市场监管局、县市监局"], ["县教育局", None]],
        [["名称", "别名"], ["县市场监督管理局", "县市场监管局；县市监局"], [None, None], ["县教育局"]],
        [
            ["青岭县机构名单"],
            ["序号", "责任单位名称", "简称", "曾用名"],
            [1, "县市场监督管理局", "县市场监管局", "县市监局"],
            [2, "县教育局"],
        ],
        [["县市场监督管理局", "县市场监管局", "县市监局"], ["县教育局"]],
        [["简称", "单位"], ["县市场监管局/县市监局", " 县市场监督管理局 "], [None, "县教育局"]],
        [["名称", "别名"], ["县市场监督管理局", "县市场监管局"], ["县教育局"], ["县市场监督管理局", "县市监局"]],
    ],
)
def test_a_workbook(tmp_path: Path, rows: list[list[object]]) -> None:
    assert read_organisations(a_workbook(tmp_path / "机构.xlsx", *rows)) == EDUCATION


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("机构.csv", "名称,别名\n县市场监督管理局,县市场监管局、县市监局\n县教育局,\n"),
        ("机构.csv", '机构,简称\n县市场监督管理局,"县市场监管局,县市监局"\n\n县教育局,\n'),
        ("机构.txt", "县市场监督管理局,县市场监管局,县市监局\n县教育局\n"),
        ("机构.txt", "县市场监督管理局\t县市场监管局\t县市监局\n县教育局\n"),
    ],
)
def test_a_text(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    assert read_organisations(a_text(tmp_path / name, text, encoding)) == EDUCATION


def test_one_body_a_line(tmp_path: Path) -> None:
    listed = read_organisations(a_text(tmp_path / "机构.txt", "县市场监管局\n县教育局\n青岭、望川园区管委会\n"))
    assert listed == {"县市场监管局": (), "县教育局": (), "青岭、望川园区管委会": ()}


def test_all_sheets_count(tmp_path: Path) -> None:
    book = a_workbook(tmp_path / "机构.xlsx", ["名称"], ["县教育局"], 乡镇=[["名称", "别名"], ["望川镇", "望川镇人民政府"]])
    assert read_organisations(book) == {"县教育局": (), "望川镇": ("望川镇人民政府",)}


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        (
            [["名称", "别名"], ["县教育局", "教育局"], ["县体育局", "教育局"]],
            "evidence.organisation_twice",
            ["“机构”第 3 行的“教育局”", "第 2 行已用于“县教育局”", "请删去一处"],
        ),
        (
            [["名称", "别名"], [None, "教育局"]],
            "evidence.organisation_without_name",
            ["“机构”第 2 行", "A 列没有名称", "请填写名称"],
        ),
        ([["名称"], ["=A9"]], "evidence.organisation_formula", ["第 2 行 A 列是公式“=A9”", "选择性粘贴为数值"]),
        ([["名称", "别名"], ["县教育局", '=A2&"x"']], "evidence.organisation_formula", ["第 2 行 B 列是公式", "粘贴为数值"]),
        ([["名称"], [17]], "evidence.organisation_not_text", ["第 2 行 A 列是“17”", "请填写机构名称"]),
        ([["名称"]], "evidence.no_organisations", ["“机构.xlsx”里没有机构", "每行写一个机构"]),
        ([], "evidence.no_organisations", ["没有机构"]),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, rows: list[list[object]], code: str, said: list[str]) -> None:
    with pytest.raises(DataError) as raised:
        read_organisations(a_workbook(tmp_path / "机构.xlsx", *rows))
    assert raised.value.code == code
    chinese = sentence(code, raised.value.facts)
    assert all(words in chinese for words in said), chinese
    assert "{" not in sentence(code, raised.value.facts, "en")


def test_a_formula_in_a_csv_is_not_trusted_either(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"evidence\.organisation_formula"):
        read_organisations(a_text(tmp_path / "机构.csv", "名称\n=HYPERLINK(1)\n"))


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"documents\.not_found"):
        read_organisations(tmp_path / "没有.xlsx")
    large = a_text(tmp_path / "机构.txt", "县教育局\n" * 100)
    with pytest.raises(DataError, match=r"too_large"):
        read_organisations(large, Limits(file_bytes=100))
