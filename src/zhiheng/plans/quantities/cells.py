"""What does one cell of an indicator table say?"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from zhiheng.documents.tree import Text
from zhiheng.plans.model import Comparator
from zhiheng.plans.quantities.columns import ATTRIBUTES
from zhiheng.plans.quantities.values import DIGITS, find_values
from zhiheng.plans.quantities.vocabulary import COUNT_UNITS, MEASURE_UNITS, RATE_UNITS, SCALES, TIME_UNITS, alternation

_UNIT_CELL = re.compile(
    rf"^(?:{alternation(SCALES)})?(?:{alternation((*RATE_UNITS, *MEASURE_UNITS, *COUNT_UNITS, *TIME_UNITS))})"
    rf"(?:\([^)]*\))?(?:/[^\d\s]{{1,6}}|·[^\d\s]{{1,3}})?$|^(?:{alternation(SCALES)})$"
    r"|^(?:亿斤|斤|公斤|吨标煤|指数|倍|比值|无量纲|次/年|人/万人|人次/年|㎡|分/百分制)$"
)
_EMPTY = re.compile(r"^[\s\-—–/\\…·一]*$|^(?:无|空|/|——|--|不设目标|暂无|待定)$")
_OPEN = {"{": "}", "<": ">", "〔": "〕", "[": "]", "【": "】", "(": ")", "〈": "〉"}
_PREFIX = re.compile(
    r"^(?:年均增长|年均增速|累计增长|累计下降|年均下降|累计降低|年均|累计|平均|总数|达到|稳定在|保持在|保持|稳定|控制在|力争达到|力争|争取|不断提高至|提高到|提高至|下降到|下降至|降至|降到|提升至|提升到|增长到|增至|增长|下降|降低|减少|提高|提升|新增|共|总量|第|排名|居)*"
)
_ZERO = re.compile(r"零(?:事故|发生|死亡|伤亡|增长事故|事件|起)|(?:不|未|无)发生|杜绝")
_FROM_TO = re.compile(
    r"^\s*(?:[由从])?(?P<baseline>[^→]{1,16}?)\s*(?:→|->|—>|(?:提高|提升|增加|增长|上升|扩大|下降|降低|减少|压减|缩短|缩小|发展)(?:到|至))\s*(?P<target>[^→]{1,20})$"
)
BREAK = re.compile(r"<br\s*/?>|\n")
_STACK = re.compile(r"(?:\s{1,}|[;;、]|(?<=\d)/(?=\d))")
_TRAILING = re.compile(r"(?:通过|达标|完成|且.{1,12}|并.{1,12}|[,,].{1,12})$")
_VERDICTS = (
    "完成",
    "未完成",
    "基本完成",
    "超额完成",
    "达标",
    "未达标",
    "已完成",
    "提前完成",
    "完成目标",
    "正在推进",
    "基本达标",
    "优秀",
    "达到预期",
    "未达预期",
    "符合预期",
    "已达标",
    "是",
    "否",
)
_OFFICE = re.compile(
    r"(?:局|委|办|厅|院|中心|政府|分局|部|公司|处|站|署|协会|联|会|科|大队|支队|街道|镇|委员会|办公室)(?:\([^)]*\))?$"
)
_WORDS_ONLY = re.compile(
    r"^(?:[全按]?.{0,3}(?:完成|达到).{0,10}(?:任务|目标|要求|水平|标准|下达指标)|(?:省|市|国家|上级).{0,4}下达.{0,6}|与.{0,10}同步|持续.{0,6}|稳步.{0,6}|逐[年步].{0,6}|明显.{0,6}|[优高]于.{0,8}平均.{0,4}|应.尽.|应建尽建|进一步.{0,6}|保持(?:稳定|领先|不变)|全覆盖|不断.{0,6}|(?:基本|全面)?消除|控制在.{0,12}(?:以内|范围|目标内)|(?:有所)?(?:提高|提升|改善|下降|降低|增长|减少)|稳定|不降低|不减少|只增不减|实现.{0,8})$"
)


@dataclass(frozen=True, slots=True)
class CellValue:
    """A quantity in a cell: span in the cell's text (marks included), what it says, and the marks around it."""

    start: int
    end: int
    comparator: Comparator
    low: str | None
    high: str | None
    unit: str | None
    marks: tuple[str, ...] = ()
    prefix: str = ""
    part: str | None = None


def is_empty(text: str) -> bool:
    """Whether the cell says nothing (—, /, blank)."""
    return bool(_EMPTY.match(text))


def is_unit(text: str) -> bool:
    """Whether the cell holds a unit only."""
    return bool(_UNIT_CELL.match(re.sub(r"\s+", "", text)))


def is_attribute(text: str) -> bool:
    """Whether the cell says 约束性, 预期性 or the like."""
    return re.sub(r"\s+", "", text) in ATTRIBUTES


