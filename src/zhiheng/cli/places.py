"""Where in a paper does something stand, in as few words as a column of a table takes?"""

from __future__ import annotations

from zhiheng.documents.tree import Anchor
from zhiheng.rules.messages import sentence


def place_words(anchor: Anchor | None, language: str) -> str:
    """行17, 段12, 表2行3列4, 工作表“指标”行3列4, 脚注1; empty when there is no place."""
    if anchor is None:
        return ""
    place = anchor.place
    facts = {"line": place.line, "paragraph": place.paragraph, "table": place.table, "sheet": place.sheet, "note": place.note}
    kind = next((k for k in ("line", "sheet", "table", "paragraph", "note") if facts[k] is not None), None)
    if kind is None:
        return ""
    said = sentence(f"cli.place_{kind}", facts, language)
    if place.row is None or place.column is None:
        return said
    return said + sentence("cli.place_cell", {"row": place.row, "column": place.column}, language)
