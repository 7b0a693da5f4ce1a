"""Reads the EARNEST_* variables: each is refused loudly when it makes no sense."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import available_timezones

from environs import Env, EnvError

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LOCAL_HOSTS = {"localhost", "127.0.0.1", "[::1]", "::1"}


class BadSetting(SystemExit):
    """An EARNEST_* variable makes no sense; the message says which, why, and what would."""


def data_dir(env: Env) -> Path:
    """Where database, secret key and uploads live; created on first use."""
    default = Path.home() / ".local" / "share" / "earnest"
    folder = Path(env.str("EARNEST_DATA_DIR", str(default))).expanduser().resolve()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadSetting(f"EARNEST_DATA_DIR: cannot use {folder}: {error.strerror}") from error
    return folder


def secret_key(env: Env, folder: Path) -> str:
    """The given key, or one made on first run and kept readable for this user alone."""
    given = env.str("EARNEST_SECRET_KEY", "")
    if given:
        if len(given) < 32:
            raise BadSetting("EARNEST_SECRET_KEY: give at least 32 characters, or leave it out.")
        return given
    kept = folder / "secret-key"
    try:
        handle = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write(key := secrets.token_urlsafe(48))
    return key


def base_url(env: Env) -> str:
    """The address people reach this server at; links in mail are built on it."""
    url = env.str("EARNEST_BASE_URL", "http://localhost:8000").rstrip("/")
    if not _is_origin(url):
        raise BadSetting(
            f"EARNEST_BASE_URL: {url!r} is not an address such as https://earnest.example.org"
        )
    return url


def _is_origin(url: str) -> bool:
    """Scheme, host and perhaps a port; no path, no query, no sign-in."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # a port that is no number, a host in crooked brackets
        return False
    plain = f"{parts.scheme}://{parts.netloc}" == url and "@" not in url and " " not in url
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname) and port != 0


def is_local(url: str) -> bool:
    """True when the address can only be reached on this machine."""
    return (urlsplit(url).hostname or "") in LOCAL_HOSTS


def time_zone(env: Env) -> str:
    """The zone new workspaces begin with."""
    zone = env.str("EARNEST_TIME_ZONE", "UTC")
    if zone not in available_timezones():
        raise BadSetting(f"EARNEST_TIME_ZONE: {zone!r} is no time zone; try Europe/Amsterdam")
    return zone


def languages(env: Env, known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The languages people may choose, in the order given."""
    names = dict(known)
    codes = env.list("EARNEST_LANGUAGES", ["en"])
    unknown = [code for code in codes if code not in names]
    if unknown or not codes:
        raise BadSetting(f"EARNEST_LANGUAGES: unknown {', '.join(unknown) or 'empty list'}")
    return [(code, names[code]) for code in codes]


def log_level(env: Env) -> str:
    """How much the server says about itself."""
    level = env.str("EARNEST_LOG_LEVEL", "WARNING").upper()
    if level not in LOG_LEVELS:
        raise BadSetting(f"EARNEST_LOG_LEVEL: {level!r} is none of {', '.join(LOG_LEVELS)}")
    return level


def flag(env: Env, name: str, *, default: bool) -> bool:
    """A yes or no; anything else is refused with its name."""
    try:
        return env.bool(name, default)
    except EnvError as error:
        raise BadSetting(f"{name}: say true or false") from error


@dataclass(frozen=True, slots=True)
class Oidc:
    """The organisation's own sign-in, where it has one (OpenID Connect)."""

    server: str = ""
    client_id: str = ""
    secret: str = ""
    name: str = ""
    joins_workspace: int | None = None

    def apps(self) -> list[dict[str, Any]]:
        """As allauth wants to be told; empty when no provider is set."""
        if not self.server:
            return []
        return [
            {
                "provider_id": "sso",
                "name": self.name,
                "client_id": self.client_id,
                "secret": self.secret,
                "settings": {"server_url": self.server},
            }
        ]

    def origins(self) -> list[str]:
        """Where the sign-in button leads, for the content security policy."""
        parts = urlsplit(self.server)
        return [f"{parts.scheme}://{parts.netloc}"] if self.server else []


def oidc(env: Env) -> Oidc:
    """The provider to sign in with: server, client and secret go together."""
    names = ("EARNEST_OIDC_SERVER", "EARNEST_OIDC_CLIENT_ID", "EARNEST_OIDC_SECRET")
    values = [env.str(name, "") for name in names]
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    joins = env.str("EARNEST_OIDC_JOINS_WORKSPACE", "")
    if len(missing) == len(names) and not joins:
        return Oidc()
    if missing:
        raise BadSetting(f"{', '.join(missing)}: missing; sign-in with a provider needs all three")
    server = _provider_address(values[0])
    if joins and not (joins.isascii() and joins.isdigit()):
        raise BadSetting(f"EARNEST_OIDC_JOINS_WORKSPACE: {joins!r} is no number of a workspace")
    name = env.str("EARNEST_OIDC_NAME", "") or urlsplit(server).hostname or server
    return Oidc(server, values[1], values[2], name, int(joins) if joins else None)


def _provider_address(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting(
            f"EARNEST_OIDC_SERVER: {url!r} is not an address such as https://login.example.org"
        )
    if parts.scheme == "http" and not is_local(url):
        raise BadSetting(f"EARNEST_OIDC_SERVER: {url!r} must begin with https://")
    return url.rstrip("/")


@dataclass(frozen=True, slots=True)
class Inbox:
    """The mailbox that answers come to."""

    host: str
    port: int
    user: str
    password: str
    folder: str
    encrypted: bool


def inbox(url: str) -> Inbox | None:
    """Where answers are looked for; None where no mailbox is set."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port or {"imaps": 993, "imap": 143}[parts.scheme]
        local = parts.scheme == "imaps" or parts.hostname in LOCAL_HOSTS
        complete = parts.hostname and parts.username and parts.password and local
    except (ValueError, KeyError):
        complete = None
    if not complete:  # the address holds a password, so it is not repeated here
        raise BadSetting(
            "EARNEST_INBOX_URL: write imaps://user:password@mail.example.org/INBOX (port 993); "
            "imap://, not encrypted, is for a server on this machine alone"
        )
    return Inbox(
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        encrypted=parts.scheme == "imaps",
    )


MAIL_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}


def mailer(url: str) -> dict[str, Any]:
    """One entry of MAILERS. Without an address mail goes nowhere, and pages say so."""
    backends = "django.core.mail.backends"
    parts = _mail_address(url)
    if not url:
        return {"BACKEND": f"{backends}.dummy.EmailBackend"}
    if parts.scheme == "console":
        return {"BACKEND": f"{backends}.console.EmailBackend"}
    if parts.scheme == "file":
        return {
            "BACKEND": f"{backends}.filebased.EmailBackend",
            "OPTIONS": {"file_path": unquote(parts.path)},
        }
    return {
        "BACKEND": f"{backends}.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or MAIL_PORTS[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_tls": parts.scheme == "submission",
            "use_ssl": parts.scheme == "smtps",
            "timeout": 20,
        },
    }


def _mail_address(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        complete = {
            "": not url,
            "console": True,
            "file": bool(parts.path),
            **dict.fromkeys(MAIL_PORTS, bool(parts.hostname) and parts.port != 0),
        }[parts.scheme]
    except (ValueError, KeyError):
        complete = False
    if not complete:  # the address holds a password, so it is not repeated here
        raise BadSetting(
            "EARNEST_EMAIL_URL: write submission://user:password@mail.example.org (port 587), "
            "smtps://… (port 465), smtp://… (port 25, not encrypted), console:// or file:///folder"
        )
    return parts
