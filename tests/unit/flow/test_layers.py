"""Is a plan read by the rulebook of the place it speaks of, and of the installation?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import zhiheng
from zhiheng.flow import knowledge as known
from zhiheng.flow.figures import expected_of
from zhiheng.flow.plan_source import open_plan
from zhiheng.plans.model import Plan
from zhiheng.rules import rulebook

HOME = """group: 本地
english: local
indicators:
  lantern_visits:
    name: 青灯巡查覆盖率
    english: Share of lantern patrols
    unit: "%"
    direction: higher
    confirmed: true
    aliases: [夜巡到位率]
"""
PAPER = "{place}质量强县规划（2024—2028年）\n\n到2028年，夜巡到位率达到95%以上。\n"


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Rulebooks are opened once a process; each test is a process of its own."""
    for cached in (known._known, rulebook.open_rulebook):
        cached.cache_clear()
    yield
    for cached in (known._known, rulebook.open_rulebook):
        cached.cache_clear()


def plan_of(folder: Path, place: str) -> Plan:
    paper = folder / "plan.txt"
    paper.write_text(PAPER.format(place=place), encoding="utf-8")
    return open_plan(paper)


def aligned(plan: Plan) -> list[str | None]:
    return [t.catalogue.indicator if t.catalogue else None for t in plan.targets]


def with_catalogue(folder: Path) -> Path:
    (folder / "catalogue").mkdir(parents=True)
    (folder / "catalogue" / "local.yaml").write_text(HOME, encoding="utf-8")
    return folder


def test_the_installation_adds_to_the_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert aligned(plan_of(tmp_path, "青岭县")) == [None]
    with_catalogue(tmp_path / "home" / "rulebook")
    monkeypatch.setenv(known.HOME, str(tmp_path / "home"))
    plan = plan_of(tmp_path, "青岭县")
    assert aligned(plan) == ["local.lantern_visits"]
    assert "青灯巡查覆盖率" in {name for asked in expected_of(plan) for name in asked.aliases}


def test_a_city_adds_to_the_catalogue_for_its_own_plans(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "zhiheng"
    shutil.copytree(Path(zhiheng.__file__).parent / "rulebook", package / "rulebook")
    with_catalogue(package / "rulebook" / "city" / "330400")
    monkeypatch.setattr(rulebook, "files", lambda _: package)
    own, other = plan_of(tmp_path, "海盐县"), plan_of(tmp_path, "长兴县")
    assert (own.meta.region_code, aligned(own)) == ("330424", ["local.lantern_visits"])
    assert (other.meta.region_code, aligned(other)) == ("330522", [None])
    assert "青灯巡查覆盖率" in {name for asked in expected_of(own) for name in asked.aliases}
