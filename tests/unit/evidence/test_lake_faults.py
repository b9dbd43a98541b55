"""Real faults: a full disk, a read-only mount, broken files, a foreign writer, and kills at random moments."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from deltalake import write_deltalake
from test_lake import REGISTER, known, take

from zhiheng.base.errors import DataError
from zhiheng.evidence.lake import keeping, rests
from zhiheng.evidence.lake.columns import arrow_schema
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal, JournalEntry
from zhiheng.evidence.lake.reading import known_at
from zhiheng.evidence.lake.table import log_entry, made, opened, paths
from zhiheng.evidence.lake.verification import verify

SMALL_DISK = "2m"
ENOUGH = 65536  # bytes that an import of one row needs on the disk while it runs, and some


def mount(*arguments: str) -> None:
    done = subprocess.run(["mount", *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"a file system cannot be mounted here: {done.stderr.strip()}")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    place = tmp_path / "disk"
    place.mkdir()
    if shutil.which("mount") is None:
        pytest.skip("a file system cannot be mounted here: there is no mount")
    mount("-t", "tmpfs", "-o", f"size={SMALL_DISK}", "tmpfs", str(place))
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(disk: Path, spare: int) -> Path:
    """Leave `spare` bytes of the disk free; the file that takes the rest."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as stream, suppress(OSError):
        while True:
            stream.write(b"x" * 4096)
    with ballast.open("r+b") as stream:
        stream.truncate(max(0, ballast.stat().st_size - spare))
    return ballast


@pytest.mark.parametrize("spare", [0, 4096, 8192, 12288, 16384, 65536])
def test_a_full_disk_wherever_it_fills_up(disk: Path, spare: int) -> None:
    home = Home(disk / "home")
    take(home, {"甲": 2}, "a")
    ballast = fill(disk, spare)
    code = None
    try:
        take(home, {"乙": 2}, "b")
    except DataError as fault:
        code = fault.code
    assert code == ("evidence.disk_full" if spare < ENOUGH else None)
    assert known(home).get("甲") == 2
    ballast.unlink()
    take(home, {"乙": 2}, "c")
    assert known(home) == {"甲": 2, "乙": 2}
    assert verify(home, REGISTER.id) == ()


