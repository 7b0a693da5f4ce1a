"""Taking up an input by hand, saying that a quote asks for an answer, and where it belongs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.redirects import back_to
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Participation
from earnest.listening import access as listening
from earnest.listening.models import Need
from earnest.plans import access, actions, queries
from earnest.plans.actions import AnsweredAlready
from earnest.plans.forms import NotedForm
from earnest.plans.models import Input
from earnest.plans.views.replies import place_form

MOST_NAMES = 500


@login_required
def noted(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Heard in passing: an input written down by hand (3.9)."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    free = Participation.objects.may_be_asked().filter(initiative=initiative)
    people = free.select_related("person").order_by("person__name", "pk")[:MOST_NAMES]
    today = initiative.workspace.day(now())
    data = request.POST if request.method == "POST" else None
    chosen = request.GET.get("whose", "")
    form = NotedForm(data, people=people, today=today, initial={"whose": chosen})
    if form.is_valid():
        try:
            taken = actions.note_input(initiative, form.noted, by=request.user, at=now())
        except AskedToStop as stopped:
            form.add_error("whose", stopped.sentence)
        else:
            messages.success(request, _("Noted. It waits for an answer now."))
            return redirect("plans:input", taken.pk)
    context = {"here": "replies", "initiative": initiative, "form": form}
    return render(request, "plans/input_new.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def from_quote(request: SignedInRequest, pk: int) -> HttpResponse:
    """ "This asks for an answer": it stands on the queue from now on."""
    quote = access.get_quote(request.user, pk)
    try:
        _taken, new = actions.take_quote(quote, by=request.user, at=now())
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
    else:
        said = _("It waits for an answer now, beside their words.")
        messages.success(request, said if new else _("It was there before."))
    return back_to(request, reverse("plans:replies", args=[quote.initiative_id]))


@require_POST
@login_required
def placed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Under a need, with one that proposes the same, or by itself again."""
    taken = access.get_input(request.user, pk)
    form = place_form(taken, request.POST)
    if not form.is_valid():
        messages.info(request, _("That is not there any more. Choose again."))
        return redirect("plans:input", pk)
    try:
        _put(taken, form.chosen, request)
    except AnsweredAlready:
        messages.info(request, _("It has its answer already."))
    return redirect("plans:input", pk)


def _put(taken: Input, chosen: Need | Input | None, request: SignedInRequest) -> None:
    at = now()
    if isinstance(chosen, Need):
        actions.put_with(taken, None, by=request.user, at=at)
        actions.put_under(taken, chosen, by=request.user, at=at)
        there = _("It is answered with the need “%(words)s” now.") % {"words": chosen.words}
    elif chosen:
        actions.put_with(taken, chosen, by=request.user, at=at)
        there = _("Both are answered together now.")
    else:
        actions.put_with(taken, None, by=request.user, at=at)
        actions.put_under(taken, None, by=request.user, at=at)
        there = _("It is answered by itself now.")
    messages.success(request, there)


@require_safe
@login_required
def of_talk(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was said in one talk, each with "this asks for an answer"."""
    talk = listening.get_conversation(request.user, pk)
    context = {
        "here": "conversations",
        "initiative": talk.initiative,
        "conversation": talk,
        "quotes": queries.quotes_of(talk),
    }
    return render(request, "plans/talk_asks.html", context)
