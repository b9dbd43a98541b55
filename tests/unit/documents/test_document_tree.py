from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhiheng.documents.tree import Anchor, Cell, Place, Table, Text

FIRST, SECOND = Place(line=1), Place(line=2)


def test_a_span_over_two_places_is_anchored_in_the_first() -> None:
    wrapped = Text.joined([Text.at("合格率达到9", FIRST, 3), Text.at("5%以上", SECOND)])
    assert wrapped.anchor(5, 10) == Anchor(FIRST, 8, 9)
    assert wrapped.anchor(6, 10) == Anchor(SECOND, 0, 4)


def test_a_span_over_what_was_left_out_keeps_both_ends() -> None:
    text = Text.at("质(zhì)量提升", FIRST).without([(1, 6)])
    assert text.string == "质量提升"
    assert text.anchor(0, 2) == Anchor(FIRST, 0, 7)
    assert text.anchor(1, 2) == Anchor(FIRST, 6, 7)
    assert Text.at("全部", FIRST).without([(0, 2)]).string == ""


def test_a_merged_cell_stands_in_every_place_it_covers() -> None:
    cells = (Cell(Text.at("产品", FIRST), 0, 0, 2, 1), Cell(Text.at("a", FIRST), 0, 1), Cell(Text.at("b", FIRST), 1, 1))
    assert [[t.string for t in row] for row in Table(cells, 1).grid()] == [["产品", "a"], ["产品", "b"]]


@given(st.lists(st.text(min_size=1, max_size=6), min_size=1, max_size=5), st.data())
def test_slices_and_omissions_agree_with_strings(parts: list[str], data: st.DataObject) -> None:
    text = Text.joined([Text.at(part, Place(line=i)) for i, part in enumerate(parts, 1)])
    string = "".join(parts)
    start = data.draw(st.integers(0, len(string)))
    end = data.draw(st.integers(start, len(string)))
    assert text.slice(start, end).string == string[start:end]
    assert text.without([(start, end)]).string == string[:start] + string[end:]
    for i, character in enumerate(text.slice(start, end).string):
        anchor = text.slice(start, end).anchor(i, i + 1)
        assert parts[(anchor.place.line or 0) - 1][anchor.start] == character
