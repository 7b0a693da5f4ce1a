"""Taken out without people, a file holds no comparison of fewer than five people (privacy.md 7)."""

from __future__ import annotations

import pytest

from earnest.pages.export.tables import files_of
from earnest.pilots.models import PilotMeasure
from earnest.pilots.tests.carded import HELPED, a_pilot, measured
from tests.worlds import World

pytestmark = pytest.mark.django_db


def groups(world: World, *, with_people: bool) -> set[str]:
    files = files_of(world.initiative, with_people)
    text = next("".join(one.text) for one in files if one.name == "pilot_readings.csv")
    return {word for word in ("pilot", "comparison") if f",{word}," in text}


def test_what_a_pilot_is_compared_with_goes_out_where_it_is_of_five(world: World) -> None:
    one = measured(a_pilot(world), HELPED)
    PilotMeasure.objects.filter(pk=one.pk).update(comparison_of_five=False)
    assert groups(world, with_people=True) == {"pilot", "comparison"}
    assert groups(world, with_people=False) == {"pilot"}
    PilotMeasure.objects.filter(pk=one.pk).update(comparison_of_five=True)
    assert groups(world, with_people=False) == {"pilot", "comparison"}
