"""Who is told of a new version: those who gave input, within every limit, each once (3.10)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.initiatives.actions import Wish
from earnest.initiatives.models import Participation
from earnest.messaging.models import Message
from earnest.people import actions as people
from earnest.plans import actions, sweeps, telling
from earnest.plans.models import Version
from earnest.plans.tests.planned import a_need, a_part, an_input, publish
from tests.worlds import NOW, World


@pytest.fixture
def sam_has_mail(world: World) -> None:
    world.sam.person.email = "sam@example.org"
    world.sam.person.save()


def told(version: Version) -> tuple[int, int]:
    version.refresh_from_db()
    return version.told_count, version.not_told_count


def written() -> list[str]:
    rows = Message.objects.filter(kind=Message.Kind.PROGRESS).order_by("pk")
    return list(rows.values_list("participation__person__name", flat=True))


def test_those_who_gave_input_are_told_and_nobody_else(world: World, sam_has_mail: None) -> None:
    an_input(world, world.joan, a_part(world))
    version = publish(world)
    assert written() == ["Joan Okafor"]
    assert told(version) == (1, 0)


def test_the_mail_says_what_changed_what_came_through_them_and_how_to_stop(world: World) -> None:
    part = a_part(world)
    an_input(world, world.joan, part)
    a_part(world, "One list")
    publish(world, "Weekends are covered")
    mail = Message.objects.get(kind=Message.Kind.PROGRESS)
    for form in (mail.text, mail.html):
        assert "Weekends are covered" in form
        assert "[[page]]plan/" in form
        assert "[[page]]plan-news/" in form
        assert "through you" in form.split("One list", maxsplit=1)[0]
        assert "through you" not in form.split("One list", maxsplit=1)[1]
    assert "also through you" in mail.subject


def test_nobody_else_stands_in_a_mail(world: World, sam_has_mail: None) -> None:
    """Sent, it cannot be taken back: names stand on pages, where a changed mind is obeyed."""
    part = a_part(world, owner=world.sam)
    an_input(world, world.joan, part)
    an_input(world, world.sam, part, passed_on="named")
    publish(world)
    mail = Message.objects.get(participation=world.joan)
    assert "Sam" not in mail.text + mail.html


def test_who_stopped_or_wants_no_news_is_not_told(world: World, sam_has_mail: None) -> None:
    part = a_part(world)
    an_input(world, world.joan, part)
    a_need(world, part, world.sam)
    initiatives.say_wish(world.joan, Wish.NOT_THIS, at=NOW)
    assert actions.stop_news(world.sam, at=NOW) is True
    assert actions.stop_news(world.sam, at=NOW) is False
    assert told(publish(world)) == (0, 0)
    assert written() == []
    actions.want_news(world.sam, at=NOW)
    a_part(world, "One list")
    publish(world, "The second")
    assert written() == ["Sam Reyes"]


def test_who_cannot_be_written_to_now_is_counted(world: World) -> None:
    """No address, or asked enough: the cap is not to be got round (0.6)."""
    part = a_part(world)
    an_input(world, world.joan, part)
    an_input(world, world.sam, part)
    for number in range(2):
        version = publish(world, f"Version {number}")
        assert told(version) == (1, 1)
        a_part(world, f"Part {number}")
    third = publish(world, "The third within two weeks")
    assert told(third) == (0, 2)


def a_crowd(world: World, many: int) -> None:
    part = a_part(world)
    named = [people.Named(f"Person {n}", f"p{n}@example.org") for n in range(many)]
    rows = people.add_people(world.workspace, named, by=world.lead, at=NOW)
    need = a_need(world, part)
    for one in rows:
        there = initiatives.put_on(world.initiative, one, held_by=world.lead, by=world.lead, at=NOW)
        need.named.create(participation=there, at=NOW)


def test_many_are_told_some_at_a_time_each_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    a_crowd(world, 8)
    version = publish(world)
    assert told(version) == (3, 0)
    assert version.told_at is None
    sweeps.tell_news(at=NOW)
    assert told(version) == (8, 0)
    assert version.told_at == NOW
    assert len(set(written())) == len(written()) == 8
    assert sweeps.tell_news(at=NOW + timedelta(hours=1)) == 0


def test_who_dies_in_the_middle_told_nobody_twice_and_leaves_nobody_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    a_crowd(world, 8)
    version = publish(world)
    lay = telling._lay
    laid: list[Participation] = []

    def dies(whom: Participation, *args: object, **more: object) -> bool:
        if len(laid) == 2:
            raise KeyboardInterrupt
        laid.append(whom)
        return lay(whom, *args, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(telling, "_lay", dies)
    with pytest.raises(KeyboardInterrupt):
        telling.tell_of_version(version, at=NOW)
    assert told(version) == (3, 0)
    assert len(written()) == 3
    monkeypatch.setattr(telling, "_lay", lay)
    sweeps.tell_news(at=NOW)
    assert told(version) == (8, 0)
    assert len(set(written())) == len(written()) == 8


def test_who_stops_while_others_are_being_told_is_not(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "AT_ONCE", 3)
    a_crowd(world, 5)
    version = publish(world)
    last = world.initiative.participations.order_by("pk").last()
    assert last is not None
    initiatives.say_wish(last, Wish.NOT_THIS, at=now())
    sweeps.tell_news(at=NOW)
    assert told(version) == (4, 0)
