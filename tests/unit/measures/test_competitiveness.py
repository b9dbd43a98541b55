"""The quality competitiveness index, as far as published figures reach."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from zhiheng.base.errors import DataError
from zhiheng.base.quantity import present
from zhiheng.measures.competitiveness import bands, competitiveness, index_of_halves
from zhiheng.rules.rulebook import open_rulebook

DAY = date(2024, 12, 31)
RULE, BANDS = (open_rulebook().read(f"quality.{name}", DAY) for name in ("competitiveness", "competitiveness_bands"))
NAMES = sorted(RULE.item("indicators"))  # type: ignore[arg-type]
SPAN = {name: (Fraction(0), Fraction(100)) for name in NAMES}


def test_halves_of_2007_make_the_published_index() -> None:
    found = index_of_halves([Fraction("84.76"), Fraction("77.21")])
    assert found is not None and present(found, 2) == "80.99"


def test_nothing_of_it_is_confirmed() -> None:
    assert not RULE.confirmed and not BANDS.confirmed
    assert len(NAMES) == 12


def test_scores_reach_from_60_to_100_and_losses_the_other_way() -> None:
    found = competitiveness({name: Fraction(25) for name in NAMES}, SPAN, RULE)
    assert found.scores["patents"] == 70 and found.scores["quality_loss"] == 90
    assert found.groups["质量管理水平"] == 80
    assert found.halves == {"质量水平": Fraction(220, 3), "发展能力": 70}
    assert found.index == Fraction(215, 3) and not found.confirmed
    beyond = competitiveness({name: Fraction(900) for name in NAMES}, SPAN, RULE)
    assert (beyond.scores["patents"], beyond.scores["quality_loss"]) == (100, 60)


def test_without_an_indicator_there_is_no_index() -> None:
    found = competitiveness({name: None if name == "patents" else Fraction(50) for name in NAMES}, SPAN, RULE)
    assert (found.index, found.missing) == (None, ("patents",))
    assert found.halves["质量水平"] == 80 and found.halves["发展能力"] is None


@pytest.mark.parametrize(
    ("amounts", "bounds"),
    [({"luck": Fraction(1)}, SPAN), ({"patents": Fraction(1)}, {}), ({"patents": Fraction(1)}, {"patents": (Fraction(1), Fraction(1))})],
)  # fmt: skip
def test_what_cannot_be_standardised(amounts: dict[str, Fraction], bounds: dict[str, tuple[Fraction, Fraction]]) -> None:
    with pytest.raises(DataError):
        competitiveness(dict(amounts), bounds, RULE)


def test_sets_of_bands_disagree_and_are_named() -> None:
    assert bands(Fraction("85.6"), BANDS) == {
        "总局2011年公布": "中等竞争力",
        "安徽2009年公布": "较强",
        "后期五级": "较强竞争力",
    }
    assert bands(Fraction(50), BANDS)["安徽2009年公布"] is None
