"""How is a text read as a day, a number or a truth, column by column in SQL?

Each function takes SQL of a tidied text (no blanks around it, nothing is null) and gives SQL of the value, null where the
text cannot be read. The usual writing is tried first and as it is; only what it does not fit is folded and tried again.
"""

from __future__ import annotations

import re
from fractions import Fraction

from zhiheng.base.units import measure, spellings
from zhiheng.documents.fold import fold
from zhiheng.evidence.registers.model import Field

# Blanks of every kind, and the marks that are none to see.
BLANKS = " \t\r\n\v\f\u00a0\u3000\ufeff\u200b\x1e\x1f"
# What people write where a day or a number is lacking.
ABSENT = ("-", "--", "－", "—", "——", "/", "\\", "无", "无数据", "未填", "N/A", "n/a", "NA", "null", "NULL", "None", "(空)")
TRUE = ("是", "有", "真", "对", "√", "✓", "Y", "y", "YES", "Yes", "yes", "T", "TRUE", "True", "true", "1", "1.0")
FALSE = (
    "否",
    "无",
    "假",
    "错",
    "不是",
    "没有",
    "×",
    "✗",
    "N",
    "n",
    "NO",
    "No",
    "no",
    "F",
    "FALSE",
    "False",
    "false",
    "0",
    "0.0",
)
_WIDE = "０１２３４５６７８９．－−–＋％，：／Ｅｅμ"
_NARROW = "0123456789.---+%,:/Eeµ"
# Marks between year, month and day → "-"; after the day → " ".
_DATED_FROM, _DATED_TO = _WIDE + "年月./。日号时分秒点", _NARROW.replace(".", "-").replace("/", "-") + "-----  :: :"
_FIRST_YEAR, _LAST_YEAR = 1800, 2199
_WIDTH = 38
# As programs write very small numbers; no more digits than 18 places hold exactly.
_SCIENTIFIC = r"[+-]?\d(\.\d{1,8})?[eE][+-]?0?\d"
# The alphabet of GB 32100-2015, table 2, and the weights of its formula 1.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CODE_LENGTH = 18
_POWERS = 8


def quoted(text: str) -> str:
    """SQL of a text."""
    return "'" + text.replace("'", "''") + "'"


def listed(words: tuple[str, ...]) -> str:
    """SQL of a list of texts, in brackets."""
    return "(" + ", ".join(quoted(word) for word in words) + ")"


def tidied(column: str, *, rare: bool = True) -> str:
    """SQL of a text without the blanks around it, null when nothing is left; `rare` False: there are none but spaces."""
    return f"nullif(trim({column}, {quoted(BLANKS)}), '')" if rare else f"nullif(trim({column}), '')"


def day(text: str) -> str:
    """A day: 2024-01-05, 2024/1/5, 2024.1.5, 2024年1月5日, 20240105; a time of day is left off."""
    return f"try_cast({moment(text)} as date)"


def moment(text: str) -> str:
    """A day with or without a time; years from 1800 to 2199."""
    plain = f"rtrim(translate({text}, {quoted(_DATED_FROM)}, {quoted(_DATED_TO)}), ' :')"
    plain = f"regexp_replace({plain}, ' *- *', '-', 'g')"
    solid = rf"regexp_replace({plain}, '^(\d{{4}})(\d\d)(\d\d)( ?(\d\d):?(\d\d)(:?(\d\d))?)?$', '\1-\2-\3 \5:\6:\8')"
    hour = rf"regexp_replace({solid}, ' (\d{{1,2}})$', ' \1:00')"
    read = f"coalesce(try_cast({text} as timestamp), try_cast(rtrim({hour}, ' :') as timestamp))"
    sure = f"{text} >= '1' and {text} < '3' or {text} >= '１' and {text} < '３'"
    return f"case when ({sure}) and year({read}) between {_FIRST_YEAR} and {_LAST_YEAR} then {read} end"


def decimal(text: str, field: Field) -> str:
    """An exact number with at most the places of its field; more are never rounded off."""
    places = rf"(\.\d{{0,{field.decimals}}}0*)?" if field.decimals else r"(\.0*)?"
    digits = (18 if field.decimals <= 6 else _WIDTH) - field.decimals
    form = quoted(rf"[+-]?0*\d{{1,{digits}}}{places}")
    kind = f"decimal({18 if field.decimals <= 6 else _WIDTH},{field.decimals})" if field.decimals else "bigint"
    again = _plain_number(text, field)
    return (
        f"case when regexp_full_match({text}, {form}) then try_cast({text} as {kind}) "
        f"when regexp_full_match({again}, {form}) then try_cast({again} as {kind}) end"
    )


