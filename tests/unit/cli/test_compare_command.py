"""`zhiheng compare` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhiheng.cli.main import main

COUNTY = Path(__file__).parents[3] / "examples" / "model_county"


@pytest.fixture
def plans(tmp_path: Path) -> list[str]:
    """The plan of the model county, and that of an invented neighbour with other numbers."""
    other = tmp_path / "neighbour.txt"
    text = (COUNTY / "plan.txt").read_text(encoding="utf-8")
    other.write_text(text.replace("青岭", "白溪").replace("≥95.5", "≥94").replace("95.5%", "94%"), encoding="utf-8")
    return [str(COUNTY / "plan.txt"), str(other)]


def test_table(plans: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *plans]) == 0
    said = capsys.readouterr().out
    assert "青岭县" in said and "白溪县" in said and "≥94%（2028年）" in said and "每年+0.38个百分点" in said
    assert "2 份规划" in said


def test_in_english(plans: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZHIHENG_LANG", "en")
    assert main(["compare", *plans]) == 0
    assert "2 plans" in capsys.readouterr().out


def test_json(plans: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *plans, "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    line = next(one for one in record["lines"] if one["name"] == "制造业产品质量合格率")
    assert [(cell["value_low"], cell["yearly"], cell["years"]) for cell in line["cells"]] == [
        ("95.5", "0.38", 5),
        ("94", "0.08", 5),
    ]


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("html", b"<!DOCTYPE"), ("json", b"{")])
def test_files(plans: list[str], kind: str, begins: bytes, tmp_path: Path) -> None:
    out = tmp_path / f"对比.{kind}"
    assert main(["compare", *plans, "--format", kind, "--out", str(out)]) == 0
    assert out.read_bytes().startswith(begins)


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_compared(
    plans: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["compare", *plans, "no.docx"]) == 3
    told = capsys.readouterr()
    assert "no.docx" in told.err and "2 份规划" in told.out


def test_one_plan_is_none_to_compare(plans: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", plans[0]]) == 2
    assert "至少" in capsys.readouterr().err
