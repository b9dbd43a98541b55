"""Which indicator of the catalogue does a phrase name?

A phrase names an indicator when it is its name or an alias, or says the same in other words. Look-alikes stay apart: the
word that tells 省级监测 from 例行监测 or 办结率 from 按时办结率 decides, and where it is missing the phrase stays unmatched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from zhiheng.base.errors import RuleError
from zhiheng.rules import fields
from zhiheng.rules.apartness import difference
from zhiheng.rules.look_alikes import LookAlike, Obstacle, by_pair, look_alikes_of
from zhiheng.rules.messages import sentence
from zhiheng.rules.rulebook import CATALOGUE, Rulebook, open_rulebook
from zhiheng.rules.strict_yaml import Table
from zhiheng.rules.wording import Wording, load_wording, normal

_REMEMBERED = 16384
FLAGS = ("inclusion", "level", "denominator", "numerator", "counts", "method", "list", "role", "programme", "population")


class Direction(StrEnum):
    """Which way is good."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class MatchReason(StrEnum):
    """Why a phrase is taken to name an indicator."""

    NAME = "name"
    ALIAS = "alias"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Indicator:
    """An entry of the catalogue. `apart` are look-alikes that must not be merged with it; `lines` the lines of the
    founding plans that it answers; `confirmed` False: unit and direction are general knowledge, not read in a source;
    `area` what its group is called."""

    id: str
    name: str
    english: str
    aliases: tuple[str, ...]
    apart: frozenset[str]
    unit: str | None
    direction: Direction
    flags: Mapping[str, str]
    lines: tuple[str, ...]
    confirmed: bool
    group: str
    area: str = ""
    area_english: str = ""


@dataclass(frozen=True, slots=True)
class CatalogueMatch:
    """The indicator a phrase names; `score` from 0 to 100, 100 for a name or an alias itself."""

    indicator: str
    name: str
    score: float
    reason: MatchReason


@dataclass(frozen=True)
class _Spellings:
    """Normalised spellings and the indicator each of them names; the other tables are made when first needed."""

    exact: Mapping[str, str]
    wording: Wording

    @cached_property
    def canonical(self) -> Mapping[str, tuple[str, str]]:
        """Indicator and spelling by canonical wording, without the wordings that two indicators share."""
        found: dict[str, tuple[str, str]] = {}
        shared: set[str] = set()
        for spelling, indicator in self.exact.items():
            key = self.wording.canonical(spelling)
            if found.setdefault(key, (indicator, spelling))[0] != indicator:
                shared.add(key)
        return {key: value for key, value in found.items() if key not in shared}

    @cached_property
    def by_length(self) -> Mapping[int, tuple[tuple[str, str], ...]]:
        """Canonical wordings and their indicators by length."""
        found: dict[int, list[tuple[str, str]]] = {}
        for key, (indicator, _) in self.canonical.items():
            found.setdefault(len(key), []).append((key, indicator))
        return {length: tuple(rows) for length, rows in found.items()}


@dataclass(frozen=True)
class Catalogue:
    """All indicators of the layers, by id."""

    entries: Mapping[str, Indicator]
    wording: Wording
    _names: _Spellings = field(repr=False)
    _all: _Spellings = field(repr=False)
    _reasons: Mapping[frozenset[str], LookAlike] = field(default_factory=dict, repr=False)
    _remembered: dict[tuple[str, bool], CatalogueMatch | None] = field(default_factory=dict, repr=False, compare=False)

    def by_name(self, name: str) -> Indicator | None:
        """The entry with this official name, in any width or punctuation."""
        found = self._names.exact.get(normal(name))
        return self.entries[found] if found else None

    def why_apart(self, one: str, other: str) -> LookAlike | None:
        """What the catalogue says of two look-alikes, in words of its own or by what their entries hold; None where nothing tells."""
        said = self._reasons.get(frozenset((one, other)))
        if said is not None or one == other or other not in self.entries[one].apart:
            return said
        a, b = self.entries[one], self.entries[other]
        found = difference((a.flags, b.flags), (a.unit or "", b.unit or ""), (a.name, b.name))
        if found is None:
            return None
        return LookAlike((one, other), found[0], _difference_words(found, "zh"), _difference_words(found, "en"))

    def align(self, phrase: str, *, use_aliases: bool = True) -> CatalogueMatch | None:
        """The indicator that `phrase` names, or None; with `use_aliases` False only official names count."""
        key = (phrase, use_aliases)
        if key in self._remembered:
            return self._remembered[key]
        if len(self._remembered) >= _REMEMBERED:
            self._remembered.clear()
        found = self._remembered[key] = self._align(normal(phrase), self._all if use_aliases else self._names)
        return found

    def _align(self, phrase: str, words: _Spellings) -> CatalogueMatch | None:
        if not phrase:
            return None
        if phrase in words.exact:
            found = words.exact[phrase]
            reason = MatchReason.NAME if self._names.exact.get(phrase) == found else MatchReason.ALIAS
            return CatalogueMatch(found, self.entries[found].name, 100.0, reason)
        canonical = self.wording.canonical(phrase)
        if canonical in words.canonical:
            found, spelling = words.canonical[canonical]
            score = round(min(99.0, max(80.0, fuzz.ratio(phrase, spelling))), 1)
            return CatalogueMatch(found, self.entries[found].name, score, MatchReason.SIMILAR)
        return self._with_slip(canonical, words)

    def _with_slip(self, canonical: str, words: _Spellings) -> CatalogueMatch | None:
        """The one indicator whose wording differs by a slip of the pen in characters that decide nothing."""
        allowed = len(canonical) // 8
        if not allowed:
            return None
        hits: dict[str, int] = {}
        for length in range(len(canonical) - allowed, len(canonical) + allowed + 1):
            for spelling, found in words.by_length.get(length, ()):
                slips = Levenshtein.distance(canonical, spelling, score_cutoff=allowed)
                if slips <= allowed and self._forgiven(canonical, spelling):
                    hits[found] = min(slips, hits.get(found, slips))
        best = min(hits.values(), default=0)
        winners = [found for found, slips in hits.items() if slips == best]
        if len(winners) != 1:
            return None
        score = round(100.0 * (1 - best / len(canonical)) - 5.0, 1)
        return CatalogueMatch(winners[0], self.entries[winners[0]].name, score, MatchReason.SIMILAR)

    def _forgiven(self, one: str, other: str) -> bool:
        deciding = self.wording.deciding_characters
        for edit in Levenshtein.editops(one, other):
            changed = (one[edit.src_pos] if edit.tag != "insert" else "") + (
                other[edit.dest_pos] if edit.tag != "delete" else ""
            )
            if not deciding.isdisjoint(changed):
                return False
        return True


