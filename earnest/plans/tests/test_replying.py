"""What became of it: said with an outcome, to everyone it is for, beside their own words (3.11)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import Initiative, Participation
from earnest.listening.models import NeedNamed
from earnest.messaging.models import Contact, Message
from earnest.people import actions as directory
from earnest.people.actions import Named
from earnest.plans import actions, queries
from earnest.plans.actions import Answer, AnsweredMeanwhile, NeedsAReason
from earnest.plans.models import Input, Reply
from earnest.plans.tests.given import A_YEAR, FRIDAY, a_need, a_quote, an_input
from tests.worlds import NOW, World

DAY = timedelta(days=1)
SIX_WEEKS = Answer("in_part", "Six weeks, not a year: two forms would double the checking.")


def test_an_input_is_closed_with_its_outcome_and_days_are_counted(world: World) -> None:
    taken = an_input(world, world.joan)
    told = actions.reply(taken, SIX_WEEKS, by=world.lead, at=NOW + 3 * DAY)
    taken.refresh_from_db()
    assert (taken.outcome, taken.days_to_answer, told.reply.days) == ("in_part", 3, 3)
    assert taken.answered_at == NOW + 3 * DAY
    assert Initiative.objects.get(pk=world.initiative.pk).inputs_open == 0


def test_the_mail_holds_their_own_words_and_the_answer_and_counts_for_no_limit(
    world: World,
) -> None:
    actions.reply(an_input(world, world.joan), SIX_WEEKS, by=world.lead, at=NOW)
    mail = Message.objects.get()
    assert (mail.kind, mail.participation) == ("reply", world.joan)
    for words in (A_YEAR, SIX_WEEKS.words, "[[page]]replies/", "used in part"):
        assert words in mail.text
        assert words in mail.html
    assert not Contact.objects.filter(direction="we").exists()


def test_pressed_twice_is_once(world: World) -> None:
    taken = an_input(world, world.joan)
    first = actions.reply(taken, SIX_WEEKS, by=world.lead, at=NOW)
    second = actions.reply(taken, SIX_WEEKS, by=world.lead, at=NOW)
    assert (first.reply, first.is_new, second.is_new) == (second.reply, True, False)
    assert Message.objects.count() == Reply.objects.count() == 1


def test_what_another_lead_answered_meanwhile_is_said_and_nothing_is_written(world: World) -> None:
    taken = an_input(world, world.joan)
    actions.reply(taken, SIX_WEEKS, by=world.co_lead, at=NOW)
    with pytest.raises(AnsweredMeanwhile):
        actions.reply(taken, Answer("used", "All of it"), by=world.lead, at=NOW)
    assert Reply.objects.count() == Message.objects.count() == 1


def test_a_later_answer_stands_beside_the_first_and_counts_no_new_days(world: World) -> None:
    taken = an_input(world, world.joan)
    first = actions.reply(taken, SIX_WEEKS, by=world.lead, at=NOW + DAY).reply
    anew = Answer("together", "Eight weeks, as you proposed.", seen=first.pk)
    actions.reply(taken, anew, by=world.lead, at=NOW + 9 * DAY)
    taken.refresh_from_db()
    assert list(taken.replies.values_list("outcome", flat=True)) == ["in_part", "together"]
    assert (taken.outcome, taken.days_to_answer) == ("together", 1)
    assert queries.median_days(world.initiative) == 1


@pytest.mark.parametrize("words", ["", "  "])
def test_not_used_needs_a_reason(world: World, words: str) -> None:
    taken = an_input(world, world.joan)
    with pytest.raises(NeedsAReason):
        actions.reply(taken, Answer("not_used", words), by=world.lead, at=NOW)
    taken.refresh_from_db()
    assert taken.answered_at is None
    assert not Message.objects.exists()


def test_the_database_itself_refuses_not_used_without_a_reason_and_an_end_without_outcome(
    world: World,
) -> None:
    taken = an_input(world, world.joan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reply.objects.create(initiative=world.initiative, input=taken, outcome="not_used", at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Input.objects.filter(pk=taken.pk).update(answered_at=NOW)


def test_one_answer_to_a_need_reaches_everyone_named_under_it_beside_their_own_words(
    world: World,
) -> None:
    need = a_need(world, world.sam)
    a_quote(world.joan, FRIDAY).needs.add(need)
    told = actions.reply(need, Answer("used", "It lasts."), by=world.lead, at=NOW + 2 * DAY)
    texts = {one.participation_id: one.text for one in Message.objects.all()}
    assert FRIDAY in texts[world.joan.pk]
    assert "something that lasts" in texts[world.sam.pk]
    assert FRIDAY not in texts[world.sam.pk]
    assert (told.reply.reached, told.reply.days) == (2, 2)


def test_somebody_named_after_it_was_given_sees_it_too(world: World) -> None:
    need = a_need(world, world.sam)
    told = actions.reply(need, Answer("used", "It lasts."), by=world.lead, at=NOW)
    assert not queries.heard_of(world.joan).exists()
    NeedNamed.objects.create(need=need, participation=world.joan, at=NOW + DAY)
    assert list(queries.heard_of(world.joan)) == [told.reply]


def test_inputs_under_a_need_and_those_alike_are_answered_with_it(world: World) -> None:
    need = a_need(world, world.sam)
    under, alike = an_input(world, world.joan), an_input(world, world.sam, "A year, please")
    actions.put_with(alike, under, by=world.lead, at=NOW)
    actions.put_under(under, need, by=world.lead, at=NOW)
    actions.reply(need, Answer("used", "It lasts."), by=world.lead, at=NOW + DAY)
    assert set(Input.objects.values_list("outcome", "days_to_answer")) == {("used", 1)}
    assert Message.objects.count() == 2


def test_the_same_proposal_of_two_has_one_answer_each_beside_their_own_words(world: World) -> None:
    first, second = an_input(world, world.joan), an_input(world, world.sam, "A whole year")
    actions.put_with(second, first, by=world.lead, at=NOW)
    told = actions.reply(first, SIX_WEEKS, by=world.lead, at=NOW)
    assert told.reply.reached == 2
    sams = Message.objects.get(participation=world.sam).text
    assert "A whole year" in sams
    assert A_YEAR not in sams
    assert list(queries.heard_of(world.sam)) == [told.reply]


def test_put_under_a_need_that_is_answered_it_has_that_answer(world: World) -> None:
    need = a_need(world, world.sam)
    actions.reply(need, Answer("used", "It lasts."), by=world.lead, at=NOW)
    taken = an_input(world, world.joan)
    actions.put_under(taken, need, by=world.lead, at=NOW + DAY)
    taken.refresh_from_db()
    assert (taken.outcome, taken.days_to_answer) == ("used", 1)


def test_who_asked_to_be_left_alone_gets_no_mail_and_their_page_shows_it(world: World) -> None:
    need = a_need(world, world.joan, world.sam)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_AT_ALL, at=NOW)
    told = actions.reply(need, Answer("used", "It lasts."), by=world.lead, at=NOW)
    reached = told.reached
    assert (reached.stopped, reached.without_address, reached.by_mail) == (1, 1, 0)
    assert [one.participation for one in Message.objects.all()] == [world.sam]
    assert list(queries.heard_of(world.joan)) == [told.reply]


def test_the_queue_is_by_age_across_inputs_and_needs_and_goes_on_by_key(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("earnest.plans.queries.inputs.ON_A_PAGE", 2)
    at = NOW + 5 * DAY
    third = an_input(world, world.joan, at=NOW + 2 * DAY)
    first = an_input(world, world.sam, "First", at=NOW)
    fourth = a_need(world, world.joan, at=NOW + 2 * DAY + timedelta(hours=1))
    second = a_need(world, world.joan, world.sam, at=NOW + DAY, words="Rest")
    page = queries.queue(world.initiative, at=at)
    rest = queries.queue(world.initiative, after=page.after, at=at)
    assert [one.of for one in page.waiting] == [first, second]
    assert [one.of for one in rest.waiting] == [third, fourth]
    assert [(one.days, one.people) for one in page.waiting] == [(5, 1), (4, 2)]
    assert rest.after == ""


def test_days_to_an_answer_and_the_share_before_the_decision_are_shown(world: World) -> None:
    world.initiative.decides_on = NOW.date()
    world.initiative.save()
    early, late = an_input(world, world.joan), an_input(world, world.sam, "B", at=NOW + DAY)
    an_input(world, world.sam, "C", at=NOW + DAY)
    need = a_need(world, world.joan)
    actions.reply(early, SIX_WEEKS, by=world.lead, at=NOW + 2 * DAY)
    actions.reply(late, SIX_WEEKS, by=world.lead, at=NOW + 7 * DAY)
    actions.reply(need, SIX_WEEKS, by=world.lead, at=NOW + 4 * DAY)
    world.initiative.refresh_from_db()
    line = queries.answered_line(world.initiative, at=NOW + 11 * DAY)
    assert (line.answered, line.all, line.median_days, line.oldest_days) == (3, 4, 4, 10)
    assert (line.before, line.inputs, line.share_before) == (1, 3, 33)


def test_laying_mail_ready_costs_the_same_for_two_and_for_twenty(world: World) -> None:
    def people(n: int) -> list[Participation]:
        named = [Named(f"Person {n} {k}", f"p{n}.{k}@example.org") for k in range(n)]
        found = directory.add_people(world.workspace, named, by=world.lead, at=NOW)
        return [
            initiatives.put_on(world.initiative, one, held_by=world.lead, by=world.lead, at=NOW)
            for one in found
        ]

    def cost(n: int) -> int:
        need = a_need(world, *people(n), words=f"Need {n}")
        with CaptureQueriesContext(connection) as asked:
            actions.reply(need, Answer("used", "Yes"), by=world.lead, at=NOW)
        return len(asked)

    assert cost(20) == cost(2)
    assert Message.objects.count() == 22
