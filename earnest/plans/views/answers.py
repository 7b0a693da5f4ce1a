"""Answers to an open question and the plan: taken up as an input, and what became of them (1.10)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.ideas import access as ideas
from earnest.initiatives.models import AskedToStop
from earnest.plans import actions, queries
from earnest.plans.actions import AnswerGone


@require_safe
@login_required
def became(request: SignedInRequest, pk: int) -> HttpResponse:
    """One answer, and what becomes of it."""
    answer = ideas.get_answer(request.user, pk)
    context = {
        "initiative": answer.initiative,
        "answer": answer,
        "topic": answer.topic,
        "taken": queries.answer_taken_up(answer),
        "reply": queries.became_of_answers([pk]).get(pk),
        "here": "topics",
    }
    return render(request, "plans/answer_became.html", context)


@require_POST
@login_required
def taken_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """It is owed a reply from now on."""
    answer = ideas.get_answer(request.user, pk)
    try:
        taken, new = actions.take_answer_up(answer, by=request.user, at=now())
    except (AnswerGone, AskedToStop) as cannot:
        messages.warning(request, cannot.sentence)
        return redirect("ideas:topic", answer.topic_id)
    said = _("Taken up. It waits for a reply now.")
    messages.success(request, said if new else _("It was taken up before."))
    return redirect("plans:input", taken.pk)
