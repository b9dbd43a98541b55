"""How does a value stand in a cell of the plan's Excel form, and which value does a cell hold that a person may have edited?

Text stands as it is. What a cell cannot hold exactly (an empty but present text, control characters, a text in straight
quotes) stands as a JSON string; a text longer than a cell is kept in a sheet of its own and the cell says where.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from zhiheng.base.numerals import decimal_string
from zhiheng.plans.labels import label, labels, word_of

CELL_LIMIT = 32_000
Cell = str | int | None

_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_NUMBER = 40
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_LONG = re.compile(r"^⟦续(\d+)⟧$")
_SEPARATOR = "；"


class CellFault(ValueError):  # noqa: N818 - it is a finding about a cell, told as a Problem
    """A cell that does not hold such a value; `expected` says in Chinese what it should hold."""

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Codec:
    """`write` makes the cell of a value, `read` the value of a cell (never an empty one); `choices` for a drop-down."""

    write: Callable[[Any], Cell]
    read: Callable[[object], Any]
    choices: tuple[str, ...] = ()


def text_cell(value: str) -> str:
    """The text, as it is where a cell can hold it."""
    if not value.strip() or value[0] == value[-1] == '"' or _UNSAFE.search(value) or _LONG.match(value):
        return _json_text(value)
    return value


def quoted_cell(value: str) -> str:
    """The text as a JSON string, where it would be taken for something else as it is."""
    return _json_text(value)


def _json_text(value: object) -> str:
    """JSON whose characters every workbook can hold."""
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", json.dumps(value, ensure_ascii=False))


def cell_text(cell: object) -> str:
    """What stands in a cell, as a person sees it."""
    match cell:
        case str():
            return _unquoted(cell)
        case bool():
            return "是" if cell else "否"
        case datetime() if (cell.hour, cell.minute, cell.second) == (0, 0, 0):
            return cell.date().isoformat()
        case date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)


def _unquoted(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        try:
            inner = json.loads(cell)
        except ValueError:
            return cell
        return inner if isinstance(inner, str) else cell
    return cell


def _whole(cell: object) -> int:
    printed = cell_text(cell).strip().removesuffix("年")
    if not re.fullmatch(r"\d{1,15}", printed, re.ASCII):
        raise CellFault("整数")
    return int(printed)


def _year(cell: object) -> int:
    printed = cell_text(cell).strip().removesuffix("年")
    if not re.fullmatch(r"(?:19|20|21)\d\d", printed, re.ASCII):
        raise CellFault("四位年份，如 2030")
    return int(printed)


def _decimal(cell: object) -> str:
    if isinstance(cell, float) and not cell.is_integer():
        return f"{Decimal(repr(cell)):f}"
    value = decimal_string(cell_text(cell).strip())
    if value is None or not _NUMBER.fullmatch(value) or len(value) > _LONGEST_NUMBER:
        raise CellFault("只填数字，单位填在“单位”列")
    return value


def _yes_no(cell: object) -> bool:
    known = {"是": True, "否": False, "true": True, "false": False}
    printed = cell_text(cell).strip().lower()
    if printed not in known:
        raise CellFault("是或否")
    return known[printed]


def _score(cell: object) -> float:
    try:
        score = Decimal(cell_text(cell).strip())
    except InvalidOperation:
        raise CellFault("0—100 的数") from None
    if not 0 <= score <= 100:
        raise CellFault("0—100 的数")
    return float(score)


def _list_cell(items: Iterable[str]) -> Cell:
    parts = list(items)
    if not parts:
        return None
    joined = _SEPARATOR.join(parts)
    as_it_is = joined[:1] != "[" and text_cell(joined) == joined and [p for p in _split(joined) if p] == parts
    return joined if as_it_is else _json_text(parts)


def _read_list(cell: object) -> list[str]:
    printed = cell_text(cell)
    if printed.startswith("["):
        found = _read_json(printed)
        if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
            raise CellFault("用“；”隔开的词")
        return found
    return [part for part in _split(printed) if part]


def _split(printed: str) -> list[str]:
    return [part.strip() for part in re.split(r"[；;\n]", printed)]


def _json_cell(value: object) -> Cell:
    return _json_text(value) if value else None


def _read_json(cell: object) -> Any:
    try:
        return json.loads(cell_text(cell))
    except (ValueError, RecursionError):
        raise CellFault("原样保留的内容（如不需要，可清空此格）") from None


def _read_object(cell: object) -> dict[str, Any]:
    found = _read_json(cell)
    if not isinstance(found, dict):
        raise CellFault("原样保留的内容（如不需要，可清空此格）")
    return found


def _read_questions(cell: object) -> list[dict[str, Any]]:
    found = _read_json(cell)
    keys = {"code", "facts"}
    if not isinstance(found, list) or not all(
        isinstance(q, dict) and q.keys() == keys and isinstance(q["code"], str) and isinstance(q["facts"], dict) for q in found
    ):
        raise CellFault("原样保留的内容；问题已经明确的，清空此格")
    return found


def _read_sentences(cell: object) -> list[dict[str, Any]]:
    found = _read_json(cell)
    keys = {"text", "verb", "commitment_class"}
    if not isinstance(found, list) or not all(
        isinstance(s, dict) and s.keys() == keys and all(isinstance(v, str) for v in s.values()) for s in found
    ):
        raise CellFault("原样保留的内容（如不需要，可清空此格）")
    return found


def _path_cell(path: dict[str, str]) -> Cell:
    return _SEPARATOR.join(f"{year}={value}" for year, value in path.items()) or None


def _read_path(cell: object) -> dict[str, str]:
    path = {}
    for part in _read_list(cell):
        year, _, value = part.partition("=")
        if not re.fullmatch(r"\d{1,4}", year.strip(), re.ASCII) or not _NUMBER.fullmatch(number := value.strip()):
            raise CellFault("形如“2025=93；2026=94”的年度数值")
        path[year.strip()] = number
    return path


def _read_box(cell: object) -> list[float]:
    parts = cell_text(cell).split()
    if len(parts) != 4 or not all(re.fullmatch(r"-?\d{1,7}(\.\d{1,3})?", part, re.ASCII) for part in parts):
        raise CellFault("左、上、右、下四个数，用空格隔开（如不需要，可清空此格）")
    return [float(part) for part in parts]


def words(of: type[StrEnum]) -> Codec:
    """A word of an enumeration, shown in Chinese."""

    def read(cell: object) -> str:
        word = word_of(of, cell_text(cell).strip())
        if word is None:
            raise CellFault("、".join(labels(of)) + " 之一")
        return word.value

    return Codec(lambda value: label(of(value)), read, labels(of))


TEXT = Codec(text_cell, cell_text)
WHOLE = Codec(lambda value: value, _whole)
YEAR = Codec(lambda value: value, _year)
DECIMAL = Codec(lambda value: value, _decimal)
YES_NO = Codec(lambda value: "是" if value else "否", _yes_no, ("是", "否"))
SCORE = Codec(repr, _score)
LIST = Codec(_list_cell, _read_list)
OBJECT = Codec(_json_cell, _read_object)
QUESTIONS = Codec(_json_cell, _read_questions)
SENTENCES = Codec(_json_cell, _read_sentences)
PATH = Codec(_path_cell, _read_path)
BOX = Codec(lambda edges: " ".join(f"{edge:g}" for edge in edges) if edges else None, _read_box)


@dataclass
class LongTexts:
    """Texts longer than a cell, part by part, for the sheet that keeps them."""

    parts: list[tuple[int, int, str]] = field(default_factory=list)
    count: int = 0

    def short(self, cell: Cell) -> Cell:
        """The cell itself, or the word that says under which number its text is kept."""
        if not isinstance(cell, str) or len(cell.encode("utf-16-le", "surrogatepass")) <= 2 * CELL_LIMIT:
            return cell
        self.count += 1
        step = CELL_LIMIT // 6  # as JSON, a character may take six
        pieces = [cell[i : i + step] for i in range(0, len(cell), step)]
        self.parts += [(self.count, part, text_cell(piece)) for part, piece in enumerate(pieces, 1)]
        return f"⟦续{self.count}⟧"


def whole_text(cell: object, long: dict[int, str]) -> object:
    """The cell, or the long text that it points at."""
    found = _LONG.match(cell) if isinstance(cell, str) else None
    if found is None:
        return cell
    if int(found[1]) not in long:
        raise CellFault("工作表“长文”中的续文")
    return long[int(found[1])]
