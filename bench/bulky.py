"""How long and how much memory do papers of a hundred pages take, beside the library that only opens them?"""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
from measuring import Measure, best_of

from zhiheng.documents.readers import read_content

ROOT = Path(__file__).resolve().parent.parent
COUNTY = ROOT / "examples" / "model_county"
PRINTED = ROOT / "tests" / "fixtures" / "papers" / "county_libreoffice.pdf"
PAGES, TABLES = 100, 20
TEXT_PAGE, TABLE_PAGE = 5, 4  # of the printed plan, from 0
PEAK = (
    "import sys; from pathlib import Path; from zhiheng.documents.readers import read; read(Path(sys.argv[1])); "
    "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
)


def papers(folder: Path) -> list[Measure]:
    """PDF and Word to what merely opening them takes; OFD by the clock; memory of each in a process of its own."""
    text, tables = _pdf(0), _pdf(TABLES)
    word, layout = _docx(), _ofd()
    found = [
        _ratio(f"PDF of {PAGES} text pages to plain text", 1.5, text, "a.pdf", _plain),
        _ratio(f"PDF, {TABLES} of {PAGES} pages with tables, to plain text", 3, tables, "b.pdf", _plain),
        _ratio(f"docx of {PAGES} pages to python-docx reading its paragraphs", 3, word, "c.docx", _pass),
        Measure(f"OFD of {PAGES} pages", 1, best_of(3, lambda: read_content(layout, "d.ofd")), "s"),
    ]
    for name, data in (("a.pdf", text), ("b.pdf", tables), ("c.docx", word), ("d.ofd", layout)):
        path = folder / name
        path.write_bytes(data)
        done = subprocess.run([sys.executable, "-c", PEAK, str(path)], check=True, capture_output=True, text=True)
        found.append(Measure(f"peak memory of {name}", 300, int(done.stdout) / 1024, "MB"))
    return found


def _ratio(name: str, aim: float, data: bytes, file: str, opened: object) -> Measure:
    assert callable(opened)
    read_content(data, file)
    return Measure(name, aim, best_of(5, lambda: read_content(data, file)) / best_of(5, lambda: opened(data)), "×")


def _pdf(tables: int) -> bytes:
    """Pages of the printed plan, again and again."""
    made, source = pypdfium2.PdfDocument.new(), pypdfium2.PdfDocument(PRINTED)
    made.import_pages(source, [TEXT_PAGE] * (PAGES - tables) + [TABLE_PAGE] * tables)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def _plain(data: bytes) -> None:
    paper = pypdfium2.PdfDocument(data)
    for page in paper:
        page.get_textpage().get_text_bounded()
    paper.close()


def _docx() -> bytes:
    """A Word paper of about 600 characters a page."""
    lines = [line for line in (COUNTY / "plan.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
    paper = docx.Document()
    written = 0
    while written < 600 * PAGES:
        for line in lines:
            paper.add_paragraph(line)
            written += len(line)
    stream = BytesIO()
    paper.save(stream)
    return stream.getvalue()


def _pass(data: bytes) -> None:
    assert "".join(paragraph.text for paragraph in docx.Document(BytesIO(data)).paragraphs)


def _ofd() -> bytes:
    """The OFD plan with its pages listed again and again."""
    stream = BytesIO()
    with zipfile.ZipFile(COUNTY / "plan.ofd") as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("Document.xml"):
                pages = re.findall(rb"<ofd:Page .*?/>", content)
                more = b"".join((pages * PAGES)[:PAGES])
                begun, ended = content.index(pages[0]), content.index(b"</ofd:Pages>")
                content = content[:begun] + more + content[ended:]
            made.writestr(name, content)
    return stream.getvalue()
