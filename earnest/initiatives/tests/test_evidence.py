"""Evidence from elsewhere: dated, with its source, and its age told (1.15)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import queries
from earnest.initiatives.models import OutsideEvidence
from tests.worlds import World

FOUND = {
    "what": "Waiting was cut by half",
    "where": "A clinic in the North",
    "source": "https://example.org/report",
    "on": "2026-03-01",
}


@pytest.fixture
def as_lead(client: Client, world: World) -> Client:
    client.force_login(world.lead)
    return client


def add(client: Client, world: World, **fields: str) -> str:
    address = f"/initiatives/{world.initiative.pk}/evidence/new/"
    return client.post(address, {**FOUND, **fields}, follow=True).content.decode()


def test_it_is_put_on_the_shelf_once_however_often_pressed(as_lead: Client, world: World) -> None:
    add(as_lead, world)
    html = add(as_lead, world)
    assert "Waiting was cut by half" in html
    assert '<a href="https://example.org/report"' in html
    assert OutsideEvidence.objects.count() == 1


def test_who_does_not_lead_reads_it_on_the_shelf_and_on_the_page(
    as_lead: Client, world: World
) -> None:
    add(as_lead, world)
    for who in (world.sponsor, world.contributor):
        as_lead.force_login(who)
        for address in ("evidence/", ""):
            html = as_lead.get(f"/initiatives/{world.initiative.pk}/{address}").content.decode()
            assert "Waiting was cut by half" in html
            assert "/removed/" not in html


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"source": " "}, "Say where one can read it."),
        ({"source": "ftp://example.org/x"}, "This is not a web address."),
        ({"source": "javascript://example.org/%0aalert(1)"}, "This is not a web address."),
        ({"source": "https://no space"}, "This is not a web address."),
        ({"on": ""}, "Say from when it is."),
        ({"on": (now().date() + timedelta(days=3)).isoformat()}, "This day is still to come."),
    ],
)
def test_without_a_day_and_a_source_it_is_a_rumour(
    as_lead: Client, world: World, wrong: dict[str, str], sentence: str
) -> None:
    html = add(as_lead, world, **wrong)
    assert sentence in html
    assert "Waiting was cut by half" in html  # what was typed is still there
    assert not OutsideEvidence.objects.exists()


def test_a_title_is_a_source_too_and_no_link(as_lead: Client, world: World) -> None:
    html = add(as_lead, world, source="javascript:alert(1), a book")
    assert "javascript:alert(1), a book" in html
    assert 'href="javascript' not in html
    assert OutsideEvidence.objects.get().source == "javascript:alert(1), a book"


def test_an_address_without_its_beginning_gets_it(as_lead: Client, world: World) -> None:
    add(as_lead, world, source="www.example.org/report")
    assert OutsideEvidence.objects.get().source == "https://www.example.org/report"


def test_it_is_changed_and_removed(as_lead: Client, world: World) -> None:
    add(as_lead, world)
    row = OutsideEvidence.objects.get()
    base = f"/initiatives/{world.initiative.pk}/evidence/{row.pk}/"
    as_lead.post(base, {**FOUND, "where": "Three clinics"})
    row.refresh_from_db()
    assert row.where == "Three clinics"
    as_lead.post(f"{base}removed/")
    assert not OutsideEvidence.objects.exists()


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2021, 11, 21), None), (date(2021, 11, 20), 5), (date(2008, 1, 1), 18)],
)
def test_what_is_old_says_how_old(world: World, on: date, years: int | None) -> None:
    world.initiative.outside_evidence.create(
        what="It helped", where="Elsewhere", source="A book", on=on, at=now()
    )
    (found,) = queries.evidence_of(world.initiative, today=date(2026, 11, 20))
    assert found.years == years
