"""Reads the EARNEST_* variables: each is refused loudly when it makes no sense."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit
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
