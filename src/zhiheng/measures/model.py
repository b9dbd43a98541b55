"""What does a function take and give that a register may name?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

Column = np.ma.MaskedArray[Any, Any]


@dataclass(frozen=True, slots=True)
class Measure:
    """A function of columns of equal length (missing values masked): kinds of fields it takes, kind it gives."""

    function: Callable[..., Column]
    takes: tuple[tuple[str, ...], ...]
    gives: str
