"""What the doctor says of the outbox."""

from __future__ import annotations

from datetime import timedelta

from pytest_django import Settings

from earnest.messaging import queries
from earnest.messaging.tests.mails import Server, mailers, put, send
from tests.commands import free_port
from tests.worlds import NOW, World

HOURS = timedelta(hours=1)


def test_what_waits_longer_than_an_hour_is_late(world: World, settings: Settings) -> None:
    put(world.joan)
    put(world.sam)  # without an address: for somebody to hand over, not late
    assert queries.health_of_outbox(NOW + HOURS / 2).late == 0
    assert queries.health_of_outbox(NOW + 2 * HOURS).late == 1
    settings.EMAIL_URL = ""
    assert queries.health_of_outbox(NOW + 2 * HOURS).late == 0


def test_what_backs_off_for_hours_is_late_too_with_the_servers_words(
    world: World, settings: Settings
) -> None:
    settings.MAILERS = mailers(free_port())
    put(world.joan, "reply")
    for minutes in (0, 1, 6, 21, 81):
        send(NOW + timedelta(minutes=minutes))
    health = queries.health_of_outbox(NOW + 2 * HOURS)
    assert health.late == 1
    assert "refused" in health.last_words


def test_unclear_and_failed_ones_are_counted(world: World, server: Server) -> None:
    server.says["DATA"] = ["hang up", "554 no"]
    put(world.joan)
    put(world.joan)
    send()
    health = queries.health_of_outbox(NOW)
    assert (health.late, health.unclear, health.failed) == (0, 1, 1)
