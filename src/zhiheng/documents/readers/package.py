"""How is a packed paper (docx, xlsx) opened without trusting it?

Sizes are checked before anything is unpacked, unpacking stops at the limits, and no part may declare entities.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from struct import error as StructError  # noqa: N812
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits

_SMALL = 1024 * 1024
_PIECE = 256 * 1024
_METHODS = (ZIP_STORED, ZIP_DEFLATED)
DAMAGE = (BadZipFile, ValueError, NotImplementedError, OSError, StructError, IndexError)
_MARKUP = (".xml", ".rels", ".vml")


class Package:
    """The parts of one paper by name, unpacked when asked for."""

    def __init__(self, data: bytes | IO[bytes], name: str, limits: Limits) -> None:
        self._name, self._limits = name, limits
        self._left = limits.unpacked_bytes
        try:
            self._archive = ZipFile(BytesIO(data) if isinstance(data, bytes) else data)
            entries = self._archive.infolist()
        except DAMAGE as fault:
            raise DataError("documents.damaged", file=name, part="zip") from fault
        self._check(entries)
        self._entries = {entry.filename.replace("\\", "/").lstrip("/").lower(): entry for entry in entries}

    def _check(self, entries: list[ZipInfo]) -> None:
        limits = self._limits
        if len(entries) > limits.entries:
            raise DataError("documents.too_many_parts", file=self._name, parts=len(entries), limit=limits.entries)
        for entry in entries:
            if entry.flag_bits & 1:
                raise DataError("documents.encrypted", file=self._name)
            if entry.compress_type not in _METHODS:
                raise DataError("documents.damaged", file=self._name, part=entry.filename)
            if entry.file_size > _SMALL and entry.file_size > limits.ratio * max(entry.compress_size, 1):
                raise DataError("documents.packed_too_tight", file=self._name, part=entry.filename, limit=limits.ratio)
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limits.unpacked_bytes:
            raise DataError("documents.unpacks_too_large", file=self._name, limit=limits.unpacked_bytes // _SMALL)

    @property
    def names(self) -> list[str]:
        """Names of the parts, in lower case."""
        return list(self._entries)

    def part(self, name: str) -> bytes | None:
        """The bytes of a part; None when there is no such part. Markup with a document type is refused."""
        entry = self._entries.get(name.lstrip("/").lower())
        if entry is None:
            return None
        try:
            with self._archive.open(entry) as stream:
                data = stream.read(self._left + 1)
        except (*DAMAGE, ZlibError, EOFError, RuntimeError) as fault:
            raise DataError("documents.damaged", file=self._name, part=entry.filename) from fault
        self._left -= len(data)
        if self._left < 0:
            raise DataError("documents.unpacks_too_large", file=self._name, limit=self._limits.unpacked_bytes // _SMALL)
        if name.lower().endswith(_MARKUP) and _declares(data):
            raise DataError("documents.xml_entities", file=self._name, part=entry.filename)
        return data

    def stream(self, name: str) -> Iterator[bytes]:
        """The bytes of a part piece by piece, for parts too large to hold; nothing when there is no such part."""
        entry = self._entries.get(name.lstrip("/").lower())
        if entry is None:
            return
        left, first = self._limits.unpacked_bytes, True
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    left -= len(piece)
                    if left < 0:
                        limit = self._limits.unpacked_bytes // _SMALL
                        raise DataError("documents.unpacks_too_large", file=self._name, limit=limit)
                    if first and _declares(piece):
                        raise DataError("documents.xml_entities", file=self._name, part=entry.filename)
                    first = False
                    yield piece
        except (*DAMAGE, ZlibError, EOFError, RuntimeError) as fault:
            raise DataError("documents.damaged", file=self._name, part=entry.filename) from fault

    def refuse_entities(self) -> None:
        """Read every part of markup once, so that one nobody asks for cannot hide a document type."""
        left = self._left
        for name in self._entries:
            if name.endswith(_MARKUP):
                self.part(name)
        self._left = left

    def xml(self, name: str) -> etree._Element | None:
        """The root element of a part; None when there is no such part."""
        data = self.part(name)
        return None if data is None else parse(data, self._name, name)

    def related(self, part: str, kind: str) -> list[tuple[str, str]]:
        """Id and path of the parts that `part` relates to as `kind` (the last word of the relation's type)."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels".lstrip("/"))
        found = []
        for relation in root if root is not None else ():
            if str(relation.get("Type", "")).rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
                found.append((str(relation.get("Id", "")), resolved(folder, str(relation.get("Target", "")))))
        return found


def parse(data: bytes, file: str, part: str) -> etree._Element:
    """The root of XML that comes from outside: no entities, no network, no documents beyond libxml2's own bounds."""
    try:
        root = etree.fromstring(data, parser())
    except etree.XMLSyntaxError as fault:
        if "depth" in str(fault).lower():
            raise DataError("documents.nested_too_deep", file=file, depth="256+", limit=256) from fault
        raise DataError("documents.damaged", file=file, part=part) from fault
    if root.getroottree().docinfo.internalDTD is not None:
        raise DataError("documents.xml_entities", file=file, part=part)
    return root


def parser() -> etree.XMLParser:
    """A parser that fetches and expands nothing."""
    return etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )


def _declares(data: bytes) -> bool:
    """Whether the markup declares a document type or entities, in whichever Unicode encoding."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in data[:64]:
        data = data.replace(b"\x00", b"")
    return b"<!DOCTYPE" in data or b"<!ENTITY" in data


def resolved(folder: str, target: str) -> str:
    """The name of the part that markup in `folder` calls `target`; never one outside the package."""
    if target.startswith("/"):
        return target.lstrip("/")
    steps = folder.split("/") if folder else []
    for step in target.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)