@lru_cache(maxsize=16)
def load_catalogue(rulebook: Rulebook | None = None) -> Catalogue:
    """The catalogue of the rulebook's layers (of the packaged one by default); a lower layer replaces entries by id."""
    book = rulebook or open_rulebook()
    entries: dict[str, Indicator] = {}
    look_alikes: list[LookAlike] = []
    for table in book.tables(CATALOGUE):
        entries.update(_group(table))
        look_alikes = [*look_alikes_of(table), *look_alikes]  # what a lower layer says goes first
    return catalogue_of(entries.values(), load_wording(book), look_alikes)


def catalogue_of(indicators: Iterable[Indicator], wording: Wording, look_alikes: Iterable[LookAlike] = ()) -> Catalogue:
    """A catalogue of these indicators; the same wording for two of them is refused."""
    entries = {indicator.id: indicator for indicator in indicators}
    reasons = by_pair(look_alikes)
    for indicator in entries.values():
        unknown = sorted(indicator.apart - set(entries))
        if unknown:
            raise RuleError("rules.apart_unknown", indicator=indicator.id, unknown=unknown)
    entries = _both_ways(entries)
    for pair in reasons:
        one, other = sorted(pair)
        if one not in entries or other not in entries[one].apart:
            raise RuleError("rules.look_alike_not_apart", one=one, other=other)
    names = _spellings(((i.name, i.id) for i in entries.values()), wording)
    spelled = ((word, i.id) for i in entries.values() for word in (i.name, *i.aliases))
    return Catalogue(entries, wording, names, _spellings(spelled, wording), reasons)


def _difference_words(found: tuple[Obstacle, str, str], language: str) -> str:
    obstacle, one, other = found
    unsaid = sentence("rules.apart_unsaid", {}, language)
    return sentence(f"rules.apart_{obstacle.value}", {"one": one or unsaid, "other": other or unsaid}, language)


def _spellings(pairs: Iterable[tuple[str, str]], wording: Wording) -> _Spellings:
    exact: dict[str, str] = {}
    for word, indicator in pairs:
        if exact.setdefault(normal(word), indicator) != indicator:
            raise RuleError("rules.wording_twice", wording=word, one=exact[normal(word)], other=indicator)
    return _Spellings(exact, wording)


def _both_ways(entries: Mapping[str, Indicator]) -> dict[str, Indicator]:
    """Look-alikes are written down once; here each knows the other."""
    apart: dict[str, set[str]] = {i.id: set(i.apart) for i in entries.values()}
    for indicator in entries.values():
        for other in indicator.apart:
            apart[other].add(indicator.id)
    return {i.id: replace(i, apart=frozenset(apart[i.id])) if apart[i.id] else i for i in entries.values()}


def _group(table: Table) -> dict[str, Indicator]:
    fields.require_keys(table, ("group", "english", "indicators"), ("look_alikes",))
    name = table.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    area = fields.text(table, "group"), fields.text(table, "english")
    rows = fields.inner(table, "indicators")
    return {f"{name}.{key}": _indicator(fields.inner(rows, key), f"{name}.{key}", name, area) for key in rows}


def _indicator(row: Table, indicator_id: str, group: str, area: tuple[str, str]) -> Indicator:
    fields.require_keys(
        row, ("name", "english", "unit", "direction", "confirmed"), ("aliases", "apart", "flags", "lines", "note")
    )
    flags = fields.inner(row, "flags") if "flags" in row else {}
    if isinstance(flags, Table):
        fields.require_keys(flags, (), FLAGS)
    return Indicator(
        id=indicator_id,
        name=fields.text(row, "name"),
        english=fields.text(row, "english"),
        aliases=fields.texts(row, "aliases"),
        apart=frozenset(fields.texts(row, "apart")),
        unit=fields.optional_text(row, "unit"),
        direction=Direction(fields.one_of(row, "direction", tuple(Direction))),
        flags={key: fields.text(flags, key) for key in flags} if isinstance(flags, Table) else {},
        lines=fields.texts(row, "lines"),
        confirmed=fields.truth(row, "confirmed"),
        group=group,
        area=area[0],
        area_english=area[1],
    )
