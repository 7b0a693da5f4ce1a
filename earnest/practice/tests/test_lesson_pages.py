"""Lessons as their leads write, see and mend them (0.4, 0.9)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.practice import actions
from earnest.practice.actions import Went
from earnest.practice.models import Attendance, Lesson
from earnest.practice.tests.taught import POINTS, a_lesson, first_point, fresh, were_there
from tests.worlds import World


@pytest.fixture
def leads(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def typed(**more: str) -> dict[str, str]:
    said = {"title": "Handing over", "taught_on": "2026-11-20", "point_1": POINTS[0]}
    return {**said, **more}


def test_a_title_a_day_and_one_point_are_enough(leads: Client, world: World) -> None:
    answer = leads.post(f"/practice/on/{world.initiative.pk}/new/", typed())
    lesson = Lesson.objects.get()
    assert answer.headers["Location"] == f"/practice/lessons/{lesson.pk}/who-was-there/"
    assert [one.words for one in lesson.points.all()] == [POINTS[0]]


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"point_1": ""}, "Which one thing should they keep of it?"),
        ({"title": ""}, "What was it about?"),
        ({"links": "javascript:alert(1)"}, "does not end with an address"),
        ({"links": "the form ftp://files.example/form"}, "does not end with an address"),
        ({"taught_on": "0026-11-20"}, "Is the year right?"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(
    leads: Client, world: World, sent: dict[str, str], says: str
) -> None:
    answer = leads.post(f"/practice/on/{world.initiative.pk}/new/", typed(**sent))
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not Lesson.objects.exists()


def test_a_point_in_somebodys_own_words_is_said_in_ones_own(leads: Client, world: World) -> None:
    words = "Nobody at the night desk dares to say no"
    world.initiative.quotes.create(participation=world.sam, words=words, said_on=now().date())
    answer = leads.post(f"/practice/on/{world.initiative.pk}/new/", typed(point_2=f"So: {words}."))
    assert answer.status_code == 400
    assert "own word" in answer.text
    assert not Lesson.objects.exists()


def test_links_are_words_and_an_address_each(leads: Client, world: World) -> None:
    links = "the form: https://intranet.example/form\nhttps://intranet.example/film"
    leads.post(f"/practice/on/{world.initiative.pk}/new/", typed(links=links))
    found = Lesson.objects.get().links.values_list("label", "address")
    assert list(found) == [
        ("the form", "https://intranet.example/form"),
        ("", "https://intranet.example/film"),
    ]


def test_who_was_there_is_noted_by_ticks(leads: Client, world: World) -> None:
    lesson = a_lesson(world)
    states = {f"state-{world.joan.pk}": "there", f"state-{world.sam.pk}": "not_there"}
    leads.post(f"/practice/lessons/{lesson.pk}/who-was-there/", states)
    assert (fresh(lesson).there, fresh(lesson).not_there) == (1, 1)
    page = leads.get(f"/practice/lessons/{lesson.pk}/").content.decode()
    assert page.index("No chance yet") < page.index("Joan Okafor")
    assert page.index("Not there") < page.index("Sam Reyes")


def test_nobody_of_another_initiative_is_noted(leads: Client, world: World) -> None:
    lesson = a_lesson(world)
    leads.post(
        f"/practice/lessons/{lesson.pk}/who-was-there/",
        {"state-999": "there", f"state-{world.joan.pk}": "perhaps"},
    )
    assert not Attendance.objects.exists()


def test_of_a_lesson_ahead_people_are_asked_to_come(leads: Client, world: World) -> None:
    lesson = a_lesson(world, on=(now() + timedelta(days=4)).date())
    path = f"/practice/lessons/{lesson.pk}/who-was-there/"
    leads.post(path, {f"state-{world.joan.pk}": "unknown"})
    assert [one.participation for one in Attendance.objects.all()] == [world.joan]
    leads.post(path, {})
    assert not Attendance.objects.exists()


def test_the_page_says_for_whom_it_came_up_and_no_chance_yet_stands_apart(
    leads: Client, world: World
) -> None:
    lesson = a_lesson(world, world.joan, world.sam)
    row = actions.say_it_came_up(world.joan, first_point(lesson), at=now())
    actions.say_how_it_went(row, Went("chose_not", "the ward was on fire"), at=now())
    page = leads.get(f"/practice/lessons/{lesson.pk}/").content.decode()
    up, waits = page.index("It came up for"), page.index('<h2 id="waiting">')
    assert up < page.index("Joan Okafor") < waits < page.index("Sam Reyes")
    assert "the ward was on fire" in page


def test_the_days_are_the_leads_to_change(leads: Client, world: World) -> None:
    a_lesson(world)
    path = f"/practice/on/{world.initiative.pk}/days/"
    assert leads.post(path, {"days": "three"}).status_code == 400
    assert leads.post(path, {"days": "0, 7"}).status_code == 400
    leads.post(path, {"days": "7; 28"})
    assert list(world.initiative.follow_up_days.values_list("after", flat=True)) == [7, 28]


def test_taken_back_it_is_gone_from_every_page(leads: Client, world: World) -> None:
    lesson = a_lesson(world, world.joan)
    leads.post(f"/practice/lessons/{lesson.pk}/taken-back/")
    assert leads.get(f"/practice/lessons/{lesson.pk}/").status_code == 404
    listed = leads.get(f"/practice/on/{world.initiative.pk}/").content.decode()
    assert lesson.title not in listed


def test_the_list_goes_on_where_it_ended(leads: Client, world: World) -> None:
    for number in range(31):
        a_lesson(world, title=f"Lesson {number}")
    first = leads.get(f"/practice/on/{world.initiative.pk}/").content.decode()
    assert first.count('<li class="card">') == 30
    were_there(world, Lesson.objects.first() or a_lesson(world), world.joan)
    after = first.partition("?after=")[2].partition('"')[0]
    rest = leads.get(f"/practice/on/{world.initiative.pk}/?after={after}").content.decode()
    assert "Lesson 0" in rest
