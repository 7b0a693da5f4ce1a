"""Check-ins on a person's own page: theirs by name, and what nobody knows said as such."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from earnest.checkins import actions
from earnest.checkins.actions import RoundDraft, Taps
from earnest.checkins.models import NamedAnswer, Round
from earnest.checkins.tests.asking import TAPS
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Initiative
from earnest.messaging import actions as messaging
from earnest.pages import erasure
from earnest.pages.everything import everything_about
from earnest.pages.record import record_of
from earnest.pages.sweeps import keep_no_longer
from earnest.plans.models import RoundReply
from tests.worlds import World


@pytest.fixture
def joan(world: World) -> Client:
    client = Client()
    client.get(f"/p/{initiatives.make_link(world.joan, by=world.lead, at=timezone.now())}/")
    return client


@pytest.fixture
def made(world: World) -> Round:
    at = timezone.now()
    draft = RoundDraft(False, (at + timedelta(days=7)).date(), changed="Dates are in")
    made = actions.make_round(world.initiative, draft, by=world.lead, at=at)
    actions.open_round(made, by=world.lead, at=at)
    made.refresh_from_db()
    return made


def page_of(world: World, made: Round) -> str:
    return f"/mine/{world.joan.pk}/check-in/{made.pk}/"


def test_answered_changed_and_taken_back(world: World, joan: Client, made: Round) -> None:
    mine = joan.get(f"/mine/{world.joan.pk}/").content.decode()
    assert page_of(world, made) in mine
    page = joan.get(page_of(world, made)).content.decode()
    assert "Dates are in" in page
    done = joan.post(f"{page_of(world, made)}answered/", {**TAPS, "seconds": "20"}, follow=True)
    assert "It took you 20 seconds." in done.content.decode()
    changed = {**TAPS, "matters": "5", "seconds": "1"}
    done = joan.post(f"{page_of(world, made)}answered/", changed, follow=True)
    assert "It took you 1 second." in done.content.decode()
    assert NamedAnswer.objects.get().matters == 5
    back = joan.post(f"{page_of(world, made)}withdrawn/", follow=True)
    assert "Taken back." in back.content.decode()
    assert not NamedAnswer.objects.exists()


def test_a_tap_left_out_is_asked_for(world: World, joan: Client, made: Round) -> None:
    wrong = joan.post(f"{page_of(world, made)}answered/", {"matters": "5", "line": "Fridays"})
    assert wrong.status_code == 400
    assert "Fridays" in wrong.content.decode()


def test_after_a_stop_nothing_is_asked_or_written(world: World, joan: Client, made: Round) -> None:
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=timezone.now())
    assert "left alone" in joan.get(page_of(world, made)).content.decode()
    joan.post(f"{page_of(world, made)}answered/", TAPS)
    assert not NamedAnswer.objects.exists()


def test_not_asked_is_not_there(world: World, joan: Client, made: Round) -> None:
    made.asked.remove(world.joan)
    assert joan.get(page_of(world, made)).status_code == 404


def test_an_anonymous_one_is_not_answered_here(world: World, joan: Client, made: Round) -> None:
    Round.objects.filter(pk=made.pk).update(is_anonymous=True)
    assert joan.get(page_of(world, made)).status_code == 404
    mine = joan.get(f"/mine/{world.joan.pk}/").content.decode()
    assert "we do not know whether you answered" in mine


def test_what_it_showed_and_what_it_changed(world: World, joan: Client, made: Round) -> None:
    shown = {"matters": {"counts": [0, 1, 1, 3, 2], "unsaid": 0}}
    at = timezone.now()
    closed = {"closed_at": at, "results": shown, "is_anonymous": True, "answer_count": 7}
    Round.objects.filter(pk=made.pk).update(**closed)
    mine = joan.get(f"/mine/{world.joan.pk}/").content.decode()
    assert "5 of 7 tapped 4 or 5." in mine
    assert "owe an answer" in mine
    assert "not if you erase everything" in mine
    RoundReply.objects.create(round=made, words="Dates were unclear", changes="A calendar", at=at)
    mine = joan.get(f"/mine/{world.joan.pk}/").content.decode()
    assert mine.count("A calendar") == 1
    assert 'id="check-ins"' in mine
    assert "Nothing has happened yet, and" not in mine
    assert mine.index("What your check-ins changed") < mine.index("5 of 7 tapped 4 or 5.")


def test_it_is_on_the_record_for_both_and_in_everything_held(world: World, made: Round) -> None:
    at = timezone.now()
    actions.answer_by_name(
        made, world.joan, Taps(4, 2, 5, None, "Fridays", under_a_minute=True), at=at
    )
    record = record_of(world.joan, today=at.date())
    said = [one.text for one in record.happened if "check-in" in one.text]
    assert said == [
        "Answered a check-in, from 1 to 5: clear 4 · matters 2 · realistic 5 · a hand in it – “Fridays”"
    ]
    held = everything_about(world.joan, at=at)["initiative"]
    assert held["check_ins"] == [
        {
            "at": at,
            "tap_understands": 4,
            "tap_matters": 2,
            "tap_doable": 5,
            "tap_owns": None,
            "words": "Fridays",
            "under_a_minute": True,
        }
    ]
    erasure.erase_from_initiative(world.joan, by=None, at=at)
    assert not NamedAnswer.objects.exists()


def test_lines_of_nobodys_go_when_the_records_of_the_initiative_do(
    world: World, made: Round
) -> None:
    made.lines.create(words="Fridays")
    at = timezone.now()
    assert keep_no_longer(at=at).lines == 0
    Initiative.objects.filter(pk=world.initiative.pk).update(closed_at=at - timedelta(days=400))
    assert keep_no_longer(at=at).lines == 1
    assert not made.lines.exists()
