"""What does every test get, and what is said about tests that a machine could not run?

A test marked `browser`, `office`, `shared` or `spark` is left out where that is missing. What was left out is named at the end;
with STRICT=1 it is a failure, so that no gap can look like a pass.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections import Counter
from collections.abc import Generator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

from zhiheng.rules import messages

SHARED = Path(__file__).resolve().parents[2] / "shared"
STRICT = os.environ.get("STRICT") == "1"

# Two cores shared with other work make every clock unfair, so no example has a deadline; the same examples every time,
# so that a red check is about the change and not about luck. `make test-all` searches longer, each time elsewhere.
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=500, print_blob=True)
settings.load_profile("same")


def _driver_starts() -> bool:
    """Whether the library is there that playwright's driver is linked with on Linux and does not bring."""
    try:
        return sys.platform != "linux" or bool(ctypes.CDLL("libatomic.so.1"))
    except OSError:
        return False


def _missing() -> dict[str, str]:
    """Mark → what this machine lacks for it."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    lacks = {
        "browser": ([] if browser else ["chromium"]) + ([] if _driver_starts() else ["libatomic1"]),
        "office": [p for p in ("soffice", "pdftotext", "pdftoppm") if not shutil.which(p)],
        "spark": [] if find_spec("pyspark") else ["pyspark, which only make test-spark installs"],
        "shared": [] if SHARED.is_dir() else ["the shared corpora beside the project (../shared)"],
    }
    return {mark: ", ".join(names) for mark, names in lacks.items() if names}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = _missing()
    for item in items:
        for mark in missing.keys() & {m.name for m in item.iter_markers()}:
            item.add_marker(pytest.mark.skip(reason=f"not here: {missing[mark]}"))


def _reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    said = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return str(said).removeprefix("Skipped: ")


def _refuse_gap(report: pytest.TestReport | pytest.CollectReport) -> None:
    if STRICT and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.longrepr = f"left out under STRICT=1: {_reason(report)}"
        report.outcome = "failed"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_gap(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_gap(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    left_out = Counter(_reason(report) for report in terminalreporter.stats.get("skipped", ()))
    if left_out:
        terminalreporter.section("left out on this machine")
        for reason, count in left_out.most_common():
            terminalreporter.line(f"{count:4} tests: {reason}")


@pytest.fixture(autouse=True)
def missing_sentences_stop_the_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a person a missing sentence is bridged by code and facts; here it is the fault it is."""
    monkeypatch.setattr(messages, "BRIDGED", ())
