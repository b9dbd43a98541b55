"""Is a number shown in its own sentence, cut short around it?"""

from __future__ import annotations

from zhiheng.documents.tree import Anchor, Block, Cell, Document, Format, Paragraph, Piece, Place, Table, Text
from zhiheng.flow.check_sentences import Sentences


def paper(*blocks: Block) -> Sentences:
    return Sentences(Document("plan", Format.DOCX, blocks))


def test_the_sentence_without_its_neighbours() -> None:
    said = "前一句话。有37个某某。后一句话。"
    place = Place(paragraph=3)
    sentences = paper(Paragraph(Text.at(said, place)))
    assert sentences.around(Anchor(place, said.index("37"), said.index("37") + 2)) == "有37个某某。"


def test_a_long_sentence_is_cut_on_both_sides() -> None:
    said = f"前一句话。{'山' * 50}与37个某某{'水' * 50}。后一句话。"
    place = Place(paragraph=3)
    start = said.index("37")
    found = paper(Paragraph(Text.at(said, place))).around(Anchor(place, start, start + 2))
    assert found == f"…{'山' * 19}与37个某某{'水' * 17}…"


def test_a_sentence_that_runs_over_two_lines() -> None:
    wrapped = Text.joined([Text.at("到期末，全县共", Place(line=1)), Text.at("有37个某某。", Place(line=2), 2)])
    assert paper(Paragraph(wrapped)).around(Anchor(Place(line=2), 3, 5)) == "到期末，全县共有37个某某。"


def test_a_cell_is_read_with_its_row() -> None:
    cells = [
        Cell(Text.at(said, Place(table=1, row=row + 1, column=column + 1)), row, column)
        for row, line in enumerate((("指标", "目标"), ("某某清单", "37")))
        for column, said in enumerate(line)
    ]
    found = paper(Table(tuple(cells), 1)).around(Anchor(Place(table=1, row=2, column=2), 0, 2))
    assert found == "某某清单｜37"


def test_a_place_the_paper_does_not_have() -> None:
    text = Text("12", (Piece(0, Place(paragraph=1), 0),))
    assert paper(Paragraph(text)).around(Anchor(Place(paragraph=2), 0, 2)) == ""
