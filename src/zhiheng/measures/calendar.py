"""How many days lie between two days, and did one come in time?

Natural days; a moment counts as its day. A missing day makes a missing answer.
"""

from __future__ import annotations

import numpy as np

from zhiheng.measures.model import Column


def days_between(first: Column, second: Column) -> Column:
    """Days from `first` to `second`, negative when `second` is earlier; arrays of datetime64, an array of int64."""
    return np.ma.masked_array((_days(second) - _days(first)).astype("int64"))


def not_after(first: Column, second: Column) -> Column:
    """Whether `first` is `second` or earlier; moments compare as moments only when both are."""
    if first.dtype == second.dtype:
        return np.ma.masked_array(first <= second)
    return np.ma.masked_array(_days(first) <= _days(second))


def _days(column: Column) -> Column:
    return np.ma.masked_array(column.astype("datetime64[D]"))
