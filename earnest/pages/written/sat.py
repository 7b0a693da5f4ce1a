"""Working sessions they were in or can come into now, and introductions they were offered (4.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from earnest.ideas.models import Seat, Session
from earnest.initiatives.models import Participation
from earnest.pages.written.rows import APART, Happening, Row, by_moment, in_one, rows_as
from earnest.rhythm.models import Introduction, IntroductionSide


@dataclass(frozen=True, slots=True)
class Sat:
    """They were there; where a lead let a phone in as them, who did."""

    session_pk: int
    space_pk: int
    question: str
    at: datetime
    let_in_by: str = ""


@dataclass(frozen=True, slots=True)
class Met:
    """An introduction they were offered: of the other nothing stands here."""

    side: IntroductionSide
    state: str
    made_at: datetime

    @property
    def waits(self) -> bool:
        """For their own answer: whether the other has answered is not told by it."""
        open_ones = {Introduction.State.OFFERED, Introduction.State.NOT_TAKEN}
        return not self.side.answer and self.state in open_ones


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    there = Seat.objects.filter(voice__participation=participation.pk)
    running = Session.objects.filter(
        space__initiative=participation.initiative_id, space__names=True, ended_at=None
    )
    nameless = Session.objects.filter(
        space__initiative=participation.initiative_id, space__names=False
    )
    offered = IntroductionSide.objects.filter(participation=participation.pk)
    about: dict[str, Any] = {
        "has_place": False,
        "words": "space__question",
        "conversation_id": "space_id",
    }
    return [
        rows_as(
            "sat",
            there,
            has_place=False,
            pk="session_id",
            conversation_id="session__space_id",
            words="session__space__question",
            at="session__made_at",
            who="let_in_by__name",
        ),
        rows_as("running", running, at="made_at", **about),
        rows_as("nameless", nameless, at="made_at", **about),
        rows_as(
            "met",
            offered.annotate(told=in_one("answer", "introduction__state")),
            has_place=False,
            words="line",
            more="told",
            at="introduction__made_at",
            right_at="answered_at",
            own_hand="shows_address",
        ),
    ]


def read(met: dict[str, list[Row]]) -> dict[str, Any]:
    """The latest first."""
    return {
        "sat": [_sat(row) for row in sorted(met.get("sat", ()), key=by_moment, reverse=True)],
        "running": [_sat(row) for row in sorted(met.get("running", ()), key=by_moment)],
        "nameless": [_sat(row) for row in sorted(met.get("nameless", ()), key=by_moment)],
        "met": [_met(row) for row in sorted(met.get("met", ()), key=by_moment, reverse=True)],
    }


def _sat(row: Row) -> Sat:
    return Sat(row.pk, row.conversation_id or 0, row.words, row.at, row.who or "")


def _met(row: Row) -> Met:
    answer, state = row.more.split(APART)
    side = IntroductionSide(
        pk=row.pk,
        answer=answer,
        answered_at=row.right_at,
        line=row.words,
        shows_address=bool(row.own_hand),
    )
    return Met(side, state, row.at)


def happened(sat: list[Sat], met: list[Met], name: str) -> list[Happening]:
    """There, offered, answered: each on its day."""
    return [
        *(_from_sat(one) for one in sat),
        *(happening for one in met for happening in _from_met(one, name)),
    ]


def _from_sat(one: Sat) -> Happening:
    said = _("Was in a working session: %(question)s") % {"question": one.question}
    if one.let_in_by:
        said += ". " + _("%(name)s let a phone in as them") % {"name": one.let_in_by}
    return Happening(one.at, "heard", said, one.let_in_by)


def _from_met(one: Met, name: str) -> list[Happening]:
    out = [Happening(one.made_at, "", _("Offered an introduction to somebody"))]
    if one.side.answered_at:
        said = _("Answered to an introduction: %(answer)s")
        words = f" “{one.side.line}”" if one.side.line else ""
        text = said % {"answer": one.side.get_answer_display()} + words
        out.append(Happening(one.side.answered_at, "", text, name))
    return out
