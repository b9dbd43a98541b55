"""The county's indicators in SQL written by hand over the lake's own files; imports nothing of what it checks.

Each query answers numerator and denominator (null for counts) of the year `$year`, from `records`: the newest version of each key.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import duckdb
from deltalake import DeltaTable

PASSED = """with judged as (
    select sample_number, bool_and(sample_outcome = 'pass') as passed from records
    where {where} and level = 'county' and place = '990124' and year(sampled_on) = $year and sample_outcome in ('pass', 'fail') group by 1)
    select count(*) filter (passed), count(*) from judged"""
GIVEN = """select count(distinct {what}), null from records
    where {where} and place = '990124' and year(awarded_on) = $year and withdrawn_on is null"""
STANDING = """select count(distinct winner), null from records where {where} and place = '990124'
    and awarded_on <= make_date($year, 12, 31) and coalesce(withdrawn_on, date '9999-12-31') > make_date($year, 12, 31)"""
ZERO = "select count(*), null from records where {where} and place = '990124' and year(happened_on) = $year"

# Indicator → register and query.
QUERIES = {
    "product_quality.manufacturing_pass": ("sampling.industrial", PASSED.format(where="programme = 'pass_rate_survey'")),
    "food_and_drugs.farm_routine_pass": ("sampling.farm", PASSED.format(where="programme = 'routine'")),
    "food_and_drugs.food_sampling_pass": ("sampling.food", PASSED.format(where="programme = 'supervision'")),
    "food_and_drugs.drug_pass": ("sampling.drug", PASSED.format(where="programme = 'supervision' and category = 'drug'")),
    "complaints.consumer_on_time": (
        "complaint",
        """select count(*) filter (closed_on is not null and closed_on::date <= deadline), count(*) from records
        where kind = 'complaint' and accepted_on is not null and place = '990124' and year(deadline) = $year""",
    ),
    "engineering.completion_pass": (
        "engineering",
        """select count(*) filter (outcome = 'pass'), count(*) from records where acceptance = 'completion' and attempt = 1
        and kind in ('housing', 'municipal_works') and outcome <> 'unjudged' and place = '990124' and year(accepted_on) = $year""",
    ),
    "air.good_days": (
        "air.city_day",
        """select count(*) filter (aqi <= 100), count(*) from records
        where aqi is not null and place = '990124' and year(day) = $year""",
    ),
    "air.pm25": ("air.city_day", "select sum(pm25), count(pm25) from records where place = '990124' and year(day) = $year"),
    "water.county_sections_good": (
        "water.section_reading",
        """with sections as (
            select avg(oxygen::decimal(9, 4)) >= 5 and avg(permanganate) <= 6 and sum(ammonia) <= 1.0 * count(ammonia)
                and sum(phosphorus) <= 0.2 * count(phosphorus) as good from records
            where control is not null and coalesce(water_kind, 'river') <> 'lake' and place = '990124' and year(measured_at) = $year
            group by section)
        select count(*) filter (good), count(good) from sections""",
    ),
    "water.drinking_sources": (
        "water.drinking_source",
        """select sum(volume) filter (met), sum(volume) from records
        where volume is not null and place = '990124' and year(month) = $year""",
    ),
    "brands.provincial_project_award": (
        "award",
        GIVEN.format(what="product", where="title like '%优质工程奖' and level = 'provincial'"),
    ),
    "brands.city_project_award": (
        "award",
        GIVEN.format(what="product", where="title like '%优质工程奖' and level = 'municipal'"),
    ),
    "qingling.digital_demonstrators": (
        "award",
        STANDING.format(where="title = '质量管理数字化示范企业' and grade = 'recognised'"),
    ),
    "qingling.government_quality_award": ("award", STANDING.format(where="title like '%政府质量奖' and grade = 'winner'")),
    "qingling.provincial_benchmarks": (
        "award",
        STANDING.format(where="title = '省级质量标杆企业' and level = 'provincial' and grade = 'recognised'"),
    ),
    "qingling.green_factories": (
        "award",
        GIVEN.format(what="winner", where="title like '%绿色工厂' and grade = 'recognised'"),
    ),
    "qingling.metering_stations": (
        "award",
        GIVEN.format(what="winner", where="title = '市级行业计量服务站' and level = 'municipal'"),
    ),
    "infrastructure.testing_centre_new": (
        "certificate",
        """select count(distinct holder), null from records where kind = 'test_body' and holder like '%检验检测中心%'
        and place = '990124' and issued_on <= make_date($year, 12, 31) and coalesce(expires_on, date '9999-12-31') >= make_date($year, 12, 31)
        and coalesce(withdrawn_on, date '9999-12-31') > make_date($year, 12, 31)""",
    ),
    "qingling.county_standards_made": (
        "standard_project",
        """select count(distinct number), null from records where level = 'local' and number like 'DB990124/%' and action = 'make'
        and place = '990124' and year(published_on) = $year""",
    ),
    "safety.larger_quality_accidents": (
        "incident",
        ZERO.format(where="grade in ('larger', 'major', 'extraordinary') and kind <> 'environment'"),
    ),
    "safety.food_accidents": ("incident", ZERO.format(where="grade in ('major', 'extraordinary') and kind = 'food'")),
}


def counted(home: Path, indicator: str, year: int, known: int | None = None) -> tuple[Fraction, Fraction | None]:
    """Numerator and denominator from the Parquet files of the lake, as known at a position or now."""
    register, query = QUERIES[indicator]
    files = DeltaTable(home / "lake" / register).file_uris()
    until = "true" if known is None else f"_known_from <= {known}"
    with duckdb.connect() as connection:
        connection.execute(
            f"create view records as select * from read_parquet({files}, union_by_name = true) where {until} "
            "qualify row_number() over (partition by _key order by _version desc) = 1"
        )
        row = connection.execute(query, {"year": year}).fetchone()
    assert row is not None
    numerator, denominator = row
    return Fraction(Decimal(numerator or 0)), None if denominator is None else Fraction(Decimal(denominator))
