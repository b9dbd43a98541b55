"""What stands on a printed page, and where? What the readers of PDF and OFD hand to the layout of pages.

Coordinates are points (1/72 inch) from the upper left corner of the page as a person sees it, rotation applied.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Characters set one beside the other in one line, left to right, in one size.

    `edges` has left, top, right, bottom of each character in turn; `damaged` when the font does not say which characters
    its glyphs are, so that `string` cannot be trusted.
    """

    string: str
    edges: array[float]
    size: float
    damaged: bool = False


class Rule(NamedTuple):
    """A ruling line, horizontal or vertical: a stroke, a side of a rectangle, or a filled rectangle thin as a stroke."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page: `runs` in the order of the file, `rules`, and which share of it (0 to 1) pictures cover."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rules: tuple[Rule, ...] = ()
    pictured: float = 0.0
