"""Against which lake is a receipt verified, and whose keys count as ours?

What the call names decides: `--key`, `--home` or ZHIHENG_HOME, and the installation that `--lake` lies in. Only where none of them
says anything is the folder asked that the receipt lies in, which whoever handed it over may have made; the answer names the key.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from zhiheng.base.errors import UsageError
from zhiheng.evidence.lake.home import Home
from zhiheng.flow.knowledge import HOME
from zhiheng.publication.receipts.keys import public_key, public_keys
from zhiheng.publication.receipts.signing import PublicKeys, fingerprint

_LAKE = "lake"
# What lies beside a lake in an installation.
_BESIDE = ("imports.sqlite", "keys", "rulebook")


def receipt_home(arguments: Namespace, receipt: Path) -> Home:
    """The installation whose lake is read; `UsageError` when nothing says which."""
    named = _named(arguments)
    if arguments.lake is not None:
        lake = Path(arguments.lake).expanduser().absolute()
        if not lake.is_dir():
            raise UsageError("cli.no_such_lake", folder=arguments.lake)
        return _around(lake) or Home(named or _of_receipt(receipt) or lake, lake)
    root = named or _of_receipt(receipt)
    if root is None:
        raise UsageError("cli.no_home", variable=HOME)
    return Home(root)


def receipt_keys(arguments: Namespace, receipt: Path, home: Home) -> PublicKeys:
    """The keys that count as ours, by fingerprint; none where the installation never signed."""
    if arguments.key:
        keys = [public_key(Path(file)) for file in arguments.key]
        return {fingerprint(key): key for key in keys}
    found: dict[str, Ed25519PublicKey] = {}
    for root in _installations(arguments, home):
        found |= public_keys(Home(root))
    of_receipt = _of_receipt(receipt)
    return found or (public_keys(Home(of_receipt)) if of_receipt else {})


def _installations(arguments: Namespace, home: Home) -> Iterator[Path]:
    named = _named(arguments)
    if named is not None:
        yield named
    if arguments.lake is not None:
        yield home.root


def _named(arguments: Namespace) -> Path | None:
    named = arguments.home or os.environ.get(HOME)
    return Path(named).expanduser().absolute() if named else None


def _around(lake: Path) -> Home | None:
    """The installation that the folder is, or that it is the lake of."""
    if (lake / _LAKE).is_dir():
        return Home(lake)
    return Home(lake.parent, lake) if any((lake.parent / name).exists() for name in _BESIDE) else None


def _of_receipt(receipt: Path) -> Path | None:
    """The installation that has the receipt in its folder of receipts."""
    root = receipt.absolute().parent.parent
    return root if Home(root).receipts == receipt.absolute().parent and (root / _LAKE).is_dir() else None
