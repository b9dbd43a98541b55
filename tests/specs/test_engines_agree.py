"""Do DuckDB and plain loops agree on conditions and definitions that nobody thought of?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.specs.lake import lay
from tests.specs.oracle import answer
from tests.specs.register import rulebook_with
from tests.specs.test_indicator_specs import agree

from zhiheng.base.period import Period
from zhiheng.evidence.engines.duckdb_engine import DuckDBEngine
from zhiheng.evidence.engines.model import Source
from zhiheng.evidence.lake.home import Home
from zhiheng.indicators.asking import Asked, PlaceLevel
from zhiheng.indicators.computing import compute
from zhiheng.indicators.definition import IndicatorDefinition
from zhiheng.indicators.loading import load_definition

FIRST = date(2024, 1, 1)
PLACES = ("330102", "330105", "330402")
ASKED = (
    Asked((Period.year(2024), Period.year(2025)), PlaceLevel.COUNTY, PLACES[:2]),
    Asked((Period.year(2024), Period.years(2024, 2025)), PlaceLevel.CITY, ("330100",)),
)


def records() -> list[Mapping[str, Any]]:
    """Three hundred records with many missing values, always the same."""
    chance = Random(20260201)  # noqa: S311 - records of a test

    def maybe(value: Any) -> Any:
        return None if chance.random() < 0.15 else value

    def day() -> date:
        return FIRST + timedelta(days=chance.randrange(800))

    return [
        {
            "key": f"r{number:03}",
            "day": day(),
            "told": maybe(day()),
            "at": maybe(datetime.combine(day(), datetime.min.time()) + timedelta(hours=chance.randrange(24))),
            "place": chance.choice(PLACES),
            "unit": maybe(chance.choice("ABCDE")),
            "level": maybe(chance.choice(["national", "provincial", "municipal", "county"])),
            "programme": maybe(chance.choice(["supervision", "survey", "监督抽查"])),
            "outcome": maybe(chance.choice(["pass", "pass", "fail", "unjudged"])),
            "good": maybe(chance.random() < 0.5),
            "amount": maybe(Decimal(chance.randrange(-300, 1000)) / 100),
            "other": maybe(Decimal(chance.randrange(5000)) / 1000),
            "weight": maybe(Decimal(chance.randrange(3000)) / 1000),
            "pieces": maybe(chance.randrange(6)),
            "ends": maybe(day()),
            "withdrawn": maybe(day()),
        }
        for number in range(300)
    ]


RECORDS = records()
SHARE_GOOD = "measure: {kind: ratio, numerator: good}"
NUMBERS = st.sampled_from(
    ["amount", "other", "pieces", "weight", "1", "2.5", "amount + other", "2 * pieces - amount", "-other"]
)
DAYS = st.sampled_from(["day", "told", "at", "'2025-02-28'", "day + 30", "told - 1", "ends"])
LEAVES = st.one_of(
    st.builds(
        "{} {} {}".format, NUMBERS, st.sampled_from(["<", "<=", ">", ">=", "=", "<>"]), NUMBERS.filter(lambda n: n != "1")
    ),
    st.builds(
        "{} {} {}".format,
        st.sampled_from(["day", "told", "at", "day + 30"]),
        st.sampled_from(["<", "<=", ">", ">=", "<>"]),
        DAYS,
    ),
    st.builds("{} between {} and {}".format, st.just("amount"), st.sampled_from(["0", "other", "-1"]), NUMBERS),
    st.sampled_from(
        [
            *("good", "level = 'county'", "at_least(level, 'municipal')", "level in ('county', 'national')", "unit <> 'A'"),
            *(
                "programme like '监督%'",
                "programme like '%urve%'",
                "outcome = 'pass'",
                "pieces in (1, 2)",
                "told is null",
                "good = true",
            ),
        ]
    ),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({}) is null".format, inner),
        st.builds("({}) is not null".format, inner),
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or", "=", "<>"]), inner),
    ),
    max_leaves=5,
)


@st.composite
def definitions(draw: st.DrawFn) -> tuple[str, str]:
    """An indicator of the specs and the body of a definition."""
    lines = []
    if draw(st.booleans()):
        lines.append(f'population: "{draw(CONDITIONS)}"')
    if draw(st.booleans()):
        lines.append(f'exclude: [{{id: out, when: "{draw(CONDITIONS)}", zh: 剔除, en: out}}]')
    if draw(st.booleans()):
        lines.append("apart: [level]")
    kind = draw(
        st.sampled_from(
            [
                "ratio",
                "of_subjects",
                "weighted_ratio",
                "count",
                "distinct",
                "sum",
                "mean",
                "weighted_mean",
                "days",
                "index",
                "drawn",
            ]
        )
    )
    window = draw(
        st.sampled_from(
            [
                "event: told",
                "window: to_end",
                "window: in_force\nin_force: {from: told, through: [ends], until: [withdrawn]}",
                "",
            ]
        )
    )
    if kind == "days" and "in_force" in window:
        window = ""
    lines.append(window)
    holds = f'numerator: "{draw(CONDITIONS)}"' if kind != "index" else 'numerator: "amount >= 3 or not other < 2"'
    subject = draw(st.sampled_from(["[unit]", "[unit, level]"]))
    lines += {
        "ratio": [f"measure: {{kind: ratio, {holds}}}"],
        "of_subjects": [f"subject: {subject}", *_holding(draw), f"measure: {{kind: ratio, {holds}}}"],
        "weighted_ratio": [f"measure: {{kind: weighted_ratio, {holds}, weight: weight}}"],
        "count": ["measure: {kind: count}"],
        "distinct": [f"subject: {subject}", "measure: {kind: count}"],
        "sum": ["measure: {kind: sum, of: amount}"],
        "mean": ["measure: {kind: mean, of: pieces}"],
        "weighted_mean": ["measure: {kind: weighted_mean, of: amount, weight: weight}"],
        "drawn": _drawn(draw, holds),
        "days": [f"measure: {{kind: share_of_days, {holds}}}"],
        "index": [f"measure: {{kind: index, per: {subject}, means: [amount, other], {holds}}}"],
    }[kind]
    indicator = {"count": "number", "distinct": "number", "sum": "mean", "mean": "mean", "weighted_mean": "mean"}.get(
        kind, "share"
    )
    if kind == "drawn":
        lines = [line for line in lines if not line.startswith("exclude: [{id: out")]
        indicator = "share" if "weighted_ratio" in lines[-1] else "mean"
    return indicator, "\n".join(line for line in lines if line)


def _drawn(draw: st.DrawFn, holds: str) -> list[str]:
    measure = draw(st.sampled_from([f"weighted_ratio, {holds}", "weighted_mean, of: other"]))
    strata = draw(st.sampled_from(["strata: [place]", "strata: [place, level]", ""]))
    unit = draw(st.sampled_from(["unit: [unit]", "unit: [unit, programme]", ""]))
    parts = ["kind: random", strata, unit, draw(st.sampled_from(["population: pieces", "", ""]))]
    needed = "weight is not null and unit is not null and level is not null and programme is not null"
    exclude = f'exclude: [{{id: lacking, when: "not ({needed})", zh: 缺项, en: lacking}}]'
    when = draw(st.sampled_from(["", "", "when: \"good or outcome = 'pass'\""]))
    selection = ", ".join(part for part in (*parts, when) if part)
    return [exclude, f"selection: {{{selection}}}", f"measure: {{kind: {measure}, weight: weight}}"]


def _holding(draw: st.DrawFn) -> list[str]:
    holds_of = draw(st.sampled_from(["any", "all", "first", "latest"]))
    return [f"holds_of: {holds_of}"] + (["order: day"] if holds_of in ("first", "latest") else [])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A lake with the records, taken in by two imports; the second corrects a third of them."""
    found = Home(tmp_path_factory.mktemp("agree"))
    register = definition_in(found.root, "number", "measure: {kind: count}").register
    lay(found, register, [{**record, "amount": None, "level": "county"} for record in RECORDS[::3]], "2026-02-01")
    lay(found, register, RECORDS, "2026-03-01")
    yield found


