"""Answers grouped by meaning; what people named, split, joined or moved is never overturned."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.ideas import erasure, grouping, sweeps
from earnest.ideas.actions import groups as actions
from earnest.ideas.actions.answers import take_answer_back
from earnest.ideas.models import Answer, AnswerGroup, Topic
from earnest.ideas.queries import topics as queries
from earnest.ideas.tests.asking import FORMS, SHIFTS, a_topic, answer, colleagues
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _plain_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way everyone has, whatever is installed here."""
    monkeypatch.setattr(grouping, "SENTENCES", "not_installed_here")


@pytest.fixture
def topic(world: World) -> Topic:
    """Ten answers of five people, in two meanings, and one that nobody else gives."""
    topic = a_topic(world)
    five = colleagues(world, 5)
    for number, (shift, form) in enumerate(zip(SHIFTS, FORMS, strict=True)):
        answer(topic, five[number], shift, after=2 * number)
        answer(topic, five[number], form, after=2 * number + 1)
    answer(topic, world.joan, "Bananas", after=20)
    return topic


def grouped(topic: Topic) -> set[frozenset[str]]:
    return {frozenset(one.answers.values_list("words", flat=True)) for one in topic.groups.all()}


def test_answers_that_mean_the_same_come_together_off_the_path_of_who_answers(
    topic: Topic,
) -> None:
    assert not topic.groups.exists()
    assert sweeps.group_answers(at=LATER) == 1
    assert grouped(topic) == {frozenset(SHIFTS), frozenset(FORMS)}
    assert Answer.objects.get(words="Bananas").group is None
    assert sweeps.group_answers(at=LATER) == 0


def test_a_group_has_a_name_of_its_own_words_until_people_name_it(topic: Topic) -> None:
    sweeps.group_answers(at=LATER)
    names = {str(one) for one in topic.groups.all()}
    assert any("night" in name or "shift" in name for name in names)
    assert any("form" in name or "intake" in name for name in names)


def test_a_named_group_stays_and_new_answers_join_it(topic: Topic, world: World) -> None:
    sweeps.group_answers(at=LATER)
    shifts = Answer.objects.get(words=SHIFTS[0]).group
    assert shifts
    assert actions.name_group(shifts, "Never alone at night", by=world.lead, at=LATER)
    new = "At night a second person on the shift"
    said = answer(topic, world.sam, new, after=90)
    sweeps.group_answers(at=NOW + timedelta(hours=2))
    said.refresh_from_db()
    shifts.refresh_from_db()
    assert said.group == shifts
    assert (shifts.name, shifts.size, shifts.people) == ("Never alone at night", 6, 6)


def test_what_people_moved_stays_where_they_put_it(topic: Topic, world: World) -> None:
    sweeps.group_answers(at=LATER)
    first = Answer.objects.select_related("topic__space", "group").get(words=SHIFTS[0])
    assert actions.move_answer(first, None, by=world.lead, at=LATER)
    answer(topic, world.sam, "Warm soup", after=90)
    sweeps.group_answers(at=NOW + timedelta(hours=2))
    first.refresh_from_db()
    assert first.group is None


def test_what_people_split_off_is_a_group_of_its_own(topic: Topic, world: World) -> None:
    sweeps.group_answers(at=LATER)
    group = Answer.objects.get(words=FORMS[0]).group
    assert group
    some = list(Answer.objects.filter(words__in=FORMS[:2]).values_list("pk", flat=True))
    made = actions.split_group(group, some, "Too long", by=world.lead, at=LATER)
    assert made
    answer(topic, world.sam, "Warm soup", after=90)
    sweeps.group_answers(at=NOW + timedelta(hours=2))
    assert set(made.answers.values_list("words", flat=True)) == set(FORMS[:2])
    assert set(group.answers.values_list("words", flat=True)) == set(FORMS[2:])


def test_two_groups_made_one_stay_one(topic: Topic, world: World) -> None:
    sweeps.group_answers(at=LATER)
    one, other = topic.groups.order_by("pk")
    assert actions.join_groups(one, other, by=world.lead, at=LATER)
    answer(topic, world.sam, "Warm soup", after=90)
    sweeps.group_answers(at=NOW + timedelta(hours=2))
    assert AnswerGroup.objects.get(pk=one.pk).size == 10
    assert not actions.join_groups(one, other, by=world.lead, at=LATER)


def test_grouped_again_without_a_change_nothing_changes(topic: Topic) -> None:
    grouping.group_answers(topic, at=LATER)
    before = grouped(topic)
    grouping.group_answers(topic, at=LATER)
    assert grouped(topic) == before


def test_an_answer_that_came_while_it_was_grouped_is_due_again(topic: Topic, world: World) -> None:
    topic.refresh_from_db()
    answer(topic, world.sam, "Late", after=30)
    grouping.group_answers(topic, at=LATER)  # read before it came
    topic.refresh_from_db()
    assert topic.due_at is not None


def test_a_question_nobody_answered_is_grouped_to_nothing(world: World) -> None:
    empty = a_topic(world)
    grouping.group_answers(empty, at=LATER)
    assert not empty.groups.exists()


def test_of_who_is_erased_no_group_and_no_name_of_one_is_left(topic: Topic) -> None:
    sweeps.group_answers(at=LATER)
    group = Answer.objects.get(words=SHIFTS[0]).group
    assert group
    for words in SHIFTS[:2]:
        author = Answer.objects.get(words=words).author
        assert author
        erasure.erase_under_topics(author)
    group.refresh_from_db()
    assert group.suggestion == ""
    assert sweeps.group_answers(at=LATER) == 1
    said: list[str] = []
    for seen in (queries.for_leads(topic), queries.for_everyone(topic)):
        assert all("erased" not in one.name for one in seen.groups)
        said += [one.words for group in seen.groups for one in group.answers]
        said += [one.words for one in seen.alone]
    assert len(said) > 5
    assert "erased" not in said


def test_taken_back_its_group_is_named_anew(topic: Topic) -> None:
    sweeps.group_answers(at=LATER)
    said = Answer.objects.select_related(*Answer.WHOLE).get(words=SHIFTS[0])
    take_answer_back(said, at=LATER)
    group = AnswerGroup.objects.get(pk=said.group_id or 0)
    assert group.suggestion == ""
    assert sweeps.group_answers(at=LATER) == 1
