"""The thread under an answer, for those who lead: with each person it is for (3.12)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.redirects import back_to
from earnest.initiatives.models import AskedToStop, Participation
from earnest.messaging.actions import MayNotWrite
from earnest.plans import access, actions, queries
from earnest.plans.forms import LeadsPostForm
from earnest.plans.models import Reply


@require_safe
@login_required
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was answered, to whom, and what they say to it."""
    return _show(request, access.get_reply(request.user, pk))


def _show(
    request: SignedInRequest, found: Reply, *, wrong: LeadsPostForm | None = None, of: int = 0
) -> HttpResponse:
    """Each thread has a form of its own; ``wrong`` is the one to be mended."""
    threads = queries.threads_of(found, wrong=of)
    context = {
        "here": "replies",
        "initiative": found.initiative,
        "reply": found,
        "to": found.input or found.need,
        "threads": [
            (one, wrong if wrong and one.whose.pk == of else _form(one.whose)) for one in threads
        ],
    }
    return render(request, "plans/reply.html", context, status=400 if wrong else 200)


def _form(whose: Participation, data: Any = None) -> LeadsPostForm:
    form = LeadsPostForm(data, auto_id=f"with-{whose.pk}-%s")
    form.speaks = whose.person.speaks
    return form


@require_POST
@login_required
def said(request: SignedInRequest, pk: int, participation_pk: int) -> HttpResponse:
    """A word to one of them, mailed as a reply."""
    found = access.get_reply(request.user, pk)
    whose = access.get_talker(found, participation_pk)
    form = _form(whose, request.POST)
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            actions.answer_in_thread(found, whose, words, by=request.user, at=now())
        except (AskedToStop, MayNotWrite) as no:
            form.add_error("words", no.sentence)
    if form.errors:
        return _show(request, found, wrong=form, of=whose.pk)
    messages.success(request, _("On its way to %(name)s.") % {"name": whose.person.first_name})
    return back_to(request, reverse("plans:reply", args=[pk]))


@require_POST
@login_required
def read(request: SignedInRequest, pk: int, participation_pk: int) -> HttpResponse:
    """Read, without a word back."""
    found = access.get_reply(request.user, pk)
    whose = access.get_talker(found, participation_pk)
    if actions.read(found, whose, by=request.user, at=now()):
        messages.success(request, _("Read. Their page says so."))
    return back_to(request, reverse("plans:reply", args=[pk]))
