from __future__ import annotations

import csv
import re

import pytest
from sources import RULEBOOK, SHARED, listed

from zhiheng.rules.catalogue import load_catalogue
from zhiheng.rules.rulebook import CATALOGUE, open_rulebook

CAPABILITIES = SHARED / "design" / "capabilities.md"


def test_every_file_of_the_rulebook_is_read_by_something() -> None:
    for path in RULEBOOK.rglob("*"):
        if path.is_file() and path.suffix != ".yaml":
            assert path.parent.name == "codes", path


def test_every_rule_is_valid_and_says_what_is_unconfirmed() -> None:
    book = open_rulebook()
    ids = book.rule_ids()
    assert ids
    for rule_id in ids:
        rule = book.rule(rule_id)
        assert rule.patience > 0, rule_id
        assert all(v.citation.clause for v in rule.versions), rule_id


def test_catalogue_files_are_named_like_their_groups() -> None:
    groups = {entry.group for entry in load_catalogue().entries.values()}
    assert groups == {path.stem for path in (RULEBOOK / "national" / CATALOGUE).glob("*.yaml")}


def test_entries_are_confirmed_only_where_a_plan_names_them() -> None:
    entries = load_catalogue().entries.values()
    found = [e.id for e in entries if e.confirmed != bool(e.lines)]
    assert not found, listed(found)


def indicator_lines() -> dict[str, str]:
    """The lines under 'Indicators in the plans fed with evidence', numbered G1.1, G1.2 … as they stand."""
    found: dict[str, str] = {}
    group, listing = "", False
    for line in CAPABILITIES.read_text(encoding="utf-8").splitlines():
        if head := re.match(r"### (G\d+) ", line):
            group, listing = head[1], False
        elif line.startswith("Indicators in the plans fed with evidence"):
            listing = True
        elif listing and line.startswith("- "):
            number = sum(key.startswith(f"{group}.") for key in found) + 1
            found[f"{group}.{number}"] = line[2:]
        elif line:
            listing = False
    return found


@pytest.mark.shared
@pytest.mark.skipif(not CAPABILITIES.is_file(), reason="the list of capabilities is not beside the project")
def test_all_indicator_lines_of_the_founding_plans_are_covered() -> None:
    lines = indicator_lines()
    assert len(lines) == 88
    covered = {line for entry in load_catalogue().entries.values() for line in entry.lines}
    found = {key: text for key, text in lines.items() if key not in covered}
    assert not found, listed(found)
    assert covered - set(lines) == set()


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "corpus" / "labels").is_dir(), reason="the labelled corpus is not beside the project")
def test_labelled_indicators_are_in_the_catalogue() -> None:
    catalogue = load_catalogue()
    rows = [
        row
        for path in (SHARED / "corpus" / "labels").glob("*.targets.csv")
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    ]
    targets = [row["indicator"] for row in rows if row["role"] != "background"]
    unmatched = sorted({name for name in targets if catalogue.align(name) is None})
    assert len(unmatched) <= 0.10 * len(set(targets)), unmatched
