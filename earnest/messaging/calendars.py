"""Invitations for calendars: text/calendar that Outlook, Google, Apple and Thunderbird take.

A file of its own: RFC 5545 and 5546 as we use them, written by the icalendar library.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import icalendar
from icalendar.parser import Contentline

ADDRESS = "[[address]]"  # the person's own address, filled as the mail leaves


@dataclass(frozen=True, slots=True)
class Calendar:
    """The text of an .ics file, and what it asks of a calendar: REQUEST, CANCEL or PUBLISH."""

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
class OwnDay:
    """A day one plans for oneself: nobody is invited, and nobody is asked to answer."""

    uid: str
    sequence: int
    day: date
    summary: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a calendar answered: ACCEPTED, DECLINED or TENTATIVE."""

    uid: str
    partstat: str
    attendee: str


REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
PRODID = "-//Earnest//Earnest//EN"


def request(meeting: Meeting, *, at: datetime) -> Calendar:
    """Invite, or say what changed: the same UID, a sequence that counted up."""
    return _written(meeting, REQUEST, "CONFIRMED", at=at)


def cancel(meeting: Meeting, *, at: datetime) -> Calendar:
    """Called off; with a sequence higher than that of the last request."""
    return _written(meeting, CANCEL, "CANCELLED", at=at)


def own_day(planned: OwnDay, *, at: datetime) -> Calendar:
    """A whole day in one's own calendar, shown as free: it takes no time away."""
    event = icalendar.Event()
    event.add("uid", planned.uid)
    event.add("sequence", planned.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", planned.day)
    event.add("dtend", planned.day + timedelta(days=1))
    event.add("summary", plain(planned.summary))
    if planned.description:
        event.add("description", plain(planned.description))
    event.add("transp", "TRANSPARENT")
    return _holding(event, PUBLISH)


def _written(meeting: Meeting, method: str, status: str, *, at: datetime) -> Calendar:
    return _holding(_event(meeting, status, at), method)


def _holding(event: icalendar.Event, method: str) -> Calendar:
    calendar = icalendar.Calendar()
    for name, value in (
        ("prodid", PRODID),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", method),
    ):
        calendar.add(name, value)
    calendar.add_component(event)
    return Calendar(calendar.to_ical().decode(), method)


def _event(meeting: Meeting, status: str, at: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("summary", plain(meeting.summary))
    if meeting.description:
        event.add("description", plain(meeting.description))
    if meeting.location:
        event.add("location", plain(meeting.location))
    event.add("status", status)
    event.add("transp", "OPAQUE")
    event.add("organizer", _who(meeting.lead_name, meeting.lead_email), encode=False)
    event.add("attendee", _asked(meeting), encode=False)
    return event


def _asked(meeting: Meeting) -> icalendar.vCalAddress:
    """The one person asked: others in a small group are not shown to each other's calendars."""
    asked = _who(meeting.person_name, meeting.person_email)
    asked.params["CUTYPE"] = "INDIVIDUAL"
    asked.params["ROLE"] = "REQ-PARTICIPANT"
    asked.params["PARTSTAT"] = "NEEDS-ACTION"
    asked.params["RSVP"] = "TRUE"
    return asked


def _who(name: str, address: str) -> icalendar.vCalAddress:
    """Quotes and carets would be written as RFC 6868 has it, which few programs read."""
    who = icalendar.vCalAddress(f"mailto:{address}")
    if shown := " ".join(plain(name).replace('"', "'").replace("^", "").split()):
        who.params["CN"] = shown
    return who


def plain(words: str) -> str:
    """Without control characters, which no calendar file may hold; line ends stay."""
    lines = re.sub("\r\n|[\r\u2028\u2029]", "\n", words)
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"})


def filled(text: str, values: dict[str, str]) -> str:
    """The file with its placeholders filled; unfolded before, for one may lie across two lines."""
    whole = text.replace("\r\n ", "")
    for placeholder, value in values.items():
        whole = whole.replace(placeholder, value)
    folded = (_folded(line) for line in whole.split("\r\n") if line)
    return "\r\n".join(folded) + "\r\n"


def _folded(line: str) -> str:
    return bytes(Contentline(line).to_ical()).decode()  # type: ignore[no-untyped-call]


def read_reply(text: str) -> Reply | None:
    """The answer of a calendar; None for what is none, or cannot be read."""
    try:
        calendar = icalendar.Calendar.from_ical(text)
    except ValueError:
        return None
    if str(calendar.get("method", "")).upper() != "REPLY":
        return None
    for event in calendar.walk("VEVENT"):
        answered = event.get("attendee")
        one = answered[0] if isinstance(answered, list) and answered else answered
        if one is not None and event.get("uid"):
            address = re.sub(r"(?i)^mailto:", "", str(one)).strip().lower()
            return Reply(str(event["uid"]), str(one.params.get("PARTSTAT", "")).upper(), address)
    return None
