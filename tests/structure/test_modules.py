from __future__ import annotations

import ast
import re

import pytest
from sources import ROOT, SRC, dotted, listed, modules, project_files

LOOK_TWICE = 300
TEXT = {".py", ".md", ".yaml", ".yml", ".toml", ".txt", ".lock", ".csv", ".json", ".cfg", ".sh", ".html", ".css", ".js", ""}
# Written in pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(
    "|".join(["(?<!office)/" + "work/", "/" + "root/", "/" + "tmp/", "/" + "home/[a-z]", r"[A-Z]:\\" + "Users"])
)
REGISTRY_HOSTS = re.compile(
    "|".join([r"pypi\." + "org", "files.python" + "hosted", r"registry\." + "npmjs", r"mirrors\." + "[a-z]", "npm" + "mirror"])
)


def test_module_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    """Printed for a person to read: about 150 lines are aimed at, 300 deserve a second look."""
    sizes = {dotted(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    with capsys.disabled():
        large = sorted(((size, name) for name, size in sizes.items() if size > LOOK_TWICE), reverse=True)
        print(f"\n{len(sizes)} modules, {sum(sizes.values())} lines; look twice: {large or 'none'}")
    assert sizes


def test_every_module_says_which_question_it_answers() -> None:
    silent = [dotted(path) for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)]
    assert not silent, listed(silent)


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = {
        "utils",
        "util",
        "common",
        "core",
        "helpers",
        "helper",
        "misc",
        "json",
        "types",
        "html",
        "csv",
        "string",
        "logging",
    }
    allowed = {"documents.readers.html", "documents.readers.text", "publication.writers.html", "publication.writers.json"}
    found = [dotted(path) for path in modules() if path.stem in empty and dotted(path) not in allowed]
    assert not found, listed(found)


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRY_HOSTS], ids=["paths", "hosts"])
def test_the_tree_names_no_machine(pattern: re.Pattern[str]) -> None:
    found = []
    for path in project_files():
        if path.suffix not in TEXT or path.stat().st_size > 2_000_000:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, listed(found)


def test_every_room_is_on_the_map() -> None:
    rooms = ROOT / "docs" / "rooms.md"
    if not rooms.is_file():
        pytest.skip("docs/rooms.md is not written yet")
    told = rooms.read_text(encoding="utf-8")
    packages = [p.name for p in SRC.iterdir() if (p / "__init__.py").is_file()]
    found = [name for name in [*packages, "rulebook"] if f"`{name}" not in told and f"{name}/" not in told]
    assert not found, listed(found)
