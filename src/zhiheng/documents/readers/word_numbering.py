"""Which label does automatic numbering print before a Word paragraph? No run holds it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from zhiheng.documents.readers.list_numbers import number
from zhiheng.documents.readers.wordml import child, is_on, local, value, whole


@dataclass(frozen=True, slots=True)
class Label:
    """What numbering prints before a paragraph: `string`, at list `level` from 1; `bullet` when it is no number."""

    string: str
    level: int
    bullet: bool


@dataclass(slots=True)
class _Level:
    """How one level of a list is numbered."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    """A numbered list: levels, the shared counter it writes to, and the levels it starts anew."""

    shared: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Labels in reading order: every call counts on."""

    def __init__(self, root: etree._Element | None) -> None:
        parts = list(root) if root is not None else []
        shapes = {value(p, "abstractNumId") or "": p for p in parts if local(p) == "abstractNum"}
        levels = {key: _levels(shape) for key, shape in shapes.items()}
        self._lists: dict[str, _List] = {}
        self._of_style: dict[str, tuple[str, int]] = {}
        linked = {value(child(s, "styleLink")): key for key, s in shapes.items() if child(s, "styleLink") is not None}
        for part in (p for p in parts if local(p) == "num"):
            shared = value(child(part, "abstractNumId")) or ""
            shared = linked.get(value(child(shapes.get(shared), "numStyleLink")), shared)
            name = value(part, "numId") or ""
            self._lists[name] = _with_overrides(_List(shared, dict(levels.get(shared, {}))), part)
            for at, level in self._lists[name].levels.items():
                if level.style:
                    self._of_style.setdefault(level.style, (name, at))
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, list_id: str, level: int | None, style: str | None) -> Label | None:
        """The label of the next paragraph of that list and level; None when the list does not exist."""
        found = self._lists.get(list_id)
        if found is None:
            return None
        at = level if level is not None else self._level_of(style, list_id)
        shape = found.levels.get(at)
        if shape is None:
            return None
        counts = self._counts.setdefault(found.shared, {})
        if at in found.starts and (list_id, at) not in self._begun:
            counts[at] = found.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else shape.start
        self._begun.add((list_id, at))
        for lower in [k for k in counts if k > at]:
            restart = found.levels[lower].restart if lower in found.levels else None
            if restart is None or 0 < at + 1 <= restart:
                del counts[lower]
        return Label(_print(found, shape, counts), at + 1, shape.kind == "bullet")

    def _level_of(self, style: str | None, list_id: str) -> int:
        linked = self._of_style.get(style or "")
        return linked[1] if linked and linked[0] == list_id else (linked[1] if linked else 0)


def _levels(shape: etree._Element) -> dict[int, _Level]:
    return {whole(e, "ilvl") or 0: _level(e) for e in shape if local(e) == "lvl"}


def _level(element: etree._Element) -> _Level:
    start = whole(child(element, "start"))
    return _Level(
        1 if start is None else start,
        value(child(element, "numFmt")) or "decimal",
        value(child(element, "lvlText")) or "",
        value(child(element, "suff")) or "tab",
        whole(child(element, "lvlRestart")),
        is_on(child(element, "isLgl")),
        value(child(element, "pStyle")),
    )


def _with_overrides(found: _List, part: etree._Element) -> _List:
    for change in (e for e in part if local(e) == "lvlOverride"):
        at = whole(change, "ilvl") or 0
        own, start = child(change, "lvl"), whole(child(change, "startOverride"))
        if own is not None:
            found.levels[at] = _level(own)
        if start is not None:
            found.starts[at] = start
    return found


def _print(found: _List, shape: _Level, counts: dict[int, int]) -> str:
    if shape.kind == "bullet":
        return shape.text if shape.text in ("—", "——", "－") else ""

    def one(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        level = found.levels.get(at, shape)
        return number(counts.get(at, level.start), "decimal" if shape.legal else level.kind)

    said = re.sub(r"%([1-9])", one, shape.text)
    return said + (" " if said and (said[-1].isalpha() or said[-1].isdecimal()) and shape.suffix != "nothing" else "")
