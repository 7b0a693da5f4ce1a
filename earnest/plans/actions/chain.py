"""What somebody values, how this serves it, told back, and what they say to it (1.6 to 1.8, 3.3).

*Theirs* is theirs to say: by a quote of theirs, or by their own tap. What they say to it works
after a stop too: it is their will that speaks.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from earnest.accounts.models import User
from earnest.core import events
from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.plans.emails import chain as emails
from earnest.plans.models import Chain, Part
from earnest.standing import actions as standing
from earnest.standing.actions import Fact

VALUE_LENGTH, LINK_LENGTH, SERVES_LENGTH, ANSWER_LENGTH = 300, 1000, 200, 1000
UNTOLD = {"told_at": None, "told_how": "", "message_id": None}


@dataclass(frozen=True, slots=True)
class ChainDraft:
    """As a lead wrote it; ``value`` are the words of ``quote``, where it is one of theirs."""

    value: str
    link: str
    whose: str
    quote: Quote | None = None
    part: Part | None = None
    serves: str = ""

    def columns(self) -> dict[str, Any]:
        return {
            "value": in_a_line(self.value),
            "link": self.link[:LINK_LENGTH],
            "whose": self.whose,
            "quote": self.quote,
            "part": self.part,
            "serves": self.serves[:SERVES_LENGTH],
        }


def in_a_line(words: str) -> str:
    """As ``Chain.value`` holds it; the whole words stand in the quote."""
    return " ".join(words.split())[:VALUE_LENGTH]


class NotTheirs(Exception):
    """Nobody else says that a reason is theirs: it needs their own words, or their tap."""

    @property
    def sentence(self) -> str:
        return _("“Theirs” needs words of their own. Choose a quote of theirs, or let them say so.")


class TheirsToChange(Exception):
    """They spoke for themselves, so only they change it."""

    @property
    def sentence(self) -> str:
        return _("They said this themselves, so only they change it. You can write another.")


class AlreadyTold(Exception):
    """It was told before, as it stands now."""

    @property
    def sentence(self) -> str:
        return _("It was told before. Here is how it stands.")


@transaction.atomic
def make_chain(participation: Participation, draft: ChainDraft, *, by: User, at: datetime) -> Chain:
    """Write it down: they can read it from now on. Pressed twice is once.

    Raises AskedToStop, NotTheirs.
    """
    Participation.objects.select_for_update().get(pk=participation.pk)
    participation.refuse_if_stopped()
    _refuse_if_not_theirs(draft)
    columns = draft.columns()
    same = {name: columns[name] for name in ("value", "link", "part")}
    if twin := participation.chains.filter(**same).first():
        return twin
    written = {**columns, "by": by, "made_at": at, "changed_at": at}
    chain = Chain.objects.create(participation=participation, **written)
    events.record("chain_made", by=by, at=at, about=chain)
    return chain


@transaction.atomic
def change_chain(chain: Chain, draft: ChainDraft, *, by: User, at: datetime) -> bool:
    """In other words: then it is to be told anew. False where nothing changed.

    Raises AskedToStop, NotTheirs, TheirsToChange.
    """
    chain.participation.refuse_if_stopped()
    _refuse_if_not_theirs(draft)
    there = _locked(chain)
    if there.stands_as_theirs:
        raise TheirsToChange
    columns = draft.columns()
    if all(getattr(there, name) == value for name, value in columns.items()):
        return False
    _take_mail_back(there, by=by, at=at)
    Chain.objects.filter(pk=chain.pk).update(**columns, **UNTOLD, changed_at=at)
    events.record("chain_changed", by=by, at=at, about=chain)
    return True


@transaction.atomic
def drop_chain(chain: Chain, *, by: User, at: datetime) -> bool:
    """A lead takes it back. False once they said something to it: then it is theirs, too."""
    there = _locked(chain)
    if there.is_answered or there.stands_as_theirs:
        return False
    _take_mail_back(there, by=by, at=at)
    events.record("chain_dropped", by=by, at=at, about=chain)
    events.cut_pointers({"chain": [chain.pk]})
    there.delete()
    return True


def _locked(chain: Chain) -> Chain:
    return Chain.objects.select_for_update().get(pk=chain.pk)


def _refuse_if_not_theirs(draft: ChainDraft) -> None:
    if draft.whose == Chain.Whose.THEIRS and draft.quote is None:
        raise NotTheirs


def _take_mail_back(chain: Chain, *, by: User, at: datetime) -> None:
    """A mail that has not left yet tells what does not stand any more."""
    waiting = Message.objects.filter(pk=chain.message_id or 0, state=Message.State.WAITING)
    for message in waiting.select_related("participation__person"):
        with suppress(messaging.CannotBeWithdrawn):  # it left this moment
            messaging.withdraw(message, by=by, at=at)


@transaction.atomic
def tell_chain(chain: Chain, *, by: User, at: datetime) -> Message:
    """Lay the mail ready; where the last one never left, anew. What they answered to, they know.

    Raises AlreadyTold, AskedToStop, MayNotWrite.
    """
    chain.participation.refuse_if_stopped()
    last = Message.objects.filter(pk=_locked(chain).message_id or 0).first()
    _claim(chain, last, at=at, how=Chain.How.MAIL)
    if last and last.state == Message.State.FAILED and not messaging.give_up(last, at=at):
        raise AlreadyTold  # handed over meanwhile
    draft = emails.told_back(chain, by=by)
    message = messaging.put_in_outbox(chain.participation, draft, by=by, at=at)
    Chain.objects.filter(pk=chain.pk).update(message_id=message.pk)
    events.record("chain_told", by=by, at=at, about=chain)
    return message


@transaction.atomic
def say_told(chain: Chain, *, told_at: datetime, by: User, at: datetime) -> None:
    """It was said in a talk. Raises AlreadyTold, AskedToStop."""
    chain.participation.refuse_if_stopped()
    last = Message.objects.filter(pk=_locked(chain).message_id or 0).first()
    _claim(chain, last, at=told_at, how=Chain.How.TALK)
    events.record("chain_told", by=by, at=at, about=chain)


NEVER_LEFT = (Message.State.FAILED, Message.State.WITHDRAWN)


def _claim(chain: Chain, last: Message | None, *, at: datetime, how: Chain.How) -> None:
    """Of two who tell it at once, one does. Raises AlreadyTold."""
    untold = Q(told_at=None) & (Q(answered_at=None) | Q(answered_at__lt=F("changed_at")))
    if last and last.state in NEVER_LEFT:
        untold |= Q(message_id=last.pk)
    rows = Chain.objects.filter(untold, pk=chain.pk)
    if not rows.update(told_at=at, told_how=how, message_id=None):
        raise AlreadyTold


@transaction.atomic
def read_answer(chain: Chain, *, by: User, at: datetime) -> bool:
    """A lead has read what they said to it. True if now."""
    unread = Chain.objects.filter(pk=chain.pk, answer_read_at=None).exclude(answered_at=None)
    if not unread.update(answer_read_at=at):
        return False
    events.record("chain_answer_read", by=by, at=at, about=chain)
    return True


# ── what they say to it ─────────────────────────────────────────────────────────────────────────


@transaction.atomic
def call_it_theirs(chain: Chain, *, at: datetime) -> bool:
    """ "That is mine too": their tap (1.7). No nod and no deed; tapped twice is once."""
    mine = Chain.objects.filter(pk=chain.pk, participation=chain.participation_id)
    untapped = mine.filter(theirs_at=None)
    if not untapped.update(theirs_at=at, whose=Chain.Whose.THEIRS, **_said(at)):
        return False
    events.record("chain_theirs", at=at, about=chain)
    _they_wrote(chain, at=at)
    return True


@transaction.atomic
def not_theirs_after_all(chain: Chain, *, at: datetime) -> bool:
    """The tap is taken back: it is the leads' reason again, or theirs by their quote."""
    tapped = Chain.objects.filter(pk=chain.pk, corrected_at=None).exclude(theirs_at=None)
    if not tapped.update(theirs_at=None, whose=Chain.Whose.OURS, **_said(at)):
        return False
    events.record("chain_not_theirs", at=at, about=chain)
    _they_wrote(chain, at=at)
    return True


