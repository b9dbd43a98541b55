"""A register with a field of every kind, and rows that are laid into the lake without an import."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from zhiheng.evidence.lake.columns import sql_columns
from zhiheng.evidence.lake.home import Home
from zhiheng.evidence.lake.journal import ImportState, JournalEntry
from zhiheng.evidence.lake.keeping import Kept, keep
from zhiheng.evidence.registers.loading import load_register
from zhiheng.evidence.registers.model import Register
from zhiheng.rules.rulebook import open_rulebook

DEFINITION = """\
name: 样品登记
english: samples
about: {zh: 一行是一件样品。, en: One row is one sample.}
key: [number]
event_date: taken_on
place: place
retention: {years: 5, citation: {doc: 办法, clause: 第一条}}
fields:
  - {id: number, name: 编号, english: number, kind: text, required: true, max: 60, aliases: [样品号]}
  - {id: taken_on, name: 抽样日期, english: taken on, kind: date, required: true}
  - {id: told_at, name: 报告时间, english: told at, kind: datetime}
  - {id: place, name: 抽样地区, english: place, kind: place, required: true}
  - {id: industry, name: 行业, english: industry, kind: industry}
  - {id: level, name: 级别, english: level, kind: code, codes: levels}
  - {id: amount, name: 数量, english: amount, kind: decimal, decimals: 3, unit: 千克, least: "0", most: "999999999999999"}
  - {id: change, name: 增减, english: change, kind: decimal, decimals: 8}
  - {id: pieces, name: 件数, english: pieces, kind: integer, least: "-5"}
  - {id: urgent, name: 是否加急, english: urgent, kind: boolean}
  - {id: holder_code, name: 持有单位代码, english: holder code, kind: identifier, scheme: uscc}
  - {id: holder, name: 持有单位, english: holder, kind: organisation}
  - {id: paper, name: 附件, english: paper, kind: file}
  - {id: remark, name: 备注, english: remark, kind: text, max: 2000}
  - {id: who, name: 送样人, english: who, kind: text, sensitivity: personal}
  - {id: born_on, name: 出生日期, english: born on, kind: date, sensitivity: sensitive_personal}
checks:
  - {id: in_order, holds: "told_at >= taken_on", column: told_at, zh: 报告早于抽样。请核对。, en: Told before taken.}
  - {id: few, holds: "pieces < 100", severity: warning, column: pieces, zh: 件数很多。请核对。, en: Many pieces.}
derived:
  - {id: days, name: 天数, english: days, kind: integer, by: calendar.days_between, of: [taken_on, told_at]}
"""
# A name that was given twice over time, a code that changed its name, and one of each other kind.
LEVELS = """\
name: 级别
codes:
  - {code: "n", name: 国家, aliases: [国抽]}
  - {code: "c", name: 县, start: 2020-01-01, end: 2024-01-01}
  - {code: "d", name: 区, start: 2024-01-01}
"""
LAID_BY_US = ("_version", "_known_from", "_import", "_corrects")


def every_kind(folder: Path) -> Register:
    """The register, its definition in `folder`."""
    for name, text in {"registers/samples.yaml": DEFINITION, "codes/levels.yaml": LEVELS}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_register(open_rulebook(installation=folder), "samples")


def lay_in(home: Home, register: Register, rows: Sequence[Mapping[str, Any]], name: str = "a") -> Kept:
    """Rows by field id straight into the lake; `_person` may be among them."""
    kinds = {column: kind for column, kind in sql_columns(register).items() if column not in LAID_BY_US}
    with duckdb.connect() as connection:
        columns = ", ".join(f'"{column}" {kind}' for column, kind in kinds.items())
        connection.execute(f"create table staged ({columns})")
        marks = ", ".join("?" * len(kinds))
        for number, row in enumerate(rows, 2):
            key = "\x1f".join(str(row[field]) for field in register.key)
            digest = hashlib.sha256(repr(sorted(row.items())).encode()).digest()[:16]
            year = row[register.event_date].year
            ours = {
                "_key": key,
                "_digest": digest,
                "_file": "f",
                "_sheet": "s",
                "_row": number,
                "_reporter": "所",
                "_year": year,
            }
            connection.execute(f"insert into staged values ({marks})", [({**row, **ours}).get(column) for column in kinds])
        entry = JournalEntry(name, register.id, ImportState.BEGUN, "2026-02-01T08:00:00+08:00", "张三", {})
        return keep(home, register, connection, "staged", entry)
