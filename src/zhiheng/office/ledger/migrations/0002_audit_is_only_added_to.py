"""The database itself refuses to change or delete an entry of the audit, but for the words of one past its time of keeping."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_KEPT = ("number", "content", "before", "digest")
_BLANK = ("at", "person", "name", "address", "action", "subject", "object", "said", "changes")
_EXPIRES = " and ".join(
    [*(f"new.{name} = old.{name}" for name in _KEPT), "new.expired", *(f"new.{name} = ''" for name in _BLANK)]
)
_SAID = "the audit is only added to"
_SQLITE = (
    f"create trigger ledger_audit_no_delete before delete on ledger_auditentry begin select raise(abort, '{_SAID}'); end",
    f"create trigger ledger_audit_no_change before update on ledger_auditentry when not ({_EXPIRES}) "
    f"begin select raise(abort, '{_SAID}'); end",
)
_POSTGRESQL = (
    f"create function ledger_audit_refuse() returns trigger language plpgsql as $$ begin raise exception '{_SAID}'; end $$",
    "create trigger ledger_audit_no_delete before delete on ledger_auditentry for each row execute function ledger_audit_refuse()",
    f"create trigger ledger_audit_no_change before update on ledger_auditentry for each row when (not ({_EXPIRES})) "
    "execute function ledger_audit_refuse()",
)
_STATEMENTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def add(apps: Any, schema_editor: Any) -> None:
    """The triggers of the database in use."""
    for statement in _STATEMENTS[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    """Triggers."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
