from __future__ import annotations

import pytest
from sample_papers import PROSE, refused, strings

from zhiheng.documents.readers import read_content
from zhiheng.documents.readers.decoding import decode

PAPER = f"青岭县质量强县建设规划\r\n\r\n一、主要目标\r\n{PROSE}\r\n"
TRADITIONAL = "為貫徹落實質量強國建設綱要,全面提高產品、工程、服務和環境的質量,實現經濟和社會發展的目標,制定這個計劃。\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_blocks(encoding: str) -> None:
    document = read_content(PAPER.encode(encoding), "plan.txt")
    assert strings(document) == strings(read_content(PAPER.encode(), "plan.txt"))
    assert document.lines == tuple(PAPER.split("\n"))


def test_the_mark_is_not_a_character() -> None:
    document = read_content(b"\xef\xbb\xbf" + PAPER.encode(), "plan.txt")
    assert next(document.texts()).anchor().start == 0


def test_traditional_text_of_the_islands() -> None:
    assert decode(TRADITIONAL.encode("big5"), "plan.txt") == TRADITIONAL
    assert decode(TRADITIONAL.encode("gb18030"), "plan.txt") == TRADITIONAL


def test_utf_16_without_mark_and_without_a_single_zero_byte() -> None:
    content = "质量强市建设实施方案。" * 20
    assert decode(content.encode("utf-16-le"), "plan.txt") == content


def test_text_that_is_hardly_chinese() -> None:
    table = "PM2.5\tO3\tNO2\n优\t35\t40\n" * 5
    assert decode(table.encode("gb18030"), "plan.txt") == table


def test_latin_text_needs_statistics() -> None:
    assert "Qualité" in decode("Qualité des produits et des services à améliorer. ".encode("latin-1") * 5, "plan.txt")


def test_bytes_that_are_no_text() -> None:
    assert refused(bytes(range(256)) * 40, "plan.txt").code == "documents.undecodable"
    assert refused(b"\x01\x02\x03\x04" * 100, "plan.txt").code == "documents.undecodable"
    assert refused("质量强市".encode()[:-1] + b"\xff\xfe\xfd" * 30, "plan.txt").code == "documents.undecodable"
