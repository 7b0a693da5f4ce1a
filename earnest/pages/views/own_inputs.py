"""What became of what they said, on their own page: talking about it, and mending what they gave."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.listening.models import Quote
from earnest.pages.actions import own_words
from earnest.pages.own_forms import MeantInputForm
from earnest.pages.views.mine import by_link, show
from earnest.plans import access, actions
from earnest.plans import queries as plans
from earnest.plans.forms import PostForm
from earnest.plans.models import Reply


@require_safe
@by_link
def reply(request: HttpRequest, found: Participation, reply_pk: int) -> HttpResponse:
    """One answer beside their own words, and what was said to and fro about it (3.12)."""
    return _show_reply(request, found, access.get_own_reply(found, reply_pk), PostForm())


def _show_reply(
    request: HttpRequest, found: Participation, given: Reply, form: PostForm
) -> HttpResponse:
    to = given.input or given.need
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "reply": given,
        "words": plans.words_of(to, [found]).get(found.pk, []) if to else [],
        "posts": given.posts.filter(participation=found).select_related("by"),
        "form": form,
    }
    return render(request, "pages/mine_reply.html", context, status=400 if form.errors else 200)


@require_POST
@by_link
def said(request: HttpRequest, found: Participation, reply_pk: int) -> HttpResponse:
    """Their word on it; after a stop too, for it is their will."""
    given = access.get_own_reply(found, reply_pk)
    form = PostForm(request.POST)
    if not form.is_valid():
        return _show_reply(request, found, given, form)
    actions.talk_back(given, found, form.cleaned_data["words"], at=now())
    messages.success(request, _("Thank you. %(name)s reads it.") % {"name": found.held_by})
    return redirect("pages:mine_reply", found.pk, given.pk)


@require_POST
@by_link
def meant(request: HttpRequest, found: Participation, input_pk: int) -> HttpResponse:
    """That is not what I meant: the new words stand in its place at once (privacy.md 4)."""
    taken = access.get_own_input(found, input_pk)
    form = MeantInputForm(request.POST, taken=taken)
    if not form.is_valid():
        return show(request, found, meant_input=form)
    if own_words.mend_input(taken, form.cleaned_data["words"], at=now()):
        messages.success(request, _("Your new words stand in its place, everywhere."))
    return _back(found, input_pk)


@require_POST
@by_link
def struck(request: HttpRequest, found: Participation, input_pk: int) -> HttpResponse:
    taken = access.get_own_input(found, input_pk)
    if own_words.strike_input(taken, at=now()):
        messages.success(request, _("Taken back. It stands nowhere any more."))
    else:
        messages.info(request, _("That was taken back before."))
    return _back(found)


@require_POST
@by_link
def passed_on(request: HttpRequest, found: Participation, input_pk: int) -> HttpResponse:
    """For the leads alone, without their name, or with it: obeyed at once everywhere."""
    taken = access.get_own_input(found, input_pk)
    chosen = request.POST.get("passed_on", "")
    if chosen in Quote.PassedOn.values:
        actions.pass_input_on(taken, chosen, at=now())
        messages.success(request, _("Obeyed at once."))
    return _back(found, input_pk)


def _back(found: Participation, input_pk: int | None = None) -> HttpResponse:
    page = redirect("pages:mine", found.pk)
    if input_pk is not None:
        page["Location"] += f"#input-{input_pk}"
    return page
