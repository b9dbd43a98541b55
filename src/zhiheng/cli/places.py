"""Where in a paper does something stand, in as few words as a column of a table takes?"""

from __future__ import annotations

from zhiheng.documents.tree import Anchor
from zhiheng.rules.messages import sentence


def place_words(anchor: Anchor | None, language: str) -> str:
    """行17, 页3, 段12, 表2行3列4, 工作表“指标”行3列4, 脚注1; empty when there is no place."""
    if anchor is None:
        return ""
    place = anchor.place
    kinds = ("page", "line", "sheet", "table", "paragraph", "note")
    facts = {k: getattr(place, k) for k in kinds}
    kind = next((k for k in kinds if facts[k] is not None), None)
    if kind is None:
        return ""
    said = sentence(f"cli.place_{kind}", facts, language)
    if kind == "page" and place.table is not None:
        said += sentence("cli.place_table", facts, language)
    if place.row is None or place.column is None:
        return said
    return said + sentence("cli.place_cell", {"row": place.row, "column": place.column}, language)
