"""Which documents, pages and templates does an OFD file (GB/T 33190-2016) hold, and what lies beside them?

Names are matched without their namespace: files in use follow the standard of 2016 and the drafts before it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.package import Package, resolved

_BETWEEN = re.compile(r"[\s,]+")
_A4 = (0.0, 0.0, 210.0, 297.0)
_LARGEST = 1e6  # millimetres: beyond it, no place on a page

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is drawn on one page: its box in millimetres (left, top, width, height), and contents from the lowest up."""

    box: Box
    contents: tuple[etree._Element, ...]


@dataclass(slots=True)
class OfdDocument:
    """One document of the file: where its pages lie, and the parts that they share."""

    package: Package
    folder: str
    root: etree._Element
    box: Box
    pages: list[tuple[str, str]]  # id, part
    templates: dict[str, str]
    shared: dict[str, etree._Element]  # composite drawings by id
    _drawn: dict[str, etree._Element | None] = field(default_factory=dict)

    def layout(self, part: str) -> Layout | None:
        """The page of that part with its templates; None when there is no such part. `DataError` when it is damaged."""
        page = self.package.xml(part)
        if page is None:
            return None
        below: list[etree._Element] = []
        above: list[etree._Element] = []
        for use in page.iterchildren("{*}Template"):
            content = self._template(str(use.get("TemplateID", "")))
            if content is not None:
                (above if use.get("ZOrder") == "Foreground" else below).append(content)
        content = page.find("{*}Content")
        own = [] if content is None else [content]
        return Layout(_page_box(page.find("{*}Area")) or self.box, (*below, *own, *above))

    def _template(self, name: str) -> etree._Element | None:
        if name not in self._drawn:
            part = self.templates.get(name)
            page = self.package.xml(part) if part else None
            self._drawn[name] = None if page is None else page.find("{*}Content")
        return self._drawn[name]

    def marked_pages(self) -> Iterator[int]:
        """Numbers of the pages that bear marks laid over them; links and watermarks are none."""
        listing = _listing(self, "Annotations")
        if listing is None:
            return
        folder, root = listing
        numbers = {page: number for number, (page, _) in enumerate(self.pages, 1)}
        for entry in root.iterchildren("{*}Page"):
            number = numbers.get(str(entry.get("PageID", "")))
            marks = self.package.xml(resolved(folder, _said(entry, "FileLoc")))
            if number is None or marks is None:
                continue
            kinds = {str(mark.get("Type", "")) for mark in marks.iterchildren("{*}Annot") if mark.get("Visible") != "false"}
            if kinds - {"Link", "Watermark"}:
                yield number

    @property
    def attachments(self) -> int:
        """How many files are attached."""
        listing = _listing(self, "Attachments")
        return 0 if listing is None else len(listing[1].findall("{*}Attachment"))


def documents_of(package: Package, name: str) -> tuple[list[OfdDocument], int]:
    """The documents of the file in order, and how many signatures it bears.

    `DataError` when it is encrypted or no OFD.
    """
    root = package.xml("OFD.xml")
    if root is None:
        raise DataError("documents.damaged", file=name, part="OFD.xml")
    if root.find(".//{*}Encryptions") is not None or "encryptions.xml" in package.names:
        raise DataError("documents.encrypted", file=name)
    documents, signatures = [], 0
    for body in root.iterchildren("{*}DocBody"):
        part = resolved("", _said(body, "DocRoot"))
        documents.append(_document(package, name, part))
        listing = package.xml(resolved("", _said(body, "Signatures"))) if _said(body, "Signatures") else None
        signatures += 0 if listing is None else len(listing.findall("{*}Signature"))
    if not documents:
        raise DataError("documents.damaged", file=name, part="OFD.xml")
    return documents, signatures


def numbers(said: str | None) -> tuple[float, ...]:
    """The numbers of a value like "0 0 210 297"; none when one of them is no number or no place on a page."""
    try:
        found = tuple(map(float, _BETWEEN.split(said.strip()))) if said and said.strip() else ()
    except ValueError:
        return ()
    return found if all(math.isfinite(n) and abs(n) < _LARGEST for n in found) else ()


def number(said: str | None, missing: float) -> float:
    """The number said, or what a missing one means."""
    found = numbers(said)
    return found[0] if len(found) == 1 else missing


def _document(package: Package, name: str, part: str) -> OfdDocument:
    root = package.xml(part)
    if root is None:
        raise DataError("documents.damaged", file=name, part=part or "DocRoot")
    folder = part.rpartition("/")[0]
    common = root.find("{*}CommonData")
    area = None if common is None else common.find("{*}PageArea")
    templates, shared = {}, {}
    for entry in common if common is not None else ():
        match etree.QName(entry).localname:
            case "TemplatePage":
                templates[str(entry.get("ID", ""))] = resolved(folder, str(entry.get("BaseLoc", "")))
            case "PublicRes" | "DocumentRes":
                shared.update(_composites(package, resolved(folder, entry.text or "")))
    entries = root.iterfind("{*}Pages/{*}Page")
    pages = [(str(e.get("ID", "")), resolved(folder, str(e.get("BaseLoc", "")))) for e in entries]
    return OfdDocument(package, folder, root, _page_box(area) or _A4, pages, templates, shared)


def _composites(package: Package, part: str) -> dict[str, etree._Element]:
    """Drawings that objects of pages refer to."""
    root = package.xml(part)
    units = () if root is None else root.iterfind("{*}CompositeGraphicUnits/{*}CompositeGraphicUnit")
    return {str(u.get("ID", "")): content for u in units if (content := u.find("{*}Content")) is not None}


def _page_box(area: etree._Element | None) -> Box | None:
    found = () if area is None else numbers(area.findtext("{*}PhysicalBox"))
    if len(found) != 4 or found[2] <= 0 or found[3] <= 0:
        return None
    left, top, width, height = found
    return left, top, width, height


def _listing(document: OfdDocument, name: str) -> tuple[str, etree._Element] | None:
    """Folder and root of the part in which a document lists its annotations or attachments."""
    said = _said(document.root, name)
    part = resolved(document.folder, said)
    root = document.package.xml(part) if said else None
    return None if root is None else (part.rpartition("/")[0], root)


def _said(element: etree._Element, name: str) -> str:
    return (element.findtext(f"{{*}}{name}") or "").strip()
