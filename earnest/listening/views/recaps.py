"""After a talk: what the problem is, what they corrected, what they wrote themselves."""

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
from earnest.initiatives.models import AskedToStop
from earnest.listening import access, actions
from earnest.listening.forms import ProblemForm


@require_POST
@login_required
def problem(request: SignedInRequest, pk: int) -> HttpResponse:
    """ "Is this the problem?" as they answered it (2.5)."""
    found = access.get_conversation(request.user, pk)
    form = ProblemForm(request.POST, conversation=found)
    if form.is_valid():
        try:
            actions.say_problem(found, **form.cleaned_data, by=request.user, at=now())
        except AskedToStop as stopped:
            form.add_error(None, stopped.sentence)
        else:
            messages.success(request, _("Kept, as they answered it."))
            return back_to(request, reverse("listening:conversation", args=[pk]))
    context = {
        "here": "conversations",
        "initiative": found.initiative,
        "conversation": found,
        "form": form,
        "next": request.POST.get("next", ""),
    }
    return render(request, "listening/problem.html", context, status=400)


@require_POST
@login_required
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """What somebody wrote themselves was read by a lead."""
    found = access.get_conversation(request.user, pk)
    if actions.read_written(found, by=request.user, at=now()):
        messages.success(request, _("Read. Their page says so."))
    return back_to(request, reverse("listening:conversation", args=[pk]))


@require_safe
@login_required
def recap(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was told back to one person, and what they say should be different."""
    found = access.get_recap(request.user, pk)
    context = {
        "here": "conversations",
        "initiative": found.conversation.initiative,
        "recap": found,
        "person": found.participation.person,
    }
    return render(request, "listening/recap.html", context)


@require_POST
@login_required
def recap_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """A correction was read."""
    found = access.get_recap(request.user, pk)
    if actions.read_correction(found, by=request.user, at=now()):
        messages.success(request, _("Read. Their page says so."))
    return redirect("listening:recap", pk)
