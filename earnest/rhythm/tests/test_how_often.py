"""How often whom: the shortest counts, from the last real contact; limits and wishes win (3.13–3.15)."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client
from django.utils.timezone import now

from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Participation
from earnest.messaging import actions as messaging
from earnest.people.models import Away, Person, Team
from earnest.rhythm import actions, queries
from earnest.rhythm.actions import AudienceDraft
from earnest.rhythm.models import Audience, Cadence
from earnest.rhythm.queries.standings import Standing
from earnest.standing.models import Rung
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def stands(world: World, who: Participation, step: str, *, last: datetime) -> None:
    Rung.objects.update_or_create(
        participation=who,
        defaults={"initiative_id": world.initiative.pk, "step": step, "since": last},
    )
    Participation.objects.filter(pk=who.pk).update(last_contact_at=last)


def names(world: World, how: str = "talk", *, at: datetime = NOW) -> list[str]:
    plan = queries.cadence_of(world.initiative)
    rows = queries.due(world.initiative, plan, how, at=at, today=at.date())
    return sorted(rows.values_list("person__name", flat=True))


def standing(world: World, how: str = "talk", *, at: datetime = NOW) -> Standing:
    plan = queries.cadence_of(world.initiative)
    found = queries.standings(world.initiative, plan, at=at, today=at.date())
    return next(one for one in found if one.how == how)


def set_days(world: World, kind: str, days: int, *, rung: str = "did", **more: Team) -> Audience:
    draft = AudienceDraft(kind, more.get("team"), days={(rung, "talk"): days})
    return actions.set_rhythm(world.initiative, draft, by=world.lead, at=NOW)


def test_nothing_set_it_is_sooner_for_the_hesitant(world: World) -> None:
    stands(world, world.joan, "nodded", last=NOW - 14 * A_DAY)
    stands(world, world.sam, "again", last=NOW - 59 * A_DAY)
    assert names(world) == ["Joan Okafor"]
    assert standing(world).next_week == 1
    assert names(world, at=NOW + A_DAY) == ["Joan Okafor", "Sam Reyes"]


def test_of_several_audiences_the_shortest_counts(world: World) -> None:
    stands(world, world.joan, "did", last=NOW - 10 * A_DAY)
    set_days(world, "help", 10)
    assert names(world) == []
    Participation.objects.filter(pk=world.joan.pk).update(can_help=True, is_affected=True)
    set_days(world, "affected", 30)
    assert names(world) == ["Joan Okafor"]


def test_a_team_is_meant_with_the_teams_inside_it(world: World) -> None:
    north = Team.objects.create(workspace=world.workspace, name="North")
    desk = Team.objects.create(workspace=world.workspace, name="Desk", parent=north)
    Person.objects.filter(pk=world.joan.person_id).update(team=desk)
    stands(world, world.joan, "did", last=NOW - 10 * A_DAY)
    stands(world, world.sam, "did", last=NOW - 10 * A_DAY)
    set_days(world, "team", 9, team=north)
    assert names(world) == ["Joan Okafor"]


def test_what_is_set_for_everyone_stands_for_the_usual(world: World) -> None:
    stands(world, world.joan, "nodded", last=NOW - 100 * A_DAY)
    audience = set_days(world, "everyone", 20)
    assert names(world) == []
    stands(world, world.joan, "did", last=NOW - 20 * A_DAY)
    assert names(world) == ["Joan Okafor"]
    actions.remove_audience(audience, by=world.lead, at=NOW)
    assert queries.cadence_of(world.initiative).is_usual
    assert names(world) == []


def test_who_was_not_heard_and_who_said_no_are_not_worked_on(world: World) -> None:
    stands(world, world.joan, "unheard", last=NOW - 300 * A_DAY)
    stands(world, world.sam, "no", last=NOW - 300 * A_DAY)
    assert names(world) == []
    Rung.objects.filter(pk=world.joan.pk).update(heard_at=NOW - 300 * A_DAY)
    assert names(world) == ["Joan Okafor"]


def test_their_own_wish_and_the_limits_always_win(world: World) -> None:
    stands(world, world.joan, "nodded", last=NOW - 30 * A_DAY)
    person = Person.objects.filter(pk=world.joan.person_id)
    for field, value, counted in (
        ("asked_enough_until", NOW + A_DAY, "enough"),
        ("left_alone_until", NOW + A_DAY, "resting"),
        ("wants_less_at", NOW, "less"),
    ):
        person.update(**{field: value})
        assert names(world) == []
        found = standing(world)
        assert (found.now, getattr(found, counted), found.left_alone) == (0, 1, 1)
        person.update(**{field: None})
    Away.objects.create(person=world.joan.person, first_day=NOW.date(), last_day=NOW.date())
    assert standing(world).away == 1
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    assert (standing(world).now, standing(world).left_alone) == (0, 0)


def test_a_mail_nobody_answered_puts_off_the_next_mail_and_no_talk(world: World) -> None:
    stands(world, world.joan, "nodded", last=NOW - 40 * A_DAY)
    assert names(world, "progress") == ["Joan Okafor"]
    draft = messaging.Draft("progress", "News", "Hello")
    messaging.put_in_outbox(world.joan, draft, by=world.lead, at=NOW)
    assert names(world, "progress") == []
    assert names(world) == ["Joan Okafor"]
    messaging.note_contact(world.joan, direction="they", channel="mail", kind="answer", at=NOW)
    assert names(world) == []


def test_the_days_of_one_person_are_the_shortest_of_theirs(world: World) -> None:
    set_days(world, "help", 12)
    joan = Participation.objects.select_related("person").get(pk=world.joan.pk)
    plan = queries.cadence_of(world.initiative)
    assert plan.days_for(joan, "did") == 42
    joan.can_help = True
    assert plan.days_for(joan, "did") == 12
    assert plan.days_for(joan, "no") is None


def test_todays_query_finds_the_same_people(world: World) -> None:
    stands(world, world.joan, "did", last=NOW - 12 * A_DAY)
    stands(world, world.sam, "nodded", last=NOW - 14 * A_DAY)
    Participation.objects.filter(pk=world.joan.pk).update(can_help=True)
    set_days(world, "help", 12)
    said, values = queries.talk_due_sql(queries.cadences_of([world.initiative.pk]), at=NOW)
    query = f"""SELECT p.name FROM initiatives_participation t
        JOIN people_person p ON p.id = t.person_id
        JOIN standing_rung r ON r.participation_id = t.id WHERE {said} ORDER BY p.name"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        found = [name for (name,) in cursor.fetchall()]
    assert found == names(world) == ["Joan Okafor", "Sam Reyes"]


