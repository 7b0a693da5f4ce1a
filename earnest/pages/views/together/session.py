"""A working session on one's phone (4.6): the same pages by one's own link, without names, and on a
phone that the lead let in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from earnest.accounts.models import User
from earnest.ideas.access import sessions as doors
from earnest.ideas.actions import sessions
from earnest.ideas.actions.ideas import IdeaGone
from earnest.ideas.actions.sessions import SessionOver
from earnest.ideas.actions.spaces import SpaceClosed
from earnest.ideas.forms.sessions import BuildForm, IdeaForm, TryForm
from earnest.ideas.models import Idea, Phase, Session
from earnest.ideas.models.sessions import ORDER
from earnest.ideas.queries import sessions as reads
from earnest.initiatives.models import AskedToStop
from earnest.pages.actions.sessions import Taking, take_on
from earnest.pages.queries.sessions import Tried, tries_of
from earnest.pages.views.together.door import Here

type View = Callable[..., HttpResponse]


def in_session(view: View) -> View:
    """Through the door of the space to one of its sessions; what is over or refused is said kindly."""

    @wraps(view)
    def inner(
        request: HttpRequest, here: Here, session_pk: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        found = doors.session_in(here.space, session_pk)
        try:
            return view(request, here, found, *args, **kwargs)
        except SessionOver:
            messages.info(request, _("The session is over. Here is what came out."))
        except (AskedToStop, IdeaGone, SpaceClosed) as refused:
            messages.info(request, refused.sentence)
        return back(here, found)

    return inner


def back(here: Here, found: Session) -> HttpResponse:
    return redirect(here.url("session", found.pk))


@require_safe
@never_cache
@in_session
def session(request: HttpRequest, here: Here, found: Session) -> HttpResponse:
    """What everybody does now, and one's own part in it."""
    return show(request, here, found)


def show(
    request: HttpRequest, here: Here, found: Session, *, status: int = 200, **wrong: Any
) -> HttpResponse:
    """The page; ``wrong`` is the one form to be mended: idea, build or take."""
    at = now()
    shown = ORDER.index(Phase(found.phase)) > ORDER.index(Phase.ALONE)
    ideas = list(reads.ideas_of(found)) if shown else []
    seat = reads.seat_of(found, here.voice)
    context = {
        "here": here,
        "space": here.space,
        "initiative": here.initiative,
        "session": found,
        "token": doors.token_of_session(found),
        "do_now": _do_now(found, is_there=seat is not None),
        "clock": reads.clock_of(found, at=at),
        "steps": reads.steps_of(found),
        "seat": seat,
        "jottings": [
            (one, here.url("session_jotting_removed", found.pk, one.pk))
            for one in reads.jottings_of(found, here.voice, noted_by=_noted_by(here))
        ],
        "ideas": [_to_build_on(here, found, one, wrong.get("build")) for one in ideas],
        "tries": [_tried(here, found, one) for one in tries_of(found)] if shown else [],
        "idea": wrong.get("idea") or IdeaForm(auto_id="idea-%s"),
        "take": wrong.get("take") or _try_form(found, at=at),
        "addresses": addresses(here, found),
        "space_url": "" if _noted_by(here) else here.url("space"),
    }
    return render(request, "pages/together/session.html", context, status=status)


def _noted_by(here: Here) -> User | None:
    """The lead who let this phone in by the code; None where they came by their own door."""
    found: User | None = getattr(here, "let_in_by", None)
    return found


def _do_now(found: Session, *, is_there: bool) -> str:
    """On a phone that found its way here nobody is told how to come in."""
    if found.phase != Phase.ARRIVE:
        return str(reads.TO_DO[found.phase])
    return _("You are there. It begins in a moment.") if is_there else _("It is about to begin.")


def addresses(here: Here, found: Session) -> dict[str, str]:
    """Where the forms of the page lead, on the side of the door they came by."""
    names = ("session", "session_sit", "session_jot", "session_take")
    return {name: here.url(name, found.pk) for name in names}


@dataclass(frozen=True, slots=True)
class ToBuildOn:
    """An idea of the session, and the form to build on it."""

    idea: Idea
    is_mine: bool
    form: BuildForm
    url: str


