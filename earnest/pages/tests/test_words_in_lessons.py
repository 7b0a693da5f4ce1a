"""Words for the leads alone, copied into lessons and try-outs before anybody looked for them, are read by
nobody else: on their own page, on cards, in mail and in what one takes along; and no form takes them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.test import Client

from earnest.messaging.models import Message
from earnest.pages.everything import everything_about
from earnest.pages.tests.own import opened
from earnest.pages.tests.test_words_in_pilots import KEPT
from earnest.pilots.tests.carded import said
from earnest.pilots.tests.piloted import a_team, on_it
from earnest.practice import actions, sweeps
from earnest.practice.actions import coming_up, tries
from earnest.practice.actions.tries import TryDraft
from earnest.practice.forms.lessons import LessonForm
from earnest.practice.models import FollowUp, Lesson, TryOut
from earnest.practice.tests.moments import a_moment
from earnest.practice.tests.taught import a_lesson, were_there
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
IN_IT = f"Ask why {KEPT}"


@pytest.fixture
def lesson(world: World) -> Lesson:
    """Joan was there; what was typed is a word of Sam's, said afterwards."""
    links = ((IN_IT, "https://intranet.example/form"),)
    taught: dict[str, Any] = {"title": IN_IT, "taught_by": IN_IT, "place": IN_IT, "links": links}
    made = a_lesson(world, world.joan, points=(IN_IT,), **taught)
    why = TryDraft(IN_IT, NOW + timedelta(days=400), 30, IN_IT, IN_IT, TryOut.Fit.OTHER, IN_IT)
    tries.offer(world.joan, why, by_mail=False, by=world.lead, at=NOW)
    said(world.sam, KEPT, passed_on="leads")
    return made


def test_their_own_page_and_cards_read_without_them(
    client: Client, world: World, lesson: Lesson
) -> None:
    sweeps.bring_back(at=NOW + timedelta(days=3, hours=1))
    asked = FollowUp.objects.exclude(asked_at=None).get()
    up = coming_up.say_it_came_up(world.joan, lesson.points.get(), at=NOW + timedelta(days=4))
    page, tried = opened(client, world.joan), TryOut.objects.get()
    places = ("", f"lessons/{lesson.pk}/", f"came-up/{up.pk}/", f"follow-up/{asked.pk}/")
    for place in (*places, f"try-outs/{tried.pk}/"):
        shown = client.get(f"{page}{place}").text
        assert "Ask why […]" in shown, place
        assert KEPT not in shown, place
    assert lesson.points.get().words == IN_IT  # nothing of it is saved


def test_a_colleague_reads_the_points_without_them(
    client: Client, world: World, lesson: Lesson
) -> None:
    bo = on_it(world, "Bo", a_team(world, "North"))
    agreed = actions.agree(world.joan, bo, at=NOW)
    shown = client.get(f"{opened(client, bo)}for/{agreed.pk}/").text
    assert "Ask why […]" in shown
    assert KEPT not in shown


def test_whoever_said_it_reads_it_whole(client: Client, world: World, lesson: Lesson) -> None:
    were_there(world, lesson, world.sam)
    page = opened(client, world.sam)
    assert KEPT in client.get(f"{page}lessons/{lesson.pk}/").text


def test_mail_holds_none_of_them(world: World, lesson: Lesson) -> None:
    sweeps.bring_back(at=NOW + timedelta(days=3, hours=1))
    mail = Message.objects.get()
    assert "Ask why […]" in mail.text
    assert KEPT not in f"{mail.subject} {mail.text} {mail.html}"


def test_what_one_takes_along_holds_none_of_them(world: World, lesson: Lesson) -> None:
    a_moment(world, participation=world.joan, point=lesson.points.get())
    told = json.dumps(everything_about(world.joan, at=NOW), cls=DjangoJSONEncoder)
    assert KEPT not in told


@pytest.mark.parametrize("name", ["title", "taught_by", "place", "point_1", "links"])
def test_no_field_of_a_lesson_takes_them(world: World, name: str) -> None:
    said(world.sam, KEPT, passed_on="leads")
    typed = {"title": "Handing over", "taught_on": "2026-01-05", "point_1": "One owner"}
    typed[name] = f"{IN_IT} https://intranet.example/form" if name == "links" else IN_IT
    form = LessonForm(typed, initiative=world.initiative)
    assert list(form.errors) == [name]
