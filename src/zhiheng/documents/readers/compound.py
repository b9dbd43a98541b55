"""Is the stream of an OLE container (the packing of .doc and .xls) locked by a password?

Only as much of the container is followed as leads to the first bytes of one stream.
"""

from __future__ import annotations

from struct import error as StructError  # noqa: N812
from struct import unpack_from

_DIRECTORY_START = 48
_SECTORS_OF_TABLE = 76
_MOST_IN_HEADER = 109
_MOST_SECTORS = 4_096  # of a directory; real ones have fewer than twenty
_LAST = 0xFFFFFFFA  # this and above mark ends and free sectors
_ENTRY = 128
_STREAM = 2
_FILE_PASS = 0x2F
_RECORDS_LOOKED_AT = 8


def is_locked(data: bytes) -> bool:
    """Whether a password was set for opening; False when the container is too damaged to tell."""
    try:
        word = _begin(data, "WordDocument")
        if word:
            return bool(unpack_from("<H", word, 10)[0] & 0x0100)
        book = _begin(data, "Workbook") or _begin(data, "Book")
        return bool(book) and _has_file_pass(book)
    except (StructError, IndexError):
        return False


def _has_file_pass(book: bytes) -> bool:
    """Whether the record that holds the password's check stands among the first ones of a workbook."""
    at = 0
    for _ in range(_RECORDS_LOOKED_AT):
        kind, length = unpack_from("<HH", book, at)
        if kind == _FILE_PASS:
            return True
        at += 4 + length
    return False


def _begin(data: bytes, stream: str) -> bytes:
    """The first sector of a stream; empty when there is no such stream."""
    size = 1 << min(unpack_from("<H", data, 30)[0], 16)
    wanted = stream.encode("utf-16-le")
    sector: int = unpack_from("<I", data, _DIRECTORY_START)[0]
    for _ in range(_MOST_SECTORS):
        if sector >= _LAST:
            break
        for at in range((sector + 1) * size, (sector + 2) * size, _ENTRY):
            length, kind = unpack_from("<HB", data, at + 64)
            if kind == _STREAM and length == len(wanted) + 2 and data[at : at + len(wanted)] == wanted:
                first = (unpack_from("<I", data, at + 116)[0] + 1) * size
                return data[first : first + size]
        sector = _next(data, sector, size)
    return b""


def _next(data: bytes, sector: int, size: int) -> int:
    """The sector that follows, by the container's table of sectors."""
    table, place = divmod(sector, size // 4)
    if table >= _MOST_IN_HEADER:
        return _LAST
    start = (unpack_from("<I", data, _SECTORS_OF_TABLE + 4 * table)[0] + 1) * size
    following: int = unpack_from("<I", data, start + 4 * place)[0]
    return following
