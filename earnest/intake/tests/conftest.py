"""A mail server for these tests."""

from __future__ import annotations

from earnest.messaging.tests.conftest import server

__all__ = ["server"]
