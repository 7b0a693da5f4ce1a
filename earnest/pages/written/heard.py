"""What was said, noted and told back: the sorts of words that were there before any plan."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

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
from earnest.listening.queries.briefs import Known, answers_about, gate_of, known_as
from earnest.messaging import queries as messaging
from earnest.messaging.models import Contact, Message
from earnest.pages.written.found import BeingWritten
from earnest.pages.written.rows import (
    APART,
    Row,
    by_day,
    by_key,
    by_moment,
    in_one,
    placed,
    rows_as,
)
from earnest.people.models import Person
from earnest.plans.models import PartWords


def parts(participation: Participation, names: Names) -> list[QuerySet[Any, Any]]:
    """Quotes with their needs, needs, questions, ideas, referrals both ways, facts seen, what was
    told back, words taken back, and who else opened the page."""
    here = participation.pk
    quotes = Quote.objects.filter(participation=here, erased_at=None)
    struck = QuoteObjection.objects.filter(quote__participation=here, withdrawn=True)
    needs = NeedNamed.objects.filter(participation=here)
    questions = Question.objects.filter(participation=here)
    named_by = listening.referrals_to(participation, names).select_related(None)
    sheets = Sheet.objects.filter(talk__people=here, talk__ended_at=None)
    return [
        rows_as("quote", quotes, **QUOTE),
        rows_as("need", needs, **NEED),
        rows_as("question", questions, more="answer", on="asked_on", at="answered_at"),
        rows_as("idea", Idea.objects.filter(participation=here, gone=""), on="on"),
        rows_as("other", Referral.objects.filter(named_by=here), words="name", more="why", at="at"),
        rows_as("by", named_by, words="name", more="why", who="named_by__person__name", at="at"),
        rows_as("seen", Seen.objects.filter(participation=here), on="on"),
        rows_as("brief", _brief_of(participation), **BRIEF),
        rows_as("turn", listening.turns_of(participation), **TURN),
        rows_as("recap", Recap.objects.filter(participation=here), **RECAP),
        rows_as("struck", struck, words="quote__words", at="at", has_place=False),
        rows_as("glass", GlassBreak.objects.filter(participation=here), **GLASS),
        rows_as("mail", _mails_to(participation), **MAIL),
        rows_as("contact", messaging.contacts_of(participation), **CONTACT),
        rows_as(
            "sheet",
            sheets,
            has_place=False,
            words="text",
            more="talk__form",
            who="talk__by__name",
            at="written_at",
        ),
        rows_as("quote's", Quote.needs.through.objects.filter(quote__participation=here), **LINK),
        rows_as("used", PartWords.objects.filter(quote__participation=here), **USED),
    ]


def _brief_of(participation: Participation) -> QuerySet[BriefAnswer]:
    """What is known before they are asked; all that has no column of its own told in one."""
    team = Coalesce(F("brief__team__name"), Value(""))
    told = in_one("topic", "source", Cast("nearness", TextField()), "brief__job", team)
    return answers_about(participation).annotate(told=told)


def _mails_to(participation: Participation) -> QuerySet[Message]:
    """Every mail to them; what a mail alone has is told in one."""
    mails = messaging.messages_of(participation).select_related(None)
    return mails.annotate(told=in_one("kind", "state", "subject", "reason"))


NEED: dict[str, Any] = {
    "words": "need__words",
    "more": "words",
    "at": "at",
    "right_at": "may_carry_at",
    "until": "brought_at",
}
BRIEF: dict[str, Any] = {"has_place": False, "more": "told", "who": "where", "on": "on"}
TURN: dict[str, Any] = {
    "has_place": False,
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
    "has_place": False,
    "conversation_id": "conversation_id",
    "more": "correction",
    "who": "by__name",
    "at": "sent_at",
    "right_at": "right_at",
    "corrected_at": "corrected_at",
    "read_at": "correction_read_at",
}
GLASS: dict[str, Any] = {
    "has_place": False,
    "words": "reason",
    "who": "user__name",
    "more": "user__email",
    "at": "at",
    "until": "until",
}
MAIL: dict[str, Any] = {
    "has_place": False,
    "words": "text",
    "more": "told",
    "who": "by__name",
    "at": "sent_at",
    "until": "leaves_at",
}
CONTACT: dict[str, Any] = {
    "has_place": False,
    "pk": "person_id",
    "words": "kind",
    "more": "channel",
    "who": "direction",
    "at": "at",
}
LINK: dict[str, Any] = {
    "pk": "quote_id",
    "words": "need__words",
    "at": "need__called_at",
    "has_place": False,
}
USED: dict[str, Any] = {"pk": "quote_id", "words": "part__title", "has_place": False}


def read(met: dict[str, list[Row]], here: int, names: Names) -> dict[str, Any]:
    """Rows as the things they are, in the order of each sort."""
    needs: dict[int, list[Need]] = {}
    for row in met.get("quote's", ()):
        needs.setdefault(row.pk, []).append(Need(words=row.words, called_at=row.at))
    parts_used: dict[int, list[str]] = {}
    for row in met.get("used", ()):
        parts_used.setdefault(row.pk, []).append(row.words)
    late = sorted(met.get("quote", ()), key=by_day, reverse=True)
    return {
        "quotes": [
            _quote(row, needs.get(row.pk, []), parts_used.get(row.pk, []), here) for row in late
        ],
        "needs": [_named(row) for row in sorted(met.get("need", ()), key=by_key)],
        "questions": [_question(row, here) for row in sorted(met.get("question", ()), key=by_day)],
        "ideas": [
            Idea(words=row.words, on=row.on, initiative_id=here, **placed(row))
            for row in sorted(met.get("idea", ()), key=by_day, reverse=True)
        ],
        "named_others": [
            _referral(row, here) for row in sorted(met.get("other", ()), key=by_moment)
        ],
        "named_by": [_referral(row, here) for row in sorted(met.get("by", ()), key=by_moment)],
        "seen": [
            Seen(words=row.words, on=row.on, **placed(row))
            for row in sorted(met.get("seen", ()), key=by_day, reverse=True)
        ],
        "being_written": [
            BeingWritten(words, row.who or "", row.at)
            for row in sorted(met.get("sheet", ()), key=by_moment)
            if (words := _theirs(row, names))
        ],
        "brief": gate_of(_known(row) for row in met.get("brief", ())),
        "turns": [_turn(row, here) for row in sorted(met.get("turn", ()), key=by_moment)],
        "recaps": [
            _recap(row) for row in sorted(met.get("recap", ()), key=by_moment, reverse=True)
        ],
        "struck": [row.at for row in met.get("struck", ())],
        "glass_breaks": [
            _glass_break(row) for row in sorted(met.get("glass", ()), key=by_moment, reverse=True)
        ],
        "mails": [_mail(row) for row in sorted(met.get("mail", ()), key=by_key, reverse=True)],
        "contacts": [
            Contact(kind=row.words, channel=row.more, direction=row.who or "", at=row.at)
            for row in sorted(met.get("contact", ()), key=by_moment, reverse=True)
        ],
    }


def _named(row: Row) -> NeedNamed:
    """As they put it, what it is called, and whether later initiatives may know it."""
    carried = {"may_carry_at": row.right_at, "brought_at": row.until}
    need = Need(words=row.words)
    return NeedNamed(need=need, words=row.more, at=row.at, **carried, **placed(row))


def _theirs(row: Row, names: Names) -> str:
    """All of a talk one to one; of a small group the sentences that name them."""
    if row.more != Conversation.Form.SMALL_GROUP:
        return row.words.strip()
    spans = naming.spans_naming(row.words, names)
    return "\n".join(row.words[start:end].strip() for start, end in spans)


def _turn(row: Row, here: int) -> Invitation:
    ask = Ask(about=row.more, by=User(name=row.who or ""), initiative_id=here)
    state = Invitation.State.WAITING
    return Invitation(pk=row.pk, ask=ask, why_you=row.words, state=state, state_at=row.at)


def _known(row: Row) -> tuple[int, Known]:
    topic, source, nearness, job, team = row.more.split(APART, 4)
    about = {"topic": topic, "source": source, "where": row.who or ""}
    answer = BriefAnswer(pk=row.pk, words=row.words, on=row.on, **about)
    return int(nearness), known_as(answer, team, job)


def _quote(row: Row, needs: list[Need], parts_used: list[str], here: int) -> Quote:
    more = {"passed_on": row.more, "said_on": row.on, "initiative_id": here}
    hand = {"own_hand": bool(row.own_hand), "corrected_at": row.corrected_at}
    quote = Quote(words=row.words, **more, **hand, **placed(row))
    quote.needs_named, quote.parts_used = needs, parts_used
    return quote


def _question(row: Row, here: int) -> Question:
    more = {"answer": row.more, "asked_on": row.on, "answered_at": row.at}
    return Question(words=row.words, initiative_id=here, **more, **placed(row))


def _referral(row: Row, here: int) -> Referral:
    by = Participation(person=Person(name=row.who)) if row.who is not None else None
    more = {"why": row.more, "at": row.at, "initiative_id": here}
    return Referral(name=row.words, named_by=by, **more, **placed(row))


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
