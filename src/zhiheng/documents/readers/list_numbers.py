"""How is the n-th item of a list numbered in print?"""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_ONES = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def number(value: int, kind: str) -> str:
    """The number as the format (named as in WordprocessingML) prints it; plain digits where the format has no sign for it."""
    write = _FORMATS.get(kind)
    return (write(value) if write and value > 0 else None) or str(value)


def chinese(value: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """A number below ten thousand in Chinese numerals; 10 to 19 without the leading 一."""
    if not 0 < value < 10_000:
        return str(value)
    said, gap = "", False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit:
            said += (digits[0] if gap and said else "") + digits[digit] + (units[place - 1] if place else "")
            gap = False
        else:
            gap = True
    return said[1:] if units == "十百千" and 10 <= value < 20 else said


def _positional(value: int) -> str:
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(value))


def _roman(value: int) -> str:
    said = ""
    for worth, sign in (*_ROMAN, *_ROMAN_ONES):
        while value >= worth:
            said, value = said + sign, value - worth
    return said


def _letters(value: int) -> str:
    """A to Z, then AA, BB: as Word repeats the letter."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _signs(first: str, count: int, beyond: str = "") -> Callable[[int], str | None]:
    """Signs that follow each other in Unicode, `beyond` for the second twenty of circled numbers."""
    return lambda value: chr(ord(first) + value - 1) if value <= count else beyond[value - count - 1 : value - count] or None


_CIRCLED = _signs("①", 20, "㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿")
_FORMATS: dict[str, Callable[[int], str | None]] = {
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: "".join(chr(ord("０") + int(d)) for d in str(value)),
    "decimalFullWidth2": lambda value: "".join(chr(ord("０") + int(d)) for d in str(value)),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedParen": _signs("⑴", 20),
    "decimalEnclosedFullstop": _signs("⒈", 20),
    "ideographEnclosedCircle": _signs("㊀", 10),
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": _positional,
    "japaneseDigitalTenThousand": _positional,
    "taiwaneseDigital": _positional,
    "chineseLegalSimplified": lambda value: chinese(value, _LEGAL, "拾佰仟"),
    "ideographTraditional": lambda value: _STEMS[value - 1 : value] or None,
    "ideographZodiac": lambda value: _BRANCHES[value - 1 : value] or None,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "none": lambda _: "",
}
