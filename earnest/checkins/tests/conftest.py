"""A mail server for these tests, and a clock that stands on the day of their world."""

from __future__ import annotations

from earnest.messaging.tests.conftest import server

__all__ = ["server"]
