"""Does the main job judge by records, by figures, and by both, and does each figure open down to its records?"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from county_lake import COUNTY, make_lake

from zhiheng.cli.main import main as zhiheng

PLAN, FIGURES = str(COUNTY / "plan.docx"), COUNTY / "figures.xlsx"
DAY = ["--as-of", "2027-02-01"]
INDICATOR = "制造业产品质量合格率"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield make_lake(tmp_path_factory.mktemp("judged"))


@pytest.fixture(scope="module")
def both(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("both")
    assert zhiheng(["run", "--plan", PLAN, "--figures", str(FIGURES), "--evidence", str(home), *DAY, "--out", str(out)]) == 0
    return out


def verdicts(out: Path) -> Mapping[str, dict[str, Any]]:
    return {one["indicator"]: one for one in json.loads((out / "verdicts.json").read_text("utf-8"))["verdicts"]}


def test_records_and_figures_give_the_verdicts_of_the_figures(both: Path, tmp_path: Path) -> None:
    """The figures of the example are those its records make, rounded."""
    assert zhiheng(["run", "--plan", PLAN, "--figures", str(FIGURES), *DAY, "--out", str(tmp_path)]) == 0
    typed, recorded = verdicts(tmp_path), verdicts(both)
    assert {name: one["verdict"] for name, one in typed.items()} == {name: one["verdict"] for name, one in recorded.items()}


def test_a_figure_opens_down_to_its_receipt(both: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = verdicts(both)[INDICATOR]["value"]
    assert (value["numerator"], value["denominator"]) == ("1140", "1200")
    assert value["typed"]["agrees"] is True
    assert value["records"]["register"] == "sampling.industrial"
    receipt = home / "receipts" / f"{value['receipt']}.json"
    assert zhiheng(["verify", str(receipt), "--home", str(home)]) == 0
    capsys.readouterr()
    assert zhiheng(["explain", str(receipt), "--home", str(home), "--plan", PLAN, "--json"]) == 0
    assert INDICATOR in capsys.readouterr().out


def test_the_page_tells_the_records_and_masks_what_is_not_public(both: Path) -> None:
    page = (both / "report.html").read_text("utf-8")
    data = json.loads(page.split('id="data">')[1].split("</script>")[0])
    (finding,) = [f for f in data["findings"] if f["indicator"] == INDICATOR]
    evidence = finding["values"][-1]["evidence"]
    facts = dict(evidence["facts"])
    assert "分子1140，分母1200" in facts["计数"]
    assert "示例数据_工业产品抽检_2026.csv" in facts["来源文件"]
    assert evidence["total"] == 2400
    assert len(evidence["rows"]) == 30
    part, number = evidence["heads"].index("作用"), evidence["heads"].index("抽样编号")
    assert {row[part] for row in evidence["rows"]} == {"计入，不符合"}
    assert {row[number] for row in evidence["rows"]} == {"（内部）"}


def test_the_report_says_what_it_rests_on(both: Path) -> None:
    text = zipfile.ZipFile(both / "report.docx").read("word/document.xml").decode("utf-8")
    assert "台账数据依据" in text
    assert "每个都有可以核对的凭证" in text
    assert "填报数与台账记录不一致" not in text


def test_zero_events_are_proven_by_the_register(both: Path) -> None:
    assert "有完整台账证明" in verdicts(both)["较大以上质量安全事故"]["reason"]


def test_records_alone(home: Path, tmp_path: Path) -> None:
    assert zhiheng(["run", "--plan", PLAN, "--evidence", str(home), *DAY, "--out", str(tmp_path)]) == 0
    found = verdicts(tmp_path)
    assert found[INDICATOR]["value"]["typed"] is None
    assert found["装配式建筑占新建建筑面积比例"]["verdict"] == "no_evidence"


def test_a_figure_against_the_records_is_a_finding(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The records decide; exit code, terminal, JSON, report and page tell it with file, sheet and row."""
    book = openpyxl.load_workbook(FIGURES)
    sheet = book["填报"]
    head = next(row for row in sheet.iter_rows() if row[0].value == "指标")
    at = {str(cell.value): cell.column for cell in head}
    (row,) = [
        r
        for r in range(head[0].row + 1, sheet.max_row + 1)
        if sheet.cell(r, at["指标"]).value == INDICATOR and str(sheet.cell(r, at["时期"]).value).startswith("2026")
    ]
    for name, value in (("数值", None), ("分子", 1150), ("分母", 1200)):
        sheet.cell(row, at[name]).value = value
    wrong = tmp_path / "figures.xlsx"
    book.save(wrong)
    call = ["run", "--plan", PLAN, "--figures", str(wrong), "--evidence", str(home), *DAY, "--out", str(tmp_path / "out")]
    assert zhiheng([*call, "--json"]) == 1
    printed = capsys.readouterr()
    (told,) = json.loads(printed.out)["contradictions"]
    assert (told["file"], told["row"], told["indicator"]) == ("figures.xlsx", row, INDICATOR)
    assert "按台账判定" in printed.err
    value = verdicts(tmp_path / "out")[INDICATOR]["value"]
    assert Decimal(value["amount"]) == 95
    assert value["typed"]["agrees"] is False
    text = zipfile.ZipFile(tmp_path / "out" / "report.docx").read("word/document.xml").decode("utf-8")
    assert "填报数与台账记录不一致（1处）" in text
    assert "填报数与台账记录不一致（1处）" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_without_anything_to_judge_by(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zhiheng(["run", "--plan", PLAN, "--out", str(tmp_path)]) == 2
    assert "--evidence" in capsys.readouterr().err
    assert zhiheng(["run", "--plan", PLAN, "--evidence", str(tmp_path / "none"), "--out", str(tmp_path)]) == 2
    assert "zhiheng import" in capsys.readouterr().err
    assert zhiheng(["run", "--plan", PLAN, "--figures", str(FIGURES), "--place", "990124", "--out", str(tmp_path)]) == 2


def test_a_place_that_no_list_knows(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = tmp_path / "plan.txt"
    plan.write_text((COUNTY / "plan.txt").read_text("utf-8").replace("青岭县", "云梯县"), "utf-8")
    call = ["run", "--plan", str(plan), "--evidence", str(home), *DAY, "--out", str(tmp_path)]
    assert zhiheng(call) == 2
    assert "--place" in capsys.readouterr().err
    assert zhiheng([*call, "--place", "990124"]) == 0
