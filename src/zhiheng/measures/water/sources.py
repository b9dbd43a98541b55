"""Does a source of drinking water meet the standard, and which share of sources and of water does? (GB 3838 表1至表3)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from zhiheng.base.errors import DataError
from zhiheng.base.reading import Reading
from zhiheng.measures.model import Column
from zhiheng.measures.water.limits import billion
from zhiheng.measures.water.model import BILLION, SectionClasses


@dataclass(frozen=True, slots=True)
class SourceRate:
    """Sources (or months of sources) and what they drew, and which of them met the standard; amounts in the unit drawn.

    `without_volume`: judged sources whose volume nobody gave; they are in the rate by sources, not in that by water.
    `not_judged`: sources without a verdict, in neither.
    """

    sources: int
    met: int
    volume: Fraction
    volume_met: Fraction
    without_volume: int
    not_judged: int

    @property
    def by_source(self) -> Fraction | None:
        """Sources that met over sources judged; None where none was."""
        return Fraction(self.met, self.sources) if self.sources else None

    @property
    def by_water(self) -> Fraction | None:
        """Water from sources that met over all water drawn (达标取水量 / 总取水量); None where none was drawn."""
        return self.volume_met / self.volume if self.volume else None


def source_meets(found: SectionClasses, others: Mapping[str, Column], limits: Mapping[str, int]) -> Column:
    """Whether each source meets: class Ⅲ or better by the counted items, and every other item within its limit.

    `others`: int64 in billionths by item (tables 2 and 3), missing ones masked; `limits` their limits in billionths. Masked
    where no counted item was measured; `DataError` for an item without a limit.
    """
    if unknown := sorted(set(others) - set(limits)):
        raise DataError("measures.unknown_item", items=unknown, known=sorted(limits))
    over = np.zeros(found.classes.shape[0], dtype=bool)
    for name, column in others.items():
        over |= np.ma.filled(column, 0) > limits[name]
    met = (np.ma.filled(found.classes, 0) <= found.rule.good_to) & ~over
    return np.ma.masked_array(met, mask=np.ma.getmaskarray(found.classes) & ~over)


def supplementary_limits(reading: Reading) -> dict[str, int]:
    """The limits of table 2 in billionths, from a reading of `water.source_limits`."""
    items = reading.item()
    return {str(name): billion(reading, str(name), "at_most") for name in items} if isinstance(items, Mapping) else {}


def source_rate(met: Column, volumes: Column) -> SourceRate:
    """The rate of sources: one row a source (or a source's month), `volumes` int64 in billionths of the unit, masked: unknown."""
    judged = ~np.ma.getmaskarray(met)
    good = np.ma.filled(met, False).astype(bool) & judged
    drawn = judged & ~np.ma.getmaskarray(volumes)
    amounts = np.ma.getdata(volumes)
    return SourceRate(
        sources=int(judged.sum()),
        met=int(good.sum()),
        volume=_total(amounts[drawn]),
        volume_met=_total(amounts[drawn & good]),
        without_volume=int((judged & ~drawn).sum()),
        not_judged=int((~judged).sum()),
    )


def _total(amounts: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Fraction:
    return Fraction(sum(amounts.tolist()), BILLION)
