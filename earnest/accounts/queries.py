"""Reads of accounts that are more than one lookup."""

from __future__ import annotations

import hmac
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.http import int_to_base36

from earnest.accounts.models import Invite, Membership, User, Workspace

PAGE = 50
NEW_EMAIL_SALT = "earnest.accounts.new-email"
NEW_EMAIL_LASTS = 24 * 60 * 60


def anyone_exists() -> bool:
    """False on a server nobody has set up yet."""
    return User.objects.exists()


def setup_token() -> str:
    """Opens the first run. Made from the server's own key, so there is nothing to keep or lose."""
    return salted_hmac("earnest.accounts.setup", "first owner", algorithm="sha256").hexdigest()[:40]


def opens_setup(token: str) -> bool:
    """True while nobody exists, for the one token."""
    return hmac.compare_digest(token.encode(), setup_token().encode()) and not anyone_exists()


def mail_is_set_up() -> bool:
    return bool(settings.EMAIL_URL)


def user_known_as(email: str) -> User | None:
    """The active user of this address, whatever its case."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def password_path(user: User) -> str:
    """Where this user may choose a new password; ends with the next sign-in or after an hour."""
    key = default_token_generator.make_token(user)
    return reverse("account_reset_password_from_key", args=[int_to_base36(user.pk), key])


def new_email_token(user: User, email: str) -> str:
    """Proves that somebody read what was mailed to the new address; ends when the old one does."""
    return signing.dumps([user.pk, user.email, email], salt=NEW_EMAIL_SALT)


def new_email_in(token: str, user: User) -> str | None:
    """The address a token moves this user to."""
    try:
        pk, old, new = signing.loads(token, salt=NEW_EMAIL_SALT, max_age=NEW_EMAIL_LASTS)
    except signing.BadSignature:
        return None
    return str(new) if (pk, old) == (user.pk, user.email) else None


def second_steps_of(user: User) -> dict[str, int]:
    """How many passkeys, and whether codes from an app are on."""
    kinds = Authenticator.objects.filter(user=user).values_list("type").annotate(models.Count("pk"))
    counted = dict(kinds)
    return {"passkeys": counted.get("webauthn", 0), "codes": counted.get("totp", 0)}


def members_page(workspace: Workspace, after: int) -> tuple[list[Membership], int | None]:
    """Fifty members by key, and the key to go on from."""
    rows = workspace.memberships.filter(pk__gt=after).select_related("user").order_by("pk")
    return _page(list(rows[: PAGE + 1]))


def invites_page(workspace: Workspace, after: int, at: datetime) -> tuple[list[Invite], int | None]:
    """Fifty open invitations by key, and the key to go on from."""
    rows = workspace.invites.live(at).filter(pk__gt=after).select_related("invited_by")
    return _page(list(rows.order_by("pk")[: PAGE + 1]))


def _page[T: models.Model](rows: list[T]) -> tuple[list[T], int | None]:
    shown = rows[:PAGE]
    return shown, shown[-1].pk if len(rows) > PAGE else None


@cache
def time_zones() -> list[tuple[str, str]]:
    """The zones people live in, as choices."""
    names = sorted(z for z in available_timezones() if "/" in z and not z.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]
