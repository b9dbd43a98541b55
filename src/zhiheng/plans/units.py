"""Who is responsible, who leads, who supports, as a bracket, a line or a sentence of the paper says?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from zhiheng.documents.tree import Text
from zhiheng.plans.unit_names import CLOSE, LONGEST_BRACKET, OPEN, closing, is_list_of_units, is_open, is_unit, unit_names

_LABELS = (
    "(?:主要|具体|各|共同|项目|工作|任务|其他)?"
    "(?:(?P<lead>牵头|主办|主管|责任牵头|牵头责任|第一责任|总牵头)|(?P<support>配合|协办|协同|参与|参加|协助|责任配合|配合责任)"
    "|(?P<plain>责任|落实|实施|承办|完成|承担|建设|执行))"
    "(?:单位|部门|主体|机构|科室|处室|方)?"
)
_LABEL = re.compile(rf"{_LABELS} ?: *|(?P<other>[一-鿿]{{2,8}}) ?: *")
_ROLE = re.compile(
    "(?:等(?:有关|相关)?(?:部门|单位)?)?(?:"
    "(?P<lead>(?:共同|联合|负责)?牵头(?:负责|组织|实施|落实|推进|抓总|办理)*)"
    "|(?P<support>(?:积极|协同|共同)?(?:配合|协助|参与|参加)(?:落实|实施|推进)?)"
    "|(?P<plain>(?:按照?|根据|依)?(?:各自)?(?:职责|职能)?(?:分工)?(?:分别|共同|具体|组织|协同)*(?:负责|落实|组织实施|实施|推进|承办|承担|办理))"
    ")$"
)
_SAME_BELOW = re.compile("^以?下(?:各项)?均?相?同")
_SAME_IN_NAME = re.compile(r"[(（]?[,，]?以?下同[)）]?$")
_ALSO_BELOW = re.compile("^以下.{0,8}?(?:均|都)需?由?(?P<units>.+?)(?:参与|配合|负责|落实|实施|贯彻|执行)+$")
_NOT_REPEATED = re.compile("^不再(?:一一|逐一|重复|另行)?列[出明示]?$")
_SPEAKS = re.compile("(?:牵头|负责|配合|落实|实施|参与|下同|列出)。?$")
_HINTS = ("单位", "部门", "牵头", "负责", "配合", "主体", "落实", "责任")
_SENTENCE = re.compile(
    r"(?:^|(?<=[。;]))(?:[^。;,(]{0,12}由)?(?P<units>[^。;]{2,120}?(?:牵头|负责|配合)[^。;]{0,60})(?=[。;]|$)"
)


class _Role(Enum):
    LEAD = "lead"
    SUPPORT = "support"
    PLAIN = "plain"
    OTHER = "other"  # a label of something else: 责任领导, 完成时限


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
    if not any(hint in folded for hint in _HINTS) and folded.rstrip("。 ")[-1:] not in CLOSE:
        return []
    found = list(_bracketed(text, 0, len(folded)))
    labelled = _labelled(text, found[-1].end if found else 0)
    if labelled:
        found.append(labelled)
    return found or list(_spoken(text))


def first_assignment(folded: str, start: int, end: int) -> int | None:
    """Offset where units are first named in a span, in a bracket or behind a label and a blank."""
    text = Text(folded, (), folded)
    bracket = next((a.start for a in _bracketed(text, start, end)), None)
    for m in _LABEL.finditer(folded, start, bracket if bracket is not None else end):
        if not m["other"] and folded[m.start() - 1 : m.start()] == " ":
            return m.start()
    return bracket


def is_unfinished(folded: str) -> bool:
    """Whether a bracket that names units is still open at the end of the paragraph."""
    if not folded or folded[-1] in "。;" or not any(hint in folded for hint in _HINTS):
        return False
    start = max(folded.rfind(c, max(0, len(folded) - 300)) for c in OPEN)
    return start >= 0 and closing(folded, start) is None and _names_units(_LABEL.match(folded, start + 1))


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
        if role is _Role.OTHER:
            continue
        span = clause if labelled else clause.without_role(text.folded)
        printed = unit_names(text, span.start, span.end)
        if not (labelled or (printed and all(is_unit(n) for n in printed))):
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


def _names_units(label: re.Match[str] | None) -> bool:
    return label is not None and not label["other"]


def _bracketed(text: Text, start: int, end: int) -> Iterator[Assignment]:
    """Brackets that open in a span and name units: labelled, with a verb at their end, or a bare list behind the text."""
    folded, at = text.folded, start
    while (opening := min((i for c in OPEN if (i := folded.find(c, at, end)) >= 0), default=-1)) >= 0:
        closed = closing(folded, opening)
        stop = min(len(folded), opening + LONGEST_BRACKET) if closed is None else closed
        at = opening + 1
        inner = folded[at:stop]
        last = not folded[stop + 1 :].strip("。; ")
        says = any(_names_units(m) for m in _LABEL.finditer(inner)) or _SPEAKS.search(inner)
        if says or (last and inner):
            found = units_in(text, at, stop)
            if found and (says or is_list_of_units(found.units, alone=folded[opening - 1 : opening] in "。;")):
                at = min(stop + 1, len(folded))
                yield Assignment(opening, at, found.units, found.lead, found.supporting, found.below)


def _labelled(text: Text, at: int) -> Assignment | None:
    """Units behind a label at the head of a line or behind the last sentence (责任单位:…)."""
    folded = text.folded
    for m in _LABEL.finditer(folded, at):
        before = folded[: m.start()]
        if m["other"] or (before and before[-1] != " " and before[-1] not in "。;!)〕】]*_"):
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
        tail = _ROLE.search(folded, self.start, self.end)
        if not tail:
            return self
        return _Clause(self.start, tail.start(), next(r for r in (_Role.LEAD, _Role.SUPPORT, _Role.PLAIN) if tail[r.value]))


def _role_of(match: re.Match[str]) -> _Role:
    return next(r for r in _Role if match[r.value])


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
            label = _role_of(m)
            i = at = m.end()
            continue
        if depth <= 0 and c in ",;。":
            yield at, i, label
            at, label = i + 1, None
        i += 1
    yield at, end, label
