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

from earnest.checkins.models import NamedAnswer
from earnest.ideas.models import Idea
from earnest.initiatives import queries as initiatives
from earnest.initiatives.models import Commission, GlassBreak, Participation
from earnest.listening import queries as listening
from earnest.listening.models import (
    Conversation,
    Invitation,
    NeedNamed,
    Question,
    Quote,
    Recap,
    Referral,
    Seen,
    StepBack,
)
from earnest.listening.naming import Names, Span
from earnest.listening.queries import AskedSoFar, Mention
from earnest.listening.queries.briefs import Gate
from earnest.messaging.models import Contact, Message
from earnest.pages.written import BeingWritten, Planned, Written, happened, written_about
from earnest.pages.written.carded import Carded
from earnest.pages.written.found import Named, TakenOutBy, each_once
from earnest.pages.written.moments import Coming
from earnest.pages.written.piloted import Piloted
from earnest.pages.written.rows import Happening
from earnest.pages.written.sat import Met, Sat
from earnest.pages.written.taught import Practice
from earnest.pages.written.together import Together
from earnest.pages.written.told import Told
from earnest.pages.written.topics import SaidOpenly
from earnest.pages.written.tries import Practised
from earnest.pages.written.typed import Typed, without_copied
from earnest.pages.written.voiced import Voiced
from earnest.pages.written.voted import Voted
from earnest.people.models import Away
from earnest.plans.models import Chain, Version
from earnest.promises import queries as promises
from earnest.promises.models import AskedAgain, Promise, PromiseEvent
from earnest.promises.queries import BothRecords, with_maker_leads
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
    step_backs: list[StepBack]  # why they do not commit, and what it changed
    asked_again: list[AskedAgain]  # what they did, and how it is now
    together: Together  # what they do in spaces with names
    moments: Coming  # written for them beforehand, those that came, and what is not watched for
    said_openly: list[SaidOpenly]  # under open questions, by name
    voices: list[Voiced]  # words of theirs beside stories
    carded: Carded  # evidence cards: to read, their words on them, what they asked for
    voted: Voted  # in spaces with names: how often, never how
    sat: list[Sat]  # working sessions they were in
    running: list[Sat]  # those they can come into now
    nameless: list[Sat]  # held without names: who came is not known
    met: list[Met]  # introductions they were offered
    practice: Practice  # lessons they were at, what came back of them, and what came up
    practised: Practised  # what they were offered to try, and the chances their work gave
    piloted: Piloted  # going first, and pilots in their part
    away: list[Away]  # days they are not there, the next first
    who_leads: list[str]  # by name
    published: Version | None  # the plan, as it was published last
    struck: list[datetime]  # when they took words of theirs back
    told: Told  # what became of what they said
    being_written: list[BeingWritten]  # in talks not ended yet
    planned: Planned  # parts they see to, what changed through them, days that moved
    brought: list[NeedNamed]  # of an earlier initiative, with their yes, not taken along here
    glass_breaks: list[GlassBreak]
    taken_out: list[TakenOutBy]  # as files, by a lead
    commission: Commission | None  # where they asked for it: words about them
    choices: list[Chosen]  # every step about them that was put off or dismissed
    chosen: list[Chosen]  # those of them with a reason written down
    happened: list[Happening]
    evidence: list[Evidence]  # what was said and done, as it counts
    names: Names

    @property
    def is_new(self) -> bool:
        """Nothing was said, promised or told yet."""
        said = self.quotes or self.needs or self.questions or self.ideas or self.told.inputs
        heard = self.talks or self.told.rounds or self.said_openly
        return not (said or heard or self.ours or self.theirs)

    @property
    def to_confirm(self) -> list[Recap]:
        """What was told back and has no word from them yet."""
        return [one for one in self.recaps if not one.right_at and not one.corrected_at]

    @property
    def steps_back_now(self) -> bool:
        """A step back with them is open."""
        return any(one.is_open for one in self.step_backs)

    @cached_property
    def needs_named(self) -> list[Named]:
        """Each need once, however often they named it."""
        return each_once(self.needs)

    @cached_property
    def mentions(self) -> list[Mention]:
        """Sentences naming them in talks with others: read through only where they are shown."""
        return listening.mentions_of(self.participation, self.names)


AS_WRITTEN = (  # taken over as written_about read it
    *("quotes", "needs", "questions", "ideas", "named_others", "named_by", "seen"),
    *("brief", "turns", "mails", "contacts", "check_ins", "recaps", "chains"),
    *("asked_again", "step_backs", "together", "said_openly", "voices", "carded", "voted", "sat"),
    *("running", "nameless", "met", "struck", "told", "glass_breaks", "taken_out"),
    *("being_written", "planned", "brought", "practice", "practised", "moments", "piloted"),
    *("away", "who_leads", "published"),
)


TYPED = Typed._fields


def record_of(participation: Participation, *, today: date, own: bool = False) -> Record:
    """Read the whole record; a fixed number of queries. ``own`` speaks to the person: "you", and
    leaves others' words out of what leads typed."""
    both = _promises_of(participation)
    names = listening.names_of(participation)
    said = written_about(participation, names)
    if own:
        typed = without_copied(Typed(*(getattr(said, name) for name in TYPED)), participation)
        for name in TYPED:
            setattr(said, name, getattr(typed, name))
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
    evidence = _evidence(participation)
    return Record(
        participation=participation,
        names=names,
        **{name: getattr(said, name) for name in AS_WRITTEN},
        rung=getattr(participation, "rung", None),
        ours=_of_side(both, Promise.Direction.OURS),
        theirs=_of_side(both, Promise.Direction.THEIRS),
        kept=promises.records_with(both, today=today),
        asked=asked,
        so_far=listening.asked_so_far(asked),
        talks=talks,
        commission=initiatives.commission_by(participation),
        choices=chosen,
        chosen=with_reason,
        evidence=evidence,
        happened=_happened(
            participation, said, (both, asked, talks, with_reason, evidence), own=own
        ),
    )


def _evidence(participation: Participation) -> list[Evidence]:
    """What was said and done; where the estimate is on, with whether one may be shown."""
    if participation.initiative.workspace.estimates:
        return list(standing.record_estimated(participation.pk))
    return standing.record_of(participation.pk)


type _Beside = tuple[list[Promise], list[Invitation], list[Talk], list[Chosen], list[Evidence]]


def _happened(
    participation: Participation, said: Written, beside: _Beside, *, own: bool
) -> list[Happening]:
    """All of it in order of time, the latest first."""
    both, asked, talks, put_aside, evidence = beside
    name = participation.person.first_name
    return happened.in_order(
        [
            *happened.from_chosen(put_aside),
            *happened.from_promises(both, name, own=own),
            *happened.from_talks([talk.conversation for talk in talks], name),
            *happened.from_words(said, name),
            *happened.from_asked(asked, name),
            *happened.from_evidence(evidence, name),
        ]
    )


def _promises_of(participation: Participation) -> list[Promise]:
    events = Prefetch("events", PromiseEvent.objects.select_related("by"))
    promised = participation.promises.select_related("by").prefetch_related(events)
    return list(with_maker_leads(promised).order_by("due", "pk"))


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
