"""A check-in by name, on the person's own page: four taps, changeable until it closes (0.10, 2.4)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.checkins import access, actions
from earnest.checkins.actions import RoundOver
from earnest.checkins.forms import FourTapsForm, taps_so_far
from earnest.checkins.models import Round
from earnest.initiatives.models import AskedToStop, Participation
from earnest.pages.actions import own_words
from earnest.pages.views.mine import by_link


@require_safe
@by_link
def check_in(request: HttpRequest, found: Participation, round_pk: int) -> HttpResponse:
    """The taps as they are; after the end, what they said."""
    return _show(request, found, access.get_own_round(found, round_pk))


def _show(
    request: HttpRequest, found: Participation, round_: Round, wrong: FourTapsForm | None = None
) -> HttpResponse:
    answer = round_.named.filter(participation=found).first()
    form = wrong or FourTapsForm(initial=taps_so_far(answer) if answer else None)
    context = {
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "round": round_,
        "answer": answer,
        "form": form,
    }
    return render(request, "pages/check_in.html", context, status=400 if wrong else 200)


@require_POST
@by_link
def answered(request: HttpRequest, found: Participation, round_pk: int) -> HttpResponse:
    round_ = access.get_own_round(found, round_pk)
    form = FourTapsForm(request.POST)
    if not form.is_valid():
        return _show(request, found, round_, form)
    try:
        new = actions.answer_by_name(round_, found, form.taps(), at=now())
    except RoundOver:
        messages.info(request, _("It closed meanwhile, so what stood before stands."))
    except AskedToStop:
        messages.info(
            request,
            _("You asked to be left alone, so nothing was written down. Take that back first."),
        )
    else:
        messages.success(request, _thanks(form) if new else _("That is what you said before."))
    return redirect("pages:mine_check_in", found.pk, round_pk)


def _thanks(form: FourTapsForm) -> str:
    said = _("Thank you. It stands on your page.")
    if form.took is None:
        return said
    took = ngettext("It took you %(n)s second.", "It took you %(n)s seconds.", form.took)
    return said + " " + took % {"n": form.took}


@require_POST
@by_link
def withdrawn(request: HttpRequest, found: Participation, round_pk: int) -> HttpResponse:
    """Their word is theirs: taken back at any time, also after a stop."""
    round_ = access.get_own_round(found, round_pk)
    if own_words.take_answer_back(round_, found, at=now()):
        messages.success(request, _("Taken back. It stands nowhere any more."))
    else:
        messages.info(request, _("That was taken back before."))
    return redirect("pages:mine_check_in", found.pk, round_pk)
