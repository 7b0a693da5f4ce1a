"""The digest: promises first, one a day, none lost, and none where nothing is to be said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from earnest.accounts.models import User
from earnest.core.models import Event
from earnest.initiatives.models import Role
from earnest.listening.models import Question
from earnest.messaging.tests.mails import Server, mailers, running
from earnest.plans.tests.given import an_input
from earnest.promises import actions as promises
from earnest.rhythm import actions, sweeps
from earnest.rhythm.actions import DigestChoice
from earnest.rhythm.models import Digest
from earnest.rhythm.queries.digest import digest_of
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
A_DAY, A_MINUTE = timedelta(days=1), timedelta(minutes=1)
MONDAY = NOW + 3 * A_DAY  # ten o'clock there; eight was two hours ago


@pytest.fixture
def server(settings: Settings) -> Iterator[Server]:
    with running(Server()) as one:
        settings.MAILERS = mailers(one.port)
        yield one


@pytest.fixture
def amara(world: World) -> User:
    User.objects.filter(pk=world.lead.pk).update(time_zone="Europe/Amsterdam")
    world.lead.refresh_from_db()
    return world.lead


def chosen(user: User, every: str = "day", **more: object) -> Digest:
    choice = DigestChoice(every, **more)  # type: ignore[arg-type]
    return actions.choose_digest(user, choice, at=NOW)


def owe(world: World, words: str = "send the list", due: date | None = None) -> None:
    made = promises.Draft(words, "ours", due=due or MONDAY.date())
    promises.make_promise(world.joan, made, by=world.lead, at=NOW)


def text(server: Server) -> str:
    [mail] = server.mails
    return str(mail.get_body(("plain",)))


def test_promises_first_then_what_waits_then_one_step(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    an_input(world, world.joan, "Close the desk on Fridays")
    Question.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words="Who decides about my shifts?",
        asked_on=NOW.date(),
    )
    chosen(amara)
    assert sweeps.send_digests(at=MONDAY) == 1
    said = text(server)
    parts = [said.index(one) for one in ("send the list", "One question of theirs", "One thing")]
    assert parts == sorted(parts)
    assert "One next step:\n\n- One intake: " in said
    assert "/" in said
    [mail] = server.mails
    assert mail["Subject"] == "One promise to keep, and what waits"
    assert mail["To"] == amara.email
    html = str(mail.get_body(("html",)))
    assert "send the list" in html


def test_what_was_promised_just_today_is_no_next_step(world: World, amara: User) -> None:
    made = promises.Draft("Send the list: all of it", "ours", due=MONDAY.date() + 7 * A_DAY)
    promises.make_promise(world.joan, made, by=world.lead, at=MONDAY)
    said = digest_of(amara, at=MONDAY)
    assert said is not None
    assert not [one for one in said.steps if "Send the list" in one.step]


def test_it_holds_no_words_of_anybody_but_the_promise(
    world: World, amara: User, server: Server
) -> None:
    an_input(world, world.joan, "Close the desk on Fridays", at=NOW - 9 * A_DAY)
    Question.objects.create(
        initiative=world.initiative,
        participation=world.joan,
        words="Who decides about my shifts?",
        asked_on=NOW.date(),
    )
    chosen(amara)
    sweeps.send_digests(at=MONDAY)
    [mail] = server.mails
    for words in ("Fridays", "my shifts"):
        assert words not in mail.as_string()


def test_nothing_to_say_no_mail_by_day_and_a_short_one_by_week(
    world: World, amara: User, server: Server
) -> None:
    row = chosen(amara)
    assert sweeps.send_digests(at=MONDAY) == 0
    row.refresh_from_db()
    assert row.next_at == NOW + 4 * A_DAY - timedelta(hours=2)
    chosen(amara, "week")
    assert sweeps.send_digests(at=MONDAY) == 1
    assert "Nothing is owed" in text(server)


def test_one_a_day_however_often_the_clock_looks(world: World, amara: User, server: Server) -> None:
    owe(world)
    chosen(amara)
    for minutes in (0, 5, 10, 300):
        sweeps.send_digests(at=MONDAY + minutes * A_MINUTE)
    assert len(server.mails) == 1
    sweeps.send_digests(at=MONDAY + A_DAY)
    assert len(server.mails) == 2


def test_chosen_anew_the_same_day_no_second_one_comes(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    chosen(amara)
    sweeps.send_digests(at=MONDAY)
    actions.choose_digest(amara, DigestChoice("day", hour=12), at=MONDAY)
    sweeps.send_digests(at=MONDAY + timedelta(hours=4))
    assert len(server.mails) == 1


def test_of_two_workers_one_sends(world: World, amara: User) -> None:
    chosen(amara)
    one, other = Digest.objects.get(), Digest.objects.get()
    assert actions.take_digest(one, at=MONDAY)
    assert not actions.take_digest(other, at=MONDAY)
    assert actions.say_handed(one, MONDAY.date(), at=MONDAY)


def test_whose_lease_is_over_hands_nothing_over(world: World, amara: User) -> None:
    chosen(amara)
    slow = Digest.objects.get()
    actions.take_digest(slow, at=MONDAY)
    late = MONDAY + 11 * A_MINUTE
    assert not actions.say_handed(slow, MONDAY.date(), at=late)


def test_who_died_before_the_first_word_is_followed_by_another_try(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    chosen(amara)
    actions.take_digest(Digest.objects.get(), at=MONDAY)
    assert sweeps.send_digests(at=MONDAY + 5 * A_MINUTE) == 0
    assert sweeps.send_digests(at=MONDAY + 11 * A_MINUTE) == 1


def test_who_died_after_it_is_not(world: World, amara: User, server: Server) -> None:
    owe(world)
    chosen(amara)
    row = Digest.objects.get()
    actions.take_digest(row, at=MONDAY)
    actions.say_handed(row, MONDAY.date(), at=MONDAY)
    assert sweeps.send_digests(at=MONDAY + 11 * A_MINUTE) == 0
    assert server.mails == []
    assert Digest.objects.get().last_on == MONDAY.date()
    assert sweeps.send_digests(at=MONDAY + A_DAY) == 1


def test_a_server_that_says_no_is_asked_again_that_day(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    chosen(amara)
    server.says["RCPT"] = ["451 later"]
    assert sweeps.send_digests(at=MONDAY) == 0
    assert sweeps.send_digests(at=MONDAY + A_MINUTE) == 0
    assert sweeps.send_digests(at=MONDAY + 6 * A_MINUTE) == 1


def test_where_nobody_knows_whether_it_arrived_it_is_not_repeated(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    chosen(amara)
    server.says["DATA"] = ["hang up"]
    assert sweeps.send_digests(at=MONDAY) == 0
    assert sweeps.send_digests(at=MONDAY + timedelta(hours=2)) == 0
    assert sweeps.send_digests(at=MONDAY + A_DAY) == 1


def test_after_the_server_slept_one_comes_not_five(
    world: World, amara: User, server: Server
) -> None:
    owe(world, due=NOW.date() + timedelta(days=8))
    chosen(amara)
    friday = NOW + 7 * A_DAY
    for minutes in range(0, 60, 5):
        sweeps.send_digests(at=friday + minutes * A_MINUTE)
    assert len(server.mails) == 1


def test_late_in_the_evening_it_waits_for_the_morning(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    chosen(amara)
    evening = MONDAY + timedelta(hours=10)
    assert sweeps.send_digests(at=evening) == 0
    assert Digest.objects.get().next_at == NOW + 4 * A_DAY - timedelta(hours=2)


def test_moved_to_another_zone_the_hour_is_that_of_the_new_one(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    chosen(amara)
    User.objects.filter(pk=amara.pk).update(time_zone="America/New_York")
    assert sweeps.send_digests(at=MONDAY) == 0  # four in the morning there
    assert sweeps.send_digests(at=MONDAY + timedelta(hours=4)) == 1


def test_off_until_somebody_chooses_it(world: World, amara: User, server: Server) -> None:
    owe(world)
    assert sweeps.send_digests(at=MONDAY) == 0
    chosen(amara)
    chosen(amara, "off")
    assert sweeps.send_digests(at=MONDAY) == 0
    assert Digest.objects.get().next_at is None


def test_sponsors_and_who_left_get_none(world: World, amara: User, server: Server) -> None:
    owe(world)
    chosen(world.sponsor, "week")
    chosen(amara)
    Role.objects.filter(user=amara).update(kind="sponsor")
    assert sweeps.send_digests(at=MONDAY) == 0
    User.objects.filter(pk=world.sponsor.pk).update(is_active=False)
    assert sweeps.send_digests(at=MONDAY + 7 * A_DAY) == 0


def test_without_a_mail_server_it_waits(world: World, amara: User, settings: Settings) -> None:
    owe(world)
    row = chosen(amara)
    settings.EMAIL_URL = ""
    assert sweeps.send_digests(at=MONDAY) == 0
    before = row.next_at
    row.refresh_from_db()
    assert row.next_at == before


def test_the_log_says_that_it_left_and_no_word_of_it(
    world: World, amara: User, server: Server
) -> None:
    owe(world)
    chosen(amara)
    sweeps.send_digests(at=MONDAY)
    assert Event.objects.get(action="digest_sent").detail == {}


FORM = {"every": "week", "weekday": "2", "hour": "9", "quiet_from": "18", "quiet_until": "7"}


def test_it_is_chosen_on_a_page_of_ones_own(client: Client, amara: User) -> None:
    client.force_login(amara)
    page = client.post("/account/digest/", FORM, follow=True).content.decode()
    assert "Kept. The next one: Wednesday" in page
    row = Digest.objects.get(user=amara)
    assert (row.every, row.weekday, row.hour) == ("week", 2, 9)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"hour": "20"}, "This hour is in your quiet hours"),
        ({"away_from": "2026-12-05"}, "Say from which day until which"),
        ({"away_from": "2026-12-05", "away_until": "2026-12-01"}, "before the first day"),
        ({"away_from": "2026-12-05", "away_until": "2028-12-01"}, "A year at most"),
        ({"every": "hourly"}, "hourly"),
    ],
)
def test_wrong_input_keeps_nothing(
    client: Client, amara: User, wrong: dict[str, str], said: str
) -> None:
    client.force_login(amara)
    page = client.post("/account/digest/", FORM | wrong)
    assert page.status_code == 400
    assert said in page.content.decode()
    assert not Digest.objects.exists()
