from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests import worlds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_sign_in_page_asks_for_an_address_by_its_label(page: Page) -> None:
    worlds.build()
    page.goto("/")
    expect(page).to_have_url("/account/login/?next=/")
    expect(page.locator("input:visible").first).to_be_visible()
