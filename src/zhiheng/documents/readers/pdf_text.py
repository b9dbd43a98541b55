"""Which characters does a page of a PDF print, and where?

To ask for the place of every character would cost more than reading the page. So the ends of stretches of one script are
asked for; between them characters of one script are spread evenly, which is exact for Chinese and near enough for the rest.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Collection, Iterable, Iterator

from pypdfium2 import raw

from zhiheng.documents.readers.glyph_codes import MEANINGLESS, usual
from zhiheng.documents.readers.matrices import SLANTED, quarters
from zhiheng.documents.readers.pdf_runs import Piece
from zhiheng.documents.readers.pdfium_calls import address, has_no_character, is_put_in, loose_box

_LINE = re.compile(r"[^\r\n]+")
_STRETCH = re.compile(r"[\u2e80-\uffef]+|[“”‘’]|[^\s\u2e80-\uffef“”‘’]+")
_QUOTES = frozenset("“”‘’")  # set on half their room beside other marks, so that only their ink tells where they stand
# Marks and figures that no font sets on a whole em: where one does, it is the code of a Chinese glyph that has lost its meaning.
_NARROW = frozenset("!\"#$&'()*+,-./0123456789:;<=>?[]^_`abcdefghijklnopqrstuvxyz{|}~")
_WHOLE_EM = 0.93
_CONDEMNED = 0.2  # share of a font's characters without meaning from which none of them can be trusted
_HYPHEN = "\x02"  # pdfium's sign for a hyphen at the end of a line
_SAME_LINE = 0.5
_WIDEST, _NARROWEST = 2.2, 0.15  # ems from one character to the next, beyond which a stretch is asked for one by one
_UNEVEN = 0.2  # ems that a stretch may be longer or shorter than its characters before its inner ones are looked at
_FEW = 4
_FAR = 1e6  # points
_NONE: frozenset[bytes] = frozenset()
_NEAR = 0.3  # ems between pieces of one run
_OTHER_SIZE = 0.12
_LONGEST_NAME = 256


class TextReader:
    """Reads page after page of one paper, and remembers the sizes that its fonts have.

    `suspected` says that a character without meaning was seen; `condemned` are fonts of which nothing is to be trusted.
    """

    def __init__(self, condemned: Collection[bytes] = ()) -> None:
        self.suspected = False
        self._condemned = frozenset(condemned)
        self._sizes: dict[tuple[float, float, bool], tuple[float, int]] = {}
        self._box, self._matrix = (ctypes.c_float * 4)(), raw.FS_MATRIX()  # the box: left, top, right, bottom
        self._box_address, self._matrix_at = ctypes.addressof(self._box), ctypes.byref(self._matrix)
        self._text = 0
        self._odd = True

    def pieces_of(self, page: raw.FPDF_PAGE) -> list[Piece]:
        """What the page prints, in the order of the file."""
        text = raw.FPDFText_LoadPage(page)
        if not text:
            return []
        self._text = address(text)
        try:
            string = usual(_characters(text))
            self._odd = MEANINGLESS.search(string) is not None
            found: list[Piece] = []
            for number, line in enumerate(_LINE.finditer(string)):
                end = line.start()
                for stretch in _STRETCH.finditer(string, line.start(), line.end()):
                    spaced = stretch.start() > end and is_put_in(self._text, end) == 0
                    end = stretch.end()
                    self._add(found, text, string, stretch.start(), end, number, spaced=spaced)
            return found
        finally:
            raw.FPDFText_ClosePage(text)

    def damage_of(self, page: raw.FPDF_PAGE) -> Iterator[tuple[bytes, bool]]:
        """The font of every character of the page, and whether it says which character it is."""
        text = raw.FPDFText_LoadPage(page)
        if not text:
            return
        self._text = address(text)
        try:
            for i, character in enumerate(_characters(text)):
                if not character.isspace() and is_put_in(self._text, i) == 0:
                    found: list[Piece] = []
                    self._add_one(found, text, character, i, 0, spaced=False)
                    yield _font(text, i), any(piece.damaged for piece in found)
        finally:
            raw.FPDFText_ClosePage(text)

    def _add(
        self, found: list[Piece], text: raw.FPDF_TEXTPAGE, string: str, start: int, end: int, line: int, *, spaced: bool
    ) -> None:
        """The stretch as one piece, or as several where its characters do not stand evenly or are damaged."""
        loose_box(self._text, start, self._box_address)
        left, top, right, bottom = self._box[:]
        if not _is_on_a_sheet(left, bottom, right, top):
            return
        size, angle = self._set(text, start, right - left, top - bottom, chinese=string[start] >= "\u2e80")
        if string[start] in _QUOTES and angle == 0:
            left, right = self._ink(text, start)
        whole = string[start:end]
        damaged = self._is_damaged(text, start, whole, right - left > _WHOLE_EM * size and angle == 0)
        if end - start > 1:
            loose_box(self._text, end - 1, self._box_address)
            last = self._box[:]
            if not _is_on_a_sheet(last[0], last[3], last[2], last[1]):
                return
            raised = abs((last[1] - last[3]) - (top - bottom)) > _OTHER_SIZE * (top - bottom)
            if damaged or raised or angle == SLANTED or not self._is_even(start, end, left, bottom, last, size, angle):
                half = (start + end) // 2
                if damaged or angle == SLANTED or end - start <= _FEW:
                    for i in range(start, end):
                        self._add_one(found, text, string[i], i, line, spaced=spaced and i == start)
                else:
                    self._add(found, text, string, start, half, line, spaced=spaced)
                    self._add(found, text, string, half, end, line, spaced=False)
                return
            left, right = min(left, last[0]), max(right, last[2])
            bottom, top = min(bottom, last[3]), max(top, last[1])
        found.append(Piece(whole, left, bottom, right, top, size, angle, damaged, line, spaced))

    def _ink(self, text: raw.FPDF_TEXTPAGE, index: int) -> tuple[float, float]:
        """From where to where a character is black."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        raw.FPDFText_GetCharBox(text, index, *map(ctypes.byref, (left, right, bottom, top)))
        return left.value, right.value

    def _is_even(self, start: int, end: int, left: float, bottom: float, last: list[float], size: float, angle: int) -> bool:
        """Whether the characters stand at equal steps: `left` and `bottom` are of the first, `last` is the box of the last."""
        along, away = (last[0] - left, last[3] - bottom) if angle % 2 == 0 else (last[3] - bottom, last[0] - left)
        count = end - start - 1
        if not _NARROWEST * size < abs(along) / count < _WIDEST * size or abs(away) > _SAME_LINE * size:
            return False
        if count < 3 or abs(abs(along) - count * size) < _UNEVEN * size:
            return True
        third = start + count // 3
        loose_box(self._text, third, self._box_address)
        at = self._box[0] - left if angle % 2 == 0 else self._box[3] - bottom
        return bool(abs(at - along * (third - start) / count) < 0.5 * _UNEVEN * size)

    def _add_one(
        self, found: list[Piece], text: raw.FPDF_TEXTPAGE, character: str, index: int, line: int, *, spaced: bool
    ) -> None:
        if character == _HYPHEN:
            character = "-"
        loose_box(self._text, index, self._box_address)
        left, top, right, bottom = self._box[:]
        if not _is_on_a_sheet(left, bottom, right, top):
            return
        size, angle = self._set(text, index, right - left, top - bottom, chinese=character >= "\u2e80")
        damaged = self._is_damaged(text, index, character, right - left > _WHOLE_EM * size and angle == 0)
        self.suspected = self.suspected or damaged
        found.append(Piece(character, left, bottom, right, top, size, angle, damaged, line, spaced))

    def _is_damaged(self, text: raw.FPDF_TEXTPAGE, index: int, characters: str, fills_an_em: bool) -> bool:
        """Whether the characters from `index` are not those that the page shows."""
        return (
            has_no_character(self._text, index) == 1
            or (self._odd and MEANINGLESS.search(characters) is not None)
            or (fills_an_em and characters[0] in _NARROW)
            or (self._condemned != _NONE and _font(text, index) in self._condemned)
        )

    def _set(self, text: raw.FPDF_TEXTPAGE, index: int, width: float, height: float, *, chinese: bool) -> tuple[float, int]:
        """Size in points and direction of a character; asked for once for characters of one width and height."""
        key = (round(width, 1), round(height, 1), chinese)
        if key not in self._sizes:
            size = raw.FPDFText_GetFontSize(text, index)
            angle = 0
            if raw.FPDFText_GetMatrix(text, index, self._matrix_at):
                matrix = self._matrix
                size *= math.hypot(matrix.c, matrix.d)
                angle = quarters(matrix.a, matrix.b)
            self._sizes[key] = size if 0 < size < 1e4 else max(height, 1.0), angle
        return self._sizes[key]


