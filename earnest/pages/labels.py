"""What is held about a person, from keys to labels, to read.

A file of its own beside ``everything.py``: one line for every key there is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# What each key is called where people read it.
LABELS = {
    "made_at": gettext_lazy("Made at"),
    "person": gettext_lazy("Person"),
    "title": gettext_lazy("Title"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "address_changed_at": gettext_lazy("Address changed at"),
    "what_they_do": gettext_lazy("What they do"),
    "team": gettext_lazy("Team"),
    "manager": gettext_lazy("Manager"),
    "time_zone": gettext_lazy("Time zone"),
    "language": gettext_lazy("Language"),
    "own_goals": gettext_lazy("Own goals"),
    "own_measures": gettext_lazy("Own measures"),
    "in_own_hand_since": gettext_lazy("In their own hand since"),
    "has_an_account": gettext_lazy("Has an account"),
    "asked_for_less": gettext_lazy("Asked for less"),
    "asked_not_to_be_asked": gettext_lazy("Asked not to be asked"),
    "asked_enough_until": gettext_lazy("Asked enough until"),
    "left_alone_until": gettext_lazy("Left alone until"),
    "mails": gettext_lazy("Mails"),
    "contacts": gettext_lazy("Contacts"),
    "how": gettext_lazy("How"),
    "away": gettext_lazy("Away"),
    "first_day": gettext_lazy("First day"),
    "last_day": gettext_lazy("Last day"),
    "ties": gettext_lazy("Ties"),
    "who": gettext_lazy("Who"),
    "kind": gettext_lazy("Kind"),
    "to": gettext_lazy("To"),
    "initiative": gettext_lazy("Initiative"),
    "target": gettext_lazy("Target"),
    "on_it_since": gettext_lazy("On it since"),
    "held_by": gettext_lazy("Held by"),
    "it_changes_their_work": gettext_lazy("It changes their work"),
    "they_have_data_we_need": gettext_lazy("They have data we need"),
    "we_need_their_help": gettext_lazy("We need their help"),
    "asked_for_it": gettext_lazy("Asked for it"),
    "problem": gettext_lazy("Problem"),
    "will_give": gettext_lazy("Will give"),
    "asked": gettext_lazy("Asked"),
    "why_you": gettext_lazy("Why you"),
    "you_get": gettext_lazy("What you get for it"),
    "answer_by": gettext_lazy("Answer until"),
    "agreed_time": gettext_lazy("Agreed time"),
    "wanted_time": gettext_lazy("Time you proposed"),
    "wanted": gettext_lazy("In your words"),
    "told_of_this": gettext_lazy("Told of this"),
    "last_contact": gettext_lazy("Last contact"),
    "promises": gettext_lazy("Promises"),
    "quotes": gettext_lazy("Quotes"),
    "words": gettext_lazy("Words"),
    "said_on": gettext_lazy("Said on"),
    "seen_by": gettext_lazy("Seen by"),
    "needs": gettext_lazy("Needs"),
    "at": gettext_lazy("On"),
    "ideas": gettext_lazy("Ideas"),
    "on": gettext_lazy("On"),
    "questions": gettext_lazy("Questions"),
    "asked_on": gettext_lazy("Asked on"),
    "answer": gettext_lazy("Answer"),
    "named_others": gettext_lazy("Named others"),
    "why": gettext_lazy("Why"),
    "named_by_others": gettext_lazy("Named by others"),
    "by": gettext_lazy("By"),
    "noted_with_colleagues": gettext_lazy("Noted with colleagues"),
    "facts_seen": gettext_lazy("Facts seen"),
    "known_before_asking": gettext_lazy("Known before asking"),
    "question": gettext_lazy("Question"),
    "who_or_which": gettext_lazy("Who, or which document"),
    "of_the_team": gettext_lazy("Of the team"),
    "of_the_role": gettext_lazy("Of the role"),
    "being_written": gettext_lazy("Being written down now"),
    "conversations": gettext_lazy("Conversations"),
    "held_on": gettext_lazy("Held on"),
    "with": gettext_lazy("With"),
    "form": gettext_lazy("Form"),
    "notes": gettext_lazy("Notes"),
    "found_in_notes": gettext_lazy("Found in notes"),
    "being_written": gettext_lazy("Being written down now"),
    "state": gettext_lazy("State"),
    "when": gettext_lazy("When"),
    "confirmed_at": gettext_lazy("Confirmed at"),
    "what_happened": gettext_lazy("What happened"),
    "what": gettext_lazy("What"),
    "by_the_person": gettext_lazy("By the person"),
    "ladder": gettext_lazy("Ladder"),
    "step": gettext_lazy("Step"),
    "since": gettext_lazy("Since"),
    "heard_at": gettext_lazy("Heard at"),
    "reason": gettext_lazy("Reason"),
    "no_chance_since": gettext_lazy("No chance since"),
    "said_and_done": gettext_lazy("Said and done"),
    "about": gettext_lazy("About"),
    "value": gettext_lazy("Value"),
    "source": gettext_lazy("Source"),
    "steps_put_off": gettext_lazy("Steps put off"),
    "page_opened_with_a_reason": gettext_lazy("Page opened with a reason"),
    "until": gettext_lazy("Until"),
    "links": gettext_lazy("Links"),
    "ends_at": gettext_lazy("Ends at"),
    "ended_at": gettext_lazy("Ended at"),
    "codes": gettext_lazy("Codes"),
    "used_at": gettext_lazy("Used at"),
    "log": gettext_lazy("Log"),
    "nodes": gettext_lazy("Nodes"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """One thing to read: its label, and what it says or holds."""

    label: str
    text: str = ""
    parts: list[Node] = field(default_factory=list)


def readable(data: Mapping[str, Any]) -> list[Node]:
    """The same, to read: empty things left out."""
    return [node for key, value in data.items() if (node := _node(_label(key), value))]


def _node(label: str, value: object) -> Node | None:
    if isinstance(value, Mapping):
        parts = readable(value)
        return Node(label, parts=parts) if parts else None
    if isinstance(value, list):
        rows = [_node("", one) for one in value]
        parts = [row for row in rows if row]
        return Node(label, parts=parts) if parts else None
    text = _text(value)
    return Node(label, text) if text else None


def _text(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, datetime):
        return date_format(localtime(value), "j M Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j M Y")
    return "" if value is None else str(value)


def _label(key: str) -> str:
    return str(LABELS[key])
