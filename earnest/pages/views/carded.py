"""A person's own page: cards to read, asking for it, and their own words on cards (1.12, 3.18)."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives.models import AskedToStop, Participation
from earnest.pages.printed import card_pdf
from earnest.pages.views.mine import by_link
from earnest.pilots import access
from earnest.pilots.actions import cards as voicing
from earnest.pilots.actions import spreading as actions
from earnest.pilots.actions.spreading import Asker
from earnest.pilots.forms.cards import AskForm
from earnest.pilots.models import CardVersion, CardVoice, EvidenceCard
from earnest.pilots.queries import cards as queries
from earnest.pilots.views.cards import shown_as

Readers = EvidenceCard.Readers


@require_safe
@login_required
def paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """A published card on one sheet, made anew each time: whoever took words back is not on it."""
    return _file(access.get_card_version(request.user, pk))


def _file(version: CardVersion) -> HttpResponse:
    read = queries.read_card(version)
    name = slugify(read.texts["title"])[:60] or "card"
    answer = HttpResponse(card_pdf(read), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_safe
@by_link
def own_paper(request: HttpRequest, found: Participation, card_pk: int) -> HttpResponse:
    return _file(access.get_own_card(found, card_pk))


@require_safe
@by_link
def own_card(request: HttpRequest, found: Participation, card_pk: int) -> HttpResponse:
    return _own_card(request, found, access.get_own_card(found, card_pk))


def _own_card(
    request: HttpRequest,
    found: Participation,
    version: CardVersion,
    *,
    form: AskForm | None = None,
) -> HttpResponse:
    part = found.person.team.name if found.person.team else ""
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "card": version.card,
        **shown_as(queries.read_card(version)),
        "asked": queries.request_of(version, Q(participation=found)),
        "form": form or AskForm(teams=[], initial={"part": part, "seen": version.number}),
    }
    return render(request, "pages/mine_card.html", context, status=400 if form else 200)


@require_POST
@by_link
def asked(request: HttpRequest, found: Participation, card_pk: int) -> HttpResponse:
    """For their part, by the version they had before them."""
    version = access.get_own_card(found, card_pk)
    team = found.person.team
    form = AskForm(request.POST, teams=[team] if team else [])
    if not form.is_valid():
        return _own_card(request, found, version, form=form)
    seen = access.version_seen(version, form.cleaned_data["seen"], on_it=True)
    try:
        actions.ask_for_it(seen, Asker(found), form.wish, at=now())
    except actions.AskedBefore:
        messages.info(request, _("You asked for it before, and it waits for an answer."))
    except AskedToStop:
        said = _("You asked to be left alone here. Take that back on your page first, if you like.")
        messages.info(request, said)
    else:
        messages.success(request, _("Asked for. Here you read what becomes of it."))
    return redirect("pages:mine_card", found.pk, card_pk)


@require_POST
@by_link
def taken_back(request: HttpRequest, found: Participation, request_pk: int) -> HttpResponse:
    there = access.get_own_request(found, request_pk)
    if actions.take_back(there, by=None, at=now()):
        messages.success(request, _("Taken back."))
    return redirect("pages:mine", found.pk)


@require_safe
@by_link
def voice(request: HttpRequest, found: Participation, voice_pk: int) -> HttpResponse:
    """How it would stand there, with the card around it as it is now."""
    there = access.get_own_card_voice(found, voice_pk)
    shown = (
        there.card.versions.filter(shown=True)
        .select_related("card__initiative", "card__pilot")
        .first()
    )
    version, figures = (shown, None) if shown else queries.version_now(there.card)
    read = replace(queries.read_card(version, figures), voices=[])  # others said yes to its readers
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "voice": there,
        "source": there.source,
        "published": shown,
        **shown_as(read),
    }
    return render(request, "pages/mine_card_voice.html", context)


@require_POST
@by_link
def answered(request: HttpRequest, found: Participation, voice_pk: int, state: str) -> HttpResponse:
    there = access.get_own_card_voice(found, voice_pk)
    if state not in CardVoice.ANSWERS:
        raise Http404
    readers = request.POST.get("readers", "")
    if readers not in Readers.values:
        readers = Readers.INITIATIVE
    if voicing.answer_voice(there, state, readers=readers, at=now()):
        messages.success(request, _said(state))
    if state in CardVoice.GRANTED and readers == Readers.INITIATIVE and _is_for_all(there):
        said = _("Meanwhile it is for everyone in the workspace. Say once more if that is fine.")
        messages.info(request, said)
    return redirect("pages:mine_card_voice", found.pk, there.pk)


def _is_for_all(voice: CardVoice) -> bool:
    shown = CardVersion.objects.filter(card=voice.card_id, shown=True)
    return shown.filter(readers=Readers.WORKSPACE).exists()


def _said(state: str) -> str:
    said: dict[str, str] = {
        CardVoice.State.NAMED: _("Thank you. Your words may stand there, with your name."),
        CardVoice.State.UNNAMED: _("Thank you. Your words may stand there, without your name."),
        CardVoice.State.REFUSED: _("Good to know. They do not stand there."),
    }
    return said[state]