def condemned_fonts(pages: Iterable[raw.FPDF_PAGE]) -> set[bytes]:
    """Fonts of which so many characters have no meaning that the others have lost theirs too."""
    reader = TextReader()
    counts: dict[bytes, list[int]] = {}
    for page in pages:
        for font, damaged in reader.damage_of(page):
            count = counts.setdefault(font, [0, 0])
            count[0] += 1
            count[1] += damaged
    return {font for font, (all_of_them, damaged) in counts.items() if damaged > _CONDEMNED * all_of_them}


def _is_on_a_sheet(left: float, bottom: float, right: float, top: float) -> bool:
    """Whether the place is one at all: numbers of a damaged file may be none, or beyond any sheet."""
    return left > -_FAR and right < _FAR and bottom > -_FAR and top < _FAR


def _font(text: raw.FPDF_TEXTPAGE, index: int) -> bytes:
    """What the file calls the font of a character."""
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    raw.FPDFText_GetFontInfo(text, index, name, _LONGEST_NAME, None)
    return name.value


def _characters(text: raw.FPDF_TEXTPAGE) -> str:
    """One character for every one that pdfium counts."""
    count = raw.FPDFText_CountChars(text)
    if count <= 0:
        return ""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, buffer)
    if written == count + 1:
        string = bytes(buffer)[: 2 * count].decode("utf-16-le", "replace")
        if len(string) == count:
            return string
    return "".join(map(_character, (raw.FPDFText_GetUnicode(text, i) for i in range(count))))


def _character(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
