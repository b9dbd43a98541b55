"""How does a paper come out of the printers that offices have: LibreOffice, and the browser's print to PDF?"""

from __future__ import annotations

import html
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import docx
from docx.shared import Pt


def from_office(paper: Path, folder: Path) -> Path:
    """The paper as LibreOffice prints it to PDF; with a profile of its own, so that several can run at a time."""
    profile = (folder / "profile").as_uri()
    words = [
        "soffice",
        f"-env:UserInstallation={profile}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(paper),
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    return folder / f"{paper.stem}.pdf"


def from_browser(page: Path, folder: Path) -> Path:
    """The page as Chromium prints it to PDF, with its own head and foot on every page."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
    printed = folder / f"{page.stem}_browser.pdf"
    words = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}"]
    subprocess.run([*words, f"--print-to-pdf={printed}", page.as_uri()], check=True, capture_output=True, timeout=180)
    return printed


def as_word(text: str) -> bytes:
    """A Word paper with a paragraph for every line of a text, set as offices set them: 16 pt, the first line in by two."""
    paper = docx.Document()
    style = paper.styles["Normal"]
    style.font.size = Pt(16)
    style.paragraph_format.first_line_indent, style.paragraph_format.space_after = Pt(32), Pt(0)
    for line in text.splitlines():
        if line.strip():
            paper.add_paragraph(line.strip())
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def as_page(text: str) -> str:
    """A web page with a paragraph for every line of a text."""
    lines = [f"<p>{html.escape(line.strip())}</p>" for line in text.splitlines() if line.strip()]
    style = "p{text-indent:2em;margin:.3em 0}"
    return f"<!doctype html><meta charset=utf-8><title>plan</title><style>{style}</style>{''.join(lines)}"
