"""Everything recorded about one person on one initiative: one read for the lead's page and theirs.

A file of its own because it is the promise "nothing hidden" (privacy.md 3): both pages show this
one record, so neither can show more than the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Model, Prefetch
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.checkins.models import Condition, NamedAnswer
from earnest.ideas.models import Idea
from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import Commission, GlassBreak, Participation
from earnest.listening import queries as listening
from earnest.listening.models import (
    Conversation,
    Invitation,
    InvitationEvent,
    NeedNamed,
    Question,
    Quote,
    Recap,
    Referral,
    Seen,
)
from earnest.listening.naming import Names, Span
from earnest.listening.queries import AskedSoFar, Mention
from earnest.listening.queries.briefs import Gate
from earnest.messaging.models import Contact, Message
from earnest.pages.written import BeingWritten, Planned, Written, chained, written_about
from earnest.pages.written.found import Named, each_once
from earnest.pages.written.rows import Happening
from earnest.pages.written.told import Told
from earnest.plans.models import Chain
from earnest.promises import queries as promises
from earnest.promises.models import Promise, PromiseEvent
from earnest.promises.queries import BothRecords
from earnest.rhythm import queries as rhythm
from earnest.rhythm.models import Chosen
from earnest.standing import queries as standing
from earnest.standing.models import Evidence, Rung


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation they were in, what of its notes is theirs to read, and how it was told back."""

    conversation: Conversation
    own_notes: str
    recap: Recap | None = None


