"""The database: SQLite in the data directory, or PostgreSQL by DATABASE_URL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dj_database_url import ParseError, UnknownSchemeError, parse
from environs import Env

from earnest.config.environment import BadSetting

KEPT_SECONDS = 600
SCHEMES = {"sqlite", "postgres", "postgresql"}

# WAL lets readers read while one writes; FULL keeps what was accepted through a power cut. A write
# transaction takes its place at once (IMMEDIATE) and waits its turn, rather than fail half-way.
SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    " PRAGMA secure_delete=ON;",  # what was erased leaves no bytes in the file
}


def database(env: Env, folder: Path) -> dict[str, Any]:
    """Django's settings of the one database."""
    url = env.str("DATABASE_URL", "")
    if not url:
        url = f"sqlite:///{folder / 'earnest.sqlite3'}"
    if urlsplit(url).scheme not in SCHEMES:
        raise BadSetting(
            "DATABASE_URL: begin with postgresql:// (or leave it out, for SQLite in the data "
            "directory); nothing else is supported"
        )
    try:
        found: dict[str, Any] = dict(parse(url))
    except (ValueError, ParseError, UnknownSchemeError) as error:
        # The address may hold a password, so it is not repeated here.
        raise BadSetting(
            "DATABASE_URL: cannot be read; write postgresql://user:password@host/name"
        ) from error
    if not found.get("NAME"):
        raise BadSetting("DATABASE_URL: names no database; end it with /name")
    return _for_sqlite(found) if "sqlite" in found["ENGINE"] else _for_postgresql(found)


def _for_sqlite(found: dict[str, Any]) -> dict[str, Any]:
    options = {**found.get("OPTIONS", {}), **SQLITE}
    return {**found, "CONN_MAX_AGE": KEPT_SECONDS, "OPTIONS": options}


def _for_postgresql(found: dict[str, Any]) -> dict[str, Any]:
    """A few threads keep one connection each; one that went away is replaced unnoticed."""
    options = {"connect_timeout": 10, **found.get("OPTIONS", {})}
    kept = {"CONN_MAX_AGE": KEPT_SECONDS, "CONN_HEALTH_CHECKS": True}
    return {**found, **kept, "OPTIONS": options}
