"""The pages of asking: written, seen as they will, sent, followed; the sentences when it is wrong."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client, override_settings
from django.utils.timezone import now

from earnest.initiatives.models import Participation
from earnest.listening.actions.briefs import write_brief
from earnest.listening.models import Ask, Invitation, LargeAsk
from earnest.listening.tests.test_asking import ask_joan
from earnest.listening.tests.test_briefs import FIVE
from earnest.messaging.models import Message
from earnest.people.models import Away
from earnest.standing.models import Rung
from tests.worlds import NOW, World

SOON = date.today() + timedelta(days=10)  # noqa: DTZ011 - a day well ahead, in any zone
FILLED = {
    "kind": "input",
    "form": "one",
    "minutes": "15",
    "about": "What makes Fridays hard",
    "why_you": "You run the desk that is never late",
    "gets": "You see the draft first",
    "day_1": str(SOON),
    "time_1": "10:30",
    "answer_by": str(SOON - timedelta(days=5)),
}


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    world.lead.time_zone = "Europe/Amsterdam"
    world.lead.save()
    client.force_login(world.lead)
    return client


def post(lead: Client, whom: Participation, what: str = "", **given: str) -> Any:
    return lead.post(f"/people/{whom.pk}/ask/{what}", {**FILLED, **given}, follow=bool(what))


def html(response: Any) -> str:
    return str(response.content.decode())


def test_nothing_is_kept_until_it_was_seen_as_they_will(lead: Client, world: World) -> None:
    seen = html(post(lead, world.joan))
    assert "As Joan will see it" in seen
    for words in ("joan@example.org", FILLED["about"], FILLED["why_you"], "10:30", "Hello Joan"):
        assert words in seen
    assert "How to object" in seen  # told with the first message (privacy.md 2)
    assert not Ask.objects.exists()


def test_how_they_would_make_it_work_is_drafted_from_the_target(lead: Client, world: World) -> None:
    drafted = html(lead.get(f"/people/{world.joan.pk}/ask/?how=1"))
    assert f"How would you make it work: {world.initiative.target}" in drafted


def test_what_was_typed_is_there_again_to_change_it(lead: Client, world: World) -> None:
    shown = post(lead, world.joan, change="yes", minutes="25")
    assert shown.status_code == 200
    assert 'value="25"' in html(shown)
    assert FILLED["why_you"] in html(shown)


def test_sent_it_has_a_page_with_its_state_and_history(lead: Client, world: World) -> None:
    page = html(post(lead, world.joan, "sent/"))
    row = Invitation.objects.get()
    assert row.ask.times.get().starts_at.utcoffset() is not None
    assert f"/asks/{row.ask_id}/" in html(lead.get(f"/initiatives/{world.initiative.pk}/asks/"))
    for words in (
        "Asked.",
        "Joan Okafor",
        "not sent yet",
        FILLED["why_you"],
        "Take it back",
    ):
        assert words in page
    assert html(lead.post(f"/invitations/{row.pk}/withdrawn/", {"why": "settled"}, follow=True))
    row.refresh_from_db()
    assert row.state == "withdrawn"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("about", "", "On what?"),
        ("why_you", "", "Why them, and not somebody else?"),
        ("gets", "", "What do they get for their time?"),
        ("minutes", "", "How long will it take?"),
        ("minutes", "0", "At least a minute."),
        ("kind", "", "Which do you need?"),
        ("time_1", "", "Both are needed"),
        ("day_1", "2020-01-01", "This time is over."),
        ("answer_by", "", "Until which day"),
        ("answer_by", "2020-01-01", "at least until tomorrow"),
        ("answer_by", str(SOON + timedelta(days=3)), "all the times above are over"),
    ],
)
def test_what_is_missing_is_said_kindly(
    lead: Client, world: World, *, field: str, value: str, said: str
) -> None:
    for what in ("", "sent/"):
        answer = post(lead, world.joan, what, **{field: value})
        assert answer.status_code == 400
        assert said in html(answer)
        assert field == "gets" or FILLED["gets"] in html(answer)
    assert not Ask.objects.exists()


def test_on_an_open_brief_the_other_kinds_cannot_be_chosen(lead: Client, world: World) -> None:
    page = html(lead.get(f"/people/{world.joan.pk}/ask/"))
    assert page.count("disabled") == 3
    assert "you can ask for input only" in html(post(lead, world.joan, kind="backing"))
    write_brief(world.joan, FIVE, by=world.lead, at=NOW)
    assert "disabled" not in html(lead.get(f"/people/{world.joan.pk}/ask/"))
    assert "your backing?" in html(post(lead, world.joan, kind="backing"))


def test_an_ask_for_input_can_ask_for_what_is_not_known(lead: Client, world: World) -> None:
    post(lead, world.joan, "sent/", about="", missing="pressure")
    assert Ask.objects.get().about == "What presses you right now"


def test_what_is_decided_and_open_stands_on_it(lead: Client, world: World) -> None:
    world.initiative.decided = "One intake for all"
    world.initiative.save()
    assert "One intake for all" in html(lead.get(f"/people/{world.joan.pk}/ask/"))
    assert html(post(lead, world.joan)).count("One intake for all") >= 2


def test_the_load_is_shown_and_never_by_whom(lead: Client, world: World) -> None:
    Message.objects.all().delete()
    for _n in range(2):
        post(lead, world.joan, "sent/")
    page = html(lead.get(f"/people/{world.joan.pk}/ask/"))
    assert "has been asked enough for now" in page
    seen = html(post(lead, world.joan))
    assert "has been asked enough for now" in seen
    assert ">Send<" not in seen
    refused = post(lead, world.joan, "sent/")
    assert refused.status_code == 400
    assert "has been asked enough for now" in html(refused)
    assert Ask.objects.count() == 2


def test_days_away_are_shown_and_no_time_lies_in_them(lead: Client, world: World) -> None:
    Away.objects.create(person=world.joan.person, first_day=SOON, last_day=SOON + timedelta(days=3))
    assert "Joan is away from" in html(lead.get(f"/people/{world.joan.pk}/ask/"))
    assert "Joan is away then." in html(post(lead, world.joan))


def test_a_small_group_is_proposed_for_those_who_do(lead: Client, world: World) -> None:
    def chosen() -> str:
        page = lead.get(f"/people/{world.joan.pk}/ask/")
        return str(page.context["form"]["form"].value())

    assert chosen() == "one"
    Rung.objects.create(
        participation=world.joan, initiative_id=world.initiative.pk, step=Rung.Step.DID
    )
    assert chosen() == "group"


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ("", "A small group needs at least one more."),
        ("Sam Reyes", "Why Sam? Write it after a colon."),
        ("Nobody Here: because", "Nobody called Nobody Here is on this initiative."),
        ("Joan: because", "Joan is asked already."),
        ("Sam: one\nsam reyes: two", "sam reyes is asked already."),
    ],
)
def test_who_else_is_asked_is_named_with_a_why(
    lead: Client, world: World, others: str, said: str
) -> None:
    assert said in html(post(lead, world.joan, form="group", others=others))


def test_a_group_is_asked_at_once(lead: Client, world: World) -> None:
    others = {"form": "group", "others": "Sam: knows the night shift"}
    assert "For Sam Reyes, to send yourself" in html(post(lead, world.joan, **others))
    post(lead, world.joan, "sent/", **others)
    assert Ask.objects.get().invitations.count() == 2


def test_without_a_mail_server_it_is_kept_to_be_sent_by_hand(lead: Client, world: World) -> None:
    with override_settings(EMAIL_URL=""):
        assert "Keep it, and send it yourself" in html(post(lead, world.joan))
        assert "This waits for you to send it" in html(post(lead, world.joan, "sent/"))


def test_what_needs_care_is_said_before_it_is_sent(lead: Client, world: World) -> None:
    assert "This touches" in html(post(lead, world.joan, why_you="Your pregnancy leave"))


def test_whose_turn_it_is_stands_on_top_of_all_asks(lead: Client, world: World) -> None:
    ask_joan(world)
    Invitation.objects.update(state="proposed", wanted="after the holidays", wanted_at=now())
    page = html(lead.get(f"/initiatives/{world.initiative.pk}/asks/"))
    assert "Joan Okafor proposed another time" in page


def test_the_first_look_says_what_to_do_first(lead: Client, world: World) -> None:
    page = html(lead.get(f"/initiatives/{world.initiative.pk}/asks/"))
    assert "Choose whom to ask first" in page


def test_the_large_ask_is_named_and_made_smaller(lead: Client, world: World) -> None:
    address = f"/initiatives/{world.initiative.pk}/large-ask/"
    assert lead.post(address, {"words": ""}).status_code == 400
    lead.post(address, {"words": "eight weeks"})
    large = LargeAsk.objects.get()
    lead.post(f"/large-asks/{large.pk}/smaller/", {"words": "four weeks"})
    page = html(lead.get(f"/initiatives/{world.initiative.pk}/asks/"))
    assert "The large ask: four weeks" in page
    assert "eight weeks" in page
    again = lead.post(f"/large-asks/{large.pk}/smaller/", {"words": "two weeks"}, follow=True)
    assert "It was changed before." in html(again)
    assert LargeAsk.objects.count() == 2


def test_other_times_are_offered_in_the_hours_of_the_lead(lead: Client, world: World) -> None:
    ask = ask_joan(world)
    address = f"/asks/{ask.pk}/times/"
    assert lead.post(address, {"day_1": "2020-01-01", "time_1": "09:00"}).status_code == 400
    lead.post(address, {"day_1": str(SOON), "time_1": "16:45"})
    assert "16:45" in html(lead.get(address))
    assert "16:45" in html(lead.get(f"/asks/{ask.pk}/"))


def test_making_it_smaller_begins_with_the_words_as_they_are(lead: Client, world: World) -> None:
    large = LargeAsk.objects.create(initiative=world.initiative, words="eight weeks", made_at=now())
    address = f"/large-asks/{large.pk}/smaller/"
    page = html(lead.get(address))
    assert 'value="eight weeks"' in page
    assert "half the time" in page
    assert "asked for eight weeks next" not in page
    same = lead.post(address, {"words": "Eight weeks"})
    assert same.status_code == 400
    assert "What can be less?" in html(same)
