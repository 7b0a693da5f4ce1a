"""Needs × parts: does the design solve the problem they described? (2.19)"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from earnest.accounts.requests import SignedInRequest
from earnest.core.paging import read_number
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import LEADING
from earnest.plans import access
from earnest.plans.actions import connecting as actions
from earnest.plans.forms.needs import LookForm
from earnest.plans.models import Answers
from earnest.plans.queries import connecting as queries


@login_required
def connect(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """Leads look at each need and part; others on it read it, without anybody's own words."""
    initiative = access.get_on_it(request.user, initiative_pk)
    leads = initiatives.role_on(request.user, initiative) in LEADING
    context = {
        "here": "plan",
        "initiative": initiative,
        "board": queries.board_of(initiative, after=request.GET.get("after", ""), leads=leads),
        "hows": [("", _("not looked at")), *Answers.How.choices],
        "leads": leads,
    }
    return render(request, "plans/connect.html", context)


@require_POST
@login_required
def looked_at(request: SignedInRequest, pk: int) -> HttpResponse:
    """For one need, what each part does."""
    found = access.get_need(request.user, pk)
    parts = queries.parts_in(found.initiative)
    form = LookForm(request.POST, parts=parts)
    if form.is_valid():
        changed = actions.look_at(found, form.hows, by=request.user, at=now())
        said = _("Saved.") if changed else _("Nothing changed.")
        messages.success(request, said)
    else:
        messages.warning(request, _("That could not be read. Choose one of the four."))
    page = redirect("plans:connect", found.initiative_id)
    after = read_number(request.POST.get("after", ""))
    page["Location"] += f"?after={after}#need-{pk}" if after else f"#need-{pk}"
    return page
