"""Going first, and a pilot in their part: what they read of it, and what they say (1.11)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from earnest.initiatives.models import Participation
from earnest.pages.views.mine import by_link
from earnest.pilots import access, actions, queries
from earnest.pilots.charts import picture_of
from earnest.pilots.forms import VolunteerForm, WordForm
from earnest.pilots.models import Pilot, Volunteer


@require_safe
@by_link
def first(request: HttpRequest, found: Participation) -> HttpResponse:
    """The question whole, and a form for their yes."""
    return _show_first(request, found, VolunteerForm(whose=found))


def _show_first(request: HttpRequest, found: Participation, form: VolunteerForm) -> HttpResponse:
    call = access.own_call(found)
    if call is None:
        return _over(request, found)
    queries.cut_typed(found.initiative, [call], you=found)
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "call": call,
        "said": call.volunteers.filter(participation=found, taken_back_at=None).first(),
        "passing": Volunteer.PassedOn.choices,
        "form": form,
    }
    return render(request, "pages/go_first.html", context, status=400 if form.errors else 200)


@require_POST
@by_link
def said(request: HttpRequest, found: Participation) -> HttpResponse:
    """Yes, our part would like to: one tap, after a stop too, for it is their will."""
    call = access.own_call(found)
    if call is None:
        return _over(request, found)
    form = VolunteerForm(request.POST, whose=found)
    if not form.is_valid():
        return _show_first(request, found, form)
    try:
        actions.volunteer(call, found, form.offer_of(found), by=None, at=now())
        messages.success(request, _("Thank you. %(name)s reads it.") % {"name": found.held_by})
    except actions.CallClosed:
        return _over(request, found)
    except actions.VolunteerSettled:
        form.add_error(None, _("You have said yes, and have an answer. It stands as it was."))
        return _show_first(request, found, form)
    return redirect("pages:mine", found.pk)


def _over(request: HttpRequest, found: Participation) -> HttpResponse:
    """A mail about it may be opened long after: their page says how it stands."""
    messages.info(request, _("Who would like to go first is not asked any more."))
    return redirect("pages:mine", found.pk)


@require_POST
@by_link
def taken_back(request: HttpRequest, found: Participation, said_pk: int) -> HttpResponse:
    yes = access.get_own_volunteer(found, said_pk)
    if actions.take_back(yes, by=None, at=now()):
        messages.success(request, _("Taken back. It counts neither way."))
    else:
        messages.info(request, _("That was taken back before."))
    return redirect("pages:mine", found.pk)


@require_POST
@by_link
def passed_on(request: HttpRequest, found: Participation, said_pk: int) -> HttpResponse:
    """For the leads alone, without their name, or with it: obeyed at once."""
    yes = access.get_own_volunteer(found, said_pk)
    chosen = request.POST.get("passed_on", "")
    if chosen in Volunteer.PassedOn.values:
        actions.pass_volunteer_on(yes, chosen, at=now())
        messages.success(request, _("Obeyed at once."))
    return redirect("pages:mine", found.pk)


@require_safe
@by_link
def pilot(request: HttpRequest, found: Participation, pilot_pk: int) -> HttpResponse:
    """What runs in their part: dates, what is measured and found, and what would end it."""
    return _show_pilot(request, found, access.get_own_pilot(found, pilot_pk), WordForm())


def _show_pilot(
    request: HttpRequest, found: Participation, there: Pilot, form: WordForm
) -> HttpResponse:
    shown = access.figures_are_shown(there, leads=False)
    steps = queries.steps_of(there)
    told = queries.measured(there)
    told = queries.cut_measured(found.initiative, told, [there, *steps], you=found)
    began = queries.began_on(there)
    context = {
        "own": True,
        "participation": found,
        "person": found.person,
        "initiative": found.initiative,
        "pilot": there,
        "began": began,
        "until": queries.last_day(there),
        "shown": shown,
        "measured": [(one, picture_of(one, began=began) if shown else None) for one in told],
        "steps": steps,
        "words": [one for one in queries.words_about(there) if one.input.participation == found],
        "form": form,
    }
    return render(request, "pages/own_pilot.html", context, status=400 if form.errors else 200)


@require_POST
@by_link
def word(request: HttpRequest, found: Participation, pilot_pk: int) -> HttpResponse:
    """A word on it, or that they object: an input, and owed an answer."""
    there = access.get_own_pilot(found, pilot_pk)
    form = WordForm(request.POST)
    if not form.is_valid():
        return _show_pilot(request, found, there, form)
    objects = form.cleaned_data["objects_to_it"]
    actions.say_word(there, found, form.cleaned_data["words"], objects=objects, at=now())
    messages.success(request, _("Thank you. You read here what becomes of it."))
    return redirect("pages:mine_pilot", found.pk, there.pk)
