"""Days of the initiative as calendars: RFC 5545, written by the icalendar library."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

import icalendar
from django.conf import settings
from django.utils.translation import gettext as _

from earnest.initiatives.models import Initiative
from earnest.listening.models import Conversation
from earnest.pages.export.people import AT_ONCE, there, with_those_there
from earnest.pages.export.texts import cut_for
from earnest.pages.export.writing import File
from earnest.promises.models import Promise

BEGINS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Earnest//Earnest//EN\r\nCALSCALE:GREGORIAN\r\n"
)
ENDS = "END:VCALENDAR\r\n"
type Day = tuple[str, date, str]  # what makes its UID, the day, what is on


def milestones(initiative: Initiative, with_people: bool, *, at: datetime) -> File:
    days = _days(initiative, with_people=with_people)
    return File("milestones.ics", _("the days of the initiative"), _calendar(days, at))


def with_people(initiative: Initiative, *, at: datetime) -> Iterator[File]:
    yield File("talks.ics", _("talks that were held"), _calendar(_talks(initiative), at))
    yield File("promises.ics", _("promises with a date"), _calendar(_promises(initiative), at))


def _calendar(days: Iterable[Day], at: datetime) -> Iterator[str]:
    """An event at a time: many thousand take no more room than one."""
    yield BEGINS
    for key, day, summary in days:
        event = icalendar.Event()
        event.add("uid", f"{key}@{settings.BASE_URL.partition('://')[2]}")
        event.add("dtstamp", at)
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("summary", " ".join(summary.split()))
        yield event.to_ical().decode()
    yield ENDS


def _days(initiative: Initiative, *, with_people: bool) -> Iterator[Day]:
    found = list(_all_days(initiative))
    texts = (words for _key, _day, words in found)
    cut = cut_for(initiative, texts, with_people=with_people)
    for key, day, words in found:
        yield key, day, cut(words)


def _all_days(initiative: Initiative) -> Iterator[Day]:
    fixed = {
        "starts": (initiative.starts_on, _("First day")),
        "decides": (initiative.decides_on, _("It is decided")),
        "launches": (initiative.launches_on, _("Launch")),
    }
    for key, (day, words) in fixed.items():
        if day:
            yield f"initiative-{initiative.pk}-{key}", day, f"{words}: {initiative.title}"
    for stage in initiative.stages.exclude(reached_on=None):
        if stage.reached_on:
            yield f"stage-{stage.pk}", stage.reached_on, _("Reached: %s") % stage.name
    for step in initiative.run_up.all():
        yield f"run-up-{step.pk}", step.on, step.what


def _talks(initiative: Initiative) -> Iterator[Day]:
    rows = Conversation.objects.filter(with_those_there("people"), initiative=initiative).distinct()
    allowed = set(there(initiative).values_list("pk", flat=True))
    rows = rows.prefetch_related("people__person").order_by("held_on", "pk")
    for talk in rows.iterator(AT_ONCE):
        names = [one.person.name for one in talk.people.all() if one.pk in allowed]
        yield f"talk-{talk.pk}", talk.held_on, _("Talk with %s") % ", ".join(names)


def _promises(initiative: Initiative) -> Iterator[Day]:
    rows = Promise.objects.filter(
        with_those_there(), initiative=initiative, due__isnull=False
    ).select_related("participation__person")
    for one in rows.order_by("due", "pk").iterator(AT_ONCE):
        if one.due:
            who = one.participation.person.name
            side = _("To %s") if one.direction == Promise.Direction.OURS else _("From %s")
            yield f"promise-{one.pk}", one.due, f"{side % who}: {one.words}"
