"""Who answers for a receipt? Its content is signed with Ed25519 (RFC 8032) over its canonical bytes.

A receipt on disk is {content, digest, signature}. The digest is its name; the signature names the key by the SHA-256 of its 32
bytes. The key that travels with the receipt is for strangers to look at: only keys of the installation decide whose it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zhiheng.base.canonical_json import Json, canonical, digest, read_strictly
from zhiheng.base.errors import DataError

ALGORITHM = "ed25519"
PublicKeys = Mapping[str, Ed25519PublicKey]


@dataclass(frozen=True, slots=True)
class SignedContent:
    """What stands in a receipt's file: content, the digest it claims, and the signature; nothing is believed yet.

    `key` is the fingerprint of the key said to have signed, `public_key` that key, `signature` 64 bytes; the latter two in
    hexadecimal digits.
    """

    content: Json
    digest: str
    key: str
    public_key: str
    signature: str

    @property
    def whole(self) -> bool:
        """Whether the content is what its digest says."""
        return digest(self.content) == self.digest


def fingerprint(key: Ed25519PublicKey) -> str:
    """The name of a key: SHA-256 of its 32 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(key.public_bytes_raw()).hexdigest()


def sign(content: Json, key: Ed25519PrivateKey) -> bytes:
    """A receipt's file: canonical as well, with a line's end."""
    public = key.public_key()
    signature = {
        "algorithm": ALGORITHM,
        "key": fingerprint(public),
        "public_key": public.public_bytes_raw().hex(),
        "value": key.sign(canonical(content)).hex(),
    }
    return canonical({"content": content, "digest": digest(content), "signature": signature}) + b"\n"


def read_signed(data: bytes) -> SignedContent:
    """What a file says, as far as it has the form of a receipt; else `DataError`."""
    match read_strictly(data):
        case {
            "content": dict(content),
            "digest": str(claimed),
            "signature": {"algorithm": str(algorithm), "key": str(key), "public_key": str(public), "value": str(value)},
            **rest,
        } if not rest:
            if algorithm != ALGORITHM:
                raise DataError("publication.receipt_algorithm", found=algorithm[:40], known=ALGORITHM)
            return SignedContent(content, claimed, key, public, value)
    raise DataError("publication.receipt_form")


def signed_by(signed: SignedContent, keys: PublicKeys) -> str | None:
    """The fingerprint of the key among `keys` that signed this content; None when none of them did."""
    key = keys.get(signed.key)
    try:
        if key is not None:
            key.verify(bytes.fromhex(signed.signature), canonical(signed.content))
            return signed.key
    except (InvalidSignature, ValueError):
        pass
    return None
