"""When do two spellings name one indicator or place?"""

from __future__ import annotations

from zhiheng.documents.fold import fold

_MARKS = str.maketrans("", "", "“”\"'‘’《》「」 、,，。·")


def plain_name(name: str) -> str:
    """A name without blanks and quotes, brackets alike: what two spellings of one indicator share."""
    return "".join(fold(name).split()).translate(_MARKS).lower()
