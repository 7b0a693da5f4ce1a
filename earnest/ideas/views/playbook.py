"""The playbook: tips over all initiatives, and open questions among members (1.1)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts import access as accounts
from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.ideas.access import topics as doors
from earnest.ideas.actions import tips as actions
from earnest.ideas.actions import topics as starting
from earnest.ideas.actions.topics import TopicClosed
from earnest.ideas.forms.topics import TIP_PROMPTS, PeerTopicForm, TipForm, WordsForm
from earnest.ideas.models import Passing, Tip, Topic
from earnest.ideas.queries import topics as queries


@require_safe
@login_required
def playbook(request: SignedInRequest) -> HttpResponse:
    """Tips as their authors allowed, searched by words, by question."""
    words = " ".join(request.GET.get("q", "").split())[:100]
    chosen = read_number(request.GET.get("topic", ""))
    tips = doors.playbook_of(request.user)
    context = {
        "page": queries.playbook(tips, words, chosen, before=request.GET.get("before", "")),
        "words": words,
        "chosen": chosen,
        "topics": doors.member_topics(request.user)[:50],
        "here": "playbook",
    }
    return render(request, "ideas/playbook.html", context)


@login_required
def new_member_topic(request: SignedInRequest) -> HttpResponse:
    """A question to the members of one's workspace."""
    mine = list(accounts.workspaces_of(request.user).order_by("pk"))
    if not mine:
        return redirect("ideas:playbook")
    number = request.GET.get("tip", "")
    known = number.isdecimal() and int(number) < len(TIP_PROMPTS)
    initial = {"question": str(TIP_PROMPTS[int(number)])} if known else {}
    form = PeerTopicForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        wanted = read_number(request.POST.get("workspace", ""))
        workspace = next((one for one in mine if one.pk == wanted), mine[0])
        made = starting.start_peer_topic(
            workspace, form.cleaned_data["question"], by=request.user, at=timezone.now()
        )
        return redirect("ideas:member_topic", made.pk)
    context = {"form": form, "workspaces": mine, "tip_prompts": TIP_PROMPTS, "here": "playbook"}
    return render(
        request, "ideas/member_topic_new.html", context, status=400 if form.errors else 200
    )


@require_safe
@login_required
def member_topic(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, doors.get_member_topic(request.user, pk))


def _show(
    request: SignedInRequest,
    found: Topic,
    *,
    tip: TipForm | None = None,
    reply: WordsForm | None = None,
) -> HttpResponse:
    me = queries.speaker_in(found, request.user)
    thread = queries.thread(found, me, before=request.GET.get("before", ""))
    context = {
        "topic": found,
        "thread": thread,
        "tip": tip or tip_form(thread.mine),
        "reply": reply if reply and reply.about is None else WordsForm(),
        "wrong": reply,
        "may_close": doors.may_close(request.user, found),
        "here": "playbook",
    }
    wrong = (tip and tip.errors) or (reply and reply.errors)
    return render(request, "ideas/member_topic.html", context, status=400 if wrong else 200)


def tip_form(mine: Tip | None) -> TipForm:
    """With the tip as it stands now."""
    if mine is None:
        return TipForm(initial={"named": True})
    named = mine.passing == Passing.NAMED
    return TipForm(initial={"words": mine.words, "named": named, "in_playbook": mine.in_playbook})


@require_POST
@login_required
def closed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nothing more is written under it; by who asked, or who leads here."""
    found = doors.get_member_topic_to_close(request.user, pk)
    if starting.close_topic(found, by=request.user, at=timezone.now()):
        messages.success(request, _("Closed. What stands here can still be read."))
    return redirect("ideas:member_topic", pk)


@require_POST
@login_required
def opened(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_member_topic_to_close(request.user, pk)
    if starting.open_topic(found, by=request.user, at=timezone.now()):
        messages.success(request, _("It is open again."))
    return redirect("ideas:member_topic", pk)


@require_POST
@login_required
def tip_named(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_member_topic(request.user, pk)
    form = TipForm(request.POST)
    if not form.is_valid():
        return _show(request, found, tip=form)
    try:
        actions.name_tip(found, request.user, form.draft, at=timezone.now())
        messages.success(request, _("Your tip stands there."))
    except TopicClosed as no:
        messages.warning(request, no.sentence)
    return redirect("ideas:member_topic", pk)


@require_POST
@login_required
def tip_taken_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_member_topic(request.user, pk)
    actions.take_tip_back(doors.get_own_tip(found, request.user), at=timezone.now())
    messages.success(request, _("Taken back. It stands nowhere any more."))
    return redirect("ideas:member_topic", pk)


@require_POST
@login_required
def helped(request: SignedInRequest, pk: int, tip_pk: int, state: str) -> HttpResponse:
    found = doors.get_member_topic(request.user, pk)
    tip = doors.get_tip(found, tip_pk)
    try:
        actions.say_helped(tip, request.user, helped=state == "helped", at=timezone.now())
    except TopicClosed as no:
        messages.warning(request, no.sentence)
    return redirect("ideas:member_topic", pk)


@require_POST
@login_required
def replied(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_member_topic(request.user, pk)
    tip_pk = read_number(request.POST.get("tip", ""))
    tip = doors.get_tip(found, tip_pk) if tip_pk is not None else None
    form = WordsForm(request.POST, about=tip_pk)
    if not form.is_valid():
        return _show(request, found, reply=form)
    try:
        actions.reply(found, request.user, form.cleaned_data["words"], tip=tip, at=timezone.now())
    except TopicClosed as no:
        messages.warning(request, no.sentence)
    return redirect("ideas:member_topic", pk)


@require_POST
@login_required
def reply_taken_back(request: SignedInRequest, pk: int, reply_pk: int) -> HttpResponse:
    found = doors.get_member_topic(request.user, pk)
    actions.take_reply_back(doors.get_own_reply(found, request.user, reply_pk), at=timezone.now())
    return redirect("ideas:member_topic", pk)


@require_POST
@login_required
def followed(request: SignedInRequest, pk: int, state: str) -> HttpResponse:
    """New replies by mail, one mail a day at most; or no longer."""
    found = doors.get_member_topic(request.user, pk)
    wanted = state == "followed"
    if actions.follow(found, request.user, wanted=wanted, at=timezone.now()):
        said = (
            _("New replies come by mail, once a day at most.")
            if wanted
            else _("No mail of it any more.")
        )
        messages.success(request, said)
    return redirect("ideas:member_topic", pk)
