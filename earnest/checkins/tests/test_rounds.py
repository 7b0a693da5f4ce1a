"""A round from its draft to its opening: one at a time, and fixed once it is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django import Settings

from earnest.checkins import actions, queries
from earnest.checkins.actions import AlreadyOpen, CannotCheckIn, LastNotAnswered, RoundDraft
from earnest.checkins.models import Round
from earnest.checkins.tests.asking import AFTER, LAST_DAY, draft, more_people, opened
from earnest.initiatives.actions import Wish
from earnest.messaging import actions as messaging
from earnest.messaging.models import Contact, Message
from earnest.messaging.tests.mails import Server
from earnest.people.models import Person, Team
from tests.worlds import NOW, World


def test_no_new_round_while_the_last_was_not_answered(world: World) -> None:
    first = draft(world, is_anonymous=False)
    with pytest.raises(LastNotAnswered) as no:
        draft(world)
    assert no.value.last == first
    actions.open_round(first, by=world.lead, at=NOW)
    actions.close_round(first, at=AFTER)
    with pytest.raises(LastNotAnswered):
        draft(world, AFTER)
    assert actions.say_answered(first, by=world.lead, at=AFTER)
    assert draft(world, AFTER, closes_on=LAST_DAY + timedelta(days=20)).pk != first.pk


def test_it_is_answered_once_and_only_after_its_end(world: World) -> None:
    made = opened(world, is_anonymous=False)
    assert not actions.say_answered(made, by=world.lead, at=NOW)
    actions.close_round(made, at=AFTER)
    assert actions.say_answered(made, by=world.lead, at=AFTER)
    assert not actions.say_answered(made, by=world.lead, at=AFTER)


def test_a_draft_can_be_changed_and_dropped(world: World) -> None:
    made = draft(world)
    actions.change_round(made, RoundDraft(False, LAST_DAY, changed="Dates"), by=world.lead, at=NOW)
    made.refresh_from_db()
    assert (made.is_anonymous, made.changed) == (False, "Dates")
    assert actions.drop_round(made, by=world.lead, at=NOW)
    assert not Round.objects.exists()


def test_once_open_nothing_of_it_changes(world: World) -> None:
    made = opened(world, is_anonymous=False)
    with pytest.raises(AlreadyOpen):
        actions.change_round(made, RoundDraft(True, LAST_DAY), by=world.lead, at=NOW)
    with pytest.raises(AlreadyOpen):
        actions.drop_round(made, by=world.lead, at=NOW)
    with pytest.raises(AlreadyOpen):
        actions.open_round(made, by=world.lead, at=NOW)
    assert Message.objects.filter(kind="check_in").count() == 2


def test_without_a_mail_server_nobody_is_asked_without_a_name(
    world: World, settings: Settings
) -> None:
    settings.EMAIL_URL = ""
    more_people(world, 6)
    with pytest.raises(CannotCheckIn, match="No mail server"):
        opened(world)
    assert not Message.objects.exists()


def test_fewer_than_five_are_asked_by_name_or_not_at_all(world: World, server: Server) -> None:
    more_people(world, 3)
    with pytest.raises(CannotCheckIn, match="Fewer than five"):
        opened(world)


def test_its_last_day_must_be_to_come(world: World) -> None:
    made = draft(world, is_anonymous=False)
    with pytest.raises(CannotCheckIn, match="later one"):
        actions.open_round(made, by=world.lead, at=AFTER)


def test_who_is_at_their_limit_or_wants_to_be_left_alone_is_not_asked(
    world: World, server: Server
) -> None:
    people = more_people(world, 12)
    for _ in range(2):
        ask = messaging.Draft("ask", "Your view", "Hello")
        messaging.put_in_outbox(people[0], ask, by=world.lead, at=NOW)
    messaging.say_wish(people[1], Wish.NOT_THIS, at=NOW)
    made = draft(world)
    who = queries.who_is_asked(made, at=NOW)
    assert (len(who.asked), who.enough, who.unreached, who.rest) == (11, 1, 1, 0)  # Sam: no address
    assert people[0] not in who.asked
    assert people[1] not in who.asked


def test_a_team_alone_can_be_asked(world: World, server: Server) -> None:
    people = more_people(world, 7)
    team = Team.objects.create(workspace=world.workspace, name="South")
    Person.objects.filter(pk__in=[one.person_id for one in people[:5]]).update(team=team)
    made = opened(world, team=team)
    assert set(made.asked.all()) == set(people[:5])
    assert made.asked_count == 5


def test_whoever_differs_from_the_last_round_is_never_fewer_than_five(
    world: World, server: Server
) -> None:
    people = more_people(world, 14)
    first = opened(world)
    actions.close_round(first, at=AFTER)
    actions.say_answered(first, by=world.lead, at=AFTER)
    Message.objects.all().delete()
    messaging.say_wish(people[0], Wish.NOT_THIS, at=AFTER)
    later = AFTER + timedelta(days=14)
    second = opened(world, later, closes_on=(later + timedelta(days=7)).date())
    before, now_asked = set(first.asked.all()), set(second.asked.all())
    assert len(before) == 15
    assert now_asked < before
    assert len(before - now_asked) == 5


def test_many_are_asked_at_a_fixed_number_of_queries(
    world: World, server: Server, django_assert_max_num_queries: object
) -> None:
    more_people(world, 40)
    made = draft(world)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        actions.open_round(made, by=world.lead, at=NOW)
    assert Message.objects.filter(sealed=True).count() == 41


def test_everyone_reads_the_same_words_and_all_mails_leave_at_one_moment(
    world: World, server: Server
) -> None:
    more_people(world, 6)
    opened(world)
    mails = Message.objects.all()
    assert len({(one.text, one.leaves_at) for one in mails}) == 1


def test_one_reminder_goes_to_all_who_may_be_asked_and_holds_no_link(
    world: World, server: Server
) -> None:
    people = more_people(world, 8)
    made = opened(world)
    later = NOW + timedelta(days=3)
    messaging.say_wish(people[0], Wish.LESS, at=later)
    messaging.say_wish(people[1], Wish.NOT_THIS, at=later)
    assert actions.remind(made, by=world.lead, at=later) == 7
    reminders = Message.objects.filter(sealed=False)
    assert {one.participation_id for one in reminders} == {
        one.pk for one in (*people[2:], world.joan)
    }
    assert not any("[[answer]]" in one.text for one in reminders)
    with pytest.raises(CannotCheckIn):
        actions.remind(made, by=world.lead, at=later)


def test_by_name_only_those_who_did_not_answer_are_reminded(world: World) -> None:
    made = opened(world, is_anonymous=False)
    actions.answer_by_name(made, world.joan, actions.Taps(matters=3), at=NOW)
    assert actions.remind(made, by=world.lead, at=NOW + timedelta(days=3)) == 1
    assert Message.objects.filter(participation=world.sam).count() == 2


def test_a_check_in_is_no_ask_whose_silence_is_counted(world: World) -> None:
    from earnest.messaging import queries as mail  # noqa: PLC0415 - named otherwise here

    for n in range(3):
        Contact.objects.create(
            person_id=world.joan.person_id,
            id=f"00000000-0000-7000-8000-00000000000{n}",
            participation_id=world.joan.pk,
            initiative_id=world.initiative.pk,
            at=NOW - timedelta(days=30 + n),
            direction="we",
            channel="mail",
            kind="check_in",
        )
    assert mail.silent_people(NOW) == []
