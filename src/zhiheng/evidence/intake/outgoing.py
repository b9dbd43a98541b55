"""How does a text leave in a workbook without ever becoming a formula?"""

from __future__ import annotations

import io
import math
import re
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
# A workbook carries a day of creation; a fixed one keeps equal content equal to the byte.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
_LINE_HEIGHT = 16
FONT = "宋体"


class OutgoingBook:
    """A workbook being written: in memory, or, where it may be large, into the file `path`, row after row from the top.

    One at a `path` has to be closed or abandoned.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._stream = io.BytesIO()
        self._rests: TemporaryDirectory[str] | None = None
        options: dict[str, Any] = dict(_OPTIONS)
        if path is not None:
            self._rests = TemporaryDirectory(dir=path.parent, prefix=".")
            options |= {"in_memory": False, "constant_memory": True, "tmpdir": self._rests.name}
        self._book = xlsxwriter.Workbook(self._stream if path is None else str(path), options)
        self._book.set_properties({"created": _CREATED})
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def sheet(self, name: str) -> Any:
        """A new sheet; what Excel does not allow in a name is replaced, a name used twice is numbered."""
        plain = _NOT_IN_NAMES.sub("_", name).strip("'")[:_LONGEST_NAME] or "Sheet"
        used = {s.get_name().lower() for s in self._book.worksheets()}
        found, number = plain, 2
        while found.lower() in used:
            end = f"({number})"
            found, number = f"{plain[: _LONGEST_NAME - len(end)]}{end}", number + 1
        return self._book.add_worksheet(found)

    def look(self, **properties: Any) -> Any:
        """The cell format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            base = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
            self._formats[key] = self._book.add_format(base | properties)
        return self._formats[key]

    @staticmethod
    def on_a4(sheet: Any) -> None:
        """Set up to print on A4 landscape, one page wide."""
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def write_text(self, sheet: Any, row: int, column: int, text: str, **properties: Any) -> None:
        """A text cell; one that a spreadsheet could take for a formula carries the quote prefix."""
        if text.startswith(DANGEROUS):
            properties = {**properties, "quote_prefix": True}
        sheet.write_string(row, column, text, self.look(**properties))

    @staticmethod
    def height(text: str, width: int) -> int:
        """How high a row must be for a text in a column of that width; a Chinese character is two letters wide."""
        widths = (sum(2 if c > "\u2000" else 1 for c in line) for line in text.split("\n"))
        return _LINE_HEIGHT * sum(max(1, math.ceil(wide / max(width - 4, 2))) for wide in widths)

    def content(self) -> bytes:
        """The finished file that was written in memory."""
        self._book.close()
        return self._stream.getvalue()

    def close(self) -> None:
        """Finish the file at `path`; `OSError` when the disk refuses."""
        try:
            self._book.close()
        except FileCreateError as fault:
            raise (fault.args[0] if fault.args and isinstance(fault.args[0], OSError) else OSError(str(fault))) from fault
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Leave nothing behind of what was worked on beside the file."""
        if self._rests is not None:
            for sheet in self._book.worksheets():
                if sheet.row_data_fh is not None:
                    sheet.row_data_fh.close()
            self._book.fileclosed = True
            self._rests.cleanup()
