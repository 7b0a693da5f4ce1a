"""What counts as sent while its mail never left: taken back by the clock, and asked anew."""

from __future__ import annotations

from earnest.initiatives.models import Participation
from earnest.listening import sweeps
from earnest.listening.models import Invitation
from earnest.listening.tests.asked import DAY, HOUR, happened_to, record_of
from earnest.listening.tests.test_asking import ask_joan
from earnest.messaging import actions as messaging
from earnest.messaging.models import Message
from earnest.messaging.tests.mails import send
from earnest.people.models import Person
from earnest.rhythm.cases import cases_of
from earnest.rhythm.scope import scope_of
from tests.worlds import NOW, World

State = Invitation.State


def asked(world: World, state: str = "waiting") -> tuple[Invitation, Message]:
    row = ask_joan(world).invitations.get()
    rows = Message.objects.filter(pk=row.message_id or 0)
    rows.update(state=state, leaves_at=NOW)
    return row, rows.get()


def now(row: Invitation) -> str:
    return Invitation.objects.get(pk=row.pk).state


def is_on_today(world: World, whom: Participation) -> bool:
    cases = cases_of(scope_of(world.lead, at=NOW + 60 * DAY))
    return any(one.about == "person" and one.key == whom.pk for one in cases)


def test_taken_back_under_messages_it_is_withdrawn_and_they_are_on_today_again(
    world: World,
) -> None:
    row, message = asked(world)
    assert not is_on_today(world, world.joan)
    messaging.withdraw(message, by=world.lead, at=NOW)
    assert sweeps.take_back_unsent(at=NOW) == 1
    assert sweeps.take_back_unsent(at=NOW) == 0
    assert (now(row), happened_to(row), record_of(world.joan)) == ("withdrawn", ["withdrawn"], [])
    assert is_on_today(world, world.joan)


def test_dropped_at_the_last_moment_it_is_withdrawn(world: World) -> None:
    row, _message = asked(world)
    Person.objects.filter(pk=world.joan.person_id).update(left_alone_until=NOW + 30 * DAY)
    send(NOW + HOUR)
    sweeps.take_back_unsent(at=NOW + HOUR)
    assert now(row) == State.WITHDRAWN


def test_a_failed_one_can_be_handed_over_until_its_days_are_over(world: World) -> None:
    row, message = asked(world, "failed")
    assert sweeps.take_back_unsent(at=NOW + DAY) == 0
    assert sweeps.take_back_unsent(at=NOW + 60 * DAY) == 1
    message.refresh_from_db()
    assert (now(row), message.state) == (State.WITHDRAWN, Message.State.WITHDRAWN)


def test_what_left_or_was_answered_all_the_same_stays(world: World) -> None:
    row, message = asked(world, "sent")
    assert sweeps.take_back_unsent(at=NOW + 60 * DAY) == 0
    Message.objects.filter(pk=message.pk).update(state="withdrawn")
    Invitation.objects.filter(pk=row.pk).update(state=State.DECLINED)
    assert sweeps.take_back_unsent(at=NOW + 60 * DAY) == 0
    assert now(row) == State.DECLINED
