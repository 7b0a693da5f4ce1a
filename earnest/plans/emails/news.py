"""News that goes to many: a new version of the plan (3.10), and more time taken (3.17)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from earnest.core.emails import rendered
from earnest.initiatives.models import Participation, ScheduleChange
from earnest.initiatives.queries import Moved
from earnest.messaging.actions import Draft
from earnest.messaging.emails import as_they_read
from earnest.messaging.models import Message
from earnest.plans.models import Change, Version


def version_news(
    whom: Participation,
    version: Version,
    changes: Iterable[Change],
    *,
    yours: Collection[int | None] = (),
) -> Draft:
    """What changed, and what of it through them. Nobody else is named: that stands on their page,
    where it is obeyed at once when somebody lets their name go."""
    told = [(one, one.pk in yours) for one in changes]
    values = {"version": version, "changes": told, "some_yours": any(own for _one, own in told)}
    return _draft("version", whom, values, by=version.by, thread=news_of(whom))


def news_of(whom: Participation) -> str:
    """Mails about new versions stand together."""
    return f"plan {whom.initiative_id}"


def more_time(whom: Participation, change: ScheduleChange, moved: list[Moved]) -> Draft:
    """Why, and which days moved."""
    values = {"change": change, "moved": moved}
    return _draft("more_time", whom, values, by=change.by, thread="")


def _draft(
    name: str, whom: Participation, values: dict[str, Any], *, by: Any, thread: str
) -> Draft:
    values |= {
        "person": whom.person,
        "initiative": whom.initiative,
        "by": by or whom.held_by,
        "page": "[[page]]",
    }
    with as_they_read(whom):
        subject, text, html = rendered(f"plans/emails/{name}", values)
    return Draft(Message.Kind.PROGRESS, subject, text, html, thread=thread)
