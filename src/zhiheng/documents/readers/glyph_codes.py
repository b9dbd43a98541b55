"""Which codes that a font gives its glyphs name no character, and which name one in an unusual way?"""

from __future__ import annotations

import re
import unicodedata

MEANINGLESS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd-\uffff\ue000-\uf8ff]")

# Radicals that stand for characters when a font gives both one glyph; others of their block have a normal form of their own.
_RADICALS = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻳",
        "母民虎西见角贝车长长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙龟",
        strict=True,
    )
)
_NORMAL = {c: unicodedata.normalize("NFKC", chr(c)) for c in (*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA))}
_NORMAL |= {ord(c): normal for c, normal in _RADICALS.items()}
_NORMAL = {c: normal for c, normal in _NORMAL.items() if len(normal) == 1}
# What office programs set before the entries of a list, from Symbol and Wingdings, whose codes are no characters
_BULLETS = "\uf0b7\uf06c\uf06e\uf0d8\uf0a7\uf075\uf0fc\uf076\uf0b2"
_NORMAL |= dict.fromkeys(map(ord, _BULLETS), "•")
_UNUSUAL = re.compile(rf"[\u2e80-\u2fd5\uf900-\ufad9{_BULLETS}]")


def usual(string: str) -> str:
    """The string, as long, with characters instead of radicals, compatibility forms and signs of lists."""
    return string.translate(_NORMAL) if _UNUSUAL.search(string) else string
