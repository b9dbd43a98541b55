"""The same statements in another order: clauses of a list, sentences of a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from random import Random

from tests.rewriting.labelled import Labelled, Mark, Piece, line_spans

# Words that bind a clause to the one before it, or whose reach ends with their clause.
_BOUND = re.compile(
    r"其中|累计|新增|新建|新改|引进|分别|均|力争|争取|年|同比|较|比|期间|由|从|每|稳定|保持|并|以及|共|同时|预计|这|该|此|主要|如下|其|目前|近|控制|也|还|又|再"
)
_TIED = re.compile(r"累计|力争|争取|新增|新建|引进|其中|分别|每")
_PARAGRAPH = 800
_LINK = 6  # words between an indicator and its value: 达到, 提高到
_TIMED = re.compile(r"年|期间|时期|目前|今|去|上述|其|这|此|该|以上|如下|一是|二是|三是|首先|同时|另|此外|但|因此|包括|:|：")

Item = tuple[int, int, tuple[str, ...]]


def other_clause_order(paper: Labelled, random: Random) -> Labelled:
    """Clauses that each state a value of their own change places within their sentence."""
    swaps: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for start, end in _sentences(paper):
        for run in _runs(paper, start, end):
            if any(_in_title(paper, part) for part in run):
                continue
            swaps += zip(run, _shuffled(run, random), strict=True)
    return _swapped(paper, swaps)


def other_sentence_order(paper: Labelled, random: Random) -> Labelled:
    """Sentences behind the first of a paragraph change places where none names a time."""
    swaps: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for start, end in line_spans(paper.text):
        if end - start > _PARAGRAPH:  # a paper in one line: its sentences carry headings
            continue
        sentences = [(start + m.start(), start + m.end()) for m in re.finditer("[^。]+。", paper.text[start:end])][1:]
        for free, group in groupby(sentences, key=lambda s: not _TIMED.search(paper.text[slice(*s)])):
            run = list(group)
            if free and len(run) > 1 and not any(_in_title(paper, part) for part in run):
                swaps += zip(run, _shuffled(run, random), strict=True)
    return _swapped(paper, swaps)


def other_list_order(paper: Labelled, random: Random) -> Labelled:
    """Items of a list under one verb (8家领军企业、3家隐形冠军) change places."""
    swaps: list[tuple[tuple[int, int], tuple[int, int]]] = []
    items = [_item(paper, mark) for mark in sorted(paper.marks, key=lambda m: m.start)]
    for run in _lists(paper, items):
        if any(_in_title(paper, part) for part in run):
            continue
        swaps += zip(run, _shuffled(run, random), strict=True)
    return _swapped(paper, swaps)


def _item(paper: Labelled, mark: Mark) -> Item | None:
    """Where an indicator and its value stand side by side, and what a place in the list must not change."""
    word = mark.row["indicator"]
    kind = tuple(mark.row[k] for k in ("role", "year", "basis", "modality", "source"))
    if mark.row["source"] != "prose" or "、" in word:
        return None
    before = paper.text.rfind(word, mark.start - len(word) - _LINK, mark.start)
    if before >= 0 and not re.search(r"[\d,，、。：:（(]|其中|分别|均", paper.text[before + len(word) : mark.start]):
        return before, mark.end, (*kind, "before")
    if paper.text[mark.end : mark.end + len(word)] == word:
        return mark.start, mark.end + len(word), (*kind, "behind")
    return None


def _lists(paper: Labelled, items: Sequence[Item | None]) -> Iterator[list[tuple[int, int]]]:
    """Neighbouring items with nothing but a mark between; the last is left where it is if a value leans on it."""
    run: list[tuple[int, int]] = []
    last: tuple[str, ...] = ()
    for item in (*items, None):
        if item and run and item[2] == last and paper.text[run[-1][1] : item[0]] in {"、", ",", "，"}:
            run.append(item[:2])
            continue
        if item is None:
            run = run[:-1]
        if len(run) > 1:
            yield run
        run, last = ([item[:2]], item[2]) if item else ([], ())


def _sentences(paper: Labelled) -> Iterator[tuple[int, int]]:
    for m in re.finditer("[^。；;\n]+", paper.text):
        yield m.span()


def _runs(paper: Labelled, start: int, end: int) -> Iterator[list[tuple[int, int]]]:
    """Neighbouring clauses of a sentence that can change places."""
    text = paper.text
    clauses: list[tuple[int, int]] = []
    depth, at = 0, start
    for i in range(start, end):
        depth += (text[i] in "(（“《〔[") - (text[i] in ")）”》〕]")
        if depth == 0 and text[i] in ",，":
            clauses.append((at, i))
            at = i + 1
    clauses.append((at, end))
    run: list[tuple[int, int]] = []
    for clause in clauses:
        if _TIED.search(text[start : clause[0]]):
            break
        if _states_its_own(paper, clause):
            run.append(clause)
        else:
            if _leans_back(paper, clause):
                run = run[:-1]
            if len(run) > 1:
                yield run
            run = []
    if len(run) > 1:
        yield run


def _leans_back(paper: Labelled, clause: tuple[int, int]) -> bool:
    """Whether a clause has a value of which the indicator stands in the clause before."""
    words = paper.text[slice(*clause)]
    return any(clause[0] <= m.start < clause[1] and m.row["indicator"] not in words for m in paper.marks)


def _states_its_own(paper: Labelled, clause: tuple[int, int]) -> bool:
    words = paper.text[slice(*clause)]
    inside = [m for m in paper.marks if clause[0] <= m.start and m.end <= clause[1]]
    cut = [m for m in (*paper.marks, *paper.unscored) if m.start < clause[1] and clause[0] < m.end and m not in inside]
    ok = bool(inside) and not cut and not _BOUND.search(words)
    return ok and all(m.row["indicator"] in words and m.row["source"] == "prose" for m in inside)


def _in_title(paper: Labelled, part: tuple[int, int]) -> bool:
    """Whether a part belongs to the title of a task, which goes on up to its full stop."""
    return any(t.start < part[1] and part[0] < t.end for t in paper.titles)


def _shuffled(run: Sequence[tuple[int, int]], random: Random) -> list[tuple[int, int]]:
    """The run in another order, never its own."""
    other = list(run)
    while other == list(run):
        random.shuffle(other)
    return other


def _swapped(paper: Labelled, swaps: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Labelled:
    """The paper with other words `source` standing at each `place`."""
    pieces: list[Piece] = []
    at = 0
    for place, source in sorted(swaps):
        pieces += [Piece(at, place[0]), Piece(*source)]
        at = place[1]
    return paper.rebuilt([p for p in (*pieces, Piece(at, len(paper.text))) if p.start < p.end])
