"""Which keys are ours? One signs, and all that ever did can be recognised.

`keys/receipts.pem` signs and is readable by the service alone; `keys/receipts/` holds the public halves, so that receipts stay
ours after the signing key was replaced. Both are PEM files that any tool reads.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from zhiheng.base.errors import DataError
from zhiheng.evidence.lake.home import Home, disk_faults
from zhiheng.publication.receipts.signing import PublicKeys, fingerprint

_MOST_BYTES = 10_000
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def signing_key(home: Home) -> Ed25519PrivateKey:
    """The key that signs, made when it is first needed; `DataError` when it is none or others may read it."""
    with disk_faults(home):
        path = _private(home)
        if not path.is_file():
            _make(home, path)
        if os.name == "posix" and path.stat().st_mode & _OTHERS:
            raise DataError("publication.key_open", file=str(path))
        key = _private_key(path)
        _keep_public(home, key.public_key())
        return key


def public_keys(home: Home) -> PublicKeys:
    """Every key whose signatures count as ours, by fingerprint; none where the installation never signed."""
    files = sorted(_publics(home).glob("*.pem")) if _publics(home).is_dir() else []
    keys = [public_key(file) for file in files]
    return {fingerprint(key): key for key in keys}


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key of a PEM file; `DataError` when it is none."""
    try:
        key = load_pem_public_key(_read(path))
    except (ValueError, UnsupportedAlgorithm) as fault:
        raise DataError("publication.key_unreadable", file=str(path)) from fault
    if not isinstance(key, Ed25519PublicKey):
        raise DataError("publication.key_unreadable", file=str(path))
    return key


def written(key: Ed25519PublicKey) -> bytes:
    """The public key as a PEM file, to be handed out beside receipts."""
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _private(home: Home) -> Path:
    return home.keys / "receipts.pem"


def _publics(home: Home) -> Path:
    return home.keys / "receipts"


def _private_key(path: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(_read(path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as fault:
        raise DataError("publication.key_unreadable", file=str(path)) from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise DataError("publication.key_unreadable", file=str(path))
    return key


def _make(home: Home, path: Path) -> None:
    """A fresh key; of two who make one at the same time, both use the first."""
    home.keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    _place(path, Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)


def _keep_public(home: Home, key: Ed25519PublicKey) -> None:
    path = _publics(home) / f"{fingerprint(key)}.pem"
    if not path.is_file():
        path.parent.mkdir(exist_ok=True)
        _place(path, written(key), 0o644)


def _place(path: Path, content: bytes, mode: int) -> None:
    fresh = path.with_name(f".{os.getpid()}.new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink(missing_ok=True)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(_MOST_BYTES)
