"""Joining files changes no answer at any position, and what was known on a day stays known."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pytest
from test_lake import REGISTER, known, stage, take

from zhiheng.base.errors import DataError
from zhiheng.evidence.lake.compaction import Compacted, compact
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal, JournalEntry
from zhiheng.evidence.lake.keeping import keep
from zhiheng.evidence.lake.positions import office_day, position_on
from zhiheng.evidence.lake.rests import clear_rests
from zhiheng.evidence.lake.table import log_entry, opened, paths
from zhiheng.evidence.lake.verification import verify

MONTHS = {"a": {"甲": 2, "乙": 3}, "b": {"甲": 4, "丙": 1}, "c": {"甲": 5, "丁": 2}, "d": {"乙": 1}}


def filled(home: Home) -> dict[int, dict[str, int]]:
    """Four imports; what was known at each position."""
    for name, rows in MONTHS.items():
        take(home, rows, name)
    return {position: known(home, position) for position in range(len(MONTHS) + 1)}


def join(home: Home, name: str = "join", *, prune: bool = False, full: int = 1 << 28) -> Compacted:
    entry = JournalEntry(name, REGISTER.id, ImportState.BEGUN, "2026-03-01T08:00:00+08:00", "李四", {"work": "compaction"})
    with duckdb.connect() as connection:
        return compact(home, REGISTER.id, connection, entry, prune=prune, full=full)


def standing(home: Home) -> list[str]:
    table = opened(home, REGISTER.id)
    return [] if table is None else paths(table)


def test_every_position_answers_as_before(tmp_path: Path) -> None:
    home = Home(tmp_path)
    before = filled(home)
    assert len(standing(home)) == 6
    assert join(home) == Compacted(6, 2, 0, 0, 5)
    assert len(standing(home)) == 2
    assert {position: known(home, position) for position in before} == before
    assert known(home) == known(home, 5) == before[4]
    assert verify(home, REGISTER.id) == ()
    assert join(home, "again") == Compacted(0, 0, 0, 0, None)
    assert take(home, {"甲": 6}, "e").position == 6
    assert known(home, 4) == before[4]
    assert known(home)["甲"] == 6
    assert verify(home, REGISTER.id) == ()


def test_superseded_files_stay_until_they_are_pruned(tmp_path: Path) -> None:
    home = Home(tmp_path)
    before = filled(home)
    join(home)
    folder = home.table(REGISTER.id)
    assert len(list(folder.rglob("_year=*/*/*.parquet"))) == 8
    assert join(home, "prune", prune=True) == Compacted(0, 0, 0, 6, None)
    assert sorted(map(str, folder.rglob("_year=*/*/*.parquet"))) == standing(home)
    assert {position: known(home, position) for position in before} == before
    assert verify(home, REGISTER.id) == ()


def test_a_joined_file_takes_in_no_more_than_it_may(tmp_path: Path) -> None:
    home = Home(tmp_path)
    before = filled(home)
    size = max(Path(file).stat().st_size for file in standing(home))
    assert join(home, full=2 * size).into == 2
    assert {position: known(home, position) for position in before} == before


def test_a_changed_file_is_named_and_not_joined(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home)
    victim = Path(standing(home)[0])
    sound = victim.read_bytes()
    victim.write_bytes(sound[:-1] + b"x")
    with pytest.raises(DataError) as fault:
        join(home)
    assert (fault.value.code, fault.value.facts["file"]) == ("evidence.lake_file_changed", str(victim))
    victim.unlink()
    with pytest.raises(DataError) as fault:
        join(home, "second")
    assert fault.value.code == "evidence.lake_file_missing"
    victim.write_bytes(sound)
    assert join(home, "third").joined == 6
    assert [e.state for e in Journal(home).entries()][-3:] == [ImportState.ABANDONED, ImportState.ABANDONED, ImportState.TAKEN]
    joined = Path(standing(home)[0])
    joined.write_bytes(joined.read_bytes()[:-1] + b"x")
    with pytest.raises(DataError) as fault:
        join(home, "fourth", prune=True)
    assert fault.value.facts["file"] == str(joined)
    assert victim.is_file()


def test_a_changed_log_stops_it(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home)
    entry = log_entry(home, REGISTER.id, 2)
    entry.write_bytes(entry.read_bytes().replace(b"false", b"true ", 1))
    with pytest.raises(DataError) as fault:
        join(home)
    assert (fault.value.code, fault.value.facts["file"]) == ("evidence.lake_log_changed", str(entry))


CHILD = """
import os, signal, sys
sys.path[:0] = [{tests!r}]
import test_lake_compaction as joining
from pathlib import Path
from zhiheng.evidence.lake import compaction
from zhiheng.evidence.lake.home import Home

