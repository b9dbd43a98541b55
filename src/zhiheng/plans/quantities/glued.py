"""Where are the cells of a row that was printed without separators (10食品合格率%99.299.5以上约束性)?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiheng.documents.tree import Text
from zhiheng.plans.quantities.cells import (
    is_unit,
)
from zhiheng.plans.quantities.columns import Column, Kind

_ATTRIBUTE_END = re.compile(r"(?:约束性|预期性|引导性|指导性)")


def split_glued(text: Text, columns: Sequence[Column], expected: int | None) -> list[Text] | None:
    """The cells of a row printed without separators (10食品合格率%99.299.5以上约束性), or None when it is no such row."""
    folded = text.folded
    end = len(folded.rstrip())
    tail: list[Text] = []
    if m := re.search(rf"{_ATTRIBUTE_END.pattern}\s*$", folded):
        tail = [text.slice(m.start(), end)]
        end = m.start()
    body = folded[:end]
    start = len(body) - len(body.lstrip())
    cells: list[Text] = []
    if expected is not None:
        number = re.match(rf"{expected}(?=[^\d.%])|{expected}(?=\d{{1,4}}[^\d.%]*[一-鿿])", body[start:])
        if not number:
            return None
        cells.append(text.slice(start, start + number.end()))
        start += number.end()
    parsed = _glued_values(body, start, sum(c.kind is Kind.VALUE for c in columns), any(c.kind is Kind.UNIT for c in columns))
    if parsed is None:
        return None
    name, unit, spans = parsed
    cells.append(text.slice(*name).stripped())
    if unit:
        cells.append(text.slice(*unit))
    cells += [text.slice(a, b).stripped() for a, b in spans]
    return [*cells, *tail]


def _glued_values(
    body: str, start: int, width: int, units: bool
) -> tuple[tuple[int, int], tuple[int, int] | None, list[tuple[int, int]]] | None:
    value_run = re.compile(r"[≥≤<>〔{\[+\-]?\s*(?:年均)?\s*\d[\d.,≥≤<>〔〕{}\[\]*~—\-年均以上下内左右%\s]*$")
    best = None
    for at in range(start + 2, len(body)):
        if not value_run.match(body, at) or (body[at].isdigit() and body[at - 1] in "0123456789."):
            continue
        name_end, unit = at, None
        left = body[start:at].rstrip()
        if units:
            for length in range(min(8, len(left) - 1), 0, -1):
                if is_unit(left[-length:]):
                    unit = (start + len(left) - length, start + len(left))
                    name_end = unit[0]
                    break
        name = body[start:name_end].rstrip()
        if name and name[-1].isdigit() and len(name) > 2 and not name[-2].isascii():
            name = name[:-1]
        if units and unit is None and best is not None:
            continue
        spans = _split_values(body, at, width)
        if spans and len(name.strip()) >= 2:
            best = ((start, start + len(name)), unit, spans)
            if unit or not units:
                break
    return best


def _split_values(body: str, at: int, width: int) -> list[tuple[int, int]] | None:
    """Cut a run of glued values into `width` values; where digits touch, the cut that leaves them nearest in size wins."""
    run = body[at:]
    tokens = [
        m.span()
        for m in re.finditer(
            r"[≥≤<>]?\s*[〔{\[<]?\s*(?:年均)?\s*[-+]?\d+(?:\.\d+)?(?:\s*[~—\-]\s*\d+(?:\.\d+)?)?\s*[〕}\]>]?\*?%?(?:以上|以下|左右|以内)?|[-—]+",
            run,
        )
    ]
    if len(tokens) == width:
        if not any("." in run[a:b] and re.search(r"\.\d{3,}", run[a:b]) for a, b in tokens):
            return [(at + a, at + b) for a, b in tokens]
    m = re.match(r"\s*(?P<digits>\d[\d.]*)(?P<bound>以上|以下|左右|以内)?\s*$", run)
    if m is None or width != 2:
        return [(at + a, at + b) for a, b in tokens] if len(tokens) == width else None
    digits = m["digits"]
    base = at + m.start("digits")
    candidates = []
    for cut in range(1, len(digits)):
        for note in (0, 1):
            a, b = digits[:cut], digits[cut + note :]
            if not (_number(a) and _number(b)):
                continue
            cost = _distance(a, b) + 0.001 * note + 0.25 * (max(0, _places(a) - 1) + max(0, _places(b) - 1))
            candidates.append((cost, cut, note))
    if not candidates:
        return None
    _, cut, note = min(candidates)
    return [(base, base + cut), (base + cut + note, at + len(run.rstrip()))]


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"(?:0|[1-9]\d*)(?:\.\d+)?", text))


def _places(text: str) -> int:
    return len(text.partition(".")[2])


def _distance(a: str, b: str) -> float:
    x, y = float(a), float(b)
    if x == y:
        return 0.0
    return max(x, y) / max(min(x, y), 0.001) - 1
