"""Who is responsible, who leads, who supports, as a bracket, a line or a sentence of the paper says?

Names stay as printed; 、 (and , between names) part them, but not inside brackets nor inside a name (临河、青岭开发区管委会).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from zhiheng.documents.tree import Text

OPEN, CLOSE = "([〔【", ")]〕】"
_LABELS = (
    r"(?:(?:主要|具体|各|共同|项目|工作|任务|其他)?"
    r"(?:(?P<lead>牵头|主办|主管|责任牵头|牵头责任|第一责任|总牵头)|(?P<support>配合|协办|协同|参与|参加|协助|责任配合|配合责任)"
    r"|(?P<plain>责任|落实|实施|承办|完成|承担|建设|执行))"
    r"(?:单位|部门|主体|机构|科室|处室|方)?(?:及(?:责任)?人)?)"
)
_LABEL = re.compile(rf"(?:{_LABELS}) ?: *")
_BARE_LABEL = re.compile(rf" *(?:{_LABELS})为? *:? *$")
_ROLE_TAIL = re.compile(
    r"(?:(?:等(?:有关|相关)?(?:部门|单位)?)?"
    r"(?:(?P<lead>(?:共同|联合|负责)?牵头(?:负责|组织|实施|落实|推进|抓总|办理)*)|(?P<support>(?:积极|协同|共同)?(?:配合|协助|参与|参加)(?:落实|实施|推进)?)"
    r"|(?P<plain>(?:按照?|根据|依)?(?:各自)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|组织|协同)*(?:负责|落实|组织实施|实施|推进|承办|承担|办理))))$"
)
_AND_OTHERS = re.compile(r"等(?:有关|相关)?(?:部门|单位|职能部门)?$")
_SAME_BELOW = re.compile(r"^(?:以)?下(?:各项)?(?:均?相?同)|^下同")
_SAME_IN_NAME = re.compile(r"\(?,?(?:以)?下同\)?$")
_ALSO_BELOW = re.compile(r"^以下.{0,8}?(?:均|都)需?由?(?P<units>.+?)(?:参与|配合|负责|落实|实施|贯彻|执行)+$")
_NOT_REPEATED = re.compile(r"^不再(?:一一|逐一|重复|另行)?列(?:出|明|示)?$")
# How the name of a body ends.
_SUFFIXES = (
    "局", "委", "办", "厅", "院", "会", "部", "署", "所", "处", "室", "站", "队", "中心", "政府", "管委会",
    "人民政府", "街道", "办事处", "镇", "乡", "县", "区", "市", "州", "盟", "旗", "省", "街", "公司", "集团", "海关",
    "关", "银行", "支行", "分行", "行", "企业", "学校", "校", "大学", "学院", "联", "妇联", "残联", "科协", "协会",
    "学会", "商会", "文联", "工商联", "总工会", "工会", "团委", "团", "供销社", "社", "法院", "检察院", "单位",
    "部门", "机构", "馆", "台", "报社", "中心支行", "支队", "大队", "总队", "监狱", "指挥部", "领导小组", "领导组",
    "专班", "办公室", "秘书处", "基地", "场", "园", "园区", "开发区", "高新区", "新区", "平台", "税务", "电力",
    "供电", "邮政", "分局", "委员会", "成员", "试验区", "示范区", "度假区", "片区", "组", "企", "村", "社区",
)  # fmt: skip
_SUFFIX = re.compile(f"(?:{'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})$")
_LEVEL = re.compile("^(?:市|县|区|省|国家|中共|各|州|盟|旗|自治|全|有关|相关|其他|团|人行|中国|驻)")
_PLACES = re.compile(
    r"^(?:县|市|区|镇|乡|街道?|园区|开发区|新区|功能区|旗|苏木|乡镇|镇街)+(?:办|处|人民政府|政府|管委会|办事处)*(?:\(.*\))?$"
)
_EVERY = re.compile(r"^各[县市区镇乡街旗州盟道]+$")
_OPEN_SET = re.compile(r"各|其他|其它|有关|相关|全体|所有|成员单位|责任单位$|^(?:市|县|区)直")
_SPEAKS = re.compile("(?:牵头|负责|配合|落实|实施|参与|下同|列出)。?$")
_SENTENCE = re.compile(
    r"(?:^|(?<=[。;]))(?:[^。;,(]{0,12}由)?(?P<units>[^。;]{2,120}?(?:牵头|负责|配合)[^。;]{0,60})(?=[。;]|$)"
)


class _Role(Enum):
    LEAD = "lead"
    SUPPORT = "support"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Assignment:
    """Units that stand at `start:end` of a text: all in order, those that lead or support, those that hold for what follows."""

    start: int
    end: int
    units: tuple[str, ...]
    lead: tuple[str, ...] = ()
    supporting: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


def assignments(text: Text) -> list[Assignment]:
    """All assignments of a paragraph in order: brackets, a labelled line, or a last sentence that says who does what."""
    folded = text.folded
    if not any(word in folded for word in ("单位", "部门", "牵头", "负责", "配合", "主体")):
        return []
    found = list(_bracketed(text))
    labelled = _labelled(text, found[-1].end if found else 0)
    if labelled:
        found.append(labelled)
    return found or list(_spoken(text))


def is_open(unit: str) -> bool:
    """Whether the words stand for a set whose members a list must give (各成员单位, 领导小组其他成员单位)."""
    return bool(_OPEN_SET.search(unit))


def is_unfinished(folded: str) -> bool:
    """Whether a bracket that names units is still open at the end of the paragraph."""
    start = max(folded.rfind(c, len(folded) - 300 if len(folded) > 300 else 0) for c in OPEN)
    return start >= 0 and closing(folded, start) is None and bool(_LABEL.match(folded, start + 1))


def closing(folded: str, start: int) -> int | None:
    """Offset of the bracket that closes the one at `start`."""
    depth = 0
    for i in range(start, len(folded)):
        if folded[i] in OPEN:
            depth += 1
        elif folded[i] in CLOSE:
            depth -= 1
            if depth == 0:
                return i
    return None


def units_in(text: Text, start: int = 0, end: int | None = None, *, spoken: bool = False) -> Assignment | None:
    """The units that a span without its bracket names, with their roles; None when it names none.

    What is spoken may go on with other things behind the units.
    """
    end = len(text) if end is None else end
    everyone: dict[str, _Role] = {}
    below: list[str] = []
    latest: list[str] = []
    role, labelled = _Role.PLAIN, False
    for clause in _clauses(text.folded, start, end):
        if _SAME_BELOW.match(clause.words(text.folded)):
            below += [u for u in latest if is_open(u)] or latest
            continue
        role, labelled = (clause.label, True) if clause.label else (role, labelled)
        span = clause if labelled else clause.without_role(text.folded)
        printed = _names(text, span.start, span.end)
        if not (labelled or (printed and all(_is_unit(n) for n in printed))):
            if spoken and everyone:
                break
            return None
        role = span.label or role
        latest = [_SAME_IN_NAME.sub("", n) for n in printed]
        below += latest if clause.further else [short for n, short in zip(printed, latest, strict=True) if n != short]
        for name in latest:
            everyone.setdefault(name, role)
    if not everyone:
        return None
    lead, supporting = (tuple(n for n, r in everyone.items() if r is which) for which in (_Role.LEAD, _Role.SUPPORT))
    return Assignment(start, end, tuple(everyone), lead, supporting, tuple(below))


def _bracketed(text: Text) -> Iterator[Assignment]:
    folded, at = text.folded, 0
    while (start := min((i for i in (folded.find(c, at) for c in OPEN) if i >= 0), default=-1)) >= 0:
        stop = closing(folded, start)
        if stop is None:
            stop = len(folded)
        inner = folded[start + 1 : stop]
        labelled = _LABEL.match(inner)
        if labelled or _SPEAKS.search(inner):
            found = units_in(text, start + 1, stop)
            if found:
                yield Assignment(start, min(stop + 1, len(folded)), found.units, found.lead, found.supporting, found.below)
                at = stop + 1
                continue
        at = start + 1


def _labelled(text: Text, at: int) -> Assignment | None:
    """Units behind a label at the head of a line or behind the last sentence (责任单位:…)."""
    folded = text.folded
    for m in _LABEL.finditer(folded, at):
        if m.start() and folded[: m.start()].rstrip()[-1:] not in ("", "。", ";", "!", ")", "〕", "】", "]"):
            continue
        stop = folded.find("。", m.end())
        found = units_in(text, m.start(), stop if stop >= 0 else len(folded))
        if found and all(len(u) <= 40 for u in found.units):
            return Assignment(m.start(), found.end, found.units, found.lead, found.supporting, found.below)
    return None


def _spoken(text: Text) -> Iterator[Assignment]:
    """A sentence that only says who leads, supports or is responsible."""
    for m in _SENTENCE.finditer(text.folded):
        found = units_in(text, m.start("units"), m.end("units"), spoken=True)
        if found and (found.lead or "分工" in m[0]) and not all(is_open(u) for u in found.units):
            yield found
            return


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece between commas: `label` is the role its label or its verb gives, `further` that it holds for what follows."""

    start: int
    end: int
    label: _Role | None = None
    further: bool = False

    def words(self, folded: str) -> str:
        return folded[self.start : self.end].strip(" 。;,")

    def without_role(self, folded: str) -> _Clause:
        """The names alone, with the role that the verb behind them gives."""
        tail = _ROLE_TAIL.search(folded, self.start, self.end)
        if not tail:
            return self
        return _Clause(self.start, tail.start(), next(r for r in _Role if tail[r.value]))


