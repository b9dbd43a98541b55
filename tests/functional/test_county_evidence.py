"""Do the model county's records make its figures? Counted here from the written files, by nothing that wrote them."""

from __future__ import annotations

import csv
import importlib
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from python_calamine import load_workbook

from zhiheng.evidence.intake.mapping import ColumnMapping
from zhiheng.evidence.lake.home import Home
from zhiheng.flow.intake import ImportReport, Order, import_file
from zhiheng.flow.registers import registers
from zhiheng.rules.rulebook import open_rulebook

ROOT = Path(__file__).parents[2]
COUNTY = ROOT / "examples" / "model_county"
YEARS = (2024, 2025, 2026)
MODULES = ("records", "reported")
REGISTERS = (
    *(
        "sampling.industrial",
        "sampling.food",
        "sampling.farm",
        "sampling.drug",
        "complaint",
        "air.city_day",
        "air.station_hour",
    ),
    *("water.section_reading", "water.section_month", "water.drinking_source", "certificate", "award", "standard_project"),
    *("engineering", "satisfaction_response", "enterprise", "incident", "incident_completeness"),
)


@pytest.fixture(scope="module")
def county() -> Iterator[tuple[ModuleType, ModuleType]]:
    """The modules that write the records and that report the figures."""
    sys.path.insert(0, str(COUNTY))
    yield importlib.import_module("records"), importlib.import_module("reported")
    sys.path.remove(str(COUNTY))
    for name in [n for n in sys.modules if n in MODULES or n.split(".")[0] == "county_records"]:
        sys.modules.pop(name)


@dataclass(frozen=True)
class Written:
    """What was written, and its tables by register as text under the printed headers."""

    files: list[Any]
    folder: Path
    lake: duckdb.DuckDBPyConnection

    def ask(self, sql: str, year: int) -> tuple[Any, ...]:
        row = self.lake.execute(sql, {"year": year} if "$year" in sql else None).fetchone()
        assert row is not None
        return row


