"""Nowhere a lead can go does an objection to the estimate look other than too little known.

Every door that opens to leads, and every file behind one, to the byte (privacy.md 5). The lead of
this test also owns the workspace: even so it cannot be told.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta, tzinfo
from typing import Self, override

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from earnest.accounts.models import Membership
from earnest.initiatives import actions as initiatives
from earnest.pages.tests.test_estimate_pages import neutral, three_deeds
from earnest.people.models import Person
from earnest.standing import actions as standing
from earnest.standing import queries
from earnest.standing.models import Belief
from earnest.standing.tests.test_estimates import GROUNDS
from tests.test_doors import DOORS, Place, furnish
from tests.worlds import World

type Happens = Callable[[World], None]

STAMPS = re.compile(  # what a PDF tells of when it was made
    rb"Date\(D:\w+\)|<xmp:\w+Date>[^<]*|<xmpMM:\w+ID>[^<]*|/ID\s*\[[^]]*\]"
)
SHARES = 8  # of all doors, so that one test takes seconds
CROWD = 6  # others of whom enough is known: the sum on the overview is shown
SEARCHES = ("Joan", "estimate", "estimated", "step still open", "too little")


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """No minute turns between two looks, however slow the machine."""
    stands = now()

    class Stopped(datetime):
        @override
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Self:
            return cls.fromtimestamp(stands.timestamp(), tz)

    monkeypatch.setattr("django.utils.timezone.datetime", Stopped)


@pytest.fixture
def place(world: World) -> Place:
    """Much is known of Joan and others, and the lead owns the workspace, too."""
    Membership.objects.filter(workspace=world.workspace, user=world.lead).update(role="owner")
    begun = now() - timedelta(days=60)
    standing.turn_on(world.workspace, GROUNDS, by=world.owner, at=begun)
    for n in range(CROWD):
        person = Person.objects.create(workspace=world.workspace, name=f"Person {n}")
        three_deeds(
            initiatives.put_on(
                world.initiative, person, held_by=world.lead, by=world.lead, at=begun
            )
        )
    three_deeds(world.joan)
    return furnish(world)


def addresses(place: Place) -> list[str]:
    found = [
        reverse(name, kwargs={key: place.ids[value] for key, value in args.items()})
        for name, (comes_in, args) in DOORS.items()
        if comes_in & {"lead", "owner"}
    ]
    return [*found, *(f"/search/?q={words}" for words in SEARCHES), "/?all=1"]


def read(body: bytes) -> object:
    """What was sent, but for the token of forms and the moment a file was made at."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as files:
            return {one: neutral(files.read(one).decode()) for one in files.namelist()}
    if body.startswith(b"%PDF"):
        return STAMPS.sub(b"", body)
    return neutral(body.decode(errors="replace"))


def too_little(world: World) -> None:
    Belief.objects.filter(pk=world.joan.pk).update(is_enough=False)


def objects(world: World) -> None:
    standing.refuse_estimate(world.joan, at=now())


def much(_world: World) -> None:
    """As it stands."""


def seen(client: Client, url: str, happens: Happens, world: World) -> tuple[int, object]:
    with transaction.atomic():
        happens(world)
        client.cookies.pop("messages", None)  # said by the page before, and shown once
        response = client.get(url)
        found = response.status_code, read(response.getvalue())
        transaction.set_rollback(True)
    return found


def pages_of_an_estimate(place: Place) -> set[str]:
    """Where an estimate of Joan shows in anything; on the overview as a part of a sum."""
    initiative, joan = place.world.initiative.pk, place.world.joan.pk
    here = f"/initiatives/{initiative}"
    return {f"{here}/people/{joan}/", f"/people/{joan}/see-as/", f"{here}/overview/"}


@pytest.mark.parametrize("share", range(SHARES))
def test_no_door_of_leads_tells_who_wants_no_estimate(share: int, place: Place) -> None:
    """Nor is there an estimate of anybody behind other doors than three."""
    client, told, shown = Client(), [], []
    client.force_login(place.world.lead)
    urls = addresses(place)[share::SHARES]
    assert len(urls) > 20
    for url in urls:
        refused = seen(client, url, objects, place.world)
        if seen(client, url, too_little, place.world) != refused:
            told.append(url)
        if seen(client, url, much, place.world) != refused:
            shown.append(url)
    assert told == []
    assert set(shown) == pages_of_an_estimate(place) & set(urls)


@pytest.mark.parametrize("who", ["lead", "co_lead"])
def test_every_lead_could_add_up_the_sum_from_pages_they_may_open(place: Place, who: str) -> None:
    """So it tells of nobody in particular: to no lead more than their pages, and to all the same."""
    initiative, client = place.world.initiative, Client()
    client.force_login(getattr(place.world, who))
    chances = []
    for pk in initiative.participations.values_list("pk", flat=True):
        page = client.get(f"/initiatives/{initiative.pk}/people/{pk}/").content.decode()
        chances += [int(percent) for percent in re.findall(r"In numbers: (\d+) in 100", page)]
    told = sums(place)
    assert len(chances) == told.people
    assert sum(chances) / 100 == pytest.approx(told.expected, abs=0.1)
    shown = client.get(f"/initiatives/{initiative.pk}/overview/").content.decode()
    assert f"Estimated: of {told.people} people of whom enough is known" in shown
    assert f"<strong>{told.about}</strong> will do the next step" in shown


def test_the_sum_before_and_after_is_that_of_too_little_known(place: Place) -> None:
    """Whatever is subtracted from it, an objection leaves what too little known leaves."""
    joan, initiative = place.world.joan, place.world.initiative
    before = sums(place)
    with transaction.atomic():
        too_little(place.world)
        little = sums(place)
        transaction.set_rollback(True)
    objects(place.world)
    assert before.people == CROWD + 1
    assert sums(place) == little
    shown = queries.beliefs_shown().filter(initiative_id=initiative.pk)
    assert not shown.filter(pk=joan.pk).exists()


def sums(place: Place) -> queries.Doers:
    initiative = place.world.initiative
    row = type(initiative).objects.filter(pk=initiative.pk)
    found = queries.read_doers(row.values_list(queries.doers_of(initiative)).get()[0])
    assert found
    return found
