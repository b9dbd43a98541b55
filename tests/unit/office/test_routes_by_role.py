"""Does every address answer every role as the matrix says, and never with what belongs to another unit?

`tests/fixtures/office_routes.csv` holds a row for each address and method: the status for each role, asked for a thing of another bureau.
A new address makes this fail until its row is written.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import URLPattern, get_resolver
from tests.office_roles import CANARY, ROLES, client_of, seeded

from zhiheng.office.ledger.models import AuditEntry

GOLDEN = Path(__file__).parents[2] / "fixtures" / "office_routes.csv"
METHODS = ("GET", "POST")
HIDDEN = ("金丝雀", "a7q@example.org")


def routes() -> dict[str, str]:
    found = {}
    for pattern in get_resolver().url_patterns:
        assert isinstance(pattern, URLPattern), "an included list of addresses has to be walked too"
        assert pattern.name, f"the address {pattern.pattern} has no name"
        found[pattern.name] = f"/{pattern.pattern}"
    return found


def asked() -> tuple[dict[tuple[str, str], dict[str, str]], list[str], set[str]]:
    """Status by address, method and role; what showed the canary wrongly; where the chief saw it."""
    world, statuses, leaks, seen = seeded(), dict[tuple[str, str], dict[str, str]](), list[str](), set[str]()
    for name, path in routes().items():
        kind = path.split("/<")[0].removeprefix("/")
        known = {"uuid": world.keys.get(kind, "no key"), "str": world.keys["target"]}
        address = re.sub(r"<(uuid|str):\w+>", lambda one, known=known: known[one[1]], path)  # type: ignore[misc]
        assert "no key" not in address, f"seed a thing for {path}"
        for method in METHODS:
            for role in ("nobody", *ROLES):
                with transaction.atomic():
                    client = client_of(world.people.get(role))
                    answer = client.get(address) if method == "GET" else client.post(address, {})
                    body = b"".join(answer) if answer.streaming else answer.content  # type: ignore[attr-defined]
                    transaction.set_rollback(True)
                statuses.setdefault((name, method), {})[role] = str(answer.status_code)
                if any(word in body.decode("utf-8", "replace") for word in HIDDEN):
                    if role == "chief" or (role, name) == ("auditor", "audit"):  # the audit is read whole or not at all
                        seen.add(name)
                    else:
                        leaks.append(f"{method} {address} as {role}")
    return statuses, leaks, seen


def golden() -> dict[tuple[str, str], dict[str, str]]:
    with GOLDEN.open(encoding="utf-8", newline="") as held:
        return {(row.pop("route"), row.pop("method")): row for row in csv.DictReader(held)}


def test_every_address_for_every_role(db: None) -> None:
    statuses, leaks, seen = asked()
    wanted = golden()
    assert sorted(statuses) == sorted(wanted), "write a row for each address"
    differing = [f"{key}: {statuses[key]} instead of {wanted[key]}" for key in statuses if statuses[key] != wanted[key]]
    assert not differing, "\n".join(differing)
    assert not leaks, "\n".join(leaks)
    assert {
        "units",
        "unit",
        "people",
        "person",
        "grants",
        "grant",
        "grant_matrix",
        "plans",
        "plan_draft",
        "plan_version",
        "plan_target",
        "plan_original",
    } <= seen
    assert not [key for key, by_role in statuses.items() if any(status.startswith("5") for status in by_role.values())]


def test_what_the_matrix_promises() -> None:
    open_to_all = {"login", "health"}
    for (route, method), by_role in golden().items():
        if route not in open_to_all:
            assert by_role["nobody"] == "302", (route, method)
        if route in {"unit", "person", "grant"} or route.startswith(("plan_", "person_")):
            assert {by_role[role] for role in ("without", "auditor")} <= {"403", "404", "405"}, (route, method)


@pytest.mark.parametrize("path", ["/units/{units}", "/people/{people}", "/grants/{grants}", "/plans/drafts/{plans/drafts}"])
def test_a_refusal_is_written_down(db: None, path: str) -> None:
    world = seeded()
    before = AuditEntry.objects.filter(action="refused").count()
    answer = client_of(world.people["reader"]).get(path.format_map(world.keys))
    assert answer.status_code == 404 and CANARY not in answer.content.decode()
    assert AuditEntry.objects.filter(action="refused", person="reader").count() == before + 1


@pytest.mark.parametrize(
    "path", ["/units/../../etc/passwd", "/units/1", "/people/%2e%2e%2fkeys", "/static/../keys/office-secret", "/units/%00"]
)
def test_path_tricks(db: None, path: str) -> None:
    assert client_of(seeded().people["chief"]).get(path).status_code == 404
