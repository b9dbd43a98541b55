"""The office as tests run it: a folder of its own, passwords digested quickly, the database of ZHIHENG_DATABASE_URL or memory."""

from __future__ import annotations

import os
import tempfile

_before = os.environ.get("ZHIHENG_HOME")
os.environ["ZHIHENG_HOME"] = tempfile.mkdtemp(prefix="zhiheng-office-")
from zhiheng.office.settings import *  # noqa: E402, F403

STATIC_ROOT.mkdir()  # noqa: F405
if _before is None:
    del os.environ["ZHIHENG_HOME"]
else:
    os.environ["ZHIHENG_HOME"] = _before

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
