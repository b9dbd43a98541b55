"""Published classes of surface water beside the project, made again row by row: how many agree, and what the others have in common.

Whether a section is river or lake is decided by names (`water.kind_by_name`), never by the published class; what the names leave
open stays open. Figures come back in the words of `docs/reference/agreement-water.md`, so that the page can be held to them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from zhiheng.measures.model import Column
from zhiheng.measures.water.classes import classes_of
from zhiheng.measures.water.kinds import lakes_by_name
from zhiheng.measures.water.limits import water_rule
from zhiheng.measures.water.model import billionths
from zhiheng.rules.rulebook import open_rulebook

RELEASE = Path(__file__).resolve().parents[2] / "shared" / "data" / "cn_surface_water_auto_2020_2021" / "daily_snapshots.csv.gz"
CLASSES = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "劣Ⅴ": 6}
ITEMS = {"ph": "ph", "do": "oxygen", "codmn": "permanganate", "nh3n": "ammonia", "tp": "phosphorus"}
TEXTS = ("snapshot_date", "province", "section", "river", "wq_class")
Figures = dict[str, str]


@dataclass(frozen=True)
class Release:
    """The rows that have a published class: texts by column, amounts by item, and the class by the limits of rivers and lakes."""

    texts: dict[str, NDArray[Any]]
    published: NDArray[np.int8]
    complete: NDArray[np.bool_]
    lake: Column
    as_river: NDArray[np.int8]
    as_lake: NDArray[np.int8]

    @property
    def blind(self) -> Column:
        """The class with river or lake as the names have it, masked where it hangs on what they leave open."""
        is_lake = np.ma.filled(self.lake, False)
        found = np.where(is_lake, self.as_lake, self.as_river)
        return np.ma.masked_array(found, mask=np.ma.getmaskarray(self.lake) & (self.as_lake != self.as_river))

    @property
    def sections(self) -> NDArray[Any]:
        return np.char.add(np.char.add(self.texts["province"].astype(str), " "), self.texts["section"].astype(str))


@lru_cache(maxsize=2)
def release(raw: bool = True) -> Release:
    """The release; `raw` False: with the rounded values that the page showed."""
    ending = "_raw" if raw else ""
    asked = ", ".join([*(f"coalesce({t}, '') as {t}" for t in TEXTS), *(f'"{name}{ending}" as "{name}"' for name in ITEMS)])
    with duckdb.connect() as connection:
        query = f"select {asked} from read_csv('{RELEASE}', all_varchar = true) where wq_class <> ''"
        rows = connection.execute(query).fetchnumpy()
    columns = {item: billionths(_texts(rows[name])) for name, item in ITEMS.items()}
    day = date(2020, 5, 8)
    book = open_rulebook()
    rule = water_rule(*(book.read(f"water.{n}", day) for n in ("surface_limits", "evaluation", "pollutant_priority")))
    texts = {t: np.ma.getdata(rows[t]) for t in TEXTS}
    lake = lakes_by_name(texts["river"].tolist(), texts["section"].tolist(), book.read("water.kind_by_name", day))
    sides = [classes_of(columns, np.ma.masked_array(np.full(lake.shape, side)), rule).classes.data for side in (False, True)]
    complete = ~np.any([np.ma.getmaskarray(c) for c in columns.values()], axis=0)
    published = np.array([CLASSES[c] for c in texts["wq_class"].tolist()], dtype=np.int8)
    return Release(texts, published, complete, lake, *sides)


def _texts(column: Any) -> list[str | None]:
    return [None if missing else text for text, missing in zip(column.tolist(), np.ma.getmaskarray(column), strict=True)]


def counted(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({100 * part / whole:.2f} %)"


def agreement() -> Figures:
    """How many rows with all five items have the published class, by what is assumed of river and lake."""
    found, shown = release(), release(raw=False)
    full = found.complete
    said = ~np.ma.getmaskarray(found.lake)
    blind = found.blind
    same = np.ma.filled(blind, 0) == found.published
    decided = ~np.ma.getmaskarray(blind)
    open_as_river = np.where(decided, np.ma.filled(blind, 0), found.as_river)
    no_matter = found.as_river == found.as_lake
    either = (found.as_river == found.published) | (found.as_lake == found.published)
    rounded = np.ma.filled(shown.blind, 0) == shown.published

    def rows(equal: NDArray[np.bool_], of: NDArray[np.bool_]) -> str:
        return counted(int((equal & of).sum()), int(of.sum()))

    return {
        "river or lake makes no difference": rows(same, full & no_matter),
        "it makes one, and the names tell which": rows(same, full & ~no_matter & said),
        "both together: rows with a class": rows(same, full & decided),
        "the same by the rounded values": rows(rounded, shown.complete & ~np.ma.getmaskarray(shown.blind)),
        "all rows, what the names leave open taken as river": rows(open_as_river == found.published, full),
        "all rows taken as river": rows(found.as_river == found.published, full),
        "published class is that of a river or that of a lake": rows(either, full),
        "without phosphorus: the worst of the other four": rows(found.as_river == found.published, ~full),
    }


def headline() -> float:
    """The share of rows with a class, names deciding, that have the published one."""
    found = release()
    of = found.complete & ~np.ma.getmaskarray(found.blind)
    return float((np.ma.filled(found.blind, 0) == found.published)[of].mean())


def against_names() -> dict[str, tuple[int, int]]:
    """Sections whose published classes fit the other kind than the names say, on ten days at least: rows that tell, rows against."""
    found = release()
    telling = found.complete & (found.as_river != found.as_lake) & ~np.ma.getmaskarray(found.blind)
    wrong = telling & (np.ma.filled(found.blind, 0) != found.published)
    rows, against = Counter(found.sections[telling].tolist()), Counter(found.sections[wrong].tolist())
    return {name: (rows[name], count) for name, count in against.most_common() if count > 10}


def without_those() -> str:
    """The rows with a class, without the sections of `against_names`: not blind any more, since the classes picked them."""
    found = release()
    of = found.complete & ~np.ma.getmaskarray(found.blind) & ~np.isin(found.sections, list(against_names()))
    return counted(int((np.ma.filled(found.blind, 0) == found.published)[of].sum()), int(of.sum()))


def left_open() -> tuple[int, int, dict[str, tuple[int, int, int]]]:
    """Rows and sections that the names leave open where it matters; those on ten days at least: rows, fits river, fits lake."""
    found = release()
    rows = found.complete & np.ma.getmaskarray(found.blind)
    names = Counter(found.sections[rows].tolist())
    river = Counter(found.sections[rows & (found.as_river == found.published)].tolist())
    lake = Counter(found.sections[rows & (found.as_lake == found.published)].tolist())
    return int(rows.sum()), len(names), {n: (c, river[n], lake[n]) for n, c in names.most_common() if c > 10}


def by_history(until: str = "2020-10-31") -> str:
    """Kinds learned from the classes published until a day, tried on the rows after it. It looks at classes: no agreement."""
    found = release()
    past = found.texts["snapshot_date"] <= until
    full, names = found.complete, found.sections
    votes = Counter(names[full & past & (found.as_lake == found.published)].tolist())
    votes.subtract(Counter(names[full & past & (found.as_river == found.published)].tolist()))
    learned = np.array([votes[name] > 0 for name in names.tolist()])
    known = full & ~past & np.isin(names, list({*names[full & past].tolist()}))
    classes = np.where(learned, found.as_lake, found.as_river)
    return counted(int((classes == found.published)[known].sum()), int(known.sum()))


def neither() -> list[tuple[str, str, str, int, int]]:
    """Rows whose published class is neither that of a river nor that of a lake: day, section, worst published, ours."""
    found = release()
    off = found.complete & (found.as_river != found.published) & (found.as_lake != found.published)
    return [
        (str(found.texts["snapshot_date"][k]), str(found.texts["section"][k]), str(found.texts["wq_class"][k]),
         int(found.as_river[k]), int(found.as_lake[k]))
        for k in np.flatnonzero(off)
    ]  # fmt: skip
