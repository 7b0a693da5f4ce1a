"""Nobody who objected is proposed to talk with, in whatever way they are named."""

from __future__ import annotations

import pytest

from earnest.accounts.models import User
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Commission, Participation
from earnest.listening.models import Referral
from earnest.people import actions as people
from earnest.people.models import Person
from earnest.rhythm import queries
from tests.worlds import NOW, World


def named(user: User) -> list[str]:
    return [step.title for step in queries.steps_for(user, at=NOW) if step.rule == "referral"]


@pytest.fixture
def elodie(world: World) -> Participation:
    person = people.add_people(
        world.workspace, [people.Named("Élodie Dupont")], by=world.lead, at=NOW
    )[0]
    return initiatives.put_on(world.initiative, person, held_by=world.lead, by=world.lead, at=NOW)


NAMES = ["Élodie Dupont", "élodie", "ÉLODIE", "elodie", "Dupont", "ms. Dupont", "Dupont, Élodie"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wish", ["stopped_at", "wants_less_at"])
def test_who_objected_is_not_proposed_by_any_part_of_the_name(
    world: World, elodie: Participation, name: str, wish: str
) -> None:
    Referral.objects.create(initiative=world.initiative, name=name, at=NOW)
    assert len(named(world.lead)) == 1
    places = (elodie, elodie.person) if wish == "stopped_at" else (elodie.person,)
    for one in places:
        rows = type(one)._default_manager.filter(pk=one.pk)
        rows.update(**{wish: NOW})
        assert named(world.lead) == []
        rows.update(**{wish: None})


def test_others_are_proposed_still(world: World, elodie: Participation) -> None:
    initiatives.say_wish(elodie, initiatives.Wish.NOT_THIS, at=NOW)
    for name in ("Eloise Dupont", "Max", "Dup"):
        Referral.objects.create(initiative=world.initiative, name=name, at=NOW)
    assert len(named(world.lead)) == 3


def test_no_talk_with_a_commissioner_who_objected_and_is_not_on_it(world: World) -> None:
    board = people.add_people(world.workspace, [people.Named("Bo Board")], by=world.lead, at=NOW)
    Commission.objects.create(initiative=world.initiative, asked_by="Bo Board", person=board[0])
    rules = [step.rule for step in queries.steps_for(world.lead, at=NOW)]
    assert "commission-talk" in rules
    Person.objects.filter(pk=board[0].pk).update(stopped_at=NOW)
    rules = [step.rule for step in queries.steps_for(world.lead, at=NOW)]
    assert "commission-talk" not in rules
