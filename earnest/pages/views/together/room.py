"""The door by the code on the screen. Without names it leads to the space's one address. With names
the phone waits until the lead, who sees its owner in the room, says who they are.

Why so: a code can be guessed or read over a shoulder. It therefore opens no list of names, and what
is said on such a phone is noted by the lead, never anybody's own word, until its person says yes to
it by their own link. The lead can lend nobody's voice unseen: it stands on that person's page who
let a phone in as them.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, override

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from earnest.accounts.models import User
from earnest.ideas import access
from earnest.ideas.access import sessions as doors
from earnest.ideas.access.spaces import key_hash
from earnest.ideas.actions import sessions
from earnest.ideas.actions.sessions import SessionOver
from earnest.ideas.forms.sessions import CodeForm, KnockForm
from earnest.ideas.models import Knock, Session
from earnest.pages.views.mine import as_they_see
from earnest.pages.views.together.door import Here

COOKIE = "room"
KEPT_FOR = 12 * 3600  # seconds: longer than any session


@dataclass(slots=True)
class AtTable(Here):
    """On a phone that the lead let in as somebody: what they say there is noted by that lead."""

    token: str = ""
    let_in_by: User | None = None

    @override
    def url(self, name: str, *args: object) -> str:
        """Of the session alone: a code opens nothing else."""
        return reverse(f"pages:room_{name}", args=[self.token, *args[1:]])


def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """The code, written or come with the picture on the screen. No GET opens anything."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    form.fields["code"].initial = code
    if request.method == "POST" and form.is_valid():
        found = doors.session_by_code(form.cleaned_data["code"])
        if found:
            return redirect(address_of(found))
        form.add_error("code", _("No session has this code now. Look at the screen again."))
    status = 400 if form.errors else 200
    return render(request, "pages/together/join.html", {"form": form}, status=status)


def address_of(found: Session) -> str:
    if found.space.names:
        return reverse("pages:room_session", args=[doors.token_of_session(found)])
    return reverse("pages:session", args=[access.token_of(found.space), found.pk])


def by_code(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """On a phone that was let in; any other is asked who it is."""

    @wraps(view)
    def inner(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponse:
        found = doors.session_by_token(token)
        knocked = doors.knock_by(found, key_hash(request.COOKIES.get(COOKIE, "")))
        if knocked is None or knocked.seat is None:
            return _at_the_door(request, found, token, knocked)
        whose, noted_by = knocked.seat.voice.participation, knocked.seat.let_in_by or found.by
        if whose is None or noted_by is None:  # without a lead it would pass for their own word
            return _at_the_door(request, found, token, None)
        here = AtTable(found.space, participation=whose, token=token, let_in_by=noted_by)
        with as_they_see(whose):
            return view(request, here, found.pk, *args, **kwargs)

    return inner


def _at_the_door(
    request: HttpRequest,
    found: Session,
    token: str,
    knocked: Knock | None,
    *,
    form: KnockForm | None = None,
) -> HttpResponse:
    """Says what it is about, and nothing of who is in it."""
    context = {
        "session": found,
        "token": token,
        "knock": knocked,
        "form": form or KnockForm(),
        "initiative": found.space.initiative,
    }
    status = 400 if form else 200
    return render(request, "pages/together/door.html", context, status=status)


@require_POST
def knock(request: HttpRequest, token: str) -> HttpResponse:
    """Who I am, to the lead who sees me."""
    found = doors.session_by_token(token)
    form = KnockForm(request.POST)
    if not form.is_valid():
        return _at_the_door(request, found, token, None, form=form)
    key = request.COOKIES.get(COOKIE, "") or secrets.token_urlsafe(24)
    response = redirect("pages:room_session", token)
    try:
        sessions.knock(found, key_hash(key), form.cleaned_data["name"])
    except SessionOver:
        messages.info(request, _("The session is over. What came out stands on each one's page."))
        return response
    response.set_cookie(
        COOKIE,
        key,
        max_age=KEPT_FOR,
        path=reverse("pages:room_session", args=[token]),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response


@require_safe
@never_cache
def waiting(request: HttpRequest, token: str) -> HttpResponse:
    """Asked by a phone at the door: is there an answer? Then its page says which."""
    found = doors.session_by_token(token)
    knocked = doors.knock_by(found, key_hash(request.COOKIES.get(COOKIE, "")))
    waits = knocked and knocked.seat is None and not knocked.turned_away
    return HttpResponse(status=204) if waits else HttpResponseClientRefresh()
