"""Stepping back on the pages: opened from the person page, written, told, and read by the person."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from earnest.listening import actions as listening
from earnest.listening.actions import stepping
from earnest.listening.models import Ask, Quote, StepBack
from earnest.messaging.models import Message
from earnest.pages.erasure import erase_from_initiative
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import opened
from tests.worlds import World

WORDS = "Friday is when the rota breaks"


@pytest.fixture
def lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


@pytest.fixture
def back(world: World) -> StepBack:
    return stepping.step_back(world.joan, "no", by=world.lead, at=now())


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_it_is_opened_from_the_person_page_and_looking_opens_nothing(
    lead: Client, world: World
) -> None:
    begin = f"/people/{world.joan.pk}/step-back/"
    assert begin in html(lead, world.joan.get_absolute_url())
    assert "No pitch" in html(lead, begin) or "no pitch" in html(lead, begin)
    assert not StepBack.objects.exists()
    assert lead.post(begin, {}).status_code == 400
    made = lead.post(begin, {"occasion": "silent"})
    row = StepBack.objects.get()
    assert made.headers["Location"] == f"/step-backs/{row.pk}/"
    assert lead.get(begin).headers["Location"] == f"/step-backs/{row.pk}/"


def test_its_own_prompts_stand_in_listen_mode(lead: Client, world: World, back: StepBack) -> None:
    page = html(lead, f"/listen/{world.initiative.pk}/?with={world.joan.pk}")
    assert "What should we stop?" in page
    assert "How would you make it work?" not in page
    other = html(lead, f"/listen/{world.initiative.pk}/?with={world.sam.pk}")
    assert "What should we stop?" not in other


def test_the_ask_is_written_looked_at_and_sent_as_every_ask(
    lead: Client, world: World, back: StepBack
) -> None:
    at = f"/people/{world.joan.pk}/ask/"
    page = html(lead, f"{at}?step_back")
    assert "what would have to be different" in page
    assert f'name="step_back" value="{back.pk}"' in page
    until = (now() + timedelta(days=5)).date()
    sent = {
        "kind": "input",
        "minutes": "20",
        "about": "what gets in the way",
        "gets": "we change something by it",
        "why_you": "you know what it costs",
        "form": "written",
        "answer_by": str(until),
        "step_back": str(back.pk),
    }
    looked = lead.post(at, sent).content.decode()
    assert "You owe us nothing" in looked
    assert not Ask.objects.exists()
    key = "5c1c2f0e-1b1f-4ad0-9a33-111111111111"
    for _twice in range(2):
        lead.post(f"{at}sent/", {**sent, "key": key})
    assert Ask.objects.get().steps_back
    back.refresh_from_db()
    assert back.invitation == Ask.objects.get().invitations.get()
    own = opened(Client(), world.joan)
    assert own


def test_it_asks_for_nothing_but_input(lead: Client, world: World, back: StepBack) -> None:
    sent = {"kind": "backing", "step_back": str(back.pk), "minutes": "5"}
    page = lead.post(f"/people/{world.joan.pk}/ask/", sent)
    assert page.status_code == 400
    assert not Ask.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (("reason", {}), "Why, in their words?"),
        (("reason", {"words": "x" * 1001}), "The sentence that says why is enough."),
        (("outcome", {"words": "Less of it"}), "What becomes of it?"),
        (("outcome", {"outcome": "nothing"}), "what changes, or why nothing does"),
    ],
)
def test_wrong_input_is_said_beside_it(
    lead: Client, back: StepBack, sent: tuple[str, dict[str, str]], sentence: str
) -> None:
    page = lead.post(f"/step-backs/{back.pk}/{sent[0]}/", sent[1])
    assert page.status_code == 400
    assert sentence in page.content.decode()
    back.refresh_from_db()
    assert (back.quote, back.outcome) == (None, "")


def test_from_the_reason_to_telling_them(lead: Client, world: World, back: StepBack) -> None:
    at = f"/step-backs/{back.pk}/"
    lead.post(f"{at}reason/", {"words": WORDS, "is_no": "on"})
    lead.post(f"{at}outcome/", {"outcome": "plan", "words": "No list on Fridays"})
    page = html(lead, at)
    assert "The plan changes because of it: No list on Fridays" in page
    assert not Message.objects.exists()
    lead.post(f"{at}told/")
    lead.post(f"{at}told/")
    mail = Message.objects.get()
    assert (mail.kind, WORDS in mail.text) == ("reply", True)
    person = html(lead, world.joan.get_absolute_url())
    assert "said no" in person
    assert WORDS in person


def test_they_read_it_mend_it_and_take_it_along(
    client: Client, world: World, back: StepBack
) -> None:
    stepping.keep_reason(back, None, WORDS, by=world.lead, at=now())
    stepping.write_outcome(back, "more_time", "Two weeks more", by=world.lead, at=now())
    own = opened(client, world.joan)
    page = html(client, own)
    assert WORDS in page
    assert "Two weeks more" in page
    listening.mend_quote(Quote.objects.get(), "Mondays, I meant", at=now())
    assert WORDS not in html(client, own)
    held = everything_about(world.joan, at=now())["initiative"]["stepped_back"]
    assert [(one["reason"], one["what_it_changed"]) for one in held] == [
        ("Mondays, I meant", "Two weeks more")
    ]


def test_erased_no_word_of_it_stays(world: World, back: StepBack) -> None:
    stepping.keep_reason(back, None, WORDS, is_no=True, by=world.lead, at=now())
    stepping.write_outcome(back, "nothing", "Joan stays out", by=world.lead, at=now())
    erase_from_initiative(world.joan, by=None, at=now())
    back.refresh_from_db()
    assert (back.quote, back.words, back.is_no, back.occasion) == (None, "erased", False, "other")


def test_the_list_says_what_waits_and_has_its_empty_state(
    lead: Client, world: World, back: StepBack
) -> None:
    at = f"/initiatives/{world.initiative.pk}/step-backs/"
    assert "to be listened to" in html(lead, at)
    stepping.write_outcome(back, "stays_out", "Thank you", by=world.lead, at=now())
    assert "to be told" in html(lead, at)
    StepBack.objects.all().delete()
    assert "Here will be what you learnt" in html(lead, at)


def test_its_pages_cost_few_queries(lead: Client, world: World, back: StepBack) -> None:
    stepping.keep_reason(back, None, WORDS, by=world.lead, at=now())
    stepping.write_outcome(back, "plan", "No list on Fridays", by=world.lead, at=now())
    for path in (f"/step-backs/{back.pk}/", f"/step-backs/{back.pk}/changed/"):
        with CaptureQueriesContext(connection) as asked:
            assert lead.get(path).status_code == 200
        assert len(asked) <= 15
