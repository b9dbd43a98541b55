"""A paper with its labels, and the one operation every rewriting is made of: putting pieces of it together anew."""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from tests.scoring import Labels

Row = dict[str, Any]


@dataclass(frozen=True)
class Mark:
    """A labelled span `start:end` of the whole text; `row` holds what the label says of it."""

    start: int
    end: int
    row: Row


@dataclass(frozen=True)
class Piece:
    """The old text `start:end`, or what stands in its place."""

    start: int
    end: int
    new: str | None = None


@dataclass(frozen=True)
class Labelled:
    """A paper and what a person read in it."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    unscored: tuple[Mark, ...]
    tasks: tuple[Row, ...]
    titles: tuple[Mark, ...] = ()  # titles of tasks that stand in one piece; `row` holds the place in `tasks`

    @classmethod
    def load(cls, paper: Path, labels: Path) -> Labelled:
        """`labels` is the stem of the label files."""
        text = paper.read_text("utf-8").removeprefix("\ufeff")
        starts = line_starts(text)
        read = Labels.of(labels)

        def marks(rows: Iterable[Mapping[str, Any]]) -> tuple[Mark, ...]:
            at = [(starts[int(r["line"]) - 1], r) for r in rows]
            return tuple(Mark(a + int(r["char_start"]), a + int(r["char_end"]), dict(r)) for a, r in at)

        found = [(i, text.find(t["title"], starts[int(t["line"]) - 1]), len(t["title"])) for i, t in enumerate(read.tasks)]
        titles = tuple(Mark(at, at + length, {"task": i}) for i, at, length in found if at >= 0)
        return cls(paper.stem, text, marks(read.targets), marks(read.unscored), tuple(map(dict, read.tasks)), titles)

    def labels(self) -> Labels:
        """The labels in lines and offsets of the text as it is now; of a span over two lines, its part on the first."""
        starts = line_starts(self.text)
        return Labels(
            tuple(self._row(m, starts) for m in self.marks), tuple(self._row(m, starts) for m in self.unscored), self.tasks
        )

    def _row(self, mark: Mark, starts: Sequence[int]) -> Row:
        line = bisect_right(starts, mark.start)
        first = starts[line - 1]
        whole = self.text[mark.start : mark.end]
        return mark.row | {
            "line": line,
            "char_start": mark.start - first,
            "char_end": mark.start - first + len(whole.split("\n")[0]),
            "text": whole,
        }

    def rebuilt(self, pieces: Iterable[Piece]) -> Labelled:
        """The paper put together of pieces in their new order; labels go with the piece they stand in."""
        placed: list[tuple[Piece, int]] = []
        parts: list[str] = []
        at = 0
        for piece in pieces:
            part = self.text[piece.start : piece.end] if piece.new is None else piece.new
            placed.append((piece, at))
            parts.append(part)
            at += len(part)
        placed.sort(key=lambda p: (p[0].start, p[0].end))
        firsts = [p.start for p, _ in placed]

        def moved(mark: Mark) -> Mark:
            start, end = _moved(placed, firsts, mark.start, end=False), _moved(placed, firsts, mark.end, end=True)
            assert start < end, (self.name, mark.row)
            return replace(mark, start=start, end=end)

        text, titles = "".join(parts), tuple(map(moved, self.titles))
        tasks = list(self.tasks)
        for title in titles:
            i = title.row["task"]
            tasks[i] = tasks[i] | {"title": text[title.start : title.end].replace("\n", "")}
        return replace(
            self,
            text=text,
            marks=tuple(map(moved, self.marks)),
            unscored=tuple(moved(m) for m in self.unscored if m.start < m.end),
            tasks=tuple(tasks),
            titles=titles,
        )

    def replaced(self, changes: Iterable[tuple[int, int, str]]) -> Labelled:
        """The paper with new words at some places; the places do not overlap."""
        pieces: list[Piece] = []
        at = 0
        for start, end, new in sorted(changes):
            pieces += [Piece(at, start), Piece(start, end, new)]
            at = end
        return self.rebuilt([p for p in (*pieces, Piece(at, len(self.text))) if p.start < p.end or p.new])

    def reworded(self, words: Mapping[str, str]) -> Labelled:
        """The paper and its labels with other words throughout."""
        if not words:
            return self
        pattern = re.compile("|".join(re.escape(w) for w in sorted(words, key=len, reverse=True)))

        def other(string: str) -> str:
            return pattern.sub(lambda m: words[m[0]], string)

        found = self.replaced((m.start(), m.end(), words[m[0]]) for m in pattern.finditer(self.text))
        return found.relabelled(other)

    def relabelled(self, other: Callable[[str], str], *fields: str) -> Labelled:
        """The words of the labels changed as those of the text were: indicator and unit, or only the fields named."""
        words = fields or ("indicator", "unit")
        return replace(
            self,
            marks=tuple(replace(m, row=m.row | {k: other(m.row[k]) for k in words}) for m in self.marks),
            tasks=tuple({k: ";".join(map(other, v.split(";"))) for k, v in t.items()} for t in self.tasks),
        )

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence or cell around an offset: up to 。；; and line breaks."""
        start = max(self.text.rfind(c, 0, at) for c in "。；;\n") + 1
        ends = [e for e in (self.text.find(c, at) for c in "。；;\n") if e >= 0]
        return start, min(ends, default=len(self.text))


def _moved(placed: Sequence[tuple[Piece, int]], firsts: Sequence[int], offset: int, *, end: bool) -> int:
    """Where an offset of the old text stands in the new one; an end belongs to the character before it."""
    inside = offset - 1 if end else offset
    for piece, at in reversed(placed[: bisect_right(firsts, inside)]):
        if piece.start <= inside < piece.end:
            if piece.new is None or len(piece.new) == piece.end - piece.start:
                return at + offset - piece.start
            if end and offset == piece.end:
                return at + len(piece.new)
            assert not end and offset == piece.start, "a label stands across a replaced word"
            return at
    raise AssertionError("a label stands in a part that was left out")


def line_starts(text: str) -> list[int]:
    """Where each line begins."""
    return [0, *(m.end() for m in re.finditer("\n", text))]


def line_spans(text: str) -> list[tuple[int, int]]:
    """Where each line begins and ends, without its break."""
    starts = line_starts(text)
    return [(a, b - 1) for a, b in pairwise([*starts, len(text) + 1])]


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """A label file, to look at what a rewriting made."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
