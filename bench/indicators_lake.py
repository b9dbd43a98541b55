"""A lake of ten years of sampling records, filled month by month, and definitions over it; made once and kept where BENCH_FOLDER says.

Each month but the first corrects one in a hundred of the records of the three months before. The months are laid down as an import does,
but without looking up what stands: who made the rows knows their versions. The month after the last is a real import.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
from sampling_lake import SEED, folder
from sampling_rows import lay_out_pools, records, sampling_register, staged

from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, JournalEntry
from zhiheng.evidence.lake.keeping import keep
from zhiheng.evidence.lake.table import enter, lay_down, made
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.loading import load_definition
from zhiheng.rules.rulebook import open_rulebook

MONTHS, FIRST_DAY, DAYS = 120, "2016-01-01", 3_653
YEARS = tuple(range(2016, 2026))
_BEFORE = 3  # months whose records a month corrects
_EDITION = 1
PROGRAMMES = ("supervision", "risk", "pass_rate_survey")
LEVELS = ("national", "provincial", "municipal", "county")


@dataclass(frozen=True)
class BenchIndicator:
    """A pass rate: the condition of its population, and whether samples are counted, or items."""

    name: str
    population: str
    samples: bool

    @property
    def field(self) -> str:
        return "sample_outcome" if self.samples else "outcome"

    @property
    def definition(self) -> str:
        subject = "subject: [programme, level, sample_number]\nholds_of: all\n" if self.samples else ""
        meant = f'population: "{self.population}"\n' if self.population else ""
        return (
            f"about: {{zh: 合格率。, en: Pass rate.}}\nregister: sampling.industrial\n{meant}exclude:\n"
            f"  - {{id: unjudged, when: \"{self.field} is null or {self.field} = 'unjudged'\", zh: 未判定, en: not judged}}\n"
            f"{subject}measure: {{kind: ratio, numerator: \"{self.field} = 'pass'\"}}\ngrain: month\ndecimals: 2\n"
            "citation: {doc: 示例, clause: 第一条}\nconfirmed: true\n"
        )


ITEMS = BenchIndicator("items", "", samples=False)
TWENTY = tuple(
    BenchIndicator(
        f"{'samples' if samples else 'items'}_{programme}_{level}", f"programme = '{programme}' and level = '{level}'", samples
    )
    for samples, programmes in ((False, PROGRAMMES), (True, PROGRAMMES[1:]))
    for programme in programmes
    for level in LEVELS
)


def defined(wanted: Sequence[BenchIndicator]) -> tuple[IndicatorDefinition, ...]:
    """The definitions, in a layer of an installation."""
    place = folder() / f"indicators-{_EDITION}" / "rulebook"
    head = "group: 量度\nenglish: Measures\nindicators:\n"
    entry = '  {0}: {{name: 量度{0}, english: {0}, unit: "%", direction: higher, confirmed: false}}\n'
    files = {f"indicators/bench/{one.name}.yaml": one.definition for one in (ITEMS, *TWENTY)}
    files["catalogue/bench.yaml"] = head + "".join(entry.format(one.name) for one in (ITEMS, *TWENTY))
    for name, text in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(text, encoding="utf-8")
    book = open_rulebook(installation=place)
    return tuple(load_definition(book, f"bench.{one.name}") for one in wanted)


def lake_of(rows: int) -> Home:
    """The lake of about so many records (and a hundredth more a month as corrections)."""
    home = Home(folder() / f"indicators-{_EDITION}" / f"lake-{rows}")
    if not home.root.is_dir():
        fresh = Home(home.root.with_name(f"lake-{rows}-{os.getpid()}"))
        print(f"laying down {rows:,} records", file=sys.stderr)
        with duckdb.connect() as connection:
            lay_out_pools(connection, SEED)
            for month in range(MONTHS):
                _lay(connection, fresh, month, rows)
        fresh.root.rename(home.root)
    return home


def _brought(month: int, rows: int) -> str:
    """SQL of the rows of a month: new records, and new versions of some of the months before."""
    chunk = rows // MONTHS
    numbers = f"select range as i, 0 as salt, 1 as version from range({month * chunk}, {(month + 1) * chunk})"
    if month:
        corrected = f"draw(i, 700 + m, 100) = 0 and m > i // {chunk} and m <= i // {chunk} + {_BEFORE}"
        versions = f"1 + len(list_filter(range(i // {chunk} + 1, {month + 1}), lambda m: {corrected}))"
        before = f"select range as i from range({max(0, month - _BEFORE) * chunk}, {month * chunk})"
        numbers += (
            f" union all select i, {month} as salt, {versions} as version from ({before}) where draw(i, 700 + {month}, 100) = 0"
        )
    return records(numbers, rows + chunk, FIRST_DAY, DAYS + DAYS // MONTHS)


def _lay(connection: duckdb.DuckDBPyConnection, home: Home, month: int, rows: int) -> None:
    register, name = sampling_register(), f"{month:032}"
    told = {"at": f"{2016 + month // 12}-{month % 12 + 1:02}-28T09:00:00+08:00", "by": "张三"}
    table = made(home, register, told)
    brought = staged(register, _brought(month, rows), "i", f"{month:064}", ("version",))
    connection.execute(
        f"create or replace temp table brought as select * exclude (version), version::integer as _version, version > 1 as _corrects, "
        f"'{name}' as _import from ({brought})"
    )
    files = lay_down(home, register, connection, "brought", table.version() + 1)
    enter(home, register.id, table, files, name, told)


def one_more_month(home: Home, rows: int) -> None:
    """The month after the last, taken in as any file is."""
    register = sampling_register()
    with duckdb.connect() as connection:
        lay_out_pools(connection, SEED)
        connection.execute(f"create table brought as {staged(register, _brought(MONTHS, rows), 'i', f'{MONTHS:064}')}")
        keep(
            home,
            register,
            connection,
            "brought",
            JournalEntry("more", register.id, ImportState.BEGUN, "2026-01-28T09:00:00+08:00", "张三", {}),
        )