def _to_build_on(here: Here, found: Session, idea: Idea, wrong: BuildForm | None) -> ToBuildOn:
    mine = here.voice is not None and idea.voice_id == here.voice.pk
    form = wrong if wrong and wrong.idea_pk == idea.pk else BuildForm(idea_pk=idea.pk)
    return ToBuildOn(idea, mine, form, here.url("session_build", found.pk, idea.pk))


def _tried(here: Here, found: Session, one: Tried) -> tuple[Tried, str]:
    """With where to take it back, where it is their own and no promise."""
    mine = here.voice is not None and one.voice_pk == here.voice.pk and one.promise is None
    return one, here.url("session_try_removed", found.pk, one.pk) if mine else ""


def _try_form(found: Session, data: Any = None, *, at: Any) -> TryForm:
    today = found.space.initiative.workspace.day(at)
    return TryForm(data, ideas=reads.ideas_of(found), today=today)


@require_safe
@never_cache
def turn(request: HttpRequest, token: str) -> HttpResponse:
    """Has its course changed? Asked by every phone every few seconds: one narrow read."""
    known = request.GET.get("turn", "")
    return (
        HttpResponse(status=204)
        if str(doors.turn_of(token)) == known
        else HttpResponseClientRefresh()
    )


@require_POST
@in_session
def sit(request: HttpRequest, here: Here, found: Session) -> HttpResponse:
    """I am here."""
    if found.is_over:
        raise SessionOver
    sessions.sit(found, here.speak(at=now()))
    return back(here, found)


@require_POST
@in_session
def jot(request: HttpRequest, here: Here, found: Session) -> HttpResponse:
    """An idea of one's own: in silence for nobody else, later for everyone."""
    form = IdeaForm(request.POST, auto_id="idea-%s")
    if not form.is_valid():
        return show(request, here, found, status=400, idea=form)
    if found.is_over:
        raise SessionOver
    at = now()
    words, voice = form.cleaned_data["words"], here.speak(at=at)
    sessions.jot(found, voice, words, noted_by=_noted_by(here), at=at)
    messages.success(request, _("Kept."))
    return back(here, found)


@require_POST
@in_session
def jotting_removed(
    request: HttpRequest, here: Here, found: Session, jotting_pk: int
) -> HttpResponse:
    own = doors.get_jotting(found, here.voice, jotting_pk, noted_by=_noted_by(here))
    sessions.strike_jotting(own)
    messages.success(request, _("Taken back. Nobody read it."))
    return back(here, found)


@require_POST
@in_session
def build(request: HttpRequest, here: Here, found: Session, idea_pk: int) -> HttpResponse:
    """Yes, and: an idea grown from another's (4.5)."""
    idea = doors.get_idea_of(found, idea_pk)
    form = BuildForm(request.POST, idea_pk=idea.pk)
    if not form.is_valid():
        return show(request, here, found, status=400, build=form)
    if found.is_over:
        raise SessionOver
    at = now()
    sessions.build_on(found, here.speak(at=at), idea, form.cleaned_data["words"], at=at)
    messages.success(request, _("Added. Credit goes to both."))
    return back(here, found)


@require_POST
@in_session
def take(request: HttpRequest, here: Here, found: Session) -> HttpResponse:
    """I try this, by then."""
    at = now()
    form = _try_form(found, request.POST, at=at)
    if not form.is_valid():
        return show(request, here, found, status=400, take=form)
    if found.is_over:
        raise SessionOver
    noted_by = _noted_by(here)
    take_on(found, here.speak(at=at), Taking(**form.cleaned_data), noted_by=noted_by, at=at)
    messages.success(request, _said(here, noted_by))
    return back(here, found)


def _said(here: Here, noted_by: Any) -> str:
    if here.participation is None:
        return _("Noted, without a name.")
    if noted_by is None:
        return _("Good. It stands on your own page, as you said it.")
    return _("Noted. On your own page, by your own link, you say yes to it.")


@require_POST
@in_session
def try_removed(request: HttpRequest, here: Here, found: Session, try_pk: int) -> HttpResponse:
    """Without names; a promise is let go on one's own page."""
    sessions.take_try_back(doors.get_try(found, here.voice, try_pk))
    messages.success(request, _("Taken back."))
    return back(here, found)
