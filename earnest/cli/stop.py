"""How a verb ends early."""

from __future__ import annotations


class Stop(Exception):
    """What is wrong and how to mend it, in one line."""