def is_verdict(text: str) -> bool:
    """Whether the cell judges (完成, 达标 …)."""
    return re.sub(r"\s+", "", text) in _VERDICTS


def is_office(text: str) -> bool:
    """Whether the cell names offices."""
    parts = [p for p in re.split(r"[、,;\s]+", text.strip()) if p]
    return bool(parts) and all(_OFFICE.search(p) and len(p) <= 24 for p in parts)


def is_words(text: str) -> bool:
    """Whether the cell of a value column holds a promise in words (完成省下达任务)."""
    return bool(_WORDS_ONLY.search(text)) and not re.search(r"\d", text)


def cell_values(text: Text) -> list[CellValue]:
    """The quantities of one value cell; empty when it holds none or is not a value cell.

    Several when cells were stacked (3 / 50), or for 由X提高到Y and X→Y: then `part` says which is the base and which the aim.
    """
    folded = text.folded
    if is_empty(folded):
        return []
    if _ZERO.search(folded) and not re.search(r"\d", folded):
        start = len(folded) - len(folded.lstrip())
        return [CellValue(start, len(folded.rstrip()), Comparator.ZERO_EVENTS, "0", "0", None)]
    if m := _FROM_TO.match(folded):
        ends = [(part, _single(m[part], m.start(part))) for part in ("baseline", "target")]
        if any(value is not None for _, value in ends):
            return [replace(value, part=part) for part, value in ends if value is not None]
    one = _single(folded, 0)
    if one is not None:
        return [one]
    values, at = [], 0
    for piece in BREAK.split(folded) if BREAK.search(folded) else _STACK.split(folded):
        if piece.strip():
            at = folded.index(piece, at)
            value = _single(piece, at)
            if value is None:
                return []
            values.append(value)
            at += len(piece)
    return values


def _single(folded: str, offset: int) -> CellValue | None:
    """The one quantity that a string is, or None."""
    start = len(folded) - len(folded.lstrip())
    end = len(folded.rstrip())
    body = folded[start:end]
    prefix = _PREFIX.match(body)
    lead = prefix[0] if prefix else ""
    marks: list[str] = []
    plain = list(body)
    inner_at = len(lead)
    while inner_at < len(body) and body[inner_at] == " ":
        inner_at += 1
    opening = body[inner_at : inner_at + 1]
    closing = _OPEN.get(opening, "")
    if closing and closing not in body[inner_at:] and opening in "[〔(" and (m := re.search(r"[\])〕]", body[inner_at + 1 :])):
        closing = m[0]  # brackets that a scan misread
    if closing and closing in body[inner_at:]:
        close = body.index(closing, inner_at)
        marks.append(opening + _OPEN[opening])
        plain[inner_at] = plain[close] = " "
    for i, c in enumerate(plain):
        if c in "*★△▲#＊☆①②③④" or (c in "¹²³⁴⁵⁶⁷⁸⁹⁰" and i and plain[i - 1] in "0123456789.% "):
            marks.append(c)
            plain[i] = " "
    string = re.sub(r"(?<=\d) (?=[A-Za-zµ%家个项件亿万元吨人])", " ", "".join(plain))
    string = re.sub(
        rf"({DIGITS})(\s+)({alternation(('以上', '以下', '左右', '以内'))})", lambda m: m[1] + m[3] + " " * len(m[2]), string
    )
    string = string.replace("  以上", "以上  ")
    found = [v for v in find_values(string[len(lead) :]) if not v.chinese]
    if len(found) != 1:
        return None
    value = found[0]
    before = string[len(lead) : len(lead) + value.start].strip()
    after = _TRAILING.sub("", string[len(lead) + value.end :].strip())
    if before and not re.fullmatch(r"[-+]", before):
        return None
    if after and not re.fullmatch(r"\([^)]*\)|(?:万|亿)?[^\d\s,。;、]{0,8}|\([^)]*|以[上下内]|左右|[A-Za-z/³²0-9]{1,6}", after):
        return None
    unit = value.unit
    tail = len(body) if not _TRAILING.search(body) else len(lead) + value.end + len(after)
    if after.startswith("("):
        tail = len(lead) + value.end
        while tail < len(body) and body[tail] in "}>〕]】*":
            tail += 1
    elif after:
        whole = is_unit((unit or "") + after) or after in {"以上", "以下", "左右", "以内"}
        if not whole and (re.search(r"[一-鿿]{4,}", after) or not is_unit(after)):
            return None
        if is_unit((unit or "") + after):
            unit = (unit or "") + after
    low, high, comparator = value.low, value.high, value.comparator
    return CellValue(offset + start, offset + start + tail, comparator, low, high, unit, tuple(marks), lead)
