"""Step backs: on what occasion, which one is open, what they said, and all of them (3.16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise as LaterText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import Invitation, InvitationEvent, Quote, StepBack
from earnest.standing.models import Evidence, Rung

WHOLE = (
    "participation__person__workspace",
    "participation__initiative__workspace",
    "participation__rung",
    "initiative__workspace",
    "invitation__ask",
    "invitation__conversation",
    "conversation",
    "quote",
    "by",
    "outcome_by",
)
MOVED_OFTEN = 2
Occasion = StepBack.Occasion


def open_with(participation: Participation) -> StepBack | None:
    """The one that waits for its outcome; there is never more than one."""
    there = StepBack.objects.filter(participation=participation.pk, outcome_at=None)
    return there.select_related(*WHOLE).first()


def occasion_with(participation: Participation) -> str:
    """On what occasion one would step back now, from the record alone: what is known, no guess."""
    rung: Rung | None = getattr(participation, "rung", None)
    if rung and rung.step == Rung.Step.NO:
        return Occasion.NO
    if rung and rung.step == Rung.Step.FADING:
        return Occasion.FADING
    asked = Invitation.objects.filter(participation=participation.pk).aggregate(
        moved=Count("events", filter=Q(events__kind=InvitationEvent.Kind.RESCHEDULED)),
        silent=Count("pk", filter=Q(state=Invitation.State.LAPSED), distinct=True),
    )
    if asked["moved"] >= MOVED_OFTEN or _promises_moved(participation) >= MOVED_OFTEN:
        return Occasion.MOVED
    if rung and rung.step == Rung.Step.NODDED and not _ever_agreed(participation):
        return Occasion.NEVER_AGREED
    return Occasion.SILENT if asked["silent"] else Occasion.OTHER


def _promises_moved(participation: Participation) -> int:
    """Promises lie above: counted by their name."""
    rows = Participation.objects.filter(pk=participation.pk)
    moved = Q(promises__direction="theirs", promises__events__kind="moved")
    return int(rows.aggregate(n=Count("promises__events", filter=moved))["n"])


def _ever_agreed(participation: Participation) -> bool:
    rows = Evidence.objects.filter(participation_id=participation.pk, kind="agreed", value=1)
    return rows.exists()


MOST_WORDS = 30


def words_to_choose(row: StepBack) -> list[Quote]:
    """What they said, the latest first: those of this talk before the others."""
    theirs = Quote.objects.filter(participation=row.participation_id, erased_at=None)
    talk = row.talk.pk if row.talk else 0
    rows = list(theirs.order_by("-said_on", "-pk")[:MOST_WORDS])
    return sorted(rows, key=lambda one: one.conversation_id != talk)


PROMPTS = (
    _("What gets in the way?"),
    _("What would have to be true for this to make sense to you?"),
    _("What should we stop?"),
    _("Is it the right problem?"),
    _("Who should decide this?"),
)


def prompts_with(people: Sequence[Participation]) -> Sequence[LaterText]:
    """What to ask in such a talk; empty where nobody steps back with just this person."""
    return PROMPTS if len(people) == 1 and open_with(people[0]) else ()


def opening_words() -> dict[str, str]:
    """How such an ask begins: no pitch, nothing wanted; ours to change before it is sent."""
    return {
        "about": gettext("what gets in the way, and what would have to be different"),
        "why_you": gettext("you know what it costs you, and we may have asked for the wrong thing"),
        "gets": gettext("we change something by it, or tell you why not"),
    }


PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Some of them, and the key of the last where more follow."""

    rows: list[StepBack]
    before: int | None


def page_of(initiative: Initiative, *, before: int | None) -> Page:
    """The latest first, fifty by key."""
    rows = StepBack.objects.filter(initiative=initiative, participation__person__erased_at=None)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related(*WHOLE).order_by("-pk")[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)
