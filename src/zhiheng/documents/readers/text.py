"""What does a plain text say, line by line?

Titles stay paragraphs: `plans` knows them by their numbers; only markdown's # makes a heading here.
"""

from __future__ import annotations

from zhiheng.documents.readers.layout import lay_out
from zhiheng.documents.readers.strips import strips_of
from zhiheng.documents.tree import Document, Format


def read_text(content: str, name: str) -> Document:
    """Blocks of a decoded text; `lines` counts from 1 over `content.split("\\n")`."""
    lines = tuple(content.split("\n"))
    return Document(name, Format.TEXT, lay_out(strips_of(content, lines)), lines)
