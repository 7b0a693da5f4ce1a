"""Signed requests from other systems: their secret, how it is kept, what counts as signed.

The form is that of Standard Webhooks 1.0 (github.com/standard-webhooks/standard-webhooks), for
which senders exist in most languages: ``webhook-id``, ``webhook-timestamp`` and
``webhook-signature: v1,<base64 of HMAC-SHA256 over "id.timestamp.body">``. So key, moment and
body are bound together: none can be exchanged for another.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.utils.crypto import salted_hmac

PREFIX = "whsec_"
SECRET_BYTES = 32
SALT = "earnest.core.signed"
BODIES = "earnest.core.signed.bodies"  # its own: what is sent must never make the key of the box
SKEW = timedelta(minutes=5)
LONGEST_BODY = 64 * 1024
LONGEST_KEY = 100
LONGEST_SIGNATURES = 1000


class NotSigned(Exception):
    """Not from who knows the secret, or not now; ``why`` says it in one word: ``SignedDoor.Why``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class SecretLost(Exception):
    """It was sealed with another secret key: the door needs a new one."""


@dataclass(frozen=True)
class Signed:
    """A request that is genuine: its key, its body, and a keyed digest of the body."""

    key: str
    body: bytes
    digest: str


def new_secret() -> str:
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def new_address() -> str:
    """The part of the address that finds a door; it opens nothing by itself."""
    return secrets.token_urlsafe(18)


def seal(secret: str) -> str:
    """The secret as it is stored: a copy of the database alone signs nothing."""
    return _box().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SecretLost from error


def sign(secret: str, *, key: str, at: datetime, body: bytes) -> str:
    """What stands in ``webhook-signature``; tests and the page that shows an example use it."""
    mac = _mac(secret, key, str(int(at.timestamp())), body)
    return "v1," + base64.b64encode(mac).decode()


def read_signed(headers: Mapping[str, str], body: bytes, *, secret: str, at: datetime) -> Signed:
    """The request, if it is signed with this secret within five minutes of ``at``.

    Raises NotSigned: "missing", "long", "time" or "signature". Compared in constant time.
    """
    key, stamp, given = (
        headers.get(f"webhook-{name}", "") for name in ("id", "timestamp", "signature")
    )
    if not (key and stamp and given):
        raise NotSigned("missing")
    if len(body) > LONGEST_BODY or len(key) > LONGEST_KEY or len(given) > LONGEST_SIGNATURES:
        raise NotSigned("long")
    if not _is_key(key):
        raise NotSigned("missing")
    if abs(_moment(stamp) - at) > SKEW:
        raise NotSigned("time")
    meant = _mac(secret, key, stamp, body)
    if not any(hmac.compare_digest(meant, one) for one in _signatures(given)):
        raise NotSigned("signature")
    return Signed(key, body, digest_of(body))


def digest_of(body: bytes) -> str:
    """Kept when the body is forgotten, so it is keyed: a copy of the database lets nobody try out
    what the body was."""
    return salted_hmac(BODIES, body, algorithm="sha256").hexdigest()


def _is_key(key: str) -> bool:
    """Without a dot: else another cut through "id.timestamp.body" would be signed, too."""
    return key.isascii() and key.isprintable() and "." not in key


def _moment(stamp: str) -> datetime:
    """Seconds since 1970, in digits alone; what is no moment is not now."""
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 11):
        raise NotSigned("time")
    return datetime.fromtimestamp(int(stamp), UTC)


def _signatures(given: str) -> list[bytes]:
    """Each of version 1; a sender who changes its secret sends two."""
    found = []
    for one in given.split():
        version, _, text = one.partition(",")
        if version == "v1":
            try:
                found.append(base64.b64decode(text, validate=True))
            except (binascii.Error, ValueError):
                continue
    return found


def _mac(secret: str, key: str, stamp: str, body: bytes) -> bytes:
    by = base64.b64decode(secret.removeprefix(PREFIX))
    return hmac.digest(by, f"{key}.{stamp}.".encode() + body, "sha256")


def _box() -> Fernet:
    key = salted_hmac(SALT, "the secrets of signed doors", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
