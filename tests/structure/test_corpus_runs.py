"""No run of eight or more Chinese characters of a corpus text in code or rulebook, except names.

A grammar learned by heart would know the corpus and nothing else. Excepted are names: rows of the GLOSSARY, official
names of catalogue indicators, names of standards, awards and bodies. Aliases are not names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from sources import ROOT, RULEBOOK, SHARED, SRC, listed

from zhiheng.rules.catalogue import load_catalogue

CORPUS = SHARED / "corpus"
LENGTH = 8
CHINESE = re.compile(rf"[\u4e00-\u9fff]{{{LENGTH},}}")
# Bodies, standards, awards, titles and published indicators that have their name from the law or from who grants them.
NAMES = [
    "国家产品质量检验检测中心",
    "专业标准化技术委员会",
    "标准化专业技术委员会",
    "全国知名品牌创建示范区",
    "全国质量品牌提升示范区",
    "领导组其他成员单位",
    "质量管理体系认证率",
]


@lru_cache(maxsize=1)
def corpus_runs() -> frozenset[str]:
    """Every run of LENGTH Chinese characters in the texts, line breaks inside a word closed."""
    runs: set[str] = set()
    for path in CORPUS.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        for version in (text, re.sub(r"\s+", "", text)):
            for found in CHINESE.finditer(version):
                runs.update(found[0][i : i + LENGTH] for i in range(len(found[0]) - LENGTH + 1))
    return frozenset(runs)


@lru_cache(maxsize=1)
def name_runs() -> frozenset[str]:
    """Runs that stand in a name."""
    glossary = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")
    names = [*(entry.name for entry in load_catalogue().entries.values()), *NAMES, glossary]
    return frozenset(
        f[0][i : i + LENGTH] for name in names for f in CHINESE.finditer(name) for i in range(len(f[0]) - LENGTH + 1)
    )


def copied(path: Path) -> Iterator[str]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        for found in CHINESE.finditer(line):
            runs = [found[0][i : i + LENGTH] for i in range(len(found[0]) - LENGTH + 1)]
            if any(run in corpus_runs() and run not in name_runs() for run in runs):
                yield f"{path.relative_to(ROOT)}:{number}: {found[0]}"


@pytest.mark.shared
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the project")
def test_no_run_of_the_corpus_is_copied() -> None:
    files = [*SRC.rglob("*.py"), *RULEBOOK.rglob("*.yaml"), *RULEBOOK.rglob("*.csv")]
    found = [line for path in sorted(set(files)) for line in copied(path)]
    assert not found, listed(found)
