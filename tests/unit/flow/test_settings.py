"""Do the limits of an installation come from its environment, and is a wrong one told?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from zhiheng.base.errors import DataError, UsageError
from zhiheng.cli.main import main
from zhiheng.documents.readers import Limits
from zhiheng.flow import settings
from zhiheng.flow.plan_source import open_plan
from zhiheng.rules.messages import strict_sentence

PROSE = "青岭县质量强县规划（2024—2028年）\n\n到2028年，全县制造业产品质量合格率达到95%以上。\n"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """The environment is read once a process; each test is a process of its own."""
    settings.limits.cache_clear()
    yield
    settings.limits.cache_clear()


def test_every_limit_can_be_set_and_is_the_default_when_it_is_not() -> None:
    assert {s.limit for s in settings.SETTINGS.values()} == {f.name for f in fields(Limits)} - {"office"}
    assert settings.limits_in({"PATH": "x"}) == Limits()
    for name, setting in settings.SETTINGS.items():
        found = settings.limits_in({name: " 7 "})
        assert getattr(found, setting.limit) == 7 * setting.unit, name


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "viel", "1e3", "１２", "9" * 30, "1000000001"])
def test_a_wrong_value_is_told_with_its_variable(value: str) -> None:
    with pytest.raises(UsageError) as refused:
        settings.limits_in({"ZHIHENG_LIMIT_CELLS": value})
    assert refused.value.code == "flow.wrong_limit"
    for language in ("zh", "en"):
        said = strict_sentence(refused.value.code, refused.value.facts, language)
        assert "ZHIHENG_LIMIT_CELLS" in said and value in said


def test_a_name_that_sets_nothing_is_told() -> None:
    with pytest.raises(UsageError, match=r"flow\.unknown_limit"):
        settings.limits_in({"ZHIHENG_LIMIT_FILES": "1"})


def test_papers_are_read_by_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paper = tmp_path / "plan.txt"
    paper.write_text(PROSE, encoding="utf-8")
    monkeypatch.setenv("ZHIHENG_LIMIT_CHARACTERS", "20")
    with pytest.raises(DataError, match=r"documents\.too_long"):
        open_plan(paper)
    assert open_plan(paper, limits=Limits()).targets


def test_a_command_ends_with_the_code_of_a_wrong_call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ZHIHENG_LIMIT_FILE_MB", "fifty")
    assert main(["extract", str(tmp_path / "plan.txt")]) == 2
    assert "ZHIHENG_LIMIT_FILE_MB" in capsys.readouterr().err
