"""What does a judgement of surface water consist of, and by which rule is it made?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError
from zhiheng.measures.model import Column

PLACES = 9
BILLION = 10**PLACES
BEST, WORST = 1, 6


class LimitKind(StrEnum):
    """On which side of its limits an item is good."""

    AT_MOST = "at_most"
    AT_LEAST = "at_least"
    BETWEEN = "between"


@dataclass(frozen=True, slots=True)
class WaterItem:
    """An item with its limits of classes Ⅰ to Ⅴ in billionths of its unit, `between`: lower and upper bound.

    Empty `river` or `lake`: the item has no class there. `multiple`: whether a multiple over class Ⅲ is given (超标倍数);
    `saturation`: per cent of oxygen saturation, in billionths, that makes class Ⅰ as well.
    """

    id: str
    name: str
    kind: LimitKind
    river: tuple[int, ...]
    lake: tuple[int, ...]
    counted: bool
    multiple: bool
    saturation: int | None = None

    def limits(self, lake: bool) -> tuple[int, ...]:
        """The limits for a lake or a river."""
        return self.lake if lake else self.river


@dataclass(frozen=True, slots=True)
class WaterRule:
    """How sections, rivers and basins are judged; `first`: items that lead the main pollutants once they exceed.

    `shares` are bands of a river's status: its words, from which share of good sections, below which share of the worst.
    `labels` name the rules and versions it rests on.
    """

    labels: tuple[str, ...]
    items: Mapping[str, WaterItem]
    good_to: int
    statuses: tuple[str, ...]
    few: int
    shares: tuple[tuple[str, Fraction | None, Fraction | None], ...]
    pollutants: int
    first: frozenset[str]
    confirmed: bool


@dataclass(frozen=True)
class SectionClasses:
    """The class of each row: 1 (Ⅰ) to 5 (Ⅴ), 6 (劣Ⅴ); masked where nothing that counts was measured or the class is open.

    `items`: int8 classes by item, masked where there is none; `measured`: how many counted items were there; `open`: rows
    whose class hangs on whether they are river or lake, which nobody said. `classes` holds the counted items only.
    """

    rule: WaterRule
    items: Mapping[str, Column]
    classes: Column
    measured: NDArray[np.int8]
    open: NDArray[np.bool_]

    def deciding(self, row: int) -> tuple[str, ...]:
        """The counted items whose class is that of the row (定类项目); none where the row has no class."""
        worst = self.classes[row]
        if worst is np.ma.masked:
            return ()
        return tuple(
            n for n, c in self.items.items() if self.rule.items[n].counted and c[row] is not np.ma.masked and c[row] == worst
        )

    def status_of(self, row: int) -> str | None:
        """The word for the class of the row (优 … 重度污染); None where it has no class."""
        worst = self.classes[row]
        return None if worst is np.ma.masked else self.rule.statuses[int(worst) - 1]


@dataclass(frozen=True, slots=True)
class MainPollutant:
    """An item that exceeds class Ⅲ; `multiple` (C − S) / S over the limit of class Ⅲ, None for pH and dissolved oxygen."""

    item: str
    name: str
    water_class: int
    multiple: Fraction | None


@dataclass(frozen=True, slots=True)
class ExceedingItem:
    """An item with the share of a river's sections in which it exceeds class Ⅲ (断面超标率)."""

    item: str
    name: str
    sections: int
    of: int

    @property
    def share(self) -> Fraction:
        """Sections that exceed over all sections."""
        return Fraction(self.sections, self.of)


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """How many sections have each class, Ⅰ to 劣Ⅴ; `without`: sections without a class, in no share."""

    by_class: tuple[int, ...]
    without: int

    @property
    def evaluated(self) -> int:
        """Sections that have a class."""
        return sum(self.by_class)

    def share(self, first: int, last: int) -> Fraction | None:
        """The share of classes `first` to `last`; None where no section has a class."""
        return Fraction(sum(self.by_class[first - 1 : last]), self.evaluated) if self.evaluated else None

    @property
    def good(self) -> Fraction | None:
        """The share of classes Ⅰ to Ⅲ (优良比例)."""
        return self.share(BEST, 3)

    @property
    def worst(self) -> Fraction | None:
        """The share of 劣Ⅴ."""
        return self.share(WORST, WORST)


def billionths(amounts: Iterable[Decimal | str | int | None]) -> Column:
    """The column of these amounts in billionths of their unit as int64, None masked.

    `DataError` for an amount of more than nine decimals or one too large for that.
    """
    found: list[int] = []
    missing: list[bool] = []
    for amount in amounts:
        missing.append(amount is None)
        found.append(0 if amount is None else _scaled(amount))
    return np.ma.masked_array(np.array(found, dtype=np.int64), mask=missing)


def _scaled(amount: Decimal | str | int) -> int:
    written = Decimal(amount)
    scaled = written.scaleb(PLACES)
    whole = int(scaled)
    if whole != scaled:
        raise DataError("measures.too_many_decimals", amount=str(amount), decimals=PLACES)
    if abs(whole) >= 2**63:
        raise DataError("measures.too_large_to_be_exact", denominator=BILLION)
    return whole
