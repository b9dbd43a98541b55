"""What does a function take and give that a register or an indicator may name?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from zhiheng.base.reading import Reading

Column = np.ma.MaskedArray[Any, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """A function of columns of equal length (missing values masked): kinds of fields it takes, kind it gives."""

    function: Callable[..., Column]
    takes: tuple[tuple[str, ...], ...]
    gives: str


@dataclass(frozen=True, slots=True)
class RuledMeasure:
    """A function of days and columns that needs dated rules, for indicators to name.

    `function(days, columns, readings)`: days datetime64, columns by name among `columns` in whole thousandths of their unit,
    missing values masked; `readings` of each of `rules`, in order of time, for all the days. `gives`: integer or boolean.
    """

    function: Callable[[Column, Mapping[str, Column], Mapping[str, Sequence[Reading]]], Column]
    columns: tuple[str, ...]
    rules: tuple[str, ...]
    gives: str
