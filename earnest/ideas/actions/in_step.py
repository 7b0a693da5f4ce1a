"""An idea that was put to the vote: its statement follows what its author makes of the idea.

Beside the actions that call it, in their transaction.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from earnest.ideas.models import Statement
from earnest.ideas.models.votes import LENGTH


def reword_statements(idea_pk: int, old: str, new: str) -> None:
    """Its author's words are mended in it too; votes stay, for it is one thought still.

    A statement stands on one line, and where the idea is long it holds the beginning of it. Where a
    lead had put it in words of their own, what its author means now takes the place of all of them.
    """
    before, now = " ".join(old.split())[:LENGTH].rstrip(), " ".join(new.split())
    for one in Statement.objects.filter(idea=idea_pk).exclude(words=""):
        said = one.words.replace(before, now) if before and before in one.words else now
        Statement.objects.filter(pk=one.pk).update(words=said[:LENGTH].rstrip())


def withdraw_statements(idea_pk: int, *, words: str, on: date) -> None:
    """The idea is gone: nobody votes on it any more, and its words stand nowhere."""
    gone = {"words": words, "state": Statement.State.HIDDEN, "decided_on": on}
    rows = Statement.objects.filter(idea=idea_pk)
    rows.update(reason=_("The idea it came from was taken back."), **gone)
