"""What was written down about one person, every sort of it in one query.

A file of its own beside ``record.py``: a page may cost fifteen queries, and there are more sorts
of words than that leaves room for. Each row comes back as the thing it is, not as a copy.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    Expression,
    F,
    Field,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Concat

from earnest.accounts.models import User
from earnest.ideas.models import Idea
from earnest.initiatives.models import GlassBreak, Participation
from earnest.listening import naming
from earnest.listening import queries as listening
from earnest.listening.models import (
    Ask,
    BriefAnswer,
    Conversation,
    Invitation,
    Need,
    NeedNamed,
    Question,
    Quote,
    QuoteObjection,
    Recap,
    Referral,
    Seen,
    Sheet,
)
from earnest.listening.naming import Names
from earnest.listening.queries.briefs import Gate, Known, answers_about, gate_of, known_as
from earnest.messaging import queries as messaging
from earnest.messaging.models import Contact, Message
from earnest.people.models import Person


@dataclass(frozen=True, slots=True)
class BeingWritten:
    """What is written down in a talk that is not ended yet, as far as it is theirs to read."""

    words: str
    who: str
    at: datetime


@dataclass(slots=True)
class Written:
    """All of it, the latest first as each sort has it."""

    quotes: list[Quote] = field(default_factory=list)
    needs: list[NeedNamed] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    ideas: list[Idea] = field(default_factory=list)
    named_others: list[Referral] = field(default_factory=list)
    named_by: list[Referral] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    being_written: list[BeingWritten] = field(default_factory=list)
    brief: Gate = field(default_factory=lambda: gate_of(()))
    turns: list[Invitation] = field(default_factory=list)  # why them, where their day is to come
    recaps: list[Recap] = field(default_factory=list)
    struck: list[datetime] = field(default_factory=list)  # when they took words of theirs back
    glass_breaks: list[GlassBreak] = field(default_factory=list)
    mails: list[Message] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)  # when they were in touch, either way


class Row(NamedTuple):
    """What every sort is brought to, so that one query can fetch them all."""

    sort: str
    pk: int
    conversation_id: int | None
    start: int | None
    end: int | None
    words: str
    more: str
    who: str | None
    on: Any  # a date, or None
    at: Any  # a moment, or None
    right_at: Any
    corrected_at: Any
    read_at: Any
    until: Any
    own_hand: Any


def written_about(participation: Participation, names: Names) -> Written:
    """Quotes with their needs, needs, questions, ideas, referrals both ways, facts seen, what was
    told back, words taken back, and who else opened the page."""
    here = participation.pk
    quotes = Quote.objects.filter(participation=here, erased_at=None)
    struck = QuoteObjection.objects.filter(quote__participation=here, withdrawn=True)
    needs = NeedNamed.objects.filter(participation=here)
    questions = Question.objects.filter(participation=here)
    named_by = listening.referrals_to(participation, names).select_related(None)
    sheets = Sheet.objects.filter(talk__people=here, talk__ended_at=None)
    parts: list[QuerySet[Any, Any]] = [
        _rows("quote", quotes, **QUOTE),
        _rows("need", needs, words="need__words", at="at"),
        _rows("question", questions, more="answer", on="asked_on", at="answered_at"),
        _rows("idea", Idea.objects.filter(participation=here), on="on"),
        _rows("other", Referral.objects.filter(named_by=here), words="name", more="why", at="at"),
        _rows("by", named_by, words="name", more="why", who="named_by__person__name", at="at"),
        _rows("seen", Seen.objects.filter(participation=here), on="on"),
        _rows("brief", _brief_of(participation), **BRIEF),
        _rows("turn", listening.turns_of(participation), **TURN),
        _rows("recap", Recap.objects.filter(participation=here), **RECAP),
        _rows("struck", struck, words="quote__words", at="at", placed=False),
        _rows("glass", GlassBreak.objects.filter(participation=here), **GLASS),
        _rows("mail", _mails_to(participation), **MAIL),
        _rows("contact", messaging.contacts_of(participation), **CONTACT),
        _rows(
            "sheet",
            sheets,
            placed=False,
            words="text",
            more="talk__form",
            who="talk__by__name",
            at="written_at",
        ),
        _rows("quote's", Quote.needs.through.objects.filter(quote__participation=here), **LINK),
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by()
    return _sorted_out([Row(*row) for row in rows], participation.initiative_id, names)


def _brief_of(participation: Participation) -> QuerySet[BriefAnswer]:
    """What is known before they are asked; all that has no column of its own told in one."""
    team = Coalesce(F("brief__team__name"), Value(""))
    told = _in_one("topic", "source", Cast("nearness", TextField()), "brief__job", team)
    return answers_about(participation).annotate(told=told)


def _mails_to(participation: Participation) -> QuerySet[Message]:
    """Every mail to them; what a mail alone has is told in one."""
    mails = messaging.messages_of(participation).select_related(None)
    return mails.annotate(told=_in_one("kind", "state", "subject", "reason"))


APART = "\x1f"  # no key on any keyboard


def _in_one(*parts: str | Expression) -> Concat:
    """Several columns as one text. As JSON, SQLite would be asked each time whether it knows any."""
    texts = [F(part) if isinstance(part, str) else part for part in parts]
    apart = [one for text in texts for one in (Value(APART), text)][1:]
    return Concat(*apart, output_field=TextField())


BRIEF: dict[str, Any] = {"placed": False, "more": "told", "who": "where", "on": "on"}
TURN: dict[str, Any] = {
    "placed": False,
    "words": "why_you",
    "more": "ask__about",
    "who": "ask__by__name",
    "at": "state_at",
}
QUOTE: dict[str, Any] = {
    "more": "passed_on",
    "on": "said_on",
    "corrected_at": "corrected_at",
    "own_hand": "own_hand",
}
RECAP: dict[str, Any] = {
    "placed": False,
    "conversation_id": "conversation_id",
    "more": "correction",
    "who": "by__name",
    "at": "sent_at",
    "right_at": "right_at",
    "corrected_at": "corrected_at",
    "read_at": "correction_read_at",
}
GLASS: dict[str, Any] = {
    "placed": False,
    "words": "reason",
    "who": "user__name",
    "more": "user__email",
    "at": "at",
    "until": "until",
}
MAIL: dict[str, Any] = {
    "placed": False,
    "words": "text",
    "more": "told",
    "who": "by__name",
    "at": "sent_at",
    "until": "leaves_at",
}
CONTACT: dict[str, Any] = {
    "placed": False,
    "pk": "person_id",
    "words": "kind",
    "more": "channel",
    "who": "direction",
    "at": "at",
}
LINK: dict[str, Any] = {"pk": "quote_id", "words": "need__words", "placed": False}


def _rows[M: Model](
    sort: str, rows: QuerySet[M], *, placed: bool = True, **columns: str
) -> QuerySet[M, tuple[Any, ...]]:
    """One sort in the columns of Row; what a sort does not have stays empty."""
    place = {"conversation_id": "conversation_id", "start": "start", "end": "end"}
    names = {"pk": "pk", "words": "words", **(place if placed else {}), **columns}
    return rows.order_by().values_list(
        Value(sort, output_field=TextField()),
        *(
            F(names[column]) if column in names else Cast(Value(None), empty)
            for column, empty in COLUMNS.items()
        ),
    )


COLUMNS: dict[str, Field[Any, Any]] = {
    "pk": IntegerField(),
    "conversation_id": IntegerField(),
    "start": IntegerField(),
    "end": IntegerField(),
    "words": TextField(),
    "more": TextField(),
    "who": TextField(),
    "on": DateField(),
    "at": DateTimeField(),
    "right_at": DateTimeField(),
    "corrected_at": DateTimeField(),
    "read_at": DateTimeField(),
    "until": DateTimeField(),
    "own_hand": BooleanField(),
}


def _sorted_out(rows: list[Row], here: int, names: Names) -> Written:
    """Rows as the things they are, in the order of each sort."""
    met: dict[str, list[Row]] = {}
    for row in rows:
        met.setdefault(row.sort, []).append(row)
    needs: dict[int, list[Need]] = {}
    for row in met.get("quote's", ()):
        needs.setdefault(row.pk, []).append(Need(words=row.words))
    late = sorted(met.get("quote", ()), key=_day, reverse=True)
    return Written(
        quotes=[_quote(row, needs.get(row.pk, []), here) for row in late],
        needs=[
            NeedNamed(need=Need(words=row.words), at=row.at, **_base(row))
            for row in sorted(met.get("need", ()), key=_key)
        ],
        questions=[_question(row, here) for row in sorted(met.get("question", ()), key=_day)],
        ideas=[
            Idea(words=row.words, on=row.on, initiative_id=here, **_base(row))
            for row in sorted(met.get("idea", ()), key=_day, reverse=True)
        ],
        named_others=[_referral(row, here) for row in sorted(met.get("other", ()), key=_moment)],
        named_by=[_referral(row, here) for row in sorted(met.get("by", ()), key=_moment)],
        seen=[
            Seen(words=row.words, on=row.on, **_base(row))
            for row in sorted(met.get("seen", ()), key=_day, reverse=True)
        ],
        being_written=[
            BeingWritten(words, row.who or "", row.at)
            for row in sorted(met.get("sheet", ()), key=_moment)
            if (words := _theirs(row, names))
        ],
        brief=gate_of(_known(row) for row in met.get("brief", ())),
        turns=[_turn(row, here) for row in sorted(met.get("turn", ()), key=_moment)],
        recaps=[_recap(row) for row in sorted(met.get("recap", ()), key=_moment, reverse=True)],
        struck=[row.at for row in met.get("struck", ())],
        glass_breaks=[
            _glass_break(row) for row in sorted(met.get("glass", ()), key=_moment, reverse=True)
        ],
        mails=[_mail(row) for row in sorted(met.get("mail", ()), key=_key, reverse=True)],
        contacts=[
            Contact(kind=row.words, channel=row.more, direction=row.who or "", at=row.at)
            for row in sorted(met.get("contact", ()), key=_moment, reverse=True)
        ],
    )


def _theirs(row: Row, names: Names) -> str:
    """All of a talk one to one; of a small group the sentences that name them."""
    if row.more != Conversation.Form.SMALL_GROUP:
        return row.words.strip()
    spans = naming.spans_naming(row.words, names)
    return "\n".join(row.words[start:end].strip() for start, end in spans)


def _key(row: Row) -> int:
    return row.pk


def _day(row: Row) -> tuple[date, int]:
    return row.on or date.min, row.pk


def _moment(row: Row) -> tuple[datetime, int]:
    return row.at, row.pk


def _base(row: Row) -> dict[str, Any]:
    place = {"conversation_id": row.conversation_id, "start": row.start, "end": row.end}
    return {"pk": row.pk, **place}


def _turn(row: Row, here: int) -> Invitation:
    ask = Ask(about=row.more, by=User(name=row.who or ""), initiative_id=here)
    state = Invitation.State.WAITING
    return Invitation(pk=row.pk, ask=ask, why_you=row.words, state=state, state_at=row.at)


def _known(row: Row) -> tuple[int, Known]:
    topic, source, nearness, job, team = row.more.split(APART, 4)
    about = {"topic": topic, "source": source, "where": row.who or ""}
    answer = BriefAnswer(pk=row.pk, words=row.words, on=row.on, **about)
    return int(nearness), known_as(answer, team, job)


def _quote(row: Row, needs: list[Need], here: int) -> Quote:
    more = {"passed_on": row.more, "said_on": row.on, "initiative_id": here}
    hand = {"own_hand": bool(row.own_hand), "corrected_at": row.corrected_at}
    quote = Quote(words=row.words, **more, **hand, **_base(row))
    quote.needs_named = needs
    return quote


def _question(row: Row, here: int) -> Question:
    more = {"answer": row.more, "asked_on": row.on, "answered_at": row.at}
    return Question(words=row.words, initiative_id=here, **more, **_base(row))


def _referral(row: Row, here: int) -> Referral:
    by = Participation(person=Person(name=row.who)) if row.who is not None else None
    more = {"why": row.more, "at": row.at, "initiative_id": here}
    return Referral(name=row.words, named_by=by, **more, **_base(row))


def _recap(row: Row) -> Recap:
    return Recap(
        pk=row.pk,
        conversation_id=row.conversation_id or 0,
        words=row.words,
        by=User(name=row.who) if row.who else None,
        sent_at=row.at,
        right_at=row.right_at,
        corrected_at=row.corrected_at,
        correction=row.more,
        correction_read_at=row.read_at,
    )


def _glass_break(row: Row) -> GlassBreak:
    user = User(name=row.who or "", email=row.more)
    return GlassBreak(pk=row.pk, reason=row.words, user=user, at=row.at, until=row.until)


def _mail(row: Row) -> Message:
    by = User(name=row.who) if row.who else None
    parts = dict(zip(("kind", "state", "subject", "reason"), row.more.split(APART, 3), strict=True))
    return Message(pk=row.pk, text=row.words, by=by, sent_at=row.at, leaves_at=row.until, **parts)
