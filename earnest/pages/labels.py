"""What is held about a person in plain words, to read: keys, the log, the record.

A file of its own beside ``everything.py``: one line for every key and every happening there is.
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

from earnest.checkins.models import Condition

# What each key is called where people read it.
LABELS = {
    "made_at": gettext_lazy("Made on"),
    "taken_out_as_files": gettext_lazy("Taken out of Earnest as files, with everyone's"),
    "person": gettext_lazy("Person"),
    "title": gettext_lazy("Title"),
    "name": gettext_lazy("Name"),
    "email": gettext_lazy("E-mail address"),
    "address_changed_at": gettext_lazy("Address changed on"),
    "no_mail_to_this_address": gettext_lazy("No mail is sent to this address"),
    "tries": gettext_lazy("Tries to send it"),
    "how_it_ended": gettext_lazy("How it ended"),
    "words_of_the_mail_server": gettext_lazy("What the mail server said"),
    "what_they_do": gettext_lazy("What they do"),
    "team": gettext_lazy("Team"),
    "in_this_team_since": gettext_lazy("In this team since"),
    "moments_written_for_them": gettext_lazy("Moments written beforehand"),
    "moments_that_came": gettext_lazy("Moments that came"),
    "moments_not_watched_for": gettext_lazy("Not to be watched for"),
    "when_this_happens": gettext_lazy("When this happens"),
    "the_moment_for": gettext_lazy("It is the moment for"),
    "link_to_their_work": gettext_lazy("The link to their work"),
    "how_it_is_noticed": gettext_lazy("How it is noticed"),
    "words_watched_for": gettext_lazy("Words watched for"),
    "by_the_word": gettext_lazy("By the word"),
    "manager": gettext_lazy("Manager"),
    "time_zone": gettext_lazy("Time zone"),
    "language": gettext_lazy("Language"),
    "own_goals": gettext_lazy("Own goals"),
    "own_measures": gettext_lazy("Own measures"),
    "in_own_hand_since": gettext_lazy("In their own hand since"),
    "has_an_account": gettext_lazy("Has an account"),
    "asked_for_less": gettext_lazy("Asked for less"),
    "asked_not_to_be_asked": gettext_lazy("Asked not to be asked"),
    "asked_not_to_be_estimated": gettext_lazy("Asked not to be estimated"),
    "estimate": gettext_lazy("The estimate"),
    "chance_of_the_next_step": gettext_lazy("That the next agreed step gets done, in 100"),
    "at_least": gettext_lazy("Were more known, at least"),
    "at_most": gettext_lazy("At most"),
    "open_steps": gettext_lazy("The four steps"),
    "condition": gettext_lazy("Step"),
    "said": gettext_lazy("Said, of 5"),
    "supported": gettext_lazy("Supported, in 100"),
    "because": gettext_lazy("Because"),
    "effect": gettext_lazy("Makes it"),
    "change": gettext_lazy("In log-odds"),
    "asked_enough_until": gettext_lazy("Asked enough until"),
    "left_alone_until": gettext_lazy("Left alone until"),
    "mails": gettext_lazy("Mails"),
    "mails_received": gettext_lazy("Mails from you"),
    "contacts": gettext_lazy("Contacts"),
    "how": gettext_lazy("How"),
    "away": gettext_lazy("Away"),
    "first_day": gettext_lazy("First day"),
    "last_day": gettext_lazy("Last day"),
    "ties": gettext_lazy("Who works with whom"),
    "who": gettext_lazy("Who"),
    "kind": gettext_lazy("Kind"),
    "to": gettext_lazy("To"),
    "initiative": gettext_lazy("Initiative"),
    "target": gettext_lazy("Target"),
    "on_it_since": gettext_lazy("On it since"),
    "held_by": gettext_lazy("Who speaks with them"),
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
    "asked_how_it_is_now": gettext_lazy("Asked how it is now"),
    "done_at": gettext_lazy("Done on"),
    "due": gettext_lazy("Due on"),
    "asked_at": gettext_lazy("Asked on"),
    "a_no_for_now": gettext_lazy("A no for now"),
    "noted_by": gettext_lazy("Noted by"),
    "stepped_back": gettext_lazy("Stepped back to understand"),
    "opened_at": gettext_lazy("Opened on"),
    "occasion": gettext_lazy("Occasion"),
    "outcome": gettext_lazy("What became of it"),
    "what_it_changed": gettext_lazy("What it changed"),
    "outcome_at": gettext_lazy("Written down on"),
    "working_sessions": gettext_lazy("Working sessions"),
    "let_in_by": gettext_lazy("Who let a phone in as you"),
    "written_and_read_by_nobody_yet": gettext_lazy("Written in silence, read by nobody yet"),
    "introductions": gettext_lazy("Introductions you were offered"),
    "answered": gettext_lazy("Your answer"),
    "passed_on_my_address": gettext_lazy("Your address was passed on"),
    "promises": gettext_lazy("Promises"),
    "quotes": gettext_lazy("Quotes"),
    "words": gettext_lazy("Words"),
    "said_on": gettext_lazy("Said on"),
    "seen_by": gettext_lazy("Seen by"),
    "needs": gettext_lazy("Needs"),
    "parts_of_the_plan_built_on_it": gettext_lazy("The plan builds on it"),
    "needs_of_earlier_initiatives": gettext_lazy("Needs known here, with your yes"),
    "later_initiatives_may_know_since": gettext_lazy("Later initiatives may know it since"),
    "brought_along_on": gettext_lazy("Brought along here on"),
    "at": gettext_lazy("On"),
    "ideas": gettext_lazy("Ideas"),
    "ideas_they_are_for": gettext_lazy("Ideas they are for"),
    "asked_for_ideas": gettext_lazy("Asked for ideas"),
    "sentences_put_to_the_vote": gettext_lazy("Sentences you put to the vote"),
    "your_votes": gettext_lazy("Your votes"),
    "on": gettext_lazy("On"),
    "under_open_questions": gettext_lazy("Under open questions"),
    "questions": gettext_lazy("Questions"),
    "asked_on": gettext_lazy("Asked on"),
    "answer": gettext_lazy("Answer"),
    "named_others": gettext_lazy("Named others"),
    "why": gettext_lazy("Why"),
    "named_by_others": gettext_lazy("Named by others"),
    "by": gettext_lazy("By"),
    "noted_with_colleagues": gettext_lazy("Noted with colleagues"),
    "facts_seen": gettext_lazy("Facts seen"),
    "waits_to_be_asked": gettext_lazy("Waits to be asked"),
    "known_before_asking": gettext_lazy("Known before asking"),
    "question": gettext_lazy("Question"),
    "who_or_which": gettext_lazy("Who, or which document"),
    "of_the_team": gettext_lazy("Of the team"),
    "of_the_role": gettext_lazy("Of the role"),
    "being_written": gettext_lazy("Being written down now"),
    "conversations": gettext_lazy("Conversations"),
    "held_on": gettext_lazy("Held on"),
    "with": gettext_lazy("With"),
    "form": gettext_lazy("How it was held"),
    "notes": gettext_lazy("Notes"),
    "found_in_notes": gettext_lazy("Found in notes"),
    "state": gettext_lazy("How it stands"),
    "when": gettext_lazy("When"),
    "where": gettext_lazy("Where"),
    "minutes": gettext_lazy("Minutes"),
    "who_helps": gettext_lazy("Who helps"),
    "offered_to_try": gettext_lazy("What was offered to try"),
    "chances": gettext_lazy("Chances that came up"),
    "used": gettext_lazy("Used"),
    "confirmed_at": gettext_lazy("Confirmed on"),
    "what_happened": gettext_lazy("What happened"),
    "what": gettext_lazy("What"),
    "by_the_person": gettext_lazy("By the person"),
    "ladder": gettext_lazy("Where this stands"),
    "step": gettext_lazy("The mark"),
    "since": gettext_lazy("Since"),
    "heard_at": gettext_lazy("Heard on"),
    "reason": gettext_lazy("Reason"),
    "no_chance_since": gettext_lazy("No chance since"),
    "said_and_done": gettext_lazy("Said and done"),
    "about": gettext_lazy("About"),
    "value": gettext_lazy("Yes or no"),
    "source": gettext_lazy("From"),
    "steps_put_off": gettext_lazy("Steps put off"),
    "page_opened_with_a_reason": gettext_lazy("Page opened with a reason"),
    "until": gettext_lazy("Until"),
    "links": gettext_lazy("Links to their own page"),
    "ends_at": gettext_lazy("Ends on"),
    "ended_at": gettext_lazy("Ended on"),
    "codes": gettext_lazy("Codes mailed to them"),
    "used_at": gettext_lazy("Entered on"),
    "log": gettext_lazy("What the log says"),
    "check_ins": gettext_lazy("Check-ins by name (those without a name cannot be found)"),
    "tap_understands": gettext_lazy("I know what is being asked of me"),
    "tap_matters": gettext_lazy("It matters to our work and to me"),
    "tap_doable": gettext_lazy("It is realistic and worth my time"),
    "tap_owns": gettext_lazy("I have a hand in it"),
    "in_their_own_hand": gettext_lazy("In their own hand"),
    "corrected_at": gettext_lazy("Put in other words on"),
    "words_taken_back": gettext_lazy("Words taken back"),
    "is_this_the_problem": gettext_lazy("Is this the problem?"),
    "what_it_is": gettext_lazy("What it is"),
    "read_at": gettext_lazy("Read on"),
    "told_back": gettext_lazy("Told back"),
    "said_to_be_right_at": gettext_lazy("Said to be right on"),
    "correction": gettext_lazy("What should be different"),
    "asked_for_or_proposed": gettext_lazy("Asked for or proposed"),
    "before_the_decision": gettext_lazy("Before the decision"),
    "answered_at": gettext_lazy("Answered on"),
    "what_became_of_it": gettext_lazy("What became of it"),
    "in_the_plan": gettext_lazy("In this part of the plan"),
    "talked_about": gettext_lazy("Talked about"),
    "under_a_minute": gettext_lazy("In under a minute"),
    "answers_to_check_ins": gettext_lazy("What the check-ins changed"),
    "changes": gettext_lazy("What changes by it"),
    "how_this_serves": gettext_lazy("How this serves them"),
    "what_you_value": gettext_lazy("What they value"),
    "how_it_serves": gettext_lazy("How this serves it"),
    "which_goal": gettext_lazy("Which goal or measure"),
    "whose_reason": gettext_lazy("Whose reason it is"),
    "called_theirs_at": gettext_lazy("Called their own on"),
    "their_words_in_the_plan": gettext_lazy("Their words in the plan"),
    "their_words_in_stories": gettext_lazy("Their words in stories"),
    "counted_in_a_group": gettext_lazy("Counted in a group, for those who see groups"),
    "group": gettext_lazy("Group"),
    "said_yes": gettext_lazy("Said yes"),
    "did_it": gettext_lazy("Did it"),
    "sees_to_parts": gettext_lazy("Sees to these parts of the plan"),
    "lessons": gettext_lazy("Lessons"),
    "points_brought_back": gettext_lazy("Points of lessons brought back"),
    "in_a_line": gettext_lazy("In a line"),
    "what_came_up": gettext_lazy("What came up"),
    "said_at": gettext_lazy("Said at"),
    "how_it_went": gettext_lazy("How it went"),
    "who_may_say_that_it_came_up": gettext_lazy("Who may say for whom that it came up"),
    "would_like_to_go_first": gettext_lazy("Would like to go first"),
    "part": gettext_lazy("Which part"),
    "taken_back_at": gettext_lazy("Taken back on"),
    "their_words_on_cards": gettext_lazy("Their words on evidence cards"),
    "asked_for_a_pilot": gettext_lazy("Asked for it, for their part"),
    "from_when": gettext_lazy("From when"),
    "pilots_in_your_part": gettext_lazy("Pilots in their part"),
    "what_is_tried": gettext_lazy("What is tried"),
    "what_is_measured": gettext_lazy("What is measured, in groups alone"),
    "in_it_since": gettext_lazy("In it since"),
    "no_mail_about_the_plan_since": gettext_lazy("No mail about new versions of the plan since"),
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


# What the log says happened, in words; an action without a row here is said by its name.
HAPPENED = {
    "person_put_on": gettext_lazy("put on this initiative"),
    "people_put_on": gettext_lazy("put on this initiative, with others"),
    "person_added": gettext_lazy("added to the directory"),
    "person_changed": gettext_lazy("their row in the directory was changed"),
    "person_told": gettext_lazy("told what is kept, and how to object"),
    "try_out_offered": gettext_lazy("something to try was offered"),
    "try_out_answered": gettext_lazy("they said what became of something to try"),
    "try_out_withdrawn": gettext_lazy("an offer to try something was taken back"),
    "person_why_changed": gettext_lazy("why they are on it was changed"),
    "person_handed_over": gettext_lazy("another lead speaks with them now"),
    "let_in": gettext_lazy("a phone was let into a working session as them"),
    "link_made": gettext_lazy("a link to their own page was made"),
    "links_revoked": gettext_lazy("every link to their own page was ended"),
    "own_work_written": gettext_lazy("what they work for was written down"),
    "own_work_noted": gettext_lazy("what they work for was noted"),
    "moment_not_watched": gettext_lazy("they want a moment not to be watched for"),
    "moment_watched_again": gettext_lazy("a moment may be watched for again"),
    "away_noted": gettext_lazy("days away were noted"),
    "away_removed": gettext_lazy("days away were removed"),
    "said_yes": gettext_lazy("a yes was noted"),
    "said_no": gettext_lazy("a no was noted, with its reason"),
    "word_taken_back": gettext_lazy("the last yes or no was noted by mistake"),
    "no_chance_marked": gettext_lazy("marked: their work gave no chance yet"),
    "no_chance_cleared": gettext_lazy("a chance came up"),
    "code_asked_for": gettext_lazy("a code was mailed to them"),
    "code_entered": gettext_lazy("the code was entered"),
    "wish_less": gettext_lazy("they asked for less"),
    "wish_less_taken_back": gettext_lazy("they may be asked as before"),
    "wish_not-this": gettext_lazy("they asked to be left alone on this initiative"),
    "wish_not-this_taken_back": gettext_lazy("they are on this initiative again"),
    "wish_not-at-all": gettext_lazy("they asked to be left alone altogether"),
    "wish_not-at-all_taken_back": gettext_lazy("they may be asked again"),
    "taken_out": gettext_lazy("a lead took the whole initiative out as files"),
    "restored": gettext_lazy("a backup was restored"),
    "check_in_ended_unpublished": gettext_lazy("a check-in ended without results"),
    "glass_broken": gettext_lazy("somebody who runs the workspace opened the page, with a reason"),
    "left_alone": gettext_lazy("left alone for a while, after asks without an answer"),
    "mail_mended": gettext_lazy("words they mended were mended in mails, too"),
    "address_works": gettext_lazy("their address was said to work"),
    "check_in_answered": gettext_lazy("they answered a check-in by name"),
    "evidence_not_right": gettext_lazy("they said that something noted is not right"),
    "said_whether_they_come": gettext_lazy("they said whether they come to a lesson"),
    "it_came_up": gettext_lazy("a point of a lesson came up"),
    "said_how_it_went": gettext_lazy("they said how it went"),
    "follow_up_answered": gettext_lazy("they answered about a point of a lesson"),
    "colleague_may_tell": gettext_lazy("they let a colleague say that something came up"),
    "colleague_may_not_tell": gettext_lazy("they took that back"),
    "first_mailed": gettext_lazy("asked by mail who would like to go first"),
    "check_in_taken_back": gettext_lazy("they took back what they said in a check-in"),
}
THINGS = {
    "promise": gettext_lazy("a promise"),
    "idea": gettext_lazy("an idea"),
    "card": gettext_lazy("asking for a pilot"),
    "talk": gettext_lazy("a talk"),
    "invitation": gettext_lazy("an invitation"),
    "asked again": gettext_lazy("how it is now"),
    "lesson": gettext_lazy("a lesson"),
    "came up": gettext_lazy("something that came up"),
    "step back": gettext_lazy("a step back"),
    "ask": gettext_lazy("an ask"),
    "input": gettext_lazy("something asked for or proposed"),
    "need": gettext_lazy("a need"),
    "check-in": gettext_lazy("a check-in"),
    "chain": gettext_lazy("how this serves them"),
    "try-out": gettext_lazy("something offered to try"),
    "volunteer": gettext_lazy("going first"),
}
DEEDS = {
    "kept": gettext_lazy("kept a promise"),
    "contributed": gettext_lazy("gave an idea, an input or a correction"),
    "attended": gettext_lazy("came to what was agreed"),
    "practised": gettext_lazy("tried it out"),
    "helped": gettext_lazy("helped others"),
    **{one.value: one.label for one in Condition},
}


def happened(action: str) -> str:
    """What the log says, as one would say it."""
    return str(HAPPENED.get(action) or action.replace("_", " ").replace("-", " "))


def came_from(source: str) -> str:
    """ "promise 12" is a promise: the number says something to the database alone."""
    thing, _number, number = source.rpartition(" ")
    return str(THINGS.get(thing, thing)) if number.isdecimal() else source


def deed(item: str) -> str:
    """What was done, as one would say it."""
    return str(DEEDS.get(item) or item)


def said_so(value: int | None) -> str:
    """Yes, no, or taken back."""
    return {1: _("yes"), 0: _("no"), None: _("taken back")}.get(value, str(value))
