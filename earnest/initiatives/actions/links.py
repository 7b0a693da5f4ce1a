"""Links by which a person opens their own page without an account (privacy.md 11)."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.access import secret_hash
from earnest.initiatives.models import Participation, PersonLink

LINK_LASTS = timedelta(days=365)


@transaction.atomic
def make_link(
    participation: Participation,
    *,
    by: User | None,
    at: datetime,
    lasts: timedelta = LINK_LASTS,
) -> str:
    """Make a link and return its secret, which is kept nowhere; earlier links stay valid."""
    secret = secrets.token_urlsafe(32)
    PersonLink.objects.create(
        participation=participation,
        secret_hash=secret_hash(secret),
        made_at=at,
        expires_at=at + lasts,
    )
    events.record("link_made", by=by, at=at, about=participation)
    return secret


@transaction.atomic
def revoke_links(participation: Participation, *, by: User | None, at: datetime) -> int:
    """End every link of this person to this initiative. Returns how many there were."""
    ended = participation.links.filter(revoked_at=None).update(revoked_at=at)
    events.record("links_revoked", by=by, at=at, about=participation, detail={"count": ended})
    return ended
