"""A message leaves: the one way mail goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime


def leave(message_pk: int, *, clock: Callable[[], datetime]) -> None:
    """Send one message, if it is due."""
    raise NotImplementedError