@pytest.fixture(scope="module")
def written(county: tuple[ModuleType, ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Written]:
    folder, records = tmp_path_factory.mktemp("records"), county[0]
    files = records.record_files()
    records.write(folder, [*files, *records.files_with_mistakes()])
    connection = duckdb.connect()
    for group in records.by_register(files):
        tables = [table for file in group for table in read(folder / file.name)]
        connection.register(group[0].register.replace(".", "_"), pa.concat_tables(tables))
    yield Written(files, folder, connection)
    connection.close()


def read(path: Path) -> Iterator[pa.Table]:
    """The tables of a file, every cell as text."""
    if path.suffix == ".csv":
        content = path.read_bytes()
        text = content.decode("utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "gb18030")
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        yield pa.table({name: pa.array([row[i] or None for row in rows], pa.string()) for i, name in enumerate(head)})
        return
    book = load_workbook(path)
    for name in book.sheet_names:
        title, head, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        assert "示例数据（虚构）" in title[0]
        yield pa.table({str(n): pa.array([printed(row[i]) for row in rows], pa.string()) for i, n in enumerate(head)})


def printed(cell: object) -> str | None:
    if isinstance(cell, float) and cell == int(cell):
        return str(int(cell))
    return cell.isoformat(" ") if isinstance(cell, datetime) else str(cell) if cell not in ("", None) else None


PASSED = """select count(distinct 抽样编号) filter (样品判定 = '合格'), count(distinct 抽样编号) from {table}
    where {where} and 组织级别 = '县' and year(抽样日期::date) = $year"""
STANDING = """select count(distinct 获奖单位) from award where {where} and 授予日期::date <= make_date($year, 12, 31)
    and (撤销日期 is null or 撤销日期::date > make_date($year, 12, 31))"""
GIVEN = "select count(distinct {what}) from award where {where} and 撤销日期 is null and year(授予日期::date) = $year"
FIRST_ACCEPTANCE = """select count(*) filter (outcome = '合格'), count(*) from (
    select min_by(验收结论, 第几次验收::int) as outcome, min(验收日期::date) as day from engineering
    where 工程类别 in ('房屋建筑', '市政工程') and 验收类别 = '竣工验收' group by 项目编号, 单体或分户) where year(day) = $year"""
ON_TIME = """select count(*) filter (办结日期::date <= 法定期限::date), count(*) from complaint
    where 类型 = '投诉' and 受理日期 is not null and year(法定期限::date) = $year"""
SECTIONS = """select count(*) filter (oxygen >= 5 and permanganate <= 6 and ammonia <= 1.0 and phosphorus <= 0.2), count(*) from (
    select avg(溶解氧::decimal(9,4)) as oxygen, avg(高锰酸盐指数::decimal(9,4)) as permanganate, avg(氨氮::decimal(9,4)) as ammonia,
    avg(总磷::decimal(9,4)) as phosphorus from water_section_reading
    where 控制级别 is not null and year(监测时间::timestamp) = $year group by 断面名称)"""
ZERO = "select count(*) from incident where {where} and year(发生日期::date) = $year"

# Indicator: how it is counted; two columns are numerator and denominator.
COUNTED = {
    "制造业产品质量合格率": PASSED.format(table="sampling_industrial", where="抽检计划 = '制造业产品质量合格率调查'"),
    "食品抽检合格率": PASSED.format(table="sampling_food", where="抽检计划 = '监督抽检'"),
    "农产品质量安全例行监测合格率": PASSED.format(table="sampling_farm", where="抽检计划 = '例行监测'"),
    "药品抽检合格率": PASSED.format(table="sampling_drug", where="抽检计划 = '监督抽检' and 品种类别 = '药品'"),
    "消费投诉按时办结率": ON_TIME,
    "房屋市政工程竣工验收合格率": FIRST_ACCEPTANCE,
    "空气质量优良天数比例": "select count(*) filter (空气质量指数::int <= 100), count(空气质量指数) from air_city_day where year(日期::date) = $year",
    "细颗粒物（PM2.5）年平均浓度": "select sum(细颗粒物::int), count(细颗粒物), 1 from air_city_day where year(日期::date) = $year",
    "地表水达到或好于Ⅲ类断面比例（县控以上）": SECTIONS,
    "集中式饮用水水源水质达标率": """select sum(取水量::decimal(9,2)) filter (是否达标 = '是'), sum(取水量::decimal(9,2))
        from water_drinking_source where year(月份::date) = $year""",
    "质量管理数字化示范企业": STANDING.format(where="奖项名称 = '质量管理数字化示范企业' and 奖项类别 = '认定'"),
    "县级以上政府质量奖获奖单位（累计）": STANDING.format(where="奖项名称 like '%政府质量奖' and 奖项类别 = '正奖'"),
    "省级质量标杆企业": STANDING.format(where="奖项名称 = '省级质量标杆企业' and 授予级别 = '省级' and 奖项类别 = '认定'"),
    "绿色工厂创建数": GIVEN.format(what="获奖单位", where="奖项名称 like '%绿色工厂' and 奖项类别 = '认定'"),
    "省级优质工程奖（新增）": GIVEN.format(what="获奖对象", where="奖项名称 like '%优质工程奖' and 授予级别 = '省级'"),
    "市级优质工程奖（新增）": GIVEN.format(what="获奖对象", where="奖项名称 like '%优质工程奖' and 授予级别 = '市级'"),
    "市级行业计量服务站": GIVEN.format(what="获奖单位", where="奖项名称 = '市级行业计量服务站' and 授予级别 = '市级'"),
    "检验检测中心": """select count(distinct 持证单位) from certificate where 证书类别 = '检验检测机构资质认定' and 持证单位 like '%检验检测中心%'
        and 发证日期::date <= make_date($year, 12, 31) and 有效期至::date >= make_date($year, 12, 31) and 失效日期 is null""",
    "制定县级地方标准": """select count(distinct 标准编号) from standard_project where 标准级别 = '地方标准' and 制定或修订 = '制定'
        and 标准编号 like 'DB990124/%' and year(发布日期::date) = $year""",
    "较大以上质量安全事故": ZERO.format(where="事故类别 <> '突发环境事件' and 事故等级 in ('较大', '重大', '特别重大')"),
    "重大食品安全": ZERO.format(where="事故类别 = '食品安全' and 事故等级 in ('重大', '特别重大')"),
}
# What the plan says of the years before it.
PRINTED_BEFORE = {
    (COUNTED["质量管理数字化示范企业"], 2023): 12,
    (COUNTED["县级以上政府质量奖获奖单位（累计）"], 2023): 14,
    (COUNTED["县级以上政府质量奖获奖单位（累计）"], 2018): 14 - 7,
    ("""select count(distinct 标准编号) from standard_project where 标准级别 = '地方标准' and 制定或修订 = '制定'
        and 标准编号 like 'DB990124/%' and year(发布日期::date) between 2019 and 2023""", 0): 46,
    ("""select count(distinct 标准编号) from standard_project where 标准级别 in ('国家标准', '行业标准')
        and year(发布日期::date) between 2019 and 2023""", 0): 9,
}  # fmt: skip


def figures(reported: ModuleType, indicator: str) -> dict[int, Any]:
    return {
        int(r.period): r for r in reported.ROWS if r.indicator == indicator and r.kind == "填报值" and int(r.period) in YEARS
    }


def as_printed(row: tuple[Any, ...], like: str) -> Decimal:
    """A count, a rate in percent or a mean, rounded half up to the places of the printed figure."""
    if len(row) == 1:
        return Decimal(row[0])
    value = Decimal(row[0]) * (1 if len(row) == 3 else 100) / Decimal(row[1])
    return value.quantize(Decimal(1).scaleb(int(Decimal(like).as_tuple().exponent)), ROUND_HALF_UP)


@pytest.mark.parametrize("indicator", COUNTED)
def test_records_make_the_reported_figure(written: Written, county: tuple[ModuleType, ModuleType], indicator: str) -> None:
    found = figures(county[1], indicator)
    assert found
    for year, row in found.items():
        counted = written.ask(COUNTED[indicator], year)
        if row.numerator:
            assert (int(counted[0]), int(counted[1])) == (int(row.numerator), int(row.denominator)), year
        else:
            assert as_printed(counted, row.value) == Decimal(row.value), (year, counted)


@pytest.mark.parametrize(("sql", "year"), PRINTED_BEFORE)
def test_records_make_what_the_plan_says_of_earlier_years(written: Written, sql: str, year: int) -> None:
    assert written.ask(sql, year)[0] == PRINTED_BEFORE[sql, year]


def test_answers_make_the_satisfaction_printed_for_2023(written: Written) -> None:
    total, weights = written.ask(
        """select sum(评分::decimal(9,2) * 权重::decimal(9,2)), sum(权重::decimal(9,2)) from satisfaction_response
        where 领域 = '公共服务质量' and 拒答 = '否' and year(调查日期::date) = 2023""",
        2023,
    )
    assert (total / weights).quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal("81.2")
    assert "81.2分" in (COUNTY / "plan.txt").read_text("utf-8")


@pytest.mark.parametrize("year", YEARS)
def test_zero_incidents_are_declared_for_every_day_and_kind(written: Written, year: int) -> None:
    """Without gap or overlap, and with as many incidents as stand in the register (D17)."""
    rows = written.lake.execute(
        """select 事故类别, min(时期起::date), max(时期止::date), sum(date_diff('day', 时期起::date, 时期止::date) + 1),
        sum(登记事故数::int), bool_and(声明日期::date > 时期止::date) from incident_completeness
        where year(时期止::date) = $year group by 1""",
        {"year": year},
    ).fetchall()
    assert len(rows) == 7
    for kind, first, last, days, incidents, afterwards in rows:
        assert (first, last, days) == (date(year, 1, 1), date(year, 12, 31), (date(year + 1, 1, 1) - date(year, 1, 1)).days)
        known = written.lake.execute(
            "select count(*) from incident where 事故类别 = $kind and year(发生日期::date) = $year",
            {"kind": kind, "year": year},
        ).fetchall()
        assert incidents == known[0][0]
        assert afterwards


def test_hours_make_the_days_of_their_month(written: Written) -> None:
    rows = written.lake.execute(
        """select avg(h.细颗粒物::int), any_value(d.细颗粒物::int), avg(h.可吸入颗粒物::int), any_value(d.可吸入颗粒物::int), count(*)
        from air_station_hour h join air_city_day d on h.监测时间::date = d.日期::date group by d.日期"""
    ).fetchall()
    assert len(rows) == 31
    assert all(fine == day and coarse == coarse_day and hours == 48 for fine, day, coarse, coarse_day, hours in rows)


def test_a_months_class_is_that_of_its_reading(written: Written) -> None:
    rows = written.lake.execute(
        """select count(*), count(*) filter (r.公布类别 = m.水质类别) from water_section_reading r join water_section_month m
        on r.断面名称 = m.断面名称 and date_trunc('month', r.监测时间::timestamp) = m.月份::date"""
    ).fetchall()
    assert rows == [(468, 468)]


def test_every_register_has_records_under_its_own_names(written: Written) -> None:
    assert {file.register for file in written.files} == set(REGISTERS)
    assert sum(file.rows for file in written.files) <= 60_000
    for register in registers(REGISTERS):
        names = {field.name for field in register.fields}
        columns = set(written.lake.table(register.id.replace(".", "_")).columns)
        assert columns <= names, register.id
        assert {f.name for f in register.fields if f.required} <= columns, register.id
    for path in written.folder.iterdir():
        assert path.name.startswith("示例数据_")


def test_the_same_seed_gives_the_same_bytes(written: Written, county: tuple[ModuleType, ModuleType]) -> None:
    small = [f for f in county[0].record_files() if f.register != "complaint"]
    assert all(file.content() == (written.folder / file.name).read_bytes() for file in small)


def test_the_list_says_what_is_counted(county: tuple[ModuleType, ModuleType]) -> None:
    """EVIDENCE.md names every indicator with its figures."""
    rows = dict(re.findall(r"^\| ([^|]+?) \|.*\| ([^|]+?) \|$", (COUNTY / "EVIDENCE.md").read_text("utf-8"), re.M))
    for indicator in COUNTED:
        said = [f"{r.numerator}/{r.denominator}" if r.numerator else r.value for r in figures(county[1], indicator).values()]
        assert rows[indicator] == "; ".join(said), indicator


def taken(home: Home, path: Path, register: str) -> ImportReport:
    kind = registers([register], home.root)[0]
    at = datetime(2027, 2, 1, tzinfo=UTC)
    back = home.root / "back.xlsx"
    return import_file(home, Order(kind, path, ColumnMapping(), "县示例部门", at, date(2027, 2, 1), hand_back=back))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An installation that knows the invented county's code."""
    (tmp_path / "rulebook").symlink_to(COUNTY / "rulebook")
    return Home(tmp_path)


@pytest.mark.parametrize(
    "register", ["award", "incident_completeness", "water.drinking_source", "air.city_day", "sampling.drug"]
)
def test_records_go_in_without_a_finding(written: Written, home: Home, register: str) -> None:
    file = next(f for f in written.files if f.register == register)
    report = taken(home, written.folder / file.name, register)
    assert (report.kept.new, report.refused, report.problems) == (file.rows, 0, ())


def test_rows_with_mistakes_come_back(written: Written, county: tuple[ModuleType, ModuleType], home: Home) -> None:
    file = county[0].files_with_mistakes()[0]
    report = taken(home, written.folder / file.name, file.register)
    assert (report.rows, report.kept.new, report.refused) == (12, 1, 11)
    assert report.hand_back is not None
    assert report.hand_back.exists()
    by_row = {p.row for p in report.problems}
    assert by_row == set(range(4, 15))


def test_the_county_has_a_code_that_no_real_place_has() -> None:
    listed = [open_rulebook().data(f"codes/{name}") or "" for name in ("gbt2260.csv", "gbt2260_former.csv")]
    assert all("\n11" in text or "\n1101" in text for text in listed)
    assert not any(re.search(r"^99", text, re.M) for text in listed)
