from __future__ import annotations

import ast
import re
from collections import Counter

import pytest
from sources import ROOT, SRC, listed, modules

from zhiheng.publication.wording import STATE_WORDS, VERDICT_WORDS

ROW = re.compile(r"^\| (?P<term>[^|]+?) \| `(?P<identifier>[^`|]+)` \| (?P<meaning>[^|]+?) \|$", re.MULTILINE)
ROWS = [m.groupdict() for m in ROW.finditer((ROOT / "GLOSSARY.md").read_text(encoding="utf-8"))]
MODEL = [
    "base/errors.py", "base/period.py", "base/problem.py", "base/quantity.py", "base/reading.py",
    "documents/tree.py", "plans/model.py", "plans/sections.py", "plans/differences/change.py", "plans/comparison/model.py", "evidence/figures.py", "indicators/value.py",
    "indicators/definition.py", "indicators/computed.py", "indicators/then_and_now.py", "indicators/receipt.py",
    "evidence/registers/model.py", "evidence/registers/codes.py", "judgement/verdict.py",
    "office/ledger/models/audit.py", "office/ledger/models/grants.py", "office/ledger/models/jobs.py",
    "office/ledger/models/organisations.py", "office/ledger/models/people.py", "office/ledger/models/plans.py",
    "measures/exact.py", "measures/air/model.py", "measures/water/model.py",
    "rules/catalogue.py", "rules/look_alikes.py", "rules/dated.py", "rules/regions.py", "rules/rulebook.py", "rules/wording.py",
]  # fmt: skip


def public_classes(module: str) -> list[ast.ClassDef]:
    tree = modules()[SRC / module]
    return [node for node in tree.body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]


def members(enumeration: ast.ClassDef) -> list[str]:
    if not any(isinstance(base, ast.Name) and base.id.endswith("Enum") for base in enumeration.bases):
        return []
    targets = [node.targets[0] for node in enumeration.body if isinstance(node, ast.Assign)]
    return [f"{enumeration.name}.{target.id}" for target in targets if isinstance(target, ast.Name)]


@pytest.mark.parametrize("module", [m for m in MODEL if (SRC / m).is_file()])
def test_every_public_noun_has_a_row(module: str) -> None:
    known = {row["identifier"] for row in ROWS}
    nouns = [name for node in public_classes(module) for name in (node.name, *members(node))]
    found = [noun for noun in nouns if noun not in known]
    assert not found, listed(found)


def test_one_term_is_one_identifier() -> None:
    found = [term for term, count in Counter(row["term"] for row in ROWS).items() if count > 1]
    assert not found, listed(found)
    found = [word for word, count in Counter(row["identifier"] for row in ROWS).items() if count > 1]
    assert not found, listed(found)


def test_rows_name_what_exists() -> None:
    existing = {
        name
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for name in (node.name, *members(node))
    }
    types = [row["identifier"] for row in ROWS if row["identifier"][0].isupper()]
    found = [word for word in types if word not in existing]
    assert not found, listed(found)


def test_papers_print_the_words_of_the_glossary() -> None:
    terms = {row["identifier"]: row["term"] for row in ROWS}
    for word, printed in [*VERDICT_WORDS.items(), *STATE_WORDS.items()]:
        assert terms[f"{type(word).__name__}.{word.name}"] == printed
