"""Invitations for calendars, read by a second parser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import vobject
from hypothesis import given
from hypothesis import strategies as st

from earnest.messaging import calendars
from earnest.messaging.calendars import Meeting

NOON = datetime(2026, 11, 24, 13, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
WRITTEN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
MEETING = Meeting(
    uid="5b1c@earnest.example.org",
    sequence=0,
    starts_at=NOON,
    ends_at=NOON + timedelta(minutes=20),
    summary="Your view on intake",
    lead_name="Amara Lead",
    lead_email="amara@example.org",
    person_name="Joan Okafor",
    description="Twenty minutes.\nChange it: [[page]]asked/12/",
    location="Ward 4, room 2",
)
FILLED = {
    "[[page]]": "https://e.example.org/p/" + "s" * 43 + "/",
    "[[address]]": "joan@example.org",
}


def event(text: str):  # type: ignore[no-untyped-def]
    return vobject.readOne(text).vevent


def test_an_invitation_holds_what_calendars_ask_for() -> None:
    made = calendars.request(MEETING, at=WRITTEN)
    read = vobject.readOne(calendars.filled(made.text, FILLED))
    assert (read.method.value, read.version.value, made.method) == ("REQUEST", "2.0", "REQUEST")
    assert "Earnest" in read.prodid.value
    one = read.vevent
    assert one.uid.value == MEETING.uid
    assert one.sequence.value == "0"
    assert one.dtstart.value == datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    assert one.dtend.value - one.dtstart.value == timedelta(minutes=20)
    assert one.dtstamp.value == WRITTEN
    assert one.status.value == "CONFIRMED"
    assert (one.location.value, one.summary.value) == (MEETING.location, MEETING.summary)
    assert one.organizer.value == "mailto:amara@example.org"
    assert one.organizer.params["CN"] == ["Amara Lead"]
    assert one.attendee.value == "mailto:joan@example.org"
    assert one.attendee.params["PARTSTAT"] == ["NEEDS-ACTION"]
    assert one.attendee.params["RSVP"] == ["TRUE"]
    assert one.attendee.params["ROLE"] == ["REQ-PARTICIPANT"]


def test_a_change_and_a_cancel_keep_the_uid_and_count_up() -> None:
    later = replace(MEETING, sequence=1, starts_at=NOON + timedelta(days=1))
    off = calendars.cancel(replace(later, sequence=2), at=WRITTEN)
    moved = event(calendars.request(later, at=WRITTEN).text)
    cancelled = event(off.text)
    assert moved.uid.value == cancelled.uid.value == MEETING.uid
    assert [moved.sequence.value, cancelled.sequence.value] == ["1", "2"]
    assert cancelled.status.value == "CANCELLED"
    assert off.method == "CANCEL"
    assert "METHOD:CANCEL" in off.text


def test_links_are_placeholders_until_it_leaves_even_across_folded_lines() -> None:
    for before in range(80):
        long = replace(MEETING, description="x" * before + " [[page]]asked/12/")
        stored = calendars.request(long, at=WRITTEN).text
        assert "https://" not in stored
        sent = calendars.filled(stored, FILLED)
        assert event(sent).description.value.endswith("/asked/12/")
        assert "[[" not in sent.replace("\r\n ", "")
        assert max(len(line.encode()) for line in sent.split("\r\n")) <= 75


odd = st.text(max_size=120) | st.sampled_from(
    [
        'Jo "the hand" O\'Neil; Dr., MD',
        "Zoë^Ångström:\\n",
        "名前" * 40,
        "a\r\nATTENDEE:mailto:x@y",
        "",
    ]
)


@given(name=odd, summary=odd, where=odd)
def test_any_name_and_summary_comes_through_whole(name: str, summary: str, where: str) -> None:
    odd_one = replace(MEETING, person_name=name, lead_name=name, summary=summary, location=where)
    text = calendars.request(odd_one, at=WRITTEN).text
    lines = text.split("\r\n")
    assert "\n" not in "".join(lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert text.replace("\r\n ", "").count("\r\nATTENDEE;") == 1
    read = event(text)
    expected = calendars.plain(summary)
    assert read.summary.value == expected
    assert len(read.contents["attendee"]) == 1


REPLY = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "PRODID:-//Other//EN",
        "VERSION:2.0",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        "UID:5b1c@earnest.example.org",
        "DTSTAMP:20261120T100000Z",
        "ATTENDEE;PARTSTAT=ACCEPTED;CN=Joan:MAILTO:Joan@Example.org",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


def test_the_answer_of_a_calendar_is_read() -> None:
    found = calendars.read_reply(REPLY)
    assert found == calendars.Reply("5b1c@earnest.example.org", "ACCEPTED", "joan@example.org")


def test_what_is_no_answer_is_none() -> None:
    invitation = calendars.request(MEETING, at=WRITTEN).text
    for text in ("", "hello", invitation, REPLY.replace("ATTENDEE", "X-OTHER"), REPLY[:60]):
        assert calendars.read_reply(text) is None


@given(st.text(max_size=300))
def test_no_text_makes_reading_fall_over(text: str) -> None:
    calendars.read_reply(text)
    calendars.read_reply(REPLY.replace("Joan:MAILTO", text))
