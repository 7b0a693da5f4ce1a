"""The narrow door of a tap opens for whom the wide one does, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.initiatives import access, actions
from earnest.initiatives.models import PersonLink
from earnest.people.models import Person
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.mark.parametrize(
    "closed",
    [
        None,
        lambda link: PersonLink.objects.filter(pk=link.pk).update(revoked_at=NOW),
        lambda link: PersonLink.objects.filter(pk=link.pk).update(expires_at=NOW),
        lambda link: Person.objects.update(erased_at=NOW),
    ],
    ids=["open", "revoked", "over", "erased"],
)
def test_it_is_open_when_the_link_is(world: World, closed: object) -> None:
    secret = actions.make_link(world.joan, by=world.lead, at=NOW)
    link = PersonLink.objects.get(secret_hash=access.secret_hash(secret))
    if callable(closed):
        closed(link)
    whose = access.whose_tap(link.pk, world.joan.pk, at=LATER)
    assert (whose is not None) == access.open_links(at=LATER).filter(pk=link.pk).exists()
    assert (whose is not None) == (closed is None)


def test_it_says_whose_it_is_and_is_nobody_else_s(world: World) -> None:
    secret = actions.make_link(world.joan, by=world.lead, at=NOW)
    link = PersonLink.objects.get(secret_hash=access.secret_hash(secret))
    whose = access.whose_tap(link.pk, world.joan.pk, at=LATER)
    assert whose == world.joan
    assert whose.person_id == world.joan.person_id
    assert access.whose_tap(link.pk, world.sam.pk, at=LATER) is None
