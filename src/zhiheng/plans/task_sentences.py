"""Which sentences of a task bind somebody, by which verb, and how tightly?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhiheng.documents.fold import fold
from zhiheng.plans.model import CommitmentClass, TaskSentence
from zhiheng.plans.task_words import BINDING_WORDS
from zhiheng.plans.title_words import TITLE_VERBS

_SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")
_CLASS_OF = {word: kind for kind, words in BINDING_WORDS.items() for word in words}
_BINDING = re.compile("|".join(sorted(_CLASS_OF, key=len, reverse=True)))
_PLAIN = "|".join(sorted(set(TITLE_VERBS) - set(_CLASS_OF), key=len, reverse=True))
_LEADING_VERB = re.compile(rf"(?:^|[,、:])(?:[^,、:]{{0,12}}?(?:要|应|将|须|需))?({_PLAIN})")
_ANY_VERB = re.compile(f"(?:{_PLAIN})")
# How tightly a class binds, the tightest first.
_TIGHTNESS = (
    CommitmentClass.STRICT,
    CommitmentClass.FULL,
    CommitmentClass.PLAIN,
    CommitmentClass.ENCOURAGE,
    CommitmentClass.EXPLORE,
)


def task_sentences(text: str) -> tuple[TaskSentence, ...]:
    """The sentences of a text that carry a commitment verb."""
    folded = fold(text)
    found = (
        _sentence(text[m.start() : m.end()].strip(), folded[m.start() : m.end()].strip()) for m in _SENTENCE.finditer(folded)
    )
    return tuple(s for s in found if s)


def strongest(sentences: Sequence[TaskSentence]) -> CommitmentClass:
    """The class of the sentence that binds most tightly; plain when there is none."""
    kinds = {s.commitment_class for s in sentences}
    return next((kind for kind in _TIGHTNESS if kind in kinds), CommitmentClass.PLAIN)


def _sentence(text: str, folded: str) -> TaskSentence | None:
    """The first binding word decides; without one the first verb that opens a clause, else any."""
    if m := _BINDING.search(folded):
        return TaskSentence(text, m[0], _CLASS_OF[m[0]])
    if m := _LEADING_VERB.search(folded):
        return TaskSentence(text, m[1], CommitmentClass.PLAIN)
    if m := _ANY_VERB.search(folded):
        return TaskSentence(text, m[0], CommitmentClass.PLAIN)
    return None
