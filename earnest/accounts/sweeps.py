"""What the clock does with invitations and sign-in links that are over."""

from __future__ import annotations

from datetime import datetime, timedelta

from earnest.accounts import actions

KEPT = timedelta(days=30)


def forget_over(*, at: datetime) -> int:
    """A month after they ended they are of no use, and hold an address."""
    return actions.forget_over(before=at - KEPT)
