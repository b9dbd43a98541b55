"""Which plans can there be at all? Hypothesis strategies for the model, awkward texts included."""

from __future__ import annotations

import string
from typing import Any

from hypothesis import strategies as st

from zhiheng.base.problem import Problem, Severity
from zhiheng.base.quantity import Basis
from zhiheng.documents.tree import Anchor, Place
from zhiheng.plans.model import (
    Alignment,
    Baseline,
    Commitment,
    CommitmentClass,
    CommitmentKind,
    Comparator,
    Coverage,
    Definition,
    Heading,
    Mention,
    Meta,
    Modality,
    NumberSeen,
    Plan,
    Question,
    Role,
    Source,
    Standing,
    Target,
    TargetKind,
    Task,
    TaskSentence,
)

AWKWARD = [
    "",
    " ",
    '""',
    '"',
    "=1+1",
    "+1",
    "-1",
    "@x",
    "；",
    "a；b",
    "[]",
    "⟦续1⟧",
    "_x0041_",
    "　全角",
    "a\nb",
    "\x01",
    "</script>",
    "true",
    "97.10",
]
texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.one_of(st.sampled_from("质量合格率（）“”%；、=\n\t "), st.characters(codec="utf-8")), max_size=12),
)
some_text = st.none() | texts
number = st.integers(0, 10**6)
from_one = st.none() | st.integers(1, 10**6)
year = st.none() | st.integers(1950, 2099)
decimals = st.builds(
    lambda whole, part: f"{whole}.{part}" if part else whole,
    st.integers(0, 10**12).map(str),
    st.text(string.digits, max_size=4),
)
places = st.builds(
    Place, line=from_one, paragraph=from_one, table=from_one, row=from_one, column=from_one, sheet=some_text, note=from_one
)
anchors = st.builds(Anchor, places, number, number)
facts: Any = st.dictionaries(
    st.text(string.ascii_lowercase, min_size=1, max_size=5),
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**9), 10**9) | texts, lambda s: st.lists(s, max_size=3), max_leaves=4
    ),
    max_size=3,
)
scores = st.floats(0, 100, allow_nan=False)
alignments = st.none() | st.builds(Alignment, texts, texts, scores, texts)
units = st.lists(texts, max_size=3).map(tuple)
bounded = {Comparator.AT_LEAST, Comparator.ABOVE}
bounded_above = {Comparator.AT_MOST, Comparator.BELOW}

metas = st.builds(
    Meta,
    title=some_text,
    issuing_body=some_text,
    document_number=some_text,
    index_no=some_text,
    adopted_date=some_text,
    published_date=some_text,
    period_start=year,
    period_end=year,
    region_name=some_text,
    region_code=some_text,
    extra=facts,
)
mentions = st.builds(
    Mention,
    id=texts,
    indicator=texts,
    role=st.sampled_from(Role),
    comparator=st.sampled_from(Comparator),
    value_low=st.none() | decimals,
    value_high=st.none() | decimals,
    unit=some_text,
    year=year,
    basis=st.sampled_from(Basis),
    modality=st.none() | st.sampled_from(Modality),
    scope=some_text,
    source=st.sampled_from(Source),
    text=texts,
    anchor=anchors,
    context=texts,
    period=some_text,
    attribute=some_text,
    marks=units,
    group=some_text,
    catalogue=alignments,
)


@st.composite
def targets(draw: st.DrawFn, number: int) -> Target:
    """A target whose values fit its comparator, as the compiler makes them."""
    how = draw(st.sampled_from(Comparator))
    one, two = sorted((draw(decimals), draw(decimals)), key=float)
    low = None if how in bounded_above else "0" if how is Comparator.ZERO_EVENTS else one
    high = None if how in bounded else two if how is Comparator.RANGE else low if low is not None else one
    assigned = how in bounded and draw(st.booleans())
    return Target(
        id=f"t{number}",
        indicator=draw(texts.filter(str.strip)),
        kind=draw(st.sampled_from(TargetKind)),
        comparator_printed=draw(st.sampled_from(Comparator)),
        comparator_judged=how,
        judged_by=draw(texts.filter(bool)),
        value_low=None if assigned else low,
        value_high=None if assigned else high,
        unit=draw(some_text),
        year=draw(year),
        period_start=draw(year),
        basis=draw(st.sampled_from(Basis)),
        modality=draw(st.sampled_from(Modality)),
        direction=draw(some_text),
        baseline=draw(st.none() | st.builds(Baseline, decimals, year, st.booleans())),
        scope=draw(some_text),
        attribute=draw(some_text),
        group=draw(some_text),
        own=draw(st.booleans()),
        path=draw(st.dictionaries(st.integers(1950, 2099), decimals, max_size=3)),
        mentions=draw(units),
        actuals=draw(units),
        text=draw(texts),
        context=draw(texts),
        anchor=draw(st.none() | anchors),
        catalogue=draw(alignments),
        questions=draw(st.lists(st.builds(Question, texts, facts), max_size=2).map(tuple)),
    )


commitments = st.builds(
    Commitment,
    id=texts,
    kind=st.sampled_from(CommitmentKind),
    indicator=texts.filter(str.strip),
    text=texts,
    context=texts,
    year=year,
    modality=st.sampled_from(Modality),
    anchor=anchors,
)
tasks = st.builds(
    Task,
    id=texts,
    number=some_text,
    title=texts.filter(str.strip),
    parent_title=some_text,
    chapter=some_text,
    responsible_units=units,
    lead_units=units,
    supporting_units=units,
    inherited_units=units,
    open_units=units,
    anchor=anchors,
    text=texts,
    sentences=st.lists(st.builds(TaskSentence, texts, texts, st.sampled_from(CommitmentClass)), max_size=2).map(tuple),
    commitment_class=st.sampled_from(CommitmentClass),
)
problems = st.builds(
    Problem,
    code=texts.filter(str.strip),
    severity=st.sampled_from(Severity),
    facts=facts,
    file=some_text,
    sheet=some_text,
    row=from_one,
    column=some_text,
    line=from_one,
)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A whole plan; each part is small, but may be anything."""

    def few(of: st.SearchStrategy[Any]) -> Any:
        return draw(st.lists(of, max_size=2).map(tuple))

    return Plan(
        name=draw(texts),
        meta=draw(metas),
        outline=few(st.builds(Heading, st.integers(1, 4), some_text, texts, anchors)),
        mentions=few(mentions),
        targets=tuple(draw(targets(n)) for n in range(draw(st.integers(0, 2)))),
        commitments=few(commitments),
        tasks=few(tasks),
        definitions=few(st.builds(Definition, texts, texts, anchors)),
        coverage=Coverage(few(st.builds(NumberSeen, texts, st.sampled_from(Standing), texts, anchors))),
        problems=few(problems),
    )
