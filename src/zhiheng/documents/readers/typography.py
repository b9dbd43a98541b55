"""Which characters of a paper only carry typography: zero-width marks, and pinyin set inside a word?

They are left out of a text, which still knows where each of its characters stands.
"""

from __future__ import annotations

import re
from functools import lru_cache

from zhiheng.documents.readers.marks import HAN
from zhiheng.documents.tree import Text

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
_TONED = "āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜńňǹḿ"
_TONES = "\u0300-\u0304\u030c"
SUSPECT = re.compile(f"[{_INVISIBLE}{_TONED}{_TONES}]")


def clean(text: Text) -> Text:
    """The text without the characters that only carry typography."""
    if SUSPECT.search(text.string) is None:
        return text
    return text.without(m.span() for m in _noise().finditer(text.string))


@lru_cache(maxsize=1)
def _noise() -> re.Pattern[str]:
    """Compiled when a paper needs it: few do, and it takes longer than reading one.

    A syllable counts as pinyin when it carries a tone: (km) and (min) are units.
    """
    a, e, i, o, u, v = (f"[{vowels}][{_TONES}]?" for vowels in ("aāáǎà", "eēéěè", "iīíǐì", "oōóǒò", "uūúǔùü", "üvǖǘǚǜ"))
    final = (
        rf"(?:{i}{a}(?:{o}|ng?)?|{i}{o}ng|{i}(?:{e}|{u}|ng?)?|{u}{a}(?:{i}|ng?)?|{u}(?:{o}|{i}|{e}|n)?"
        rf"|{v}(?:{e}|{a}n|n)?|{a}(?:{i}|{o}|ng?)?|{e}(?:{i}|r|ng?)?|{o}(?:{u}|ng)?)"
    )
    syllable = rf"(?:f(?:{a}(?:ng?)?|{e}(?:{i}|ng?)|{o}{u}?|{u})|(?:zh|ch|sh|[bpmdtnlgkhjqxrzcsyw])?{final})"
    toned = rf"(?=[^()（）{HAN}]*[{_TONED}{_TONES}])"
    in_brackets = rf"(?<=[{HAN}])[(（]\s*{toned}{syllable}(?:[' ]*{syllable}){{0,5}}\s*[)）]"
    return re.compile(rf"[{_INVISIBLE}]+|{in_brackets}|(?<=[{HAN}]){toned}{syllable}(?=[{HAN}])")
