"""Links to a person's own page: only a hash is kept, they end, they can be revoked."""

from __future__ import annotations

from datetime import timedelta

from earnest.initiatives import access, actions
from earnest.initiatives.models import PersonLink
from earnest.people.models import Person
from tests.worlds import NOW, World


def test_a_link_opens_one_page_of_one_person(world: World) -> None:
    secret = actions.make_link(world.joan, by=world.lead, at=NOW)
    assert access.participation_by_secret(secret, at=NOW) == world.joan
    assert access.participation_by_secret(secret + "x", at=NOW) is None
    assert access.participation_by_secret("", at=NOW) is None


def test_the_secret_itself_is_kept_nowhere(world: World) -> None:
    secret = actions.make_link(world.joan, by=None, at=NOW)
    kept = PersonLink.objects.get().secret_hash
    assert len(secret) >= 43
    assert secret not in kept
    assert access.participation_by_secret(kept, at=NOW) is None


def test_a_link_ends_after_a_year(world: World) -> None:
    secret = actions.make_link(world.joan, by=world.lead, at=NOW)
    assert access.participation_by_secret(secret, at=NOW + timedelta(days=364))
    assert access.participation_by_secret(secret, at=NOW + timedelta(days=365)) is None


def test_earlier_links_stay_until_all_are_revoked(world: World) -> None:
    first = actions.make_link(world.joan, by=world.lead, at=NOW)
    second = actions.make_link(world.joan, by=world.lead, at=NOW)
    other = actions.make_link(world.sam, by=world.lead, at=NOW)
    assert access.participation_by_secret(first, at=NOW)
    assert actions.revoke_links(world.joan, by=None, at=NOW) == 2
    assert access.participation_by_secret(first, at=NOW) is None
    assert access.participation_by_secret(second, at=NOW) is None
    assert access.participation_by_secret(other, at=NOW) == world.sam


def test_the_erased_have_no_page(world: World) -> None:
    secret = actions.make_link(world.joan, by=world.lead, at=NOW)
    Person.objects.filter(pk=world.joan.person_id).update(erased_at=NOW)
    assert access.participation_by_secret(secret, at=NOW) is None
