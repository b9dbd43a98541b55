"""`zhiheng export` and `zhiheng template register` as a person calls them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.unit.evidence.every_kind import every_kind, lay_in

from zhiheng.cli.main import main
from zhiheng.evidence.lake.home import Home

ROW = {"number": "甲", "taken_on": date(2023, 5, 6), "place": "330402"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder that keeps one record, taken in on 2026-02-01."""
    root = tmp_path / "home"
    register = every_kind(root / "rulebook")
    lay_in(Home(root), register, [ROW])
    return root


def test_records_are_written_and_counted(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.csv"
    assert main(["export", "samples", "--out", str(target), "--home", str(home)]) == 0
    assert capsys.readouterr().err == f"台账“样品登记”的 1 条记录已写入 {target}\n"
    assert "甲" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(("day", "count"), [("2026-01-31", 0), ("2026-02-01", 1)])
def test_a_day_is_as_known_at_its_end(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, count: int
) -> None:
    assert main(["export", "samples", "--out", str(tmp_path / "out.csv"), "--home", str(home), "--on", day]) == 0
    assert f"的 {count} 条记录" in capsys.readouterr().err


def test_a_day_and_a_position_are_not_given_together(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "out.csv"
    assert main(["export", "samples", "--out", str(target), "--home", str(home), "--on", "2026-01-31", "--at", "1"]) == 2
    assert "只能写一个" in capsys.readouterr().err
    assert not target.exists()


def test_the_form_of_a_register_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["template", "register", "complaint"]) == 0
    assert openpyxl.load_workbook(tmp_path / "complaint.xlsx").sheetnames == ["投诉举报", "填表说明"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["register"], "还缺少：REGISTER"),
        (["register", "complaint", "--plan", "x"], "不认识：--plan"),
        (["figures"], "还缺少：--plan"),
        (["figures", "complaint", "--plan", "x"], "不认识：complaint"),
    ],
)
def test_what_a_form_needs_is_asked_for(words: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", *words]) == 2
    assert said in capsys.readouterr().err
