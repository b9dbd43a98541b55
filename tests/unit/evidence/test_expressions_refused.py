"""Which conditions are refused, because they would crash, hide something, or mean another thing to another engine?"""

from __future__ import annotations

import pytest

from zhiheng.base.errors import RuleError
from zhiheng.evidence.registers.expressions import DAY, NUMBER, TEXT, TRUTH, expression

KINDS = {"n": NUMBER, "d": DAY, "t": TEXT, "b": TRUTH}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("d + -5 > d", "expression_days"),
        ("d + 2*3 > d", "expression_days"),
        ("d + 1.5 > d", "expression_days"),
        ("d + n > d", "expression_days"),
        ("d - (5) > d", "expression_days"),
        ("d + 99999999999 > d", "expression_days"),
        ("-t = t", "expression_wrong_kind"),
        ("-d = d", "expression_wrong_kind"),
        ("-b", "expression_wrong_kind"),
        ("-(n = 1)", "expression_wrong_kind"),
        ("d = '20240101'", "expression_wrong_kind"),
        ("d = '2024-W01-1'", "expression_wrong_kind"),
        ("n between symmetric 5 and 1", "expression_not_allowed"),
        ("n = 1e400", "expression_not_allowed"),
        ("n = 1e", "expression_not_allowed"),
        ("n = 99999999999999999999999999999999999999999999", "expression_not_allowed"),
        ("b -- and n > 5", "expression_not_allowed"),
        ("b /* or not */ and b", "expression_not_allowed"),
        ("b; b", "expression_not_allowed"),
        ("n in (select 1)", "expression_not_allowed"),
        ("read_csv('/etc/passwd') = 1", "expression_not_allowed"),
        ("(" * 200 + "b" + ")" * 200, "expression_too_deep"),
        ("not " * 200 + "b", "expression_too_deep"),
        (" and ".join(["b"] * 2000), "expression_too_deep"),
        (" and ".join(["b"] * 20000), "expression_too_deep"),
    ],
)
def test_it_is_refused_with_its_place(text: str, code: str) -> None:
    with pytest.raises(RuleError) as caught:
        expression(text, KINDS, "x.yaml", 7)
    assert caught.value.code == f"evidence.{code}"
    assert (caught.value.facts["file"], caught.value.facts["line"]) == ("x.yaml", 7)


@pytest.mark.parametrize(
    "text", ["d + 5 > d", "d - 30 < '2024-02-29'", "n = -1", "n = .5", "n = 1.", "n between 1 and 5", " and ".join(["b"] * 60)]
)
def test_what_is_plain_is_taken(text: str) -> None:
    assert expression(text, KINDS, "x.yaml", 7).written == text
