"""A space as whoever was asked sees it first: the target, the question, and what one can do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from earnest.ideas import queries
from earnest.ideas.forms.ideas import IdeaForm
from earnest.ideas.models import Statement
from earnest.ideas.queries import Reader
from earnest.ideas.queries.topics import next_topic
from earnest.pages.views.together.door import Here

A_FEW = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One thing to do here: a title, a sentence, and where it is done."""

    title: str
    words: str
    url: str
    button: str
    is_now: bool = False  # above everything else: whoever opens this is in the room


def ideas_card(here: Here) -> Card | None:
    """Every idea, to build on or to be for."""
    count = here.space.ideas_given
    if not count:
        return None
    said = ngettext("One idea stands here.", "%(count)d ideas stand here.", count) % {
        "count": count
    }
    words = said + " " + _("Build on one, or say that you are for it.")
    return Card(_("What others thought of"), words, here.url("ideas"), _("Read them"))


def own_card(here: Here) -> Card | None:
    """What became of theirs."""
    if here.voice is None or not here.voice.ideas.filter(gone="").exists():
        return None
    words = _("Change them, take them back, and see what became of them.")
    return Card(_("Your ideas"), words, here.url("own_ideas"), _("Look at them"))


def votes_card(here: Here) -> Card | None:
    """One sentence at a time, where something was put to the vote."""
    if not here.space.statements.filter(state=Statement.State.SHOWN).exists():
        return None
    words = _("Agree, disagree or pass, one sentence at a time. Stop whenever you like.")
    return Card(_("Where do you stand?"), words, here.url("vote"), _("Say where you stand"))


def map_card(here: Here) -> Card | None:
    """What all of it comes to, and what becomes of it: once there is either."""
    if not (here.space.maps.exists() or here.space.outcomes.exists()):
        return None
    words = _("What unites and what divides, about five people and more, and what becomes of it.")
    return Card(_("Where everyone stands"), words, here.url("map"), _("Look at the map"))


def topics_card(here: Here) -> Card | None:
    """The open question they have not answered: above all else. Where there is none, the last."""
    found = next_topic(here.space, here.voice)
    if found is None:
        return None
    put, spoke = found
    there = here.url("topic", put.pk)
    if spoke:
        return Card(put.question, _("You were here. Others go on."), there, _("What others say"))
    words = _("A line is enough. Afterwards you see what the others say.")
    if put.asks_tips:
        words = _("One favourite tip from each. A line is enough.")
    return Card(put.question, words, there, _("Answer it"), is_now=True)


def session_card(here: Here) -> Card | None:
    """The working session that goes on now."""
    going = here.space.sessions.filter(ended_at=None).first()
    if going is None:
        return None
    words = _("Half an hour together on the target, each on their own phone.")
    title, there = _("A working session goes on"), here.url("session", going.pk)
    return Card(title, words, there, _("Come in"), is_now=True)


# What one can do in a space, in this order; each theme adds its own.
CARDS: list[Callable[[Here], Card | None]] = [
    session_card,
    topics_card,
    ideas_card,
    votes_card,
    map_card,
    own_card,
]


@require_safe
def space(request: HttpRequest, here: Here) -> HttpResponse:
    return show(request, here, IdeaForm(names=here.space.names))


def show(request: HttpRequest, here: Here, form: IdeaForm) -> HttpResponse:
    """The home of a space, with what they typed where it could not be taken."""
    context = {
        "here": here,
        "space": here.space,
        "initiative": here.initiative,
        "form": form,
        "cards": [card for make in CARDS if (card := make(here))],
        "ideas": queries.to_answer(here.space, Reader(here.voice), most=A_FEW),
        "changed": queries.changed_since(here.voice),
        "merges": queries.merges_of(here.voice),
    }
    status = 400 if form.errors else 200
    return render(request, "pages/together/space.html", context, status=status)
