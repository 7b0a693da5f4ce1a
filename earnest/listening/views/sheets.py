"""Listening: the page one writes on while somebody speaks, what its device sends, and its worker."""

from __future__ import annotations

from importlib import resources
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative, Participation
from earnest.listening import access, actions, queries
from earnest.listening.forms import SheetForm
from earnest.listening.models import Conversation
from earnest.listening.queries import stepping

type People = list[Participation]


@login_required
@require_safe
def listen(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The page for one person or a small group; without anybody named, the choice."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    people = access.get_together(request.user, initiative, _keys(request.GET.getlist("with")))
    if not people or "find" in request.GET:
        q = request.GET.get("q", "")
        choices = queries.choices(initiative, q=q, chosen=people)
        context = {"initiative": initiative, "choices": choices, "chosen": people, "q": q}
        context["nobody"] = "q" in request.GET and not people and "find" not in request.GET
        return render(request, "listening/choose.html", context | {"here": "conversations"})
    return _page(request, initiative, people)


def _keys(given: list[str]) -> set[int]:
    return {int(one) for one in given if one.isascii() and one.isdigit() and len(one) < 19}


def _page(
    request: SignedInRequest,
    initiative: Initiative,
    people: People,
    *,
    form: SheetForm | None = None,
    trouble: str = "",
) -> HttpResponse:
    """The page, with what the server has of this talk; after a fault, with what was typed."""
    talk = queries.talk_with(request.user, initiative, people, key=request.GET.get("talk", ""))
    last = queries.last_sheet(talk) if talk else None
    stopped = next((one for one in people if one.asked_to_stop), None)
    known = {
        "initiative": initiative.pk,
        "people": [{"pk": one.pk, "name": one.person.name} for one in people],
        "first_names": [one.person.first_name for one in people],
        "talk": str(talk.key) if talk else "",
        "begun": int((talk.begun_at if talk else now()).timestamp() * 1000),
        "stopped": AskedToStop(stopped).sentence if stopped else "",
        "last": {"tab": str(last.tab), "revision": last.revision, "text": last.text}
        if last
        else None,
    }
    context = {
        "initiative": initiative,
        "people": people,
        "known": known,
        "typed": form["text"].value() if form else last.text if last else "",
        "talk": form["talk"].value() if form else talk.key if talk else uuid4(),
        "tab": form["tab"].value() if form else uuid4(),
        "trouble": known["stopped"] or trouble,
        "stopped": stopped,
        "prompts": stepping.prompts_with(people),
    }
    return render(request, "listening/listen.html", context, status=400 if form else 200)


@login_required
@require_safe
def shell(request: SignedInRequest) -> HttpResponse:
    """The same page about nobody: what the device keeps, to open it where no server answers."""
    return render(request, "listening/listen.html", {"known": None, "people": []})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The script that opens the page offline; from here it may see addresses below /listen/ alone."""
    script = resources.files("earnest.core") / "static" / "earnest" / "sw.js"
    response = HttpResponse(script.read_bytes(), content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_POST
@login_required
def written(request: SignedInRequest, initiative_pk: int) -> JsonResponse:
    """What a window holds now. Said again, or out of order, it changes nothing."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    people = access.get_together(request.user, initiative, _keys(request.POST.getlist("with")))
    form, at = SheetForm(request.POST), now()
    if not people or not form.is_valid():
        return _refused(form.sentence() if people else _("Say whom you listen to."), status=400)
    sheet = form.written(at=at)
    try:
        talk = actions.write_sheet(initiative, people, sheet, by=request.user, at=at)
    except AskedToStop as stopped:
        return _refused(stopped.sentence)
    ended = _look_back(talk.conversation) if talk.conversation else ""
    return JsonResponse({"revision": sheet.revision, "ended": ended})


def _refused(sentence: str, *, status: int = 409) -> JsonResponse:
    return JsonResponse({"sentence": sentence}, status=status)


def _look_back(conversation: Conversation) -> str:
    """Where one goes when a talk is over."""
    return reverse("pages:found", args=[conversation.pk])


@require_POST
@login_required
def ended(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """End a talk: one conversation of all its sheets. Twice, or from two windows, it is the same."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    if "text" in request.POST:
        return _written_and_ended(request, initiative)
    talk = access.get_talk(request.user, initiative_pk, _uuid(request.POST.get("talk", "")))
    at, for_script = now(), request.headers.get("Accept") == "application/json"
    sentence = _("Nothing was written in it, so nothing is kept.")
    try:
        if noted := actions.end_or_drop(talk, by=request.user, at=at):
            url = _look_back(noted)
            return JsonResponse({"url": url}) if for_script else redirect(url)
    except AskedToStop as stopped:
        sentence = stopped.sentence
    if for_script:
        return _refused(sentence)
    messages.warning(request, sentence)
    return redirect("listening:conversations", initiative_pk)


def _uuid(given: str) -> UUID:
    try:
        return UUID(given)
    except ValueError:
        return UUID(int=0)  # a key nobody has: not found


def _written_and_ended(request: SignedInRequest, initiative: Initiative) -> HttpResponse:
    """The plain form: its words are the last, and it is the end."""
    people = access.get_together(request.user, initiative, _keys(request.POST.getlist("with")))
    form, at = SheetForm(request.POST), now()
    if not people or not form.is_valid():
        trouble = form.sentence() if people else _("Say whom you listen to.")
        return _page(request, initiative, people, form=form, trouble=trouble)
    sheet = form.written(at=at)
    try:
        noted = actions.write_and_end(initiative, people, sheet, by=request.user, at=at)
    except AskedToStop as stopped:
        trouble = stopped.sentence
    except actions.NothingWritten:
        trouble = _("Nothing is written yet. Write a line first, or leave: then nothing is kept.")
    else:
        return redirect(_look_back(noted))
    return _page(request, initiative, people, form=form, trouble=trouble)
