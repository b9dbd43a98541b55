"""Published air quality beside the project, recomputed row by row: how many rows agree, and what the others have in common.

Each release is recomputed by the practice that its SOURCE.md describes. Figures come back in the words of
`docs/reference/agreement-air.md`, so that the page can be held to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from zhiheng.measures.air.index import index_by_day, index_of
from zhiheng.measures.air.means import eight_hour_means
from zhiheng.measures.air.model import AirIndex, AirState, IndexRule, Pollutant, Report
from zhiheng.measures.air.scales import index_rules
from zhiheng.measures.model import Column
from zhiheng.rules.rulebook import open_rulebook

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
HOURLY = DATA / "cn_aqi_station_hourly_2020" / "station_hourly.csv.gz"
CHENGDU = DATA / "cn_aqi_chengdu_daily_dates_shifted" / "chengdu_daily.csv.gz"
CITIES = DATA / "cn_aqi_city_daily_2013_2017" / "aqistudy_daily_366_cities.csv.gz"
Rows = dict[str, Any]
Figures = dict[str, str]


def thousandths(name: str, *, zero_is_missing: bool = False) -> str:
    """SQL of a column of concentrations in whole thousandths."""
    text = f"nullif({name}, '0')" if zero_is_missing else name
    return f"(cast({text} as decimal(18, 3)) * 1000)::bigint as {name}"


def read(file: Path, *columns: str) -> Rows:
    asked = f"select {', '.join(columns)} from read_csv('{file}', all_varchar = true)"
    with duckdb.connect() as connection:
        found: Rows = connection.execute(asked).fetchnumpy()
    return {name: np.ma.masked_array(np.ma.getdata(c), mask=np.ma.getmaskarray(c)) for name, c in found.items()}


def rules_of(report: Report, *, practice: bool = False) -> tuple[IndexRule, ...]:
    names = ["aqi", "aqi_missing", *(["realtime_release"] if practice else [])]
    readings = [open_rulebook().read_between(f"air.{name}", date(2016, 1, 1), date(2026, 2, 28)) for name in names]
    return index_rules(readings[0], readings[1], report, *readings[2:])


def counted(part: int, whole: int, decimals: int = 2) -> str:
    return f"{part:,} of {whole:,} ({100 * part / whole:.{decimals}f} %)"


def station_hours() -> tuple[Figures, float]:
    """The real-time release of 2020; the share of all rows whose AQI is the published one."""
    names = ["pm25", "pm10", "no2", "o3_1h", "so2", "co"]
    rows = read(HOURLY, "aqi::double::integer as aqi", "level", '"primary"', *(thousandths(n) for n in names))
    (rule,) = rules_of(Report.HOURLY, practice=True)
    columns: dict[str, Column] = {("o3" if n == "o3_1h" else n): rows[n] for n in names}
    index = index_of(columns, rule)
    same = index.aqi.filled(-1) == rows["aqi"].data
    levels = np.array([*rule.level_names, ""])[index.level.filled(0) - 1]
    leading = leaders(rows["primary"].filled(""))
    partial = index.state == AirState.PARTIAL
    share = float(same.mean())
    return {
        "AQI equal": counted(int(same.sum()), same.shape[0], 4),
        "of them with a pollutant missing": counted(int(same[partial].sum()), int(partial.sum()), 4),
        "level equal": counted(int((levels == rows["level"].data).sum()), same.shape[0], 4),
        "primary pollutants equal, ties too": counted(int((leading == index.primary).sum()), same.shape[0], 4),
        "rows with several primary pollutants": f"{sum(b.bit_count() > 1 for b in leading.tolist()):,}",
        "rows at AQI 500": f"{int((index.aqi == 500).sum()):,}",
    }, share


def leaders(written: NDArray[Any]) -> NDArray[np.uint8]:
    """The published lists of primary pollutants (`PM2.5,O3_1h`) as bits."""
    bits = {"SO2": 0, "NO2": 1, "CO": 2, "O3_1h": 3, "PM10": 4, "PM2.5": 5}
    known: dict[str, int] = {}
    for text in set(written.tolist()):
        known[text] = sum(1 << bits[word.strip()] for word in text.split(",") if word.strip())
    return np.array([known[text] for text in written.tolist()], dtype=np.uint8)


def eight_hours() -> tuple[Figures, float]:
    """The release's own eight-hour means beside those made of its hours, where all eight hours are there and move."""
    rows = read(
        HOURLY, "epoch(time::timestamp)::bigint // 3600 as at", "city || '|' || station as site", thousandths("o3_1h"), thousandths("o3_8h")
    )  # fmt: skip
    keep = ~np.ma.getmaskarray(rows["site"]) & (rows["at"].data >= _hour("2020-03-01"))
    at, sites = rows["at"].data[keep], np.unique(rows["site"].data[keep].astype(str), return_inverse=True)[1]
    first, width = int(at.min()), int(at.max() - at.min()) + 1
    cells = sites * width + at - first
    once = np.isin(cells, np.flatnonzero(np.bincount(cells) == 1))
    hours, means = (_laid(cells[once], rows[n][keep][once], int(sites.max()) + 1, width) for n in ("o3_1h", "o3_8h"))
    ours = eight_hour_means(hours, open_rulebook().read("air.validity", date(2020, 4, 1))).rounded(0)
    there = ~np.ma.getmaskarray(hours)
    stale = np.zeros(hours.shape, dtype=bool)
    stale[:, 1:] = (
        (hours.data[:, 1:] == hours.data[:, :-1]) & (means.data[:, 1:] == means.data[:, :-1]) & there[:, 1:] & there[:, :-1]
    )
    moving = _windows(there & ~stale).all(axis=0) & ~np.ma.getmaskarray(means)[:, 7:]
    clock = (first + 7 + np.arange(width - 7)) % 24
    inside = moving & ((clock >= 8) | (clock == 0))
    equal = ours.data == means.data[:, 7:]
    night = moving & ~inside[:, :] & (clock < 8) & (clock > 0)
    return {
        "windows within the day (stamped 08:00 to 24:00)": counted(int(equal[inside].sum()), int(inside.sum())),
        "windows across midnight (stamped 01:00 to 07:00)": counted(int(equal[night].sum()), int(night.sum())),
    }, float(equal[inside].mean())


