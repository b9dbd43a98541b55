"""`zhiheng registers` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhiheng.cli.main import main


def test_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registers", "list"]) == 0
    said = capsys.readouterr().out
    assert "食品安全抽检结果" in said
    assert "抽检计划、组织级别、抽样编号、检验项目" in said


def test_a_sound_rulebook_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registers", "check"]) == 0
    assert "个台账定义检查通过" in capsys.readouterr().out


def test_each_unsound_one_is_named_and_the_others_are_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "rulebook" / "registers"
    folder.mkdir(parents=True)
    for name in ("one", "two"):
        (folder / f"{name}.yaml").write_text("name: 空\n", encoding="utf-8")
    monkeypatch.setenv("ZHIHENG_HOME", str(tmp_path))
    assert main(["registers", "check"]) == 4
    said = capsys.readouterr()
    assert "registers/one.yaml" in said.err
    assert "registers/two.yaml" in said.err
    assert "2 个台账定义有误" in said.out


def test_one_is_described_in_a_file(tmp_path: Path) -> None:
    target = tmp_path / "page.md"
    assert main(["registers", "docs", "complaint", "--out", str(target)]) == 0
    page = target.read_text(encoding="utf-8")
    assert "| `complainant` | 投诉人姓名 | 投诉人、举报人 | text |  | personal |" in page
    assert "`closed_on >= received_on`" in page
    assert "sampling.food" not in page


def test_an_unknown_name_ends_with_the_code_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registers", "docs", "nothing"]) == 4
    assert "没有台账“nothing”" in capsys.readouterr().err


def test_a_program_gets_them_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["registers", "list", "engineering", "complaint", "--json"]) == 0
    area, complaint = json.loads(capsys.readouterr().out)["registers"]
    assert (area["id"], area["key"], area["event_date"]) == ("engineering", ["project", "part", "attempt"], "accepted_on")
    field = next(f for f in area["fields"] if f["id"] == "area")
    assert (field["kind"], field["unit"], field["decimals"], field["least"], field["most"]) == (
        "decimal",
        "平方米",
        4,
        "0",
        None,
    )
    assert {f["sensitivity"] for f in complaint["fields"] if f["id"] == "complainant"} == {"personal"}
    assert [c["severity"] for c in area["checks"]] == ["error", "warning"]
    assert main(["registers", "check", "complaint", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"sound": ["complaint"], "faults": []}


def test_faults_are_data_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "rulebook" / "registers").mkdir(parents=True)
    (tmp_path / "rulebook" / "registers" / "one.yaml").write_text("name: 空\n", encoding="utf-8")
    monkeypatch.setenv("ZHIHENG_HOME", str(tmp_path))
    assert main(["registers", "check", "one", "complaint", "--json"]) == 4
    told = json.loads(capsys.readouterr().out)
    assert told["sound"] == ["complaint"]
    assert "registers/one.yaml" in told["faults"][0]["sentence"]
