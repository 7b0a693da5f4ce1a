"""Ideas as those who lead see them: lineage, support, two that are the same, an idea of their own.

Whoever contributes reads the ideas of a space, and no more.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.accounts.requests import SignedInRequest
from earnest.ideas import access, actions, queries
from earnest.ideas.actions import CannotMerge, IdeaGone, SpaceClosed
from earnest.ideas.forms.ideas import IdeaForm, SameForm
from earnest.ideas.models import Idea
from earnest.ideas.queries import Reader
from earnest.ideas.views import spaces


@require_safe
@login_required
def read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The ideas of a space as everyone in it reads them: for whoever contributes."""
    found = access.get_space_read(request.user, pk)
    context = {
        "initiative": found.initiative,
        "space": found,
        "trees": queries.trees_page(found, Reader(), after=request.GET.get("after", "")),
        "leads": False,
        "here": "ideas",
    }
    return render(request, "ideas/read.html", context)


@require_POST
@login_required
def given(request: SignedInRequest, pk: int) -> HttpResponse:
    """A lead's own: one idea among the others, and marked so."""
    found = access.get_space(request.user, pk)
    form = IdeaForm(request.POST, names=False, label=_("An idea of yours"))
    if not form.is_valid():
        return spaces.show(request, found, form)
    try:
        actions.give_idea_as_lead(found, form.given(), by=request.user, at=now())
    except SpaceClosed as closed:
        form.add_error(None, closed.sentence)  # what they typed is still there
        return spaces.show(request, found, form)
    messages.success(request, _("It stands among the others, marked as a lead’s."))
    return redirect("ideas:space", pk)


@require_safe
@login_required
def idea(request: SignedInRequest, pk: int) -> HttpResponse:
    found = access.get_idea(request.user, pk)
    if found.space is None:  # from notes: it stands where these do
        return redirect("initiatives:initiative", found.initiative_id)
    return _show(request, found)


def _show(request: SignedInRequest, found: Idea, form: IdeaForm | None = None) -> HttpResponse:
    find = request.GET.get("find", "")[:100]
    context = {
        "initiative": found.initiative,
        "space": found.space,
        "one": queries.one_idea(found, Reader(leads=True)),
        "idea": found,
        "supporters": queries.supporters_of(found),
        "others": queries.could_be_same(found, words=find) if not found.is_gone else [],
        "find": find,
        "form": form or IdeaForm(names=False, label=_("What you would add")),
        "leads": True,
        "here": "ideas",
    }
    return render(request, "ideas/idea.html", context, status=400 if form else 200)


@require_POST
@login_required
def built(request: SignedInRequest, pk: int) -> HttpResponse:
    of = access.get_idea(request.user, pk)
    form = IdeaForm(request.POST, names=False, label=_("What you would add"))
    if not form.is_valid() or of.space is None:
        return _show(request, of, form)
    try:
        made = actions.give_idea_as_lead(of.space, form.given(of), by=request.user, at=now())
    except (SpaceClosed, IdeaGone) as cannot:
        form.add_error(None, cannot.sentence)  # what they typed is still there
        return _show(request, of, form)
    return redirect("ideas:idea", made.pk)


@require_POST
@login_required
def merged(request: SignedInRequest, pk: int) -> HttpResponse:
    """These two say the same: both authors are told, and each can say that it is not so."""
    found = access.get_idea(request.user, pk)
    form = SameForm(request.POST, idea=found)
    if not form.is_valid():
        messages.info(request, _("That idea is not there any more. Choose again."))
        return redirect("ideas:idea", pk)
    try:
        actions.merge_ideas(found, form.cleaned_data["other"], by=request.user, at=now())
    except CannotMerge as cannot:
        messages.info(request, cannot.sentence)
    else:
        messages.success(
            request, _("They stand as one, each as it was written. Whoever gave them is told.")
        )
    return redirect("ideas:idea", pk)


@require_POST
@login_required
def parted(request: SignedInRequest, pk: int) -> HttpResponse:
    merge = access.get_merge(request.user, pk)
    if actions.part_ideas(merge, by=request.user, at=now()):
        messages.success(request, _("They stand apart again."))
    else:
        messages.info(request, _("They stood apart already."))
    return redirect("ideas:idea", merge.kept_id)
