"""Reads of talks that are being written down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch

from earnest.accounts.models import User
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Sheet, Talk

MOST_CHOICES = 50
MOST_NOT_ENDED = 20


def not_ended(initiative: Initiative) -> list[Talk]:
    """Talks begun and not ended, the latest first: shown to every lead, so that none lies hidden."""
    there = Participation.objects.select_related("person").only("person__name")
    rows = Talk.objects.filter(initiative=initiative, ended_at=None).select_related("by")
    found = rows.prefetch_related(Prefetch("people", there)).order_by("-begun_at", "-pk")
    return list(found[:MOST_NOT_ENDED])


def talk_with(
    user: User, initiative: Initiative, people: Iterable[Participation], *, key: str = ""
) -> Talk | None:
    """The talk this user began with just these people and did not end; of several, that one."""
    wanted = {one.pk for one in people}
    open_ones = Talk.objects.filter(initiative=initiative, by=user, ended_at=None)
    rows = open_ones.prefetch_related("people", "sheets").order_by("-written_at", "-pk")[:50]
    found = [talk for talk in rows if {one.pk for one in talk.people.all()} == wanted]
    named = (talk for talk in found if str(talk.key) == key)
    return next(named, None) or next(iter(found), None)


def last_sheet(talk: Talk) -> Sheet | None:
    """Where one goes on, on another device: what was written last."""
    written = [sheet for sheet in talk.sheets.all() if sheet.text.strip()]
    return max(written, key=lambda sheet: (sheet.written_at, sheet.pk), default=None)


def choices(
    initiative: Initiative, *, q: str, chosen: Sequence[Participation]
) -> list[Participation]:
    """Whom one may listen to: those chosen already, then those the search finds."""
    here = Participation.objects.may_be_asked().filter(initiative=initiative)
    found = here.filter(person__name__icontains=q.strip()) if q.strip() else here
    found = found.exclude(pk__in=[one.pk for one in chosen]).select_related("person__team")
    return [*chosen, *found.order_by("person__name", "pk")[:MOST_CHOICES]]
