"""Is a signature what RFC 8032 says, and does it count only when one of our keys made it for just this content?"""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhiheng.base.canonical_json import canonical
from zhiheng.base.errors import DataError
from zhiheng.evidence.lake.home import Home
from zhiheng.publication.receipts import keys, signing
from zhiheng.publication.receipts.signing import fingerprint, read_signed, sign, signed_by

CONTENT = {"schema": "zhiheng/receipt/1", "值": "97.3"}
# RFC 8032 section 7.1: secret key, public key, message, signature.
VECTORS = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize(("secret", "public", "message", "signature"), VECTORS)
def test_vectors_of_rfc_8032(secret: str, public: str, message: str, signature: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes of the vectors take the place of the canonical content, the rest is the way of every receipt."""
    monkeypatch.setattr(signing, "canonical", lambda value: bytes.fromhex(message) if value == CONTENT else canonical(value))
    made = json.loads(sign(CONTENT, Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret))))["signature"]
    assert (made["public_key"], made["value"]) == (public, signature)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    signed = signing.SignedContent(CONTENT, "", fingerprint(key), public, signature)
    assert signed_by(signed, {fingerprint(key): key}) == fingerprint(key)


def test_a_receipt_is_ours_only_with_our_key_over_this_content() -> None:
    ours, theirs = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    known = {fingerprint(ours.public_key()): ours.public_key()}
    signed = read_signed(sign(CONTENT, ours))
    assert signed.whole and signed_by(signed, known)
    foreign = read_signed(sign(CONTENT, theirs))
    assert foreign.whole and signed_by(foreign, known) is None
    # Another's signature that claims to be of our key, our signature over another content, and a signature of another length.
    claimed = signing.SignedContent(CONTENT, foreign.digest, signed.key, signed.public_key, foreign.signature)
    moved = signing.SignedContent({**CONTENT, "值": "99"}, signed.digest, signed.key, signed.public_key, signed.signature)
    assert signed_by(claimed, known) is None
    assert signed_by(moved, known) is None and not moved.whole
    for odd in ("", "00", "zz", signed.signature + "00"):
        assert signed_by(signing.SignedContent(CONTENT, signed.digest, signed.key, "", odd), known) is None


@pytest.mark.parametrize(
    "data",
    [
        b"{}",
        b"[]",
        b'{"content": [], "digest": "", "signature": {}}',
        b'{"content": {}, "digest": 1, "signature": {}}',
        b"null",
    ],
)
def test_what_has_not_the_form_of_a_receipt_is_refused(data: bytes) -> None:
    with pytest.raises(DataError, match="receipt_form"):
        read_signed(data)


def test_more_parts_and_other_algorithms_are_refused() -> None:
    made = json.loads(sign(CONTENT, Ed25519PrivateKey.generate()))
    with pytest.raises(DataError, match="receipt_form"):
        read_signed(json.dumps({**made, "note": ""}).encode())
    with pytest.raises(DataError, match="receipt_algorithm"):
        read_signed(json.dumps({**made, "signature": {**made["signature"], "algorithm": "none"}}).encode())


def test_the_key_is_made_once_and_read_by_nobody_else(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    key = keys.signing_key(home)
    assert keys.signing_key(home).private_bytes_raw() == key.private_bytes_raw()
    file = home.keys / "receipts.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(home.keys.stat().st_mode) == 0o700
    assert list(keys.public_keys(home)) == [fingerprint(key.public_key())]
    assert sorted(p.name for p in home.keys.iterdir()) == ["receipts", "receipts.pem"]


def test_receipts_stay_ours_after_the_key_was_replaced(tmp_path: Path) -> None:
    home = Home(tmp_path)
    old = read_signed(sign(CONTENT, keys.signing_key(home)))
    (home.keys / "receipts.pem").unlink()
    new = read_signed(sign(CONTENT, keys.signing_key(home)))
    assert old.key != new.key
    assert signed_by(old, keys.public_keys(home)) and signed_by(new, keys.public_keys(home))


@pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX's")
def test_a_key_that_others_can_read_does_not_sign(tmp_path: Path) -> None:
    home = Home(tmp_path)
    keys.signing_key(home)
    (home.keys / "receipts.pem").chmod(0o640)
    with pytest.raises(DataError, match="key_open"):
        keys.signing_key(home)


def test_a_broken_key_is_named(tmp_path: Path) -> None:
    home = Home(tmp_path)
    keys.signing_key(home)
    (home.keys / "receipts.pem").write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    with pytest.raises(DataError, match="key_unreadable"):
        keys.signing_key(home)
    (public,) = (home.keys / "receipts").glob("*.pem")
    public.write_text("")
    with pytest.raises(DataError, match="key_unreadable"):
        keys.public_keys(home)
