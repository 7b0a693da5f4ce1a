"""Open questions as those who lead an initiative see them: put, asked, grouped, closed (1.10, 1.3)."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.ideas import access
from earnest.ideas.access import topics as doors
from earnest.ideas.actions import asking
from earnest.ideas.actions import tips as peers
from earnest.ideas.actions import topics as actions
from earnest.ideas.actions.topics import TopicClosed
from earnest.ideas.forms.topics import PROMPTS, TIP_PROMPTS, AskForm, TopicForm, WordsForm
from earnest.ideas.models import Topic
from earnest.ideas.queries import topics as queries
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative

ROWS = 50


@require_safe
@login_required
def topics(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """All questions of an initiative, the latest first."""
    found = initiatives.get_led(request.user, initiative_pk)
    before = read_number(request.GET.get("before", ""))
    rows = queries.topics_of(found)
    rows = rows.filter(pk__lt=before) if before is not None else rows
    page = list(rows[: ROWS + 1])
    context = {
        "initiative": found,
        "topics": page[:ROWS],
        "next_key": page[ROWS - 1].pk if len(page) > ROWS else None,
        "here": "topics",
    }
    return render(request, "ideas/topics.html", context)


@login_required
def new_topic(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Begun from a prompt, or in one's own words (1.3)."""
    found = initiatives.get_led(request.user, initiative_pk)
    form = TopicForm(request.POST or None, initial=_from_prompt(request))
    if request.method == "POST" and form.is_valid():
        made = actions.start_topic(found, form.draft, by=request.user, at=timezone.now())
        messages.success(request, _("It is open. Now ask people: nobody was written to yet."))
        return redirect("ideas:topic", made.pk)
    context = {
        "initiative": found,
        "form": form,
        "prompts": PROMPTS,
        "tip_prompts": TIP_PROMPTS,
        "here": "topics",
    }
    return render(request, "ideas/topic_new.html", context, status=400 if form.errors else 200)


def _from_prompt(request: SignedInRequest) -> dict[str, str]:
    """The prompt they pressed, by its number."""
    wants = read_number(request.GET.get("prompt", ""))
    tips = read_number(request.GET.get("tip", ""))
    if wants is not None and wants < len(PROMPTS):
        return {"question": str(PROMPTS[wants])}
    if tips is not None and tips < len(TIP_PROMPTS):
        return {"question": str(TIP_PROMPTS[tips]), "kind": Topic.Kind.TIPS}
    return {}


@require_safe
@login_required
def topic(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_topic(request.user, pk)
    return show(request, found)


def show(
    request: SignedInRequest,
    found: Topic,
    *,
    ask: AskForm | None = None,
    reply: WordsForm | None = None,
) -> HttpResponse:
    """A question with its answers in groups, or its tips; with what they typed and was not taken."""
    context = {
        "initiative": _initiative_of(found),
        "topic": found,
        "here": "topics",
        "ask": ask or AskForm(),
        "reply": reply if reply and reply.about is None else WordsForm(),
        "wrong": reply,
        "waiting": queries.not_asked(found),
        "address": _address_of(found),
    }
    if found.asks_tips:
        me = queries.speaker_in(found, request.user)
        context["thread"] = queries.thread(found, me, before=request.GET.get("before", ""))
    else:
        context["grouped"] = queries.for_leads(found)
    wrong = (ask and ask.errors) or (reply and reply.errors)
    return render(request, "ideas/topic.html", context, status=400 if wrong else 200)


def _initiative_of(found: Topic) -> Initiative:
    if found.space is None:
        raise ValueError("a question among members has no initiative")
    return found.space.initiative


def _address_of(found: Topic) -> str:
    """The one address of a question without names, to be passed on by any road."""
    if found.space is None or found.space.names:
        return ""
    return settings.BASE_URL + reverse("pages:topic", args=[access.token_of(found.space), found.pk])


@require_POST
@login_required
def asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everyone who was not asked yet, and may be, gets one mail."""
    found = doors.get_topic(request.user, pk)
    form = AskForm(request.POST)
    if not form.is_valid():
        return show(request, found, ask=form)
    try:
        n = asking.ask_everyone(
            found, form.cleaned_data["words"], by=request.user, at=timezone.now()
        )
    except TopicClosed as no:
        messages.warning(request, no.sentence)
        return redirect("ideas:topic", pk)
    if n:
        said = ngettext("%(n)s person is asked.", "%(n)s people are asked.", n) % {"n": n}
        messages.success(request, said)
    else:
        messages.info(request, _("Nobody is left whom one may ask now. It stands on their pages."))
    return redirect("ideas:topic", pk)


@require_POST
@login_required
def closed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_topic(request.user, pk)
    if actions.close_topic(found, by=request.user, at=timezone.now()):
        messages.success(request, _("Closed. What stands here can still be read."))
    return redirect("ideas:topic", pk)


@require_POST
@login_required
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_topic(request.user, pk)
    if actions.open_topic(found, by=request.user, at=timezone.now()):
        messages.success(request, _("It is open again."))
    return redirect("ideas:topic", pk)


@require_POST
@login_required
def replied(request: SignedInRequest, pk: int) -> HttpResponse:
    """A reply of somebody who leads it, with their name, under the question or under a tip."""
    found = doors.get_topic(request.user, pk)
    tip_pk = read_number(request.POST.get("tip", ""))
    tip = doors.get_tip(found, tip_pk) if tip_pk is not None else None
    form = WordsForm(request.POST, about=tip_pk)
    if not form.is_valid():
        return show(request, found, reply=form)
    try:
        peers.reply(found, request.user, form.cleaned_data["words"], tip=tip, at=timezone.now())
    except TopicClosed as no:
        messages.warning(request, no.sentence)
    return redirect("ideas:topic", pk)
