"""Right after a backup was brought back, before anybody sees it: what must not be as it was then.

Done twice it changes nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from earnest.accounts.models import SignInLink, User, Workspace
from earnest.checkins import actions as checkins
from earnest.checkins.models import Round
from earnest.core import events
from earnest.ideas.models import Outcome
from earnest.initiatives.models import Participation, PersonLink, ScheduleChange
from earnest.listening.models import Quote
from earnest.listening.models import Round as ListeningRound
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact, Suppression
from earnest.pages import erasure
from earnest.pages.actions.restoring_votes import votes_again
from earnest.pages.ledger import LOOKS_BACK, Erased
from earnest.pages.models import ProofCode
from earnest.pages.queries.since import WISHES, Row, Since, places
from earnest.people.models import Person
from earnest.plans.models import NewsStop, StoryVoice, Version
from earnest.rhythm import actions as rhythm
from earnest.rhythm.models import ProgressMail
from earnest.standing import actions as standing_actions
from earnest.standing import queries as standing

WIDER = (Quote.PassedOn.LEADS_ONLY, Quote.PassedOn.UNNAMED, Quote.PassedOn.NAMED)
VOICE = StoryVoice.State
HOW_FAR = {VOICE.REFUSED: 0, VOICE.CHOSEN: 1, VOICE.ASKED: 1, VOICE.UNNAMED: 2, VOICE.NAMED: 3}


@dataclass(slots=True)
class MadeRight:
    """How much of each, for whoever restores."""

    held: int = 0
    rounds: int = 0
    paused: int = 0
    erased: int = 0
    stops: int = 0
    contacts: int = 0
    quotes: int = 0


@transaction.atomic
def make_right(
    since: Since, erased: Iterable[Erased], *, backup_at: datetime, at: datetime
) -> MadeRight:
    """What was promised after the backup holds after the restore, too."""
    done = MadeRight()
    if set(since.places.items()) & set(places().items()):
        done.stops = _stop_again(since) + _no_news_again(since)
        done.stops += _no_estimates_again(since, at=at)
        done.contacts = _contacts_again(since, at=at)
        done.quotes = _narrow_quotes(since) + _narrow_voices(since)
        votes_again(since.votes)
        _revoke_again(since)
    done.erased = _erase_again(erased, backup_at=backup_at, at=at)
    done.held = messaging.hold_what_asks(at=at)
    done.rounds = _end_rounds(at=at)
    done.paused = _stop_what_goes_on(at=at)
    _sign_everybody_out()
    for workspace in Workspace.objects.order_by("pk"):
        detail: events.Detail = {"backup": backup_at.isoformat()}
        events.record("restored", at=at, workspace_id=workspace.pk, detail=detail)
    return done


def _sign_everybody_out() -> None:
    """Whoever signed out since is not signed in again; links and codes of then open nothing."""
    Session.objects.all().delete()
    SignInLink.objects.all().delete()
    ProofCode.objects.all().delete()


def _stop_again(since: Since) -> int:
    changed = 0
    for row in since.people:
        for name in WISHES:
            if row[name]:
                silent = Person.objects.present().filter(pk=row["pk"], **{name: None})
                changed += silent.update(**{name: row[name]})
    for row in since.stopped_on:
        on = Participation.objects.present().filter(pk=row["pk"], stopped_at=None)
        changed += on.update(stopped_at=row["stopped_at"])
    for row in since.suppressed:
        key = {"workspace_id": row["workspace_id"], "address_hash": row["address_hash"]}
        if Workspace.objects.filter(pk=row["workspace_id"]).exists():
            Suppression.objects.get_or_create(**key, defaults=row)
    return changed


def _no_estimates_again(since: Since, *, at: datetime) -> int:
    """Turned off since then, it stays off, and so do the leads' own people; what was said to be not
    right counts no more; of who may not be estimated nothing is left stored.
    """
    changed = 0
    on = Workspace.objects.filter(pk__in=since.no_estimates, estimates_since__isnull=False)
    for workspace in on.order_by("pk"):
        changed += _turn_off_again(workspace, since.no_estimates[workspace.pk], at=at)
    covered = Workspace.objects.filter(pk__in=since.no_reports, estimates_cover_reports=True)
    changed += covered.update(estimates_cover_reports=False)
    changed += _not_right_again(since)
    standing.forbidden().delete()
    return changed


def _turn_off_again(workspace: Workspace, turn: Row, *, at: datetime) -> bool:
    """With who turned it off, when and why, where that is known."""
    by = User.objects.filter(pk=turn.get("by_id") or 0).first()
    why, then = turn.get("why", ""), turn.get("at", at)
    return standing_actions.turn_off(workspace, why, by=by, at=then)


def _not_right_again(since: Since) -> int:
    there = Participation.objects.present().in_bulk(
        [row["participation_id"] for row in since.not_right]
    )
    return sum(
        standing_actions.say_not_right(
            there[row["participation_id"]], row["corrects"], at=row["at"]
        )
        for row in since.not_right
        if row["participation_id"] in there
    )


def _no_news_again(since: Since) -> int:
    changed = 0
    there = Participation.objects.present().filter(
        pk__in=[r["participation_id"] for r in since.no_news]
    )
    present = set(there.values_list("pk", flat=True))
    for row in since.no_news:
        if row["participation_id"] in present:
            _stop, new = NewsStop.objects.get_or_create(
                participation_id=row["participation_id"], defaults={"at": row["at"]}
            )
            changed += new
    return changed


def _contacts_again(since: Since, *, at: datetime) -> int:
    there = dict(
        Participation.objects.filter(
            pk__in={row["participation_id"] for row in since.contacts}
        ).values_list("pk", "person_id")
    )
    rows = [
        Contact(**row)
        for row in since.contacts
        if there.get(row["participation_id"]) == row["person_id"]
    ]
    return messaging.bring_contacts_back(rows, at=at)


def _narrow_quotes(since: Since) -> int:
    """The narrower of two choices holds; what is not there any more was taken back."""
    changed = 0
    wide = Quote.objects.exclude(passed_on=Quote.PassedOn.LEADS_ONLY).filter(erased_at=None)
    for quote in wide.order_by("pk"):
        now = since.quotes.get(quote.pk, Quote.PassedOn.LEADS_ONLY)
        if WIDER.index(Quote.PassedOn(now)) < WIDER.index(Quote.PassedOn(quote.passed_on)):
            changed += Quote.objects.filter(pk=quote.pk).update(passed_on=now)
    return changed


def _narrow_voices(since: Since) -> int:
    """A no said since holds; a yes that is not there any more is asked for anew, on their page."""
    changed = 0
    for voice in StoryVoice.objects.order_by("pk"):
        now = VOICE(since.voices.get(voice.pk, VOICE.ASKED))
        if HOW_FAR[now] < HOW_FAR[VOICE(voice.state)]:
            answered = {} if now in (VOICE.REFUSED, VOICE.UNNAMED) else {"answered_at": None}
            changed += StoryVoice.objects.filter(pk=voice.pk).update(state=now, **answered)
    return changed


def _revoke_again(since: Since) -> None:
    for row in since.links:
        open_ = PersonLink.objects.filter(pk=row["pk"], revoked_at=None)
        open_.update(revoked_at=row["revoked_at"])


def _erase_again(erased: Iterable[Erased], *, backup_at: datetime, at: datetime) -> int:
    """Whoever was erased after the backup, by the number they have in it."""
    here, count = places(), 0
    for one in erased:
        workspace = here.get(one.place)
        if workspace is None or datetime.fromisoformat(one.at) < backup_at - LOOKS_BACK:
            continue
        count += _erase_one(one, workspace, at=at)
    return count


def _erase_one(one: Erased, workspace: int, *, at: datetime) -> bool:
    if one.person:
        person = Person.objects.present().filter(pk=one.person, workspace=workspace).first()
        return bool(person and erasure.erase_person(person, by=None, at=at))
    rows = Participation.objects.present().filter(pk=one.on, person__workspace=workspace)
    there = rows.select_related("person", "initiative").first()
    return bool(there and erasure.erase_from_initiative(there, by=None, at=at))


def _end_rounds(*, at: datetime) -> int:
    """Check-ins that were open then: results may have been published since."""
    rows = Round.objects.filter(Q(opened_at__isnull=False), closed_at=None)
    return sum(checkins.end_unpublished(one, at=at) for one in rows.order_by("pk"))


def _stop_what_goes_on(*, at: datetime) -> int:
    """Rounds of asks pause until a lead has looked; news on its way to many reaches no one twice."""
    going = ListeningRound.objects.filter(paused_at=None, ended_at=None)
    for one in going.select_related("ask__initiative"):
        detail: events.Detail = {"round": one.pk}
        events.record("round_paused", at=at, about=one.ask.initiative, detail=detail)
    for news in (Version, ScheduleChange, ProgressMail, Outcome):
        news.objects.filter(told_at=None).update(told_at=at)
    rhythm.pass_over_digests(at=at)
    return going.update(paused_at=at)
