"""Try-outs: offered to one person, and all of an initiative (0.3)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.redirects import back_to
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative
from earnest.practice import access
from earnest.practice.actions import tries as actions
from earnest.practice.forms import FitForm, TryForm
from earnest.practice.models import Lesson
from earnest.practice.queries import fitting
from earnest.practice.queries import tries as queries


@require_safe
@login_required
def try_outs(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    found = initiatives.get_led(request.user, initiative_pk)
    context = {
        "initiative": found,
        "page": queries.tries_page(found, after=request.GET.get("after", "")),
        "later": bool(request.GET.get("after")),
        "here": "lessons",
    }
    return render(request, "practice/try_outs.html", context)


@require_safe
@login_required
def whom(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Whom something to try fits, with the reasons; an offer is a tap of its own."""
    found = initiatives.get_led(request.user, initiative_pk)
    form = FitForm(request.GET, lessons=_lessons_of(found))
    known = form.cleaned_data if form.is_valid() else {}
    what, lesson = known.get("what") or "", known.get("lesson")
    kept = {"what": what, "lesson": str(lesson.pk) if lesson else ""}
    narrowed = urlencode({name: value for name, value in kept.items() if value})
    after = request.GET.get("after", "")
    context = {
        "initiative": found,
        "form": form,
        "page": fitting.whom_it_fits(found, what, lesson, after=after, at=now()),
        "asked": bool(narrowed),
        "taken_along": f"?{narrowed}" if narrowed else "",
        "narrowed": f"{narrowed}&" if narrowed else "",
        "here": "lessons",
    }
    status = 400 if form.errors else 200
    return render(request, "practice/whom_it_fits.html", context, status=status)


def _lessons_of(initiative: Initiative) -> QuerySet[Lesson]:
    rows = Lesson.objects.standing().filter(initiative=initiative)
    return rows.order_by("-taught_on", "-pk")


@login_required
def offer(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """To one person, with the reason why it may fit their work: offered, never assigned."""
    whom = initiatives.get_participation(request.user, participation_pk)
    at, here = now(), whom.initiative
    first = {name: request.GET.get(name) for name in ("what", "lesson")}
    form = TryForm(
        request.POST or None,
        initial={"help": request.user.name, **first},
        initiative=here,
        to=whom,
        fits=queries.fits_of(whom),
        lessons=_lessons_of(here),
        at=at,
    )
    form.speaks = whom.person.reads_in
    if form.is_valid():
        try:
            _row, not_mailed = actions.offer(
                whom, form.draft, by_mail=form.cleaned_data["by_mail"], by=request.user, at=at
            )
        except AskedToStop as stopped:
            form.add_error(None, stopped.sentence)
        else:
            _say(request, whom.person.first_name, not_mailed)
            return redirect(whom)
    context = {
        "initiative": here,
        "participation": whom,
        "person": whom.person,
        "form": form,
        "here": "people",
    }
    status = 400 if form.errors else 200
    return render(request, "practice/offer_try_out.html", context, status=status)


def _say(request: SignedInRequest, name: str, not_mailed: str) -> None:
    said = _("Offered. It stands on %(name)s's own page.") % {"name": name}
    messages.success(request, said)
    if not_mailed:
        messages.info(request, _("No mail leaves for it. %s") % not_mailed)


@require_POST
@login_required
def withdrawn(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_try_out(request.user, pk)
    try:
        actions.withdraw(found, by=request.user, at=now())
    except actions.AnsweredAlready:
        messages.info(request, _("They said what became of it, so it stands."))
    return back_to(request, found.participation.get_absolute_url())
