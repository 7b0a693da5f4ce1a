"""What a digest says: promises first, then what waits, then the one next step of each initiative.

No words of anybody but their name and the promise's own: a mail lies in inboxes (privacy.md 4).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import ngettext

from earnest.accounts.models import User
from earnest.checkins.models import Round
from earnest.engine.steps import RULES
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.listening.models import Invitation, Question
from earnest.rhythm.hours import Hours
from earnest.rhythm.models import Digest
from earnest.rhythm.queries.steps import Proposed, first_steps

MOST_PROMISES, MOST_STEPS = 8, 12
QUOTING = ("{words}", "{about}", "{wanted}", "{why}", "{condition}")
TITLES = {rule.name: rule.title for rule in RULES}
OURS = frozenset(
    (
        "promise-late",
        "promise-today",
        "promise-how",
        "promise-tell",
        "promise-soon",
        "promise-condition",
    )
)
JUST_MADE = "promise-made"


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise of ours: its own words, and how it stands."""

    words: str
    reason: str
    tag: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """The one next step of an initiative."""

    title: str
    step: str


@dataclass(frozen=True, slots=True)
class DigestShown:
    """One digest."""

    promises: list[Owed]
    more_promises: int
    waits: list[str]
    steps: list[NextStep]

    @property
    def is_empty(self) -> bool:
        """Nothing owed, and nothing that waits: steps alone are no reason for a mail."""
        return not (self.promises or self.waits)


def hours_of(digest: Digest) -> Hours:
    """As chosen, in the zone of whose it is."""
    return Hours(
        weekly=digest.every == Digest.Every.WEEK,
        weekday=digest.weekday,
        hour=digest.hour,
        quiet_from=digest.quiet_from,
        quiet_until=digest.quiet_until,
        zone=digest.user.time_zone,
        away_from=digest.away_from,
        away_until=digest.away_until,
    )


def digest_of(user: User, *, at: datetime) -> DigestShown | None:
    """For who leads something that goes on, or owes a promise there; None for everyone else."""
    led = list(initiatives.initiatives_led_by(user))
    if not led:
        return None
    steps, _all = first_steps(user, at=at)
    owed = [one for one in steps if one.rule in OURS]
    going = [one for one in led if one.closed_at is None]
    return DigestShown(
        [Owed(one.title, one.reason, one.tag) for one in owed[:MOST_PROMISES]],
        max(len(owed) - MOST_PROMISES, 0),
        _waits(user, going, at=at),
        _next_steps(steps, going),
    )


def _waits(user: User, going: list[Initiative], *, at: datetime) -> list[str]:
    """What others wait for, in numbers; today's talks first."""
    keys = [one.pk for one in going]
    zone = ZoneInfo(user.time_zone)
    today = at.astimezone(zone).date()
    begins = datetime.combine(today, time(0), tzinfo=zone)
    mine = Invitation.objects.filter(
        initiative__in=keys, participation__held_by=user, participation__person__erased_at=None
    )
    talks = mine.filter(
        state=Invitation.State.ACCEPTED,
        starts_at__gte=begins,
        starts_at__lt=datetime.combine(today + timedelta(days=1), time(0), tzinfo=zone),
    )
    asked = mine.filter(state__in=(Invitation.State.SENT, Invitation.State.PROPOSED))
    questions = Question.objects.filter(
        Q(participation__held_by=user) | Q(participation=None, conversation__by=user),
        initiative__in=keys,
        answered_at=None,
    )
    counts = (
        (talks.count(), _talks),
        (questions.count(), _questions),
        (sum(one.inputs_open for one in going), _inputs),
        (asked.count(), _asked),
        *_check_ins(keys, today),
    )
    return [say(n) for n, say in counts if n]


def _check_ins(keys: Iterable[int], today: date) -> tuple[tuple[int, Callable[[int], str]], ...]:
    rounds = Round.objects.filter(initiative__in=list(keys))
    ending = rounds.filter(
        opened_at__isnull=False, closed_at=None, closes_on__lte=today + timedelta(days=1)
    )
    unanswered = rounds.filter(closed_at__isnull=False, answered_at=None)
    return (unanswered.count(), _unanswered), (ending.count(), _ending)


def _talks(n: int) -> str:
    return ngettext("One talk today", "%d talks today", n).replace("%d", str(n))


def _questions(n: int) -> str:
    said = ngettext(
        "One question of theirs waits for an answer", "%d questions of theirs wait for an answer", n
    )
    return said.replace("%d", str(n))


def _inputs(n: int) -> str:
    said = ngettext(
        "One thing proposed or needed has no reply yet",
        "%d things proposed or needed have no reply yet",
        n,
    )
    return said.replace("%d", str(n))


def _asked(n: int) -> str:
    said = ngettext("One ask of yours is not settled", "%d asks of yours are not settled", n)
    return said.replace("%d", str(n))


def _unanswered(n: int) -> str:
    said = ngettext(
        "A check-in is closed and waits for what you heard",
        "%d check-ins are closed and wait for what you heard",
        n,
    )
    return said.replace("%d", str(n))


def _ending(n: int) -> str:
    said = ngettext("A check-in ends by tomorrow", "%d check-ins end by tomorrow", n)
    return said.replace("%d", str(n))


def _next_steps(steps: list[Proposed], going: list[Initiative]) -> list[NextStep]:
    """The first of each that is no promise of ours: those stand above, or were made just today."""
    found: dict[int, Proposed] = {}
    for one in steps:
        if one.rule not in {*OURS, JUST_MADE}:
            found.setdefault(one.initiative_id, one)
    titles = {one.pk: one.title for one in going}
    return [
        NextStep(titles[pk], without_their_words(step))
        for pk, step in found.items()
        if pk in titles
    ][:MOST_STEPS]


def without_their_words(step: Proposed) -> str:
    """ "Say what becomes of it", without what they said after the colon."""
    if any(one in TITLES[step.rule] for one in QUOTING):
        return step.title.partition(": ")[0].rstrip(".")
    return step.as_row
