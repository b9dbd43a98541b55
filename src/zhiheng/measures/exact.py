"""What is a column of exact numbers, and how is it rounded?

Amounts are whole thousandths of their unit in int64, so that no binary fraction can decide a rounding. Rounding is that of
GB/T 8170—2008: to the nearest, a half to the even digit, and once only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from zhiheng.base.errors import DataError
from zhiheng.measures.model import Column

PLACES = 3
THOUSAND = 10**PLACES
_MOST = 2**63 - 1

Whole = NDArray[np.int64]


def thousandths(amounts: Iterable[Decimal | str | int | None]) -> Column:
    """The column of these amounts in thousandths, None masked; `DataError` for an amount that has more than three decimals."""
    found: list[int] = []
    missing: list[bool] = []
    for amount in amounts:
        scaled = None if amount is None else Fraction(Decimal(amount)) * THOUSAND
        if scaled is not None and scaled.denominator != 1:
            raise DataError("measures.too_many_decimals", amount=str(amount), decimals=PLACES)
        found.append(0 if scaled is None else int(scaled))
        missing.append(scaled is None)
    return np.ma.masked_array(np.array(found, dtype=np.int64), mask=missing)


def half_even(numerator: Whole, denominator: Whole | int) -> Whole:
    """The whole number nearest to each quotient, of two equally near the even one; denominators are above zero."""
    whole = numerator // denominator
    twice = (numerator - whole * denominator) * 2
    up = (twice > denominator) | ((twice == denominator) & (whole % 2 == 1))
    return np.asarray(whole + up, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Ratios:
    """A column of quotients: `numerator` in thousandths of the unit (masked: no value), `denominator` above zero."""

    numerator: Column
    denominator: Whole

    def rounded(self, decimals: int) -> Column:
        """Rounded to so many decimals (0 to 3), in thousandths."""
        step = 10 ** (PLACES - decimals)
        whole = half_even(np.ma.getdata(self.numerator), self.denominator * step)
        return np.ma.masked_array(whole * step, mask=np.ma.getmaskarray(self.numerator))

    def fractions(self) -> list[Fraction | None]:
        """Each quotient in the unit itself, None where there is none."""
        pairs: Any = zip(self.numerator.tolist(), self.denominator.tolist(), strict=True)
        return [None if above is None else Fraction(above, below * THOUSAND) for above, below in pairs]

    def over_one(self) -> tuple[Column, int]:
        """The numerators over the least denominator that all of them share, and that denominator."""
        shared = lcm(*(int(d) for d in np.unique(self.denominator))) if self.denominator.size else 1
        most = int(np.abs(self.numerator).max()) if self.numerator.count() else 0
        if most * shared > _MOST:
            raise DataError("measures.too_large_to_be_exact", denominator=shared)
        scaled = np.ma.getdata(self.numerator) * (shared // self.denominator)
        return np.ma.masked_array(scaled, mask=np.ma.getmaskarray(self.numerator)), shared


def whole_ratios(column: Column) -> Ratios:
    """The amounts of a column as quotients with denominator 1."""
    return Ratios(column, np.ones(column.shape[0], dtype=np.int64))


def means_by(groups: NDArray[np.intp], column: Ratios, count: int) -> tuple[Ratios, Whole]:
    """Mean of the unmasked quotients in each of the groups 0 … count - 1, and how many they were; masked where none."""
    numerators, shared = column.over_one()
    there = ~np.ma.getmaskarray(numerators)
    rows = np.asarray(np.bincount(groups[there], minlength=count), dtype=np.int64)
    most = int(numerators.max()) if there.any() else 0
    if most * max(int(rows.max(initial=0)), 1) > _MOST:
        raise DataError("measures.too_large_to_be_exact", denominator=shared)
    totals = np.zeros(count, dtype=np.int64)
    np.add.at(totals, groups[there], np.ma.getdata(numerators)[there])
    return Ratios(np.ma.masked_array(totals, mask=rows == 0), np.maximum(rows, 1) * shared), rows
