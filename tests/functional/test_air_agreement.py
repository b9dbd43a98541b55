"""The air measures beside published values; the page of figures must say what is found here."""

from __future__ import annotations

from pathlib import Path

import pytest

from air_releases import chengdu, eight_hours, other_definition, station_hours

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "agreement-air.md"
pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def told() -> set[str]:
    return set(PAGE.read_text(encoding="utf-8").splitlines())


def test_hours_of_stations_agree(told: set[str]) -> None:
    figures, share = station_hours()
    assert share >= 0.9999
    assert {f"| {name} | {figure} |" for name, figure in figures.items()} <= told


def test_eight_hour_means_of_the_release_are_those_of_its_hours(told: set[str]) -> None:
    figures, share = eight_hours()
    assert share >= 0.996
    assert {f"| {name} | {figure} |" for name, figure in figures.items()} <= told


def test_days_of_chengdu_agree_in_the_years_of_one_practice(told: set[str]) -> None:
    for year, figures, share in chengdu():
        assert year not in {2016, 2018, 2019, 2020} or share >= 0.97, year
        assert f"| {year} | {' | '.join(figures.values())} |" in told


def test_the_set_of_another_definition_is_told_as_such(told: set[str]) -> None:
    assert {f"| {name} | {figure} |" for name, figure in other_definition().items()} <= told
    assert "## 366 cities, 2013 to 2017: another definition, no agreement" in told
