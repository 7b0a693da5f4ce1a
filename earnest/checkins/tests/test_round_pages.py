"""What a lead sees of a check-in, and what everybody else sees of it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from earnest.checkins import actions
from earnest.checkins.actions import Taps
from earnest.checkins.models import Round
from earnest.checkins.tests.asking import answer, links_in, more_people, opened
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import Server
from tests.worlds import NOW, World


@pytest.fixture
def amara(world: World) -> Client:
    client = Client()
    client.force_login(world.lead)
    return client


def rounds_path(world: World) -> str:
    return f"/initiatives/{world.initiative.pk}/check-ins/"


def soon() -> str:
    return (timezone.localdate() + timedelta(days=7)).isoformat()


def made_by_hand(amara: Client, world: World, **more: str) -> str:
    typed = {"is_anonymous": "yes", "closes_on": soon(), "changed": "Dates are in", **more}
    answered = amara.post(f"{rounds_path(world)}new/", typed)
    assert answered.status_code == 302, answered.content.decode()
    return answered.headers["Location"]


def test_an_empty_list_says_what_will_be_here(world: World, amara: Client) -> None:
    page = amara.get(rounds_path(world)).content.decode()
    assert "Make the first check-in" in page


def test_made_read_as_they_will_and_opened(world: World, amara: Client, server: Server) -> None:
    more_people(world, 6)
    path = made_by_hand(amara, world)
    preview = amara.get(path).content.decode()
    assert "7 people are asked." in preview
    assert "from Monday to Friday" in preview  # pressed on a Sunday, nothing leaves yet
    assert "1 cannot be reached by mail" in preview
    assert "I have a hand in it" in preview
    assert "Dates are in" in preview
    assert "(a link of their own)" in preview
    assert "[[" not in preview
    done = amara.post(f"{path}opened/", follow=True).content.decode()
    assert "7 people are asked" in done
    assert Message.objects.filter(sealed=True).count() == 7
    twice = amara.post(f"{path}opened/", follow=True).content.decode()
    assert "open already" in twice
    assert Message.objects.filter(sealed=True).count() == 7


def test_a_new_one_must_wait_and_says_why(world: World, amara: Client) -> None:
    made = opened(world, is_anonymous=False)
    told = amara.get(f"{rounds_path(world)}new/", follow=True).content.decode()
    assert "first it ends" in told
    actions.close_round(made, at=NOW + timedelta(days=9))
    assert "wait for your answer" in amara.get(rounds_path(world)).content.decode()


def test_wrong_days_are_said_beside_the_field(world: World, amara: Client) -> None:
    typed = {"is_anonymous": "no", "closes_on": "2020-01-01", "changed": "Kept as typed"}
    page = amara.post(f"{rounds_path(world)}new/", typed)
    assert page.status_code == 400
    assert "from tomorrow on" in page.content.decode()
    assert "Kept as typed" in page.content.decode()


def test_while_it_is_open_nobody_sees_how_many_answered(
    world: World, amara: Client, server: Server
) -> None:
    more_people(world, 6)
    made = opened(world)
    before = amara.get(made.get_absolute_url()).content.decode()
    secrets = actions.lay_slots(made, 6, at=NOW)
    for secret in secrets:
        actions.answer_unnamed(secret, Taps(matters=3, line="Fridays"))
    after = amara.get(made.get_absolute_url()).content.decode()
    tokens = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert tokens.sub("", before) == tokens.sub("", after)


def closed_one(world: World, *, is_anonymous: bool) -> Round:
    people = more_people(world, 9)
    made = Round.objects.create(
        initiative=world.initiative,
        by=world.lead,
        is_anonymous=is_anonymous,
        closes_on=NOW.date(),
        made_at=NOW,
        opened_at=NOW,
        asked_count=9,
    )
    made.asked.set(people)
    if is_anonymous:
        for n, secret in enumerate(actions.lay_slots(made, 9, at=NOW)):
            actions.answer_unnamed(secret, Taps(matters=n % 5 + 1, owns=3, line=f"line {n}"))
    else:
        for n, one in enumerate(people):
            taps = Taps(matters=n % 5 + 1, owns=3, line=f"line {n}")
            actions.answer_by_name(made, one, taps, at=NOW)
    actions.close_round(made, at=NOW)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_leads_see_figures_and_lines_others_the_figures_alone(
    world: World, amara: Client, *, is_anonymous: bool
) -> None:
    made = closed_one(world, is_anonymous=is_anonymous)
    page = amara.get(made.get_absolute_url()).content.decode()
    assert "line 3" in page
    assert 'aria-label="1: 2, 2: 2, 3: 2, 4: 2, 5: 1"' in page
    assert "Not shown: fewer than five tapped a number, or all the same one." in page
    assert ("Ann 3" in page) is not is_anonymous
    for who in (world.sponsor, world.contributor):
        client = Client()
        client.force_login(who)
        seen = client.get(made.get_absolute_url()).content.decode()
        assert 'aria-label="1: 2, 2: 2, 3: 2, 4: 2, 5: 1"' in seen
        assert "line 3" not in seen
        assert "Ann 3" not in seen
        assert "closed" in client.get(rounds_path(world)).content.decode()


def test_others_see_nothing_before_it_is_closed(world: World) -> None:
    made = opened(world, is_anonymous=False)
    client = Client()
    client.force_login(world.sponsor)
    assert client.get(made.get_absolute_url()).status_code == 404
    assert f"/check-ins/{made.pk}/" not in client.get(rounds_path(world)).content.decode()


def test_the_last_time_stands_beside_this_one(world: World, amara: Client) -> None:
    first = closed_one(world, is_anonymous=True)
    actions.say_answered(first, by=world.lead, at=NOW)
    Round.objects.filter(pk=first.pk).update(closed_at=NOW - timedelta(days=40), opened_at=NOW)
    second = Round.objects.create(
        initiative=world.initiative,
        by=world.lead,
        closes_on=NOW.date(),
        made_at=NOW,
        opened_at=NOW,
        closed_at=NOW,
        answer_count=6,
        results={"matters": {"counts": [0, 0, 1, 3, 2], "unsaid": 0}},
    )
    page = amara.get(second.get_absolute_url()).content.decode()
    assert "5 of 6 tapped 4 or 5." in page
    assert "Last time 3 of 9." in page


def test_reminded_from_the_page(world: World, amara: Client, server: Server) -> None:
    more_people(world, 6)
    made = opened(world)
    done = amara.post(f"/check-ins/{made.pk}/reminded/", follow=True).content.decode()
    assert "7 people are reminded." in done
    again = amara.post(f"/check-ins/{made.pk}/reminded/", follow=True).content.decode()
    assert "all were reminded before" in again


def test_the_draft_is_dropped_once(world: World, amara: Client) -> None:
    path = made_by_hand(amara, world, is_anonymous="no")
    assert "Nobody was asked" in amara.post(f"{path}dropped/", follow=True).content.decode()
    assert amara.post(f"{path}dropped/").status_code == 404


def test_links_are_in_the_mails(world: World, server: Server) -> None:
    """Whoever presses one from a phone is asked four things, and thanked."""
    from earnest.checkins import sweeps  # noqa: PLC0415 - used here alone

    more_people(world, 6)
    opened(world)
    sweeps.send_sealed(at=NOW)
    done = answer(links_in(server)["ann1@example.org"], seconds="34")
    assert "It took you 34 seconds." in done.content.decode()
