"""In which Chinese words does a plan's Excel form show what the record keeps as codes?

Only the cells speak Chinese: the record comes back with its own codes. What has no word here stands as it is, and a text
that happens to look like one of the words stands in quotes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from zhiheng.plans.form_cells import OBJECT, SENTENCES, Cell, CellFault, Codec, cell_text, quoted_cell, text_cell
from zhiheng.plans.labels import label, labels, word_of
from zhiheng.plans.model import CommitmentClass

# Why a number of the paper is no quantity (`plans.coverage`, `plans.quantities.exclusions`).
REASONS: Mapping[str, str] = {
    "age group": "年龄段",
    "body": "机构数的泛称",
    "by_hand": "人工排除",
    "class descriptor": "等级或规格名称",
    "code": "代号、型号",
    "congress": "会议届次",
    "date": "日期",
    "document number": "文号",
    "document title": "文件名称",
    "footnote mark": "脚注号",
    "formula label": "“1+N”一类的名称",
    "frequency": "频次",
    "grade": "等级",
    "guiding ideas and principles state no quantity": "指导思想、基本原则中的数",
    "heading number": "标题序号",
    "hotline": "热线号码",
    "idiom": "固定说法",
    "index number": "索引号",
    "inside a title": "标题中的数",
    "inside a unit or code": "单位或代号的一部分",
    "inside an indicator name": "指标名称的一部分",
    "length of time": "时长",
    "list number": "列项序号",
    "meeting number": "会议次数",
    "number of a table or box": "表、图、专栏的编号",
    "ordinal": "序数",
    "particulars of the paper": "文件的著录信息",
    "per-head base": "“每万人”一类的基数",
    "plan period": "规划期",
    "quoted label": "引号中的名称",
    "run of years": "连续年数",
    "set label": "“三类”“五大”一类的合称",
    "table note": "表注",
    "table serial number": "表格序号",
    "telephone": "电话号码",
    "vague quantity": "概数",
    "water class": "水质类别",
    "year": "年份",
}
# Why a target is judged the way it is (`plans.convention`), part by part.
JUDGED_BY: Mapping[str, str] = {
    "printed": "原文写明",
    "whole": "比率以100%为满",
    "counted": "计数指标，多者为好",
    "open": "原文没有说明",
    "by_hand": "人工填写",
    "rule:plan/bare_number": "规则：没有界限词的数",
    "direction=higher": "越高越好",
    "direction=lower": "越低越好",
    "direction=none": "不分高低",
    "by=catalogue": "方向出自指标目录",
    "by=rule:plan/direction_by_ending": "方向出自指标名称的词尾",
}
DIRECTIONS: Mapping[str, str] = {"higher": "越高越好", "lower": "越低越好", "none": "不分高低"}
MATCHES: Mapping[str, str] = {"name": "标准名称", "alias": "别名", "similar": "名称相近"}
# What a paper says beside the asked-for particulars, and the particulars whose lines are kept.
PARTICULARS: Mapping[str, str] = {
    "notice_title": "通知标题",
    "publisher": "发布单位",
    "info_source": "信息来源",
    "document_number_normalised": "规范文号",
    "long_term_year": "远景年份",
    "lines": "所在行",
    "title": "规划名称",
    "issuing_body": "发文机关",
    "document_number": "文号",
    "index_no": "索引号",
    "adopted_date": "成文日期",
    "published_date": "发布日期",
    "period_start": "起始年份",
    "period_end": "截止年份",
    "region_name": "地区",
}
_JOINT = "；"
_SENTENCE = re.compile(r"(?P<text>.*)〔(?P<verb>[^〔〕，]*)，(?P<how>[^〔〕，]*)〕")
_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,8}")


def named(words: Mapping[str, str], *, joint: str = "", offered: bool = False) -> Codec:
    """A code shown as its word; with `joint`, codes between blanks as words between joints. `offered`: as a drop-down."""
    codes = {word: code for code, word in words.items()}

    def code_of(text: str) -> str | None:
        found = [codes.get(part) for part in (text.split(joint) if joint else [text])]
        return None if None in found else " ".join(str(code) for code in found)

    def write(value: str) -> Cell:
        found = [words.get(part) for part in (value.split(" ") if joint else [value])]
        if None not in found:
            return joint.join(str(word) for word in found)
        return quoted_cell(value) if code_of(value) is not None else text_cell(value)

    def read(cell: object) -> str:
        code = code_of(cell) if isinstance(cell, str) else None
        return cell_text(cell) if code is None else code

    return Codec(write, read, tuple(words.values()) if offered else ())


def _readable(lines: list[str], value: object, codec: Codec, plain: Codec) -> Cell:
    """The lines where they hold the value whole, else its JSON."""
    joined = "\n".join(lines)
    if joined and text_cell(joined) == joined and joined[0] not in "[{":
        try:
            if _same(codec.read(joined), value):
                return joined
        except CellFault:
            pass
    return plain.write(value)


def _same(one: object, other: object) -> bool:
    return json.dumps(one, ensure_ascii=False) == json.dumps(other, ensure_ascii=False)


def _write_sentences(value: list[dict[str, Any]]) -> Cell:
    lines = [f"{s['text']}〔{s['verb']}，{label(CommitmentClass(s['commitment_class']))}〕" for s in value]
    return _readable(lines, value, COMMITTED, SENTENCES)


def _read_sentences(cell: object) -> list[dict[str, Any]]:
    printed = cell_text(cell)
    if printed.startswith("["):
        found: list[dict[str, Any]] = SENTENCES.read(printed)
        return found
    return [_sentence(line) for line in printed.split("\n") if line.strip()]


def _sentence(line: str) -> dict[str, Any]:
    m = _SENTENCE.fullmatch(line)
    how = word_of(CommitmentClass, m["how"]) if m else None
    if m is None or how is None:
        raise CellFault(f"每行一句，末尾写〔动词，等级〕，等级为{'、'.join(labels(CommitmentClass))}之一")
    return {"text": m["text"], "verb": m["verb"], "commitment_class": how.value}


def _write_particulars(value: dict[str, Any]) -> Cell:
    lines = []
    for key, held in value.items():
        shown = _JOINT.join(f"{PARTICULARS.get(k, k)}={v}" for k, v in held.items()) if isinstance(held, dict) else held
        lines.append(f"{PARTICULARS.get(key, key)}：{shown}")
    return _readable(lines, value, BESIDE, OBJECT)


def _read_particulars(cell: object) -> dict[str, Any]:
    printed = cell_text(cell)
    if printed.startswith("{"):
        found: dict[str, Any] = OBJECT.read(printed)
        return found
    keys = {word: key for key, word in PARTICULARS.items()}
    read: dict[str, Any] = {}
    for line in filter(str.strip, printed.split("\n")):
        name, colon, said = line.partition("：")
        if not colon:
            raise CellFault("每行一项，如“通知标题：……”")
        key = keys.get(name, name)
        read[key] = _lines(said, keys) if key == "lines" else int(said) if _WHOLE.fullmatch(said) else said
    return read


def _lines(said: str, keys: Mapping[str, str]) -> dict[str, int]:
    pairs = [part.partition("=") for part in said.split(_JOINT) if part]
    if not all(_WHOLE.fullmatch(line) for _, _, line in pairs):
        raise CellFault("形如“规划名称=1；文号=3”的行号")
    return {keys.get(name, name): int(line) for name, _, line in pairs}


REASON = named(REASONS)
WHY_JUDGED = named(JUDGED_BY, joint=_JOINT)
DIRECTION = named(DIRECTIONS, offered=True)
MATCH = named(MATCHES)
COMMITTED = Codec(_write_sentences, _read_sentences)
BESIDE = Codec(_write_particulars, _read_particulars)
