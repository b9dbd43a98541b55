"""`zhiheng import` as a department uses it: a table in, refused rows back, mended rows in again."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import openpyxl
import pytest

from zhiheng.cli.main import main
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import Journal
from zhiheng.evidence.lake.originals import original
from zhiheng.evidence.lake.people import recall
from zhiheng.evidence.lake.reading import known_at
from zhiheng.flow.registers import registers

HEAD = "抽检计划,组织级别,抽样编号,抽样日期,抽样地区,产品名称,检验项目,项目判定\n"
GOOD = "监督抽查,省级,YX-1,2025年3月5日,330402,电热水器,泄漏电流,合格\n"
BAD = "监督抽查,省级,YX-2,3月5日,330402,电热水器,泄漏电流,还行\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("ZHIHENG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ZHIHENG_LANG", "zh")
    monkeypatch.chdir(tmp_path)
    return Home(tmp_path / "home")


def _csv(text: str, name: str = "抽检.csv") -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def _records(home: Home, name: str, columns: str, position: int | None = None) -> list[tuple[object, ...]]:
    register = registers([name])[0]
    return duckdb.connect().execute(f"select {columns} from ({known_at(home, register, position)}) order by 1").fetchall()


def test_good_rows_are_taken_and_the_refused_come_back_to_be_mended(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    file = _csv(HEAD + GOOD + BAD)
    assert main(["import", "sampling.industrial", file, "--by", "甲局"]) == 1
    out, err = capsys.readouterr()
    assert "共 2 行，新增 1，未变 0，更正 0，待核对 0，退回 1，重复 0" in out
    assert "第 3 行“抽样日期”写的是“3月5日”" in err
    assert "第 3 行“项目判定”写的是“还行”" in err
    back = openpyxl.load_workbook("抽检.退回.xlsx")
    sheet = next(s for s in back.worksheets if any(c.value == "YX-2" for row in s.iter_rows() for c in row))
    cells = {c.value: c for row in sheet.iter_rows() for c in row if c.value}
    assert any("3月5日" in str(v) and "还行" in str(v) for v in cells)  # both reasons in one cell
    cells["3月5日"].value, cells["还行"].value = "2025-03-05", "不合格"
    back.save("改好.xlsx")
    assert main(["import", "sampling.industrial", "改好.xlsx", "--by", "甲局"]) == 0
    assert _records(home, "sampling.industrial", "sample_number, outcome, _sheet is not null, _reporter") == [
        ("YX-1", "pass", True, "甲局"),
        ("YX-2", "fail", True, "甲局"),
    ]


def test_the_same_again_is_unchanged_another_value_is_a_correction_and_another_reporter_is_asked(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    file = _csv(HEAD + GOOD)
    assert main(["import", "sampling.industrial", file, "--by", "甲局"]) == 0
    assert main(["import", "sampling.industrial", file, "--by", "乙局"]) == 0
    assert "未变 1" in capsys.readouterr().out
    corrected = _csv(HEAD + GOOD.replace("电热水器", "电水壶"))
    assert main(["import", "sampling.industrial", corrected, "--by", "乙局"]) == 1
    out, err = capsys.readouterr()
    assert "待核对 1" in out
    assert "与 甲局 填报的记录不一致" in err
    assert main(["import", "sampling.industrial", corrected, "--by", "甲局"]) == 0
    out, _ = capsys.readouterr()
    assert "更正 1" in out
    assert "电热水器" in out
    assert "电水壶" in out
    assert _records(home, "sampling.industrial", "product, _version") == [("电水壶", 2)]
    assert _records(home, "sampling.industrial", "product, _version", position=1) == [("电热水器", 1)]


def test_a_dry_run_says_the_same_and_keeps_nothing(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    file = _csv(HEAD + GOOD + BAD)
    assert main(["import", "sampling.industrial", file, "--dry-run"]) == 1
    assert "没有写入。共 2 行，将新增 1" in capsys.readouterr().out
    assert not home.lake.exists()
    assert not home.originals.exists()
    assert not Path("抽检.退回.xlsx").exists()


def test_columns_that_names_do_not_tell_are_asked_for_and_saved(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    text = "计划名,样号,采样日,结论,项目名称,序号\n双随机抽查,YX-1,2025-03-05,OK,泄漏电流,1\n"
    file = _csv(text)
    assert main(["import", "sampling.industrial", file]) == 3
    assert "缺少必填列" in capsys.readouterr().err
    said = [
        *("--map", "计划名=抽检计划", "--map", "样号=抽样编号", "--map", "采样日=抽样日期", "--map", "结论=项目判定"),
        *("--set", "组织级别=省级", "--set", "抽样地区=330402", "--set", "产品名称=电热水器"),
        *("--word", "抽检计划=双随机抽查=监督抽查", "--word", "项目判定=OK=合格"),
    ]
    assert main(["import", "sampling.industrial", file, *said, "--mapping", "甲局-抽检"]) == 0
    assert "对照方案“甲局-抽检”已保存" in capsys.readouterr().err
    again = _csv(text.replace("YX-1", "YX-2"), "再.csv")
    assert main(["import", "sampling.industrial", again, "--mapping", "甲局-抽检"]) == 0
    assert _records(home, "sampling.industrial", "sample_number, programme, outcome") == [
        ("YX-1", "supervision", "pass"),
        ("YX-2", "supervision", "pass"),
    ]
    told = Journal(home).entries("sampling.industrial")[-1].told
    assert told["mapping_name"] == "甲局-抽检"
    assert told["mapping"]["columns"]["样号"] == "sample_number"


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--map", "样号"], 2, "--map 的写法不对"),
        (["--map", "样号=没有的字段"], 2, "没有字段“没有的字段”"),
        (["--word", "OK=合格"], 2, "--word 要写成"),
        (["--mapping", "没有"], 2, "没有名为“没有”的对照方案"),
        (["--mapping", "../甲", "--set", "抽样地区=330402"], 2, "名称“../甲”不能用"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(
    home: Home, capsys: pytest.CaptureFixture[str], options: list[str], code: int, said: str
) -> None:
    assert main(["import", "sampling.industrial", _csv(HEAD + GOOD), *options]) == code
    assert said in capsys.readouterr().err


def test_a_broken_file_stops_only_itself(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    Path("坏.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 100)
    Path("空.csv").write_bytes(b"")
    Path("旧.xls").write_bytes(b"\xd0\xcf\x11\xe0" + b"x" * 600)
    good = _csv(HEAD + GOOD)
    assert main(["import", "sampling.industrial", "坏.xlsx", "空.csv", "没有.csv", "旧.xls", good]) == 3
    out, err = capsys.readouterr()
    assert "新增 1" in out
    assert all(name in err for name in ("坏.xlsx", "空.csv", "没有.csv", "旧.xls"))
    assert len(_records(home, "sampling.industrial", "sample_number")) == 1


def test_records_know_where_they_came_from(home: Home) -> None:
    file = _csv(HEAD + GOOD)
    main(["import", "sampling.industrial", file, "--by", "甲局"])
    ((digest, sheet, row, reporter, import_id),) = _records(
        home, "sampling.industrial", "_file, _sheet, _row, _reporter, _import"
    )
    kept = original(home, str(digest))
    assert kept is not None
    assert kept.read_bytes() == Path(file).read_bytes()
    assert (sheet, row, reporter) == ("", 2, "甲局")
    (entry,) = Journal(home).entries("sampling.industrial")
    assert (entry.id, entry.by, entry.told["files"]) == (import_id, "甲局", {digest: file})


def test_personal_fields_stay_apart(home: Home) -> None:
    file = _csv("登记编号,类型,收到日期,发生地,投诉人姓名,联系电话\nC-1,投诉,2025-03-05 08:00,330402,甲某人,0000-0000\n")
    assert main(["import", "complaint", file]) == 0
    ((person,),) = _records(home, "complaint", "_person")
    assert recall(home, "complaint", [str(person)]) == {person: {"complainant": "甲某人", "phone": "0000-0000"}}
    for path in home.lake.rglob("*"):
        assert not path.is_file() or "甲某人".encode() not in path.read_bytes()


def test_json_tells_all_of_it(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "sampling.industrial", _csv(HEAD + GOOD + BAD), "--json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)["imports"]
    assert (told["rows"], told["taken"], told["refused"], told["position"]) == (2, 1, 1, 1)
    assert [p["row"] for p in told["problems"]] == [3, 3]
    assert told["hand_back"] == "抽检.退回.xlsx"


def test_a_preview_shows_the_columns(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", "sampling.industrial", _csv("抽样编号,检验项目,抽检计画\nA1,泄漏电流,监督抽查\n"), "--preview"]) == 0
    out = capsys.readouterr().out
    assert "抽检计画" in out
    assert "缺少必填字段" in out
    assert not home.lake.exists()


def test_without_a_home_nothing_is_guessed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("ZHIHENG_HOME", raising=False)
    assert main(["import", "sampling.industrial", "甲.csv"]) == 2
    assert "ZHIHENG_HOME" in capsys.readouterr().err
