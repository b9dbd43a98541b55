"""Does one paper that brings a fault of ours to light leave the others alone?"""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.cli.main import main
from zhiheng.flow import extract
from zhiheng.plans.model import Plan

PROSE = "青岭县质量强县规划（2024—2028年）\n\n到2028年，全县制造业产品质量合格率达到95%以上。\n"


def test_a_fault_of_ours_is_told_with_its_file_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one.txt", "two.txt", "three.txt"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
    opened = extract.open_plan

    def fails(path: Path, **how: object) -> Plan:
        if path.name == "two.txt":
            raise ZeroDivisionError
        return opened(path, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(extract, "open_plan", fails)
    files = [str(tmp_path / name) for name in ("one.txt", "two.txt", "missing.txt", "three.txt")]
    assert main(["extract", *files, "--json", "--out", str(tmp_path / "out")]) == 5
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["one.plan.json", "three.plan.json"]
    said = capsys.readouterr().err
    assert "two.txt" in said and "ZeroDivisionError" in said and "missing.txt" in said
