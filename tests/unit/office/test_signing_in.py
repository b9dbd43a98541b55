"""Does signing in keep strangers out, and people in no longer than it should?"""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

from zhiheng.office.ledger.models import AuditEntry, Person

WORD = "Correct-horse-7"


@pytest.fixture
def person(county: SimpleNamespace) -> Person:
    Person.objects.filter(pk=county.person.pk).update(must_change_password=False)
    found: Person = Person.objects.get(pk=county.person.pk)
    return found


def signed_in(name: str = "lin", word: str = WORD, **more: str) -> tuple[Client, int, str]:
    client = Client()
    answer = client.post("/login", {"username": name, "password": word, **more})
    return client, answer.status_code, answer.headers.get("Location", "")


def test_in_and_out(person: Person) -> None:
    client, status, to = signed_in("LIN")
    assert (status, to) == (302, "/")
    assert "林青" in client.get("/").content.decode()
    assert client.post("/logout").status_code == 302
    assert client.get("/").headers["Location"] == "/login?next=/"
    assert list(AuditEntry.objects.filter(action__startswith="log").values_list("action", flat=True)) == ["login", "logout"]


def test_nothing_is_open_but_what_has_to_be(db: None) -> None:
    assert Client().get("/").status_code == 302
    assert Client().post("/").status_code == 302
    assert Client().get("/healthz").json() == {"ready": True}


@pytest.mark.parametrize("to", ["https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"])
def test_no_open_redirect(person: Person, to: str) -> None:
    assert signed_in(next=to)[2] == "/"
    assert signed_in(next="/password")[2] == "/password"


def test_locked_after_five_failures(person: Person) -> None:
    for _ in range(5):
        assert signed_in(word="wrong")[1] == 401
    assert signed_in()[1] == 401
    Person.objects.update(locked_until=None)
    assert signed_in()[1] == 302
    assert AuditEntry.objects.filter(action="login_failed").count() == 6


def test_switched_off(person: Person) -> None:
    client, _, _ = signed_in()
    Person.objects.update(is_active=False)
    assert client.get("/").status_code == 302
    assert signed_in()[1] == 401
    assert signed_in("nobody")[1] == 401


def test_a_new_password_first(county: SimpleNamespace) -> None:
    client, _, _ = signed_in()
    assert client.get("/").headers["Location"] == "/password"
    weak = client.post("/password", {"new_password1": "aaaaaaaaaaaa", "new_password2": "aaaaaaaaaaaa"})
    assert weak.status_code == 400 and "至少三种" in weak.content.decode()
    new = {"new_password1": "Another-horse-8", "new_password2": "Another-horse-8"}
    assert client.post("/password", new).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    assert signed_in()[1] == 401


def test_the_session_is_another_after_signing_in(person: Person) -> None:
    client = Client()
    client.get("/login")
    session = client.session
    session["seen"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before or ""
    client.post("/login", {"username": "lin", "password": WORD})
    assert client.session.session_key != before


def test_headers_and_csrf(person: Person) -> None:
    page = Client().get("/login")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/login", {"username": "lin", "password": WORD})
    assert answer.status_code == 403 and "表单已失效" in answer.content.decode()
