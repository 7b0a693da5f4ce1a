"""Needs: gathered from what people said, named, merged and split. For leads: they see whose words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import Initiative
from earnest.listening import actions as listening
from earnest.listening.actions import NameTaken, NothingLeft, Under
from earnest.listening.models import Need
from earnest.listening.queries import needs as queries
from earnest.plans import access
from earnest.plans.actions import connecting as actions
from earnest.plans.actions import gathering
from earnest.plans.forms.needs import GatherForm, MergeForm, NameForm, SplitForm
from earnest.plans.queries.connecting import parts_answering

ALIKE = gettext_lazy("There is a need called so already. Merge the two on the page of needs.")


@login_required
def needs(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Every need, by how many people named it, and what is under none yet."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    return _list(request, initiative, GatherForm(initiative=initiative))


def _list(request: SignedInRequest, initiative: Initiative, form: GatherForm) -> HttpResponse:
    page = queries.needs_page(initiative, after=request.GET.get("after", ""))
    answered = parts_answering(page.needs)
    context = {
        "here": "needs",
        "initiative": initiative,
        "page": page,
        "rows": [(need, answered.get(need.pk, [])) for need in page.needs],
        "loose": queries.quotes_to_gather(initiative, before=request.GET.get("before", "")),
        "names": queries.names_of_needs(initiative),
        "problem": queries.problem_counts(initiative),
        "form": form,
    }
    return render(request, "plans/needs.html", context, status=400 if form.errors else 200)


@require_POST
@login_required
def gathered(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Quotes under a need: one there is, or a new one."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    form = GatherForm(request.POST, initiative=initiative)
    if not form.is_valid():
        return _list(request, initiative, form)
    chosen = list(form.cleaned_data["quotes"])
    words = form.cleaned_data["words"]
    need = gathering.gather(initiative, chosen, words, by=request.user, at=now())
    kept = need.quotes.filter(pk__in=[one.pk for one in chosen]).count()
    said = ngettext("%(n)d quote gathered.", "%(n)d quotes gathered.", kept) % {"n": kept}
    if kept < len(chosen):
        said += " " + _("Words of people who asked to be left alone stay as they are.")
    messages.success(request, said)
    return redirect("plans:needs", initiative.pk)


@login_required
def merged(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Two or more that are one need: choose the name it keeps, then it is done."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    sent = request.POST if request.method == "POST" else request.GET
    keys = [key for one in sent.getlist("need") if (key := read_number(one)) is not None]
    chosen = queries.needs_by_key(initiative, keys)
    if len(chosen) < 2:
        messages.info(request, _("Choose two or more needs that are one and the same."))
        return redirect("plans:needs", initiative.pk)
    form = MergeForm(request.POST or None, needs=chosen)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        actions.merge_needs(into, chosen, by=request.user, at=now())
        messages.success(request, _("Merged. Every word and whose it is moved with it."))
        return redirect("plans:need", into.pk)
    context = {"here": "needs", "initiative": initiative, "chosen": chosen, "form": form}
    return render(request, "plans/merge.html", context, status=400 if form.errors else 200)


@login_required
def need(request: SignedInRequest, pk: int) -> HttpResponse:
    """One need: each quote and whose words, who else named it and how they put it."""
    return _show(request, access.get_need(request.user, pk))


def _show(
    request: SignedInRequest,
    found: Need,
    *,
    name: NameForm | None = None,
    split: SplitForm | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "here": "needs",
        "initiative": found.initiative,
        "need": found,
        "quotes": queries.quotes_under(found, before=request.GET.get("before", "")),
        "named": queries.named_under(found, after=request.GET.get("after", "")),
        "parts": parts_answering([found]).get(found.pk, []),
        "form": name or NameForm(initial={"words": found.words}),
        "split": split or SplitForm(need=found),
    }
    return render(request, "plans/need.html", context, status=400 if name or split else 200)


@require_POST
@login_required
def named(request: SignedInRequest, pk: int) -> HttpResponse:
    """What it is called from now on; how each put it stays theirs."""
    found = access.get_need(request.user, pk)
    form = NameForm(request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            listening.rename(found, words, by=request.user, at=now())
        except NameTaken:
            form.add_error("words", str(ALIKE))
        else:
            _say_renamed(request, access.get_need(request.user, pk))
            return redirect("plans:need", pk)
    return _show(request, found, name=form)


def _say_renamed(request: SignedInRequest, found: Need) -> None:
    if found.called_at:
        messages.success(request, _("Called so from now on."))
    else:
        messages.info(
            request,
            _(
                "Called so, for the leads alone: these are somebody’s very words, and they have "
                "not said that others may read them."
            ),
        )


@require_POST
@login_required
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """Some of it is another need."""
    found = access.get_need(request.user, pk)
    form = SplitForm(request.POST, need=found)
    if form.is_valid():
        chosen = Under(list(form.cleaned_data["quotes"]), list(form.cleaned_data["named"]))
        words = form.cleaned_data["words"]
        try:
            other = gathering.split(found, chosen, words, by=request.user, at=now())
        except NothingLeft:
            form.add_error(None, _("That is all of it. To call it something else, rename it."))
        except NameTaken:
            form.add_error("words", _("That is what this one is called. Give the other a name."))
        else:
            messages.success(request, _("Two needs now. What the plan says of it stayed here."))
            return redirect("plans:need", other.pk)
    return _show(request, found, split=form)


@require_POST
@login_required
def out(request: SignedInRequest, pk: int, quote_pk: int) -> HttpResponse:
    """This quote speaks of something else."""
    found = access.get_need(request.user, pk)
    quote = access.get_quote_beside(found, quote_pk)
    if gathering.take_out(found, quote, by=request.user, at=now()):
        messages.success(request, _("Taken out. It is among the words without a need."))
    else:
        messages.info(request, _("That was taken out before."))
    if not queries.needs_by_key(found.initiative, [pk]):
        return redirect("plans:needs", found.initiative_id)
    return redirect("plans:need", pk)
