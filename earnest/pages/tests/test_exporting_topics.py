"""Open questions leave as files as far as who answered passes it on."""

from __future__ import annotations

import pytest

from earnest.ideas.actions.tips import TipDraft, name_tip, reply
from earnest.ideas.models import Answer, AnswerGroup, Passing, Topic
from earnest.ideas.tests.asking import a_topic, answer, voice_of
from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.pages.export.topics import files_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WORDS = "Nobody carries the ibis list alone"


def taken_out(world: World, *, with_people: bool) -> str:
    return "".join("".join(one.text) for one in files_of(world.initiative, with_people))


@pytest.mark.parametrize(
    ("passing", "stands"), [("leads", ""), ("unnamed", WORDS), ("named", f"{WORDS},Joan Okafor")]
)
def test_without_people_an_answer_leaves_as_its_author_passes_it_on(
    world: World, passing: str, stands: str
) -> None:
    answer(a_topic(world), world.joan, WORDS, passing=passing)
    without = taken_out(world, with_people=False)
    assert stands in without
    assert (WORDS in without) is bool(stands)
    assert ("Joan" in without) is (passing == Passing.NAMED)
    assert f"{WORDS},Joan Okafor" in taken_out(world, with_people=True)


def test_of_who_stopped_nothing_leaves(world: World) -> None:
    answer(a_topic(world), world.joan, WORDS, passing="named")
    tips = a_topic(world, kind="tips")
    name_tip(tips, voice_of(tips, world.joan), TipDraft("Keep the ibis tip", named=True), at=NOW)
    reply(tips, voice_of(tips, world.joan), "An ibis reply", at=NOW)
    assert taken_out(world, with_people=True).count("ibis") == 3
    messaging.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    for with_people in (True, False):
        assert "ibis" not in taken_out(world, with_people=with_people)


def unnamed(world: World, groups: int) -> Topic:
    """Five people in each of so many groups, and one who stands on their own."""
    topic = a_topic(world, names=False)
    for n in range(groups * 5 + 1):
        answer(topic, f"browser {n}", f"Words {n}")
    rows = list(Answer.objects.filter(shown=True).order_by("words"))
    for n in range(groups):
        group = AnswerGroup.objects.create(topic=topic, name=f"Group {n}", people=5, size=5)
        keys = [one.pk for one in rows[n * 5 : n * 5 + 5]]
        Answer.objects.filter(pk__in=keys).update(group=group)
    return topic


def test_without_names_words_leave_by_groups_of_five_and_nothing_tells_of_one(world: World) -> None:
    unnamed(world, 2)
    without = taken_out(world, with_people=False)
    assert without.count("Words") == 10
    assert "2026" not in without


def test_of_one_large_group_alone_nothing_leaves(world: World) -> None:
    unnamed(world, 1)
    assert "Words" not in taken_out(world, with_people=False)


def test_a_tip_leaves_with_a_name_where_its_author_lets_it_stand_there(world: World) -> None:
    topic = a_topic(world, kind="tips")
    name_tip(topic, voice_of(topic, world.joan), TipDraft("Say it aloud"), at=NOW)
    for with_people in (True, False):
        found = taken_out(world, with_people=with_people)
        assert "Say it aloud" in found
        assert "Joan" not in found
