"""Ideas of a space on a phone: give one, build on one, be for one, change one's own or take it back,
and see what became of it (4.4, 4.5, 1.14)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.ideas import access, actions, queries
from earnest.ideas.actions import IdeaGone, SpaceClosed
from earnest.ideas.forms.ideas import IdeaForm
from earnest.ideas.models import Idea
from earnest.ideas.queries import Reader, Shown
from earnest.initiatives.models import AskedToStop
from earnest.pages.actions import own_ideas as own
from earnest.pages.views.together import home
from earnest.pages.views.together.door import Here
from earnest.plans import queries as plans
from earnest.plans.models import Reply

CANNOT = (SpaceClosed, IdeaGone, AskedToStop)


@require_safe
def ideas(request: HttpRequest, here: Here) -> HttpResponse:
    """All of them: those few have answered first, then the newest."""
    page = queries.ideas_page(here.space, Reader(here.voice), after=request.GET.get("after", ""))
    context = _about(here) | {"page": page, "became": _became(page.ideas)}
    return render(request, "pages/together/ideas.html", context)


@require_POST
def given(request: HttpRequest, here: Here) -> HttpResponse:
    """Their own idea, from the home of the space."""
    form = IdeaForm(request.POST, names=here.space.names)
    if not form.is_valid():
        return home.show(request, here, form)
    return _give(request, here, form, None) or home.show(request, here, form)


@require_safe
def idea(request: HttpRequest, here: Here, idea_pk: int) -> HttpResponse:
    return _show(request, here, _idea(here, idea_pk))


@require_POST
def built(request: HttpRequest, here: Here, idea_pk: int) -> HttpResponse:
    """Theirs, grown from this one: both are named where it leads to something (4.5)."""
    of = _idea(here, idea_pk)
    form = IdeaForm(request.POST, names=here.space.names)
    if not form.is_valid():
        return _show(request, here, of, form)
    return _give(request, here, form, of) or _show(request, here, of, form)


def _give(request: HttpRequest, here: Here, form: IdeaForm, of: Idea | None) -> HttpResponse | None:
    """None where it could not be taken: what they typed is still there."""
    at = now()
    try:
        _refuse_if_closed(here)
        one = actions.give_idea(here.space, here.speak(at=at), form.given(of), at=at)
    except CANNOT as cannot:
        form.add_error(None, _said(cannot))
        return None
    messages.success(request, _("Thank you. It stands here now, in your words."))
    return HttpResponseRedirect(here.url("idea", one.pk))


@require_POST
def supported(request: HttpRequest, here: Here, idea_pk: int) -> HttpResponse:
    """One tap: for it, as it is worded now."""
    one = _idea(here, idea_pk)
    at = now()
    try:
        _refuse_if_closed(here)
        if one.is_gone:
            raise IdeaGone
        actions.support_idea(one, here.speak(at=at), at=at)
    except CANNOT as cannot:
        messages.warning(request, _said(cannot))
    return _back(request, here, one)


@require_POST
def support_taken_back(request: HttpRequest, here: Here, idea_pk: int) -> HttpResponse:
    """Also after a stop, and in a closed space: it is their will."""
    one = _idea(here, idea_pk)
    if here.voice:
        actions.take_support_back(one, here.voice, at=now())
    return _back(request, here, one)


def _back(request: HttpRequest, here: Here, one: Idea) -> HttpResponse:
    """To where they tapped."""
    listed = request.POST.get("back") == "ideas"
    to = here.url("ideas") if listed else here.url("idea", one.pk)
    return HttpResponseRedirect(f"{to}#idea-{one.pk}")


def change(request: HttpRequest, here: Here, idea_pk: int) -> HttpResponse:
    """Their own, in other words: whoever is for it is told."""
    one = access.get_own_idea(here.space, idea_pk, here.voice)
    if one.is_gone:
        messages.info(request, _("You took it back."))
        return HttpResponseRedirect(here.url("own_ideas"))
    form = _own_form(request, here, one)
    if form.is_valid():
        wish = form.given()
        own.change(one, wish.words, _credit(here, one, wish.passed_on), at=now())
        messages.success(request, _("Your new words stand in its place, everywhere."))
        return HttpResponseRedirect(here.url("idea", one.pk))
    context = _about(here) | {"idea": one, "form": form}
    status = 400 if form.errors else 200
    return render(request, "pages/together/idea_change.html", context, status=status)


def _credit(here: Here, one: Idea, chosen: str) -> str | None:
    """What they kept for the leads alone on their own page stays so, unless they want a name."""
    kept = one.passed_on == Idea.PassedOn.LEADS_ONLY and chosen != Idea.PassedOn.NAMED
    return None if kept or not here.space.names else chosen


def _own_form(request: HttpRequest, here: Here, one: Idea) -> IdeaForm:
    first = {"words": one.words, "named": one.passed_on == Idea.PassedOn.NAMED}
    data = request.POST if request.method == "POST" else None
    return IdeaForm(data, names=here.space.names, initial=first)


@require_POST
def taken_back(request: HttpRequest, here: Here, idea_pk: int) -> HttpResponse:
    """Also after a stop, and in a closed space: it is their will."""
    one = access.get_own_idea(here.space, idea_pk, here.voice)
    if own.take_back(one, at=now()):
        messages.success(request, _("Taken back. Its words stand nowhere any more."))
    else:
        messages.info(request, _("That was taken back before."))
    return HttpResponseRedirect(here.url("own_ideas"))


@require_POST
def not_same(request: HttpRequest, here: Here, merge_pk: int) -> HttpResponse:
    """ "That is not the same": they stand apart again, at once."""
    merge = access.get_own_merge(here.space, merge_pk, here.voice)
    if actions.part_ideas(merge, at=now()):
        messages.success(request, _("They stand apart again."))
    else:
        messages.info(request, _("They stood apart already."))
    return HttpResponseRedirect(here.url("own_ideas"))


@require_safe
def own_ideas(request: HttpRequest, here: Here) -> HttpResponse:
    """What became of mine (1.14); in a space without names this browser alone knows which."""
    mine = queries.own_ideas(here.voice)
    context = _about(here) | {
        "ideas": mine,
        "became": _became(mine),
        "merges": queries.merges_of(here.voice),
        "changed": queries.changed_since(here.voice),
    }
    return render(request, "pages/together/own_ideas.html", context)


def _show(
    request: HttpRequest, here: Here, one: Idea, form: IdeaForm | None = None
) -> HttpResponse:
    whole = queries.one_idea(one, Reader(here.voice))
    context = _about(here) | {
        "one": whole,
        "idea": whole.shown.idea,
        "form": form or IdeaForm(names=here.space.names, label=_("What you would add")),
        "became": _became([whole.shown]),
        "own_merges": [m for m in whole.merges if _is_ones_own(m.kept, here, m.joined)],
    }
    status = 400 if form and form.errors else 200
    return render(request, "pages/together/idea.html", context, status=status)


def _is_ones_own(kept: Idea, here: Here, joined: Idea) -> bool:
    return here.voice is not None and here.voice.pk in (kept.voice_id, joined.voice_id)


def _became(ideas: list[Shown]) -> dict[int, Reply]:
    return plans.became_of_ideas(one.pk for one in ideas)


def _idea(here: Here, pk: int) -> Idea:
    return access.get_idea_in(here.space, pk, Reader(here.voice))


def _about(here: Here) -> dict[str, object]:
    return {"here": here, "space": here.space, "initiative": here.initiative}


def _refuse_if_closed(here: Here) -> None:
    """Before anybody is written down for what cannot be taken."""
    if not here.space.is_open:
        raise SpaceClosed


def _said(cannot: Exception) -> str:
    sentence = getattr(cannot, "sentence", "")
    return str(sentence)