@transaction.atomic
def correct_chain(chain: Chain, value: str, link: str, *, at: datetime) -> bool:
    """ "Not quite": their own words stand in place of ours, and are theirs. False where the same.

    A correction is a deed, once for each chain (docs/model.md).
    """
    there = _locked(chain)
    value, link = in_a_line(value), link[:LINK_LENGTH]
    if (there.value, there.link) == (value, link):
        return False
    quote = there.quote_id if there.value == value else None
    mine = {"whose": Chain.Whose.THEIRS, "theirs_at": at, "corrected_at": at, **_said(at)}
    Chain.objects.filter(pk=chain.pk).update(value=value, link=link, quote=quote, **mine)
    events.record("chain_corrected", at=at, about=chain)
    _contributed(chain, at=at)
    _they_wrote(chain, at=at)
    return True


@transaction.atomic
def answer_chain(chain: Chain, words: str, *, at: datetime) -> bool:
    """An answer in words; the last one stands. False where the same was sent before."""
    others = Chain.objects.filter(pk=chain.pk).exclude(answer=words[:ANSWER_LENGTH])
    if not others.update(answer=words[:ANSWER_LENGTH], **_said(at)):
        return False
    events.record("chain_answered", at=at, about=chain)
    _they_wrote(chain, at=at)
    return True


def _said(at: datetime) -> dict[str, datetime | None]:
    """Whatever they said last is to be read anew."""
    return {"answered_at": at, "answer_read_at": None}


def _contributed(chain: Chain, *, at: datetime) -> None:
    source = f"chain {chain.pk}"
    if not standing.is_on_record(chain.participation, source, kind="did"):
        fact = Fact("did", 1, source, item="contributed")
        standing.record_evidence(chain.participation, fact, at=at)


def _they_wrote(chain: Chain, *, at: datetime) -> None:
    """A contact from them, by their own page: whatever rest they were given is over."""
    whose = chain.participation
    messaging.note_contact(whose, direction="they", channel="page", kind="answer", at=at)


@transaction.atomic
def quote_changed(quote: Quote, words: str, *, at: datetime, old: str = "") -> int:
    """A quote was mended, or struck (no words): what rests on it follows at once (privacy.md 4).

    Struck, a reason that was theirs by it falls back to ours, unless they tapped for themselves.
    ``old`` are the words as they were, for where ours repeat them. Returns how many changed.
    """
    resting = list(Chain.objects.select_for_update().filter(quote=quote.pk))
    for chain in resting:
        _follow(chain, words, old or chain.value, at=at)
    return len(resting)


def _follow(chain: Chain, words: str, old: str, *, at: datetime) -> None:
    link = messaging.reworded(chain.link, old, words)[:LINK_LENGTH]
    answer = messaging.reworded(chain.answer, old, words)[:ANSWER_LENGTH]
    changed = {"value": in_a_line(words), "link": link, "answer": answer}
    rows = Chain.objects.filter(pk=chain.pk)
    if words:
        rows.update(**changed)
        return
    whose = chain.whose
    if whose == Chain.Whose.THEIRS and not chain.theirs_at:
        whose = Chain.Whose.OURS
    rows.update(**changed, quote=None, whose=whose)
    events.record("chain_lost_its_quote", at=at, about=chain)
