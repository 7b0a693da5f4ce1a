"""What plans keep of somebody is erased with them; counts and the words of others stay."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from earnest.core.models import Event
from earnest.initiatives.models import Initiative
from earnest.pages import erasure
from earnest.pages.tests.own import hear, shape
from earnest.people.models import Person
from earnest.plans import queries
from earnest.plans.models import Chain, Change, Input, NewsStop, Part, PartWords, Post, Reply
from tests.worlds import World


@pytest.fixture
def shaped(world: World) -> World:
    shape(world, hear(world, at=now()), at=now())
    return world


def erase(world: World) -> None:
    person = Person.objects.get(pk=world.joan.person_id)
    assert erasure.erase_person(person, by=None, at=now())


def test_words_become_erased_and_point_nowhere_and_counts_stay(shaped: World) -> None:
    before = Input.objects.count()
    erase(shaped)
    assert Input.objects.count() == before
    for one in Input.objects.filter(participation=shaped.joan):
        assert (one.words, one.quote, one.idea, one.round) == ("erased", None, None, None)
        assert one.erased_at
    assert set(Post.objects.values_list("words", flat=True)) == {"erased"}
    for model in (Chain, NewsStop, PartWords):
        assert not model._default_manager.exists(), model
    assert Part.objects.get().owner_person is None
    assert not Change.objects.get().inputs.exists()


def test_the_answer_stays_without_her_words_and_her_name(shaped: World) -> None:
    erase(shaped)
    words = Reply.objects.get().words
    assert "erased" in words
    assert words.endswith(", and it will.")
    assert "falcon" not in words


def test_who_proposed_the_same_still_waits_for_an_answer(shaped: World) -> None:
    erase(shaped)
    sams = Input.objects.get(participation=shaped.sam)
    assert sams.same_as is None
    assert list(queries.open_inputs(shaped.initiative)) == [sams]


def test_what_waits_is_counted_anew(shaped: World) -> None:
    erase(shaped)
    initiative = Initiative.objects.get(pk=shaped.initiative.pk)
    assert initiative.inputs_open == queries.count_open(initiative)


def test_the_log_names_none_of_it(shaped: World) -> None:
    erase(shaped)
    for name in ("input", "post", "chain", "reply"):
        rows = Event.objects.filter(object_type=name).exclude(object_id=None)
        left = set(rows.values_list("object_id", flat=True))
        sams = set(Input.objects.filter(participation=shaped.sam).values_list("pk", flat=True))
        assert left <= (sams if name == "input" else set()), name


def test_taken_off_none_of_it_is_left(shaped: World) -> None:
    assert erasure.take_off(shaped.joan, by=shaped.lead, at=now())
    assert {one.participation for one in Input.objects.all()} == {shaped.sam}
    assert not Post.objects.exists()
