"""An open question to everyone: answered with names or without, seen by the rules (1.10)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from earnest.core.models import Event
from earnest.ideas.actions import answers as actions
from earnest.ideas.actions.answers import EnoughSaid
from earnest.ideas.actions.topics import TopicClosed, TopicDraft, close_topic, start_topic
from earnest.ideas.models import Answer, Speaker, Topic
from earnest.ideas.queries import topics as queries
from earnest.ideas.tests.asking import FORMS, SHIFTS, a_topic, answer, colleagues
from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import AskedToStop
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def test_an_answer_with_a_name_is_a_deed_of_its_author_once_for_a_question(world: World) -> None:
    topic = a_topic(world)
    answer(topic, world.joan, SHIFTS[0])
    answer(topic, world.joan, FORMS[0], after=1)
    topic.refresh_from_db()
    assert (topic.answers_count, topic.people) == (2, 1)
    fact = Evidence.objects.get(participation_id=world.joan.pk)
    assert (fact.kind, fact.item, fact.source) == ("did", "contributed", f"topic {topic.pk}")


def test_the_same_words_sent_twice_are_one_answer(world: World) -> None:
    topic = a_topic(world)
    assert answer(topic, world.joan, "Rest") == answer(topic, world.joan, "Rest", after=1)


def test_a_question_put_twice_is_one(world: World) -> None:
    assert a_topic(world) == a_topic(world)


def test_after_a_stop_nothing_is_written(world: World) -> None:
    topic = a_topic(world)
    answer(topic, world.joan, "Rest")
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    world.joan.refresh_from_db()
    with pytest.raises(AskedToStop):
        answer(topic, world.joan, "More rest", after=1)
    assert topic.answers.count() == 1


def test_a_closed_question_takes_nothing_more(world: World) -> None:
    topic = a_topic(world)
    close_topic(topic, by=world.lead, at=NOW)
    with pytest.raises(TopicClosed):
        answer(topic, world.joan, "Rest")


def test_ten_answers_of_one_person_are_enough(world: World) -> None:
    topic = a_topic(world)
    for number in range(actions.MOST_EACH):
        answer(topic, world.joan, f"Answer {number}", after=number)
    with pytest.raises(EnoughSaid):
        answer(topic, world.joan, "One more", after=11)


def test_without_names_nothing_is_seen_before_five_wrote(world: World) -> None:
    topic = a_topic(world, names=False)
    for number, words in enumerate(SHIFTS[:4]):
        answer(topic, f"browser {number}", words)
    topic.refresh_from_db()
    assert topic.answers_count == 0
    assert queries.for_leads(topic).alone == []
    answer(topic, "browser 4", SHIFTS[4])
    topic.refresh_from_db()
    assert (topic.answers_count, topic.people) == (5, 5)
    assert len(queries.for_leads(topic).alone) == 5


def test_without_names_one_browser_is_not_five_people(world: World) -> None:
    topic = a_topic(world, names=False)
    for words in SHIFTS:
        answer(topic, "one browser", words)
    assert not topic.answers.filter(shown=True).exists()


def test_the_closing_of_a_question_shows_nobody_who_waits(world: World) -> None:
    """Else a lead who saw somebody write would learn their words by closing it."""
    topic = a_topic(world, names=False)
    for number in range(6):
        answer(topic, f"browser {number}", f"Words {number}")
    close_topic(topic, by=world.lead, at=NOW)
    assert topic.answers.filter(shown=True).count() == 5


def test_without_names_no_row_and_no_event_tells_a_moment(world: World) -> None:
    topic = a_topic(world, names=False)
    before = Event.objects.count()
    made = [answer(topic, f"browser {n}", f"Words {n}", after=n) for n in range(5)]
    assert Event.objects.count() == before
    assert {one.on for one in made} == {NOW.date()}
    topic.refresh_from_db()
    assert topic.due_at == topic.started_at
    moments = [NOW + timedelta(minutes=n) for n in range(5)]
    assert not Speaker.objects.filter(told_to__in=moments).exists()


def test_without_names_a_name_cannot_be_passed_on(world: World) -> None:
    topic = a_topic(world, names=False)
    said = answer(topic, "browser", "Words", passing="named")
    assert said.passing == "unnamed"


def test_others_see_with_names_what_each_let_be_read(world: World) -> None:
    topic = a_topic(world)
    answer(topic, world.joan, "For everyone", passing="named")
    answer(topic, world.sam, "Without a name", passing="unnamed", after=1)
    answer(topic, world.sam, "For the leads", passing="leads", after=2)
    shown = {(one.words, one.who) for one in queries.for_everyone(topic).alone}
    assert shown == {("For everyone", "Joan Okafor"), ("Without a name", "")}


def test_what_is_no_longer_passed_on_is_gone_at_once(world: World) -> None:
    topic = a_topic(world)
    said = answer(topic, world.joan, "For everyone", passing="named")
    actions.pass_answer_on(said, "leads", at=NOW)
    assert queries.for_everyone(topic).alone == []


def test_others_see_without_names_groups_of_five_alone(world: World) -> None:
    topic = a_topic(world, names=False)
    for number, words in enumerate((*SHIFTS, *FORMS)):
        answer(topic, f"browser {number}", words)
    shifts = topic.groups.create(name="A second person", kept=True)
    forms = topic.groups.create(name="A shorter form", kept=True)
    Answer.objects.filter(topic=topic, words__in=SHIFTS).update(group=shifts)
    Answer.objects.filter(topic=topic, words__in=FORMS[:4]).update(group=forms)
    actions.recount_groups(topic)
    assert queries.for_everyone(topic).groups == []  # one alone would say what all of it is
    Answer.objects.filter(topic=topic, words__in=FORMS).update(group=forms)
    actions.recount_groups(topic)
    shown = queries.for_everyone(topic)
    assert {(one.name, one.people) for one in shown.groups} == {
        ("A second person", 5),
        ("A shorter form", 5),
    }
    assert shown.alone == []


def test_with_names_fewer_than_five_are_counted_for_the_leads_alone(world: World) -> None:
    topic = a_topic(world)
    group = topic.groups.create(name="Rest", kept=True)
    for number, one in enumerate([world.joan, world.sam, *colleagues(world, 2)]):
        said = answer(topic, one, f"Rest {number}", after=number)
        Answer.objects.filter(pk=said.pk).update(group=group)
    actions.recount_groups(topic)
    assert queries.for_leads(topic).groups[0].people == 4
    assert queries.for_everyone(topic).groups[0].people is None


def test_other_words_stand_in_the_place_of_the_old_ones(world: World) -> None:
    topic = a_topic(world)
    said = answer(topic, world.joan, "Rest")
    assert actions.reword_answer(said, "Rest on Fridays", at=NOW)
    assert Answer.objects.get().words == "Rest on Fridays"


def test_what_is_taken_back_is_gone_and_no_longer_counted(world: World) -> None:
    topic = a_topic(world)
    said = answer(topic, world.joan, "Rest")
    assert actions.take_answer_back(said, at=NOW)
    assert not actions.take_answer_back(said, at=NOW)
    topic.refresh_from_db()
    assert (topic.answers_count, topic.people) == (0, 0)


def test_tips_always_have_names(world: World) -> None:
    topic = a_topic(world, names=False, kind="tips")
    assert topic.names


def test_a_second_question_stands_in_the_space_people_know(world: World) -> None:
    first = a_topic(world)
    other = start_topic(world.initiative, TopicDraft("And what else?"), by=world.lead, at=NOW)
    assert other.space_id == first.space_id
    assert Topic.objects.count() == 2
