"""How is a page filled that asks nothing of any network? Templates, styles and scripts from the assets, all data escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

_SLOT = re.compile(r"\{\{(\w+)\}\}")


def filled(template: str, texts: Mapping[str, str]) -> str:
    """The template with its slots filled; texts are markup already."""
    return _SLOT.sub(lambda slot: texts[slot[1]], template)


@lru_cache(maxsize=16)
def asset(name: str) -> str:
    """A text of `publication/assets`."""
    return files("zhiheng").joinpath("publication", "assets", *name.split("/")).read_text("utf-8")


def digest(script: str) -> str:
    """What the page's policy lets run: these very scripts and no other."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def script_json(record: object) -> str:
    """JSON that can stand inside a script element: nothing in it can end the element or open a comment."""
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
