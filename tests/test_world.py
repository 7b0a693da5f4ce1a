from __future__ import annotations

from django.test import Client

from tests.worlds import World


def test_the_lead_opens_today(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert client.get("/").status_code == 200