def test_set_twice_is_set_once_and_leaves_a_trace_without_words(world: World) -> None:
    assert set_days(world, "help", 12) == set_days(world, "help", 12)
    assert Cadence.objects.count() == 1
    assert Event.objects.filter(action="rhythm_set").count() == 2


def test_the_page_says_it_in_numbers_and_names(client: Client, world: World) -> None:
    stands(world, world.joan, "nodded", last=now() - 40 * A_DAY)
    stands(world, world.sam, "nodded", last=now() - 40 * A_DAY)
    Person.objects.filter(pk=world.sam.person_id).update(wants_less_at=now())
    client.force_login(world.lead)
    page = client.get(f"/initiatives/{world.initiative.pk}/rhythm/").content.decode()
    assert "One person is due now" in page
    assert "1 asked for less" in page
    assert "Joan Okafor" in page
    assert "Sam Reyes" not in page
    listed = client.get(f"/initiatives/{world.initiative.pk}/rhythm/due/talk/").content.decode()
    assert "Joan Okafor" in listed
    assert client.get(f"/initiatives/{world.initiative.pk}/rhythm/due/song/").status_code == 404


def test_days_are_typed_for_each_rung_and_never_below_the_cap(client: Client, world: World) -> None:
    client.force_login(world.lead)
    address = f"/initiatives/{world.initiative.pk}/rhythm/audiences/new/?kind=help"
    assert 'value="14"' in client.get(address).content.decode()
    refused = client.post(address, {"talk-nodded": "6", "talk-did": "30"})
    assert refused.status_code == 400
    assert "two in 14 days is all that anybody is asked" in refused.content.decode()
    assert 'value="6"' in refused.content.decode()
    assert not Audience.objects.exists()
    assert client.post(address, {"talk-nodded": "7", "talk-did": ""}).status_code == 302
    assert list(Cadence.objects.values_list("rung", "how", "days")) == [("nodded", "talk", 7)]


def test_a_team_must_be_chosen_where_a_team_is_meant(client: Client, world: World) -> None:
    client.force_login(world.lead)
    address = f"/initiatives/{world.initiative.pk}/rhythm/audiences/new/?kind=team&team="
    assert "Choose the team." in client.get(address).content.decode()


def test_nobody_is_told_to_talk_with_themselves(world: World) -> None:
    stands(world, world.joan, "nodded", last=NOW - 30 * A_DAY)
    Person.objects.filter(pk=world.joan.person_id).update(email=world.lead.email.upper())
    assert names(world) == []
    Person.objects.filter(pk=world.joan.person_id).update(email="", user=world.lead)
    assert names(world) == []


def test_a_word_noted_between_two_pages_moves_nobody_else(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_module("earnest.rhythm.queries.due"), "PAGE", 1)
    stands(world, world.joan, "nodded", last=NOW - 41 * A_DAY)
    stands(world, world.sam, "nodded", last=NOW - 40 * A_DAY)
    rows = Participation.objects.filter(initiative=world.initiative)
    first = queries.due_page(rows, after="")
    assert first.rows == [world.joan]
    Participation.objects.filter(pk=world.joan.pk).update(last_contact_at=NOW)
    second = queries.due_page(rows, after=first.after)
    assert second.rows == [world.sam]  # and not the first page again
    assert queries.due_page(rows, after="9" * 18 + "~1").rows  # of no sense: the first page


def test_going_on_without_choosing_says_so(client: Client, world: World) -> None:
    client.force_login(world.lead)
    address = f"/initiatives/{world.initiative.pk}/rhythm/audiences/new/"
    assert client.get(address).status_code == 200
    refused = client.get(f"{address}?team=")
    assert refused.status_code == 400
    assert "errorlist" in refused.content.decode()
