"""Everything held about a person: each try to mail them, and that their address is not written to."""

from __future__ import annotations

from datetime import timedelta

from earnest.messaging.models import Delivery, Suppression
from earnest.messaging.queries import address_hash
from earnest.messaging.tests.mails import put
from earnest.pages.everything import everything_about
from earnest.pages.labels import Node, readable
from tests.worlds import NOW, World


def words(nodes: list[Node]) -> str:
    return " ".join(f"{one.label} {one.text} {words(one.parts)}" for one in nodes)


def test_each_try_to_mail_them_is_in_it(world: World) -> None:
    Delivery.objects.create(
        message=put(world.joan),
        began_at=NOW,
        ended_at=NOW + timedelta(seconds=2),
        outcome=Delivery.Outcome.LATER,
        code=451,
        words="the ocelot is busy",
    )
    data = everything_about(world.joan, at=NOW)
    [mail] = data["initiative"]["mails"]
    assert mail["tries"][0]["at"] == NOW
    said = words(readable(data))
    for part in ("Tries to send it", "not now: tried again later", "451 the ocelot is busy"):
        assert part in said


def test_that_their_address_is_not_written_to_is_in_it(world: World) -> None:
    assert "No mail is sent" not in words(readable(everything_about(world.joan, at=NOW)))
    Suppression.objects.create(
        workspace=world.workspace,
        address_hash=address_hash(world.workspace.pk, "joan@example.org"),
        reason=Suppression.Reason.REFUSED,
        at=NOW,
    )
    said = words(readable(everything_about(world.joan, at=NOW)))
    assert "No mail is sent to this address" in said
    assert "says that there is no such address" in said
