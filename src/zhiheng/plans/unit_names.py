"""Where does the name of one responsible unit end and the next begin?

、 parts names outside brackets, but not inside a name: places before a common office (临河、青岭开发区管委会), kinds of places
behind 各 (各镇、街道). Names stay as printed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Text

OPEN, CLOSE = "([〔【", ")]〕】"
LONGEST_BRACKET = 800
# How the name of a body ends.
_SUFFIXES = (
    "局", "委", "办", "厅", "院", "会", "部", "署", "所", "处", "室", "站", "队", "中心", "政府", "街道", "镇", "乡",
    "县", "区", "市", "州", "盟", "旗", "省", "街", "公司", "集团", "海关", "行", "企业", "企", "校", "大学", "联",
    "科协", "团", "社", "单位", "部门", "机构", "馆", "台", "监狱", "小组", "领导组", "专班", "基地", "场", "园",
    "平台", "税务", "电力", "供电", "邮政", "成员", "组", "村", "企事业", "部队", "集体",
)  # fmt: skip
_SUFFIX = re.compile(f"(?:{'|'.join(sorted(_SUFFIXES, key=len, reverse=True))})$")
_LEVEL = re.compile("^(?:市|县|区|省|国家|国网|中共|各|州|盟|旗|自治|全|有关|相关|其他|团|人行|中国|驻|镇|乡)")
_PLACES = re.compile(
    r"^(?:县级市|县|市|区|镇|乡|街道?|园区|开发区|新区|功能区|旗|州|盟|苏木)+(?:办|处|人民政府|政府|管委会|办事处)*(?:[(（].*[)）])?$"
)
_EVERY = re.compile("^各[县市区镇乡街旗州盟道]+$")
_OPEN_SET = re.compile("各|其他|其它|有关|相关|全体|所有|成员单位|责任单位$|^[市县区省]直")
_AND_OTHERS = re.compile("等(?:有关|相关)?(?:部门|单位|职能部门)?$")
_BY = re.compile("^(?:拟)?由(?=[^由]{2})")  # 由县发展改革局牵头
_IN_BRACKETS = re.compile("[(（][^()（）]*[)）]$")


def unit_names(text: Text, start: int, end: int) -> list[str]:
    """The names that stand between two offsets."""
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
        name = _bare(part.strip(" *_\u3000\n\t\u00a0"))
        if following and name and _goes_on(fold(name), fold(following.strip())):
            pending += name + "、"
            continue
        names += _spaced(pending + name)
        pending = ""
    return names


def _bare(name: str) -> str:
    """A name without the 由 before it and the 等部门 behind it."""
    folded = fold(name)
    by, others = _BY.match(folded), _AND_OTHERS.search(folded.rstrip(" 。.;,"))
    return name[by.end() if by else 0 : others.start() if others else len(folded.rstrip(" 。.;,"))]


def is_unit(name: str) -> bool:
    """Whether a name ends as the name of a body does."""
    bare = _IN_BRACKETS.sub("", fold(name))
    return 2 <= len(bare) <= 30 and bool(_SUFFIX.search(bare)) and not re.search("[,。:;，；：“”]|牵头|负责", bare)


def is_list_of_units(names: Sequence[str], *, alone: bool) -> bool:
    """Whether names that nothing introduces can only be those of responsible bodies: whole ones, with their level.

    One name will do where the bracket stands `alone`, behind the end of a sentence.
    """
    whole = all(len(n) > 2 and is_unit(n) for n in names) and any(_LEVEL.match(fold(n)) for n in names)
    return whole and (alone or len(names) > 1)


def is_open(unit: str) -> bool:
    """Whether the words stand for a set whose members a list must give (各成员单位, 领导小组其他成员单位)."""
    return bool(_OPEN_SET.search(fold(unit)))


def closing(folded: str, start: int) -> int | None:
    """Offset of the bracket that closes the one at `start`, if it is within reach."""
    depth = 0
    for i in range(start, min(len(folded), start + LONGEST_BRACKET)):
        if folded[i] in OPEN:
            depth += 1
        elif folded[i] in CLOSE:
            depth -= 1
            if depth == 0:
                return i
    return None


def _goes_on(name: str, following: str) -> bool:
    """Whether a name is only the first part of one."""
    if _EVERY.match(name) and _PLACES.match(following):
        return True
    bare = len(name) <= 4 and not _SUFFIX.search(name) and not _LEVEL.match(name)
    return bare and not _LEVEL.match(following)


def _spaced(name: str) -> list[str]:
    """Names parted by blanks only, when each of them is a whole one."""
    parts = name.split()
    if not parts:
        return []
    return parts if len(parts) > 1 and all(is_unit(p) for p in parts) else ["".join(parts)]
