"""How rounds stand: the list, one round, what is due, and a person's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from earnest.accounts.models import Workspace
from earnest.checkins.models import Line, NamedAnswer, Round
from earnest.checkins.queries.results import Figures, figures_of, may_be_published
from earnest.initiatives.models import Initiative, Participation
from earnest.messaging.models import Message

LONGEST = 1000  # of what the last one changed, as the column holds it
PAGE = 50


@dataclass(frozen=True, slots=True)
class Rounds:
    """One page of rounds, the latest first, and the key of the last where more follow."""

    rows: list[Round]
    next_key: int | None


def rounds_of(rounds: QuerySet[Round], initiative: Initiative, *, before: int | None) -> Rounds:
    found = rounds.filter(initiative=initiative)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = list(found.order_by("-pk")[: PAGE + 1])
    return Rounds(rows[:PAGE], rows[PAGE - 1].pk if len(rows) > PAGE else None)


def waits_for_answer(initiative: Initiative) -> Round | None:
    """The round that keeps a new one from being made: not opened, not closed, or not answered."""
    return Round.objects.filter(initiative=initiative, answered_at=None).first()


def last_of(initiative: Initiative, *, but: Round | None = None) -> Round | None:
    """The last round that is closed."""
    closed = Round.objects.filter(initiative=initiative, closed_at__isnull=False)
    if but is not None:
        closed = closed.exclude(pk=but.pk).filter(pk__lt=but.pk)
    return closed.order_by("-closed_at", "-pk").first()


def last_change(initiative: Initiative) -> str:
    """What was said to change by the last round, to begin the next with (2.4)."""
    rows = Round.objects.filter(initiative=initiative, closed_at__isnull=False)
    said = rows.order_by("-closed_at", "-pk").values_list("reply__changes", flat=True)
    return (said.first() or "")[:LONGEST]


@dataclass(frozen=True, slots=True)
class RoundPage:
    """What a closed round says, beside the round before it."""

    figures: dict[str, Figures]
    earlier: dict[str, Figures]
    quick: tuple[int, int] | None  # how many took under a minute, of how many


def page_of(round_: Round, *, is_led: bool) -> RoundPage:
    """By name its leads see every answer, so also every figure; others what was published."""
    last = last_of(round_.initiative, but=round_)
    by_name = is_led and not round_.is_anonymous
    results = may_be_published(round_.named.all()) if by_name else round_.results
    quick = results.get("under_a_minute")
    return RoundPage(
        figures=figures_of(results),
        earlier=figures_of(last.results) if last else {},
        quick=(quick["n"], quick["of"]) if quick else None,
    )


def named_answers(round_: Round) -> QuerySet[NamedAnswer]:
    """What was answered by name, for the leads."""
    there = round_.named.filter(participation__person__erased_at=None)
    return there.select_related("participation__person").order_by("participation__person__name")


def due_to_close(at: datetime) -> list[Round]:
    """Open rounds whose last day is over where they are."""
    rows = Round.objects.filter(opened_at__isnull=False, closed_at=None).order_by("pk")
    found = rows.select_related("initiative__workspace")
    return [one for one in found if one.initiative.workspace.day(at) > one.closes_on]


def open_unnamed() -> list[Round]:
    """Anonymous rounds that are open."""
    rows = Round.objects.filter(is_anonymous=True, opened_at__isnull=False, closed_at=None)
    return list(rows.order_by("pk"))


def with_sealed_mail(at: datetime) -> list[Round]:
    """Open anonymous rounds with mail that may leave now."""
    rows = Round.objects.filter(is_anonymous=True, opened_at__isnull=False, closed_at=None)
    waiting = Message.objects.ready(at).filter(sealed=True, initiative=OuterRef("initiative"))
    found = rows.filter(Exists(waiting)).select_related("initiative__workspace")
    return list(found.order_by("pk"))


def mails_to_send(round_: Round, at: datetime) -> list[int]:
    """Its mails that may leave now."""
    waiting = Message.objects.ready(at).filter(
        sealed=True, initiative=round_.initiative_id, thread=round_.thread
    )
    there = waiting.exclude(participation__person__email="")
    return list(there.values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class OwnCheckIn:
    """What stands on a person's own page: the round that is open, and the last one's results."""

    open: Round | None
    answered: bool  # by name; of an anonymous one nobody knows
    last: Round | None
    said: bool  # whether they answered that one by name
    figures: dict[str, Figures]


def own_check_in(participation: Participation) -> OwnCheckIn | None:
    """One query. What its leads answered lies above; it is joined by its name, never imported."""
    mine = NamedAnswer.objects.filter(round=OuterRef("pk"), participation=participation.pk)
    asked = Round.objects.filter(asked=participation, opened_at__isnull=False)
    rows = list(
        asked.annotate(by_me=Exists(mine)).select_related("reply").order_by("-opened_at")[:2]
    )
    if not rows:
        return None
    still_open = rows[0] if rows[0].is_open else None
    last = next((one for one in rows if one.closed_at), None)
    return OwnCheckIn(
        open=still_open,
        answered=bool(still_open and getattr(still_open, "by_me", False)),
        last=last,
        said=bool(last and getattr(last, "by_me", False)),
        figures=figures_of(last.results) if last else {},
    )


def old_lines(workspace: Workspace, *, before: datetime, most: int) -> list[int]:
    """Open lines of initiatives that were closed too long ago."""
    over = Line.objects.filter(
        round__initiative__workspace=workspace, round__initiative__closed_at__lt=before
    )
    return list(over.order_by("pk").values_list("pk", flat=True)[:most])
