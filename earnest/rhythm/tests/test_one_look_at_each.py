"""Counting who is due a word and whom a mail reaches costs the same, whatever there is to count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from earnest.initiatives.models import Participation
from earnest.messaging.tests.mails import put
from earnest.people.models import Person
from earnest.rhythm import queries
from earnest.rhythm.queries.reach import reach_of
from earnest.rhythm.queries.standings import Standing
from earnest.standing.models import Rung
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LONG_AGO = NOW - timedelta(days=100)


def many(world: World, count: int) -> list[Participation]:
    """So many more people, all of them due every sort of word."""
    people = Person.objects.bulk_create(
        Person(workspace=world.workspace, name=f"Person {n}", email=f"p{n}@example.org")
        for n in range(count)
    )
    there = Participation.objects.bulk_create(
        Participation(
            person=one,
            initiative=world.initiative,
            held_by=world.lead,
            since=LONG_AGO,
            last_contact_at=LONG_AGO,
        )
        for one in people
    )
    Rung.objects.bulk_create(
        Rung(participation=one, initiative_id=world.initiative.pk, step="nodded", since=LONG_AGO)
        for one in there
    )
    return there


def counted(world: World) -> dict[str, Standing]:
    plan = queries.cadence_of(world.initiative)
    found = queries.standings(world.initiative, plan, at=NOW, today=NOW.date())
    return {one.how: one for one in found}


def test_all_sorts_of_words_are_counted_in_one_query_that_reads_no_person(world: World) -> None:
    many(world, 60)
    plan = queries.cadence_of(world.initiative)
    with CaptureQueriesContext(connection) as asked:
        found = queries.standings(world.initiative, plan, at=NOW, today=NOW.date())
    assert len(asked) == 1
    assert [one.now for one in found] == [60, 60, 60]


def test_the_reach_of_a_mail_is_one_query_that_reads_no_person(world: World) -> None:
    many(world, 60)
    with CaptureQueriesContext(connection) as asked:
        found = reach_of(world.initiative, "everyone", None, at=NOW)
    assert len(asked) == 1
    assert (found.told, found.not_heard) == (60, 2)


def test_a_mail_on_its_way_puts_the_next_of_its_sort_off_and_no_other(world: World) -> None:
    first, *_others = many(world, 2)
    put(first, kind="progress", at=NOW - timedelta(days=1))
    found = counted(world)
    assert (found["talk"].now, found["progress"].now, found["check_in"].now) == (2, 1, 2)


def test_a_mail_that_was_taken_back_puts_nothing_off(world: World) -> None:
    first, *_others = many(world, 1)
    mail = put(first, kind="progress", at=NOW - timedelta(days=1))
    type(mail).objects.filter(pk=mail.pk).update(state="withdrawn")
    assert counted(world)["progress"].now == 1


def test_who_leads_is_not_told_to_talk_with_themselves_whatever_the_capitals(world: World) -> None:
    one, *_others = many(world, 1)
    Person.objects.filter(pk=one.person_id).update(email=world.lead.email.upper())
    assert counted(world)["talk"].now == 0


def test_a_sign_in_an_address_stands_for_itself_counted_and_listed_alike(world: World) -> None:
    """“_” stands for any sign where a database compares by likeness."""
    one, *_others = many(world, 1)
    world.lead.email = "a_b@example.org"
    world.lead.save()
    Person.objects.filter(pk=one.person_id).update(email="axb@example.org")
    plan = queries.cadence_of(world.initiative)
    listed = queries.due(world.initiative, plan, "talk", at=NOW, today=NOW.date())
    assert counted(world)["talk"].now == listed.count() == 1
