"""Spaces of an initiative, and who may still be asked into one."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from earnest.ideas.models import Invited, Space
from earnest.initiatives.models import Initiative, Participation

PAGE = 50
LONGEST = 300


def spaces_page(initiative: Initiative, *, before: int | None = None) -> tuple[list[Space], int]:
    """The latest first, and the key of those that follow; 0 where none do."""
    rows = initiative.spaces.all()
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    return found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else 0


def spaces_for(participation: Participation, *, most: int = 20) -> list[Space]:
    """With names, for somebody on the initiative: those that are open, and those they spoke in."""
    rows = Space.objects.filter(initiative=participation.initiative_id, names=True)
    return list(rows.order_by("closed_at", "-pk")[:most])


def drafted_question(initiative: Initiative) -> str:
    """From the target (4.4): theirs to change before it is asked."""
    asked = _("What we want to reach: %s How would you make it work?")
    target = initiative.target.strip()
    if target and target[-1] not in ".!?":
        target += "."
    room = LONGEST - len(asked % "")
    if len(target) > room:
        target = target[: room - 2].rsplit(" ", 1)[0] + " …"
    return asked % target if target else _("How would you make it work?")


def to_invite(space: Space) -> QuerySet[Participation]:
    """Who may be asked and was not written to about this space."""
    before = Invited.objects.filter(space=space, participation=OuterRef("pk"))
    free = Participation.objects.may_be_asked().filter(initiative=space.initiative_id)
    return free.filter(~Exists(before)).select_related("person__workspace", "initiative__workspace")
