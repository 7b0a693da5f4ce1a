"""Evidence cards: read, written, published, withdrawn; and whose voices stand in them (1.12, 3.18)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives import queries as about
from earnest.initiatives.models import LEADING, AskedToStop
from earnest.pilots import access
from earnest.pilots.actions import cards as actions
from earnest.pilots.charts import cards as charts
from earnest.pilots.forms.cards import CardForm, ReadersForm, VoicesForm
from earnest.pilots.models import CardVersion, EvidenceCard
from earnest.pilots.queries import cards as queries
from earnest.pilots.queries.cards import CardShown
from earnest.pilots.queries.drafting import draft_of


@require_safe
@login_required
def all_cards(request: SignedInRequest) -> HttpResponse:
    """Of every pilot whose card this reader may read, the latest first."""
    before = read_number(request.GET.get("before", ""))
    page = queries.cards_page(access.card_versions_for(request.user), before=before)
    return render(request, "pilots/all_cards.html", {"page": page, "here": "all-cards"})


@login_required
def new_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Drafted from the record; nothing is written before it is saved."""
    pilot = access.get_pilot_to_lead(request.user, pk)
    there = EvidenceCard.objects.filter(pilot=pilot).first()
    if there:
        return redirect("pilots:card_draft", there.pk)
    card = EvidenceCard(pilot=pilot, initiative=pilot.initiative)
    form = CardForm(
        request.POST or None,
        instance=card,
        leads=list(about.leads_of(pilot.initiative)),
        initial=None if request.POST else draft_of(pilot),
    )
    if form.is_valid():
        made = actions.begin_card(pilot, form.draft, by=request.user, at=timezone.now())
        messages.success(request, _("Saved as a draft, for those who lead it."))
        return redirect("pilots:card_draft", made.pk)
    return _form(request, card, form)


@login_required
def edit_card(request: SignedInRequest, pk: int) -> HttpResponse:
    card = access.get_card(request.user, pk)
    leads = list(about.leads_of(card.initiative))
    form = CardForm(request.POST or None, instance=card, leads=leads)
    if form.is_valid():
        if actions.change_card(card, form.draft, by=request.user, at=timezone.now()):
            messages.success(request, _("Saved. Others read it once you publish it."))
        return redirect("pilots:card_draft", card.pk)
    return _form(request, card, form)


def _form(request: SignedInRequest, card: EvidenceCard, form: CardForm) -> HttpResponse:
    context = {"initiative": card.initiative, "card": card, "form": form, "here": "pilots"}
    return render(request, "pilots/card_form.html", context, status=400 if form.is_bound else 200)


def shown_as(shown: CardShown) -> dict[str, Any]:
    """What ``pilots/card_body.html`` draws: the same for every reader."""
    return {
        "shown": shown,
        "version": shown.version,
        "figures": [
            (one, charts.picture_of(one, shown.version), charts.table_of(one))
            for one in shown.figures
        ],
    }


@require_safe
@login_required
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """For who leads it: as it would be published now, and everything to do with it."""
    return _draft(request, access.get_card(request.user, pk))


def _draft(
    request: SignedInRequest,
    card: EvidenceCard,
    *,
    readers: ReadersForm | None = None,
    status: int = 200,
) -> HttpResponse:
    version, figures = queries.version_now(card)
    published = card.versions.filter(shown=True).first()
    chosen = {"readers": published.readers if published else EvidenceCard.Readers.INITIATIVE}
    context = {
        "initiative": card.initiative,
        "card": card,
        "published": published,
        **shown_as(queries.read_card(version, figures)),
        "voices": queries.voices_of_card(card),
        "quotes": queries.quotes_to_choose(card),
        "words": queries.words_to_choose(card),
        "readers": readers or ReadersForm(initial=chosen),
        "here": "pilots",
    }
    return render(request, "pilots/card_draft.html", context, status=status)


@require_POST
@login_required
def published(request: SignedInRequest, pk: int) -> HttpResponse:
    card = access.get_card(request.user, pk)
    form = ReadersForm(request.POST)
    if not form.is_valid():
        return _draft(request, card, readers=form, status=400)
    readers = form.cleaned_data["readers"]
    if actions.publish_card(card, readers, by=request.user, at=timezone.now()):
        messages.success(request, _("Published. Only voices with their yes stand in it."))
    else:
        messages.info(request, _("It is published so already."))
    return redirect("pilots:card_draft", card.pk)


@require_POST
@login_required
def withdrawn(request: SignedInRequest, pk: int) -> HttpResponse:
    card = access.get_card(request.user, pk)
    if actions.withdraw_card(card, by=request.user, at=timezone.now()):
        messages.success(request, _("Withdrawn: those who lead it read it, nobody else."))
    return redirect("pilots:card_draft", card.pk)


@require_POST
@login_required
def voices(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chosen among words that may be passed on; asked one by one, afterwards."""
    card = access.get_card(request.user, pk)
    form = VoicesForm(request.POST, card=card)
    if form.is_valid() and not form.is_empty:
        chosen = form.cleaned_data
        actions.choose_voices(
            card, chosen["quotes"], chosen["words"], by=request.user, at=timezone.now()
        )
        messages.success(request, _("Beside the card. Now ask each of them."))
    else:
        messages.warning(request, _("Choose the words first. What was taken back is gone."))
    return redirect("pilots:card_draft", card.pk)


@require_POST
@login_required
def voice_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_card_voice(request.user, pk)
    try:
        asked = actions.ask_voice(found, by=request.user, at=timezone.now())
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
        return redirect("pilots:card_draft", found.card_id)
    if asked is None:
        messages.info(request, _("They were asked before, or these words are not to be passed on."))
    elif asked.mailed:
        messages.success(request, _("Asked. Their words stand there once they say yes."))
    else:
        said = _("It waits on their page: show it to them when you next speak.")
        messages.info(request, f"{asked.sentence} {said}".strip())
    return redirect("pilots:card_draft", found.card_id)


@require_POST
@login_required
def voice_removed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_card_voice(request.user, pk)
    if not actions.drop_voice(found, by=request.user, at=timezone.now()):
        said = _("They were asked, or said no: that stays noted, so that nobody is asked twice.")
        messages.info(request, said)
    return redirect("pilots:card_draft", found.card_id)


def leads_card(request: SignedInRequest, version: CardVersion) -> bool:
    return initiatives.role_on(request.user, version.card.initiative) in LEADING
