"""What is in a file, whatever its name says?

A format we do not read is refused with the step that makes it readable; a name that promises another format than the
content is refused too, because the person may have picked the wrong file.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import PurePath
from typing import NoReturn
from zipfile import ZipFile

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.decoding import is_text
from zhiheng.documents.readers.package import DAMAGE
from zhiheng.documents.tree import Format

_EXTENSIONS = {
    Format.TEXT: (".txt", ".text", ".md", ".markdown"),
    Format.HTML: (".html", ".htm", ".shtml", ".xhtml"),
    Format.DOCX: (".docx",),
    Format.XLSX: (".xlsx",),
    Format.PDF: (".pdf",),
    Format.OFD: (".ofd",),
    Format.OLD_WORD: (".doc", ".wps"),
    Format.OLD_EXCEL: (".xls", ".et"),
    Format.RICH_TEXT: (".rtf",),
    Format.OPEN_TEXT: (".odt",),
    Format.OPEN_SHEETS: (".ods",),
}
_PROMISES = {extension: kind for kind, extensions in _EXTENSIONS.items() for extension in extensions}
# What office programs save under another format's name, or let people name so, and open without a word.
_ALSO = {
    ".doc": (Format.RICH_TEXT, Format.HTML),
    ".wps": (Format.RICH_TEXT, Format.HTML, Format.DOCX),
    ".xls": (Format.HTML,),
    ".et": (Format.HTML, Format.XLSX),
}
_CONVERTED = (Format.OLD_WORD, Format.OLD_EXCEL, Format.RICH_TEXT, Format.OPEN_TEXT, Format.OPEN_SHEETS)
_OTHER_PROMISES = frozenset(".csv .dps .jpg .json .mht .mhtml .odp .png .ppt .pptx .tif .xml".split())
_TABLES = frozenset((".csv", ".et", ".ods", ".xls"))
_NAMES = {kind: kind.value.upper() for kind in Format} | {Format.TEXT: "TXT"}

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(rb"<(?:html|body|div|p|table|span|h[1-6]|ul|a|br|meta|td)\b[^>]*>", re.IGNORECASE)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OPEN = {
    b"application/vnd.oasis.opendocument.text": Format.OPEN_TEXT,
    b"application/vnd.oasis.opendocument.spreadsheet": Format.OPEN_SHEETS,
}
_LONGEST_KIND = 200
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_MAIL_ARCHIVE = re.compile(rb"\s*(?:mime-version:|from:.*\ncontent-type:\s*multipart/related)", re.IGNORECASE)


def sniff(data: bytes, name: str) -> Format:
    """The format of the content; `DataError` when we do not read it or the name promises another."""
    extension = PurePath(name).suffix.lower()
    if data.startswith(_IMAGES):
        raise DataError("documents.unsupported_image", file=name)
    if _MAIL_ARCHIVE.match(data[:400]):
        raise DataError("documents.unsupported_web_archive", file=name)
    if data.startswith(b"{\\rtf"):
        found = Format.RICH_TEXT
    elif data.startswith(_COMPOUND):
        found = _in_compound(data, name)
    elif b"%PDF-" in data[:1024]:
        found = Format.PDF
    else:
        found = _in_archive(data, name) if data.startswith(b"PK") else _in_plain(data, extension)
    promised = _PROMISES.get(extension)
    if (
        promised is not found
        and found not in _ALSO.get(extension, ())
        and (promised is not None or extension in _OTHER_PROMISES)
    ):
        if found is Format.TEXT and not is_text(data):
            raise DataError("documents.damaged", file=name, part=extension)
        _refuse_name(name, extension, _NAMES[found])
    return found


def _refuse_name(name: str, extension: str, content: str) -> NoReturn:
    """The name promises another format; what to save it as is that format where we read it, else its successor."""
    read = extension in _PROMISES and _PROMISES[extension] not in _CONVERTED
    wanted = extension if read else ".xlsx" if extension in _TABLES else ".docx"
    raise DataError("documents.wrong_extension", file=name, extension=extension, content=content, wanted=wanted)


def _in_compound(data: bytes, name: str) -> Format:
    """Which of the formats before 2007 an OLE container holds."""
    if _holds(data, "EncryptedPackage") or _holds(data, "EncryptionInfo"):
        raise DataError("documents.encrypted", file=name)
    if _holds(data, "WordDocument"):
        return Format.OLD_WORD
    if _holds(data, "Workbook") or _holds(data, "Book"):
        return Format.OLD_EXCEL
    raise DataError("documents.unsupported_old_office", file=name)


def _holds(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _in_archive(data: bytes, name: str) -> Format:
    try:
        with ZipFile(BytesIO(data)) as archive:
            entries = {entry.filename.lower().replace("\\", "/") for entry in archive.infolist()}
            kind = _kind(archive)
    except DAMAGE as fault:
        raise DataError("documents.damaged", file=name, part="zip") from fault
    if "[content_types].xml" in entries:
        if any(entry.startswith("word/") for entry in entries):
            return Format.DOCX
        if any(entry.startswith("xl/") and entry.endswith("workbook.xml") for entry in entries):
            return Format.XLSX
    if "ofd.xml" in entries:
        return Format.OFD
    if kind in _OPEN:
        return _OPEN[kind]
    raise DataError("documents.unsupported_archive", file=name)


def _kind(archive: ZipFile) -> bytes:
    """What an OpenDocument package says it is, in its first part and unpacked."""
    first = next(iter(archive.infolist()), None)
    if first is None or first.filename != "mimetype" or first.file_size > _LONGEST_KIND:
        return b""
    return archive.read(first).strip()


def _in_plain(data: bytes, extension: str) -> Format:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    head = head.removeprefix(b"\xef\xbb\xbf")
    if _PAGE.match(head) or (_PROMISES.get(extension) is Format.HTML and _TAG.search(data)):
        return Format.HTML
    return Format.TEXT
