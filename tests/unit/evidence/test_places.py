"""Whose figure is it? Rows name the region in many ways, and higher places by names that end alike."""

import pytest

from zhiheng.evidence.places import same_place


@pytest.mark.parametrize(
    ("place", "region", "same"),
    [
        (None, "青岭县", True),
        ("青岭县", None, True),
        ("青岭县", "青岭县", True),
        ("青州市青岭县", "青岭县", True),
        ("青岭县", "青州市青岭县", True),
        ("山南青岭县", "青岭县", True),
        ("全县", "青岭县", True),
        ("本级", "青岭县", True),
        ("合计", "青岭县", True),
        ("全市", "澄江市", True),
        ("全区", "北川自治区", True),
        ("全省", "青岭县", False),
        ("全市", "青岭县", False),
        ("青州市", "青州市青岭县", False),
        ("县", "青岭县", False),
        ("岭县", "青岭县", False),
        ("西青岭县", "青岭县", False),
        ("青州市岭县", "岭县", True),
        ("临河县", "青岭县", False),
    ],
)
def test_whose_figure_it_is(place, region, same):
    assert same_place(place, region) is same
