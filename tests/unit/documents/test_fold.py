from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from zhiheng.documents.fold import fold


def test_width_blanks_and_signs() -> None:
    assert fold("ＧＤＰ（％）：９３．５；≧３５μｇ") == "GDP(%):93.5;≥35µg"
    assert fold("质量\u00a0强\u3000市\t2025–2027") == "质量 强 市 2025-2027"
    assert fold("《质量强国建设纲要》、“两高”。") == "《质量强国建设纲要》、“两高”。"


def test_traditional_characters_become_simplified_ones() -> None:
    assert fold("産品質量監督抽查合格率達到９５％") == "産品质量监督抽查合格率达到95%".replace("産", "产")
    assert fold("環境質量發展規劃") == "环境质量发展规划"


def test_simplified_text_is_left_alone() -> None:
    assert fold("后备里程、面积、只争朝夕") == "后备里程、面积、只争朝夕"


@given(st.text())
def test_one_character_stays_one_character(string: str) -> None:
    folded = fold(string)
    assert len(folded) == len(string)
    assert fold(folded) == folded or any(c >= "\u3400" for c in string)
