"""`zhiheng diff` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhiheng.cli.main import main

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"


@pytest.fixture
def versions(tmp_path: Path) -> tuple[str, str]:
    text = (COUNTY / "plan.txt").read_text(encoding="utf-8")
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(text, encoding="utf-8")
    new.write_text(text.replace("≥95.5", "≥96").replace("95.5%", "96%"), encoding="utf-8")
    return str(old), str(new)


def test_table(versions: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *versions]) == 1
    said = capsys.readouterr().out
    assert "收紧" in said and "目标值：≥95.5% → ≥96%" in said and "指标目标：收紧 1、未变 29" in said


def test_in_english(versions: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    assert main(["diff", *versions]) == 1
    assert "tightened" in capsys.readouterr().out


def test_nothing_changed(versions: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", versions[0], versions[0]]) == 0
    assert "没有变化" in capsys.readouterr().out


def test_json(versions: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", *versions, "--format", "json"]) == 1
    record = json.loads(capsys.readouterr().out)
    assert [c["natures"] for c in record["changes"]] == [["tightened"]]
    assert record["changes"][0]["before"]["line"] == 78


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("docx", b"PK"), ("html", b"<!DOCTYPE"), ("json", b"{")])
def test_files(versions: tuple[str, str], kind: str, begins: bytes, tmp_path: Path) -> None:
    out = tmp_path / f"差异.{kind}"
    assert main(["diff", *versions, "--format", kind, "--out", str(out)]) == 1
    assert out.read_bytes().startswith(begins)


def test_a_file_that_is_missing_is_named(versions: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", versions[0], "no.docx"]) == 3
    assert "no.docx" in capsys.readouterr().err
