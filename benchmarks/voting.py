"""Votes accepted by the product's own server: with names by links of people, without names by browsers.

    DATABASE_URL=… EARNEST_DATA_DIR=… python -m benchmarks.voting

As ``benchmarks.taps``: beside each, in turn, a bare Django view behind the same middleware that runs the
same statements in raw SQL, and one that inserts one row. Prints JSON. Every vote is another voter's, on
one of a hundred statements, and each is counted in the database afterwards.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from benchmarks.taps import Tap, measured

TAPS = 14_000  # more than all windows take
STATEMENTS = 100
FIRST_KEY = 9_000_000  # of people; of sentences the half: numbers that nothing else has


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from benchmarks import replay
    from benchmarks.measure import served
    from benchmarks.tapping import recorded

    call_command("migrate", verbosity=0)
    sorts = {"vote-with-names": list(named(TAPS + 1)), "vote-without": list(unnamed(TAPS + 1))}
    kept = {name: recorded(taps.pop()) for name, taps in sorts.items()}
    replay.keep(kept, Path(os.environ["EARNEST_DATA_DIR"]))
    before = counted()
    connections.close_all()
    with served() as port:
        found = {name: measured(port, name, taps) for name, taps in sorts.items()}
    accepted = sum(one["accepted"] for one in found.values())
    if counted() - before != accepted:
        raise RuntimeError(f"{accepted} accepted, {counted() - before} there")
    for name, one in found.items():
        one["statements"] = len(kept[name])
        one["of_bare"] = round(one["of_bare"], 3)
    print(json.dumps(found))


def counted() -> int:
    from earnest.ideas.models import Vote

    return Vote.objects.count()


def _space(*, names: bool):  # type: ignore[no-untyped-def]
    """A space with statements, and their keys."""
    from django.utils.timezone import now

    from benchmarks.tapping import _initiative
    from earnest.ideas.models import Space, Statement
    from earnest.initiatives.models import Initiative

    at = now()
    there = Initiative.objects.first() or _initiative()
    space = Space.objects.create(initiative=there, question="How?", names=names, made_at=at)
    more = {"space": space, "made_on": at.date(), "state": "shown"}
    first = FIRST_KEY // 2 + names * STATEMENTS
    rows = [Statement(pk=first + n, words=f"Sentence {n}", **more) for n in range(STATEMENTS)]
    return space, [row.pk for row in Statement.objects.bulk_create(rows)]


def said(statement: int) -> dict[str, str]:
    return {"statement": str(statement), "value": "agree"}


def named(count: int) -> Iterator[Tap]:
    """People on an initiative, each with a link and a voice there, as after a first vote."""
    from django.utils.timezone import now

    from benchmarks.tapping import _links
    from earnest.ideas.models import Voice
    from earnest.initiatives.models import Participation, PersonLink
    from earnest.pages import access as pages
    from earnest.people.models import Person

    at = now()
    space, statements = _space(names=True)
    lead = space.initiative.roles.get().user
    keys = range(FIRST_KEY, FIRST_KEY + count)
    place = space.initiative.workspace
    Person.objects.bulk_create(Person(pk=n, workspace=place, name=f"Joan {n}") for n in keys)
    there = range(keys.stop, keys.stop + count)
    on_it = {"initiative": space.initiative, "held_by": lead, "since": at - timedelta(days=1)}
    Participation.objects.bulk_create(
        Participation(pk=pk, person_id=n, **on_it) for pk, n in zip(there, keys, strict=True)
    )
    voices = range(there.stop, there.stop + count)
    Voice.objects.bulk_create(
        Voice(pk=pk, space=space, participation_id=who)
        for pk, who in zip(voices, there, strict=True)
    )
    links = PersonLink.objects.bulk_create(
        _links(range(voices.stop, voices.stop + count), there, at)
    )
    for n, (who, voice, link) in enumerate(zip(there, voices, links, strict=True)):
        statement = statements[n % STATEMENTS]
        path = f"/mine/{who}/spaces/{space.pk}/vote/answered/"
        stands = {"participation": who, "voice": voice, "link": link.pk, "statement": statement}
        yield Tap(path, f"mine={pages.token_for(link)}", said(statement), stands)


def unnamed(count: int) -> Iterator[Tap]:
    """Browsers, each with a secret that is known here already."""
    from earnest.ideas import access
    from earnest.ideas.access.spaces import key_hash
    from earnest.ideas.models import Voice

    space, statements = _space(names=False)
    token = access.token_of(space)
    keys = [secrets.token_urlsafe(24) for _ in range(count)]
    voices = [2**50 + n for n in range(count)]
    Voice.objects.bulk_create(
        Voice(pk=pk, space=space, key_hash=key_hash(key))
        for pk, key in zip(voices, keys, strict=True)
    )
    for n, (voice, key) in enumerate(zip(voices, keys, strict=True)):
        statement = statements[n % STATEMENTS]
        path = f"/together/{token}/vote/answered/"
        stands = {"voice": voice, "hash": key_hash(key), "statement": statement}
        yield Tap(path, f"voice={key}", said(statement), stands)


if __name__ == "__main__":
    main()
