"""Where in its sentence does a figure stand? The clause and the figure to highlight, and the place in words."""

from __future__ import annotations

from zhiheng.documents.tree import Anchor

_STOPS = "，,；;。！？!?\n|\t"


def quoted(context: str, text: str, indicator: str) -> tuple[str, str, str, str, str]:
    """The sentence in five parts: before the clause, clause up to the figure, the figure, rest of the clause, after it.

    Of several places of the figure the first behind the indicator counts. A sentence that does not hold the figure
    (a table row whose cells stand apart) is quoted whole, the figure behind it.
    """
    if not text or text not in context:
        joint = "：" if context and text else ""
        return f"{context}{joint}", "", text, "", ""
    named = context.find(indicator) if indicator else -1
    at = context.find(text, named + len(indicator)) if named >= 0 else -1
    start = at if at >= 0 else context.find(text)
    end = start + len(text)
    first = max((context.rfind(stop, 0, start) for stop in _STOPS), default=-1) + 1
    last = min((i for stop in _STOPS if (i := context.find(stop, end)) >= 0), default=len(context))
    return context[:first], context[first:start], text, context[end:last], context[last:]


def place_words(anchor: Anchor | None, titles: tuple[str, ...]) -> str:
    """The titles above, then line, paragraph or cell."""
    parts = [" › ".join(titles)] if titles else []
    if anchor is not None:
        place = anchor.place
        if place.sheet is not None:
            parts.append(f"工作表“{place.sheet}”")
        if place.page is not None:
            parts.append(f"第{place.page}页")
        if place.line is not None and place.page is None:
            parts.append(f"原文第{place.line}行")
        elif place.table is not None:
            cell = f"第{place.row}行第{place.column}列" if place.row and place.column else ""
            parts.append(f"第{place.table}个表{cell}")
        elif place.row is not None:
            parts.append(f"第{place.row}行" + (f"第{place.column}列" if place.column else ""))
        elif place.paragraph is not None:
            parts.append(f"第{place.paragraph}段")
        elif place.note is not None:
            parts.append(f"脚注{place.note}")
    return "；".join(parts)
