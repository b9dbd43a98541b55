from __future__ import annotations

import pytest

from zhiheng.rules import messages


@pytest.fixture(autouse=True)
def missing_sentences_stop_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a person a missing sentence is bridged by code and facts; here it is the fault it is."""
    monkeypatch.setattr(messages, "BRIDGED", ())
