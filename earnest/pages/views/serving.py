"""Told back how this serves what they value: theirs too, not quite, or an answer (1.7, 3.3)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link, by_tap
from earnest.plans import access
from earnest.plans.actions import chain as actions
from earnest.plans.forms.chain import ChainAnswerForm, NotQuiteForm
from earnest.plans.models import Chain


@require_safe
@by_link
def serves(request: HttpRequest, found: Participation, chain_pk: int) -> HttpResponse:
    """Their words, how this serves them, and what they say to it."""
    return _show(request, found, access.get_own_chain(found, chain_pk))


def _show(
    request: HttpRequest,
    found: Participation,
    chain: Chain,
    *,
    not_quite: NotQuiteForm | None = None,
    answer: ChainAnswerForm | None = None,
) -> HttpResponse:
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "chain": chain,
        "not_quite": not_quite or NotQuiteForm(chain=chain),
        "answer": answer or ChainAnswerForm(initial={"answer": chain.answer}),
    }
    status = 400 if not_quite or answer else 200
    return render(request, "pages/serves.html", context, status=status)


def _again(found: Participation, chain: Chain) -> HttpResponse:
    return redirect("pages:serves", found.pk, chain.pk)


@require_POST
@by_tap
def mine_too(request: HttpRequest, found: Participation, chain_pk: int) -> HttpResponse:
    if not actions.call_it_theirs(Chain(pk=chain_pk, participation=found), at=now()):
        access.get_own_chain(found, chain_pk)  # tapped before, or not theirs at all
    return redirect("pages:serves", found.pk, chain_pk)


@require_POST
@by_link
def not_mine(request: HttpRequest, found: Participation, chain_pk: int) -> HttpResponse:
    chain = access.get_own_chain(found, chain_pk)
    if actions.not_theirs_after_all(chain, at=now()):
        messages.success(request, _("Taken back. It stands as our reason alone."))
    return _again(found, chain)


@require_POST
@by_link
def corrected(request: HttpRequest, found: Participation, chain_pk: int) -> HttpResponse:
    """Not quite: their words replace ours, and are theirs to change from then on."""
    chain = access.get_own_chain(found, chain_pk)
    form = NotQuiteForm(request.POST, chain=chain)
    if not form.is_valid():
        return _show(request, found, chain, not_quite=form)
    if actions.correct_chain(chain, *form.words, at=now()):
        messages.success(request, _("Thank you. From now on it says what you wrote."))
    else:
        messages.info(request, _("Those are the words as they stand."))
    return _again(found, chain)


@require_POST
@by_link
def answered(request: HttpRequest, found: Participation, chain_pk: int) -> HttpResponse:
    chain = access.get_own_chain(found, chain_pk)
    form = ChainAnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, found, chain, answer=form)
    if actions.answer_chain(chain, form.cleaned_data["answer"], at=now()):
        messages.success(request, _("Thank you. %(name)s reads it.") % {"name": found.held_by})
    return _again(found, chain)
