"""How does a page of a PDF lie before the person who reads it?

A PDF counts from the lower left corner of the sheet; a page may show only a part of it, turned by quarters. Papers with wide
tables turn the text and not the page: such a page is read the way its text stands.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass

from pypdfium2 import raw


@dataclass(frozen=True, slots=True)
class Turn:
    """From points of the sheet to points from the upper left corner, after `quarters` turns to the right."""

    left: float
    bottom: float
    right: float
    top: float
    quarters: int

    @property
    def width(self) -> float:
        """Of the page as it is read."""
        return self.top - self.bottom if self.quarters % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """Of the page as it is read."""
        return self.right - self.left if self.quarters % 2 else self.top - self.bottom

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a rectangle as it is read."""
        if self.quarters == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        if self.quarters == 1:
            return bottom - self.bottom, left - self.left, top - self.bottom, right - self.left
        if self.quarters == 2:
            return self.right - right, bottom - self.bottom, self.right - left, top - self.bottom
        return self.top - top, self.right - right, self.top - bottom, self.right - left


def turn_of(page: raw.FPDF_PAGE, text_angle: int | None) -> Turn:
    """How the page is read; `text_angle` is how most of its text runs, in quarters to the left, None without text."""
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    quarters = raw.FPDFPage_GetRotation(page) if text_angle is None else text_angle
    return Turn(box.left, box.bottom, box.right, box.top, quarters % 4)
