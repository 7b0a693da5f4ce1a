"""Votes on a phone, one statement at a time; one's own votes; the map, and where one sits in it."""

from __future__ import annotations

import random
import secrets
from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.core.paging import read_number
from earnest.ideas import drawing
from earnest.ideas.access import votes as doors
from earnest.ideas.access.spaces import key_hash, token_of
from earnest.ideas.actions import SpaceClosed, statements, votes
from earnest.ideas.forms.votes import StatementForm
from earnest.ideas.models import Vote
from earnest.ideas.queries import maps as maps_of
from earnest.ideas.queries import votes as votes_of
from earnest.initiatives.models import AskedToStop
from earnest.pages.views.together.booth import Voting
from earnest.pages.views.together.door import Here

VALUES = {"agree": Vote.Value.AGREE, "disagree": Vote.Value.DISAGREE, "pass": Vote.Value.PASS}


@require_safe
def vote(request: HttpRequest, here: Here) -> HttpResponse:
    """One statement, or what one can do when there is none left."""
    return _vote_page(request, here)


def _vote_page(request: HttpRequest, here: Here, form: StatementForm | None = None) -> HttpResponse:
    pk = here.voice.pk if here.voice else None
    context = {
        **_context(here),
        "next": votes_of.next_for(here.space, pk, draw=_draw(pk), today=_today(here)),
        "own": here.voice.statements.select_related("idea").order_by("pk")[: votes_of.PAGE]
        if here.voice
        else (),
        "wants_word": votes_of.wants_word(pk),
        "form": form or StatementForm(),
    }
    return render(request, "pages/together/vote.html", context, status=400 if form else 200)


def _context(here: Here) -> dict[str, object]:
    return {
        "here": here,
        "space": here.space,
        "initiative": here.initiative,
        "addresses": {name: here.url(name) for name in ADDRESSES} | {"voted": _booth(here)},
        "may_write": not (here.space.closed_at or here.initiative.closed_at)
        and not (here.participation and here.participation.asked_to_stop),
    }


ADDRESSES = (
    *("space", "vote", "votes", "map"),
    *("statement_new", "statement_taken_back", "want_word"),
)


def _booth(here: Here) -> str:
    """Where a vote goes: an address that is found first."""
    if here.participation:
        return reverse("booth:mine_voted", args=[here.participation.pk, here.space.pk])
    return reverse("booth:voted", args=[token_of(here.space)])


def _draw(pk: int | None) -> votes_of.Dice:
    """By lot, and the same for as long as one said nothing new: a page read again stays as it is."""
    if pk is None:
        return lambda _said: secrets.SystemRandom().random()
    return lambda said: random.Random(f"{pk} {said}").random()  # noqa: S311 - no secret


def _today(here: Here) -> date:
    return here.initiative.workspace.day(now())


@require_POST
def voted(request: HttpRequest, voting: Voting) -> HttpResponse:
    """Agree, disagree or pass. Pressed twice is once; pressed anew, the last one counts.

    On what and how stands in the body: addresses are kept in the logs of servers in between, with
    the moment and from where (privacy.md 12).
    """
    way = request.POST.get("value", "")
    value, statement = (VALUES[way], _statement_in(request)) if way in VALUES else (0, 0)
    try:
        votes.cast_vote(voting.booth, statement, value, key_hash=key_hash(voting.key), at=now())
    except votes.NotHere:
        messages.info(request, _("This statement is not put to the vote any more."))
    except SpaceClosed as closed:
        messages.info(request, closed.sentence)
    except AskedToStop:
        messages.info(request, _left_alone())
    return redirect(voting.url("votes" if "again" in request.POST else "vote"))


def _statement_in(request: HttpRequest) -> int:
    """Which one; 0, that no statement has, where there is no number."""
    return read_number(request.POST.get("statement", "")) or 0


def _left_alone() -> str:
    return _("You asked to be left alone, so nothing was written down. Take that back first.")


@require_safe
def own_votes(request: HttpRequest, here: Here) -> HttpResponse:
    """What one said so far, each of it changeable; nobody else sees this page."""
    after = read_number(request.GET.get("after", ""))
    pk = here.voice.pk if here.voice else None
    page = votes_of.own_votes(here.space, pk, after=after)
    return render(
        request, "pages/together/votes.html", {**_context(here), "page": page, "ways": _ways()}
    )


def _ways() -> list[tuple[str, int, str]]:
    return [(way, int(value), str(value.label).capitalize()) for way, value in VALUES.items()]


@require_POST
def add(request: HttpRequest, here: Here) -> HttpResponse:
    """A statement of one's own: a lead reads it before others vote on it."""
    form = StatementForm(request.POST)
    if not form.is_valid():
        return _vote_page(request, here, form)
    at = now()
    try:
        voice = here.speak(at=at)
        statements.write_statement(here.space, voice, form.cleaned_data["words"], at=at)
    except statements.CannotStand as no:
        form.add_error("words", no.sentence)
        return _vote_page(request, here, form)
    except SpaceClosed as closed:
        messages.info(request, closed.sentence)
    except AskedToStop:
        messages.info(request, _left_alone())
    else:
        messages.success(request, _("Thank you. It waits until one of the leads has read it."))
    return redirect(here.url("vote"))


@require_POST
def taken_back(request: HttpRequest, here: Here) -> HttpResponse:
    """One's own statement, named in the body, as a vote is. Who voted on it keeps their vote."""
    own = doors.own_statement(here.voice, _statement_in(request))
    if own and own.voice and statements.take_statement_back(own, own.voice, at=now()):
        messages.success(request, _("Taken back. It stands nowhere any more."))
    else:
        messages.info(request, _("It stands here no more."))
    return redirect(here.url("vote"))


@require_POST
def want_word(request: HttpRequest, here: Here) -> HttpResponse:
    """Told what becomes of it, or not: changeable at any time."""
    wants = request.POST.get("wants") == "1"
    at = now()
    try:
        votes.want_word(here.speak(at=at), wants, at=at)
    except AskedToStop:
        messages.info(request, _left_alone())
    else:
        messages.success(request, _word(here, wants=wants))
    return redirect(here.url("vote"))


def _word(here: Here, *, wants: bool) -> str:
    if not wants:
        return _("As you like: nothing will be sent to you about it.")
    if here.participation:
        return _("You will hear what becomes of it.")
    return _("It will stand here, in this browser: without names nobody can write to you.")


@require_safe
def opinion_map(request: HttpRequest, here: Here) -> HttpResponse:
    """What is published of it, and where one sits, in words."""
    stored = maps_of.latest_map(here.space)
    read = maps_of.read_map(stored) if stored else None
    where = maps_of.where(read, here.voice.pk) if read and here.voice else None
    context = {
        **_context(here),
        "read": read,
        "picture": drawing.picture_of(read) if read else None,
        "where": drawing.where_in_words(where, read) if where and read else None,
        "outcomes": here.space.outcomes.all()[: maps_of.LATEST],
    }
    return render(request, "pages/together/map.html", context)
