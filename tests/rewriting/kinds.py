"""All kinds of rewriting by name, and which papers each can be done to."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.rewriting import order, shape, tables, words
from tests.rewriting.labelled import Labelled

Rewriting = Callable[[Labelled, Random], Labelled]

# Kinds that draw from chance: another seed, another paper.
DRAWN: dict[str, Rewriting] = {
    "numbers of the same length": lambda paper, random: words.other_numbers(paper, random, same_length=True),
    "numbers of other length": lambda paper, random: words.other_numbers(paper, random, same_length=False),
    "places": words.other_places,
    "offices": words.other_offices,
    "indicators": words.other_indicators,
    "clauses": order.other_clause_order,
    "lists": order.other_list_order,
    "sentences": order.other_sentence_order,
    "rows": tables.other_row_order,
    "all words": lambda paper, random: words.other_indicators(
        words.other_offices(words.other_places(words.other_numbers(paper, random, same_length=False), random), random), random
    ),
}
SHAPES: dict[str, Callable[[Labelled], Labelled]] = {
    "full width": shape.full_width,
    "half width": shape.half_width,
    "full-width digits": shape.full_width_digits,
    "traditional": shape.traditional,
    "wrapped": shape.wrapped,
    "one line": shape.one_line,
    **{f"table: {name}": (lambda paper, layout=layout: tables.relaid(paper, layout)) for name, layout in tables.LAYOUTS.items()},
}  # fmt: skip
# Papers that have their shape already, or whose shape would not survive as paper does: aligned columns, quoted cells.
# In a table glued in part only the old numbers tell which digits are one cell's.
UNFIT = {
    "numbers of other length": {"t7"},
    "all words": {"t7"},
    "wrapped": {"p7_noise", "t4", "t7"},
    "one line": {"p7_noise", "t4", "t5"},
    "web page": {"t4", "t5"},
}


def fits(kind: str, name: str) -> bool:
    """Whether a paper can be rewritten this way."""
    return name not in UNFIT.get(kind, ())
