"""What is known before somebody is asked stands on their page and the lead's alike (privacy.md 3)."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.listening.actions import rounds
from earnest.listening.actions.briefs import Answered, write_brief, write_group_brief
from earnest.listening.models import Brief
from earnest.listening.queries.briefs import gate_for
from earnest.listening.tests.test_rounds import DRAFT
from earnest.pages import erasure
from earnest.pages.everything import everything_about
from earnest.pages.record import record_of
from earnest.pages.tests.own import opened
from earnest.people.models import Team
from tests.worlds import NOW, World


@pytest.fixture
def known(world: World) -> World:
    """Something known of Joan, and something she inherits from the team above hers."""
    region = Team.objects.create(workspace=world.workspace, name="Region")
    team = Team.objects.create(workspace=world.workspace, name="South", parent=region)
    person = world.joan.person
    person.team, person.job = team, "Desk nurse"
    person.save()
    by_sam = {"pressure": Answered("Friday load", "colleague", "Sam")}
    write_brief(world.joan, by_sam, by=world.lead, at=NOW)
    of_team = {"priority": Answered("fewer no-shows", "guess")}
    write_group_brief(world.initiative, of_team, team=region, by=world.lead, at=NOW)
    of_role = {"priority": Answered("calm", "said"), "result": Answered("95 %", "document")}
    write_group_brief(world.initiative, of_role, job="desk nurse", by=world.lead, at=NOW)
    return world


def test_both_pages_show_it_with_where_it_is_from(client: Client, known: World) -> None:
    page = client.get(opened(client, known.joan)).content.decode()
    client.force_login(known.lead)
    address = f"/initiatives/{known.initiative.pk}/people/{known.joan.pk}/"
    for html in (page, client.get(address).content.decode()):
        for words in ("Friday load", "a colleague said it: Sam", "fewer no-shows", "team Region"):
            assert words in html
        assert "role: desk nurse" in html
        assert "calm" not in html  # the team's answer stands before that of the role


def test_the_record_and_the_gate_read_the_same_answers(known: World) -> None:
    def told(one: object) -> list[tuple[str, str, str]]:
        return [
            (k.answer.words, k.team, k.job)
            for k in one.answers  # type: ignore[attr-defined]
            if k.answer
        ]

    record = record_of(known.joan, today=NOW.date())
    assert told(record.brief) == told(gate_for(known.joan)) != []


def test_why_them_is_no_secret_while_they_wait_for_their_turn(client: Client, known: World) -> None:
    round_ = rounds.draft_round(known.initiative, DRAFT, per_day=1, by=known.lead, at=NOW)
    rounds.take_in(round_, [known.joan], by=known.lead, at=NOW)
    words = {round_.ask.invitations.get().pk: "You run the quiet desk"}
    rounds.say_why_you(round_, words, by=known.lead, at=NOW)
    assert "You run the quiet desk" in client.get(opened(client, known.joan)).content.decode()
    held = json.dumps(everything_about(known.joan, at=now()), default=str)
    assert "You run the quiet desk" in held


def test_it_is_among_everything_held(known: World) -> None:
    held = json.dumps(everything_about(known.joan, at=now()), default=str)
    assert "Friday load" in held
    assert "fewer no-shows" in held


def test_erased_with_them_and_what_is_of_the_team_stays(known: World) -> None:
    erasure.erase_from_initiative(known.joan, by=None, at=now())
    assert Brief.objects.filter(participation=known.joan).count() == 0
    assert Brief.objects.filter(participation=None).count() == 2
