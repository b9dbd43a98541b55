"""How does a sound paper become an unsound one? Changes of bytes, of parts within packages, of streams within PDF, of words."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

Change = Callable[[bytes, Random], bytes]

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_TAG = re.compile(rb"<[^<>]{1,400}>")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ODD_NUMBERS = (
    b"0",
    b"-1",
    b"1",
    b"65536",
    b"2147483647",
    b"4294967296",
    b"99999999999999999999",
    b"1e309",
    b"NaN",
    b"0.0000001",
)
_ODD_BYTES = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\r",
    b"\x0b",
    b"&#0;",
    b"&amp;",
    b"<",
    b">",
    b"%",
    b"()",
    b"]]>",
)
_MOST = 3_000_000


def bytewise(data: bytes, chance: Random) -> bytes:
    """Some bytes changed, left out, doubled, or the end cut off."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        if not made:
            break
        at = chance.randrange(len(made))
        length = chance.choice((1, 1, 2, 8, 64, 512))
        match chance.randrange(6):
            case 0:
                made[at] ^= 1 << chance.randrange(8)
            case 1:
                del made[at : at + length]
            case 2:
                made[at:at] = made[at : at + length] * chance.choice((1, 2, 20))
            case 3:
                made[at:at] = chance.choice(_ODD_BYTES)
            case 4:
                made[at : at + length] = chance.randbytes(min(length, len(made) - at))
            case 5 if chance.random() < 0.2:
                del made[at:]
    return bytes(made[:_MOST])


def numberwise(data: bytes, chance: Random) -> bytes:
    """Some numbers replaced by odd ones."""
    spans = [m.span() for m in _NUMBER.finditer(data)]
    for start, end in sorted(chance.sample(spans, min(len(spans), chance.choice((1, 2, 8)))), reverse=True):
        data = data[:start] + chance.choice(_ODD_NUMBERS) + data[end:]
    return data


def tagwise(data: bytes, chance: Random) -> bytes:
    """Some tags left out, doubled, exchanged or nested."""
    spans = [m.span() for m in _TAG.finditer(data)]
    if len(spans) < 2:
        return bytewise(data, chance)
    (a, b), (c, d) = sorted(chance.sample(spans, 2))
    match chance.randrange(5):
        case 0:
            return data[:a] + data[b:]
        case 1:
            return data[:a] + data[a:d] * chance.choice((2, 3, 30)) + data[d:]
        case 2:
            return data[:a] + data[c:d] + data[b:c] + data[a:b] + data[d:]
        case 3:
            return data[:a] + data[a:b] * chance.choice((2, 50, 300)) + data[b:]
        case _:
            return data[:b] + data[d:]


def packed(data: bytes, chance: Random) -> bytes:
    """A package with one part changed, left out, emptied or exchanged for another."""
    if chance.random() < 0.1:
        return bytewise(data, chance)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, RuntimeError):  # changed once already
        return bytewise(data, chance)
    name = chance.choice(sorted(parts, key=lambda n: (not n.endswith(".xml"), n))[: max(1, len(parts))])
    match chance.randrange(10):
        case 0:
            del parts[name]
        case 1:
            parts[name] = b""
        case 2:
            parts[name] = parts[chance.choice(sorted(parts))]
        case _:
            parts[name] = chance.choice((bytewise, numberwise, numberwise, tagwise, tagwise))(parts[name], chance)
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return stream.getvalue()


def printed(data: bytes, chance: Random) -> bytes:
    """A PDF with the words of a stream or the numbers of an object changed."""
    if chance.random() < 0.3:
        return chance.choice((bytewise, numberwise))(data, chance)
    streams = list(_STREAM.finditer(data))
    if not streams:
        return bytewise(data, chance)
    found = chance.choice(streams)
    try:
        content = zlib.decompress(found[1].rstrip(b"\r\n"))
    except zlib.error:
        content = found[1]
    changed = chance.choice((bytewise, numberwise, numberwise, operators))(content, chance)
    return data[: found.start(1)] + zlib.compress(changed) + b"\n" + data[found.end(1) :]


def operators(data: bytes, chance: Random) -> bytes:
    """The lines of a content stream in another order, some many times."""
    lines = data.split(b"\n")
    for _ in range(chance.choice((1, 4))):
        a, b = chance.randrange(len(lines)), chance.randrange(len(lines))
        lines[a], lines[b] = lines[b], lines[a]
    if chance.random() < 0.3:
        lines[a:a] = lines[min(a, b) : max(a, b)][:200] * chance.choice((1, 20))
    return b"\n".join(lines)


_WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]+|[\u4e00-\u9fff]{1,4}|\s+|.", re.DOTALL)
_ODD_WORDS = (
    *(
        "0",
        "-1",
        "1/0",
        "99999999999999999999999",
        "2025",
        "二〇二五",
        "十万亿",
        "%",
        "‰",
        "100%以上",
        "以上",
        "不低于",
        "年均",
        "翻一番",
    ),
    *(
        "—",
        "→",
        "〔",
        "〕",
        "（累计）",
        "（一）",
        "1.",
        "专栏1：",
        "表1",
        "|",
        "\t",
        "\n",
        "\n\n",
        "①",
        "\u200b",
        "\ud7ff",
        "𠀀",
        "½",
        "Ⅲ",
        "㎡",
    ),
    *(
        "到2025年",
        "力争",
        "零发生",
        "责任单位：",
        "牵头单位：县市场监管局",
        "其中：",
        "分别达到",
        "和",
        "、",
        "，",
        "。",
        "第三名",
        "倍",
        "万人",
        "亿元",
    ),
)


def wordwise(data: bytes, chance: Random) -> bytes:
    """A text whose words are exchanged, left out, doubled, mixed with odd ones."""
    words = _WORD.findall(data.decode("utf-8", "replace"))
    for _ in range(chance.choice((1, 4, 16, 64))):
        if not words:
            break
        at = chance.randrange(len(words))
        match chance.randrange(5):
            case 0:
                del words[at : at + chance.choice((1, 3, 20))]
            case 1:
                words.insert(at, chance.choice(_ODD_WORDS))
            case 2:
                words[at] = chance.choice(_ODD_WORDS)
            case 3:
                other = chance.randrange(len(words))
                words[at], words[other] = words[other], words[at]
            case _:
                words[at:at] = words[at : at + chance.choice((1, 4, 40))] * chance.choice((1, 2, 10))
    return "".join(words)[:60_000].encode("utf-8", "replace")


def one_of(*changes: Change) -> Change:
    """Any of the changes."""
    return lambda data, chance: chance.choice(changes)(data, chance)


CHANGES: dict[str, Change] = {
    "docx": packed,
    "xlsx": packed,
    "ofd": packed,
    "pdf": printed,
    "html": one_of(tagwise, tagwise, wordwise, bytewise),
    "txt": one_of(wordwise, wordwise, bytewise),
    "old": bytewise,
    "json": one_of(bytewise, numberwise, wordwise),
    "compiler": wordwise,
}


def mutated(kind: str, seeds: Sequence[bytes], chance: Random) -> bytes:
    """A new unsound paper: one of the seeds, changed once or a few times."""
    data = chance.choice(seeds)
    for _ in range(chance.choice((1, 1, 2, 3))):
        data = CHANGES[kind](data, chance)
    return data[:_MOST]
