"""The mirror is seen by oneself alone: nobody else, and no other page, shows any of it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.accounts.models import User
from earnest.core.models import Event
from earnest.pages.actions import mirror as actions
from earnest.pages.everything import everything_about
from earnest.pages.models import LeaderQuestion, MirrorWeek, WeeklyLine
from tests.test_doors import DOORS, LINK, Place, client_of, furnish
from tests.worlds import NOW, World

SAID, TOLD, MEANT = "I ask the wombat", "By way of a wombat", "I will be a wombat"
OWN_PAGES = {  # where the lead themselves reads it
    *("pages:mirror", "pages:mirror_on", "pages:mirror_question", "pages:leader_question"),
    *("pages:leader_question_one", "pages:leader_asked", "pages:leader_calendar"),
}
MODELS = (MirrorWeek, WeeklyLine, LeaderQuestion)


@pytest.fixture
def place(world: World) -> Place:
    """A lead who wrote in every field there is."""
    place = furnish(world)
    actions.write_line(world.initiative, SAID, by=world.lead, at=NOW)
    question = LeaderQuestion.objects.get(pk=place.ids["leader_question"])
    noted = actions.Noted(NOW.date(), TOLD, MEANT)
    actions.note_answer(question, noted, by=world.lead, at=NOW)
    return place


def pages_that_tell(place: Place, client: Client) -> set[str]:
    """Names of the addresses whose page holds any of it."""
    found = set()
    for name, (_who, args) in DOORS.items():
        url = reverse(name, kwargs={key: place.ids[value] for key, value in args.items()})
        if b" wombat" in client.get(url).getvalue():
            found.add(name)
    return found


@pytest.mark.parametrize("who", ["co_lead", "sponsor", "owner", LINK])
def test_nobody_else_reads_any_of_it_anywhere(place: Place, who: str) -> None:
    assert pages_that_tell(place, client_of(who, place)) == set()


def test_the_lead_reads_it_on_the_mirror_and_nowhere_else(place: Place) -> None:
    told = pages_that_tell(place, client_of("lead", place))
    assert {"pages:mirror", "pages:leader_question"} <= told <= OWN_PAGES


@pytest.mark.parametrize("who", ["co_lead", "owner", "sponsor"])
def test_lines_and_questions_of_somebody_else_are_not_there(place: Place, who: str) -> None:
    client = client_of(who, place)
    line, question = place.ids["line"], place.ids["leader_question"]
    assert client.post(f"/mirror/lines/{line}/removed/").status_code == 404
    for end in ("", "asked/", "calendar/"):
        assert client.get(f"/mirror/leader/{question}/{end}").status_code == 404
    assert client.post(f"/mirror/leader/{question}/removed/").status_code == 404
    assert WeeklyLine.objects.get(pk=line).words == SAID


def test_what_is_held_about_a_person_says_nothing_of_their_leads_mirror(place: Place) -> None:
    assert "wombat" not in str(everything_about(place.world.joan, at=NOW))


def test_the_log_tells_nothing_of_it(place: Place) -> None:
    assert not any("wombat" in str(event.detail) for event in Event.objects.all())
    names = {model._meta.model_name for model in MODELS}
    assert not Event.objects.filter(object_type__in=names).exists()


def test_it_goes_with_the_account(place: Place) -> None:
    lead = place.world.lead
    for model in MODELS:
        user = model._meta.get_field("user")
        assert user.remote_field.on_delete.__name__ == "CASCADE"
    alone = User.objects.create_user("alone@example.org", name="Alone")
    actions.plan_question("How?", NOW.date(), by=alone, at=NOW)
    actions.write_line(place.world.initiative, "I listen", by=alone, at=NOW)
    MirrorWeek.objects.create(user=alone, initiative=place.world.initiative, monday=NOW.date())
    alone.delete()
    for model in MODELS:
        assert set(model._default_manager.values_list("user", flat=True)) <= {lead.pk}
