"""The same import as a person who knows SQL and this one register would write it: `reference_import.py LAKE FILE OUT`.

Reads, checks, looks keys up among the standing records and writes Parquet and the refused rows. It knows no other register,
no other writing of a table, no sentence, no provenance and no crash.
"""

from __future__ import annotations

import json
import sys
import time

import duckdb
from digests import peak, taken_rows
from sampling_rows import CODES, OURS

AS_OF = "date '2026-11-27'"
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = [pow(3, n, 31) for n in range(17)]
_TOTAL = " + ".join(f"(instr('{_ALPHABET}', c[{n}]) - 1) * {weight}" for n, weight in enumerate(_WEIGHTS, 1))

MACROS = rf"""
create macro tidy(t) as nullif(trim(t), '');
create macro dated(t) as coalesce(try_cast(t as date), try_cast(
    case when regexp_full_match(t, '\d{{8}}') then t[:4] || '-' || t[5:6] || '-' || t[7:8]
    else rtrim(translate(t, '年月日./', '-- --')) end as date));
create macro credit_code(c) as regexp_full_match(c, '[{_ALPHABET}]{{18}}')
    and (31 - ({_TOTAL}) % 31) % 31 = instr('{_ALPHABET}', c[18]) - 1;
create macro programme_of(w) as case w when '监督抽查' then 'supervision' when '监督抽检' then 'supervision' when '风险监测' then 'risk'
    when '风险抽查' then 'risk' when '制造业产品质量合格率调查' then 'pass_rate_survey' when '合格率抽样调查' then 'pass_rate_survey' end;
create macro level_of(w) as case when w in ('国家', '国家级', '国抽') then 'national' when w in ('省', '省级', '省抽') then 'provincial'
    when w in ('市', '市级', '地市级', '市抽') then 'municipal' when w in ('县', '县级', '区级', '区', '县区级', '县抽') then 'county' end;
create macro outcome_of(w) as case when w in ('合格', '符合', '通过', '达标') then 'pass' when w in ('不合格', '不符合', '不通过', '不达标') then 'fail'
    when w in ('未作判定', '不作判定', '未判定') then 'unjudged' end;
"""

WORDS = f"""
create table codes as
    select code, name, date '0001-01-01' as start, date '9999-12-31' as until from read_csv('{CODES}/gbt2260.csv', all_varchar = true)
    union all select code, name, coalesce("start"::date, date '0001-01-01'), coalesce("end"::date, date '9999-12-31')
    from read_csv('{CODES}/gbt2260_former.csv', all_varchar = true);
create table places as select code as word, code, start, until from codes
    union all select name, any_value(code), min(start), max(until) from codes group by name having count(distinct code) = 1;
create table industries as select code, coalesce("start"::date, date '0001-01-01') as start, coalesce("end"::date, date '9999-12-31') as until
    from read_csv('{CODES}/gbt4754.csv', all_varchar = true) where code similar to '\\d\\d';
"""

FAULTS = {
    "抽检计划": "programme is null",
    "组织级别": "level is null",
    "抽样编号": "sample_number is null or length(sample_number) > 60",
    "抽样日期": f"sampled_on is null or sampled_on > {AS_OF} or year(sampled_on) not between 1800 and 2199",
    "报告日期": "reported_text is not null and reported_on is null or year(reported_on) not between 1800 and 2199",
    "抽样地区": "place is null",
    "被抽样单位": "length(sampled_unit) > 500",
    "被抽样单位信用代码": "not credit_code(sampled_unit_code)",
    "生产单位": "length(producer) > 500",
    "生产单位信用代码": "not credit_code(producer_code)",
    "行业代码": "industry_text is not null and industry is null",
    "许可或认证证书编号": "length(licence) > 60",
    "产品名称": "product is null or length(product) > 200",
    "规格型号": "length(specification) > 200",
    "商标": "length(trademark) > 100",
    "生产日期或批号": "length(batch) > 100",
    "检验项目": "item is null or length(item) > 200",
    "检测值": "length(value) > 100",
    "标准值": 'length("limit") > 100',
    "项目判定": "outcome is null",
    "样品判定": "sample_text is not null and sample_outcome is null",
    "检验机构": "length(laboratory) > 500",
    "复检结论": "retest_text is not null and retest is null",
    "报告日期早于抽样日期": "reported_on < sampled_on",
    "不合格项目的样品判为合格": "outcome = 'fail' and sample_outcome = 'pass' and retest is distinct from 'pass'",
}
FIELDS = (
    "programme level sample_number sampled_on reported_on place sampled_unit sampled_unit_code producer producer_code industry licence "
    "product specification trademark batch item value limit outcome sample_outcome laboratory retest"
).split()
_NAMED = ", ".join(f'"{name}"' for name in FIELDS)
_SAID = ", ".join(f"'{name}=' || \"{name}\"" for name in sorted(FIELDS))
_MARKS = " + ".join(f"case when {sql} then {1 << bit}::bigint else 0 end" for bit, sql in enumerate(FAULTS.values()))
_REASONS = ", ".join(f"case when faults & {1 << bit} <> 0 then '{name}' end" for bit, name in enumerate(FAULTS))

