"""What one knows before one asks: of a person, or once for a team or a role (2.8, 2.9)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import gettext as _

from earnest.accounts.requests import SignedInRequest
from earnest.core.reading import CHANGE, LOOK, Reading, carried
from earnest.initiatives import access as initiatives
from earnest.initiatives.models import AskedToStop, Initiative, Participation
from earnest.listening import access
from earnest.listening.actions import briefs as actions
from earnest.listening.forms.briefs import BriefForm, GroupForm, with_words_taken
from earnest.listening.models import Brief
from earnest.listening.queries import briefs as queries
from earnest.messaging.emails import as_they_read


@login_required
def brief(request: SignedInRequest, participation_pk: int) -> HttpResponse:
    """Five questions about one person; what is known already can be taken as an answer."""
    found = initiatives.get_participation(request.user, participation_pk)
    known = queries.words_of(found)
    taking = "take" in request.POST
    form = BriefForm(
        with_words_taken(request.POST, known) if taking else request.POST or None,
        stored=queries.stored_answers(getattr(found, "brief", None)),
        today=found.initiative.workspace.day(now()),
    )
    going_back = CHANGE in request.POST
    if request.method == "POST" and not taking and not going_back and form.is_valid():
        if LOOK in request.POST:
            return _read_as(request, found, form)
        try:
            actions.write_brief(found, form.answers(), by=request.user, at=now())
        except AskedToStop as stopped:
            messages.warning(request, stopped.sentence)
        else:
            messages.success(request, _("Saved. It stands on their page, too."))
        return redirect("listening:brief", found.pk)
    wrong = form.errors and not taking and not going_back
    return _person(request, found, form, known, status=400 if wrong else 200)


def _read_as(request: SignedInRequest, found: Participation, form: BriefForm) -> HttpResponse:
    """What is noted before they are asked, as they will read it on their page (1.9)."""
    name = found.person.first_name
    gate = form.known(queries.gate_for(found))
    with as_they_read(found):
        page = render_to_string("listening/brief_as_read.html", {"gate": gate, "own": True})
    ours = [one.answer().words for one in form if one.is_ours]
    reading = Reading(
        name=name,
        does=_("Save"),
        carried=carried(request.POST),
        typed=tuple(ours),
        speaks=found.person.speaks,
        page=page,
    )
    about = {"participation": found, "initiative": found.initiative, "reading": reading}
    return render(request, "core/read_as.html", {**about, "here": "people"})


def _person(
    request: SignedInRequest,
    found: Participation,
    form: BriefForm,
    known: list[queries.Words],
    *,
    status: int,
) -> HttpResponse:
    gate = queries.gate_for(found)
    context = {
        "here": "people",
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "gate": gate,
        "form": form,
        "questions": list(zip(form, gate.answers, strict=True)),
        "known": known,
    }
    return render(request, "listening/brief.html", context, status=status)


@login_required
def briefs(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """What was written once for a team or a role."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    page = queries.group_briefs(initiative, after=request.GET.get("after", ""))
    context = {"here": "people", "initiative": initiative, "page": page}
    return render(request, "listening/briefs.html", context)


@login_required
def new_brief(request: SignedInRequest, initiative_pk: int) -> HttpResponse:
    """For a team or a role, everyone in it inherits."""
    initiative = initiatives.get_led(request.user, initiative_pk)
    group = GroupForm(request.POST or None, initiative=initiative)
    today = initiative.workspace.day(now())
    form = BriefForm(request.POST or None, stored={}, today=today)
    valid = [group.is_valid(), form.is_valid()] if request.method == "POST" else [False]
    if all(valid) and (made := _written(request, initiative, group, form)):
        return redirect("listening:group_brief", made.pk)
    return _group(request, {"initiative": initiative, "group": group, "form": form})


def _written(
    request: SignedInRequest, initiative: Initiative, group: GroupForm, form: BriefForm
) -> Brief | None:
    """The new brief, or the one there was; None where nothing was answered."""
    if not form.answers():
        group.add_error(None, _("Answer at least one of the five."))
        return None
    whose = group.cleaned_data
    try:
        made = actions.write_group_brief(
            initiative,
            form.answers(),
            team=whose["team"],
            job=whose["job"],
            by=request.user,
            at=now(),
        )
    except actions.BriefThere as there:
        name = str(there.brief)
        group.add_error(None, _("There is one for %(name)s already; change that.") % {"name": name})
        return None
    messages.success(request, _("Saved. Everyone in it inherits these answers."))
    return made


@login_required
def group_brief(request: SignedInRequest, pk: int) -> HttpResponse:
    """The brief of a team or a role, to read and to change."""
    found = access.get_group_brief(request.user, pk)
    today = found.initiative.workspace.day(now())
    form = BriefForm(request.POST or None, stored=queries.stored_answers(found), today=today)
    if request.method == "POST" and form.is_valid():
        left = actions.change_group_brief(found, form.answers(), by=request.user, at=now())
        messages.success(
            request, _("Saved.") if left else _("Nothing is left of it, so it is gone.")
        )
        if left:
            return redirect("listening:group_brief", pk)
        return redirect("listening:briefs", found.initiative_id)
    return _group(request, {"initiative": found.initiative, "brief": found, "form": form})


def _group(request: SignedInRequest, context: dict[str, Any]) -> HttpResponse:
    group, form = context.get("group"), context["form"]
    wrong = form.errors or bool(group and group.errors)
    context |= {
        "here": "people",
        "questions": [(one, None) for one in form],
        "jobs": queries.jobs_on(context["initiative"]) if group else [],
    }
    return render(request, "listening/group_brief.html", context, status=400 if wrong else 200)
