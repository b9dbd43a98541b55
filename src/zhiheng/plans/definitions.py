"""Which terms does the paper explain itself: in a bracket behind the word, in a note under a table, in a footnote?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zhiheng.documents.tree import Note, Table, Text
from zhiheng.plans.model import Definition
from zhiheng.plans.sections import Section
from zhiheng.plans.unit_names import closing

_NOTE_HEAD = re.compile(r"^ *(?:注|附注|备注|说明|注释)(?: *:|(?= *[①-⑳])|(?= *\d{1,2}[ .、]))")
_ITEM = re.compile(r"[①-⑳]|(?<![\d.])(?<!第)\d{1,2}(?:[.、](?!\d)|\.(?=20\d\d年)|(?<=\d) (?=[^\d ]))")
# 指标, 指数 are words of their own, not 指 (means).
_MEANS = "(?:为|是指|指的是|指(?![标数导引挥定])|表示|系指|代表)"
_SAYS = re.compile(
    rf"^(?P<term>[^,。;]{{1,24}}?)(?:(?:内|中)?(?:的数据?|数值)?(?:均|皆|分别)?分?{_MEANS}|(?=均?(?:按照?|以|由)[^,。;]))(?P<text>.{{2,}})$"
)
_DEFINED = re.compile(r"(?:^|(?<=[。;,]))[“\"]?(?P<term>[^,。;:“”]{2,20})[”\"]?:?(?:是指|系指|指的是)(?P<text>[^。]{4,})")
_SHORT_FOR = re.compile(
    r"(?P<text>《[^》]+》|[^,。;:、(]{4,40})\(以下(?:简称|统称)(?:为)?[“《\"]?(?P<term>[^)”》\"]{2,20})[”》\"]?\)"
)
_CALLED = re.compile(r"[“\"](?P<term>[^”“\"]{1,30})[”\"] ?$")
_PHRASE = re.compile(r"(?P<term>[^,。;:、()“”\[\]的和与及在对为将把]{2,12})$")
_EXPLAINS = re.compile(r"^ ?(?:即|指|是指|系指)[:,]?")
# ①按时办结率:… below the text: the note that a mark in the text points to
_FOOTNOTE = re.compile(
    r"^ *(?:[①-⑳]|\[\d{1,2}\]|\(\d{1,2}\)(?=“)) *[“\"]?(?P<term>[^,。;:“”、]{2,24})[”\"]?:(?P<text>[^:]{6,})$"
)
_NO_TERM = re.compile(r"(?:责任|牵头|配合)(?:单位|部门)|^ *[大中小 ]+$|^[\d〇 年-]+$|见|详见|附件")
_NEXT_CLAUSE = re.compile("[;。]")
_NEXT_MARK = re.compile(r"[,;](?=[一-鿿]{0,3}[(〔{<*][^,;]{0,8}[)〕}>*]?[^,;]{0,6}(?:为|指|表示))")
_SHORTEST = 6


def read_definitions(sections: Sequence[Section]) -> tuple[Definition, ...]:
    """All explanations in reading order."""
    found: list[Definition] = []
    for section in sections:
        for block in section.body:
            if isinstance(block, Table):
                for cell in block.cells:
                    found += _noted(cell.text)
            elif isinstance(block, Note):
                found += _footnote(block)
            else:
                noted = list(_noted(block.text)) or _below(block.text)
                found += noted or _explained(block.text)
    return tuple(found)


def _noted(text: Text) -> Iterator[Definition]:
    """The items of a note under a table."""
    head = _NOTE_HEAD.match(text.folded)
    if not head:
        return
    for start, end, mark in _items(text.folded, head.end()):
        item = text.slice(start, end).stripped()
        item = item.slice(0, len(item.folded.rstrip("。;, ")))
        if len(item) < 3:
            continue
        m = _SAYS.match(item.folded)
        first = m.start("text") if m else 0
        term = item.string[: m.end("term")].strip() if m else mark
        term = term[1:-1] if term[:1] in '“"' and term[-1:] in '”"' else term
        yield Definition(term, item.string[first:].strip(), item.anchor(first))


def _items(folded: str, start: int) -> Iterator[tuple[int, int, str]]:
    """The items of a note with their numbers: by ① or 1., else by clause; a clause on another mark is an item too."""
    marks = list(_ITEM.finditer(folded, start))
    spans = [(m.end(), m[0].strip(". 、")) for m in marks] or [(start, "注")]
    stops = [*(m.start() for m in marks[1:]), len(folded)]
    for (begin, mark), stop in zip(spans, stops, strict=True):
        parting = _NEXT_MARK if marks else _NEXT_CLAUSE
        at = begin
        for m in parting.finditer(folded, begin, stop):
            yield at, m.start(), mark
            at = m.end()
        yield at, stop, mark


def _footnote(note: Note) -> Iterator[Definition]:
    folded = note.text.folded.strip()
    m = _DEFINED.match(folded) or re.match(r"[“\"]?(?P<term>[^,。;:“”]{2,20})[”\"]?:(?P<text>.{4,})$", folded)
    if folded:
        yield Definition(m["term"] if m else note.mark, (m["text"] if m else note.text.string).strip(), note.text.anchor())


def _below(text: Text) -> list[Definition]:
    """A footnote printed as a line of its own."""
    m = _FOOTNOTE.match(text.folded)
    return [_definition(text, m)] if m and not _NO_TERM.search(m["term"]) else []


def _explained(text: Text) -> list[Definition]:
    """Brackets that explain the word before them, 是指, 以下简称."""
    folded = text.folded
    found: list[tuple[int, Definition]] = []
    if "[" in folded or "(" in folded:
        found += _bracketed(text)
    if "指" in folded:
        found += [(m.start(), _definition(text, m)) for m in _DEFINED.finditer(folded)]
    if "以下" in folded:
        found += [(m.start(), _definition(text, m)) for m in _SHORT_FOR.finditer(folded)]
    return [definition for _, definition in sorted(found, key=lambda f: f[0])]


def _definition(text: Text, match: re.Match[str]) -> Definition:
    start, end = match.span("text")
    return Definition(
        text.string[match.start("term") : match.end("term")], text.string[start:end].strip(), text.anchor(start, end)
    )


def _bracketed(text: Text) -> Iterator[tuple[int, Definition]]:
    for m in re.finditer(r"[\[(]", text.folded):
        stop = closing(text.folded, m.start())
        if stop is None:
            continue
        inside = text.folded[m.end() : stop]
        explains = _EXPLAINS.match(inside)
        if len(inside) < _SHORTEST or not (explains or m[0] == "[") or _NO_TERM.search(inside[:12]):
            continue
        before = text.folded[max(0, m.start() - 32) : m.start()]
        term = _CALLED.search(before) or (_PHRASE.search(before) if m[0] == "[" else None)
        if term:
            start = m.end() + (explains.end() if explains else 0)
            at = max(0, m.start() - 32)
            name = text.string[at + term.start("term") : at + term.end("term")]
            yield m.start(), Definition(name, text.string[start:stop].strip(), text.anchor(start, stop))
