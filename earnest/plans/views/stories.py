"""Stories: of one initiative, of all one may read, written, published; and whose voices stand in them."""

from __future__ import annotations

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
from earnest.initiatives.models import LEADING, AskedToStop, Initiative, Stage
from earnest.plans import access
from earnest.plans.actions import stories as actions
from earnest.plans.forms.stories import AT_END, ReadersForm, StoryForm, VoicesForm
from earnest.plans.models import Story
from earnest.plans.queries import drafting
from earnest.plans.queries import stories as queries


@require_safe
@login_required
def all_stories(request: SignedInRequest) -> HttpResponse:
    """Of every initiative whose stories this reader may read, searched by words (3.18)."""
    words = request.GET.get("q", "").strip()[:100]
    before = read_number(request.GET.get("before", ""))
    page = queries.found_stories(access.published_stories(request.user), words, before=before)
    context = {"page": page, "words": words, "here": "all-stories"}
    return render(request, "plans/all_stories.html", context)


@require_safe
@login_required
def stories(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Of one initiative: its leads see drafts, others what is published for them."""
    found = initiatives.get_initiative(request.user, initiative_pk)
    leads = initiatives.role_on(request.user, found) in LEADING
    readable = None if leads else access.published_stories(request.user)
    rows = queries.stories_of(found, readable)
    context = {"initiative": found, "stories": rows, "leads": leads, "here": "stories"}
    return render(request, "plans/stories.html", context)


@login_required
def new_story(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Drafted from the record; nothing is written before it is saved."""
    found = initiatives.get_led(request.user, initiative_pk)
    stages = list(found.stages.all())
    form = StoryForm(
        request.POST or None,
        initiative=found,
        stages=stages,
        initial=None if request.POST else _drafted(request, found, stages),
    )
    if form.is_valid():
        begun = actions.begin_story(found, form.draft, by=request.user, at=timezone.now())
        messages.success(request, _("Saved as a draft, for those who lead it."))
        return redirect("plans:story", begun.pk)
    return _form(request, found, form)


def _drafted(request: SignedInRequest, found: Initiative, stages: list[Stage]) -> dict[str, str]:
    """Of the stage asked for, else of the last one reached, else told at the end."""
    wanted = request.GET.get("when", "")
    reached = [one for one in stages if one.reached_on]
    named = next((one for one in stages if str(one.pk) == wanted), None)
    stage = None if wanted == AT_END else named or (reached[-1] if reached else None)
    made = drafting.draft_of(found, stage)
    return {
        "title": made.title,
        "worked": made.worked,
        "did_not": made.did_not,
        "when": str(stage.pk) if stage else AT_END,
    }


def _form(
    request: SignedInRequest, found: Initiative, form: StoryForm, story: Story | None = None
) -> HttpResponse:
    context = {"initiative": found, "form": form, "story": story, "here": "stories"}
    return render(request, "plans/story_form.html", context, status=400 if form.is_bound else 200)


@require_safe
@login_required
def story(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_story(request.user, pk)
    return _page(request, found)


def _page(
    request: SignedInRequest, found: Story, *, readers: ReadersForm | None = None, status: int = 200
) -> HttpResponse:
    leads = initiatives.role_on(request.user, found.initiative) in LEADING
    context = {
        "initiative": found.initiative,
        "story": found,
        "shown": queries.read_story(found),
        "leads": leads,
        "voices": queries.voices_of_story(found) if leads else [],
        "choose": queries.voices_to_choose(found) if leads else [],
        "readers": readers or ReadersForm(initial={"readers": found.readers}),
        "here": "stories",
    }
    return render(request, "plans/story.html", context, status=status)


@login_required
def edit_story(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_story_to_write(request.user, pk)
    when = AT_END if found.at_end else str(found.stage_id or "")
    form = StoryForm(
        request.POST or None,
        instance=found,
        initiative=found.initiative,
        stages=list(found.initiative.stages.all()),
        initial={"when": when},
    )
    if form.is_valid():
        actions.change_story(found, form.draft, by=request.user, at=timezone.now())
        return redirect("plans:story", found.pk)
    return _form(request, found.initiative, form, found)


@require_POST
@login_required
def published(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_story_to_write(request.user, pk)
    form = ReadersForm(request.POST)
    if not form.is_valid():
        return _page(request, found, readers=form, status=400)
    readers = form.cleaned_data["readers"]
    if actions.publish_story(found, readers, by=request.user, at=timezone.now()):
        messages.success(request, _("Published. Only voices with their yes stand in it."))
    else:
        messages.info(request, _("It is published so already."))
    return redirect("plans:story", found.pk)


@require_POST
@login_required
def back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_story_to_write(request.user, pk)
    if actions.take_story_back(found, by=request.user, at=timezone.now()):
        messages.success(request, _("A draft again, for those who lead it."))
    return redirect("plans:story", found.pk)


@require_POST
@login_required
def removed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_story_to_write(request.user, pk)
    actions.remove_story(found, by=request.user, at=timezone.now())
    messages.success(request, _("The story is gone, and what was asked for it."))
    return redirect("plans:stories", found.initiative_id)


@require_POST
@login_required
def voices(request: SignedInRequest, pk: int) -> HttpResponse:
    """Chosen among words that may be passed on; asked one by one, afterwards."""
    found = access.get_story_to_write(request.user, pk)
    form = VoicesForm(request.POST, story=found)
    if form.is_valid():
        chosen = form.cleaned_data["quotes"]
        actions.choose_voices(found, chosen, by=request.user, at=timezone.now())
        messages.success(request, _("Beside the story. Now ask each of them."))
    else:
        messages.warning(request, _("Choose the words first. What was taken back is gone."))
    return redirect("plans:story", found.pk)


@require_POST
@login_required
def voice_asked(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_voice(request.user, pk)
    try:
        asked = actions.ask_voice(found, by=request.user, at=timezone.now())
    except AskedToStop as stopped:
        messages.warning(request, stopped.sentence)
        return redirect("plans:story", found.story_id)
    if asked is None:
        messages.info(request, _("They were asked before, or these words are not to be passed on."))
    elif asked.mailed:
        messages.success(request, _("Asked. Their words stand there once they say yes."))
    else:
        said = _("It waits on their page: show it to them when you next speak.")
        messages.info(request, f"{asked.sentence} {said}".strip())
    return redirect("plans:story", found.story_id)


@require_POST
@login_required
def voice_removed(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_voice(request.user, pk)
    if not actions.drop_voice(found, by=request.user, at=timezone.now()):
        messages.info(request, _("They said no meanwhile: it stays noted, and they stand nowhere."))
    return redirect("plans:story", found.story_id)
