"""How large would the streams of a PDF become, before anything opens them?

A kilobyte may hold a gigabyte; pdfium would unpack it. So every stream is unpacked here first, in pieces that are thrown away, and the
bounds are those of other packed papers. What is encrypted or packed in other ways cannot be told and is left to pdfium's own bounds.
"""

from __future__ import annotations

import re
import zlib

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_PACKED = re.compile(rb"/(?:FlateDecode|Fl)\b")
_DICTIONARY = 2_000  # bytes before a stream in which its filters stand
_SMALL = 1024 * 1024
_PIECE = 256 * 1024
_MOST_FILTERS = 4


def check_streams(data: bytes, name: str, limits: Limits) -> None:
    """Refuse a paper whose streams unpack to more than the limits, one of them or all together."""
    total = 0
    for found in _STREAM.finditer(data):
        head = data[max(0, found.start() - _DICTIONARY) : found.start()]
        filters = len(_PACKED.findall(head, max(head.rfind(b" obj"), 0)))
        if not filters:
            continue
        end = data.find(b"endstream", found.end())
        packed = data[found.end() : end if end >= 0 else len(data)]
        most = max(_SMALL, limits.ratio * len(packed))
        size = _unpacked(packed, min(filters, _MOST_FILTERS), most)
        if size > most:
            raise DataError("documents.packed_too_tight", file=name, part=f"stream@{found.start()}", limit=limits.ratio)
        total += size
        if total > limits.unpacked_bytes:
            raise DataError("documents.unpacks_too_large", file=name, limit=limits.unpacked_bytes // _SMALL)


def _unpacked(packed: bytes, filters: int, most: int) -> int:
    """Bytes that come of a stream packed so many times over; counting stops beyond `most`."""
    stages = [zlib.decompressobj() for _ in range(filters)]
    size = 0
    try:
        for at in range(0, len(packed), _PIECE):
            size += _through(packed[at : at + _PIECE], stages, most - size)
            if size > most:
                break
    except zlib.error:
        return size
    return size


def _through(piece: bytes, stages: list[zlib._Decompress], most: int) -> int:
    """How many bytes a piece becomes behind all the stages, no more than a piece in memory for each."""
    size = 0
    while piece and size <= most:
        made = stages[0].decompress(piece, _PIECE)
        size += _through(made, stages[1:], most - size) if len(stages) > 1 else len(made)
        if not made or stages[0].eof:
            break
        piece = stages[0].unconsumed_tail
    return size
