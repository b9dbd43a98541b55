"""The lake: what was known when, one commit or none, and files that still say what they said."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhiheng.base.errors import DataError
from zhiheng.evidence.lake import keeping
from zhiheng.evidence.lake.columns import sql_columns
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal, JournalEntry
from zhiheng.evidence.lake.keeping import Kept, keep
from zhiheng.evidence.lake.reading import known_at
from zhiheng.evidence.lake.table import log_entry, opened, paths
from zhiheng.evidence.lake.verification import verify
from zhiheng.evidence.registers.loading import load_register
from zhiheng.rules.rulebook import open_rulebook

REGISTER = load_register(open_rulebook(), "water.section_month")


def stage(connection: duckdb.DuckDBPyConnection, rows: dict[str, int], reporter: str = "监测站") -> str:
    """Sections with their class of January 2026."""
    columns = {n: k for n, k in sql_columns(REGISTER).items() if n not in ("_version", "_known_from", "_import", "_corrects")}
    connection.execute(f"create or replace temp table staged ({', '.join(f'{n} {k}' for n, k in columns.items())})")
    for number, (section, found) in enumerate(sorted(rows.items()), 2):
        digest = hashlib.sha256(f"{section}{found}".encode()).digest()[:16]
        connection.execute(
            "insert into staged (section, class, month, place, _key, _digest, _file, _sheet, _row, _reporter, _year) "
            "values (?, ?, '2026-01-01', '330400', ?, ?, 'f', 's', ?, ?, 2026)",
            [section, str(found), section, digest, number, reporter],
        )
    return "staged"


def take(home: Home, rows: dict[str, int], name: str, reporter: str = "监测站") -> Kept:
    with duckdb.connect() as connection:
        entry = JournalEntry(name, REGISTER.id, ImportState.BEGUN, "2026-02-01T08:00:00+08:00", "张三", {})
        return keep(home, REGISTER, connection, stage(connection, rows, reporter), entry)


def known(home: Home, position: int | None = None) -> dict[str, int]:
    with duckdb.connect() as connection:
        rows = connection.execute(f"select section, class from ({known_at(home, REGISTER, position)})").fetchall()
    assert len({section for section, _ in rows}) == len(rows)
    return {section: int(found) for section, found in rows}


def test_nothing_is_known_of_an_empty_lake(tmp_path: Path) -> None:
    assert known(Home(tmp_path)) == {}


def test_new_unchanged_corrected_and_asked(tmp_path: Path) -> None:
    home = Home(tmp_path)
    first = take(home, {"甲": 2, "乙": 3}, "a")
    assert (first.new, first.position) == (2, 1)
    again = take(home, {"甲": 2, "乙": 3}, "b")
    assert (again.unchanged, again.position) == (2, None)
    other = take(home, {"甲": 5}, "c", reporter="另一个站")
    assert (other.asked, other.position) == (1, None)
    assert take(home, {"甲": 4, "丙": 1}, "d") == Kept(1, 0, 1, 0, 2)
    assert known(home) == {"甲": 4, "乙": 3, "丙": 1}
    assert known(home, 1) == {"甲": 2, "乙": 3}
    assert [e.state for e in Journal(home).entries()] == [ImportState.TAKEN] * 4


@settings(max_examples=8, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from("甲乙丙丁"), st.integers(1, 6), min_size=1), min_size=1, max_size=4))
def test_as_known_then_never_changes(tmp_path_factory: pytest.TempPathFactory, imports: list[dict[str, int]]) -> None:
    home, expected, history = Home(tmp_path_factory.mktemp("lake")), {}, []
    for number, rows in enumerate(imports):
        expected = expected | rows
        position = take(home, rows, f"i{number}").position
        if position is not None:
            history.append((position, expected))
        assert known(home) == expected
    assert all(known(home, position) == then for position, then in history)
    assert verify(home, REGISTER.id) == ()


def content(home: Home) -> list[tuple[object, ...]]:
    """All that is known now, but for what says when and from which import it is known."""
    with duckdb.connect() as connection:
        sql = f"select * exclude (_known_from, _import, _row) from ({known_at(home, REGISTER)}) order by _key"
        return connection.execute(sql).fetchall()


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("甲乙丙丁"), st.integers(1, 6)), min_size=1, max_size=6), st.data())
def test_the_order_of_corrections_of_different_records_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, int]], data: st.DataObject
) -> None:
    # Any order in which the values of one section follow each other as they did; some of them in one import.
    mixed = data.draw(st.permutations(said), label="mixed")
    of = {section: iter([found for name, found in said if name == section]) for section, _ in said}
    other = [(section, next(of[section])) for section, _ in mixed]
    apart, together = Home(tmp_path_factory.mktemp("apart")), Home(tmp_path_factory.mktemp("together"))
    for number, (section, found) in enumerate(said):
        take(apart, {section: found}, f"i{number}")
    rows: dict[str, int] = {}
    for number, (section, found) in enumerate(other):
        if section in rows or data.draw(st.booleans(), label="on its own"):
            take(together, rows, f"i{number}")
            rows = {}
        rows[section] = found
    take(together, rows, "last")
    assert content(apart) == content(together)
    assert known(apart) == dict(said), "the last import of a section wins, whatever came between"


CHILD = """
import os, signal, sys
sys.path[:0] = [{tests!r}]
import test_lake
from pathlib import Path
from zhiheng.base.errors import DataError
from zhiheng.evidence.lake import keeping
from zhiheng.evidence.lake.home import Home

