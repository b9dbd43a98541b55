"""Which characters do the bytes of a text stand for?

The byte order mark decides; without one, UTF-8 if the bytes are, else of the encodings of Chinese offices the one whose
result reads most like office prose. Statistics of the bytes are the last resort: they are slow and guess. Bytes that read
like nothing are refused: a guess would change figures silently.
"""

from __future__ import annotations

import re

from charset_normalizer import from_bytes

from zhiheng.base.errors import DataError

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_HAN = re.compile("[\u3400-\u9fff]")
# The most frequent characters of office prose, simplified and traditional: a third to a half of any text. Bytes read in the
# wrong encoding give rare characters instead.
_FREQUENT = re.compile(
    "[的一是在不了有和人这中大为上个国以要时来用生到作地于出就分对成会可主发年动同工能下过产种面而方后多定行学法所民得经十三之进等部度"
    "家电力里如水化高自二理起实加量都两体制机当使点从业本去把性好应开它合还因由其些前外天政四日那社义事平形相全表间样与关各重新内数正心"
    "反明原又利比或但质气第向道此变条只结解问建月公无系总次品式设及管特件求基资边流级图统接知较将组计别期根论运农指区强放决标准监督检验服务"
    "安全标推进完善责任单位局市县省府方案目项率到达实现提升增加這為個國時來於對會發動過產種後學經進電實體機當點業應開還與關間樣數質變條結"
    "問無統計組監檢驗務責單達標準]"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\ufffe\uffff]")
_SAMPLE = 4_000


def decode(data: bytes, name: str) -> str:
    """The characters of a text; its byte order mark is not one of them."""
    content = _decoded(data)
    if content is None:
        raise DataError("documents.undecodable", file=name)
    return content


def is_text(data: bytes) -> bool:
    """Whether the bytes stand for characters at all."""
    return _decoded(data) is not None


def encoding_of(sample: bytes, name: str) -> str:
    """The encoding of a text of which a sample is there, with its byte order mark taken off where it has one."""
    found = _found(sample)
    if found is None or _is_binary(found[1]):
        raise DataError("documents.undecodable", file=name)
    marked = next((encoding for mark, encoding in _MARKS if sample.startswith(mark)), None)
    return {"utf-8": "utf-8-sig"}.get(marked, marked.rpartition("-")[0]) if marked else found[0]


def _decoded(data: bytes) -> str | None:
    found = _found(data)
    return None if found is None or _is_binary(found[1]) else found[1]


def _found(data: bytes) -> tuple[str, str] | None:
    """Encoding and characters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            content = _strictly(data[len(mark) :], encoding)
            return None if content is None else (encoding, content)
    return _guess(data)


def _guess(data: bytes) -> tuple[str, str] | None:
    if b"\x00" not in data and (content := _strictly(data, "utf-8")) is not None:
        return "utf-8", content
    candidates = ["utf-16-le", "utf-16-be"] if b"\x00" in data else ["gb18030", "utf-16-le", "utf-16-be", "big5"]
    read = [(encoding, content) for encoding in candidates if (content := _strictly(data, encoding)) is not None]
    likely = [(found, likeness) for found in read if (likeness := _likeness(found[1])) is not None]
    if likely:
        return max(likely, key=lambda pair: pair[1])[0]
    best = from_bytes(data[:20_000]).best() if b"\x00" not in data else None
    content = _strictly(data, best.encoding) if best else None
    return (best.encoding, content) if best and content and _likeness(content) is not None else None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _likeness(content: str) -> float | None:
    """How much the text reads like office prose: the share of frequent characters; None when it does not."""
    sample = content[:_SAMPLE]
    han = len(_HAN.findall(sample))
    plain = sum(c.isascii() and (c.isprintable() or c in "\t\r\n\f") for c in sample)
    if han < 0.1 * len(sample) and plain > 0.8 * len(sample):
        return 0.5
    share = len(_FREQUENT.findall(sample)) / han if han else 0.0
    return share if share > 0.15 and han + plain > 0.5 * len(sample) else None


def _is_binary(content: str) -> bool:
    sample = content[:100_000]
    return len(_CONTROL.findall(sample)) > len(sample) // 200