def _hour(day: str) -> int:
    return int(np.datetime64(day, "h").astype(np.int64))


def _laid(cells: NDArray[np.int64], amounts: Column, height: int, width: int) -> Column:
    flat = np.ma.masked_array(np.zeros(height * width, dtype=np.int64), mask=True)
    flat[cells] = amounts
    return flat.reshape(height, width)


def _windows(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return np.stack([rows[:, k : rows.shape[1] - 7 + k] for k in range(8)])


def chengdu() -> Iterator[tuple[int, Figures, float]]:
    """The days of Chengdu by corrected year: figures, and the share whose AQI is the published one.

    Days before 2016 are judged by the edition of 2012, which Chengdu as a key city used already.
    """
    names = ["pm25", "pm10", "no2", "o3_8h", "so2", "co"]
    rows = read(CHENGDU, "date_corrected::date as day", "aqi::double::integer as aqi", *(thousandths(n) for n in names))
    (rule,) = rules_of(Report.DAILY)
    columns = {n: rows[n] for n in names}
    index = index_by_day(rows["day"], columns, [replace(rule, first=date(2013, 1, 1))])
    without = index_of({n: c for n, c in columns.items() if n != "no2"}, rule, unmonitored={Pollutant.NO2})
    years = rows["day"].data.astype("datetime64[Y]").astype(int) + 1970
    published = rows["aqi"].data
    for year in np.unique(years).tolist():
        here = years == year
        left = here & (index.aqi.filled(-1) != published)
        kinds = {
            "PM2.5, PM10 and AQI published as 0": left & (published == 0) & (rows["pm25"] == 0).filled(False),
            "published AQI lower by 1": left & (index.aqi.filled(-1) - published == 1),
            "equal when NO2 is not counted": left & (without.aqi.filled(-1) == published),
        }
        told = {"AQI equal": counted(int((here & ~left).sum()), int(here.sum()))}
        for kind, rows_of_kind in kinds.items():
            told[kind] = str(int((left & rows_of_kind).sum()))
            left &= ~rows_of_kind
        told["other"] = str(int(left.sum()))
        yield year, told, float((index.aqi.filled(-1) == published)[here].mean())


def other_definition() -> Figures:
    """The set of 366 cities: its "aqi" is a mean of hourly indices, so nothing here counts as agreement."""
    names = ["pm25", "pm10", "no2", "o3", "so2", "co"]
    cells = [thousandths(n, zero_is_missing=True) for n in names]
    rows = read(CITIES, "aqi::double::integer as aqi", "level", *cells)
    (rule,) = rules_of(Report.DAILY)
    index: AirIndex = index_of({("o3_8h" if n == "o3" else n): rows[n] for n in names}, rule)
    both = ~np.ma.getmaskarray(index.aqi) & (rows["aqi"].data > 0)
    apart = np.abs(index.aqi.filled(0).astype(np.int64) - rows["aqi"].data)[both]
    levels = np.array([*rule.level_names, ""])[index.level.filled(0) - 1]
    return {
        "same number": counted(int((apart == 0).sum()), apart.shape[0]),
        "apart by 10 at most": counted(int((apart <= 10).sum()), apart.shape[0]),
        "same level": counted(int((levels == rows["level"].filled(""))[both].sum()), apart.shape[0]),
    }
