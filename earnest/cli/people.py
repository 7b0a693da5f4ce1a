"""Verbs about users."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from django.utils import timezone

from earnest.cli import database
from earnest.cli.stop import Stop

if TYPE_CHECKING:
    from earnest.accounts.models import User


def sign_in_link(options: argparse.Namespace) -> int:
    database.set_up()
    print(link_for(find_user(options.email)))
    return 0


def find_user(email: str) -> User:
    from earnest.accounts.models import User

    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise Stop(f"nobody signs in with {email}.")
    return user


def link_for(user: User) -> str:
    """A link that signs the user in, once."""
    from django.conf import settings

    from earnest.accounts import actions

    return f"{settings.BASE_URL}{actions.make_sign_in_link(user, at=timezone.now())}"
