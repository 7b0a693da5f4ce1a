"""What a database knows that a backup of it, being older, cannot: read before it is replaced.

Only what somebody may rely on: whoever said stop, was erased, was asked, or took back a link or a
yes, is not to be surprised because somebody restored a file (privacy.md 4, 6, 13).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from earnest.accounts.models import EstimateTurn, Workspace
from earnest.initiatives.models import Participation, PersonLink
from earnest.listening.models import Quote
from earnest.messaging.models import Contact, Suppression
from earnest.pages import ledger
from earnest.pages.queries.since_votes import VotesSince, votes_since
from earnest.people.models import Person
from earnest.plans.models import NewsStop, StoryVoice
from earnest.standing.actions import NOT_RIGHT
from earnest.standing.models import Evidence

type Row = Mapping[str, Any]
WISHES = ("stopped_at", "wants_less_at", "not_estimated_at")
PERSON = ("pk", *WISHES)
SUPPRESSION = ("workspace_id", "address_hash", "reason", "at")


@dataclass(slots=True)
class Since:
    """Of the workspaces that are the same in both; nothing where the old database is not there."""

    places: dict[str, int] = field(default_factory=dict)
    people: list[Row] = field(default_factory=list)
    stopped_on: list[Row] = field(default_factory=list)
    suppressed: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    quotes: dict[int, str] = field(default_factory=dict)
    no_news: list[Row] = field(default_factory=list)
    voices: dict[int, str] = field(default_factory=dict)
    no_estimates: dict[int, Row] = field(
        default_factory=dict
    )  # workspaces without, and who said so
    no_reports: list[int] = field(
        default_factory=list
    )  # those where it covers no lead's own people
    not_right: list[Row] = field(default_factory=list)
    votes: VotesSince = field(default_factory=VotesSince)


def since(at: datetime) -> Since:
    """Everything of it, as of now; ``at`` is when the backup was made."""
    before = at - ledger.LOOKS_BACK
    wishes = reduce(or_, (Q(**{f"{name}__isnull": False}) for name in WISHES))
    columns = [one.attname for one in Contact._meta.concrete_fields]
    return Since(
        places=places(),
        people=list(Person.objects.filter(wishes).order_by("pk").values(*PERSON)),
        stopped_on=list(
            Participation.objects.filter(stopped_at__isnull=False)
            .order_by("pk")
            .values("pk", "stopped_at")
        ),
        suppressed=list(Suppression.objects.order_by("pk").values(*SUPPRESSION)),
        contacts=list(Contact.objects.filter(at__gte=before).order_by("id").values(*columns)),
        links=list(
            PersonLink.objects.filter(revoked_at__gte=before)
            .order_by("pk")
            .values("pk", "revoked_at")
        ),
        quotes=_quotes(before),
        no_news=list(NewsStop.objects.order_by("pk").values("participation_id", "at")),
        voices=dict(StoryVoice.objects.order_by("pk").values_list("pk", "state")),
        no_estimates=_no_estimates(),
        no_reports=list(
            Workspace.objects.filter(estimates_cover_reports=False).values_list("pk", flat=True)
        ),
        not_right=list(
            Evidence.objects.filter(source=NOT_RIGHT, at__gte=before)
            .order_by("at", "id")
            .values("participation_id", "corrects", "at")
        ),
        votes=votes_since(before),
    )


def places() -> dict[str, int]:
    return {ledger.place_of(one): one.pk for one in Workspace.objects.order_by("pk")}


def _no_estimates() -> dict[int, Row]:
    """Workspaces with the estimate off, each with its last turn; empty where it never was on."""
    off = Workspace.objects.filter(estimates_since=None)
    found: dict[int, Row] = {pk: {} for pk in off.values_list("pk", flat=True)}
    turns = EstimateTurn.objects.filter(workspace__in=found, is_on=False).order_by("at", "pk")
    for row in turns.values("workspace_id", "why", "by_id", "at"):
        found[row["workspace_id"]] = row
    return found


def _quotes(before: datetime) -> dict[int, str]:
    """To whom each may be passed on; one that was mended since, to nobody until they say so."""
    rows = Quote.objects.order_by("pk").values_list("pk", "passed_on", "corrected_at")
    leads = Quote.PassedOn.LEADS_ONLY.value
    return {
        pk: leads if corrected and corrected >= before else passed_on
        for pk, passed_on, corrected in rows.iterator()
    }
