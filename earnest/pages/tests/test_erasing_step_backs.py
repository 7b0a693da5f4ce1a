"""A step back of somebody erased says so, and holds no word of why (privacy.md 13)."""

from __future__ import annotations

import pytest

from earnest.listening.actions import stepping
from earnest.listening.models import StepBack
from earnest.pages.erasure import erase_from_initiative
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def test_who_is_erased_leaves_a_step_back_marked_as_such(world: World) -> None:
    row = stepping.step_back(world.joan, "no", by=world.lead, at=NOW)
    stepping.keep_reason(row, None, "It costs me Fridays", is_no=True, by=world.lead, at=NOW)
    erase_from_initiative(world.joan, by=world.lead, at=NOW)
    row = StepBack.objects.get(pk=row.pk)
    assert row.erased_at == NOW
    assert (row.quote_id, row.is_no, row.occasion) == (None, False, "other")
