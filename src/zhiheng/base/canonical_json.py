"""How is data written so that the same data always has the same bytes, and how is such data read from strangers?

RFC 8785 (JSON Canonicalization Scheme) without its section on fractions: numbers are whole and within ±(2^53 - 1), which every
reader of JSON keeps exactly; any other number travels as text.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NoReturn

from zhiheng.base.errors import DataError, InternalError

# RFC 8785 section 3.1 with RFC 7493 section 2.2: what a double holds without loss.
LARGEST = 2**53 - 1
# In bytes and levels: what is larger or deeper was not written by us.
MOST_BYTES, DEEPEST = 16 << 20, 64

Json = Any


def canonical(value: Json) -> bytes:
    """The one way of writing `value`; `InternalError` when it holds a fraction, a huge number or something that is no data."""
    try:
        return _written(value).encode("utf-8")
    except (TypeError, ValueError) as fault:
        raise InternalError("base.json_not_data", found=str(fault)) from fault


def digest(value: Json) -> str:
    """SHA-256 of the canonical writing, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value)).hexdigest()


def read_strictly(data: bytes) -> Json:
    """Data of unknown hands: every key once, no fractions, no broken characters, of bounded size and depth; else `DataError`.

    Blanks and the order of keys do not matter; `canonical` gives the bytes that count.
    """
    if len(data) > MOST_BYTES:
        raise DataError("base.json_too_large", size=len(data), most=MOST_BYTES)
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_once, parse_float=_fraction, parse_int=_whole, parse_constant=_fraction
        )
    except UnicodeDecodeError as fault:
        raise DataError("base.json_characters", byte=fault.start + 1) from fault
    except json.JSONDecodeError as fault:
        raise DataError("base.json_broken", line=fault.lineno, column=fault.colno) from fault
    except RecursionError as fault:
        raise DataError("base.json_too_deep", most=DEEPEST) from fault
    _bounded(value, 1)
    return value


def _written(value: Json) -> str:
    match value:
        case None | bool() | str():
            return _text(value)
        case int() if abs(value) <= LARGEST:
            return str(int(value))
        case list() | tuple():
            return "[" + ",".join(_written(one) for one in value) + "]"
        case Mapping():
            # Section 3.2.3: names are compared by their UTF-16 units, not by code points.
            names = sorted(value, key=lambda name: str.encode(name, "utf-16-be"))
            return "{" + ",".join(f"{_text(name)}:{_written(value[name])}" for name in names) + "}"
        case _:
            raise TypeError(f"{type(value).__name__} {value!r}")


def _text(value: str | bool | None) -> str:
    # Section 3.2.2.2 asks for just the escapes that the library writes when it leaves other characters alone.
    return json.dumps(value, ensure_ascii=False)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in pairs:
        if key in found:
            raise DataError("base.json_key_twice", key=key)
        found[key] = value
    return found


def _fraction(printed: str) -> NoReturn:
    raise DataError("base.json_number", found=printed[:40])


def _whole(printed: str) -> int:
    if len(printed) > 17 or abs(int(printed)) > LARGEST or printed == "-0":
        raise DataError("base.json_number", found=printed[:40])
    return int(printed)


def _bounded(value: Json, depth: int) -> None:
    if depth > DEEPEST:
        raise DataError("base.json_too_deep", most=DEEPEST)
    match value:
        case str():
            _characters(value)
        case list():
            for one in value:
                _bounded(one, depth + 1)
        case dict():
            for name, one in value.items():
                _characters(name)
                _bounded(one, depth + 1)


def _characters(text: str) -> None:
    """Half of a surrogate pair, which escapes can write, is no character and has no bytes."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as fault:
        raise DataError("base.json_characters", byte=fault.start + 1) from fault
