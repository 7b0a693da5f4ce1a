"""Try-outs: offered to one person, and all of an initiative (0.3)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.redirects import back_to
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop
from earnest.practice import access
from earnest.practice.actions import tries as actions
from earnest.practice.forms import TryForm
from earnest.practice.models import Lesson
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


@login_required
def offer(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """To one person, with the reason why it may fit their work: offered, never assigned."""
    whom = initiatives.get_participation(request.user, participation_pk)
    at, here = now(), whom.initiative
    lessons = Lesson.objects.standing().filter(initiative=here).order_by("-taught_on", "-pk")
    first = {"help": request.user.name, "lesson": request.GET.get("lesson")}
    form = TryForm(
        request.POST or None, initial=first, fits=queries.fits_of(whom), lessons=lessons, at=at
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
