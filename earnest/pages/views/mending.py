"""Other words for a promise, a need, a referral, before it is told back (2.15)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives.models import AskedToStop
from earnest.listening import access as listening
from earnest.listening.models import NeedNamed, Referral
from earnest.pages.actions import mending
from earnest.pages.forms import WordsForm
from earnest.promises import access as promises


@login_required
def promise(request: SignedInRequest, pk: int) -> HttpResponse:
    found = promises.get_for_write(request.user, pk)
    return _mend(request, found, found.words)


@login_required
def need(request: SignedInRequest, pk: int) -> HttpResponse:
    found = listening.get_need_named(request.user, pk)
    return _mend(request, found, found.in_their_words)


@login_required
def referral(request: SignedInRequest, pk: int) -> HttpResponse:
    found = listening.get_referral(request.user, pk)
    return _mend(request, found, found.why)


def _mend(request: SignedInRequest, row: mending.Taken, words: str) -> HttpResponse:
    """The words as they are, to be changed; then back to where it is told."""
    form = WordsForm(request.POST or None, initial={"words": words})
    most = 300 if isinstance(row, Referral) else 200 if isinstance(row, NeedNamed) else 280
    form.fields["words"].widget.attrs["maxlength"] = most
    if request.method == "POST" and form.is_valid():
        try:
            mending.mend_words(row, form.cleaned_data["words"], by=request.user, at=now())
        except mending.AlreadyTold:
            messages.info(request, _("They were told already. They can mend it on their page."))
        except AskedToStop as stopped:
            messages.warning(request, stopped.sentence)
        else:
            messages.success(request, _("Changed. Nothing was sent yet."))
        return _back(row)
    context = {
        "here": "conversations",
        "form": form,
        "row": row,
        "initiative": row.need.initiative if isinstance(row, NeedNamed) else row.initiative,
    }
    return render(request, "pages/mend.html", context, status=400 if form.errors else 200)


def _back(row: mending.Taken) -> HttpResponse:
    if row.conversation_id:
        return redirect("pages:look_back", row.conversation_id)
    return redirect("pages:today")