@pytest.mark.parametrize("point", ["begin", "lay_down", "enter", "_mark"])
def test_a_disk_that_is_full_from_a_step_on(disk: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    home = Home(disk / "home")
    take(home, {"甲": 2}, "a")
    owner = Journal if point == "begin" else keeping
    step = getattr(owner, point)

    def full(*arguments: object) -> object:
        fill(disk, 0)
        return step(*arguments)

    with monkeypatch.context() as patched, pytest.raises(DataError) as fault:
        patched.setattr(owner, point, full)
        take(home, {"乙": 2}, "b")
    assert fault.value.code == "evidence.disk_full"
    (disk / "ballast").unlink()
    assert known(home) == ({"甲": 2, "乙": 2} if point == "_mark" else {"甲": 2})
    take(home, {"乙": 2}, "c")
    assert known(home) == {"甲": 2, "乙": 2}
    assert verify(home, REGISTER.id) == ()
    state = {entry.id: entry.state for entry in Journal(home).entries()}.get("b")
    assert state is {"begin": None, "_mark": ImportState.TAKEN}.get(point, ImportState.ABANDONED)


def test_a_read_only_mount_is_read_and_not_written(disk: Path) -> None:
    home = Home(disk / "home")
    take(home, {"甲": 2}, "a")
    mount("-o", "remount,ro", str(disk))
    assert known(home) == {"甲": 2}
    assert verify(home, REGISTER.id) == ()
    with pytest.raises(DataError) as fault:
        take(home, {"乙": 2}, "b")
    assert fault.value.code == "evidence.lake_read_only"
    mount("-o", "remount,rw", str(disk))
    take(home, {"乙": 2}, "c")
    assert known(home) == {"甲": 2, "乙": 2}


def test_a_broken_file_is_named_and_nothing_is_taken(tmp_path: Path) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    table = opened(home, REGISTER.id)
    victim = Path(paths(table)[0]) if table is not None else tmp_path
    sound = victim.read_bytes()
    for damaged in (b"", sound[:100], sound[:-4]):
        victim.write_bytes(damaged)
        with pytest.raises(DataError) as fault:
            take(home, {"乙": 2}, f"b{len(damaged)}")
        assert (fault.value.code, fault.value.facts["file"]) == ("evidence.lake_file_changed", str(victim))
    victim.unlink()
    with pytest.raises(DataError) as fault:
        take(home, {"乙": 2}, "c")
    assert fault.value.code == "evidence.lake_file_missing"
    victim.write_bytes(sound)
    take(home, {"乙": 2}, "d")
    assert known(home) == {"甲": 2, "乙": 2}


def test_a_truncated_entry_stops_the_import_and_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    entry = log_entry(home, REGISTER.id, 1)
    sound = entry.read_bytes()
    for damaged in (sound[: len(sound) // 2], sound[:-3]):
        entry.write_bytes(damaged)
        with pytest.raises(DataError) as fault:
            take(home, {"乙": 2}, f"b{len(damaged)}")
        assert fault.value.code == "evidence.lake_unreadable"
        assert [(p.code, p.file) for p in verify(home, REGISTER.id)] == [("evidence.lake_log_changed", str(entry))]
    entry.write_bytes(sound)
    take(home, {"乙": 2}, "c")
    assert known(home) == {"甲": 2, "乙": 2}


def test_an_entry_torn_by_a_loss_of_power_is_set_aside(tmp_path: Path) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    Journal(home).begin(JournalEntry("b", REGISTER.id, ImportState.BEGUN, "2026-02-02T08:00:00+08:00", "张三", {}))
    torn = log_entry(home, REGISTER.id, 2)
    torn.write_bytes(b"")
    assert [(p.code, p.file) for p in verify(home, REGISTER.id)] == [("evidence.lake_log_torn", str(torn))]
    assert take(home, {"乙": 2}, "c").position == 2
    assert known(home) == {"甲": 2, "乙": 2}
    assert verify(home, REGISTER.id) == ()
    assert torn.with_suffix(".torn").is_file()


def test_a_wrong_checkpoint_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    take(home, {"乙": 2}, "b")
    table = opened(home, REGISTER.id)
    assert table is not None
    table.create_checkpoint()
    assert verify(home, REGISTER.id) == ()
    (shortcut,) = log_entry(home, REGISTER.id, 0).parent.glob("*.checkpoint.parquet")
    shortcut.write_bytes(shortcut.read_bytes()[:50])
    assert [p.code for p in verify(home, REGISTER.id)] == ["evidence.lake_shortcut_wrong"]
    shortcut.unlink()
    (shortcut.parent / "_last_checkpoint").unlink()
    assert verify(home, REGISTER.id) == ()
    assert known(home) == {"甲": 2, "乙": 2}


def test_a_foreign_writer_in_between_stops_the_import(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    lay_down = keeping.lay_down

    def disturbed(*arguments: object) -> object:
        write_deltalake(home.table(REGISTER.id), arrow_schema(REGISTER).empty_table(), mode="append")
        return lay_down(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patched, pytest.raises(DataError) as fault:
        patched.setattr(keeping, "lay_down", disturbed)
        take(home, {"乙": 2}, "b")
    assert fault.value.code == "evidence.foreign_writer"
    assert known(home) == {"甲": 2}
    assert take(home, {"乙": 2}, "c").position == 3
    assert known(home) == {"甲": 2, "乙": 2}
    assert known(home, 1) == {"甲": 2}


def test_a_new_field_before_its_first_rows_leaves_the_lake_readable(tmp_path: Path) -> None:
    home = Home(tmp_path)
    take(home, {"甲": 2}, "a")
    extra = replace(REGISTER.by_id["control"], id="extra", name="新字段", english="new field")
    wider = replace(REGISTER, fields=(*REGISTER.fields, extra))
    made(home, wider, {"at": "2026-02-02T08:00:00+08:00", "by": "张三"})  # and killed before its rows came
    with duckdb.connect() as connection:
        rows = connection.execute(f"select section, extra from ({known_at(home, wider)})").fetchall()
    assert rows == [("甲", None)]
    assert known(home) == {"甲": 2}
    assert verify(home, REGISTER.id) == ()


AT_ONCE = """
import sys
sys.path[:0] = [{tests!r}]
import test_lake
from pathlib import Path
from zhiheng.evidence.lake.home import Home
sys.stdin.readline()
test_lake.take(Home(Path({home!r})), {{"甲": 2, "乙": 3}}, sys.argv[1])
"""


def test_the_same_rows_twice_at_once_leave_one_copy(tmp_path: Path) -> None:
    home = Home(tmp_path)
    program = AT_ONCE.format(tests=str(Path(__file__).parent), home=str(tmp_path))
    running = [subprocess.Popen([sys.executable, "-c", program, name], stdin=subprocess.PIPE) for name in "ab"]
    for one in running:
        one.communicate(b"\n")
    assert [one.returncode for one in running] == [0, 0]
    assert known(home) == {"甲": 2, "乙": 3}
    results = sorted(entry.result["new"] for entry in Journal(home).entries() if entry.result)
    assert results == [0, 2]
    table = opened(home, REGISTER.id)
    assert table is not None
    assert table.version() == 1
    assert verify(home, REGISTER.id) == ()


# Every import hands in the same eight sections with the number of the import as their class: a state between two imports
# would show two numbers at once.
IMPORTER = """
import sys
sys.path[:0] = [{tests!r}]
import test_lake_faults as faults
faults.import_on(sys.argv[1])
"""
SECTIONS = "甲乙丙丁戊己庚辛"


def import_on(folder: str) -> None:
    """Import on and on, telling the number of each import before and after it."""
    home = Home(Path(folder))
    last = max(known(home).values(), default=0)
    for number in range(last + 1, last + 1000):
        print(f"begin {number}", flush=True)
        take(home, dict.fromkeys(SECTIONS, number), f"{number}-{time.monotonic_ns()}")
        print(f"end {number}", flush=True)


def kill_at_random(home: Home, kills: int, seed: int) -> tuple[int, int]:
    """Kill an importing process that often; how often the import it died in was there afterwards, and how often not."""
    chance, before, after = random.Random(seed), 0, 0  # noqa: S311 - the same moments every time
    program = IMPORTER.format(tests=str(Path(__file__).parent))
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(home.root)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as child:
            assert child.stdout is not None
            said = [child.stdout.readline()]
            time.sleep(chance.uniform(0, 0.35))
            child.send_signal(signal.SIGKILL)
            said += child.stdout.readlines()
            complaints = child.stderr.read() if child.stderr is not None else ""
        assert child.returncode == -signal.SIGKILL, complaints
        begun = int(next(line for line in reversed(said) if line.startswith("begin")).split()[1])
        ended = any(line.split() == ["end", str(begun)] for line in said)
        found = known(home)
        numbers = set(found.values())
        assert numbers <= {begun, begun - 1}
        assert len(numbers) == (1 if begun > 1 or found else 0), "between two imports"
        assert not found or set(found) == set(SECTIONS)
        there = numbers == {begun}
        assert there or not ended
        before, after = before + (not there), after + there
    last = max(known(home).values(), default=0)
    take(home, dict.fromkeys(SECTIONS, last + 1), "last")
    assert known(home) == dict.fromkeys(SECTIONS, last + 1)
    assert verify(home, REGISTER.id) == ()
    assert not [e for e in Journal(home).entries() if e.state is ImportState.BEGUN]
    for position in range(1, last + 1):
        assert len(set(known(home, position).values())) == 1
    assert rests.clear_rests(home, REGISTER.id) == 0
    return before, after


def test_killed_at_random_moments(tmp_path: Path) -> None:
    assert sum(kill_at_random(Home(tmp_path), 6, seed=1)) == 6


@pytest.mark.slow
def test_killed_at_two_hundred_random_moments(tmp_path: Path) -> None:
    before, after = kill_at_random(Home(tmp_path), 200, seed=2)
    print(f"200 kills: {before} before, {after} after, none between")
    assert min(before, after) > 0
