"""What happened with one person, in order of time: from every row that holds its moment."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.checkins.models import Condition, NamedAnswer
from earnest.ideas.models import Idea
from earnest.listening.models import Conversation, Invitation, InvitationEvent, Recap
from earnest.pages.reasons import evidence_in_words
from earnest.pages.written import (
    Written,
    again,
    carded,
    chained,
    moments,
    piloted,
    sat,
    stepping,
    taught,
    together,
    topics,
    tries,
    voiced,
)
from earnest.pages.written.found import TakenOutBy
from earnest.pages.written.rows import Happening
from earnest.promises.models import Promise, PromiseEvent
from earnest.rhythm.models import Chosen
from earnest.standing.actions import NOT_RIGHT
from earnest.standing.models import Evidence


def in_order(everything: list[Happening]) -> list[Happening]:
    """The latest first; what only has a day stands below what has an hour of that day."""
    return sorted(everything, key=_moment, reverse=True)


def _moment(one: Happening) -> tuple[date, float]:
    """The day as it is shown to the reader, then the hour."""
    if isinstance(one.at, datetime):
        return localtime(one.at).date(), one.at.timestamp()
    return one.at, 0.0


def from_talks(talks: list[Conversation], name: str) -> list[Happening]:
    """Talks, each as it was held."""
    return [_from_talk(talk, name) for talk in talks]


def from_chosen(chosen: list[Chosen]) -> list[Happening]:
    """Steps about them that were put off or dismissed."""
    return [_from_chosen(one) for one in chosen]


def from_words(said: Written, name: str) -> list[Happening]:
    """What was told back of talks, and what they said otherwise."""
    return [
        *(one for recap in said.recaps for one in _from_recap(recap, name)),
        *_from_quotes(said, name),
        *(_from_idea(idea) for idea in said.ideas),
        *(_from_check_in(one, name) for one in said.check_ins),
        *said.told.happened(name),
        *chained.happened(said.chains, name),
        *again.happened(said.asked_again, name),
        *stepping.happened(said.step_backs),
        *(_from_taken_out(one) for one in said.taken_out),
        *voiced.happened(said.voices, name),
        *carded.happened(said.carded, name),
        *sat.happened(said.sat, said.met, name),
        *taught.happened(said.practice, name),
        *together.happened(said.together),
        *topics.happened(said.said_openly, name),
        *tries.happened(said.practised, name),
        *piloted.happened(said.piloted, name),
        *moments.happened(said.moments),
    ]


def from_promises(both: list[Promise], name: str, *, own: bool) -> list[Happening]:
    sides = {
        Promise.Direction.OURS: _("Our promise"),
        Promise.Direction.THEIRS: _("Your promise") if own else _("Their promise"),
    }
    return [
        _from_event(promise, event, name, sides[Promise.Direction(promise.direction)])
        for promise in both
        for event in promise.events.all()
    ]


def _from_taken_out(one: TakenOutBy) -> Happening:
    said = _("What is here was taken out of Earnest as files, with everyone's on this initiative")
    return Happening(one.at, "", said, one.who)


def _from_idea(idea: Idea) -> Happening:
    return Happening(idea.on, "did", _("Gave an idea: %(words)s") % {"words": idea.words})


def _from_check_in(answer: NamedAnswer, name: str) -> Happening:
    """Four taps by name, each with what it was about, and the line beside them."""
    taps = (f"{one.in_short} {getattr(answer, one.value) or '–'}" for one in Condition)
    said = _("Answered a check-in, from 1 to 5: %(taps)s") % {"taps": " · ".join(taps)}
    line = f" “{answer.line}”" if answer.line else ""
    return Happening(answer.at, "did", said + line, name)


MARKS = {
    PromiseEvent.Kind.MADE: "agreed",
    PromiseEvent.Kind.CONFIRMED: "agreed",
    PromiseEvent.Kind.KEPT: "did",
    PromiseEvent.Kind.MISSED: "fading",
}


def _from_event(promise: Promise, event: PromiseEvent, name: str, side: str) -> Happening:
    mark = MARKS.get(PromiseEvent.Kind(event.kind), "")
    if event.kind == PromiseEvent.Kind.MADE and promise.direction == Promise.Direction.THEIRS:
        mark = ""  # noted is not yet agreed: they have not confirmed it
    text = f"{side}, {event.get_kind_display()}: {promise.words}"
    why = f" ({event.why})" if event.why else ""
    who = name if event.by_person else str(event.by or "")
    return Happening(event.at, mark, text + why, who)


def _from_chosen(chosen: Chosen) -> Happening:
    text = _("A proposed step was put aside (%(kind)s): %(why)s") % {
        "kind": chosen.get_kind_display(),
        "why": chosen.reason,
    }
    return Happening(chosen.at, "", text, str(chosen.user))


HOW_HELD = {
    Conversation.Form.ONE_TO_ONE: gettext_lazy("Talked, one to one"),
    Conversation.Form.SMALL_GROUP: gettext_lazy("Talked, in a small group"),
    Conversation.Form.WRITTEN: gettext_lazy("Wrote"),
}


def _from_talk(talk: Conversation, name: str) -> Happening:
    who = name if talk.form == Conversation.Form.WRITTEN else str(talk.by)
    return Happening(talk.held_on, "heard", str(HOW_HELD[Conversation.Form(talk.form)]), who)


def _from_recap(recap: Recap, name: str) -> list[Happening]:
    """Told back; then right, or mended, each on its day."""
    by = str(recap.by or "")
    out = [Happening(recap.sent_at, "", _("Told back what was heard"), by)]
    if recap.corrected_at:
        said = _("Said what should be different: %s") % recap.correction
        out.append(Happening(recap.corrected_at, "did", said, name))
    if recap.right_at:
        out.append(Happening(recap.right_at, "", _("Said that what was heard is right"), name))
    return out


def _from_quotes(said: Written, name: str) -> list[Happening]:
    """Words of theirs put in other words, or taken back; the old ones are told nowhere."""
    mended = [one.corrected_at for one in said.quotes if one.corrected_at]
    return [
        *(Happening(at, "did", _("Put words in other words"), name) for at in mended),
        *(Happening(at, "", _("Took words back"), name) for at in said.struck),
    ]


ASKED_MARKS = {
    InvitationEvent.Kind.ACCEPTED: "nodded",
    InvitationEvent.Kind.CAME: "did",
    InvitationEvent.Kind.DECLINED: "no",
}


def from_asked(asked: list[Invitation], name: str) -> list[Happening]:
    """What they wrote stands among the talks, so it is not told twice."""
    told = [(one, event) for one in asked for event in one.so_far]
    answered = InvitationEvent.Kind.ANSWERED
    return [_from_asking(one, event, name) for one, event in told if event.kind != answered]


def _from_asking(one: Invitation, event: InvitationEvent, name: str) -> Happening:
    """What happened to an ask: with the time it was set to, and their words."""
    said = _("Asked on “%(about)s”: %(what)s") % {
        "about": one.ask.about,
        "what": event.get_kind_display(),
    }
    if event.time_after and event.kind in InvitationEvent.SETS_A_TIME:
        said += f", {date_format(localtime(event.time_after), 'j M, H:i')}"
    words = f" ({event.words})" if event.words else ""
    who = name if event.by_person else str(event.by or "")
    mark = ASKED_MARKS.get(InvitationEvent.Kind(event.kind), "")
    return Happening(event.at, mark, said + words, who)


TOLD_ELSEWHERE = ("invitation ", "asked again ")  # with its words, where it happened


def from_evidence(rows: list[Evidence], name: str) -> list[Happening]:
    """What stands on its own in the record: a yes, a no. What has an event is shown by that."""
    corrected = {row.corrects for row in rows if row.corrects}
    out = _from_not_right(rows, name)
    for row in rows:
        if row.id in corrected or row.value is None or row.source.startswith(TOLD_ELSEWHERE):
            continue
        if row.kind == Evidence.Kind.NODDED:
            out.append(Happening(row.at, "", _("Said yes") if row.value else _("Declined to talk")))
        if row.kind == Evidence.Kind.AGREED and not row.value:
            said = _("Said no: %s") % row.reason if row.reason else _("Said no")
            out.append(Happening(row.at, "no", said))
    return out


def _from_not_right(rows: list[Evidence], name: str) -> list[Happening]:
    """What they said is not right, with what it was: it counts no more."""
    known = {row.id: row for row in rows}
    said = _("Said that this is not right: %(what)s, %(day)s")
    return [
        Happening(row.at, "", said % _what_it_was(known[row.corrects]), name)
        for row in rows
        if row.source == NOT_RIGHT and row.corrects in known
    ]


def _what_it_was(row: Evidence) -> dict[str, str]:
    day = date_format(localtime(row.at), "j M Y")
    return {"what": evidence_in_words(row), "day": day}
