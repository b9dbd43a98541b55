"""How does a text leave in a file of plain text without a spreadsheet taking it for a formula, and come back as it was?

An apostrophe is set before it, and before every text that could be taken for one so guarded; reading takes one off.
"""

from __future__ import annotations

import re

# What a spreadsheet computes; a number with its sign is none.
_FORMULA = r"[=@]|[+\-](?s:.*)[^0-9.,%]"
GUARDED = rf"^(?:{_FORMULA}|'+[=+\-@])"
_GUARD = re.compile(r"'(?='*[=+\-@])")


def unguarded(text: str) -> str:
    """The text without the apostrophe that was set before it."""
    return text[1:] if _GUARD.match(text) else text
