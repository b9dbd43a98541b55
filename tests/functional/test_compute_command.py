"""`zhiheng compute` and `zhiheng indicators` as a person calls them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from county_lake import PLACE, make_lake

from zhiheng.cli.main import main


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield make_lake(tmp_path_factory.mktemp("commands"))


def test_a_table_of_values_with_what_was_left_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compute", "--period", "2026", "--place", PLACE, "--home", str(home)]) == 0
    printed = capsys.readouterr().out
    assert "95.00%" in printed
    assert "1140 / 1200" in printed
    assert "青岭县" in printed
    assert "剔除“第二次及以后的验收”1 条" in printed
    assert len([line for line in printed.splitlines() if "2026年" in line]) == 22


def test_the_same_as_data(home: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["compute", "农产品质量安全例行监测合格率", "--period", "2025", "--home", str(home), "--json"]) == 0
    record = json.loads(capsysbinary.readouterr().out)
    (value,) = record["values"]
    assert record["schema"] == "zhiheng/computed/1"
    assert (value["indicator"], value["numerator"], value["denominator"]) == ("food_and_drugs.farm_routine_pass", "494", "500")
    assert (value["amount"], value["printed"], value["unit"]) == ("98.8", "98.8", "%")
    assert value["apart"] == {"programme": ["routine"], "level": ["county"]}


def test_every_county_and_shorter_periods(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compute", "air.good_days", "--period", "2026-06", "--by", "county", "--home", str(home)]) == 0
    assert "26 / 30" in capsys.readouterr().out
    assert main(["compute", "--period", "2026-06", "--place", PLACE, "--home", str(home)]) == 0
    told = capsys.readouterr()
    assert "有 2 个指标对这样短的时期没有意义" in told.err
    assert "县控以上断面" not in told.out


def test_a_value_that_is_not_there_has_its_reason(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compute", "air.pm25", "--period", "2020", "--home", str(home)]) == 1
    assert "无依据：该地区该时期没有记录" in capsys.readouterr().out


def test_then_and_now_names_the_records(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "compute",
        "air.good_days",
        "--period",
        "2026-01",
        "--place",
        PLACE,
        "--home",
        str(home),
        "--then",
        "2020-01-01",
    ]
    assert main(arguments) == 0
    printed = capsys.readouterr().out
    assert "因为 31 条记录" in printed
    assert "后来补录" in printed
    assert main([*arguments, "--json"]) == 0


def test_without_a_change_the_records_are_the_same(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [
        "compute",
        "air.good_days",
        "--period",
        "2026-01",
        "--place",
        PLACE,
        "--home",
        str(home),
        "--then",
        "2999-01-01",
    ]
    assert main(arguments) == 0
    assert "依据的记录没有变化" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["compute", "没有这个指标", "--period", "2026"], "没有指标“没有这个指标”"),
        (["compute", "省级以上政府质量奖", "--period", "2026"], "还没有计算定义"),
        (["compute", "air.pm25"], "没有写时期"),
        (["compute", "air.pm25", "--period", "去年"], "“去年”不是时期"),
        (["compute", "air.pm25", "--period", "2026", "--place", "青岭"], "不是行政区划代码"),
        (["compute", "water.county_sections_good", "--period", "2026-06"], "按年或更长的时期计算才有意义"),
        (["compute", "air.pm25", "--period", "2026", "--by", "county", "--then", "2026-01-01"], "--then 要逐个地区比较"),
    ],
)
def test_calls_that_cannot_be_answered_say_why(
    home: Path, arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*arguments, "--home", str(home)]) == 2
    assert words in capsys.readouterr().err


def test_definitions_are_listed_checked_and_described(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["indicators", "list", "--home", str(home)]) == 0
    assert "质量管理数字化示范企业" in capsys.readouterr().out
    assert main(["indicators", "check", "--home", str(home)]) == 0
    assert "22 个指标计算定义检查通过" in capsys.readouterr().out
    assert main(["indicators", "docs", "air.pm25", "--home", str(home), "--out", str(tmp_path / "page.md")]) == 0
    assert "- made: mean, of `pm25`" in (tmp_path / "page.md").read_text("utf-8")
    assert main(["indicators", "list", "air.pm25", "--json", "--home", str(home)]) == 0


def test_an_unsound_definition_is_told_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "rulebook" / "indicators" / "air" / "pm25.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("register: air.city_day\n", encoding="utf-8")
    assert main(["indicators", "check", "--home", str(tmp_path)]) == 4
    told = capsys.readouterr()
    assert "installation/indicators/air/pm25.yaml" in told.err
    assert "1 个指标计算定义有误" in told.out
