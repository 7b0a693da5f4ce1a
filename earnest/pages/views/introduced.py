"""Somebody worth meeting, on one's own page (4.6): a yes or a no, and what the other is told."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.initiatives.models import AskedToStop, Participation
from earnest.pages.views.mine import by_link
from earnest.rhythm import access
from earnest.rhythm.actions import introducing
from earnest.rhythm.forms.introducing import IntroductionForm
from earnest.rhythm.models import IntroductionSide
from earnest.rhythm.queries.introductions import meeting_of


@by_link
def introduction(request: HttpRequest, found: Participation, side_pk: int) -> HttpResponse:
    """Of the other nothing is told before both said yes."""
    side = access.get_own_introduction(found, side_pk)
    row = side.introduction
    mine = row.low_idea if row.low_id == found.pk else row.high_idea
    data = request.POST if request.method == "POST" else None
    form = IntroductionForm(data, side=side, has_idea=bool(mine and not mine.gone))
    if request.method == "POST" and form.is_valid():
        return _answered(request, found, side, form)
    context = {
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "meeting": meeting_of(side),
        "introduction": row,
        "open": now() < row.made_at + introducing.LASTS and row.state in {"offered", "not_taken"},
        "form": form,
    }
    status = 400 if form.errors else 200
    return render(request, "pages/introduction.html", context, status=status)


def _answered(
    request: HttpRequest, found: Participation, side: IntroductionSide, form: IntroductionForm
) -> HttpResponse:
    try:
        introducing.answer(side, form.said, at=now())
        messages.success(request, _("Noted. Thank you for saying so."))
    except introducing.IntroductionOver:
        messages.info(request, _("The time for this is over. Here is how it stands."))
    except AskedToStop as stopped:
        messages.info(request, stopped.sentence)
    return redirect("pages:introduction", found.pk, side.pk)


@require_POST
@by_link
def introduction_hidden(request: HttpRequest, found: Participation, side_pk: int) -> HttpResponse:
    """What I passed on, taken back."""
    introducing.hide(access.get_own_introduction(found, side_pk), at=now())
    messages.success(request, _("Taken back. They see your name alone."))
    return redirect("pages:introduction", found.pk, side_pk)
