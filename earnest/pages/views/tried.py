"""A try-out on the own page: what is offered, and what they say of it (0.3, 0.7)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link
from earnest.practice import access, queries
from earnest.practice.actions import tries as actions
from earnest.practice.forms import TriedForm
from earnest.practice.models import TryOut


@require_safe
@by_link
def try_out(request: HttpRequest, found: Participation, try_pk: int) -> HttpResponse:
    """What is offered and why; a link in a mail only chooses, a button says it."""
    one = access.get_own_try_out(found, try_pk)
    return _show(request, found, one, TriedForm(initial={"words": one.words}))


def _show(request: HttpRequest, found: Participation, one: TryOut, form: TriedForm) -> HttpResponse:
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "one": queries.try_out_for(one),
        "over": one.is_over(now()),
        "chosen": request.GET.get("answer", ""),
        "form": form,
    }
    return render(request, "pages/try_out.html", context, status=400 if form.errors else 200)


@require_POST
@by_link
def answered(request: HttpRequest, found: Participation, try_pk: int) -> HttpResponse:
    one = access.get_own_try_out(found, try_pk)
    form = TriedForm(request.POST)
    if not form.is_valid():
        return _show(request, found, one, form)
    try:
        if actions.answer(one, form.tried(), at=now()):
            messages.success(request, _("Noted, in your words."))
    except actions.NotOfferedAnyMore:
        messages.info(request, _("It is not offered any more."))
        return redirect("pages:mine", found.pk)
    return redirect("pages:mine_try_out", found.pk, one.pk)
