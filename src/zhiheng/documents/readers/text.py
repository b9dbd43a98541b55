"""What does a plain text say, line by line?"""

from __future__ import annotations

from zhiheng.documents.tree import Document, Format, Paragraph, Place, Text


def read_text(content: str, name: str) -> Document:
    """Blocks of a decoded text; `lines` counts from 1 over `content.split("\\n")`."""
    lines = tuple(content.split("\n"))
    blocks = tuple(Paragraph(Text.at(line, Place(line=i))) for i, line in enumerate(lines, 1) if line.strip())
    return Document(name, Format.TEXT, blocks, lines)
