"""What follows an answer: agreed, called off, other times; to the person, and to the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse

from earnest.core.emails import plain
from earnest.listening import queries
from earnest.listening.models import Invitation, ProposedTime
from earnest.messaging import calendars
from earnest.messaging.actions import Calendar, Draft
from earnest.messaging.emails import as_member_reads, as_they_read, zone_in_words
from earnest.messaging.models import Message


def agreed(row: Invitation, starts_at: datetime, *, moved: bool, at: datetime) -> Draft:
    """This is agreed: when, how long, on what, and how to change it; with a file for calendars."""
    with as_they_read(row.participation):
        calendar = calendars.request(queries.meeting_of(row, starts_at), at=at)
        values = {"starts_at": starts_at, "moved": moved}
        return _draft(row, "agreed", Message.Kind.CONFIRMATION, values, calendar=calendar)


def called_off(row: Invitation, starts_at: datetime, *, at: datetime) -> Draft:
    """It does not take place; calendars forget it."""
    with as_they_read(row.participation):
        calendar = calendars.cancel(queries.meeting_of(row, starts_at), at=at)
        values = {"starts_at": starts_at}
        draft = _draft(row, "called_off", Message.Kind.CONFIRMATION, values, calendar=calendar)
        return replace(draft, owed=True)


def other_times(row: Invitation, times: Sequence[ProposedTime], *, asks_anew: bool) -> Draft:
    """Their time does not suit us; these would. A reply to them, where it is one."""
    kind = Message.Kind.ASK if asks_anew else Message.Kind.REPLY
    with as_they_read(row.participation):
        return _draft(row, "other_times", kind, {"times": times, "asks_anew": asks_anew})


def for_lead(
    row: Invitation, starts_at: datetime, *, called_off: bool, at: datetime
) -> EmailMultiAlternatives:
    """The same to the lead, with the same file."""
    lead, name = row.ask.by, "lead_called_off" if called_off else "lead_agreed"
    with as_member_reads(lead):
        email = row.participation.person.email or queries.NOBODY
        meeting = queries.meeting_of(row, starts_at, person_email=email)
        calendar = (calendars.cancel if called_off else calendars.request)(meeting, at=at)
        url = settings.BASE_URL + reverse("listening:invitation", args=[row.pk])
        subject, text = _rendered(name, {**_about(row), "starts_at": starts_at, "url": url})
    name, host = queries.uid_of(row).split("@")  # the same at every try
    headers = {"Message-ID": f"<{name}.{row.sequence}@{host}>"}
    mail = EmailMultiAlternatives(subject, text, to=[lead.email], headers=headers)
    mail.attach("invite.ics", calendar.text, f"text/calendar; method={calendar.method}")
    return mail


def _draft(
    row: Invitation,
    name: str,
    kind: str,
    values: dict[str, Any],
    *,
    calendar: Calendar | None = None,
) -> Draft:
    subject, text = _rendered(name, {**_about(row), **values})
    return Draft(kind, subject, text, calendar=calendar, thread=f"ask {row.ask_id}")


def _about(row: Invitation) -> dict[str, Any]:
    return {
        "row": row,
        "ask": row.ask,
        "person": row.participation.person,
        "initiative": row.initiative,
        "page": f"[[page]]asked/{row.pk}/",
    }


def _rendered(name: str, values: dict[str, Any]) -> tuple[str, str]:
    return plain(f"listening/emails/{name}", {**values, "zone": zone_in_words()})
