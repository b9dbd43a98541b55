"""Reasons of the catalogue that look-alikes are no one indicator."""

from __future__ import annotations

import re

import pytest

from zhiheng.base.errors import RuleError
from zhiheng.rules.catalogue import catalogue_of, load_catalogue
from zhiheng.rules.look_alikes import LookAlike, Obstacle
from zhiheng.rules.messages import strict_sentence

CATALOGUE = load_catalogue()


def test_the_reason_is_the_same_both_ways() -> None:
    one, other = "food_and_drugs.food_sampling_pass", "food_and_drugs.food_evaluative_pass"
    found = CATALOGUE.why_apart(one, other)
    assert found is not None and found.differ is Obstacle.PROGRAMME
    assert CATALOGUE.why_apart(other, one) is found
    assert CATALOGUE.why_apart(one, one) is None


def test_every_reason_is_of_indicators_that_are_kept_apart() -> None:
    for pair, reason in CATALOGUE._reasons.items():
        one, other = sorted(pair)
        assert other in CATALOGUE.entries[one].apart
        assert reason.chinese.endswith("。") and reason.english.endswith(".")


def test_a_reason_for_indicators_that_are_not_apart_is_refused() -> None:
    entries = list(CATALOGUE.entries.values())
    loose = next((a, b) for a in entries for b in entries if a.id != b.id and b.id not in a.apart)
    reason = LookAlike((loose[0].id, loose[1].id), Obstacle.SCOPE, "范围不同。", "Other scopes.")
    with pytest.raises(RuleError) as caught:
        catalogue_of(entries, CATALOGUE.wording, [reason])
    assert caught.value.code == "rules.look_alike_not_apart"
    assert loose[0].id in strict_sentence(caught.value.code, caught.value.facts)


def test_areas_have_names() -> None:
    assert all(entry.area and entry.area_english for entry in CATALOGUE.entries.values())


def test_care_does_not_prevent() -> None:
    assert not Obstacle.DEADLINE.prevents and Obstacle.DENOMINATOR.prevents


@pytest.mark.parametrize(
    ("one", "other", "differ", "said"),
    [
        ("brands.quality_award_provincial_above_nominees", "brands.quality_award_all", Obstacle.LEVEL, "级别不同：省级以上；"),
        (
            "brands.quality_award_provincial_above_nominees",
            "brands.quality_award_provincial_above",
            Obstacle.INCLUSION,
            "含提名奖；未写明",
        ),
    ],
)
def test_entries_tell_where_no_reason_is_written(one: str, other: str, differ: Obstacle, said: str) -> None:
    found = CATALOGUE.why_apart(one, other)
    assert found is not None and found.differ is differ and said in found.chinese
    assert not re.search("未写明", found.english)


def test_most_look_alikes_have_a_reason() -> None:
    pairs = {frozenset((e.id, o)) for e in CATALOGUE.entries.values() for o in e.apart}
    told = sum(CATALOGUE.why_apart(*sorted(pair)) is not None for pair in pairs)
    assert told > 0.7 * len(pairs)
