"""The doors to plans: leads to all of it, the person to what is theirs; absent and forbidden look the same."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from earnest.initiatives import access as initiatives
from earnest.initiatives.access import Anyone
from earnest.initiatives.models import Measure, Participation, Reading
from earnest.listening.models import Need
from earnest.plans.models import Chain, Input, Part, Reply, Version


def parts_for(user: Anyone) -> QuerySet[Part]:
    """Parts of the plans this user leads."""
    led = initiatives.initiatives_led_by(user)
    return Part.objects.filter(initiative__in=led).select_related("initiative__workspace")


def get_part(user: Anyone, pk: int) -> Part:
    return get_object_or_404(parts_for(user), pk=pk)


def get_measure(user: Anyone, pk: int) -> Measure:
    """To read, for whoever may read the initiative at all."""
    found = Measure.objects.filter(initiative__in=initiatives.initiatives_for(user))
    return get_object_or_404(found.select_related("initiative__workspace"), pk=pk)


def get_measure_to_change(user: Anyone, pk: int) -> Measure:
    found = Measure.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("initiative__workspace"), pk=pk)


def get_reading(user: Anyone, pk: int) -> Reading:
    """A reading of an initiative this user leads."""
    found = Reading.objects.filter(measure__initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("measure__initiative__workspace"), pk=pk)


def get_need(user: Anyone, pk: int) -> Need:
    """A need of an initiative this user leads."""
    needs = Need.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(needs.select_related("initiative__workspace"), pk=pk)


def get_input(user: Anyone, pk: int) -> Input:
    found = Input.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    whole = found.select_related("initiative__workspace", "participation__person")
    return get_object_or_404(whole, pk=pk)


def get_reply(user: Anyone, pk: int) -> Reply:
    found = Reply.objects.filter(initiative__in=initiatives.initiatives_led_by(user))
    return get_object_or_404(found.select_related("initiative__workspace", "input", "need"), pk=pk)


def get_version(user: Anyone, *, initiative_pk: int, number: int) -> Version:
    """A published version, for whoever may read the initiative at all."""
    found = Version.objects.filter(initiative__in=initiatives.initiatives_for(user))
    whole = found.select_related("initiative__workspace")
    return get_object_or_404(whole, initiative=initiative_pk, number=number)


def get_chain(user: Anyone, pk: int) -> Chain:
    found = Chain.objects.filter(participation__in=initiatives.participations_for(user))
    about = ("participation__person", "participation__initiative__workspace")
    return get_object_or_404(found.select_related(*about, "quote", "part", "by"), pk=pk)


def get_own_chain(participation: Participation, pk: int) -> Chain:
    """For the person themselves: they can read it and put it right before it is told, too."""
    found = participation.chains.select_related("quote", "part", "by")
    chain = get_object_or_404(found, pk=pk)
    chain.participation = participation
    return chain
