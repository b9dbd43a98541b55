"""What does `run` say before anyone opens the report: targets left out, a day before the plan begins?"""

from __future__ import annotations

import re
from pathlib import Path

import docx
import openpyxl
import pytest

from zhiheng.cli.main import main

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"


def run(plan: Path, out: Path, as_of: str = "2027-02-01") -> None:
    words = ["run", "--plan", str(plan), "--figures", str(COUNTY / "figures.xlsx"), "--as-of", as_of, "--out", str(out)]
    assert main(words) == 0


def test_targets_left_out_are_told_once_and_stand_in_the_papers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    form = tmp_path / "规划.xlsx"
    assert main(["extract", str(COUNTY / "plan.txt"), "--format", "xlsx", "--out", str(form)]) == 0
    book = openpyxl.load_workbook(form)
    sheet = book["目标"]
    heads = [cell.value for cell in sheet[1]]
    own = [row[0].row for row in sheet.iter_rows(min_row=2) if row[heads.index("本规划目标")].value == "是"]
    for row in own[:2]:
        sheet.cell(row, heads.index("口径") + 1).value = "随便"
    book.save(form)
    run(COUNTY / "plan.txt", tmp_path / "whole")
    capsys.readouterr()
    run(form, tmp_path / "out")
    told = capsys.readouterr().err.splitlines()
    assert len([line for line in told if "“随便”" in line]) == 2
    assert all("规划表“规划.xlsx”" in line for line in told if "“随便”" in line)
    assert [line for line in told if "有 2 项目标没有采用" in line and str(form) in line]
    said = f"规划表“规划.xlsx”中另有2项目标没有采用，不在统计之内：第{own[0]}、{own[1]}行“口径”填写有误"
    assert said in (tmp_path / "out" / "report.html").read_text("utf-8")
    papers = ["\n".join(p.text for p in docx.Document(tmp_path / o / "report.docx").paragraphs) for o in ("whole", "out")]
    assert said in papers[1] and "没有采用" not in papers[0]
    whole, rest = (int(re.findall(r"共有监测目标(\d+)项", paper)[0]) for paper in papers)
    assert whole == rest + 2


@pytest.mark.parametrize(("day", "warned"), [("2023-12-31", True), ("2024-01-01", False)])
def test_a_day_before_the_plan_begins_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, warned: bool
) -> None:
    run(COUNTY / "plan.txt", tmp_path / "out", day)
    assert (f"提醒：判定日期 {day} 早于规划起始年份 2024 年" in capsys.readouterr().err) is warned
