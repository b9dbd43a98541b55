"""A million rows of supervision sampling as a department would hand them in, and the records that a lake holds before.

Every record is a function of its number, so a row of the file and a record in the lake of one number say the same, and
which rows are new, unchanged, corrected or faulty is known beforehand. Enterprises and products are invented.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from zhiheng.evidence.lake.columns import sql_columns
from zhiheng.evidence.registers.loading import load_register
from zhiheng.evidence.registers.model import Register
from zhiheng.rules.rulebook import open_rulebook

REGISTER_ID = "sampling.industrial"
CODES = Path(__file__).resolve().parent.parent / "src" / "zhiheng" / "rulebook" / "national" / "codes"
OURS, THEIRS = "云溪县市场监督管理局", "云溪县农业农村局"
IMPORTS = 10  # that filled the lake; each but the first corrects one in a hundred of the records before it
_UNITS = 20_000
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_STRIDE = 7_919  # a prime: multiples of it meet every record of the lake once
_FIRST_DAY, _DAYS = "2019-01-01", 2_880  # until 2026-11-20
_CORRECTED, _DIFFERENT = 99, 98  # salts of values that stand in no version of the lake
FAULTS = (
    "no_product",
    "no_such_day",
    "no_day",
    "no_such_word",
    "check_digit",
    "former_place",
    "no_such_place",
    "no_such_industry",
    "too_long",
    "reported_before",
    "sample_passed",
    "event_to_come",
)
_PRODUCTS = (
    ("电线电缆", "BV 2.5mm²", ("绝缘厚度", "导体电阻", "绝缘电阻", "标志"), "mm"),
    ("儿童玩具", "3岁以上,塑料", ("小零件", "可迁移元素铅", "增塑剂", "警示标识"), "mg/kg"),
    ("复合肥料", "N-P-K 15-15-15", ("总养分", "水分", "氯离子", "粒度"), "%"),
    ("涂料", "内墙 18L", ("VOC含量", "甲醛", "对比率", "耐洗刷性"), "g/L"),
    ("床上用品", "200cm×230cm", ("纤维含量", "甲醛含量", "pH值", "色牢度"), "mg/kg"),
    ("家用插座", "10A 250V", ("分断容量", "温升", "拔出插头所需的力", "防触电保护"), "N"),
    ("车用汽油", "92号", ("研究法辛烷值", "硫含量", "苯含量", "蒸气压"), "mg/kg"),
    ("水泥", "P·O 42.5", ("28天抗压强度", "凝结时间", "安定性", "三氧化硫"), "MPa"),
    ("电动自行车", "TDT01Z", ("整车质量", "最高车速", "制动性能", "充电器"), "km/h"),
    ("学生文具", "12色", ("可迁移元素", "苯", "氯代烃", "标签"), "mg/kg"),
    ("燃气灶具", "JZT-2", ("热负荷准确度", "熄火保护", "热效率", "气密性"), "%"),
    ("灭火器", "MFZ/ABC4", ("灭火剂主要组分含量", "充装误差", "喷射性能", "筒体爆破强度"), "%"),
)


def sampling_register() -> Register:
    return load_register(open_rulebook(), REGISTER_ID)


def lay_out_pools(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Tables `places`, `former`, `industries`, `units`, `products` that records draw from, and the macro `draw`."""
    random = np.random.default_rng(seed)
    today, former = _rows("gbt2260.csv"), _rows("gbt2260_former.csv")
    names = Counter(row["name"] for row in (*today, *former))
    past = {row["code"] for row in former}
    areas = [row for row in today if row["level"] == "area" and row["code"] not in past]
    gone = [row for row in former if row["end"] == "2021-01-01" and row["level"] == "area"]
    divisions = [row for row in _rows("gbt4754.csv") if row["code"].isdigit() and 13 <= int(row["code"]) <= 43]
    _table(
        connection,
        "places",
        {"place": [r["code"] for r in areas], "word": [r["name"] if names[r["name"]] == 1 else r["code"] for r in areas]},
    )
    _table(connection, "former", {"place": [row["code"] for row in gone]})
    _table(connection, "industries", {"industry": sorted({row["code"] for row in divisions})})
    _table(
        connection, "units", {"unit": [f"云溪示例企业第{n:05}号有限公司" for n in range(_UNITS)], "code": _credit_codes(random)}
    )
    columns = list(zip(*_PRODUCTS, strict=True))
    _table(
        connection, "products", {"product": columns[0], "specification": columns[1], "items": columns[2], "unit": columns[3]}
    )
    connection.execute(
        f"create or replace macro draw(number, salt, many) as (hash(number * 1000 + salt + {seed} * 7) % many)::bigint"
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (CODES / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def _table(connection: duckdb.DuckDBPyConnection, name: str, columns: dict[str, Sequence[object]]) -> None:
    connection.register("given", pa.table(columns))
    connection.execute(f"create or replace table {name} as select row_number() over () - 1 as n, * from given")
    connection.unregister("given")
    connection.execute(f"create or replace macro {name}_many() as {len(next(iter(columns.values())))}")


def _credit_codes(random: np.random.Generator) -> list[str]:
    """Of 18 characters with the check digit of GB 32100-2015."""
    body = random.integers(0, 31, (_UNITS, 17))
    body[:, 0], body[:, 1], body[:, 2:8] = 9, 1, random.integers(0, 10, (_UNITS, 6))
    weights = np.array([pow(3, n, 31) for n in range(17)])
    check = (31 - body @ weights % 31) % 31
    letters = np.array(list(_ALPHABET))
    return ["".join(row) for row in letters[np.column_stack([body, check])]]


def records(numbers: str, lake: int, first: str = _FIRST_DAY, days: int = _DAYS) -> str:
    """SQL of the records of a relation of `i` and `salt` (0: as first reported), in canonical values; its other columns stay.

    Four records are the items of one sample. Days of the records in the lake go forward with their number.
    """
    span = f"case when i < {lake} then (i * {days - 90} // {lake}) + draw(s, 1, 90) else draw(s, 1, {days}) end"
    return f"""
    with numbered as (select *, i // 4 as s, i % 4 as j from ({numbers})),
    drawn as (select *, date '{first}' + ({span})::integer as sampled_on, draw(s, 3, 1000) as shape,
        draw(s, 20, 25) = 0 as fails, draw(s, 22, 10) = 0 as passed_again from numbered)
    select drawn.*,
        ['supervision', 'risk', 'pass_rate_survey'][1 + shape % 3] as programme,
        ['national', 'provincial', 'municipal', 'county'][1 + draw(s, 4, 4)] as level,
        'YX' || year(sampled_on) || '-' || lpad(s::varchar, 9, '0') as sample_number,
        case when draw(s, 5, 20) > 0 then sampled_on + (5 + draw(s, 6, 35))::integer end as reported_on,
        case when f.place is not null then f.place else l.place end as place,
        u.unit as sampled_unit,
        case when draw(s, 7, 10) > 0 then u.code end as sampled_unit_code,
        u.code as unit_code,
        p.unit as producer,
        case when draw(s, 8, 4) > 0 then p.code end as producer_code,
        case when draw(s, 9, 5) > 0 then d.industry end as industry,
        case when draw(s, 10, 3) = 0 then 'XK06-' || lpad(draw(s, 11, 1000000)::varchar, 6, '0') end as licence,
        g.product,
        g.specification,
        ['云溪', '示例牌', null, '/'][1 + draw(s, 12, 4)] as trademark,
        strftime(sampled_on - (draw(s, 13, 200) + 10)::integer, '%Y%m%d') || lpad(draw(s, 14, 100)::varchar, 2, '0') as batch,
        g.items[1 + j] as item,
        printf('%.2f', (draw(i, 30 + salt, 1000) * 100 + salt % 100) / 100.0) || g.unit as value,
        '≤' || (1 + draw(s, 16, 50)) || g.unit as "limit",
        case when fails and draw(s, 21, 4) = j then 'fail' when draw(i, 17, 200) = 0 then 'unjudged' else 'pass' end as outcome,
        case when fails and not passed_again then 'fail' when draw(s, 18, 10) > 0 or fails then 'pass' end as sample_outcome,
        '云溪示例检验检测中心' || (1 + draw(s, 19, 40)) as laboratory,
        case when fails and passed_again then 'pass' end as retest
    from drawn
    join places l on l.n = draw(s, 40, places_many())
    left join former f on f.n = case when sampled_on < date '2021-01-01' and draw(s, 41, 30) = 0 then draw(s, 42, former_many()) end
    join units u on u.n = draw(s, 43, units_many()) join units p on p.n = draw(s, 44, units_many())
    join industries d on d.n = draw(s, 45, industries_many()) join products g on g.n = draw(s, 46, products_many())
    """


def standing_salt(lake: int) -> str:
    """SQL of the salt of the version of record `i` that stands in the lake: the last import that corrected it."""
    chunk = lake // IMPORTS
    return f"coalesce(list_max(list_filter(range(i // {chunk} + 1, {IMPORTS}), lambda k: draw(i, 700 + k, 100) = 0)), 0)"


def reported_by_others() -> str:
    """SQL: record `i` of the lake was reported by another office."""
    return "i % 50 = 7"


def staged_import(register: Register, number: int, lake: int) -> str:
    """SQL of what import `number` brought to the lake, in the columns that `keep` takes."""
    chunk = lake // IMPORTS
    numbers = f"select range as i, 0 as salt from range({number * chunk}, {(number + 1) * chunk})"
    if number:
        before = f"select range as i from range({number * chunk})"
        numbers += f" union all select i, {number} from ({before}) where draw(i, {700 + number}, 100) = 0"
    return staged(register, records(numbers, lake), f"i % {chunk} + 2", f"{number:064}")


def staged(register: Register, rows: str, row: str, file: str, more: Sequence[str] = ()) -> str:
    """SQL of records with the columns of the lake that an import brings; `row` is where one stood in the file, `more` stays."""
    given = [field.id for field in register.open_fields]
    key = ", ".join(f'"{name}"' for name in register.key)
    said = ", ".join(f"'{name}=' || \"{name}\"" for name in sorted(given))
    ours = {
        "days_to_report": "(reported_on - sampled_on)::bigint",
        "_key": f"concat_ws(chr(31), {key})",
        "_digest": f"unhex(substr(sha256(concat_ws(chr(30), {said})), 1, 32))",
        "_file": f"'{file}'",
        "_sheet": "''",
        "_row": f"({row})::integer",
        "_reporter": f"case when {reported_by_others()} then '{THEIRS}' else '{OURS}' end",
        "_person": "null::varchar",
        "_year": "year(sampled_on)::integer",
    }
    left = [n for n in sql_columns(register) if n in given or n in ours]
    chosen = ", ".join(f'{ours[n]} as "{n}"' if n in ours else f'"{n}"' for n in (*left, *more))
    return f"select {chosen} from ({rows})"


def write_file(connection: duckdb.DuckDBPyConnection, register: Register, path: Path, rows: int, lake: int) -> dict[str, int]:
    """Write the file that is handed in; how many of its rows are to be found new, unchanged, corrected, asked, refused, repeated."""
    copies = rows // 500
    connection.execute(
        f"create or replace table plan as with lines as (select range as n, range >= {rows - copies} as copied from range({rows})), "
        f"chosen as (select *, case when copied then (n - {rows - copies}) * 7 else n end as m from lines), "
        f"kinds as (select *, draw(m, 50, 1000) as kind from chosen) "
        f"select *, case when kind < 180 then (m * {_STRIDE}) % {lake} else {lake} + m end as i, "
        f"case when kind between 180 and 199 then draw(m, 51, {len(FAULTS)}) + 1 else 0 end as fault, "
        f"copied and m % 2 = 1 and kind not between 180 and 199 as differs from kinds"
    )
    salt = f"case when differs then {_DIFFERENT} when kind < 100 then {standing_salt(lake)} when kind < 180 then {_CORRECTED} else 0 end"
    said = ", ".join(f'{_said(field.id)} as "{field.name}"' for field in register.fields)
    connection.execute(
        f"copy (select {said} from ({records(f'select *, {salt} as salt from plan', lake)}) left join (select place, word from places) using (place) "
        f"order by n) to '{path}' (format csv, header true)"
    )
    return _expected(connection)


def _said(name: str) -> str:
    """SQL of what stands in the file for a field; `fault` counts `FAULTS` from 1, `n` is the line."""
    words = {
        "programme": (
            "supervision",
            "监督抽查",
            "监督抽检",
            "risk",
            "风险监测",
            "风险抽查",
            "pass_rate_survey",
            "合格率抽样调查",
            "合格率抽样调查",
        ),
        "level": ("national", "国家", "国抽", "provincial", "省", "省级", "municipal", "市", "市级", "county", "县", "区级"),
    }
    said = f'"{name}"'
    if name in ("outcome", "sample_outcome", "retest"):
        said = _worded(name, ("pass", "合格", "符合", "fail", "不合格", "不符合", "unjudged", "未作判定", "未判定"))
    elif name in words:
        said = _worded(name, words[name])
    elif name.endswith("_on"):
        said = _dated(name)
    elif name.endswith("_code"):
        said = f"case when n % 100 = 3 then lower({name}) else {name} end"
    elif name == "place":
        said = "case when n % 7 = 0 then coalesce(word, place) else place end"
    elif name in ("product", "sampled_unit"):
        said = f"case when n % 100 = 5 then ' ' || {name} || ' ' else {name} end"
    faulty = _FAULTY.get(name, {})
    cases = " ".join(f"when {FAULTS.index(fault) + 1} then {sql}" for fault, sql in faulty.items())
    return f"case fault {cases} else {said} end" if cases else said


_FAULTY = {
    "product": {"no_product": "' '"},
    "sampled_on": {
        "no_such_day": "'2023-02-30'",
        "no_day": "'不详'",
        "event_to_come": "'2027-03-01'",
        "former_place": "'2022-05-06'",
    },
    "reported_on": {
        "no_such_day": "null",
        "no_day": "null",
        "event_to_come": "null",
        "former_place": "null",
        "reported_before": "(sampled_on - 3)::varchar",
    },
    "programme": {"no_such_word": "'专项行动'"},
    "sampled_unit_code": {
        "check_digit": "case when unit_code[18] = '0' then unit_code[:17] || '1' else unit_code[:17] || '0' end",
    },
    "place": {"former_place": "(select place from former where n = 0)", "no_such_place": "'云溪县高新区'"},
    "industry": {"no_such_industry": "'99'"},
    "licence": {"too_long": "repeat('X', 61)"},
    "outcome": {"sample_passed": "'不合格'"},
    "sample_outcome": {"sample_passed": "'合格'"},
    "retest": {"sample_passed": "null"},
}


def _worded(name: str, words: tuple[str, ...]) -> str:
    """The first word of each code in nine lines of ten, the other one in the tenth."""
    triples = zip(words[::3], words[1::3], words[2::3], strict=True)
    return (
        f"case {name} "
        + " ".join(f"when '{c}' then case when n % 10 = 4 then '{b}' else '{a}' end" for c, a, b in triples)
        + " end"
    )


def _dated(name: str) -> str:
    return (
        f"case n % 20 when 1 then strftime({name}, '%Y/%-m/%-d') when 2 then strftime({name}, '%Y年%-m月%-d日') "
        f"when 3 then strftime({name}, '%Y%m%d') when 4 then strftime({name}, '%Y.%m.%d') else {name}::varchar end"
    )


def _expected(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    differing = "m in (select m from plan where differs)"
    told = {
        "refused": f"fault > 0 or {differing}",
        "repeated": f"copied and fault = 0 and not {differing}",
        "unchanged": "not copied and kind < 100",
        "asked": f"not copied and kind between 100 and 179 and {reported_by_others()}",
        "corrected": f"not copied and kind between 100 and 179 and not ({reported_by_others()})",
        "new": "not copied and kind >= 200",
    }
    counts = ", ".join(
        f"count(*) filter ({sql}{'' if name in ('refused', 'repeated') else f' and not {differing}'})"
        for name, sql in told.items()
    )
    found = connection.execute(f"select {counts} from plan").fetchall()[0]
    return dict(zip(told, map(int, found), strict=True))
