"""Erasing reaches the plan as it was published: names, and what points to them (privacy.md 13)."""

from __future__ import annotations

from django.test import Client

from earnest.listening.models import Quote
from earnest.pages.erasure import erase_from_initiative
from earnest.plans.tests.planned import a_part, an_input, publish
from tests.worlds import NOW, World


def test_who_is_erased_is_in_no_version_any_more(client: Client, world: World) -> None:
    part = a_part(world, owner=world.joan, why="Joan Okafor asked for it")
    an_input(world, world.joan, part, passed_on=Quote.PassedOn.NAMED)
    version = publish(world, "As Joan Okafor said")
    erase_from_initiative(world.joan, by=None, at=NOW)
    version.refresh_from_db()
    client.force_login(world.lead)
    html = client.get(f"/initiatives/{world.initiative.pk}/plan/versions/1/").content.decode()
    assert "Joan" not in html
    assert "Joan" not in str(version.parts)
    assert "asked for it" in html
