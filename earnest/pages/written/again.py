"""What they did, asked about again, and what they answered (4.2)."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.initiatives.models import Participation
from earnest.pages.written.rows import APART, Happening, Row, in_one, rows_as
from earnest.promises.models import AskedAgain

COLUMNS: dict[str, Any] = {
    "has_place": False,
    "more": "told",
    "who": "noted_by__name",
    "on": "due",
    "at": "deed_at",
    "right_at": "asked_at",
    "corrected_at": "answered_at",
    "own_hand": "is_no",
    "conversation_id": "message_id",
    "start": "after",
}
TOLD = ("deed", "state", "why", "answer")


def parts(participation: Participation) -> list[QuerySet[Any, Any]]:
    rows = AskedAgain.objects.filter(participation=participation.pk)
    return [rows_as("again", rows.annotate(told=in_one(*TOLD)), **COLUMNS)]


def read(met: dict[str, list[Row]], here: int) -> dict[str, Any]:
    """The latest first."""
    rows = [_again(row, here) for row in met.get("again", ())]
    return {"asked_again": sorted(rows, key=lambda one: (one.due, one.after), reverse=True)}


def _again(row: Row, here: int) -> AskedAgain:
    told = dict(zip(TOLD, row.more.split(APART), strict=True))
    return AskedAgain(
        pk=row.pk,
        initiative_id=here,
        after=row.start,
        due=row.on,
        deed_at=row.at,
        asked_at=row.right_at,
        answered_at=row.corrected_at,
        is_no=bool(row.own_hand),
        words=row.words,
        message_id=row.conversation_id,
        noted_by=User(pk=0, name=row.who) if row.who else None,
        **told,
    )


ANSWER_MARKS = {
    AskedAgain.Answer.GOES_ON: "did",
    AskedAgain.Answer.ANOTHER_WAY: "did",
    AskedAgain.Answer.NOT_ANY_MORE: "fading",
}


def happened(rows: list[AskedAgain], name: str) -> list[Happening]:
    """Asked, and answered, each on its day; what only waited never happened."""
    return [one for row in rows for one in _from_again(row, name)]


def _from_again(row: AskedAgain, name: str) -> list[Happening]:
    out = []
    if row.asked_at and row.message_id:
        out.append(Happening(row.asked_at, "", _("Asked how it is now")))
    if row.answered_at:
        said = _("How it is now: %(answer)s") % {"answer": row.get_answer_display()}
        line = f" “{row.words}”" if row.words else ""
        mark = "no" if row.is_no else ANSWER_MARKS.get(AskedAgain.Answer(row.answer), "")
        who = str(row.noted_by) if row.noted_by else name
        out.append(Happening(row.answered_at, mark, said + line, who))
    return out
