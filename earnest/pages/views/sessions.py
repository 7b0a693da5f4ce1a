"""Working sessions as a lead runs them: begun from the initiative's page, run from one screen (4.6).

Beside the ideas they are about, because who tries what becomes promises, which lie above ideas.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.ideas import access
from earnest.ideas.access import sessions as doors
from earnest.ideas.actions import sessions
from earnest.ideas.actions.sessions import SessionOver
from earnest.ideas.actions.spaces import SpaceClosed
from earnest.ideas.drawing import picture_for_phones
from earnest.ideas.forms.sessions import BeginForm, LetInForm
from earnest.ideas.models import Phase, Session
from earnest.ideas.queries import sessions as reads
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.pages.actions.sessions import move_on
from earnest.pages.queries.sessions import tries_of

PAGE = 50


@login_required
def all_sessions(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Those held; and one more, begun at a tap: the question is drafted from the target."""
    found = initiatives.get_led(request.user, initiative_pk)
    if request.method != "POST":
        return _begin_page(request, found, BeginForm(initiative=found))
    form = BeginForm(request.POST, initiative=found)
    if not form.is_valid():
        return _begin_page(request, found, form)
    begun = sessions.begin_with_question(found, **form.cleaned_data, by=request.user, at=now())
    return redirect("pages:session_screen", begun.pk)


def _begin_page(request: SignedInRequest, found: Initiative, form: BeginForm) -> HttpResponse:
    rows = reads.sessions_of(found)
    if after := read_number(request.GET.get("after", "")):
        rows = rows.filter(pk__lt=after)
    held = list(rows[: PAGE + 1])
    context = {
        "initiative": found,
        "form": form,
        "held": held[:PAGE],
        "more": held[PAGE - 1] if len(held) > PAGE else None,
        "spaces": found.spaces.filter(closed_at=None)[:PAGE],
        "here": "ideas",
    }
    return render(request, "pages/sessions.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def begin_in(request: SignedInRequest, pk: int) -> HttpResponse:
    """A session in a space that is there already."""
    space = access.get_space(request.user, pk)
    try:
        begun = sessions.begin_session(space, by=request.user, at=now())
    except SpaceClosed as closed:
        messages.info(request, closed.sentence)
        return redirect("pages:sessions", space.initiative_id)
    return redirect("pages:session_screen", begun.pk)


@require_safe
@never_cache
@login_required
def screen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Big, for the whole room: what to do now, the time left, the next step. Afterwards: what came
    out."""
    found = doors.get_session(request.user, pk)
    if found.is_over:
        return render(request, "pages/session_over.html", _came_out(found))
    at_door = request.build_absolute_uri(reverse("pages:join"))
    with_code = request.build_absolute_uri(reverse("pages:join_with", args=[found.code]))
    context = {
        **_live(found),
        "do_now": reads.TO_DO[found.phase],
        "clock": reads.clock_of(found, at=now()),
        "steps": reads.steps_of(found),
        "next": found.after(found.phase),
        "at_door": at_door.removeprefix("https://").removeprefix("http://"),
        "picture": picture_for_phones(with_code),
    }
    return render(request, "pages/session_screen.html", context)


@require_safe
@never_cache
@login_required
def screen_now(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changes by itself while one looks: who is there, who waits, what was said."""
    found = doors.get_session(request.user, pk)
    if request.GET.get("turn") != str(found.turn):
        return HttpResponseClientRefresh()
    return render(request, "pages/session_now.html", _live(found))


def _live(found: Session) -> dict[str, object]:
    shown = found.phase in {Phase.BUILD, Phase.WHO}
    return {
        "session": found,
        "space": found.space,
        "initiative": found.space.initiative,
        "counted": reads.counted(found),
        "names": reads.names_there(found) if found.space.names else [],
        "at_the_door": reads.at_the_door(found) if found.space.names else [],
        "ideas": list(reads.ideas_of(found)) if shown else [],
        "tries": tries_of(found) if shown else [],
    }


def _came_out(found: Session) -> dict[str, object]:
    return {
        "session": found,
        "space": found.space,
        "initiative": found.space.initiative,
        "counted": reads.counted(found),
        "names": reads.names_there(found) if found.space.names else [],
        "ideas": list(reads.ideas_of(found)),
        "tries": tries_of(found),
        "here": "ideas",
    }


def _turn(request: HttpRequest) -> int:
    given = request.POST.get("turn", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


@require_POST
@login_required
def moved(request: SignedInRequest, pk: int, to: str) -> HttpResponse:
    """On, back, or to the end; from the step one was looking at, so once."""
    found = doors.get_session(request.user, pk)
    phase = {
        "next": found.after(found.phase),
        "back": found.before(found.phase),
        "over": Phase.OVER,
    }[to]
    if not move_on(found, phase, turn=_turn(request), by=request.user, at=now()):
        messages.info(request, _("It was moved on meanwhile. Here is where it is now."))
    return redirect("pages:session_screen", pk)


@require_POST
@login_required
def more_time(request: SignedInRequest, pk: int) -> HttpResponse:
    """Five minutes more."""
    found = doors.get_session(request.user, pk)
    if not sessions.add_minutes(found, turn=_turn(request), by=request.user, at=now()):
        messages.info(request, _("It was moved on meanwhile. Here is where it is now."))
    return redirect("pages:session_screen", pk)


@login_required
def let_in(request: SignedInRequest, pk: int, knock_pk: int) -> HttpResponse:
    """Who it is: whom the lead sees in the room, chosen from everyone on the initiative."""
    found = doors.get_session(request.user, pk)
    knocked = doors.get_knock(found, knock_pk)
    initiative = found.space.initiative
    form = LetInForm(request.POST if request.method == "POST" else None, initiative=initiative)
    if request.method == "POST" and form.is_valid():
        try:
            sessions.let_in(knocked, form.cleaned_data["whom"], by=request.user, at=now())
        except SessionOver:
            messages.info(request, _("The session is over."))
        except AskedToStop as stopped:
            messages.info(request, stopped.sentence)
        return redirect("pages:session_screen", pk)
    context = {"session": found, "initiative": initiative, "knock": knocked, "form": form}
    status = 400 if form.errors else 200
    return render(request, "pages/session_let_in.html", context, status=status)


@require_POST
@login_required
def turned_away(request: SignedInRequest, pk: int, knock_pk: int) -> HttpResponse:
    found = doors.get_session(request.user, pk)
    sessions.turn_away(doors.get_knock(found, knock_pk))
    return redirect("pages:session_screen", pk)


@require_POST
@login_required
def looked_at(request: SignedInRequest, pk: int) -> HttpResponse:
    """What came out was read: the step on Today is done."""
    found = doors.get_session(request.user, pk)
    sessions.looked_at(found, by=request.user, at=now())
    messages.success(request, _("Good. The promises are followed as all are."))
    return redirect("initiatives:initiative", found.space.initiative_id)
