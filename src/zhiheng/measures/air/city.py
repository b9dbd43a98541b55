"""Which concentrations does a city have, and how are means rounded before the index is made?

A city's index comes from its own concentrations, never from the indices of its stations (HJ 633—2026, 4.2.2; HJ 663).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.reading import Reading
from zhiheng.measures.air.model import IndexRule
from zhiheng.measures.exact import Ratios, Whole, means_by
from zhiheng.measures.model import Column


def city_means(cities: NDArray[np.intp], stations: Ratios, stations_in: Whole, city_mean: Reading) -> Ratios:
    """The mean of the stations of each city (and day), exact.

    `cities`: the group 0 … len(stations_in) - 1 of each station's value; `stations_in`: how many stations each group has by
    plan. Masked where fewer of them are valid than the share that `air.city_mean` demands.
    """
    means, counts = means_by(cities, stations, stations_in.shape[0])
    few = counts * 100 < stations_in * int(city_mean.number("station_percent"))
    return Ratios(np.ma.masked_array(means.numerator, mask=np.ma.getmaskarray(means.numerator) | few), means.denominator)


def rounded_for_index(means: Mapping[str, Ratios], rules: Sequence[IndexRule]) -> dict[str, Column]:
    """The columns that `index_of` takes, each mean rounded once, to the places of its item's scale."""
    places = {item.name: item.scale.decimals for rule in rules for item in rule.items}
    return {name: mean.rounded(places[name]) for name, mean in means.items() if name in places}
