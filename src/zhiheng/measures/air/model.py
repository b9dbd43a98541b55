"""What does an air quality report consist of, and by which rule is it made?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from zhiheng.measures.model import Column

# What stands in a table in place of an IAQI; the order matters: of two averaging times the one that says more counts.
BEYOND = -1
MISSING = -2


class Pollutant(StrEnum):
    """The six pollutants of the index, in the order in which papers list them."""

    SO2 = "so2"
    NO2 = "no2"
    CO = "co"
    O3 = "o3"
    PM10 = "pm10"
    PM25 = "pm25"


class Report(StrEnum):
    """Which report: of the day, or of the hour."""

    DAILY = "daily"
    HOURLY = "hourly"


class AirState(IntEnum):
    """What became of a row: is its AQI given, and why not?"""

    COMPLETE = 0
    PARTIAL = 1
    WITHHELD = 2
    BEYOND = 3
    NO_DATA = 4


@dataclass(frozen=True)
class Scale:
    """The IAQI of each rounded concentration of one averaging time.

    `iaqi[c]` belongs to the concentration of c units of the last of `decimals` places, from 0 to the last break point
    `top`; one more element for all above it, and a last one for a missing concentration.
    """

    name: str
    decimals: int
    top: int
    iaqi: NDArray[np.int16]


@dataclass(frozen=True)
class ReportItem:
    """A column of a report with the scale it is looked up on; `only_beyond`: it speaks where that item has no IAQI."""

    name: str
    pollutant: Pollutant
    scale: Scale
    only_beyond: str | None = None


@dataclass(frozen=True)
class IndexRule:
    """How the index is made from `first` to `last`, both days included (`last` None: no later version is known).

    `publish_above`: with a pollutant missing the AQI of the others is given only above this value. `levels[a]` is the
    level, from 1, of AQI a; its last element, 0, is that of none. `labels` name the rules and versions it rests on.
    """

    labels: tuple[str, ...]
    first: date
    last: date | None
    items: tuple[ReportItem, ...]
    primary_above: int
    publish_above: int
    good_to: int
    levels: NDArray[np.int8]
    level_names: tuple[str, ...]
    confirmed: bool


@dataclass(frozen=True)
class AirIndex:
    """The index of each row.

    `iaqi` int16 by pollutant and `aqi` int16, masked where there is none; `level` int8 from 1; `primary` uint8 with bit k
    set for the k-th pollutant; `state` uint8 of `AirState`; `rule` uint8, the place in `rules` of the rule that was used.
    """

    iaqi: Mapping[Pollutant, Column]
    aqi: Column
    level: Column
    primary: NDArray[np.uint8]
    state: NDArray[np.uint8]
    rule: NDArray[np.uint8]
    rules: tuple[IndexRule, ...]

    def good(self) -> Column:
        """Whether each row counts among the good days (优良), masked where no AQI is given."""
        limits = np.array([rule.good_to for rule in self.rules], dtype=np.int16)
        return np.ma.masked_array(np.ma.getdata(self.aqi) <= limits[self.rule], mask=np.ma.getmaskarray(self.aqi))

    def primary_of(self, row: int) -> tuple[Pollutant, ...]:
        """The primary pollutants of a row, ties together, none at or below the bound of the rule."""
        return tuple(p for k, p in enumerate(Pollutant) if self.primary[row] >> k & 1)
