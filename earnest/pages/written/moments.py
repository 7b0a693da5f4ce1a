"""Moments written for them beforehand, those that came, and what is not to be watched for (0.8)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.pages.written.rows import APART, Happening, Row, by_moment, in_one, rows_as
from earnest.people.models import Team
from earnest.practice.models import Lesson, Moment, MomentSeen, NotWatched, Point
from earnest.practice.queries.moments import moments_about

MOST = 100  # of each: as many as anybody reads
State = MomentSeen.State
COLUMNS: dict[str, Any] = {
    "has_place": False,
    "words": "what",
    "more": "told",
    "who": "by__name",
    "on": "on",
    "at": "made_at",
    "conversation_id": "participation_id",
    "start": "team_id",
}
TOLD = ("point", "lesson", "link", "how", "words", "joins", "team")
SEEN: dict[str, Any] = {
    "has_place": False,
    "more": "told",
    "who": "by__name",
    "on": "lapses_on",
    "at": "noticed_at",
    "right_at": "state_at",
    "conversation_id": "moment_id",
    "start": "message_id",
}
SEEN_TOLD = ("what", "point", "lesson", "how", "word", "state")


@dataclass(frozen=True, slots=True)
class Coming:
    """What is written for them, what came, and what they do not want watched for."""

    written: list[Moment] = field(default_factory=list)
    seen: list[MomentSeen] = field(default_factory=list)
    not_watched: frozenset[int] = frozenset()  # keys of moments
    none_watched: bool = False

    @property
    def open_for(self) -> frozenset[int]:
        """Moments that came and wait: what came last is not noticed again."""
        return frozenset(one.moment_id for one in self.seen if one.state == State.WAITING)

    def __bool__(self) -> bool:
        return bool(self.written or self.seen or self.not_watched or self.none_watched)


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    """As they stand; of seen ones also those whose moment was stopped since."""
    standing = moments_about(participation).filter(stopped_at=None).order_by("-pk")
    written = Moment.objects.filter(pk__in=standing.values("pk")[:MOST])
    told = in_one(
        *("point__words", "lesson__title", "link", "how", "words"),
        _named("joins__name"),
        _named("team__name"),
    )
    latest = MomentSeen.objects.filter(participation=participation.pk).order_by("-noticed_at")
    seen = MomentSeen.objects.filter(pk__in=latest.values("pk")[:MOST])
    seen_told = in_one(
        *("moment__what", "moment__point__words", "moment__lesson__title"),
        *("how", "word", "state"),
    )
    nothing = NotWatched.objects.filter(participation=participation.pk)
    empty = Cast(Value(""), TextField())
    columns = {"has_place": False, "words": "said", "at": "at", "conversation_id": "of"}
    return [
        rows_as("moment", written.annotate(told=told), **COLUMNS),
        rows_as("moment seen", seen.annotate(told=seen_told), **SEEN),
        rows_as(
            "not watched",
            nothing.annotate(said=empty, of=Cast(F("moment_id"), IntegerField())),
            **columns,  # type: ignore[arg-type]
        ),
    ]


def _named(column: str) -> Coalesce:
    return Coalesce(Cast(column, TextField()), Value("", output_field=TextField()))


def read(met: dict[str, list[Row]], here: int) -> dict[str, Any]:
    """The latest first."""
    not_watched = met.get("not watched", ())
    return {
        "moments": Coming(
            [_moment(row, here) for row in _latest(met, "moment")],
            [_seen(row, here) for row in _latest(met, "moment seen")],
            frozenset(row.conversation_id for row in not_watched if row.conversation_id),
            any(row.conversation_id is None for row in not_watched),
        )
    }


def _latest(met: dict[str, list[Row]], sort: str) -> list[Row]:
    return sorted(met.get(sort, ()), key=by_moment, reverse=True)


def _moment(row: Row, here: int) -> Moment:
    told = dict(zip(TOLD, row.more.split(APART, len(TOLD) - 1), strict=True))
    return Moment(
        pk=row.pk,
        initiative_id=here,
        what=row.words,
        point=Point(words=told["point"]),
        lesson=Lesson(title=told["lesson"]),
        link=told["link"],
        how=told["how"],
        words=told["words"],
        joins=Team(name=told["joins"]),
        team=Team(pk=row.start, name=told["team"]) if row.start else None,
        participation_id=row.conversation_id,
        on=row.on,
        made_at=row.at,
        by=User(pk=0, name=row.who) if row.who else None,
    )


def _seen(row: Row, here: int) -> MomentSeen:
    told = dict(zip(SEEN_TOLD, row.more.split(APART, len(SEEN_TOLD) - 1), strict=True))
    moment = Moment(
        pk=row.conversation_id,
        what=told["what"],
        point=Point(words=told["point"]),
        lesson=Lesson(title=told["lesson"]),
    )
    return MomentSeen(
        pk=row.pk,
        initiative_id=here,
        moment=moment,
        how=told["how"],
        word=told["word"],
        words=row.words,
        state=told["state"],
        state_at=row.right_at,
        noticed_at=row.at,
        lapses_on=row.on,
        message_id=row.start,
        by=User(pk=0, name=row.who) if row.who else None,
    )


def happened(coming: Coming) -> list[Happening]:
    """Noticed, and what became of it, each on its day."""
    out = []
    for one in coming.seen:
        said = _("A moment came: %(what)s") % {"what": one.moment.what}
        out.append(Happening(one.noticed_at, "", said, str(one.by or "")))
        if one.state != State.WAITING:
            became = _("What became of that moment: %(state)s") % {"state": one.get_state_display()}
            out.append(Happening(one.state_at, "", became))
    return out