CHECKED = f"""
create table raw as select * from read_csv(?, header = true, all_varchar = true);
create table checked as
with texts as (
    select rowid + 2 as _row, tidy("抽检计划") as programme_text, tidy("组织级别") as level_text, tidy("抽样编号") as sample_number,
        tidy("抽样日期") as sampled_text, tidy("报告日期") as reported_text, tidy("抽样地区") as place_text, tidy("被抽样单位") as sampled_unit,
        upper(tidy("被抽样单位信用代码")) as sampled_unit_code, tidy("生产单位") as producer, upper(tidy("生产单位信用代码")) as producer_code,
        tidy("行业代码") as industry_text, tidy("许可或认证证书编号") as licence, tidy("产品名称") as product, tidy("规格型号") as specification,
        tidy("商标") as trademark, tidy("生产日期或批号") as batch, tidy("检验项目") as item, tidy("检测值") as value, tidy("标准值") as "limit",
        tidy("项目判定") as outcome_text, tidy("样品判定") as sample_text, tidy("检验机构") as laboratory, tidy("复检结论") as retest_text
    from raw),
typed as (
    select *, programme_of(programme_text) as programme, level_of(level_text) as level, dated(sampled_text) as sampled_on,
        dated(reported_text) as reported_on, outcome_of(outcome_text) as outcome, outcome_of(sample_text) as sample_outcome,
        outcome_of(retest_text) as retest
    from texts),
placed as (
    select typed.*, p.code as place, i.code as industry from typed
    left join places p on p.word = place_text and coalesce(sampled_on, {AS_OF}) >= p.start and coalesce(sampled_on, {AS_OF}) < p.until
    left join industries i
        on i.code = industry_text and coalesce(sampled_on, {AS_OF}) >= i.start and coalesce(sampled_on, {AS_OF}) < i.until)
select _row, {_NAMED}, concat_ws(chr(31), programme, level, sample_number, item) as _key, {_MARKS} as faults from placed
"""

SETTLED = f"""
create table repeated as
with twice as (select _key from checked where faults = 0 group by _key having count(*) > 1),
found as (select _row, _key, hash({_NAMED}) as payload from checked semi join twice using (_key) where faults = 0),
groups as (select _key, min(payload) <> max(payload) as differs, min(_row) as first from found group by _key)
select _row, differs from found join groups using (_key) where differs or _row <> first;
create table sound as
select * exclude (faults), unhex(substr(sha256(concat_ws(chr(30), {_SAID})), 1, 32)) as _digest,
    reported_on - sampled_on as days_to_report, year(sampled_on) as _year
from checked where faults = 0 and _row not in (select _row from repeated);
create table standing as
select _key, max(_version) as version, arg_max(_digest, _version) as digest, arg_max(_reporter, _version) as reporter
from read_parquet(?, hive_partitioning = true) semi join sound using (_key) group by _key;
create table settled as
select s.*, coalesce(version, 0)::integer + 1 as _version, version is not null as _corrects,
    case when version is null then 'new' when digest = _digest then 'unchanged' when reporter <> '{OURS}' then 'asked' else 'corrected' end as fate
from sound s left join standing using (_key)
"""


def main() -> None:
    lake, file, out = sys.argv[1:4]
    connection = duckdb.connect()
    began = time.perf_counter()
    connection.execute(MACROS)
    connection.execute(WORDS)
    raw, checked = CHECKED.split(";", 1)
    connection.execute(raw, [file])
    connection.execute(checked)
    steps = {"keep": time.perf_counter() - began}
    for statement in SETTLED.split(";\n"):
        connection.execute(statement, [f"{lake}/**/*.parquet"] if "?" in statement else [])
    connection.execute(
        f"copy (select * exclude (fate), '{OURS}' as _reporter from settled where fate in ('new', 'corrected')) to '{out}' "
        "(format parquet, compression zstd, partition_by (_year, _corrects))"
    )
    steps["report"] = time.perf_counter() - began
    connection.execute(
        f"copy (select raw.*, array_to_string([{_REASONS}, case when differs then '同一主键内容不同' end], '；') as reasons "
        "from raw join checked on checked._row = raw.rowid + 2 left join repeated r on r._row = checked._row "
        f"where faults <> 0 or r.differs) to '{out}/refused.csv' (format csv, header true)"
    )
    seconds, memory = time.perf_counter() - began, peak()
    counts = dict(connection.execute("select fate, count(*) from settled group by fate").fetchall())
    refused, repeated = connection.execute(
        "select (select count(*) from checked where faults <> 0) + count(*) filter (differs), count(*) filter (not differs) from repeated"
    ).fetchall()[0]
    found = {
        "refused": refused,
        "repeated": repeated,
        **{n: counts.get(n, 0) for n in ("unchanged", "asked", "corrected", "new")},
    }
    digest = taken_rows(f"select * from read_parquet('{out}/**/*.parquet', hive_partitioning = true)", connection)
    print(json.dumps({"seconds": seconds, "peak": memory, "counts": found, "digest": digest, "steps": steps}))


if __name__ == "__main__":
    main()
