"""Small papers for the tests of the plan compiler: one block a line, numbered from 1."""

from __future__ import annotations

from pathlib import Path

import pytest

from zhiheng.documents.tree import Block, Cell, Document, Format, Paragraph, Place, Table, Text

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"


def a_text(string: str, line: int = 1) -> Text:
    return Text.at(string, Place(line=line))


def a_document(*lines: str | Block, name: str = "paper.txt") -> Document:
    blocks = [Paragraph(a_text(x, i)) if isinstance(x, str) else x for i, x in enumerate(lines, 1)]
    return Document(name, Format.TEXT, tuple(blocks))


def a_table(*rows: tuple[str, ...]) -> Table:
    cells = [
        Cell(Text.at(string, Place(table=1, row=r + 1, column=c + 1)), r, c)
        for r, row in enumerate(rows)
        for c, string in enumerate(row)
    ]
    return Table(tuple(cells), 1)


def a_corpus_document(name: str) -> Document:
    """A text of the shared corpus, one paragraph a line."""
    path = CORPUS / f"{name}.txt"
    if not path.exists():
        pytest.skip("needs the shared corpora beside the project")
    lines = enumerate(path.read_text("utf-8").split("\n"), 1)
    return Document(path.name, Format.TEXT, tuple(Paragraph(a_text(line, i)) for i, line in lines if line.strip()))