def _clauses(folded: str, start: int, end: int) -> Iterator[_Clause]:
    """Pieces between commas, semicolons and labels outside brackets, each with the role its label gives."""
    for at, stop, label in _pieces(folded, start, end):
        clause = _Clause(at, stop, label)
        words = clause.words(folded)
        if not words or _NOT_REPEATED.match(words):
            continue
        further = _ALSO_BELOW.match(words)
        if further:
            first = folded.index(words, at, stop)
            clause = _Clause(first + further.start("units"), first + further.end("units"), label, further=True)
        yield clause


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int, _Role | None]]:
    depth, at, label, i = 0, start, None, start
    while i < end:
        c = folded[i]
        depth += (c in OPEN) - (c in CLOSE)
        if depth <= 0 and (i == start or folded[i - 1] in " ,;、。") and (m := _LABEL.match(folded, i, end)):
            yield at, i, label
            label = next(r for r in _Role if m[r.value])
            i = at = m.end()
            continue
        if depth <= 0 and c in ",;。":
            yield at, i, label
            at, label = i + 1, None
        i += 1
    yield at, end, label


def _names(text: Text, start: int, end: int) -> list[str]:
    """The names of a clause, parted by 、 outside brackets; parts of one name are put together again."""
    parts, depth, at = [], 0, start
    for i in range(start, end):
        c = text.folded[i]
        depth += (c in OPEN) - (c in CLOSE)
        if depth <= 0 and c == "、":
            parts.append(text.string[at:i])
            at = i + 1
    parts.append(text.string[at:end])
    names, pending = [], ""
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        name = _AND_OTHERS.sub("", part.strip().rstrip(" 。.;,"))
        if following and name and _goes_on(name, following.strip()):
            pending += name + "、"
            continue
        names += _spaced(pending + name)
        pending = ""
    return names


def _goes_on(name: str, following: str) -> bool:
    """Whether a name is only the first part of one: bare places before a common office, 各镇 before 街道."""
    if _EVERY.match(name) and _PLACES.match(following):
        return True
    bare = len(name) <= 4 and not _SUFFIX.search(name) and not _LEVEL.match(name)
    return bare and not _LEVEL.match(following)


def _spaced(name: str) -> list[str]:
    """Names parted by blanks only, when each of them is a whole one."""
    parts = name.split()
    if not parts:
        return []
    return parts if len(parts) > 1 and all(_is_unit(p) for p in parts) else ["".join(parts)]


def _is_unit(name: str) -> bool:
    bare = re.sub(r"[(（][^()（）]*[)）]$", "", name)
    return len(bare) <= 30 and bool(_SUFFIX.search(bare)) and not re.search("[,。:;]|牵头|负责", bare)
