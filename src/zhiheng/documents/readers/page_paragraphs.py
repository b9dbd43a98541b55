"""Does a printed line go on in the next one?

The margins tell: a line that ends although the first word of the next would still have had room ends its paragraph; a
line set in begins one. Only where the margins are silent do characters decide.
"""

from __future__ import annotations

import re

from zhiheng.documents.readers.marks import CLOSED, HEADING, begins
from zhiheng.documents.readers.page_lines import Stretch
from zhiheng.documents.readers.page_margins import Margins

_TOKEN = re.compile(r"[（(《〈“‘【〔\[「]*(?:[A-Za-z0-9.%/+\-~]+|.)[，。、；：！？）》〉”’】〕\]」,;:!?)%]*")
_CONTENTS = re.compile(r".{2,60}(?:[.…·．]\s?){4,}\s*\d{1,3}$")
_SAME_SIZE = 0.12
_SLACK = -0.1
_INDENT = (1.2, 4.5)
_MOST_GAP = 0.8
_LEAST_GAP = 0.3
_CENTRED = 1.0
_TITLE = 1.25  # a title, in sizes of the text
_TITLE_PITCH = 2.2  # ems from line to line of one title
_MOST_PITCH = 3.0  # ems from line to line of one paragraph; a page of few lines tells no usual one


def goes_on(last: Stretch, following: Stretch, margins: Margins) -> bool:
    """Whether `following` is set as the rest of the paragraph of `last`."""
    if not is_one_size(last.size, following.size):
        return False
    if is_centred(last, margins) or is_centred(following, margins):
        return _is_title_in_lines(last, following, margins)
    if not is_full(last, following, margins):
        return False
    set_in = (following.left - margins.left) / margins.size
    if margins.indented and _INDENT[0] < set_in < _INDENT[1]:
        return False
    if margins.indented and set_in < _INDENT[0] and last.page != following.page:
        return True
    gap = _gap(last, following, margins)
    if gap > _MOST_GAP:
        return False
    if gap > _LEAST_GAP and (CLOSED.search(last.folded[-12:]) or begins(following.folded)):
        return False
    if margins.indented:
        return True
    folded = following.folded
    if begins(folded) and (HEADING.match(folded) or CLOSED.search(last.folded[-12:])):
        return last.string[-1].isdigit() and folded[0].isdigit()
    return True


def _is_title_in_lines(last: Stretch, following: Stretch, margins: Margins) -> bool:
    """Whether both lines are of one title: set far larger than the text, one close below the other."""
    if last.page != following.page or min(last.size, following.size) < _TITLE * margins.size:
        return False
    if CLOSED.search(last.folded[-1:]) or begins(following.folded) or HEADING.match(following.folded):
        return False
    return following.bottom - last.bottom < _TITLE_PITCH * last.size


def is_one_size(one: float, other: float) -> bool:
    """Whether two sizes differ no more than rounding and fonts make them."""
    return abs(one - other) <= _SAME_SIZE * max(one, other)


def is_contents(line: Stretch) -> bool:
    """Whether the line is one of a table of contents: a title, leaders, a page."""
    return line.string[-1].isdigit() and _CONTENTS.match(line.folded) is not None


def is_full(last: Stretch, following: Stretch, margins: Margins, slack: float = _SLACK) -> bool:
    """Whether the first word of `following` would not have had room behind `last`; margins may err by `slack` ems."""
    token = _TOKEN.match(following.string)
    end = token.end() if token else 1
    need = following.edges[4 * end - 2] - following.edges[0]
    return last.right + need > margins.right + slack * margins.size


def is_centred(line: Stretch, margins: Margins) -> bool:
    """Whether the line stands in the middle, away from both margins."""
    before, behind = line.left - margins.left, margins.right - line.right
    return min(before, behind) > 1.5 * margins.size and abs(before - behind) < _CENTRED * margins.size


def _gap(last: Stretch, following: Stretch, margins: Margins) -> float:
    """How much more than usual, in ems, stands between the lines; 0 when a page ends between them."""
    if last.page != following.page:
        return 0.0
    step = (following.bottom - last.bottom) / margins.size
    return step - min(margins.pitch or _MOST_PITCH, _MOST_PITCH) if step > 0 else 0.0
