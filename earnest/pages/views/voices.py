"""Whether words of theirs may stand in a story: yes with their name, without it, or no (3.18)."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link
from earnest.plans import access
from earnest.plans.actions.stories import ANSWERS, answer_voice
from earnest.plans.models import StoryVoice
from earnest.plans.queries.stories import read_story

NAMED, UNNAMED, REFUSED = ANSWERS


@require_safe
@by_link
def voice(request: HttpRequest, found: Participation, voice_pk: int) -> HttpResponse:
    """How it would stand there, with the story around it as it is now."""
    asked = access.get_own_voice(found, voice_pk)
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "voice": asked,
        "quote": asked.quote,
        "shown": replace(read_story(asked.story), voices=[]),  # others said yes to its readers
    }
    return render(request, "pages/voice.html", context)


@require_POST
@by_link
def answered(request: HttpRequest, found: Participation, voice_pk: int, state: str) -> HttpResponse:
    asked = access.get_own_voice(found, voice_pk)
    if state not in ANSWERS:
        raise Http404
    if answer_voice(asked, found, state, at=now()):
        messages.success(request, _said(state))
    return redirect("pages:mine_voice", found.pk, asked.pk)


def _said(state: str) -> str:
    said: dict[str, str] = {
        StoryVoice.State.NAMED: _("Thank you. Your words may stand there, with your name."),
        StoryVoice.State.UNNAMED: _("Thank you. Your words may stand there, without your name."),
        StoryVoice.State.REFUSED: _("Good to know. They do not stand there."),
    }
    return said[state]
