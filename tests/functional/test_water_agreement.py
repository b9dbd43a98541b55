"""Computed classes of surface water are the published ones, and the page of the documentation says how far."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import water_releases as releases

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "agreement-water.md"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not releases.RELEASE.is_file(), reason="the release of surface water is not beside the project"),
]


def told() -> str:
    return PAGE.read_text(encoding="utf-8")


def test_the_page_tells_every_figure() -> None:
    page = told()
    lacking = [f"| {what} | {figure} |" for what, figure in releases.agreement().items()]
    assert [row for row in lacking if row not in page] == []


def test_names_decide_as_far_as_the_page_says() -> None:
    assert 0.978 < releases.headline() < 0.979


def test_computing_itself_agrees_above_the_aim() -> None:
    """Whatever is assumed of river and lake: the published class is one of the two, and without phosphorus the only one."""
    figures = releases.agreement()
    for row in ("river or lake makes no difference", "published class is that of a river or that of a lake"):
        part, whole = (int(n.replace(",", "")) for n in figures[row].partition(" (")[0].split(" of "))
        assert part / whole >= 0.999


def test_sections_against_their_names_stand_on_the_page() -> None:
    found = releases.against_names()
    rows = [f"| {name} | {against} of {of} |" for name, (of, against) in found.items()]
    assert len(rows) == 2 and all(row in told() for row in rows)
    assert f"| without these two sections | {releases.without_those()} |" in told()


def test_what_names_leave_open_stands_on_the_page() -> None:
    rows, sections, often = releases.left_open()
    assert f"{rows:,} rows of {sections:,} sections" in told()
    for name, (count, river, lake) in often.items():
        assert f"| {name} | {count} | {river} | {lake} |" in told()


def test_kinds_learned_from_earlier_days_stand_on_the_page() -> None:
    assert (
        f"| kinds learned from the classes published until 31 October 2020, tried on later rows | {releases.by_history()} |"
        in told()
    )


def test_rows_that_no_limits_explain_stand_on_the_page() -> None:
    for day, section, published, river, lake in releases.neither():
        assert river == lake and f"| {day} | {section} | {published} | {'Ⅰ Ⅱ Ⅲ Ⅳ Ⅴ 劣Ⅴ'.split()[river - 1]} |" in told()
