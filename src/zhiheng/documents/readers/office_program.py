"""How is LibreOffice made to convert one paper without being trusted with it?

Every paper gets a folder of its own with a fresh profile in which macros, links and the network are off; time, memory and
size are bounded; the whole group of processes is ended and the folder removed, whatever happens.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from zhiheng.base.errors import DataError
from zhiheng.documents.readers.limits import Limits

_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/usr/local/bin/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)
_HEADLESS = ("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo", "--nofirststartwizard")
# 32-bit counts of dash: memory in KB, size of a file in blocks of 512 bytes, seconds of processor, open files.
_BOUNDED = 'ulimit -v "$1"; ulimit -f "$2"; ulimit -t "$3"; ulimit -c 0; shift 3; exec "$@"'
_ROOM = 64 * 1024 * 1024  # the profile and what LibreOffice keeps beside the paper
_SECURITY = "/org.openoffice.Office.Common/Security/Scripting"
_NETWORK = "/org.openoffice.Inet/Settings"
# Nowhere is a door: the discard port of this machine answers no request that a paper could make.
_SETTINGS = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    (_NETWORK, "ooInetProxyType", "2"),
    (_NETWORK, "ooInetHTTPProxyName", "127.0.0.1"),
    (_NETWORK, "ooInetHTTPProxyPort", "9"),
    (_NETWORK, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_NETWORK, "ooInetHTTPSProxyPort", "9"),
    (_NETWORK, "ooInetFTPProxyName", "127.0.0.1"),
    (_NETWORK, "ooInetFTPProxyPort", "9"),
    (_NETWORK, "ooInetNoProxy", ""),
)
_PROFILE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    + "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{escape(value)}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    + "</oor:items>\n"
)


def office_program(limits: Limits) -> str | None:
    """Where LibreOffice is: the program named by the installation, else on the path, else in the usual places."""
    if limits.office:
        return limits.office
    found = (shutil.which(name) for name in ("soffice", "libreoffice"))
    return next((path for path in (*found, *_USUAL_PLACES) if path and os.access(path, os.X_OK)), None)


def converted(data: bytes, extension: str, wanted: str, name: str, program: str, limits: Limits) -> bytes | None:
    """The paper in the wanted format (`docx`, `xlsx`); None when LibreOffice cannot make sense of it.

    `extension` is that of the content, `name` the person's name of the file, which LibreOffice never sees.
    """
    with TemporaryDirectory(prefix="zhiheng-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        user = place / "profile" / "user"
        user.mkdir(parents=True)
        (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
        source = place / f"paper.{extension}"
        source.write_bytes(data)
        command = (program, f"-env:UserInstallation={(place / 'profile').as_uri()}", *_HEADLESS, "--convert-to", wanted)
        status = _run((*command, "--outdir", str(place / "out"), str(source)), place, name, limits)
        made = place / "out" / f"paper.{wanted}"
        if made.is_file():
            return _content(made, name, limits)
        if status != 0:
            memory = limits.convert_bytes // 1024 // 1024
            raise DataError("documents.conversion_broke_off", file=name, status=status, memory=memory)
        return None


def _content(made: Path, name: str, limits: Limits) -> bytes:
    size, limit = made.stat().st_size, limits.file_bytes
    if size > limit:
        raise DataError("documents.converted_too_large", file=name, size=size // 1024 // 1024, limit=limit // 1024 // 1024)
    return made.read_bytes()


def _run(command: tuple[str, ...], place: Path, name: str, limits: Limits) -> int:
    """The exit status; whatever ends the waiting, no process of the group goes on."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the program is the installation's, the paper only its argument
            (*_walls(limits), *command),
            cwd=place,
            env=_environment(place),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as fault:
        raise DataError("documents.converter_does_not_start", file=name, program=command[0], number=fault.errno) from fault
    try:
        return process.wait(limits.convert_seconds)
    except subprocess.TimeoutExpired as fault:
        raise DataError("documents.conversion_too_slow", file=name, seconds=limits.convert_seconds) from fault
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment(place: Path) -> dict[str, str]:
    """Nothing of the person's own: no home, no display, no proxy."""
    kept = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT") if key in os.environ}
    own = dict.fromkeys(("HOME", "TMPDIR", "TEMP", "TMP"), str(place))
    return kept | own | {"LC_ALL": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}


def _walls(limits: Limits) -> tuple[str, ...]:
    """What stands before the command: bounds of the shell, and a network of its own that leads nowhere."""
    shell = shutil.which("sh")
    if shell is None or sys.platform == "win32":
        return ()
    size = (limits.file_bytes + _ROOM) // 512
    bounds = (str(limits.convert_bytes // 1024), str(size), str(limits.convert_seconds * 2))
    return (shell, "-c", _BOUNDED, "sh", *bounds, *_without_network())


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """`unshare` where the system lets this user have it; elsewhere the profile alone keeps the network off."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    command = (unshare, "--user", "--map-current-user", "--net", "--")
    allowed = subprocess.run((*command, "true"), stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603
    return command if allowed.returncode == 0 else ()
