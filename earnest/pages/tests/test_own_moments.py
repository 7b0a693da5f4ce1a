"""Moments on their own page: nothing hidden, and "do not watch for this" (0.8, privacy 3)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from earnest.messaging.models import Message
from earnest.pages import erasure
from earnest.pages.tests.own import opened
from earnest.practice.actions import moment_doors, moments
from earnest.practice.actions.moments import Noticed
from earnest.practice.forms import HowForm
from earnest.practice.models import CameUp, Moment, MomentCame, MomentSeen, NotWatched
from earnest.practice.tests.moments import a_moment
from earnest.standing.models import Evidence
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db


def came(world: World, moment: Moment) -> MomentSeen:
    noticed = Noticed("hand", "hand 1", words="The third this week")
    return moments.notice(moment, world.joan, noticed, by=world.lead, at=NOW)


def own(world: World) -> Client:
    client = Client()
    opened(client, world.joan)
    return client


def lead(world: World) -> Client:
    client = Client()
    client.force_login(world.lead)
    return client


def text(response: object) -> str:
    return str(getattr(response, "content", b"").decode())


def test_both_pages_show_what_is_written_and_how_it_was_noticed(world: World) -> None:
    everyone = a_moment(world, team=None, participation=None, what="the phones are down")
    came(world, a_moment(world))
    theirs = text(own(world).get(reverse("pages:mine", args=[world.joan.pk])))
    ours = text(lead(world).get(reverse("pages:person", args=[world.initiative.pk, world.joan.pk])))
    for page in (theirs, ours):
        for words in ("nobody feels is theirs", "The third this week", "Her Fridays"):
            assert words in page
        assert everyone.what[1:] in page


def test_one_that_came_and_waits_stands_before_what_was_written(world: World) -> None:
    moment, client = a_moment(world), own(world)
    mine = reverse("pages:mine", args=[world.joan.pk])
    now_first = "It may be the moment for this"
    assert now_first not in text(client.get(mine))
    seen = came(world, moment)
    page = text(client.get(mine))
    assert page.index(now_first) < page.index("Moments written for you")
    client.post(reverse("pages:mine_moment_went", args=[world.joan.pk, seen.pk]), {"how": "helped"})
    assert now_first not in text(client.get(mine))


def test_a_moment_of_somebody_else_stands_on_neither(world: World) -> None:
    a_moment(world, participation=world.sam, what="only Sam would know")
    page = text(own(world).get(reverse("pages:mine", args=[world.joan.pk])))
    assert "only Sam" not in page


def test_one_tap_and_it_is_not_watched_for(world: World) -> None:
    moment, client = a_moment(world), own(world)
    seen = came(world, moment)
    client.post(reverse("pages:mine_moment_not_watched", args=[world.joan.pk, moment.pk]))
    seen.refresh_from_db()
    assert seen.state == "left"
    assert NotWatched.objects.get().moment == moment
    client.post(reverse("pages:mine_moment_watched", args=[world.joan.pk, moment.pk]))
    assert not NotWatched.objects.exists()


def test_how_it_went_is_their_word_and_counts(world: World) -> None:
    seen = came(world, a_moment(world))
    url = reverse("pages:mine_moment_went", args=[world.joan.pk, seen.pk])
    own(world).post(url, {"how": "helped", "words": "It had an owner by noon"})
    seen.refresh_from_db()
    assert seen.state == "used"
    assert CameUp.objects.standing().get().how == "helped"
    row = Evidence.objects.get(item="practised")
    assert (row.kind, row.value) == ("did", 1)


def test_said_twice_of_one_moment_it_is_one_deed_as_said_last(world: World) -> None:
    seen, client = came(world, a_moment(world)), own(world)
    url = reverse("pages:mine_moment_went", args=[world.joan.pk, seen.pk])
    for how in ("helped", "helped", "chose_not"):
        client.post(url, {"how": how})
    assert [one.how for one in CameUp.objects.standing()] == ["chose_not"]
    rows = Evidence.objects.filter(item="practised", corrects=None)
    back = Evidence.objects.exclude(corrects=None).values_list("corrects", flat=True)
    assert [one.value for one in rows if one.id not in set(back)] == [0]


def test_that_it_was_not_so_counts_neither_way(world: World) -> None:
    seen = came(world, a_moment(world))
    url = reverse("pages:mine_moment_went", args=[world.joan.pk, seen.pk])
    own(world).post(url, {"how": "not_so"})
    seen.refresh_from_db()
    assert seen.state == "not_case"
    assert not Evidence.objects.exists()


def test_a_mail_goes_only_when_the_lead_sends_it_with_the_point_and_the_link(world: World) -> None:
    seen = came(world, a_moment(world))
    assert not Message.objects.exists()
    url = reverse("practice:nudge", args=[seen.pk])
    lead(world).post(url, {"line": "Saw it this morning", "link": "Your Fridays"})
    message = Message.objects.get()
    for words in ("One owner for each request", "Your Fridays", "Saw it this morning"):
        assert words in message.text
    assert f"[[page]]moments/{seen.pk}/" in message.text
    seen.refresh_from_db()
    assert (seen.state, seen.message_id) == ("nudged", message.pk)
    lead(world).post(url, {"link": "again"})
    assert Message.objects.count() == 1


def test_erased_nothing_of_it_stays(world: World) -> None:
    came(world, a_moment(world))
    moments.watch_no_more(world.joan, None, at=NOW)
    erasure.erase_from_initiative(world.joan, by=None, at=NOW)
    assert not Moment.objects.exists()
    assert not MomentSeen.objects.exists()
    assert not NotWatched.objects.exists()


def test_what_another_system_said_when_it_came_is_gone_however_it_named_them(world: World) -> None:
    seen = came(world, a_moment(world))
    door, _secret = moment_doors.begin_moment_door(world.initiative, by=world.lead, at=NOW)
    said = MomentCame.objects.create(
        door=door, key="1", digest="x", body='{"person": "our Joan"}', seen_id=seen.pk, at=NOW
    )
    erasure.erase_from_initiative(world.joan, by=None, at=NOW)
    said.refresh_from_db()
    assert (said.body, said.seen_id) == ("", None)


def test_its_leads_find_a_moment_and_nobody_else(world: World) -> None:
    a_moment(world, what="the kiln is cold")
    other = Client()
    other.force_login(world.contributor)
    assert "the kiln" in text(lead(world).get(reverse("pages:search") + "?q=kiln")).replace(
        "<mark>", ""
    ).replace("</mark>", "")
    assert "the kiln is" not in text(other.get(reverse("pages:search") + "?q=kiln"))


def test_a_line_of_their_own_is_called_if_you_like_once() -> None:
    label = HowForm().fields["words"].label
    assert "if you like" not in str(label)
