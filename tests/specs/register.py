"""Which register and indicators do the specs speak of? Fields of every kind that a definition can ask of, under short names."""

from __future__ import annotations

from pathlib import Path

from zhiheng.rules.rulebook import Rulebook, open_rulebook

REGISTER = """\
name: 规格记录
english: records of specs
about: {zh: 一行是一条记录。, en: One row is one record.}
key: [key]
event_date: day
place: place
retention: {years: 5, citation: {doc: 办法, clause: 第一条}}
fields:
  - {id: key, name: 编号, english: key, kind: text, required: true}
  - {id: day, name: 日期, english: day, kind: date, required: true}
  - {id: told, name: 报告日期, english: told, kind: date}
  - {id: at, name: 时刻, english: at, kind: datetime}
  - {id: place, name: 地区, english: place, kind: place, required: true}
  - {id: unit, name: 单位名称, english: unit, kind: text}
  - {id: level, name: 级别, english: level, kind: code, codes: authority_level}
  - {id: programme, name: 计划, english: programme, kind: text}
  - {id: outcome, name: 判定, english: outcome, kind: code, codes: sampling_outcome}
  - {id: good, name: 是否达标, english: good, kind: boolean}
  - {id: amount, name: 数值, english: amount, kind: decimal, decimals: 2}
  - {id: other, name: 另一数值, english: other, kind: decimal, decimals: 3}
  - {id: weight, name: 权重, english: weight, kind: decimal, decimals: 3}
  - {id: pieces, name: 件数, english: pieces, kind: integer}
  - {id: ends, name: 有效期至, english: ends, kind: date}
  - {id: withdrawn, name: 撤销日期, english: withdrawn, kind: date}
"""
DECLARATIONS = """\
name: 完整性声明
english: declarations
about: {zh: 一行是一份声明。, en: One row is one declaration.}
key: [place, kind, first]
event_date: first
place: place
retention: {years: 5, citation: {doc: 办法, clause: 第一条}}
fields:
  - {id: place, name: 地区, english: place, kind: place, required: true}
  - {id: kind, name: 类别, english: kind, kind: code, required: true, codes: sampling_outcome}
  - {id: first, name: 时期起, english: first, kind: date, required: true}
  - {id: last, name: 时期止, english: last, kind: date, required: true}
"""
CATALOGUE = """\
group: 规格
english: Specs
indicators:
  share: {name: 规格比率, english: Share, unit: "%", direction: higher, confirmed: false}
  number: {name: 规格件数, english: Number, unit: 件, direction: higher, confirmed: false}
  mean: {name: 规格均值, english: Mean, unit: 毫克/升, direction: lower, confirmed: false}
"""
FRAME = """\
about: {{zh: "规格。", en: "Spec."}}
register: spec
{body}
decimals: {decimals}
citation: {{doc: 规格, clause: 第一条}}
confirmed: true
"""


def rulebook_with(folder: Path, indicator: str, body: str, decimals: int = 1) -> Rulebook:
    """The nation's rulebook with the register of the specs and one definition, in `folder`."""
    files = {
        "registers/spec.yaml": REGISTER,
        "registers/declared.yaml": DECLARATIONS,
        "catalogue/spec.yaml": CATALOGUE,
        f"indicators/spec/{indicator}.yaml": FRAME.format(body=body.strip(), decimals=decimals),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_rulebook(installation=folder)
