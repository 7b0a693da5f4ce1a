"""A moment comes for whom it is written for, once for each thing, and for nobody who objected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from earnest.core.models import Event
from earnest.initiatives import actions as initiatives
from earnest.initiatives.models import AskedToStop
from earnest.messaging.models import Message
from earnest.people.models import Person, Team
from earnest.practice.actions import coming_up, moments
from earnest.practice.actions.coming_up import Went
from earnest.practice.actions.moments import (
    MomentStopped,
    Noticed,
    NoticedBefore,
    NotToBeWatched,
    SeenOver,
)
from earnest.practice.actions.nudging import say_how_the_moment_went, send_nudge
from earnest.practice.models import CameUp, Moment, MomentSeen, Point
from earnest.practice.tests.moments import a_moment
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)
BY_HAND = Noticed("hand", "hand 1", words="The third one this week")


def notice(world: World, moment: Moment, noticed: Noticed = BY_HAND) -> MomentSeen:
    return moments.notice(moment, world.joan, noticed, by=world.lead, at=LATER)


def test_it_waits_for_a_lead_and_the_log_holds_no_word(world: World) -> None:
    seen = notice(world, a_moment(world))
    assert seen.state == "waiting"
    assert seen.lapses_on == (LATER + timedelta(days=14)).date()
    event = Event.objects.get(action="moment_came")
    assert event.initiative_id == world.initiative.pk
    assert event.detail == {"how": "hand"}


def test_the_same_thing_is_noticed_once(world: World) -> None:
    moment = a_moment(world)
    first = notice(world, moment)
    moments.say_spoken(first, by=world.lead, at=LATER)
    with pytest.raises(NoticedBefore):
        notice(world, moment)
    moment.refresh_from_db()
    assert moment.came == 1


def test_while_one_waits_another_adds_nothing(world: World) -> None:
    moment = a_moment(world)
    notice(world, moment)
    with pytest.raises(NoticedBefore):
        notice(world, moment, Noticed("hand", "hand 2"))


def test_it_comes_again_when_the_last_was_settled(world: World) -> None:
    moment = a_moment(world)
    moments.say_used(notice(world, moment), by=world.lead, at=LATER)
    notice(world, moment, Noticed("hand", "hand 2"))
    moment.refresh_from_db()
    assert (moment.came, moment.used) == (2, 1)


def test_a_moment_of_joan_is_none_of_sams(world: World) -> None:
    with pytest.raises(NotToBeWatched):
        moments.notice(a_moment(world), world.sam, BY_HAND, by=world.lead, at=LATER)


def test_a_team_means_the_teams_in_it_too(world: World) -> None:
    north = Team.objects.create(workspace=world.workspace, name="North")
    desk = Team.objects.create(workspace=world.workspace, name="Desk", parent=north)
    Person.objects.filter(pk=world.joan.person_id).update(team=desk)
    moment = a_moment(world, team=north)
    assert notice(world, moment).pk
    with pytest.raises(NotToBeWatched):
        moments.notice(moment, world.sam, BY_HAND, by=world.lead, at=LATER)


def test_nothing_is_noticed_about_who_asked_to_be_left_alone(world: World) -> None:
    moment = a_moment(world)
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=LATER)
    with pytest.raises(AskedToStop):
        notice(world, moment)


def test_nothing_is_watched_for_who_asked_for_less(world: World) -> None:
    moment = a_moment(world)
    Person.objects.filter(pk=world.joan.person_id).update(wants_less_at=LATER)
    with pytest.raises(NotToBeWatched):
        notice(world, moment)


def test_do_not_watch_for_this_holds_for_this_and_what_waits_is_left(world: World) -> None:
    moment, other = a_moment(world), a_moment(world)
    seen = notice(world, moment)
    moments.watch_no_more(world.joan, moment, at=LATER)
    seen.refresh_from_db()
    assert seen.state == "left"
    with pytest.raises(NotToBeWatched):
        notice(world, moment, Noticed("hand", "hand 2"))
    assert notice(world, other).pk
    moments.watch_again(world.joan, moment, at=LATER)
    assert notice(world, moment, Noticed("hand", "hand 3")).pk


def test_do_not_watch_at_all_holds_for_every_moment_here(world: World) -> None:
    moments.watch_no_more(world.joan, None, at=LATER)
    with pytest.raises(NotToBeWatched):
        notice(world, a_moment(world))


def test_a_stopped_moment_notices_nothing_and_what_waited_lapses(world: World) -> None:
    moment = a_moment(world)
    seen = notice(world, moment)
    assert moments.stop_moment(moment, by=world.lead, at=LATER)
    assert not moments.stop_moment(moment, by=world.lead, at=LATER)
    seen.refresh_from_db()
    assert seen.state == "lapsed"
    with pytest.raises(MomentStopped):
        notice(world, moment, Noticed("hand", "hand 2"))


def test_of_two_who_say_what_became_of_it_the_second_is_told(world: World) -> None:
    seen = notice(world, a_moment(world))
    moments.say_not_the_case(seen, by=world.lead, at=LATER)
    with pytest.raises(SeenOver):
        moments.say_used(MomentSeen.objects.get(pk=seen.pk), by=world.co_lead, at=LATER)


def test_a_lead_saying_that_it_was_used_is_no_evidence(world: World) -> None:
    moments.say_used(notice(world, a_moment(world)), by=world.lead, at=LATER)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("how", "state"),
    [("helped", "used"), ("no_help", "used"), ("chose_not", "lapsed"), ("not_so", "not_case")],
)
def test_their_own_word_settles_what_waits(world: World, how: str, state: str) -> None:
    moment = a_moment(world)
    seen = notice(world, moment)
    came_up(world, moment, how, at=LATER)
    seen.refresh_from_db()
    assert seen.state == state


def came_up(world: World, moment: Moment, how: str, *, at: datetime) -> CameUp:
    """She taps it herself, and says how it went."""
    row = coming_up.say_it_came_up(world.joan, moment.point, at=at)
    return coming_up.say_how_it_went(row, Went(how), at=at)


def stands(seen: MomentSeen) -> tuple[str, int]:
    """What became of it, and how often its moment was used."""
    seen.refresh_from_db()
    return seen.state, Moment.objects.get(pk=seen.moment_id).used


def test_what_they_say_otherwise_is_followed(world: World) -> None:
    seen = notice(world, a_moment(world))
    expected = {
        "helped": ("used", 1),
        "not_so": ("not_case", 0),
        "no_help": ("used", 1),
        "chose_not": ("lapsed", 0),
    }
    for hours, (how, there) in enumerate(expected.items()):
        say_how_the_moment_went(seen, Went(how), at=LATER + timedelta(hours=hours))
        assert stands(seen) == there


def test_that_it_was_not_so_goes_before_what_a_lead_said(world: World) -> None:
    seen = notice(world, a_moment(world))
    moments.say_used(seen, by=world.lead, at=LATER)
    assert stands(seen) == ("used", 1)
    say_how_the_moment_went(seen, Went("not_so"), at=LATER + timedelta(hours=1))
    assert stands(seen) == ("not_case", 0)
    with pytest.raises(moments.SeenOver):
        say_how_the_moment_went(seen, Went("not_so"), at=LATER + timedelta(hours=2))


@pytest.mark.parametrize(("how", "became"), [("not_so", "not_case"), ("helped", "used")])
def test_what_came_up_without_a_word_takes_the_word_about_the_moment(
    world: World, how: str, became: str
) -> None:
    moment = a_moment(world)
    seen = notice(world, moment)
    coming_up.say_it_came_up(world.joan, moment.point, at=LATER)
    say_how_the_moment_went(seen, Went(how), at=LATER + timedelta(hours=1))
    assert stands(seen)[0] == became
    (row,) = CameUp.objects.standing().filter(participation=world.joan)
    assert row.how == how


def test_what_passed_is_used_by_their_own_word(world: World) -> None:
    seen = notice(world, a_moment(world))
    moments.lapse([seen], at=LATER + timedelta(days=15))
    say_how_the_moment_went(seen, Went("helped"), at=LATER + timedelta(days=16))
    assert stands(seen) == ("used", 1)


def test_a_word_about_an_earlier_time_leaves_what_came_later(world: World) -> None:
    moment = a_moment(world)
    said = came_up(world, moment, "helped", at=NOW)
    seen = notice(world, moment)
    coming_up.say_how_it_went(said, Went("no_help"), at=LATER + timedelta(days=1))
    assert stands(seen) == ("waiting", 0)


def test_and_a_word_about_a_later_time_what_was_said_of_an_earlier(world: World) -> None:
    moment = a_moment(world)
    first = notice(world, moment)
    came_up(world, moment, "helped", at=LATER)
    said = came_up(world, moment, "helped", at=LATER + timedelta(days=5))
    coming_up.say_how_it_went(said, Went("not_so"), at=LATER + timedelta(days=6))
    assert stands(first) == ("used", 1)


def test_two_that_came_are_two_uses(world: World) -> None:
    moment = a_moment(world)
    first = notice(world, moment)
    moments.say_spoken(first, by=world.lead, at=LATER)
    second = notice(world, moment, Noticed("hand", "hand 2"))
    say_how_the_moment_went(second, Went("helped"), at=LATER)
    assert (stands(first), stands(second)) == (("used", 2), ("used", 2))


def test_a_word_about_one_point_is_none_about_another(world: World) -> None:
    seen = notice(world, moment := a_moment(world))
    other = Point.objects.create(lesson=moment.lesson, position=2, words="By when")
    row = coming_up.say_it_came_up(world.joan, other, at=LATER)
    coming_up.say_how_it_went(row, Went("helped"), at=LATER)
    assert stands(seen) == ("waiting", 0)


def sent(world: World, seen: MomentSeen) -> Message:
    """Brought to her by a mail that waits in the outbox."""
    return send_nudge(seen, link="Your Fridays", line="", by=world.lead, at=LATER)


@pytest.mark.parametrize("said", ["not this", "not any", "not so", "by a lead", "helped"])
def test_what_is_not_wanted_any_more_does_not_leave(world: World, said: str) -> None:
    moment = a_moment(world)
    seen = notice(world, moment)
    message = sent(world, seen)
    says: dict[str, Callable[[], object]] = {
        "not this": lambda: moments.watch_no_more(world.joan, moment, at=LATER),
        "not any": lambda: moments.watch_no_more(world.joan, None, at=LATER),
        "not so": lambda: say_how_the_moment_went(seen, Went("not_so"), at=LATER),
        "by a lead": lambda: moments.say_not_the_case(seen, by=world.lead, at=LATER),
        "helped": lambda: say_how_the_moment_went(seen, Went("helped"), at=LATER),
    }
    says[said]()
    message.refresh_from_db()
    assert message.state == "withdrawn"
    seen.refresh_from_db()
    assert seen.state == {"not this": "left", "not any": "left", "helped": "used"}.get(
        said, "not_case"
    )


def test_what_reached_them_stays_sent(world: World) -> None:
    moment = a_moment(world)
    seen = notice(world, moment)
    Message.objects.filter(pk=sent(world, seen).pk).update(state="sent")
    moments.watch_no_more(world.joan, moment, at=LATER)
    seen.refresh_from_db()
    assert seen.state == "nudged"


def test_what_belongs_to_one_choice_is_not_called_if_you_like(client: Client, world: World) -> None:
    client.force_login(world.lead)
    page = client.get(f"/practice/on/{world.initiative.pk}/moments/new/").content.decode()
    for label in ("One person: their whole name", "On a day: which", "By a word: which"):
        assert "if you like" not in page.partition(label)[2].partition("</label>")[0]
    link = page.partition("The link to their work")[2].partition("</label>")[0]
    assert "if you like" in link


@pytest.mark.parametrize("mail", ["", "smtp://mail.example.org"])
def test_who_sends_it_is_told_whether_it_leaves(
    client: Client, world: World, settings: Any, mail: str
) -> None:
    settings.EMAIL_URL = mail
    seen = notice(world, a_moment(world))
    client.force_login(world.lead)
    shown = client.post(f"/practice/came/{seen.pk}/sent/", {"line": "", "link": ""}, follow=True)
    said = "On its way" if mail else "hand it over below"
    assert said in shown.content.decode()
