"""The suite hashes fast; the server hashes well."""

from __future__ import annotations

from pytest_django import Settings

from earnest.accounts.models import User
from earnest.config import settings as real
from tests.worlds import PASSWORD


def test_a_password_is_kept_as_argon2(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = real.PASSWORD_HASHERS
    user = User(email="lead@example.org")
    user.set_password(PASSWORD)
    assert user.password.startswith("argon2")
