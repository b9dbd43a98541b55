"""How does a line of a paper begin when it begins something new, and how does it look when it is a cell?

All patterns read folded text (`documents.fold`).
"""

from __future__ import annotations

import re

NUMERAL = "一二三四五六七八九十百"
HAN = "\u3400-\u9fff"

# 一、 but not the list 一、二、三 inside a sentence; 1. but not the number 1.5.
HEADING = re.compile(
    rf"[{NUMERAL}]{{1,4}}、(?![{NUMERAL}]{{1,3}}、)|\([{NUMERAL}]{{1,4}}\)|第[{NUMERAL}\d]{{1,4}}(?:[章节条篇编]|部分)"
    rf"|\d{{1,3}}[.、](?!\d)|\(\d{{1,3}}\)|专栏\s*[\d{NUMERAL}]|#{{1,6}}\s"
)
CAPTION = re.compile(rf"(?:续?表|图|附[件表图录])\s*[\d{NUMERAL}]{{1,3}}(?![{HAN}\d%])|附[件表图录]\s*[:\d]")
NOTE = re.compile(r"(?:备?注|说明|注释)\s*[:1-9①]")
ADDRESS = re.compile(r"各(?:县|市|区|镇|乡|街道|设区|旗|盟|州|省|有关|直属|委|部门|地)[^。;]{0,120}[,、:]")
META = re.compile(
    r"(?:索\s*引\s*号|主题分类|主\s*题\s*词|关\s*键\s*词|组配分类|体裁分类|服务对象"
    r"|(?:发布|发文|印发|公布|成文|生效|制发|制定|起草|公开|废止|失效)(?:机构|日期|时间|单位|部门|机关|字号|文号|类[型别]|属性|期限|方式|形式|程序|状态)"
    r"|标\s*题|名\s*称|文\s*号|文件(?:编号|名称|字号)|信息(?:来源|名称|分类)|文章来源|稿件来源|来\s*源|日\s*期|有\s*效\s*性|登记号)\s*[:]"
)
DATE = re.compile(r"(?:\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|二[〇○OО零0][〇○OО零0一二三四五六七八九]{2}年.{2,8}日)$")
ORNAMENT = re.compile(r"(?:[·•●○■□◆◇▪▫►▶➢➤※▲△★☆]|[-*+](?=\s))\s*")
ITEM = re.compile(
    rf"——|—\s?(?=[{HAN}])|[①-⑳⑴-⒇⒈-⒛❶-❿]|[{NUMERAL}]是|其[{NUMERAL}][,是、]|\d{{1,2}}\)|[1-9](?:\.[1-9]){{1,3}}\s+(?=[{HAN}])|{ORNAMENT.pattern}"
)

_BEGINS = re.compile("|".join(f"(?:{p.pattern})" for p in (HEADING, CAPTION, NOTE, META, DATE)))
ALONE = re.compile("|".join(f"(?:{p.pattern})" for p in (META, DATE, CAPTION)))
PROSE = re.compile(r"[。;]|,(?!\d{3})")
CLOSED = re.compile(r"[。;；:!?…]\s*[”’」』)\]】〕》\"]*$")
UNIT_BRACKET = re.compile(r"(?:单位|牵头|负责|配合|部门|参与)[^。]{0,400}[)\]】〕]$")
VALUE_CELL = re.compile(rf"[^{HAN}\d]{{0,4}}\d[\d,.]*[^。，,;]{{0,8}}$")
UNIT_CELL = re.compile(
    r"(?:[%‰—\-/]|[十百千万亿]{0,2}(?:元|家|项|个|件|人|人次|吨|公里|千米|公顷|亩|平方米|平方公里|立方米|斤|张|处|所|座|套|批次|批|起|名|位|户|分|岁|年|天|次|期|辆|台|部|件/万人|人/万人)"
    r"(?:/[^/]{1,6}){0,2}|微克/立方米|[a-zA-Zµ%/³²·0-9]{1,8}|(?:约束|预期)性|完成|达标|未达标)$"
)


def begins(folded: str) -> bool:
    """Whether a line that starts so is never the rest of the line before."""
    return _BEGINS.match(folded) is not None


def is_cell(folded: str) -> bool:
    """Whether the whole line is a value or a unit: a cell of a table set out one cell a line."""
    return bool(VALUE_CELL.match(folded) or UNIT_CELL.match(folded))


def is_title(folded: str) -> bool:
    """Whether the line is a numbered title with nothing behind it."""
    return len(folded) < 60 and "。" not in folded and HEADING.match(folded) is not None
