"""Tables as others published them go into registers through mappings; what does not fit comes back with its sentence."""

from __future__ import annotations

import gzip
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest
from tests.conftest import SHARED

from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.reading import known_at
from zhiheng.flow.intake import ImportReport, Order, import_file
from zhiheng.flow.registers import registers

pytestmark = pytest.mark.shared
DATA = SHARED / "data"
TODAY = date(2026, 11, 27)


def _imported(home: Home, name: str, path: Path, mapping: ColumnMapping = ColumnMapping()) -> ImportReport:  # noqa: B008
    order = Order(registers([name])[0], path, mapping, "测试", datetime(2026, 11, 27, tzinfo=UTC), TODAY)
    return import_file(home, order)


def _unpacked(source: Path, folder: Path) -> Path:
    target = folder / source.name.removesuffix(".gz")
    with gzip.open(source) as packed, target.open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    return target


def _errors(report: ImportReport) -> dict[str, int]:
    return {code.removeprefix("evidence."): n for (severity, code), n in report.counts.items() if severity.value == "error"}


def test_station_hours_of_the_whole_country(tmp_path: Path) -> None:
    path = _unpacked(DATA / "cn_aqi_station_hourly_2020/station_hourly.csv.gz", tmp_path)
    home = Home(tmp_path / "home")
    words = {"place": {"克州": "克孜勒苏柯尔克孜自治州", "博州": "博尔塔拉蒙古自治州", "吉林": "220200"}}
    report = _imported(home, "air.station_hour", path, ColumnMapping(words=words))
    assert report.rows == 260_807
    assert report.kept.new + report.refused + report.repeated == report.rows
    assert report.kept.new > 0.97 * report.rows
    # Stations that publish twice under one name differ; old lists name places that are no more; some rows name no city.
    assert set(_errors(report)) <= {"key_twice", "code_not_then", "word_of_several", "word_unknown", "required_missing"}
    register = report.order.register
    connection = duckdb.connect()
    rows = connection.execute(
        f"select count(*), max(aqi), count(*) filter (place = '330400') from ({known_at(home, register)})"
    ).fetchall()
    # 520 rows of 嘉兴 in the file, as its description says.
    assert rows == [(report.kept.new, 500, 520)]
    again = _imported(home, "air.station_hour", path, ColumnMapping(words=words))
    assert (again.kept.new, again.kept.unchanged, again.kept.position) == (0, report.kept.new, None)


def test_city_days(tmp_path: Path) -> None:
    path = _unpacked(DATA / "cn_aqi_city_daily_2013_2017/aqistudy_daily_366_cities.csv.gz", tmp_path)
    mapping = ColumnMapping(ignored=("aqi_range", "o3", "rank"), words={"place": {"吉林": "220200"}})
    report = _imported(Home(tmp_path / "home"), "air.city_day", path, mapping)
    assert report.rows == 351_014
    assert report.kept.new > 0.985 * report.rows
    assert set(_errors(report)) <= {"code_not_then", "word_of_several", "word_unknown"}


def test_readings_of_water_sections(tmp_path: Path) -> None:
    path = _unpacked(DATA / "cn_surface_water_auto_2020_2021/daily_snapshots.csv.gz", tmp_path)
    report = _imported(Home(tmp_path / "home"), "water.section_reading", path)
    assert report.rows == 26_769
    assert report.kept.new + report.refused + report.repeated == report.rows
    assert report.refused < 300
    # Stations that stand still have no time of measuring; ammonia of 0.00002 has more decimals than the register keeps.
    assert set(_errors(report)) == {"key_twice", "decimals_beyond_field", "required_missing"}


def test_published_failures_say_what_they_lack_and_come_in_with_constants(tmp_path: Path) -> None:
    """A notice of failed samples has no programme, no number of the sample and no day of sampling: a person says them or nothing is taken."""
    path = DATA / "cn_food_sampling_failures_2019/failures.csv"
    home = Home(tmp_path / "home")
    columns = {"id": "sample_number", "published_at": "reported_on", "failed_item": "item", "inspection_org": "laboratory"}
    constants = {
        "programme": "监督抽检",
        "level": "国家级",
        "place": "100000",
        "sampled_on": "2019-04-01",
        "outcome": "不合格",
        "category": "食品",
        "stage": "流通",
    }
    known = registers(["sampling.food"])[0].by_id
    mapping = ColumnMapping(columns=columns, constants={k: v for k, v in constants.items() if k in known})
    report = _imported(home, "sampling.food", path, mapping)
    assert report.rows == 231
    assert report.kept.new + report.refused + report.repeated == report.rows
    assert Counter(_errors(report)).total() >= report.refused
