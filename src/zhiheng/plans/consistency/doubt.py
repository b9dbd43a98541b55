"""What is a doubt about a paper: which two passages do not fit, or which one cannot be right?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from zhiheng.base.problem import Severity
from zhiheng.documents.fold import fold
from zhiheng.documents.tree import Anchor, Document, Table, Text
from zhiheng.plans.model import Mention, Source

_ENDS = re.compile(r"[。;!\n]|(?<!\?)\?(?!\?)")  # a run of question marks is damage, no question


class Kind(StrEnum):
    """What is the matter: the heading under which a doubt is shown, in this order."""

    DISAGREEMENT = "disagreement"
    IMPOSSIBLE = "impossible"
    LOOSER = "looser"
    SUM = "sum"
    GLYPH = "glyph"
    DEADLINE = "deadline"
    UNIT = "unit"
    NUMBERING = "numbering"


_KINDS = {
    Kind.DISAGREEMENT: "values_differ units_differ bounds_opposed floor_and_figure",
    Kind.IMPOSSIBLE: (
        "range_turned count_below_zero share_below_zero share_over_whole above_the_whole scale_passed from_nothing_up "
        "at_most_nothing no_such_day"
    ),
    Kind.LOOSER: "looser_than_base way_turns_back",
    Kind.SUM: (
        "part_over_whole parts_over_whole shares_not_whole kinds_not_whole total_differs indicators_counted years_not_total yearly_over_total"
    ),
    Kind.GLYPH: "class_without_number damaged_characters",
    Kind.DEADLINE: "deadline_after_period deadline_before_period",
    Kind.UNIT: "unit_not_listed unit_not_listed_near unit_misspelt no_task_has_units task_without_unit",
    Kind.NUMBERING: "number_twice number_left_out",
}
_KIND_OF = {f"consistency.{name}": kind for kind, names in _KINDS.items() for name in names.split()}
_CLAUSE_ENDS = re.compile("[,、;:。]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A place of the paper with the words that stand there; no anchor in a plan that came without its places."""

    anchor: Anchor | None
    text: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something in the paper that a person must settle with those who wrote it; nothing is mended.

    `code` names its sentence, `facts` fill it. `places` are the passages concerned, two wherever two disagree. No `Problem`:
    that one is of `base`, which knows no anchors, and says where in a file of rows one thing is wrong.
    """

    code: str
    severity: Severity
    facts: Mapping[str, object]
    places: tuple[Passage, ...]

    @property
    def kind(self) -> Kind:
        """The heading it is shown under."""
        return _KIND_OF[self.code]


def passage(mention: Mention) -> Passage:
    """The place of a mention and the sentence or row around it."""
    return Passage(mention.anchor, mention.context or mention.text)


def clause_before(mention: Mention) -> str:
    """The words of its own clause before the value of a mention, folded; empty in a table."""
    context = fold(mention.context)
    start = context.find(fold(mention.text)) if mention.source is Source.PROSE else 0
    return _CLAUSE_ENDS.split(context[: max(start, 0)])[-1]


def at(text: Text, start: int = 0, end: int | None = None) -> Passage:
    """A span of a sentence, told with the whole sentence."""
    return Passage(text.anchor(start, end), text.string.strip())


def sentences(document: Document) -> Iterator[Text]:
    """The sentences of the running text, each still knowing where it stands; cells of tables are left out."""
    for block in document.blocks:
        if not isinstance(block, Table):
            yield from _sentences_of(block.text)


def strips(document: Document) -> Iterator[Text]:
    """Every sentence and every cell."""
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells)
        else:
            yield from _sentences_of(block.text)


def _sentences_of(text: Text) -> Iterator[Text]:
    start = 0
    for end in (*(m.end() for m in _ENDS.finditer(text.folded)), len(text)):
        if text.folded[start:end].strip():
            yield text.slice(start, end)
        start = end
