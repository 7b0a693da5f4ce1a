"""Words for the leads alone, copied into what is typed of a pilot, are read by nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from earnest.messaging.models import Message
from earnest.pages.tests.own import opened
from earnest.pilots import actions
from earnest.pilots.actions import CallDraft
from earnest.pilots.models import Pilot
from earnest.pilots.tests.carded import said
from earnest.pilots.tests.piloted import TAKES, a_running_pilot
from tests.worlds import NOW, World

KEPT = "the night desk hides its queue"
HELD = f"If {KEPT}, we stop"


def signed_in(who: object) -> Client:
    client = Client()
    client.force_login(who)  # type: ignore[arg-type]
    return client


@pytest.fixture
def pilot(world: World) -> Pilot:
    """What was typed held Sam's words before anybody looked for them."""
    said(world.sam, KEPT, passed_on="leads")
    one = a_running_pilot(world, stop_if=HELD, what=f"Ask why {KEPT}")
    actions.add_person(one, world.joan, by=world.lead, at=NOW)
    actions.extend_pilot(one, one.ends_on + timedelta(days=7), HELD, by=world.lead, at=NOW)
    actions.end_pilot(one, HELD, by=world.lead, at=NOW)
    return one


def test_others_read_the_pilot_without_them(world: World, pilot: Pilot) -> None:
    here = f"/initiatives/{world.initiative.pk}"
    for place in (f"/pilots/{pilot.pk}/", f"{here}/pilots/", f"{here}/spread/"):
        for who in (world.sponsor, world.contributor):
            assert KEPT not in signed_in(who).get(place).text
        assert KEPT in signed_in(world.lead).get(place).text
    assert "[…]" in signed_in(world.sponsor).get(f"/pilots/{pilot.pk}/").text
    pilot.refresh_from_db()
    assert pilot.stop_if == HELD


def test_people_in_it_read_it_without_words_of_others(
    client: Client, world: World, pilot: Pilot
) -> None:
    draft = CallDraft(f"Ask why {KEPT}", TAKES)
    call = actions.ask_who_goes_first(world.initiative, draft, by=world.lead, at=NOW)
    joan = opened(client, world.joan)
    for place in (joan, f"{joan}first/", f"{joan}pilots/{pilot.pk}/"):
        page = client.get(place).text
        assert KEPT not in page
        assert "[…]" in page
    actions.mail_call(call, [world.joan], "", by=world.lead, at=NOW)
    assert KEPT not in Message.objects.get().text
    call.refresh_from_db()
    assert KEPT in call.what


def test_others_do_not_find_it_by_them(world: World, pilot: Pilot) -> None:
    assert "Ward 3" in signed_in(world.lead).get("/search/", {"q": "hides queue"}).text
    assert "Ward 3" not in signed_in(world.sponsor).get("/search/", {"q": "hides queue"}).text


def test_what_leads_type_holds_nobodys_words(world: World, pilot: Pilot) -> None:
    running = a_running_pilot(world)
    lead = signed_in(world.lead)
    asked = {"what": KEPT, "takes": TAKES}
    for place, sent in (
        (f"/initiatives/{world.initiative.pk}/pilots/first/", asked),
        (f"/pilots/{running.pk}/about/", {"what": "One desk", "stop_if": HELD}),
        (f"/pilots/{running.pk}/stopped/", {"why": HELD}),
    ):
        answer = lead.post(place, sent)
        assert answer.status_code == 400, place
        assert "own word" in answer.text
    running.refresh_from_db()
    assert (running.stop_if, running.stopped_at) == ("If anybody waits longer than now", None)
