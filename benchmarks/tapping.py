"""People with an open check-in, and people to whom was told how this serves them: each with a tap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
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
from earnest.listening.models import NeedNamed
from earnest.pages import access as pages
from earnest.people.models import Person
from earnest.plans.models import Chain

PATHS = {
    "yes-to-carrying": "/mine/{participation}/needs/{named}/carry/",
    "mine-too": "/mine/{participation}/serves/{chain}/mine/",
}
KEYS = tuple(enumerate(("person", "participation", "chain", "named", "link")))
FIRST_KEY = 7_000_000  # of people: a number that nothing else in a statement has


def sorts(count: int) -> dict[str, list[Tap]]:
    """So many taps of each sort, and one more to record."""
    initiative = _initiative()
    return {
        "check-in-answer": list(_answers(initiative, count + 1)),
        **_of_people(initiative, count + 1),
    }


def counted() -> dict[str, int]:
    """How many of each sort are in the database."""
    return {
        "check-in-answer": AnswerSlot.objects.exclude(state=AnswerSlot.State.EMPTY).count(),
        "yes-to-carrying": NeedNamed.objects.exclude(may_carry_at=None).count(),
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


def _of_people(initiative: Initiative, count: int) -> dict[str, list[Tap]]:
    """Each with a link to a page of their own, a need they named, and how this is to serve them."""
    at = now()
    lead, numbers = initiative.roles.get().user, range(FIRST_KEY, FIRST_KEY + count)
    keys = {name: range(FIRST_KEY + n * count, FIRST_KEY + (n + 1) * count) for n, name in KEYS}
    Person.objects.bulk_create(
        Person(pk=n, workspace=initiative.workspace, name=f"Joan {n}") for n in numbers
    )
    on_it: dict[str, Any] = {"initiative": initiative, "held_by": lead, "since": at}
    Participation.objects.bulk_create(
        Participation(pk=pk, person_id=n, first_told_at=at, **on_it)
        for pk, n in zip(keys["participation"], numbers, strict=True)
    )
    there = keys["participation"]
    told = {"value": "Fridays", "link": "Cover", "made_at": at, "changed_at": at, "told_at": at}
    Chain.objects.bulk_create(
        Chain(pk=pk, participation_id=who, **told)
        for pk, who in zip(keys["chain"], there, strict=True)
    )
    need = initiative.needs.create(words="something that lasts", made_at=at)
    NeedNamed.objects.bulk_create(
        NeedNamed(pk=pk, need=need, participation_id=who, words=need.words, at=at)
        for pk, who in zip(keys["named"], there, strict=True)
    )
    links = PersonLink.objects.bulk_create(_links(keys["link"], there, at))
    rows = list(zip(numbers, there, keys["chain"], keys["named"], links, strict=True))
    stands = [
        {"person": n, "participation": who, "chain": chain, "named": named, "link": link.pk}
        for n, who, chain, named, link in rows
    ]
    cookies = [f"mine={pages.token_for(link)}" for *_, link in rows]
    return {
        name: [
            Tap(path.format(**one), cookie, {}, one)
            for one, cookie in zip(stands, cookies, strict=True)
        ]
        for name, path in PATHS.items()
    }


def _links(keys: range, there: range, at: datetime) -> list[PersonLink]:
    over = at + timedelta(days=90)
    return [
        PersonLink(
            pk=pk,
            participation_id=who,
            secret_hash=secret_hash(str(pk)),
            made_at=at,
            expires_at=over,
        )
        for pk, who in zip(keys, there, strict=True)
    ]
