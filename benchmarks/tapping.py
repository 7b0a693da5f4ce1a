"""People with an open check-in, and people to whom was told how this serves them: each with a tap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils.timezone import now

from benchmarks import replay
from benchmarks.replay import Statement
from benchmarks.taps import Tap
from earnest.accounts import actions as accounts
from earnest.accounts.models import User
from earnest.checkins import access as checkins
from earnest.checkins.models import AnswerSlot, Round
from earnest.initiatives import actions as initiatives
from earnest.initiatives.access import secret_hash
from earnest.initiatives.models import Initiative, Participation, PersonLink
from earnest.pages import access as pages
from earnest.people.models import Person
from earnest.plans.models import Chain

FIRST_KEY = 7_000_000  # of people: a number that nothing else in a statement has


def sorts(count: int) -> dict[str, list[Tap]]:
    """So many taps of each sort, and one more to record."""
    initiative = _initiative()
    return {
        "check-in-answer": list(_answers(initiative, count + 1)),
        "mine-too": list(_mine_too(initiative, count + 1)),
    }


def counted() -> dict[str, int]:
    """How many of each sort are in the database."""
    return {
        "check-in-answer": AnswerSlot.objects.exclude(state=AnswerSlot.State.EMPTY).count(),
        "mine-too": Chain.objects.exclude(theirs_at=None).count(),
    }


def recorded(tap: Tap) -> list[Statement]:
    """What the product asks of the database for one tap."""
    client = Client(headers={"host": "localhost"})
    name, _is, value = tap.cookie.partition("=")
    client.cookies[name] = value
    with replay.recording(tap.stands) as statements:
        answer = client.post(tap.path, tap.form)
    assert answer.status_code == 302, f"{tap.path} answered {answer.status_code}"
    return statements


def _initiative() -> Initiative:
    at = now()
    user = User.objects.create_user("lead@example.org", None, name="Amara Diallo")
    place = accounts.start_workspace("Harbour Clinic", time_zone="UTC", by=user, at=at)
    return initiatives.start_initiative(
        place, title="One intake", target="One owner within a day", by=user, at=at
    )


def _answers(initiative: Initiative, count: int) -> Iterator[Tap]:
    """An open check-in without names: a link each."""
    at = now()
    ends = (at + timedelta(days=7)).date()
    about = {"made_at": at, "opened_at": at, "closes_on": ends, "asked_count": count}
    one = Round.objects.create(initiative=initiative, is_anonymous=True, **about)
    secrets = [checkins.new_secret(one.pk) for _ in range(count)]
    keys = sorted(checkins.key_of(secret) for secret in secrets)
    AnswerSlot.objects.bulk_create([AnswerSlot(key=key, round=one) for key in keys])
    said = {"understands": "4", "matters": "5", "doable": "3", "owns": "2", "line": "On a Friday"}
    for secret in secrets:
        stands = {"key": checkins.key_of(secret)}
        yield Tap(f"/c/{one.pk}/answered/", f"check-in={secret}", said, stands)


def _mine_too(initiative: Initiative, count: int) -> Iterator[Tap]:
    """Who was told how this serves them: one tap says that it is theirs, too."""
    at = now()
    lead = initiative.roles.get().user
    numbers = range(FIRST_KEY, FIRST_KEY + count)
    Person.objects.bulk_create(
        Person(pk=n, workspace=initiative.workspace, name=f"Joan {n}") for n in numbers
    )
    on_it: dict[str, Any] = {"initiative": initiative, "held_by": lead, "since": at}
    Participation.objects.bulk_create(
        Participation(pk=n + count, person_id=n, first_told_at=at, **on_it) for n in numbers
    )
    told = {"value": "Fridays", "link": "Cover", "made_at": at, "changed_at": at, "told_at": at}
    Chain.objects.bulk_create(
        Chain(pk=n + 2 * count, participation_id=n + count, **told) for n in numbers
    )
    over = at + timedelta(days=90)
    links = [
        PersonLink(
            pk=n + 3 * count,
            participation_id=n + count,
            secret_hash=secret_hash(str(n)),
            made_at=at,
            expires_at=over,
        )
        for n in numbers
    ]
    PersonLink.objects.bulk_create(links)
    for link in links:
        who, n = link.participation_id, link.pk - 3 * count
        stands = {"person": n, "participation": who, "chain": n + 2 * count, "link": link.pk}
        path = f"/mine/{who}/serves/{n + 2 * count}/mine/"
        yield Tap(path, f"mine={pages.token_for(link)}", {}, stands)
