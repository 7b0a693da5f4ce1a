"""Breaking the glass (privacy.md 8): a reason, an hour, logged and shown."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import Http404  # noqa: TID251 - to see it raised
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives import access, actions
from earnest.initiatives.models import GlassBreak
from tests.worlds import NOW, World

REASON = "A complaint has to be answered"


def _address(world: World) -> str:
    return f"/workspaces/{world.workspace.pk}/glass/"


def _break(client: Client, world: World, **fields: str) -> str:
    sent = {"initiative": str(world.initiative.pk), "who": "joan@example.org", "reason": REASON}
    return client.post(_address(world), {**sent, **fields}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 200),
        ("admin", 200),
        ("lead", 404),
        ("co_lead", 404),
        ("sponsor", 404),
        ("contributor", 404),
        ("member", 404),
        ("stranger", 404),
        ("outsider", 404),
    ],
)
def test_the_page_is_for_who_runs_the_workspace(
    client: Client, world: World, who: str, status: int
) -> None:
    client.force_login(getattr(world, who))
    assert client.get(_address(world)).status_code == status
    assert client.post(_address(world)).status_code == status


@pytest.mark.parametrize("name", ["joan@example.org", "JOAN@example.org", "Joan Okafor"])
def test_it_opens_one_page_and_is_logged(client: Client, world: World, name: str) -> None:
    client.force_login(world.owner)
    html = _break(client, world, who=name)
    assert "Open to you now" in html
    assert REASON in html
    broken = GlassBreak.objects.get()
    assert broken.until - broken.at == timedelta(minutes=60)
    assert broken.participation == world.joan
    event = Event.objects.get(action="glass_broken")
    assert (event.actor_id, event.workspace_id) == (world.owner.pk, world.workspace.pk)
    assert list(world.joan.glass_breaks.all()) == [broken]


def test_a_wrong_and_an_unknown_person_get_the_same_sentence(client: Client, world: World) -> None:
    client.force_login(world.owner)
    for who in ("Nobody Known", "Joan", "otto@example.org", "@"):
        html = _break(client, world, who=who)
        assert "No single person of that address or name is on this initiative." in html
        assert REASON in html
    assert not GlassBreak.objects.exists()


def test_a_reason_is_needed_in_a_few_words(client: Client, world: World) -> None:
    client.force_login(world.owner)
    assert "at least ten characters" in _break(client, world, reason="why   not")
    assert "Say why, in words" in _break(client, world, reason=" ")
    with pytest.raises(actions.ReasonTooShort):
        actions.break_glass(world.joan, reason="   short   ", by=world.owner, at=NOW)
    assert not GlassBreak.objects.exists()


@pytest.mark.parametrize("reason", ["", "why   not"])
def test_without_a_reason_nothing_tells_who_is_on_an_initiative(
    client: Client, world: World, reason: str
) -> None:
    client.force_login(world.owner)
    for who in ("joan@example.org", "nobody@example.org"):
        html = _break(client, world, who=who, reason=reason)
        assert "No single person" not in html


def test_an_initiative_of_another_workspace_is_no_choice(client: Client, world: World) -> None:
    client.force_login(world.owner)
    html = _break(client, world, initiative=str(world.other_initiative.pk))
    assert "not one of the available choices" in html
    assert world.other_initiative.title not in html


def test_it_is_over_after_an_hour_and_never_opened_the_list(client: Client, world: World) -> None:
    actions.break_glass(world.joan, reason=REASON, by=world.admin, at=NOW)
    opened = access.get_participation_through_glass(
        world.admin, world.joan.pk, at=NOW + timedelta(minutes=59)
    )
    assert opened == world.joan
    for user, at in ((world.admin, NOW + timedelta(minutes=60)), (world.owner, NOW)):
        with pytest.raises(Http404):
            access.get_participation_through_glass(user, world.joan.pk, at=at)
    with pytest.raises(Http404):
        access.get_participation_through_glass(world.admin, world.sam.pk, at=NOW)
    client.force_login(world.admin)
    assert client.get(f"/initiatives/{world.initiative.pk}/people/").status_code == 404


def test_others_who_run_it_see_that_it_was_done_and_not_of_whom(
    client: Client, world: World
) -> None:
    actions.break_glass(world.joan, reason=REASON, by=world.admin, at=NOW)
    client.force_login(world.owner)
    html = client.get(_address(world)).content.decode()
    assert REASON in html
    assert "Admin Admin" in html
    assert "Joan" not in html
