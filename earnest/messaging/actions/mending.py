"""Words somebody mended or took back, in the mails that repeat them (privacy.md 4)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils.html import escape
from django.utils.translation import gettext as _

from earnest.core import events
from earnest.engine.language.repeats import bounded, is_enough
from earnest.initiatives.models import Participation
from earnest.messaging import emails
from earnest.messaging.models import HAND_OVER_FROM, Message

CHANGES = ("text", "html", "hints")
GAP, HTML_GAP = r"\s+", r"(?:\s|<br\s*/?>)+"  # however the lines were broken


@transaction.atomic
def replace_words(
    participation: Participation, old: Iterable[str], new: str, *, at: datetime
) -> int:
    """The new words (none: taken back) in the old ones' place, in every mail kept here. How many.

    Quoted or bare, as words or as HTML. What left is in their own mailbox as it left; kept here,
    and sent from here on, are the new.
    """
    gone = sorted({words for words in old if words.strip()}, key=len, reverse=True)
    changed = [one for one in _kept(participation) if gone and _reword(one, gone, new)]
    Message.objects.bulk_update(changed, CHANGES)
    if changed:
        detail: events.Detail = {"count": len(changed)}
        events.record("mail_mended", at=at, about=participation, detail=detail)
    return len(changed)


@transaction.atomic
def replace_in_waiting(
    initiative: int, old: str, new: str, *, but: Iterable[int], at: datetime
) -> int:
    """The same in mails to others of this initiative that have not left. How many changed."""
    rows = Message.objects.select_for_update(of=("self",)).filter(
        initiative=initiative, state__in=HAND_OVER_FROM
    )
    rows = rows.select_related("participation__person")
    waiting = rows.exclude(participation__in=list(but)).order_by("pk")
    changed = [one for one in waiting if _reword(one, [old], new)]
    Message.objects.bulk_update(changed, CHANGES)
    for one in changed:
        events.record("mail_mended", at=at, about=one)
    return len(changed)


@transaction.atomic
def replace_in_threads(
    initiative: int, threads: Iterable[str], old: Iterable[str], new: str, *, at: datetime
) -> int:
    """The same in mails to anybody about these things, left or not. How many changed.

    A thread is named by how it begins: “idea ” are the mails about any idea.
    """
    gone = sorted({words for words in old if words.strip()}, key=len, reverse=True)
    begins = reduce(or_, (Q(thread__startswith=one) for one in threads), Q(pk=None))
    rows = Message.objects.select_for_update(of=("self",)).filter(begins, initiative=initiative)
    there = rows.select_related("participation__person").order_by("pk") if gone else ()
    changed = [one for one in there if _reword(one, gone, new)]
    Message.objects.bulk_update(changed, CHANGES, batch_size=100)
    for one in changed:
        events.record("mail_mended", at=at, about=one)
    return len(changed)


def _kept(participation: Participation) -> list[Message]:
    rows = participation.messages.select_for_update(of=("self",))
    return list(rows.select_related("participation__person").order_by("pk"))


def _reword(message: Message, gone: list[str], new: str) -> bool:
    """True where something in it changed."""
    before = (message.text, message.html)
    for old in gone:
        message.text = reworded(message.text, old, new)
        message.html = reworded(message.html, old, new, html=True)
    if (message.text, message.html) == before:
        return False
    if message.hints is not None and message.state in HAND_OVER_FROM:  # it counts as it leaves
        message.hints = emails.hints_in(message.subject, message.text, message.participation)
    return True


def reworded(text: str, old: str, new: str, *, html: bool = False) -> str:
    """A text with the new words wherever it repeats the old ones; struck, it says so."""
    instead, quoted = new or _("(taken back)"), f"“{new}”" if new else _("(taken back)")
    if html:
        instead, quoted = escape(instead), escape(quoted)

    def stand_in(found: re.Match[str]) -> str:
        return quoted if found[0].startswith("“") and found[0].endswith("”") else instead

    return _repeats(old, html=html).sub(stand_in, text)


def _repeats(old: str, *, html: bool) -> re.Pattern[str]:
    words = [re.escape(escape(word) if html else word) for word in old.split()]
    whole = (HTML_GAP if html else GAP).join(words)
    bare = bounded(whole, old.strip())
    if not is_enough(old):  # only between quotation marks, or a line of it
        bare = rf"(?<=<li>){whole}(?=</li>)" if html else rf"(?<=^- ){whole}(?=[ \t]*$)"
    return re.compile(rf"“{whole}”|{bare}", re.MULTILINE)
