"""Moments on their own page: what is written for them, what came, and "do not watch for this"."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link
from earnest.practice import access
from earnest.practice.actions import moments
from earnest.practice.actions.nudging import say_how_the_moment_went
from earnest.practice.forms import HowForm
from earnest.practice.models import CameUp, MomentSeen
from earnest.practice.queries.moments import as_they_read, link_for


@require_safe
@by_link
def moment(request: HttpRequest, found: Participation, seen_pk: int) -> HttpResponse:
    """The point, the link to their work, and how it went where they like to say it."""
    return _show(request, found, access.get_own_seen(found, seen_pk))


def _show(
    request: HttpRequest, found: Participation, seen: MomentSeen, wrong: HowForm | None = None
) -> HttpResponse:
    seen, (link,) = as_they_read(seen, link_for(seen))
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "seen": seen,
        "moment": seen.moment,
        "link": link,
        "hows": CameUp.How.choices,
        "form": wrong or HowForm(),
    }
    return render(request, "pages/mine_moment.html", context, status=400 if wrong else 200)


@require_POST
@by_link
def went(request: HttpRequest, found: Participation, seen_pk: int) -> HttpResponse:
    """Their own word, with a line if they like."""
    seen = access.get_own_seen(found, seen_pk)
    form = HowForm(request.POST)
    if not form.is_valid():
        return _show(request, found, seen, form)
    try:
        say_how_the_moment_went(seen, form.went(), at=now())
    except moments.SeenOver:
        messages.info(request, _("What became of it was said before."))
    else:
        messages.success(request, _("Noted, in your words. Thank you."))
    return _back(found)


@require_POST
@by_link
def not_watched(request: HttpRequest, found: Participation, moment_pk: int) -> HttpResponse:
    moments.watch_no_more(found, access.get_own_moment(found, moment_pk), at=now())
    messages.success(request, _("It is not watched for any more, from now on."))
    return _back(found)


@require_POST
@by_link
def watched(request: HttpRequest, found: Participation, moment_pk: int) -> HttpResponse:
    moments.watch_again(found, access.get_own_moment(found, moment_pk), at=now())
    return _back(found)


@require_POST
@by_link
def none_watched(request: HttpRequest, found: Participation) -> HttpResponse:
    moments.watch_no_more(found, None, at=now())
    messages.success(request, _("No moment is watched for here any more, from now on."))
    return _back(found)


@require_POST
@by_link
def all_watched(request: HttpRequest, found: Participation) -> HttpResponse:
    moments.watch_again(found, None, at=now())
    return _back(found)


def _back(found: Participation) -> HttpResponse:
    return redirect(f"{reverse('pages:mine', args=[found.pk])}#moments")
