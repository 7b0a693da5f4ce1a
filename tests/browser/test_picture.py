"""The picture in the README is Today of the example, as it is now.

Make it anew with: EARNEST_PICTURE=docs/pictures/today.png pytest -m browser -k picture
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from earnest.accounts import actions as accounts
from earnest.pages.actions import build_example
from tests import worlds
from tests.browser import places

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_BYTES = 200_000


def test_the_picture_of_today_is_small(page: Page, tmp_path: Path) -> None:
    now = timezone.now()
    lead = worlds.user("Amara Diallo")
    workspace = accounts.start_workspace(
        "Harbour Clinic", time_zone="Europe/Amsterdam", by=lead, at=now
    )
    build_example(workspace, by=lead, at=now)
    places.sign_in(page, lead)
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto("/")
    target = Path(os.environ.get("EARNEST_PICTURE", tmp_path / "today.png"))
    page.screenshot(path=target)
    assert target.stat().st_size < MOST_BYTES
