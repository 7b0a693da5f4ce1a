"""What the clock does with invitations and sign-in links that are over."""

from __future__ import annotations

from datetime import datetime

from earnest.accounts import actions


def forget_over(*, at: datetime) -> int:
    """A month after they ended they are of no use, and hold an address."""
    return actions.forget_over(at=at)