@dataclass(frozen=True)
class Record:
    """What is known of a person here, in the words it was written in."""

    participation: Participation
    rung: Rung | None
    ours: list[Promise]
    theirs: list[Promise]
    kept: BothRecords
    quotes: list[Quote]
    needs: list[NeedNamed]
    questions: list[Question]
    ideas: list[Idea]
    named_others: list[Referral]
    named_by: list[Referral]
    seen: list[Seen]
    brief: Gate  # what is known before they are asked, and where it is from
    asked: list[Invitation]  # what they were asked, the latest first
    so_far: AskedSoFar
    turns: list[Invitation]  # why them, where their day to be asked is still to come
    talks: list[Talk]
    mails: list[Message]
    contacts: list[Contact]  # when they were in touch, either way
    check_ins: list[NamedAnswer]  # by name; of the others nobody knows
    recaps: list[Recap]
    chains: list[Chain]  # what they value, and how this serves it
    struck: list[datetime]  # when they took words of theirs back
    told: Told  # what became of what they said
    being_written: list[BeingWritten]  # in talks not ended yet
    planned: Planned  # parts they see to, what changed through them, days that moved
    brought: list[NeedNamed]  # of an earlier initiative, with their yes, not taken along here
    glass_breaks: list[GlassBreak]
    commission: Commission | None  # where they asked for it: words about them
    choices: list[Chosen]  # every step about them that was put off or dismissed
    chosen: list[Chosen]  # those of them with a reason written down
    happened: list[Happening]
    names: Names

    @property
    def is_new(self) -> bool:
        """Nothing was said, promised or told yet."""
        said = self.quotes or self.needs or self.questions or self.ideas or self.told.inputs
        heard = self.talks or self.told.rounds
        return not (said or heard or self.ours or self.theirs)

    @property
    def to_confirm(self) -> list[Recap]:
        """What was told back and has no word from them yet."""
        return [one for one in self.recaps if not one.right_at and not one.corrected_at]

    @cached_property
    def needs_named(self) -> list[Named]:
        """Each need once, however often they named it."""
        return each_once(self.needs)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Sentences naming them in talks with others: read through only where they are shown."""
        return listening.mentions_of(self.participation, self.names)


def record_of(participation: Participation, *, today: date, own: bool = False) -> Record:
    """Read the whole record; a fixed number of queries. ``own`` speaks to the person: "you"."""
    both = _promises_of(participation)
    names = listening.names_of(participation)
    said = written_about(participation, names)
    talks = _talks_of(participation, names, said, both)
    asked = listening.invitations_of(participation)
    chosen = rhythm.chosen_about(
        {
            "person": [participation.pk],
            "promise": _keys(both),
            "question": _keys(said.questions),
            "referral": _keys(said.named_by),
            "invitation": _keys(asked),
        }
    )
    with_reason = [one for one in chosen if one.reason]
    return Record(
        participation=participation,
        names=names,
        rung=getattr(participation, "rung", None),
        ours=_of_side(both, Promise.Direction.OURS),
        theirs=_of_side(both, Promise.Direction.THEIRS),
        kept=promises.records_with(both, today=today),
        quotes=said.quotes,
        needs=said.needs,
        questions=said.questions,
        ideas=said.ideas,
        named_others=said.named_others,
        named_by=said.named_by,
        seen=said.seen,
        brief=said.brief,
        turns=said.turns,
        asked=asked,
        so_far=listening.asked_so_far(asked),
        talks=talks,
        mails=said.mails,
        contacts=said.contacts,
        check_ins=said.check_ins,
        recaps=said.recaps,
        chains=said.chains,
        struck=said.struck,
        told=said.told,
        glass_breaks=said.glass_breaks,
        being_written=said.being_written,
        planned=said.planned,
        brought=said.brought,
        commission=initiatives.commission_by(participation),
        choices=chosen,
        chosen=with_reason,
        happened=_in_order(
            [
                *(_from_chosen(one) for one in with_reason),
                *_from_promises(both, participation.person.first_name, own=own),
                *_from_words(said, talks, participation),
                *_from_asked(asked, participation.person.first_name),
                *_from_evidence(standing.record_of(participation.pk)),
            ]
        ),
    )


def _from_words(said: Written, talks: list[Talk], participation: Participation) -> list[Happening]:
    """Talks, what was told back of them, and what they said otherwise."""
    name = participation.person.first_name
    return [
        *(_from_talk(talk.conversation, name) for talk in talks),
        *(one for recap in said.recaps for one in _from_recap(recap, name)),
        *_from_quotes(said, name),
        *(_from_idea(idea) for idea in said.ideas),
        *(_from_check_in(one, name) for one in said.check_ins),
        *said.told.happened(name),
        *chained.happened(said.chains, name),
    ]


def _promises_of(participation: Participation) -> list[Promise]:
    events = Prefetch("events", PromiseEvent.objects.select_related("by"))
    promised = participation.promises.select_related("by").prefetch_related(events)
    return list(promised.order_by("due", "pk"))


def _keys(rows: Iterable[Model]) -> list[int]:
    return [row.pk for row in rows]


def _of_side(both: list[Promise], direction: str) -> list[Promise]:
    return [one for one in both if one.direction == direction]


def _placed(said: Written) -> list[FromTalk]:
    """What was taken from notes, each with its place in them."""
    words: list[FromTalk] = [*said.quotes, *said.needs, *said.questions, *said.ideas]
    return [*words, *said.named_others, *said.seen]


type FromTalk = Promise | Quote | NeedNamed | Question | Idea | Referral | Seen


def _talks_of(
    participation: Participation, names: Names, said: Written, promised: list[Promise]
) -> list[Talk]:
    """Conversations they were in, each with the notes they can read."""
    spans: dict[int, list[Span]] = {}
    for one in (*promised, *_placed(said)):
        if one.conversation_id and one.start is not None and one.end is not None:
            spans.setdefault(one.conversation_id, []).append((one.start, one.end))
    mended: dict[int | None, list[Quote]] = {}
    for quote in said.quotes:
        if quote.corrected_at:
            mended.setdefault(quote.conversation_id, []).append(quote)
    told = {recap.conversation_id: recap for recap in said.recaps}
    return [
        Talk(
            talk,
            listening.own_notes(talk, names, spans.get(talk.pk, ()), mended.get(talk.pk, ())),
            told.get(talk.pk),
        )
        for talk in participation.conversations.select_related("by")
    ]


def _in_order(everything: list[Happening]) -> list[Happening]:
    """The latest first; what only has a day stands below what has an hour of that day."""
    return sorted(everything, key=_moment, reverse=True)


def _moment(one: Happening) -> tuple[date, float]:
    """The day as it is shown to the reader, then the hour."""
    if isinstance(one.at, datetime):
        return localtime(one.at).date(), one.at.timestamp()
    return one.at, 0.0


def _from_promises(both: list[Promise], name: str, *, own: bool) -> list[Happening]:
    sides = {
        Promise.Direction.OURS: _("Our promise"),
        Promise.Direction.THEIRS: _("Your promise") if own else _("Their promise"),
    }
    return [
        _from_event(promise, event, name, sides[Promise.Direction(promise.direction)])
        for promise in both
        for event in promise.events.all()
    ]


def _from_idea(idea: Idea) -> Happening:
    return Happening(idea.on, "did", _("Gave an idea: %(words)s") % {"words": idea.words})


def _from_check_in(answer: NamedAnswer, name: str) -> Happening:
    """Four taps by name, in the order they are asked, and the line beside them."""
    taps = (getattr(answer, one.value) or "–" for one in Condition)
    said = _("Answered a check-in: %(taps)s") % {"taps": " · ".join(str(tap) for tap in taps)}
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


def _from_asked(asked: list[Invitation], name: str) -> list[Happening]:
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


def _from_evidence(rows: list[Evidence]) -> list[Happening]:
    """What stands on its own in the record: a yes, a no. What has an event is shown by that."""
    corrected = {row.corrects for row in rows if row.corrects}
    out = []
    for row in rows:
        if row.id in corrected or row.value is None or row.source.startswith("invitation "):
            continue
        if row.kind == Evidence.Kind.NODDED:
            out.append(Happening(row.at, "", _("Said yes") if row.value else _("Declined to talk")))
        if row.kind == Evidence.Kind.AGREED and not row.value:
            said = _("Said no: %s") % row.reason if row.reason else _("Said no")
            out.append(Happening(row.at, "no", said))
    return out
