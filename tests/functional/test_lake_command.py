"""`zhiheng lake` as an office uses it: what is kept, is it sound, join its files, take a person's data away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from zhiheng.cli.main import main
from zhiheng.evidence.lake.positions import office_minute

HEAD = "登记编号,类型,收到日期,发生地,投诉人姓名,联系电话\n"
ROWS = ("2026-001,投诉,2026-03-01 09:00,330400,甲某某,000-0001\n", "2026-002,投诉,2026-03-02 09:00,330400,乙某某,000-0002\n")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A lake with two complaints, handed in one by one."""
    monkeypatch.setenv("ZHIHENG_HOME", str(tmp_path / "home"))
    for number, row in enumerate(ROWS):
        file = tmp_path / f"{number}.csv"
        file.write_text(HEAD + row, encoding="utf-8")
        assert main(["import", "complaint", str(file), "--by", "张三"]) == 0
    return tmp_path / "home"


def told(capsys: pytest.CaptureFixture[str], *call: str, code: int = 0) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert main(["lake", *call, "--json"]) == code
    said: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)
    return said


def test_status_compact_and_verify(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (before,) = told(capsys, "status")["registers"]
    expected = {"records": 2, "versions": 2, "files": 2, "position": 2, "last_by": "张三", "open": 0}
    assert {name: before[name] for name in expected} == expected
    (joined,) = told(capsys, "compact")["compacted"]
    assert (joined["joined"], joined["into"], joined["position"]) == (2, 1, 3)
    (after,) = told(capsys, "status", "complaint")["registers"]
    assert (after["files"], after["records"], after["last_at"]) == (1, 2, before["last_at"])
    (pruned,) = told(capsys, "compact", "--prune")["compacted"]
    assert (pruned["pruned"], pruned["position"]) == (2, None)
    assert told(capsys, "verify")["problems"] == []
    assert main(["lake", "status"]) == main(["lake", "compact"]) == main(["lake", "verify"]) == 0
    said = capsys.readouterr().out
    assert "complaint" in said
    assert "没有需要合并的文件" in said
    assert "核对无误" in said


def test_changed_bytes_of_lake_and_originals_are_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = next(home.glob("lake/complaint/_year*/*/*.parquet"))
    kept = next(home.glob("files/*/*"))
    kept.chmod(0o640)
    for file in (data, kept):
        file.write_bytes(file.read_bytes() + b"x")
    found = told(capsys, "verify", code=1)["problems"]
    assert [one["code"] for one in found] == ["evidence.lake_file_changed", "evidence.original_changed"]
    assert str(data) in str(found[0]["sentence"])
    assert str(kept) in str(found[1]["sentence"])


def test_a_person_goes_and_does_not_come_back(home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = told(capsys, "erase", "complaint", "--key", "2026-001", "--why", "本人申请")
    assert said["gone"] == 1
    assert list(dict(said["originals"]).values()) == ["0.csv"]
    assert main(["import", "complaint", str(tmp_path / "0.csv"), "--by", "张三"]) == 0
    left = b"".join(file.read_bytes() for file in home.glob("people.sqlite*"))
    assert "甲某某".encode() not in left
    assert "乙某某".encode() in left
    assert told(capsys, "verify")["problems"] == []
    assert main(["lake", "erase", "complaint", "--key", "2026-002", "--why", "本人申请"]) == 0
    assert "1.csv" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "code", "words"),
    [
        (["erase", "complaint", "--key", "9", "--why", "x"], 3, "没有标识为“9”的记录"),
        (["erase", "complaint", "--key", "1|2", "--why", "x"], 2, "登记编号"),
        (["erase", "complaint", "--key", "2026-001"], 2, "--why"),
        (["erase", "award", "--key", "1", "--why", "x"], 2, "没有个人信息字段"),
        (["status", "award"], 2, "现有：complaint"),
    ],
)
def test_what_cannot_be_done_is_said(
    home: Path, capsys: pytest.CaptureFixture[str], call: list[str], code: int, words: str
) -> None:
    capsys.readouterr()
    assert main(["lake", *call]) == code
    assert words in capsys.readouterr().err


def test_an_empty_home_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lake", "status", "--home", str(tmp_path)]) == 0
    assert "zhiheng import" in capsys.readouterr().out


def test_a_damaged_log_is_named_by_status(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entry = sorted(home.glob("lake/complaint/_delta_log/*.json"))[1]
    entry.write_bytes(entry.read_bytes()[:-9])
    assert main(["lake", "status"]) == 3
    assert str(entry) in capsys.readouterr().err


def test_the_last_import_is_told_in_the_time_of_offices() -> None:
    assert office_minute("2026-11-27T17:14:09+00:00") == "2026-11-28 01:14"
    assert office_minute("2026-11-27T17:14:09") == "2026-11-27 17:14"
