"""`zhiheng check` as a person calls it: doubts by kind, with the places, and against a list of organisations."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import jsonschema
import pytest

from zhiheng.cli.main import main
from zhiheng.publication.contract import CHECK

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"
CLEAN = """青岭县质量行动方案（2026—2028年）
一、主要任务
1.提升产品质量。到2028年，产品抽检合格率达到96%以上。（责任单位：县市场监管局）
2.办好质量课堂。组织企业互相学习。（责任单位：县教育局）
"""


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """The county's plan in Word with one number of the text changed."""
    paper = docx.Document(str(COUNTY / "plan.docx"))
    changed = [p for p in paper.paragraphs if "低于0.08人" in p.text]
    assert len(changed) == 1
    changed[0].text = changed[0].text.replace("低于0.08人", "低于0.09人")
    path = tmp_path / "plan.docx"
    paper.save(str(path))
    return path


def record(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["check", *arguments, "--format", "json"]) == 1
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    jsonschema.validate(found, CHECK)
    return found


def test_tables_by_kind(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(faulty)]) == 1
    said = capsys.readouterr().out
    heads = ["前后不一致和不合常理之处（3）", "前后不一致（1）", "目标比现状宽松，或分年度目标倒退（2）"]
    assert [said.index(head) for head in heads] == sorted(said.index(head) for head in heads)
    assert "一处是“<0.08人”，另一处是“低于0.09人”" in said
    assert "表2行16列6 质量安全 万台特种设备死亡人数" in said and "段39 重大食品安全零事故" in said


def test_in_english(faulty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    assert main(["check", str(faulty)]) == 1
    said = capsys.readouterr().out
    assert "places that disagree (1)" in said and "table 2, row 16, column 6" in said and "paragraph 39" in said


def test_json_keeps_its_schema(faulty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    doubts = record(capsys, str(faulty))["doubts"]
    assert isinstance(doubts, list)
    first = doubts[0]
    assert (first["code"], first["kind"]) == ("consistency.values_differ", "disagreement")
    table, prose = first["places"]
    assert (table["table"], table["row"], table["column"], prose["paragraph"]) == (2, 16, 6, 39)


@pytest.mark.parametrize("name", ["plan.txt", "plan.html", "plan.ofd"])
def test_every_format_raises_the_same(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    doubts = record(capsys, str(COUNTY / name))["doubts"]
    assert isinstance(doubts, list)
    assert [d["facts"]["indicator"] for d in doubts] == ["农产品质量安全例行监测合格率", "药品抽检合格率"]


def test_nothing_to_settle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, listed = tmp_path / "plan.txt", tmp_path / "机构.txt"
    plan.write_text(CLEAN, "utf-8")
    listed.write_text("县市场监督管理局,县市场监管局\n县教育局\n", "utf-8")
    assert main(["check", str(plan), "--organisations", str(listed)]) == 0
    assert "不合常理" not in capsys.readouterr().out


def test_units_are_held_against_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan, listed = tmp_path / "plan.txt", tmp_path / "机构.csv"
    plan.write_text(CLEAN.replace("县市场监管局", "县市场监督管里局"), "utf-8")
    listed.write_text("名称,别名\n县市场监督管理局,县市场监管局\n县文化馆,\n", "utf-8")
    assert main(["check", str(plan), "--organisations", str(listed)]) == 1
    said = "".join(capsys.readouterr().out.split())
    assert "责任单位（2）" in said
    assert "“县市场监督管里局”不在机构名单里（用于1项任务），名单里最接近的是“县市场监督管理局”" in said
    assert "“县教育局”不在机构名单里（用于1项任务）。请核对名称，或把它补进名单" in said


def test_a_list_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed = tmp_path / "机构.csv"
    listed.write_text("名称\n=A1\n", "utf-8")
    assert main(["check", str(COUNTY / "plan.txt"), "--organisations", str(listed)]) == 3
    assert "第 2 行 A 列是公式“=A1”" in capsys.readouterr().err
