"""Invitations for calendars: text/calendar that Outlook, Google, Apple and Thunderbird take.

A file of its own: RFC 5545 and 5546 as we use them, written by the icalendar library.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

ADDRESS = "[[address]]"  # the person's own address, filled as the mail leaves


@dataclass(frozen=True, slots=True)
class Calendar:
    """The text of an .ics file, and what it asks of a calendar: REQUEST or CANCEL."""

    text: str
    method: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting as it stands. ``uid`` stays the same; ``sequence`` counts up with each change."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    lead_name: str
    lead_email: str
    person_name: str
    person_email: str = ADDRESS
    description: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a calendar answered: ACCEPTED, DECLINED or TENTATIVE."""

    uid: str
    partstat: str
    attendee: str


def new_uid() -> str:
    """For a new meeting; it opens nothing."""
    raise NotImplementedError


def request(meeting: Meeting, *, at: datetime) -> Calendar:
    """Invite, or say what changed."""
    raise NotImplementedError


def cancel(meeting: Meeting, *, at: datetime) -> Calendar:
    """Called off; with a sequence higher than that of the last request."""
    raise NotImplementedError


def read_reply(text: str) -> Reply | None:
    """The answer of a calendar; None for what is none."""
    raise NotImplementedError
