"""Advising on where to begin: a thousand parts, a hundred thousand people, a million ties.

    DATABASE_URL=… EARNEST_DATA_DIR=… python -m benchmarks.advising

Every one of the thousand parts said yes, which is more than any page asks for. Measured: the whole
advice from the database's rows to sentences, and the engine alone. Where the open networks are,
their departments too. Prints JSON.
"""

from __future__ import annotations

import json
import os
import time
from datetime import UTC, datetime
from itertools import batched
from pathlib import Path
from typing import Any

PARTS, PEOPLE, TIES = 1_000, 100_000, 1_000_000
HERE = Path(__file__).resolve()
DATA = os.environ.get("EARNEST_DATA") or HERE.parents[2] / "shared/data"
REAL = Path(DATA) / "networks"
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
AT_ONCE = 5_000
INSERT = """INSERT INTO people_tie (person_id, other_id, kind, weight, source)
    VALUES (%s, %s, %s, %s, %s)"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    found = {"organisation": organisation(), "engine": engine(), "real": real()}
    print(json.dumps(found, indent=2))


def organisation() -> dict[str, Any]:
    """Rows to sentences, and how many statements that takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from earnest.pilots import advising

    initiative, volunteers = built()
    seconds = []
    for _again in range(3):
        began = time.perf_counter()
        with CaptureQueriesContext(connection) as asked:
            told = advising.weigh(initiative, volunteers)
        seconds.append(time.perf_counter() - began)
    return {
        "parts": len(told),
        "statements": len(asked),
        "seconds": round(sorted(seconds)[1], 2),
        "for_one": told[0].reasons,
    }


def built() -> tuple[Any, list[Any]]:
    """Teams of a hundred; most ties lie inside a team or in the next ones, some go anywhere."""
    import numpy as np
    from django.db import connection, transaction

    from earnest.accounts import actions as accounts
    from earnest.accounts.models import User
    from earnest.initiatives import actions as initiatives
    from earnest.people.models import Person, Team
    from earnest.pilots.models import Volunteer

    lead = User.objects.create_user("lead@example.org", "a long walk home", name="Lead")
    workspace = accounts.start_workspace("Large", time_zone="UTC", by=lead, at=AT)
    initiative = initiatives.start_initiative(
        workspace, title="One intake", target="One owner", by=lead, at=AT
    )
    Team.objects.bulk_create(Team(workspace=workspace, name=f"Part {n}") for n in range(PARTS))
    teams = list(Team.objects.filter(workspace=workspace).order_by("pk"))
    Person.objects.bulk_create(
        (
            Person(workspace=workspace, name=f"P {n}", job=f"Job {n % 23}", team=teams[n % PARTS])
            for n in range(PEOPLE)
        ),
        batch_size=AT_ONCE,
    )
    people = list(Person.objects.order_by("pk").values_list("pk", flat=True))
    draw = np.random.default_rng(11)
    one = draw.integers(0, PEOPLE, TIES + TIES // 10)
    far = draw.random(one.size) < 0.2
    near = one + PARTS * draw.integers(1, 40, one.size) + draw.integers(0, 4, one.size)
    other = np.where(far, draw.integers(0, PEOPLE, one.size), near % PEOPLE)
    pairs = list(dict.fromkeys(zip(one.tolist(), other.tolist(), strict=True)))[:TIES]
    rows = ((people[a], people[b], "works_with", 1.0, "") for a, b in pairs)
    with transaction.atomic(), connection.cursor() as cursor:
        for some in batched(rows, AT_ONCE):
            cursor.executemany(INSERT, some)
    return initiative, [Volunteer(part=team.name, team=team) for team in teams]


def engine() -> dict[str, float]:
    import numpy as np

    from earnest.engine.reach import Network, advise

    draw = np.random.default_rng(11)
    network = Network(
        draw.integers(0, PARTS, PEOPLE),
        {"job": draw.integers(0, 23, PEOPLE)},
        draw.integers(0, PEOPLE, (TIES, 2)),
    )
    began = time.perf_counter()
    advise(network, [[part] for part in range(PARTS)])
    return {"seconds": round(time.perf_counter() - began, 2)}


def real() -> dict[str, Any]:
    """1,005 people and 42 departments of a real organisation (email-Eu-core), where it is there."""
    if not REAL.exists():
        return {}
    import numpy as np

    from earnest.engine.reach import Network, advise

    labels = np.loadtxt(REAL / "email-Eu-core-department-labels.txt", dtype=np.int64)
    ties = np.loadtxt(REAL / "email-Eu-core.txt", dtype=np.int64)
    part = np.empty(labels.shape[0], np.int64)
    part[labels[:, 0]] = labels[:, 1]
    began = time.perf_counter()
    found = advise(Network(part, {}, ties), [[one] for one in range(42)])
    told = [one for one in found if one.can_be_told]
    return {
        "seconds": round(time.perf_counter() - began, 3),
        "departments_told": len(told),
        "most_departments_reached": max(one.reaches_parts for one in told),
        "fewest_departments_reached": min(one.reaches_parts for one in told),
    }


if __name__ == "__main__":
    main()
