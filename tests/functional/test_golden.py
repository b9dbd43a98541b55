"""Does the compiler still make of each golden paper what a person last read and agreed to?"""

from __future__ import annotations

from typing import Any

import pytest
from scripts.golden import GOLDEN, expected, recorded, sources

PAPERS = sources()
ADVICE = "if the new reading is right: make golden, read the difference, commit it"


@pytest.fixture(scope="module", params=PAPERS)
def readings(request: pytest.FixtureRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is expected of a paper, and what the compiler makes of it now."""
    return recorded(request.param), expected(PAPERS[request.param])


def test_every_paper_has_its_expectation_and_its_source() -> None:
    assert set(PAPERS) == {path.parent.name for path in GOLDEN.glob("*/expected.json")}, "make golden"


@pytest.mark.parametrize("part", ["source", "sha256", "meta", "targets", "commitments", "tasks", "definitions"])
def test_the_plan_is_read_as_expected(readings: tuple[dict[str, Any], dict[str, Any]], part: str) -> None:
    agreed, now = readings
    assert now[part] == agreed.get(part), ADVICE


def test_not_understood_may_only_fall(readings: tuple[dict[str, Any], dict[str, Any]]) -> None:
    agreed, now = readings
    assert len(now["not_understood"]) <= len(agreed["not_understood"]), now["not_understood"]


def test_the_sums_of_coverage_agree(readings: tuple[dict[str, Any], dict[str, Any]]) -> None:
    counts = readings[1]["coverage"]
    assert counts["total"] == counts["mention"] + counts["excluded"] + counts["not_understood"]
