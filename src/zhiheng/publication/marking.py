"""Which words of a sentence went, and which came? For marks in a page and tracked changes in a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+|\s+|.", re.DOTALL)
_ISLAND = 2  # characters kept between two changes that read better as one


class Fate(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    COME = "come"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one fate."""

    fate: Fate
    text: str


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces that make `before` without those that came, and `after` without those that went."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    steps = list(_steps(old, new))
    pieces: list[Piece] = []
    for gone, come, kept in steps:
        if gone:
            pieces.append(Piece(Fate.GONE, gone))
        if come:
            pieces.append(Piece(Fate.COME, come))
        if kept:
            pieces.append(Piece(Fate.KEPT, kept))
    return tuple(pieces)


def _steps(old: list[str], new: list[str]) -> Iterator[tuple[str, str, str]]:
    """What went and what came, and what was kept behind it; short islands join their neighbours."""
    gone = come = ""
    codes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, start, end, from_, to) in enumerate(codes):
        went, came = "".join(old[start:end]), "".join(new[from_:to])
        is_island = bool(gone and come) and len(went) <= _ISLAND and at + 1 < len(codes)
        if kind != "equal" or is_island:
            gone, come = gone + went, come + came
        else:
            yield gone, come, went
            gone = come = ""
    if gone or come:
        yield gone, come, ""
