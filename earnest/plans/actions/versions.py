"""Publishing the plan: what changed, through whom, told to those who gave input (3.10, 1.14)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Initiative, Participation
from earnest.plans import telling
from earnest.plans.actions.stepped import point_to
from earnest.plans.models import Change, NewsStop, Version
from earnest.plans.queries import Changed, Chosen, NextVersion, next_version


class NothingChanged(Exception):
    """The plan is as it was published."""


class AlreadyPublished(Exception):
    """This version is out."""

    def __init__(self, version: Version) -> None:
        super().__init__(version.number)
        self.version = version


class ChangedMeanwhile(Exception):
    """The plan is no longer as it was looked at."""


@dataclass(frozen=True, slots=True)
class Publication:
    """A version as a lead looked at it: which number, what is new, and where it came from."""

    number: int
    mark: str  # of the plan as it was looked at
    summary: str
    chosen: dict[int, Chosen] = field(default_factory=dict)  # by part


@transaction.atomic
def publish(initiative: Initiative, publication: Publication, *, by: User, at: datetime) -> Version:
    """Publish the plan as it stands, and tell the first of those who gave input.

    The rest are told by the clock. Raises AlreadyPublished, ChangedMeanwhile or NothingChanged.
    """
    Initiative.objects.select_for_update().get(pk=initiative.pk)
    coming = next_version(initiative)
    if out := initiative.versions.filter(number=publication.number).first():
        raise AlreadyPublished(out)
    if not coming.changes:
        raise NothingChanged
    if (publication.number, publication.mark) != (coming.number, coming.mark):
        raise ChangedMeanwhile
    version = _write(initiative, coming, publication, by=by, at=at)
    number = {"number": version.number}
    events.record("plan_published", by=by, at=at, about=version, detail={**number})
    telling.tell_of_version(version, at=at)
    version.refresh_from_db()
    return version


def _write(
    initiative: Initiative, coming: NextVersion, said: Publication, *, by: User, at: datetime
) -> Version:
    version = Version.objects.create(
        initiative=initiative,
        number=coming.number,
        summary=said.summary,
        parts=coming.parts,
        by=by,
        published_at=at,
    )
    for one in coming.changes:
        _write_change(version, one, said.chosen.get(one.part.pk, Chosen()))
    point_to(version)
    return version


def _write_change(version: Version, changed: Changed, chosen: Chosen) -> None:
    """Only what was offered can have been chosen; of people's words only pointers are kept."""
    change = Change.objects.create(
        version=version,
        part=changed.part,
        title=changed.title,
        kind=changed.kind,
        words=changed.words,
    )
    change.inputs.set(one for one in changed.inputs if one.pk in chosen.inputs)
    change.needs.set(one for one in changed.needs if one.pk in chosen.needs)


@transaction.atomic
def stop_news(participation: Participation, *, at: datetime) -> bool:
    """No mail about this plan any more, by one tap of theirs; their page still shows it.

    What waits to leave is taken back.
    """
    _stop, new = NewsStop.objects.get_or_create(participation=participation, defaults={"at": at})
    if new:
        telling.take_news_back(participation, at=at)
        events.record("plan_news_stopped", at=at, about=participation)
    return new


@transaction.atomic
def want_news(participation: Participation, *, at: datetime) -> bool:
    """They want the news again. False where they had them."""
    gone, _rows = NewsStop.objects.filter(participation=participation).delete()
    if gone:
        events.record("plan_news_wanted", at=at, about=participation)
    return bool(gone)
