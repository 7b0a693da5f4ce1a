"""What somebody answered in a talk to "how is it now?", written down by a lead (4.2)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives.models import AskedToStop
from earnest.promises import access, actions, queries
from earnest.promises.forms import NotedForm
from earnest.promises.models import AskedAgain


@login_required
def noted(request: SignedInRequest, pk: int) -> HttpResponse:
    """The question, how it stands, and the answer as one heard it."""
    found = access.get_again(request.user, pk)
    name = found.participation.person.first_name
    before = {"answer": found.answer, "words": found.words, "is_no": found.is_no}
    sent = request.POST if request.method == "POST" else None
    form = NotedForm(sent, name=name, initial=before)
    if form.is_valid():
        return _note(request, found, form)
    return _show(request, found, form)


def _note(request: SignedInRequest, found: AskedAgain, form: NotedForm) -> HttpResponse:
    try:
        actions.note_answer(found, form.said(), by=request.user, at=now())
    except AskedToStop as stopped:
        form.add_error(None, stopped.sentence)
        return _show(request, found, form)
    except actions.TheirsToSay:
        messages.info(request, _("They answered themselves meanwhile. Here is what they said."))
    except actions.AnswerOver:
        messages.info(request, _("This question is over. Here is how it stands."))
    else:
        messages.success(
            request,
            _("Noted. %(name)s can read it, and put it otherwise.")
            % {"name": found.participation.person.first_name},
        )
    return redirect(found.participation.get_absolute_url())


def _show(request: SignedInRequest, found: AskedAgain, form: NotedForm) -> HttpResponse:
    context = {
        "here": "people",
        "again": found,
        "deed": queries.deeds_in_words([found])[found.pk],
        "participation": found.participation,
        "person": found.participation.person,
        "initiative": found.participation.initiative,
        "open": queries.can_be_noted(found),
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "promises/again_noted.html", context, status=status)
