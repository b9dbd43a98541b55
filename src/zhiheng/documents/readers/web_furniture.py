"""Which parts of a web page frame the paper rather than belong to it?"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

_SILENT = frozenset(
    """audio button canvas datalist del dialog embed head iframe input map noscript object rp rt rtc script select style svg
    template textarea title video""".split()
)
_FRAMES = frozenset("aside footer header menu nav".split())
_ROLES = frozenset("banner complementary contentinfo dialog menu menubar navigation search toolbar".split())
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FRAME_NAME = re.compile(
    r"(?:^|[-_\s])(?:nav|navbar|navigation|menu|submenu|sitemap|topbar|breadcrumbs?|crumbs?|location|curpos|position|weizhi|dqwz|footer|foot|copyright"
    r"|sidebar|aside|share|bdsharebuttonbox|social-share|toolbar|tools?|print|fontsize|font-size|search|login|qrcode|ewm|erweima"
    r"|related|relevant|xgwd|xgjd|recommend|hot|rank|friendlink|links|ads?|banner|pager|pagination|page-?turn|prevnext|prev-next|skip)"
    r"(?:$|[-_\s\d])",
    re.IGNORECASE,
)
_PAPER = 1_500
_MENU = 4


def is_frame(element: HtmlElement) -> bool:
    """Whether the element, with all in it, is not part of the paper."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _SILENT:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true" or _HIDDEN.search(element.get("style") or ""):
        return True
    if tag in ("body", "html", "table", "tbody", "tr", "td", "th", "p"):
        return False
    named = f"{element.get('id') or ''} {element.get('class') or ''}"
    if (tag in _FRAMES and not _in_article(element)) or (element.get("role") or "") in _ROLES or _FRAME_NAME.search(named):
        return not _holds_paper(element)
    listing = tag in ("ul", "ol", "dl") or (tag == "div" and sum(child.tag == "a" for child in element) >= _MENU)
    return listing and _is_menu(element)


def _in_article(element: HtmlElement) -> bool:
    return any(a.tag in ("article", "main") for a in element.iterancestors())


def _holds_paper(element: HtmlElement) -> bool:
    """Whether the element, for all its name, holds the paper: long text, with sentences."""
    text = element.text_content()
    return len(text) > _PAPER and text.count("。") > 5


def _is_menu(element: HtmlElement) -> bool:
    """Whether a list is nothing but links to other pages."""
    links = element.findall(".//a")
    if len(links) < _MENU:
        return False
    whole = len("".join(element.text_content().split()))
    linked = sum(len("".join(a.text_content().split())) for a in links if not (a.get("href") or "").startswith("#"))
    return 0 < whole < _PAPER and linked > 0.85 * whole and "。" not in element.text_content()
