"""One row of the record in words, as it is told among the reasons of an estimate.

A file of its own beside ``labels.py``: sentences about deeds and words, not names of things.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from earnest.checkins.models import Condition
from earnest.standing.models import Evidence


def evidence_in_words(row: Evidence) -> str:
    """One row of the record, as it is told among the reasons of an estimate."""
    yes = bool(row.value)
    match row.kind:
        case Evidence.Kind.SAID:
            said = {"what": Condition(row.item).label, "value": row.value}
            return _("Said: %(what)s, %(value)d of 5") % said
        case Evidence.Kind.DID:
            done = SORTS.get(row.item, (row.item, row.item))
            return str(done[0] if yes else done[1])
        case _:
            told = WORDS_SAID[row.kind]
            return str(told[0] if yes else told[1])


SORTS = {  # done, and not
    "kept": (gettext_lazy("Kept what they agreed to"), gettext_lazy("Did not do what was due")),
    "contributed": (
        gettext_lazy("Gave an idea, an input or a correction"),
        gettext_lazy("Gave nothing of their own"),
    ),
    "attended": (gettext_lazy("Came to what was agreed"), gettext_lazy("Did not come")),
    "practised": (gettext_lazy("Tried it out"), gettext_lazy("Had the chance and did not try it")),
    "helped": (gettext_lazy("Helped others with it"), gettext_lazy("Did not help with it")),
}
WORDS_SAID = {
    Evidence.Kind.NODDED.value: (gettext_lazy("Said yes"), gettext_lazy("Declined to talk")),
    Evidence.Kind.AGREED.value: (
        gettext_lazy("Agreed to something, with a date"),
        gettext_lazy("Said no"),
    ),
    Evidence.Kind.SILENT.value: (
        gettext_lazy("Answered an ask in time"),
        gettext_lazy("An ask passed without an answer"),
    ),
}
