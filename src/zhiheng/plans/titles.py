"""Where does the title of a numbered paragraph end and its body begin?

Titles end at the first 。; before that at the bracket that names who is responsible, at a colon or a blank behind a short
title, or (no mark at all) where a complete verb-object title runs into the first words of a clause. All on folded text.
"""

from __future__ import annotations

import re

from zhiheng.plans.title_words import CLAUSE_OPENERS, CLAUSE_VERBS, NOUNS_OF_ACTION, PIVOT_VERBS, TITLE_VERBS
from zhiheng.plans.units import first_assignment


def _one_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(words, key=len, reverse=True)))


_STOP = re.compile("[。!?]")
_SPOKEN = re.compile(r"^([^:,;、。“《(]{2,20})(?::|——)(?=.{8})")
# A blank parts title and body only before a clause with marks of its own: titles of two halves have one too.
_SPACED = re.compile(r"^([^ ,;:。“《(]{3,24}) +(?=[一-鿿“][^,;]*(?:[,;]|.{14}))")
# Titles that name a set part of a plan, run into its first words (指导思想以…, 主要目标到2030年…).
_NAMED = re.compile(
    r"^((?:“[^”]{2,6}”)?[^,;:。、“]{0,14}?(?:指导思想|(?:基本|工作|发展)?原则|(?:主要|总体|发展|工作|具体)目标|总体(?:要求|思路)"
    r"|(?:工作|发展)(?:思路|基础)|现状|回顾|形势))(?=[以到“《高按为]|坚持|全面|深入|围绕|立足|紧紧|截至|近年来|过去|当前|今后)"
)
_PUNCTUATION = re.compile("[,;:、。“”《》()]")
_VERB = _one_of(TITLE_VERBS)
_PIVOT = _one_of(PIVOT_VERBS)
_OPENER = _one_of(CLAUSE_OPENERS)
_BARE = _one_of(CLAUSE_VERBS)
_NOUN = _one_of(NOUNS_OF_ACTION)
_UNFINISHED = tuple("并而且的和与及以对在为把将向从由等新再更最不、")
_LONG = 24


def title_span(folded: str, start: int) -> tuple[int, int]:
    """End of the title that begins at `start`, and the beginning of the body behind it."""
    stop = _STOP.search(folded, start)
    end, body = (stop.start(), stop.end()) if stop else (len(folded), len(folded))
    named = first_assignment(folded, start, end)
    if named is not None:
        end = body = named
    head = folded[start:end]
    for cut in (_SPOKEN, _SPACED, *((_NAMED,) if len(head) > _LONG else ())):
        if (m := cut.match(head)) and (stop or len(head) > _LONG):
            end, body = start + m.end(1), start + m.end()
            break
    else:
        if len(head) > _LONG and (at := _glued(head)):
            end = body = start + at
    return start + len(folded[start:end].rstrip(" ;:,、.")), body


def _glued(head: str) -> int | None:
    """Offset where a title without any mark behind it ends, when the text plainly goes on with a clause of its own."""
    verb = _VERB.match(head)
    if not verb or _PIVOT.match(head):
        return None
    first = _PUNCTUATION.search(head)
    for at in range(max(4, verb.end() + 2), min(first.start() if first else len(head), 16)):
        if head[:at].endswith(_UNFINISHED) or _BARE.fullmatch(head, verb.end(), at):
            continue
        if _OPENER.match(head, at) or (at <= 10 and _BARE.match(head, at) and not _NOUN.match(head, at + 2)):
            return at
    return None
