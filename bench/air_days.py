"""Days of stations made from a seed, in whole thousandths, and the digest that both programs must reach."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import numpy as np

# About what Chinese stations measure: median and spread of a lognormal, and every how many thousandths a value stands.
NAMES = {
    "so2": (9_000, 0.6, 1000),
    "no2": (25_000, 0.6, 1000),
    "co": (700, 0.5, 100),
    "o3_8h": (85_000, 0.5, 1000),
    "pm10": (60_000, 0.8, 100),
    "pm25": (32_000, 0.8, 100),
}
FIRST, DAYS, MISSING = "2025-01-01", 730, 0.01
Columns = dict[str, np.ma.MaskedArray]


def station_days(count: int) -> tuple[np.ma.MaskedArray, Columns]:
    """Days over both editions of the standard, and six columns, one value in a hundred missing."""
    chance = np.random.default_rng(20260301)
    days = np.datetime64(FIRST) + (np.arange(count) % DAYS)
    columns = {}
    for name, (median, spread, step) in NAMES.items():
        amounts = np.exp(chance.normal(np.log(median), spread, count)).astype(np.int64) // step * step
        columns[name] = np.ma.masked_array(amounts, mask=chance.random(count) < MISSING)
    return np.ma.masked_array(days), columns


def digest(arrays: Iterable[np.ndarray]) -> str:
    """Of the arrays in their order, each as int16."""
    found = hashlib.sha256()
    for array in arrays:
        found.update(np.ascontiguousarray(array, dtype=np.int16).tobytes())
    return found.hexdigest()
