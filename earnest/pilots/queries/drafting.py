"""The draft of a card, made of the record: what was tried, how it went, what to look out for (1.12).

Our own record alone: people's words are asked for one by one and stand beside it.
"""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from earnest.initiatives.queries import SHOWN_FROM
from earnest.pilots.models import Pilot, PilotStep
from earnest.pilots.queries.measured import began_on, last_day
from earnest.plans.queries.kept import without_kept_words
from earnest.plans.queries.stories import copied_words


def draft_of(pilot: Pilot) -> dict[str, str]:
    """Three queries. Lines that hold somebody's words are left out: whose they are is asked."""
    steps = list(pilot.steps.exclude(why="").order_by("at", "pk"))
    lines = {
        "title": [f"{pilot.part}: {pilot.what}"[:160]],
        "tried": _tried(pilot),
        "told": [_step(one) for one in steps],
        "cost": [_days(pilot)],
        "look_out": [_("We had said that we would stop if: %s") % pilot.stop_if],
    }
    every = [line for several in lines.values() for line in several]
    copied = copied_words(pilot.initiative, every)
    own = {line for line in every if without_kept_words(line, copied) == line}
    return {
        name: "\n".join(line for line in several if line in own) for name, several in lines.items()
    }


def _tried(pilot: Pilot) -> list[str]:
    first = _("%(what)s, in %(part)s.") % {"what": pilot.what, "part": pilot.part}
    return [first, *(_("Seen by: %s.") % one.name for one in pilot.measures.all())]


def _days(pilot: Pilot) -> str:
    days = (last_day(pilot) - began_on(pilot)).days + 1
    told = ngettext("%d day", "%d days", days) % days
    if pilot.people_count < SHOWN_FROM:
        return _("%s, with fewer than five people.") % told
    return _("%(days)s, with %(people)d people.") % {"days": told, "people": pilot.people_count}


def _step(one: PilotStep) -> str:
    day = date_format(localtime(one.at), "j M Y")
    kind = one.get_kind_display()
    return _("%(day)s, %(what)s: %(why)s") % {"day": day, "what": kind, "why": one.why}
