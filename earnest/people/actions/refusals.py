"""What an action says when it cannot do what was asked."""

from __future__ import annotations


class Refused(Exception):
    """The change cannot be made: which field is in the way ("" for none), and why, in a sentence."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason
