"""The plan's form and the figures workbook call a basis by one name, and read every name that either ever wrote."""

import pytest

from zhiheng.base.quantity import BASIS_LABELS, BASIS_WORDS, Basis
from zhiheng.evidence.intake.columns import basis_of
from zhiheng.plans.labels import SPELLINGS, label


@pytest.mark.parametrize("basis", Basis)
def test_one_name_in_both(basis):
    assert label(basis) == BASIS_LABELS[basis] == BASIS_WORDS[basis][0]
    for word in SPELLINGS[Basis][basis]:
        assert basis_of(word) is basis


def test_no_word_names_two():
    words = [word for known in BASIS_WORDS.values() for word in known]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(("written", "basis"), [("水平", Basis.LEVEL), ("降幅", Basis.REDUCTION), ("水平值", Basis.LEVEL)])
def test_names_written_before_are_still_read(written, basis):
    assert basis_of(written) is basis
    assert written in SPELLINGS[Basis][basis]
