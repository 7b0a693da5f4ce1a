"""Groups of answers, as those who lead name, split, join and fill them."""

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
from earnest.ideas.access import topics as doors
from earnest.ideas.actions import groups as actions
from earnest.ideas.forms.topics import GroupNameForm, PartForm, PlaceForm
from earnest.ideas.models import AnswerGroup, Topic
from earnest.ideas.queries import topics as queries


@require_safe
@login_required
def group(request: SignedInRequest, pk: int) -> HttpResponse:
    """The words behind a group, fifty to a page."""
    found = doors.get_group(request.user, pk)
    return _page(request, found.topic, found)


@require_safe
@login_required
def alone(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands on its own."""
    return _page(request, doors.get_topic(request.user, pk), None)


def _page(
    request: SignedInRequest,
    topic: Topic,
    found: AnswerGroup | None,
    *,
    form: GroupNameForm | None = None,
    parted: PartForm | None = None,
) -> HttpResponse:
    """``parted`` with what was marked and typed, where it could not be split off so."""
    context = {
        "initiative": topic.space.initiative if topic.space else None,
        "topic": topic,
        "group": found,
        "page": queries.answers_page(topic, found, request.GET.get("before", "")),
        "form": form or GroupNameForm(initial={"name": found.name if found else ""}),
        "parted": parted or PartForm(topic=topic, group=found),
        "others": topic.groups.exclude(pk=found.pk if found else 0)[:100],
        "here": "topics",
    }
    status = 400 if any(one and one.errors for one in (form, parted)) else 200
    return render(request, "ideas/topic_group.html", context, status=status)


@require_POST
@login_required
def named(request: SignedInRequest, pk: int) -> HttpResponse:
    found = doors.get_group(request.user, pk)
    form = GroupNameForm(request.POST)
    if not form.is_valid():
        return _page(request, found.topic, found, form=form)
    if actions.name_group(found, form.cleaned_data["name"], by=request.user, at=timezone.now()):
        messages.success(request, _("Named. From now on this group stays as you make it."))
    return redirect("ideas:group", pk)


@require_POST
@login_required
def joined(request: SignedInRequest, pk: int) -> HttpResponse:
    """This group goes into another one."""
    found = doors.get_group(request.user, pk)
    into_pk = read_number(request.POST.get("into", ""))
    into = found.topic.groups.select_related("topic__space").filter(pk=into_pk or 0).first()
    if into and actions.join_groups(into, found, by=request.user, at=timezone.now()):
        messages.success(request, _("They are one group now."))
        return redirect("ideas:group", into.pk)
    messages.info(request, _("Choose another group to join it with."))
    return redirect("ideas:group", pk)


@require_POST
@login_required
def split(request: SignedInRequest, pk: int) -> HttpResponse:
    """The answers that were marked become a group of their own."""
    found = doors.get_group(request.user, pk)
    form = PartForm(request.POST, topic=found.topic, group=found)
    if not form.is_valid():
        return _page(request, found.topic, found, parted=form)
    name = form.cleaned_data["name"]
    made = actions.split_group(found, form.marked, name, by=request.user, at=timezone.now())
    if made is None:
        messages.info(request, _("These stand elsewhere by now."))
        return redirect("ideas:group", pk)
    messages.success(request, _("They are a group of their own."))
    return redirect("ideas:group", made.pk)


@require_POST
@login_required
def placed(request: SignedInRequest, pk: int) -> HttpResponse:
    """One answer goes where people say it belongs; on its own is a place, too."""
    answer = doors.get_answer(request.user, pk)
    form = PlaceForm(request.POST, topic=answer.topic)
    if form.is_valid():
        to = form.cleaned_data["group"]
        if actions.move_answer(answer, to, by=request.user, at=timezone.now()):
            messages.success(request, _("It stands there now, and stays there."))
    else:
        messages.info(request, _("That group is gone. Choose another one."))
    if answer.group_id:
        return redirect("ideas:group", answer.group_id)
    return redirect("ideas:alone", answer.topic_id)
