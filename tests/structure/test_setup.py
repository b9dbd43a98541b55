"""Does a fresh clone work for somebody who has only Python, make and a registry, and do the pages tell the truth?"""

from __future__ import annotations

import ast
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import ROOT, SRC, listed, project_files

from zhiheng.cli.main import parser

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
# What a distribution is called where it is imported, when the names differ.
IMPORTED_AS = {
    "dj-database-url": "dj_database_url",
    "ibis-framework": "ibis",
    "charset-normalizer": "charset_normalizer",
    "import-linter": "importlinter",
    "opencc-python-reimplemented": "opencc",
    "pytest-xdist": "xdist",
    "python-calamine": "python_calamine",
    "python-docx": "docx",
    "python-stdnum": "stdnum",
    "pyyaml": "yaml",
}
COMMANDS_ONLY = {
    "import-linter",
    "mypy",
    "pytest-django",
    "pytest-xdist",
    "ruff",
    "setuptools",
    "uv",
    "lxml-stubs",
    "django-stubs",
}
# What is called by its name only: in the settings of the office, by Django for a database, or as a program.
NAMED_ONLY = {"django-htmx": "django_htmx.", "granian": '"granian"', "psycopg": "postgresql", "whitenoise": "whitenoise."}
LOCKED = re.compile(r"^([a-z0-9-]+)==([^\s;]+)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
PAGES = [path for path in project_files() if path.suffix == ".md" and path.relative_to(ROOT).parts[0] != "tests"]


def imported(*folders: str) -> set[str]:
    """First names of everything imported in these folders."""
    found: set[str] = set()
    for path in (p for folder in folders for p in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.split(".")[0])
    return found


def required(names: list[str]) -> set[str]:
    return {re.split(r"[ <>=!~;\[]", name)[0].lower() for name in names}


DEPENDENCIES = required(PROJECT["project"]["dependencies"])
EXTRAS = required([name for names in PROJECT["project"]["optional-dependencies"].values() for name in names])
TOOLS = required(PROJECT["dependency-groups"]["dev"])


def test_nothing_is_required_that_nobody_imports() -> None:
    used, tested = imported("src"), imported("src", "tests", "scripts", "bench", "examples")
    source = "".join(path.read_text(encoding="utf-8") for path in SRC.rglob("*.py"))
    idle = [name for name, mark in NAMED_ONLY.items() if mark not in source]
    idle += [name for name in DEPENDENCIES - set(NAMED_ONLY) if IMPORTED_AS.get(name, name) not in used]
    idle += [n for n in TOOLS - COMMANDS_ONLY if not n.startswith("types-") and IMPORTED_AS.get(n, n) not in tested]
    assert not idle, listed(idle)


def test_nothing_is_imported_that_is_not_required() -> None:
    known = {IMPORTED_AS.get(name, name) for name in DEPENDENCIES} | {"zhiheng"}
    found = imported("src") - known - set(sys.stdlib_module_names)
    assert not found, listed(found)


def test_every_dependency_says_why() -> None:
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if re.match(r'    "[A-Za-z]', line)]
    named = {m[1].lower(): line for line in rows if (m := re.match(r'    "([A-Za-z0-9-]+)(?:\[[a-z,]+\])?[<>=.,0-9]*",', line))}
    silent = [name for name in DEPENDENCIES | TOOLS | EXTRAS if "#" not in named.get(name, "")]
    assert not silent, listed(silent)


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-uv.lock", "requirements-spark.lock"])
def test_the_lock_names_versions_and_hashes_and_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text and "--index" not in text and "--find-links" not in text
    blocks = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert blocks and all("--hash=sha256:" in block for block in blocks)


def test_the_lock_holds_what_is_required() -> None:
    locked = dict(LOCKED.findall((ROOT / "requirements.lock").read_text(encoding="utf-8")))
    assert set(locked) >= DEPENDENCIES | TOOLS
    with_spark = dict(LOCKED.findall((ROOT / "requirements-spark.lock").read_text(encoding="utf-8")))
    assert with_spark.items() >= locked.items() and set(with_spark) >= EXTRAS
    assert not set(locked) & EXTRAS
    assert dict(LOCKED.findall((ROOT / "requirements-uv.lock").read_text(encoding="utf-8"))) == {"uv": locked["uv"]}


def test_make_knows_every_command_for_people() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("install", "run", "example", "test", "test-spark", "test-all", "fix", "docs", "bench", "golden"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for script in re.findall(r"(?:scripts|bench|examples)/[\w/]+\.py", makefile):
        assert (ROOT / script).is_file(), script


def test_the_check_of_the_clean_machine_can_be_started() -> None:
    ci = ROOT / ".ci" / "run"
    assert os.access(ci, os.X_OK)
    if bash := shutil.which("bash"):
        assert subprocess.run([bash, "-n", str(ci)], check=False).returncode == 0
    assert ci.read_text(encoding="utf-8").rstrip().endswith("make test STRICT=1")


def console_lines() -> Iterator[tuple[str, str]]:
    """Every line in a block of a page that calls `zhiheng`."""
    for path in PAGES:
        text = path.read_text(encoding="utf-8").replace("\\\n", " ")
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            for line in block.splitlines():
                command = re.sub(r"^(?:\s|[A-Z_]+=\S+ )*", "", line)
                if command.startswith("zhiheng "):
                    yield str(path.relative_to(ROOT)), command


def test_pages_call_commands_that_exist() -> None:
    assert len(list(console_lines())) > 10
    for page, line in console_lines():
        words = shlex.split(line, comments=True)
        try:
            parser().parse_args(words[1:])
        except SystemExit:
            pytest.fail(f"{page}: {line}")


def test_pages_lead_to_pages_that_exist() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {target}"
        for path in PAGES
        for target in LINK.findall(path.read_text(encoding="utf-8"))
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert not found, listed(found)


def test_the_map_names_every_room_and_folder() -> None:
    told = (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8")
    packages = [path.parent.relative_to(SRC).as_posix() for path in SRC.rglob("__init__.py") if path.parent != SRC]
    data = {p.parent.relative_to(SRC / "rulebook").as_posix() for p in (SRC / "rulebook").rglob("*.yaml")}
    tops = {path.relative_to(ROOT).parts[0] for path in project_files() if len(path.relative_to(ROOT).parts) > 1}
    wanted = {*packages, *data, *(top for top in tops - {"src"} if not top.startswith("."))}
    missing = [name for name in sorted(wanted) if f"`{name}/" not in told]
    assert not missing, listed(missing)


def test_decisions_are_short_and_have_a_standing() -> None:
    decisions = sorted((ROOT / "docs" / "why").glob("[0-9]*.md"))
    numbers = [path.name[:4] for path in decisions]
    assert numbers == [f"{n:04}" for n in range(1, len(numbers) + 1)]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 40, path.name
        assert re.search(r"^Status: (?:accepted|replaced by \d{4})$", text, re.MULTILINE), path.name


def test_pictures_are_light() -> None:
    heavy = [path.name for path in (ROOT / "docs").rglob("*.png") if path.stat().st_size > 150_000]
    assert not heavy, heavy


def test_the_package_carries_its_licence() -> None:
    assert "Apache License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0" and set(PROJECT["project"]["license-files"]) == {"LICENSE", "NOTICE"}
    assert Path(ROOT / "NOTICE").is_file()
