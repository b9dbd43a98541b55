"""Small papers in each format, and how to look at the blocks that come of them."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import Limits, read_content
from zhiheng.documents.readers.text import read_text
from zhiheng.documents.tree import Document, Heading, ListItem, Note, Table
from zhiheng.rules.messages import strict_sentence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"

PROSE = (
    "到2027年,全市制造业产品质量合格率达到95%以上,主要农产品质量安全例行监测合格率稳定在98.5%以上,食品安全抽检合格率保持在99%以上,"
    "培育省级质量标杆12个,新增绿色工厂20家,建设质量基础设施一站式服务站点8个。"
)


def strings(document: Document) -> list[str]:
    """One string a block; cells of a table apart by bars, rows by slashes."""
    return [
        " / ".join(" | ".join(t.string for t in row) for row in b.grid()) if isinstance(b, Table) else b.text.string
        for b in document.blocks
    ]


def kinds(document: Document) -> list[str]:
    """One word a block, headings with their level."""
    names = {ListItem: "item", Note: "note", Table: "table"}
    return [f"h{b.level}" if isinstance(b, Heading) else names.get(type(b), "p") for b in document.blocks]


def text(content: str) -> list[str]:
    """Strings of the blocks of a plain text."""
    return strings(read_text(content, "plan.txt"))


def table(document: Document, number: int = 1) -> list[list[str]]:
    """The grid of the table of that number."""
    found = next(b for b in document.blocks if isinstance(b, Table) and b.number == number)
    return [[t.string for t in row] for row in found.grid()]


def astray(document: Document) -> Iterator[str]:
    """Characters of a text's blocks that do not stand where their anchor says."""
    for block in document.texts():
        for i, character in enumerate(block.string):
            anchor = block.anchor(i, i + 1)
            line = document.lines[(anchor.place.line or 0) - 1]
            at_break = character == "\n" and anchor.start <= len(line)
            if not at_break and line[anchor.start : anchor.end] != character:
                yield f"{character!r} at {anchor}"


def refused(data: bytes, name: str, **limits: int) -> DataError:
    """The error that refuses a paper; it has a sentence in both languages that names the file."""
    with pytest.raises(DataError) as caught:
        read_content(data, name, Limits(**limits))
    for language in ("zh", "en"):
        assert name in strict_sentence(caught.value.code, caught.value.facts, language)
    return caught.value


def packed(parts: dict[str, str | bytes]) -> bytes:
    """A zip of the given parts."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def relations(*pairs: tuple[str, str]) -> str:
    """A part of relations: kind and target; ids are rId1, rId2 in turn."""
    inner = "".join(
        f'<Relationship Id="rId{i}" Type="{R}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(pairs, 1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{inner}</Relationships>'


def word(body: str, space: str = W, **parts: str) -> bytes:
    """A Word paper of a body and further parts (styles, numbering, footnotes, endnotes), given without their root."""
    roots = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "endnotes": "endnotes"}
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(*((kind, f"{kind}.xml") for kind in parts)),
        "word/document.xml": f'<w:document xmlns:w="{space}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
    }
    for kind, content in parts.items():
        files[f"word/{kind}.xml"] = f'<w:{roots[kind]} xmlns:w="{space}">{content}</w:{roots[kind]}>'
    return packed(files)


def p(content: str = "", properties: str = "") -> str:
    """A Word paragraph: plain text becomes one run, markup stays."""
    runs = content if content.startswith("<") else f'<w:r><w:t xml:space="preserve">{content}</w:t></w:r>'
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs if content else ''}</w:p>"


def r(content: str, properties: str = "") -> str:
    """A Word run."""
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}<w:t xml:space="preserve">{content}</w:t></w:r>'


def read_word(body: str, space: str = W, **parts: str) -> Document:
    """The paper of a Word body."""
    return read_content(word(body, space, **parts), "plan.docx")


def page(body: str, head: str = "") -> Document:
    """The paper of the body of a web page."""
    return read_content(
        f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode(), "plan.html"
    )