def narrow(text: str) -> str:
    """Digits and marks of a number in half width."""
    return f"translate({text}, {quoted(_WIDE)}, {quoted(_NARROW)})"


def with_its_unit(unit: str, number: str) -> str:
    """The text of a unit; where there is none but a number with a percent sign is, that sign."""
    shares = rf"regexp_full_match({narrow(number)}, '[+-]?[\d,]+(\.\d*)?\s*%')"
    return f"case when {unit} is null and {shares} then '%' else {unit} end"


def _plain_number(text: str, field: Field) -> str:
    """Half-width, without thousands' marks and without the field's own unit behind it."""
    bare = narrow(text)
    if field.unit:
        bare = rf"regexp_replace({bare}, '\s*(?:{_units(field.unit)})$', '', 'i')"
    if field.unit_field:
        given = narrow(f'"{field.unit_field}:text"')
        share = f"lower({given}) in {listed(spellings('%'))} and suffix({bare}, '%')"
        bare = (
            f"case when {share} then rtrim(left({bare}, -1)) "
            f"when {given} is not null and suffix({bare}, {given}) then rtrim(left({bare}, -length({given}))) else {bare} end"
        )
    return _written_out(bare)


def _written_out(bare: str) -> str:
    """Without thousands' marks and powers of ten; another text as it is."""
    return (
        rf"case when regexp_full_match({bare}, '[+-]?\d{{1,3}}(,\d{{3}})+(\.\d*)?') then replace({bare}, ',', '') "
        rf"when regexp_full_match({bare}, '{_SCIENTIFIC}') then ({bare})::decimal(38,18)::varchar else {bare} end"
    )


def _units(unit: str) -> str:
    """A pattern of all spellings of a unit."""
    return "|".join(re.escape(word).replace("'", "''") for word in spellings(unit))


def truth(text: str) -> str:
    """是 or 否 in its writings."""
    return f"case when {text} in {listed(TRUE)} then true when {text} in {listed(FALSE)} then false end"


def credit_code(text: str) -> str:
    """Half-width capitals of a 统一社会信用代码."""
    wide = "".join(chr(ord(c) + 0xFEE0) for c in _ALPHABET)
    return f"upper(translate({text}, {quoted(wide)}, {quoted(_ALPHABET)}))"


def credit_code_holds(code: str) -> str:
    """Whether the check digit of an 18-digit code is right (GB 32100-2015, 5.2; ISO 7064 in its shape, modulus 31)."""
    found = [f"(instr({quoted(_ALPHABET)}, substr({code}, {i}, 1)) - 1)" for i in range(1, _CODE_LENGTH + 1)]
    total = " + ".join(f"{value} * {pow(3, i, 31)}" for i, value in enumerate(found[:-1]))
    return f"regexp_full_match({code}, '[{_ALPHABET}]{{{_CODE_LENGTH}}}') and (31 - ({total}) % 31) % 31 = {found[-1]}"


def power_of_ten(header_unit: str, field: Field) -> int | None:
    """By which power of ten a number in the header's unit becomes one in the field's; None when by none."""
    there, here = measure(fold(header_unit)), measure(fold(field.unit or ""))
    factor = there.factor / here.factor
    powers = (power for power in range(-_POWERS, _POWERS + 1) if Fraction(10) ** power == factor)
    return next(powers, None) if there.core == here.core else None


def shifted(text: str, power: int) -> str:
    """A number in any writing times a power of ten, digit by digit, as text; another text as it is."""
    number = f"({_written_out(narrow(text))})"
    sign, whole, part = (f"regexp_extract({number}, '^([+-]?)(\\d*)\\.?(\\d*)$', {group})" for group in (1, 2, 3))
    zeros = "0" * abs(power)
    if power > 0:
        moved = f"{whole} || left({part} || '{zeros}', {power}) || '.' || substr({part}, {power + 1})"
    else:
        long = f"('{zeros}' || {whole})"
        moved = f"left({long}, -{-power}) || '.' || right({long}, {-power}) || {part}"
    plain = f"rtrim(rtrim(regexp_replace({moved}, '^0+(\\d)', '\\1'), '0'), '.')"
    return f"case when regexp_full_match({number}, '[+-]?\\d+(\\.\\d*)?') then {sign} || {plain} else {text} end"
