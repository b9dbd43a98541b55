"""Imports at the same time and imports that are killed: one copy, nothing half, and the same content when run again."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from zhiheng.cli.main import main
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, Journal
from zhiheng.evidence.lake.people import recall
from zhiheng.evidence.lake.reading import every_row, known_at
from zhiheng.flow.registers import registers

REGISTER = "complaint"
HEAD = "登记编号,类型,收到日期,发生地,涉及金额,投诉人姓名\n"
# The program stands ready, tells so, and runs when the others are ready too.
READY = """
import sys
from zhiheng.cli.commands import import_
from zhiheng.cli.main import main
print("ready", flush=True)
sys.stdin.readline()
sys.exit(main(sys.argv[1:]))
"""
KILLED = """
import os, signal, sys
from importlib import import_module
from zhiheng.cli.main import main

owner, name, before = import_module(sys.argv[1]), sys.argv[2], sys.argv[3] == "before"
step = getattr(owner, name)

def dies(*arguments, **named):
    if not before:
        step(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, name, dies)
main(sys.argv[4:])
"""
ORIGINALS = "zhiheng.evidence.lake.originals"
FLOW, KEEPING = "zhiheng.flow.intake", "zhiheng.evidence.lake.keeping"
# Before the entry of the log the import never was; from it on it is there.
NOT_THERE = [
    (FLOW, "keep_original", "before"),
    (ORIGINALS, "digest_of", "after"),
    (FLOW, "keep_original", "after"),
    (FLOW, "check", "after"),
    (FLOW, "lay_out", "after"),
    (FLOW, "remember", "before"),
    (FLOW, "remember", "after"),
    (KEEPING, "settle_open", "after"),
    (KEEPING, "_place", "before"),
    (KEEPING, "made", "after"),
    (KEEPING, "lay_down", "before"),
    (KEEPING, "lay_down", "after"),
    (KEEPING, "enter", "before"),
]
THERE = [
    (KEEPING, "enter", "after"),
    (KEEPING, "_mark", "before"),
    (KEEPING, "_mark", "after"),
    (FLOW, "keep", "after"),
    (FLOW, "write_hand_back", "before"),
    (FLOW, "write_hand_back", "after"),
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ZHIHENG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHIHENG_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    return Home(tmp_path / "home")


def _file(name: str, first: int, last: int, *, amount: int = 100, bad: str = "") -> str:
    rows = (f"C-{n},投诉,2025-03-05 08:00,330402,{amount + n},甲某{n}\n" for n in range(first, last + 1))
    Path(name).write_text(HEAD + "".join(rows) + bad, encoding="utf-8")
    return name


def _imported(file: str) -> list[str]:
    return ["import", REGISTER, file, "--by", "甲局", "--json"]


def _at_once(*files: str) -> list[dict[str, Any]]:
    """What each of the imports said, which began together."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", READY, *_imported(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for file in files
    ]
    for one in running:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in running:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate()[0] for one in running]
    assert [one.returncode for one in running] == [0] * len(files)
    return [json.loads(text)["imports"][0] for text in said]


def _content(home: Home, *, every: bool = False) -> list[tuple[object, ...]]:
    """Records with their personal fields, as known now or in all versions."""
    register = registers([REGISTER])[0]
    sql = every_row(home, register) if every else known_at(home, register)
    columns = "case_number, amount, received_on, _version, _reporter, _file, _row, _person"
    rows = duckdb.connect().execute(f"select {columns} from ({sql}) order by 1, 4").fetchall()
    people = recall(home, REGISTER, [row[-1] for row in rows])
    return [(*row[:-1], people[row[-1]]["complainant"]) for row in rows]


def _sound(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["lake", "verify"]) == 0, capsys.readouterr()
    capsys.readouterr()


def test_the_same_file_twice_at_once_leaves_one_copy(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    told = _at_once(*[_file("投诉.csv", 1, 500)] * 2)
    assert sorted((one["taken"], one["unchanged"], one["corrected"], one["asked"]) for one in told) == [
        (0, 500, 0, 0),
        (500, 0, 0, 0),
    ]
    assert sorted(one["position"] or 0 for one in told) == [0, 1]
    assert len(_content(home, every=True)) == 500
    assert len(list(home.originals.glob("*/*"))) == 1
    assert [entry.state for entry in Journal(home).entries()] == [ImportState.TAKEN] * 2
    _sound(home, capsys)


def test_different_files_at_once_all_arrive(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    files = [_file(f"{n}.csv", 200 * n + 1, 200 * n + 200) for n in range(3)]
    told = _at_once(*files)
    assert [(one["taken"], one["refused"]) for one in told] == [(200, 0)] * 3
    assert sorted(one["position"] for one in told) == [1, 2, 3]
    assert {row[0] for row in _content(home)} == {f"C-{n}" for n in range(1, 601)}
    assert len(_content(home, every=True)) == 600
    assert len(list(home.originals.glob("*/*"))) == 3
    _sound(home, capsys)


def test_files_of_the_same_records_at_once_follow_each_other(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    files = [_file("甲.csv", 1, 100, amount=0), _file("乙.csv", 1, 100, amount=5000)]
    told = _at_once(*files)
    assert sorted((one["taken"], one["corrected"]) for one in told) == [(0, 100), (100, 0)]
    second = next(n for n, one in enumerate(told) if one["corrected"])
    assert {row[1] - int(str(row[0])[2:]) for row in _content(home)} == {(0, 5000)[second]}
    assert len(_content(home, every=True)) == 200
    _sound(home, capsys)


@dataclass(frozen=True)
class Months:
    """Two files; an installation that has the first, and what it knows before and after the second came undisturbed."""

    folder: Path
    before: list[tuple[object, ...]]
    after: list[tuple[object, ...]]


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Months:
    folder = tmp_path_factory.mktemp("months")
    first = _file(str(folder / "一月.csv"), 1, 3)
    second = _file(str(folder / "二月.csv"), 3, 5, amount=700, bad="C-9,投诉,3月5日,330402,1,甲某9\n")
    home, other = Home(folder / "home"), Home(folder / "other")
    main([*_imported(first), "--home", str(home.root)])
    shutil.copytree(home.root, other.root)
    main([*_imported(second), "--home", str(other.root), "--out", str(folder)])
    return Months(folder, _content(home), _content(other))


@pytest.mark.parametrize(("owner", "name", "when"), NOT_THERE + THERE)
def test_killed_anywhere_it_is_before_or_after_and_run_again_the_same(
    home: Home, months: Months, capsys: pytest.CaptureFixture[str], owner: str, name: str, when: str
) -> None:
    shutil.copytree(months.folder / "home", home.root)
    second = str(months.folder / "二月.csv")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, owner, name, when, *_imported(second)], check=False, capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    after, found = months.after, _content(home)
    assert found == (after if (owner, name, when) in THERE else months.before)
    capsys.readouterr()
    assert main(_imported(second)) == 1
    (told,) = json.loads(capsys.readouterr().out)["imports"]
    taken = (0, 3, 0) if found == after else (2, 0, 1)
    assert (told["taken"], told["unchanged"], told["corrected"], told["refused"]) == (*taken, 1)
    assert _content(home) == after
    assert len(_content(home, every=True)) == 6
    assert Path("二月.退回.xlsx").is_file()
    assert not [entry for entry in Journal(home).entries() if entry.state is ImportState.BEGUN]
    assert not list(home.scratch.glob("import-*"))
    assert not list(home.originals.glob(".*"))
    _sound(home, capsys)