def dies(function, before):
    def instead(*arguments):
        if not before:
            function(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)
    return instead

name, before = {point!r}
setattr(keeping, name, dies(getattr(keeping, name), before))
test_lake.take(Home(Path({home!r})), {{"甲": 4, "丙": 1}}, "b")
"""
POINTS = [("_place", True), ("lay_down", True), ("lay_down", False), ("enter", False), ("_mark", True), ("_mark", False)]


@pytest.mark.parametrize("point", POINTS)
def test_killed_anywhere_it_is_before_or_after(tmp_path: Path, point: tuple[str, bool]) -> None:
    home, before, after = Home(tmp_path), {"甲": 2, "乙": 3}, {"甲": 4, "乙": 3, "丙": 1}
    take(home, before, "a")
    child = CHILD.format(tests=str(Path(__file__).parent), point=point, home=str(tmp_path))
    done = subprocess.run([sys.executable, "-c", child], check=False, capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert known(home) == (after if point in POINTS[3:] else before)
    take(home, {"甲": 4, "丙": 1}, "c")
    assert known(home) == after
    assert verify(home, REGISTER.id) == ()
    states = {e.id: e.state for e in Journal(home).entries()}
    assert states["b"] is (ImportState.TAKEN if point in POINTS[3:] else ImportState.ABANDONED)


def test_two_at_once_leave_one_copy(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}]\nimport test_lake\nfrom pathlib import Path\n"
        "from zhiheng.evidence.lake.home import Home\n"
        f"test_lake.take(Home(Path({str(tmp_path)!r})), {{'甲': 2, sys.argv[1]: 1}}, sys.argv[1])\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", program, name]) for name in ("乙", "丙")]
    assert [one.wait() for one in running] == [0, 0]
    assert known(Home(tmp_path)) == {"甲": 2, "乙": 1, "丙": 1}


def test_a_changed_byte_is_named_by_file(tmp_path: Path) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    take(home, {"乙": 2}, "b")
    table = opened(home, REGISTER.id)
    assert table is not None
    victim = Path(paths(table)[0])
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    victim.write_bytes(content)
    assert [(p.code, p.file) for p in verify(home, REGISTER.id)] == [("evidence.lake_file_changed", str(victim))]
    victim.unlink()
    assert [p.code for p in verify(home, REGISTER.id)] == ["evidence.lake_file_missing"]


@pytest.mark.parametrize("position", [0, 1, 2])
def test_a_changed_log_is_named(tmp_path: Path, position: int) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    take(home, {"乙": 2}, "b")
    file = log_entry(home, REGISTER.id, position)
    sound = file.read_bytes()
    flipped = (sound[:at] + bytes([sound[at] ^ 1]) + sound[at + 1 :] for at in range(0, len(sound), 23))
    for damaged in (*flipped, sound + b"\n", sound[:-5], b""):
        file.write_bytes(damaged)
        assert {p.file for p in verify(home, REGISTER.id)} == {str(file)}
    file.unlink()
    assert {p.file for p in verify(home, REGISTER.id)} == {str(file)}
    file.write_bytes(sound)
    assert verify(home, REGISTER.id) == ()


def test_a_full_disk_says_so_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched, pytest.raises(DataError) as fault:
        patched.setattr(keeping, "lay_down", full)
        take(home, {"乙": 2}, "b")
    assert fault.value.code == "evidence.disk_full"
    assert known(home) == {"甲": 2}
    take(home, {"乙": 2}, "c")
    assert known(home) == {"甲": 2, "乙": 2}
