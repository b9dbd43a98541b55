"""When do two wordings name the same indicator, and which words tell look-alikes apart?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from zhiheng.rules import fields
from zhiheng.rules.rulebook import Rulebook
from zhiheng.rules.strict_yaml import Table

WORDING = "wording.alignment"
_PM25 = re.compile(r"pm\s*2\s*[.·]\s*5")
_CLASSES = re.compile(r"(?<![a-z])i\s*[-‐-―−~～至]\s*iii(?![a-z])")
_COUNTED = (
    "美元|元|家次|家|项目|项|个|件|名|人次|人年|人|户|吨标准煤|吨标煤|吨|张|台套|台|套|平方公里|平方米|立方米|公里|亩|批次|起|次|天"
    "|岁|年|分贝|分|座|辆|千瓦时|千瓦|微克|毫克|位|条|所|场|处|篇|斤|公斤|公顷|米|度"
)
_BASIS_WORDS = "累计|新增|年均|当年|每年|期末|五年累计|累计数|年均增速"
_PART = rf"(?:(?:单位:?)?(?:[十百千万亿]*(?:{_COUNTED})|[%‰]|百分比|[μu]g|mg|db)(?:[/·每][^()\[\],、;]*)?|{_BASIS_WORDS})"
_AT_END = re.compile(rf"[(\[【〔]{_PART}(?:[,、;]{_PART})*[)\]】〕]?$")
_BASIS = re.compile(rf"[(\[〔](?:{_BASIS_WORDS})[)\]〕]")
_SINCE = re.compile(r"[较比](?:[12]\d{3}年|基期|上年|“?十[二三四五]五”?末)")
_PLAIN = re.compile(r"[\u4e00-\u9fff]+\Z")
_NO_WORD = re.compile(r"[^\w]+|_")
_COUNT_OF = re.compile(r"(?<![指人天次系分件基倍师士位户])数$")


def normal(phrase: str) -> str:
    """The phrase without what never tells indicators apart: width, case, marks, blanks, unit, basis and base year."""
    if _PLAIN.match(phrase):
        return phrase
    text = unicodedata.normalize("NFKC", phrase).lower().strip()
    text = _SINCE.sub("", _BASIS.sub("", _AT_END.sub("", text)))
    return _NO_WORD.sub("", _CLASSES.sub("至iii", _PM25.sub("pm25", text)))


@dataclass(frozen=True)
class Wording:
    """The words of `wording.alignment`, normalised."""

    same: Mapping[str, str]
    light: frozenset[str]
    lead: tuple[str, ...]
    whole: frozenset[str]
    decide: frozenset[str]

    @cached_property
    def _words(self) -> re.Pattern[str]:
        words = {*self.same, *self.same.values(), *self.light, *self.whole, *self.decide}
        by_first: dict[str, list[str]] = {}
        for word in sorted(words, key=lambda w: (-len(w), w)):
            by_first.setdefault(word[0], []).append(re.escape(word[1:]))
        return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rests)})" for first, rests in by_first.items()))

    @cached_property
    def _lead(self) -> re.Pattern[str]:
        return re.compile(f"(?:{'|'.join(sorted(self.lead, key=len, reverse=True))})+")

    @cached_property
    def deciding_characters(self) -> frozenset[str]:
        """Characters in which no slip is forgiven, digits and letters among them."""
        return frozenset("".join({*self.decide, *self.same, *self.same.values()})) | frozenset(
            "0123456789abcdefghijklmnopqrstuvwxyz"
        )

    def canonical(self, normalised: str) -> str:
        """The one spelling of all wordings that differ in synonyms and light words only."""
        text = normalised
        lead = self._lead.match(text)
        if lead and not any(text.startswith(word) for word in self.whole):
            text = text[lead.end() :]
        text = self._words.sub(self._one, text)
        return _COUNT_OF.sub("", text) or normalised

    def _one(self, found: re.Match[str]) -> str:
        word = found[0]
        return "" if word in self.light else self.same.get(word, word)


def load_wording(rulebook: Rulebook) -> Wording:
    """The vocabulary of alignment; a lower layer replaces the whole file."""
    table = rulebook.table(WORDING)
    fields.require_keys(table, ("same", "light", "lead", "whole", "decide"))
    same = {normal(spelling): normal(word) for word, spellings in _lists(fields.inner(table, "same")) for spelling in spellings}
    decide = (normal(word) for _, words in _lists(fields.inner(table, "decide")) for word in words)
    return Wording(
        same=same,
        light=_normal_set(fields.texts(table, "light")),
        lead=tuple(_normal_set(fields.texts(table, "lead"))),
        whole=_normal_set(fields.texts(table, "whole")),
        decide=frozenset(decide),
    )


def _lists(table: Table) -> Iterable[tuple[str, tuple[str, ...]]]:
    return ((key, fields.texts(table, key)) for key in table)


def _normal_set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(normal(word) for word in words)
