"""How does a browser draw the characters of a web page together?"""

from __future__ import annotations

import re

from zhiheng.documents.readers.marks import HAN

BLOCKS = frozenset(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_SPACE = re.compile(r"[ \t\r\n\f\v]+")
_WIDE = f"{HAN}\u3000-\u303f\uff00-\uffef“”‘’—…"
_BREAK_IN_TEXT = re.compile(rf"(?<=[{_WIDE}])[ \t]*[\r\n][ \t\r\n]*(?=[{_WIDE}])")


def drawn_together(string: str, left_out: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Blanks drawn together as a browser does, line breaks between Chinese characters dropped, breaks asked for as \\n."""
    marked = string
    for begin, end in reversed(left_out):
        marked = f"{marked[:begin]}\ue000{marked[begin:end]}\ue001{marked[end:]}"
    marked = _BREAK_IN_TEXT.sub("", marked)
    marked = "\n".join(line for part in marked.split("\x0b") if (line := _SPACE.sub(" ", part).strip(" ")))
    spans, plain, begin = [], "", 0
    for piece in re.split("([\ue000\ue001])", marked):
        if piece == "\ue000":
            begin = len(plain)
        elif piece == "\ue001":
            spans.append((begin, len(plain)))
        else:
            plain += piece
    return plain, spans
