"""Has the same data always the same bytes (vectors of RFC 8785), and is what strangers hand over refused where it is unsound?"""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhiheng.base.canonical_json import LARGEST, canonical, digest, read_strictly
from zhiheng.base.errors import DataError, InternalError

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner),
    max_leaves=20,
)


def test_names_are_sorted_as_in_rfc_8785_section_3_2_3() -> None:
    source = (
        rb'{"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",'
        rb'"\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}'
    )
    order = ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign"]
    order += ["Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"]
    assert list(json.loads(canonical(read_strictly(source))).values()) == order


def test_texts_and_literals_are_written_as_in_rfc_8785_section_3_2_2() -> None:
    source = rb'{ "string": "\u20ac$\u000F\u000aA' + rb"'\u0042\u0022\u005c\\\"\/" + rb'", "literals": [null, true, false] }'
    expected = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    assert canonical(read_strictly(source)) == expected.encode()


def test_the_digest_is_of_the_bytes() -> None:
    # sha256sum of the two bytes {}
    assert digest({}) == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


@given(PLAIN)
def test_writing_and_reading_are_inverse_and_blanks_do_not_matter(value: object) -> None:
    assert read_strictly(canonical(value)) == value
    spread = json.dumps(value, indent=3, ensure_ascii=True).encode()
    assert canonical(read_strictly(spread)) == canonical(value)


@pytest.mark.parametrize("value", [1.5, LARGEST + 1, {1: 2}, {"a": b"x"}, "\ud800", {"a": object()}])
def test_what_is_no_plain_data_is_not_written(value: object) -> None:
    with pytest.raises(InternalError) as caught:
        canonical(value)
    assert caught.value.code == "base.json_not_data"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"a": 1, "a": 2}', "base.json_key_twice"),
        (b'{"a": 1.0}', "base.json_number"),
        (b'{"a": 1e3}', "base.json_number"),
        (b'{"a": NaN}', "base.json_number"),
        (b'{"a": -Infinity}', "base.json_number"),
        (b'{"a": -0}', "base.json_number"),
        (b'{"a": 9007199254740992}', "base.json_number"),
        (b'{"a": ' + b"9" * 100_000 + b"}", "base.json_number"),
        (b'{"a": "\\ud800"}', "base.json_characters"),
        (b'{"a": "\xff"}', "base.json_characters"),
        ("{}".encode("utf-16"), "base.json_characters"),
        (b'{"a": 1', "base.json_broken"),
        (b"", "base.json_broken"),
        (b'{"a": 1} {}', "base.json_broken"),
        (b"[" * 100_000, "base.json_too_deep"),
        (b"[" * 70 + b"]" * 70, "base.json_too_deep"),
        (b" " * (16 << 20) + b"1", "base.json_too_large"),
    ],
)
def test_unsound_data_is_refused_by_its_own_sentence(data: bytes, code: str) -> None:
    with pytest.raises(DataError) as caught:
        read_strictly(data)
    assert caught.value.code == code