def definition_in(root: Path, indicator: str, body: str) -> IndicatorDefinition:
    """A rulebook is read once a process, so each definition has a folder of its own."""
    folder = root / "rulebooks" / sha256(f"{indicator} {body}".encode()).hexdigest()
    return load_definition(rulebook_with(folder, indicator, body, 2), f"spec.{indicator}")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(definitions())
def test_both_answer_the_same(home: Home, drawn: tuple[str, str]) -> None:
    definition = definition_in(home.root, *drawn)
    for asked in ASKED:
        for value in compute(DuckDBEngine(), Source(home, definition.register), [definition], asked):
            agree(value, answer(definition, RECORDS, value.place, value.period))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(definitions(), min_size=2, max_size=8))
def test_together_is_as_one_by_one(home: Home, drawn: list[tuple[str, str]]) -> None:
    """All definitions of a register in one pass give what each gives alone, row sets included."""
    several = [definition_in(home.root, *one) for one in dict.fromkeys(drawn)]
    by_id = {definition.id: definition for definition in several}
    engine = DuckDBEngine()
    for asked in ASKED:
        source = Source(home, several[0].register)
        together = compute(engine, source, tuple(by_id.values()), asked)
        alone = [value for definition in by_id.values() for value in compute(engine, source, [definition], asked)]
        assert list(together) == alone


def test_where_no_subject_fails_all_hold_together_as_alone(tmp_path: Path) -> None:
    """All must hold: of the subjects those with a failing record are taken away, of which there may be no row at all."""
    bodies = {
        f"{indicator}{level}": f"population: \"level = '{level}'\"\nsubject: {subject}\nholds_of: all\n{SHARE_GOOD}"
        for indicator, subject in (("share", "[place]"), ("number", "[key]"))
        for level in ("county", "national")
    }
    home, found = Home(tmp_path / "home"), []
    for name, body in bodies.items():
        one = definition_in(tmp_path, "share", body)
        found.append(replace(one, indicator=replace(one.indicator, id=name)))
    lay(home, found[0].register, [record for record in RECORDS if record["good"] and record["level"]], "2026-02-01")
    source = Source(home, found[0].register)
    for asked in ASKED:
        together = compute(DuckDBEngine(), source, found, asked)
        assert list(together) == [value for one in found for value in compute(DuckDBEngine(), source, [one], asked)]
        assert all(value.numerator == value.denominator for value in together)
        assert any(value.denominator for value in together)
