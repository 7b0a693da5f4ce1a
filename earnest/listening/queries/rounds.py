"""Reads of a listening round: who waits and why, whom one could still ask, whose turn it is today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from earnest.core.paging import read_number
from earnest.initiatives.models import Initiative, Participation, ParticipationQuerySet
from earnest.initiatives.queries import Sought, people_on
from earnest.listening.models import Ask, Invitation, Round
from earnest.listening.queries.briefs import Gate, gates_for
from earnest.people.models import Away, Person
from earnest.standing.models import Rung

PAGE = 50
LOOKED_AT = 200  # how many are looked at for one day's batch
State = Invitation.State


def people_page(round_: Round, sought: Sought) -> tuple[list[Participation], int | None, set[int]]:
    """Fifty people of the initiative by name, the key of the last, and who is in the round."""
    page = people_on(round_.ask.initiative, sought)
    rows = Invitation.objects.filter(ask=round_.ask_id, participation__in=page.rows)
    there = rows.exclude(state=State.WITHDRAWN).values_list("participation", flat=True)
    return page.rows, page.next_key, set(there)


def held_back(
    people: Sequence[Participation], initiative: Initiative, *, at: datetime
) -> dict[int, str]:
    """Who could not be asked today, and why, before they are taken in. One query."""
    prefetch_related_objects([one.person for one in people], "away")
    today = initiative.workspace.day(at)
    waits = {one.pk: _waits_by_itself(one, today, at) for one in people}
    return {pk: why for pk, why in waits.items() if why}


def not_heard(round_: Round, *, team: int | None = None) -> ParticipationQuerySet:
    """Everyone who may be asked, was not heard yet, and is not in the round."""
    heard = Rung.objects.filter(participation=OuterRef("pk"), heard_at__isnull=False)
    there = Invitation.objects.filter(ask=round_.ask_id, participation=OuterRef("pk"))
    free = Participation.objects.may_be_asked().filter(initiative=round_.ask.initiative_id)
    free = free.filter(~Exists(heard), ~Exists(there))
    return free.filter(person__team=team) if team else free


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who waits, and why they still do; empty where only their day has not come."""

    invitation: Invitation
    waits: str

    @property
    def person(self) -> Person:
        return self.invitation.participation.person


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """Some who wait, in the order of their turn, and the key of the last."""

    turns: list[Turn]
    next_after: int | None


def waiting_page(round_: Round, *, at: datetime, after: str = "", only: str = "") -> WaitingPage:
    """Who waits for their day, fifty at a time. Four queries at most."""
    rows = _waiting(round_)
    if only == "why":
        rows = rows.filter(why_you="")
    if (last := read_number(after)) is not None:
        rows = rows.filter(pk__gt=last)
    found = list(rows.order_by("pk")[: PAGE + 1])
    shown = found[:PAGE]
    return WaitingPage(turns_of(round_, shown, at=at), shown[-1].pk if len(found) > PAGE else None)


def waiting_rows(round_: Round, keys: set[int]) -> list[Invitation]:
    """These, as far as they still wait."""
    return list(_waiting(round_).filter(pk__in=keys).order_by("pk")[:PAGE])


def without_why(round_: Round) -> int:
    """How many nobody said yet why they are asked."""
    return _waiting(round_).filter(why_you="").count()


def _waiting(round_: Round) -> QuerySet[Invitation]:
    rows = Invitation.objects.filter(ask=round_.ask_id, state=State.WAITING)
    rows = rows.filter(participation__person__erased_at=None)
    away = Prefetch("participation__person__away", Away.objects.order_by("first_day"))
    whole = ("ask__by", "participation__person__workspace", "participation__initiative__workspace")
    return rows.select_related(*whole).prefetch_related(away)


def turns_of(round_: Round, rows: Sequence[Invitation], *, at: datetime) -> list[Turn]:
    """Each with why they wait today; briefs are read only where the ask needs them."""
    ask = round_.ask
    people = [row.participation for row in rows]
    gates = {} if ask.kind == Ask.Kind.INPUT else gates_for(ask.initiative, people)
    today = ask.initiative.workspace.day(at)
    return [Turn(row, _waits(row, gates.get(row.participation_id), today, at)) for row in rows]


def _waits(row: Invitation, gate: Gate | None, today: date, at: datetime) -> str:
    if not row.why_you:
        return _("waits: say why them")
    if gate and not gate.is_open:
        return _("waits: not enough is known of them yet")
    return _waits_by_itself(row.participation, today, at)


def _waits_by_itself(participation: Participation, today: date, at: datetime) -> str:
    """What keeps them for now; it is looked at again the next day. Never by whom (privacy.md 9)."""
    person = participation.person
    if participation.asked_to_stop:
        return _("waits: asked to be left alone")
    if person.wants_less_at:
        return _("waits: asked for less")
    if person.left_alone_until and person.left_alone_until > at:
        return _("waits: left alone until %(day)s") % {"day": _day(person.left_alone_until)}
    if person.asked_enough_until and person.asked_enough_until > at:
        until = _day(person.asked_enough_until)
        return _("waits: asked enough for now, until %(day)s") % {"day": until}
    for away in person.away.all():
        if away.first_day <= today <= away.last_day:
            return _("waits: away until %(day)s") % {"day": date_format(away.last_day, "j F")}
    return ""


def _day(moment: datetime) -> str:
    return date_format(localtime(moment), "j F")


def next_in_turn(round_: Round, *, at: datetime) -> list[Invitation]:
    """Who can be asked today, in turn: looked for among those whom nothing lasting holds."""
    person = "participation__person__"
    held = (
        Q(why_you="")
        | Q(participation__stopped_at__isnull=False)
        | Q(**{f"{person}stopped_at__isnull": False})
        | Q(**{f"{person}wants_less_at__isnull": False})
        | Q(**{f"{person}left_alone_until__gt": at})
        | Q(**{f"{person}asked_enough_until__gt": at})
    )
    likely = list(_waiting(round_).exclude(held).order_by("pk")[:LOOKED_AT])
    return [one.invitation for one in turns_of(round_, likely, at=at) if not one.waits]


def sent_on(round_: Round, day: date) -> int:
    """How many were asked on this day, in the workspace's own calendar."""
    zone = ZoneInfo(round_.ask.initiative.workspace.time_zone)
    begins = datetime.combine(day, time(), tzinfo=zone)
    rows = Invitation.objects.filter(ask=round_.ask_id, sent_at__gte=begins)
    return rows.filter(sent_at__lt=begins + timedelta(days=1)).count()


def due_rounds() -> list[Round]:
    """Rounds that go on, of initiatives that do."""
    going = Round.objects.filter(paused_at=None, ended_at=None, ask__initiative__closed_at=None)
    return list(going.select_related("ask__initiative__workspace", "ask__by").order_by("pk"))
