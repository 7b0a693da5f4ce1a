"""Where Chromium is, and what to do where it is not."""

from __future__ import annotations

import os
import shutil

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# No sandbox: the suite may run as root, and opens nothing but our own pages.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]


def executable() -> str:
    """Its path; without one the test is skipped, or fails where EARNEST_REQUIRE_BROWSER asks."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = "no Chromium on PATH (Debian: apt-get install chromium)"
        if os.environ.get("EARNEST_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found
