"""How is a page of a PDF read?

Papers with wide tables turn the text and not the page: such a page is read the way its text stands.
"""

from __future__ import annotations

import ctypes

from pypdfium2 import raw

from zhiheng.documents.readers.page_turn import Turn


def turn_of(page: raw.FPDF_PAGE, text_angle: int | None) -> Turn:
    """How the page is read; `text_angle` is how most of its text runs, in quarters to the left, None without text."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    quarters = raw.FPDFPage_GetRotation(page) if text_angle is None else text_angle
    return Turn(box.left, box.bottom, box.right, box.top, quarters % 4)
