"""How large may a paper be before it is refused rather than read?"""

from __future__ import annotations

from dataclasses import dataclass

from zhiheng.base.errors import DataError

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one paper. The longest published plans have 200,000 characters; the defaults leave room for twenty such.

    `ratio` bounds how many times its packed size a part of more than a megabyte may unpack to: XML of real papers stays
    below 60. `depth` bounds nested elements of a page and tables within tables. `convert_seconds` and `convert_bytes` bound
    the time and the memory that LibreOffice gets for one paper; `office` is its program, found by itself when empty.
    """

    file_bytes: int = 50 * _MEGABYTE
    unpacked_bytes: int = 300 * _MEGABYTE
    ratio: int = 200
    entries: int = 5_000
    characters: int = 4_000_000
    depth: int = 200
    cells: int = 500_000
    pages: int = 2_000
    convert_seconds: int = 120
    convert_bytes: int = 4_096 * _MEGABYTE
    office: str = ""

    def check_characters(self, count: int, name: str) -> None:
        """Refuse a paper that is longer than any plan."""
        if count > self.characters:
            raise DataError("documents.too_long", file=name, characters=count, limit=self.characters)

    def check_cells(self, count: int, name: str) -> None:
        """Refuse tables with more cells than a person could check."""
        if count > self.cells:
            raise DataError("documents.too_many_cells", file=name, cells=count, limit=self.cells)

    def check_pages(self, count: int, name: str) -> None:
        """Refuse a paper of more pages than any plan."""
        if count > self.pages:
            raise DataError("documents.too_many_pages", file=name, pages=count, limit=self.pages)

    def check_depth(self, depth: int, name: str) -> None:
        """Refuse a paper nested deeper than any hand would nest it."""
        if depth > self.depth:
            raise DataError("documents.nested_too_deep", file=name, depth=depth, limit=self.depth)


DEFAULT_LIMITS = Limits()