def dies(function, before):
    def instead(*arguments):
        if not before:
            function(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
    return instead

name, before = {point!r}
setattr(compaction, name, dies(getattr(compaction, name), before))
joining.join(Home(Path({home!r})), "killed")
"""


@pytest.mark.parametrize("point", [("place_file", True), ("place_file", False), ("enter", True), ("enter", False)])
def test_killed_anywhere_nothing_is_lost(tmp_path: Path, point: tuple[str, bool]) -> None:
    home = Home(tmp_path)
    before = filled(home)
    child = CHILD.format(tests=str(Path(__file__).parent), point=point, home=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", child], check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert len(standing(home)) == (2 if point == ("enter", False) else 6)
    assert {position: known(home, position) for position in before} == before
    again = join(home)
    assert len(standing(home)) == 2
    assert again.rests == {("place_file", True): 0, ("place_file", False): 1, ("enter", True): 2, ("enter", False): 0}[point]
    assert {position: known(home, position) for position in before} == before
    assert verify(home, REGISTER.id) == ()


def test_rests_of_a_killed_import_go_with_the_next(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home)
    rest = Path(standing(home)[0]).with_name("0" * 64 + ".parquet")
    rest.write_bytes(b"half")
    Journal(home).begin(JournalEntry("dead", REGISTER.id, ImportState.BEGUN, "2026-03-01T08:00:00+08:00", "张三", {}))
    take(home, {"戊": 1}, "e")
    assert not rest.exists()


def test_no_file_goes_while_the_log_is_unsound(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home)
    log_entry(home, REGISTER.id, 2).unlink()
    files = sorted(home.table(REGISTER.id).rglob("_year=*/*/*.parquet"))
    assert clear_rests(home, REGISTER.id) == 0
    assert sorted(home.table(REGISTER.id).rglob("_year=*/*/*.parquet")) == files


def keep_at(home: Home, rows: dict[str, int], name: str, at: str) -> int | None:
    with duckdb.connect() as connection:
        entry = JournalEntry(name, REGISTER.id, ImportState.BEGUN, at, "张三", {})
        return keep(home, REGISTER, connection, stage(connection, rows), entry).position


def test_the_position_of_a_day_is_told_by_the_log(tmp_path: Path) -> None:
    home = Home(tmp_path)
    assert position_on(home, REGISTER.id, date(2026, 2, 1)) is None
    keep_at(home, {"甲": 2}, "a", "2026-01-31T15:59:59+00:00")
    keep_at(home, {"甲": 3}, "b", "2026-01-31T16:00:00+00:00")
    keep_at(home, {"甲": 4}, "c", "2026-02-05T09:00:00")
    assert position_on(home, REGISTER.id, date(2026, 1, 30)) is None
    assert position_on(home, REGISTER.id, date(2026, 1, 31)) == 1
    assert [position_on(home, REGISTER.id, date(2026, 2, day)) for day in (1, 4, 5, 28)] == [2, 2, 3, 3]
    join(home)
    assert position_on(home, REGISTER.id, date(2026, 3, 1)) == 4
    assert known(home, position_on(home, REGISTER.id, date(2026, 2, 1))) == {"甲": 3}


def test_a_day_is_one_of_the_office() -> None:
    assert office_day("2026-01-31T17:00:00+00:00") == office_day("2026-02-01T17:00:00") == date(2026, 2, 1)


def test_a_log_without_its_entries_is_not_an_empty_lake(tmp_path: Path) -> None:
    home = Home(tmp_path)
    filled(home)
    log_entry(home, REGISTER.id, 0).unlink()
    with pytest.raises(DataError) as fault:
        opened(home, REGISTER.id)
    assert fault.value.code == "evidence.lake_unreadable"
