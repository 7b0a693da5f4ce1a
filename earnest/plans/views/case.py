"""Whose words a part is built on, and the draft of the case: for leads (2.16, 3.8)."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.initiatives import access as initiatives
from earnest.plans import access
from earnest.plans.actions import case as actions
from earnest.plans.forms.case import WordsForm
from earnest.plans.models import Part
from earnest.plans.queries import case as queries
from earnest.plans.queries.case import Case
from earnest.plans.queries.kept import without_kept_words


@login_required
def words(request: SignedInRequest, pk: int) -> HttpResponse:
    """The quotes a part is built on, with whose they are and what each allows."""
    found = access.get_part(request.user, pk)
    form = WordsForm(request.POST or None, part=found)
    if request.method == "POST":
        if form.is_valid():
            _use(request, found, form)
            return redirect("plans:part_words", pk)
        return _words(request, found, WordsForm(request.POST, part=found), status=400)
    return _words(request, found, WordsForm(part=found), status=200)


def _use(request: SignedInRequest, part: Part, form: WordsForm) -> None:
    chosen = list(form.cleaned_data["quotes"])
    used = actions.use_words(part, chosen, by=request.user, at=now())
    said = ngettext("Built on %(n)d quote more.", "Built on %(n)d quotes more.", used) % {"n": used}
    messages.success(request, said if used else _("Nothing new: it is built on these already."))


def _words(request: SignedInRequest, part: Part, form: WordsForm, *, status: int) -> HttpResponse:
    everything = "all" in request.GET
    before = request.GET.get("before", "")
    context = {
        "here": "plan",
        "initiative": part.initiative,
        "part": part,
        "used": queries.words_used_in(part),
        "more": queries.words_to_use(part, everything=everything, before=before),
        "everything": everything,
        "form": form,
    }
    return render(request, "plans/part_words.html", context, status=status)


@require_POST
@login_required
def words_left(request: SignedInRequest, pk: int, quote_pk: int) -> HttpResponse:
    """The part is not built on this quote."""
    part = access.get_part(request.user, pk)
    quote = access.get_quote_of_part(part, quote_pk)
    if actions.leave_words(part, quote, by=request.user, at=now()):
        messages.success(request, _("Left out of this part. The words themselves stay."))
    else:
        messages.info(request, _("That was left out before."))
    return redirect("plans:part_words", pk)


@login_required
def case(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The draft, to read, copy and take along; and how much is left out of it."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    found = queries.case_of(initiative)
    context = {
        "here": "plan",
        "initiative": initiative,
        "case": found,
        "text": text_of(found),
    }
    return render(request, "plans/case.html", context)


@login_required
def case_file(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """The same text as a file."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    text = text_of(queries.case_of(initiative))
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    name = slugify(initiative.title) or "case"
    answer["Content-Disposition"] = f'attachment; filename="{name}.txt"'
    return answer


def text_of(found: Case) -> str:
    """Plain text, one blank line between what belongs together."""
    lines = [
        line.rstrip() for line in render_to_string("plans/case.txt", {"case": found}).split("\n")
    ]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    text = "\n".join(kept).strip() + "\n"
    return without_kept_words(text, found.kept)
