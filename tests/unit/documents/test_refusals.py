from __future__ import annotations

import errno
import random
import struct
from pathlib import Path

import pytest
from sample_papers import PROSE, W, p, packed, refused, relations, word

from zhiheng.base.errors import DataError
from zhiheng.documents.readers import Limits, read
from zhiheng.rules.messages import strict_sentence

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PAGE = f"<!DOCTYPE html><html><body><p>{PROSE}</p></body></html>".encode()


def ole(*streams: str) -> bytes:
    return OLE + b"".join(stream.encode("utf-16-le") + b"\0" * 64 for stream in streams)


@pytest.mark.parametrize("data", [b"", b"\n \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe\n\0"])
def test_empty(data: bytes) -> None:
    assert refused(data, "plan.txt").code == "documents.empty_file"


def test_nothing_but_furniture() -> None:
    assert (
        refused("<html><body><nav>首页</nav><script>1</script></body></html>".encode(), "plan.html").code
        == "documents.nothing_to_read"
    )


@pytest.mark.parametrize(
    ("data", "name", "content"),
    [
        (word(p("质量")), "plan.txt", "DOCX"),
        (word(p("质量")), "plan.xlsx", "DOCX"),
        (word(p("质量")), "plan.doc", "DOCX"),
        (packed({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "plan.docx", "XLSX"),
        (b"%PDF-1.7\n%\xe2\xe3", "plan.docx", "PDF"),
        (b"{\\rtf1\\ansi}", "plan.docx", "RTF"),
        (packed({"OFD.xml": ""}), "plan.docx", "OFD"),
        (ole("Root Entry", "WordDocument"), "plan.docx", "DOC"),
        (ole("Workbook"), "plan.xlsx", "XLS"),
        (PAGE, "plan.txt", "HTML"),
        (PAGE.decode().encode("utf-16"), "plan.docx", "HTML"),
        (PROSE.encode(), "plan.docx", "TXT"),
        (PROSE.encode(), "plan.html", "TXT"),
        (PROSE.encode(), "plan.csv", "TXT"),
    ],
)
def test_wrong_extension(data: bytes, name: str, content: str) -> None:
    error = refused(data, name)
    assert error.code == "documents.wrong_extension"
    assert error.facts["content"] == content


@pytest.mark.parametrize(
    ("data", "name", "code", "advice"),
    [
        (ole("PowerPoint Document"), "plan.ppt", "unsupported_old_office", "另存为 .docx"),
        (b"\x89PNG\r\n\x1a\n", "plan.png", "unsupported_image", "文字识别"),
        (b"MIME-Version: 1.0\r\n", "plan.mht", "unsupported_web_archive", "另存为 .html"),
        (packed({"a.txt": "x"}), "plan.zip", "unsupported_archive", "先解压"),
    ],
)
def test_formats_we_do_not_read_say_what_to_do(data: bytes, name: str, code: str, advice: str) -> None:
    error = refused(data, name)
    assert error.code == f"documents.{code}"
    assert advice in strict_sentence(error.code, error.facts)


def test_an_unknown_extension_is_not_held_against_a_readable_text(tmp_path: Path) -> None:
    for name in ("plan", "plan.2027版"):
        (tmp_path / name).write_text(PROSE, encoding="utf-8")
        assert read(tmp_path / name).blocks


@pytest.mark.parametrize("name", ["plan.docx", "plan.xlsx"])
def test_encrypted(name: str) -> None:
    assert refused(ole("EncryptionInfo", "EncryptedPackage"), name).code == "documents.encrypted"


def test_encrypted_entry_in_a_package() -> None:
    data = bytearray(word(p("质量")))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert refused(bytes(data), "plan.docx").code == "documents.encrypted"


def test_zip_bomb_by_ratio() -> None:
    bomb = packed({"[Content_Types].xml": "", "word/document.xml": b" " * 30_000_000})
    error = refused(bomb, "plan.docx")
    assert error.code == "documents.packed_too_tight"
    assert error.facts["part"] == "word/document.xml"


def test_zip_bomb_by_sum_and_by_number() -> None:
    many = packed({"[Content_Types].xml": "", "word/document.xml": ""} | {f"word/media/{i}": b"0" * 900_000 for i in range(20)})
    assert refused(many, "plan.docx", unpacked_bytes=10_000_000).code == "documents.unpacks_too_large"
    assert refused(many, "plan.docx", entries=10).code == "documents.too_many_parts"


def test_a_package_that_lies_about_its_sizes() -> None:
    data = bytearray(word(p("质量强市" * 5_000)))
    name = b"word/document.xml"
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = next(
            i for i in range(len(data)) if data[i : i + 4] == mark and data[i + name_at : i + name_at + len(name)] == name
        )
        data[at + size_at : at + size_at + 4] = struct.pack("<I", 100)
    assert refused(bytes(data), "plan.docx").code == "documents.damaged"


@pytest.mark.parametrize(
    "trick",
    [
        '<!DOCTYPE w [<!ENTITY a "x">]>',
        '<!DOCTYPE w SYSTEM "file:///etc/passwd">',
        '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]>',
    ],
)
@pytest.mark.parametrize(
    "part", ["word/document.xml", "word/styles.xml", "customXml/item1.xml", "word/_rels/document.xml.rels"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_any_part(trick: str, part: str, encoding: str) -> None:
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": "",
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>',
    }
    content = f"{trick}{parts.get(part, '<a/>')}" if isinstance(parts.get(part, ""), str) else trick
    error = refused(packed(parts | {part: content.encode(encoding)}), "plan.docx")
    assert error.code == "documents.xml_entities"
    assert error.facts["part"] == part


def test_entities_hidden_in_another_encoding() -> None:
    hidden = '<?xml version="1.0" encoding="UTF-7"?>'
    hidden += "+ADwAIQ-DOCTYPE a +AFs +ADwAIQ-ENTITY b +ACI-c+ACI +AD4 +AF0 +AD4 +ADw-a+AD4 +ADw-/a+AD4"
    parts = {"[Content_Types].xml": "", "word/document.xml": hidden}
    assert refused(packed(parts), "plan.docx").code in {"documents.xml_entities", "documents.damaged"}


def test_entities_in_a_page() -> None:
    page = b'<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><html><body><p>&a;</p></body></html>'
    assert refused(page, "plan.html").code == "documents.xml_entities"


def test_an_entity_of_a_part_is_never_expanded_nor_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密", encoding="utf-8")
    part = f'<!DOCTYPE a [<!ENTITY s SYSTEM "{secret.as_uri()}">]><a>&s;</a>'
    assert "秘密" not in str(refused(packed({"[Content_Types].xml": "", "word/document.xml": part}), "plan.docx").facts)


def test_damaged() -> None:
    assert refused(b"PK\x03\x04 cut off", "plan.docx").code == "documents.damaged"
    assert (
        refused(packed({"[Content_Types].xml": "", "word/document.xml": "<w:document"}), "plan.docx").code
        == "documents.damaged"
    )
    assert refused(packed({"[Content_Types].xml": "", "word/other.xml": "<a/>"}), "plan.docx").code == "documents.damaged"
    assert refused(packed({"[Content_Types].xml": "", "xl/workbook.xml": "<a"}), "plan.xlsx").code == "documents.damaged"
    data = bytearray(word(p("质量" * 500)))
    start = data.index(b"PK\x03\x04", 60)
    data[start + 60 : start + 90] = b"\0" * 30
    assert refused(bytes(data), "plan.docx").code == "documents.damaged"


def test_nesting() -> None:
    deep = f"<html><body>{'<div>' * 230}{PROSE}</body></html>".encode()
    assert refused(deep, "plan.html").code == "documents.nested_too_deep"
    deeper = f"<html><body><table><tr><td>a</td><td>{'<b>' * 3000}{PROSE}</td></tr></table></body></html>".encode()
    assert refused(deeper, "plan.html").code == "documents.nested_too_deep"
    inner = p("质量")
    for _ in range(120):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc>{p()}</w:tc></w:tr></w:tbl>"
    assert refused(word(inner), "plan.docx").code == "documents.nested_too_deep"


def test_sizes(tmp_path: Path) -> None:
    assert refused(PROSE.encode() * 50, "plan.txt", characters=1_000).code == "documents.too_long"
    assert refused(word(p(PROSE) * 50), "plan.docx", characters=1_000).code == "documents.too_long"
    assert refused(PAGE * 20, "plan.html", characters=1_000).code == "documents.too_long"
    rows = f"<w:tr>{f'<w:tc>{p()}</w:tc>' * 4}</w:tr>" * 10
    assert refused(word(f"<w:tbl>{rows}</w:tbl>"), "plan.docx", cells=30).code == "documents.too_many_cells"
    wide = b"<html><body><table><tr><td colspan=99 rowspan=4999>1</td><td>2</td></tr></table></body></html>"
    assert refused(wide, "plan.html", cells=100_000).code == "documents.too_many_cells"
    paper = tmp_path / "plan.txt"
    paper.write_text(PROSE * 10, encoding="utf-8")
    with pytest.raises(DataError, match=r"documents.too_large"):
        read(paper, Limits(file_bytes=1_000))
    assert refused(PROSE.encode() * 9, "plan.txt", file_bytes=1_000).code == "documents.too_large"


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"documents.not_found"):
        read(tmp_path / "plan.txt")
    with pytest.raises(DataError, match=r"documents.is_folder"):
        read(tmp_path)


@pytest.mark.parametrize(
    ("fault", "code"),
    [(PermissionError(errno.EACCES, "x"), "no_permission"), (OSError(errno.EIO, "Input/output"), "not_readable")],
)
def test_what_keeps_a_file_closed_is_said_without_words_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, code: str
) -> None:
    def refuses(*_: object) -> None:
        raise fault

    monkeypatch.setattr(Path, "open", refuses)
    with pytest.raises(DataError) as error:
        read(tmp_path / "plan.txt")
    assert error.value.code == f"documents.{code}"
    for language in ("zh", "en"):
        said = strict_sentence(error.value.code, error.value.facts, language)
        assert "plan.txt" in said and "Input/output" not in said


@pytest.mark.parametrize("name", ["plan.xlsx", "plan.docx", "plan.pdf", "plan.html"])
def test_bytes_that_are_no_text_are_damage_and_not_a_text_of_another_name(name: str) -> None:
    noise = random.Random(7).randbytes(4_000)  # noqa: S311 - noise, no secret
    error = refused(noise, name)
    assert error.code == "documents.damaged"
    assert Path(name).suffix in strict_sentence(error.code, error.facts)


@pytest.mark.parametrize(
    ("name", "wanted"), [("plan.xlsx", ".xlsx"), ("plan.html", ".html"), ("plan.doc", ".docx"), ("plan.csv", ".xlsx")]
)
def test_a_wrong_name_is_answered_with_the_format_that_was_meant(name: str, wanted: str) -> None:
    error = refused(PROSE.encode(), name)
    assert f"另存为 {wanted}" in strict_sentence(error.code, error.facts)
