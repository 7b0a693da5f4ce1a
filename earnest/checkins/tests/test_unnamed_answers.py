"""Answering without a name: one slot changes, and nothing anywhere else."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.checkins import access, actions
from earnest.checkins.actions import AlreadySent, RoundOver, Taps
from earnest.checkins.models import AnswerSlot
from earnest.checkins.tests.asking import AFTER, TAPS, answer, everything_kept, secret_of, sent
from earnest.core.models import Event
from earnest.messaging.models import Contact
from earnest.messaging.tests.mails import Server
from tests.worlds import World

AS_THEY_LIE = {
    "sqlite": "select key from checkins_answerslot order by rowid",
    "postgresql": "select key from checkins_answerslot order by ctid",
}
WRITES = ("INSERT", "UPDATE", "DELETE")


def test_the_link_becomes_a_cookie_for_this_one_place_and_writes_nothing(
    world: World, server: Server
) -> None:
    made, links = sent(world, server)
    client = Client()
    with CaptureQueriesContext(connection) as asked:
        page = client.get(links["joan@example.org"])
        shown = client.get(page.headers["Location"])
    assert page.headers["Location"] == f"/c/{made.pk}/"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    cookie = page.cookies["check-in"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        f"/c/{made.pk}/",
        True,
        "Lax",
    )
    assert "cannot say yet" in shown.content.decode()
    assert not [row for row in asked if row["sql"].lstrip().startswith(WRITES)]


def test_sending_it_is_one_update_of_one_row(world: World, server: Server) -> None:
    made, links = sent(world, server)
    client = Client()
    client.get(links["joan@example.org"])
    before, events, contacts = everything_kept(), Event.objects.count(), Contact.objects.count()
    with CaptureQueriesContext(connection) as asked:
        answered = client.post(f"/c/{made.pk}/answered/", {**TAPS, "seconds": "31"})
    assert [row["sql"].split()[0] for row in asked] == ["UPDATE"]
    assert answered.status_code == 302
    assert "sessionid" not in answered.cookies
    assert (Event.objects.count(), Contact.objects.count()) == (events, contacts)
    after = everything_kept()
    assert len(after.split("{")) == len(before.split("{"))
    slot = made.slots.get(state="answered")
    assert (slot.understands, slot.matters, slot.doable, slot.owns) == (4, 2, 5, None)
    assert slot.under_a_minute is True


def test_who_is_signed_in_leaves_no_trace_either(world: World, server: Server) -> None:
    made, links = sent(world, server)
    client = Client()
    client.force_login(world.lead)
    client.get("/initiatives/")
    client.get(links["joan@example.org"])
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/c/{made.pk}/")
        client.post(f"/c/{made.pk}/answered/", TAPS)
        client.get(f"/c/{made.pk}/")
    writes = [row["sql"] for row in asked if row["sql"].lstrip().startswith(WRITES)]
    assert len(writes) == 1
    assert "answerslot" in writes[0]


def test_sent_twice_is_sent_once(world: World, server: Server) -> None:
    made, links = sent(world, server)
    path = links["joan@example.org"]
    assert "It is sent." in answer(path, line="Fridays").content.decode()
    again = Client()
    again.get(path)
    answered = again.post(f"/c/{made.pk}/answered/", {**TAPS, "line": "Mondays"}, follow=True)
    assert "This was sent already" in answered.content.decode()
    assert made.slots.get(state="answered").line == "Fridays"


def test_once_laid_anew_the_link_leads_to_no_answer_any_more(world: World, server: Server) -> None:
    """Even who holds the mail and the whole database finds only that the link was used."""
    made, links = sent(world, server)
    answer(links["joan@example.org"], line="Fridays")
    actions.mix_slots(made, at=AFTER)
    slot = made.slots.get(pk=access.key_of(secret_of(links["joan@example.org"])))
    assert (slot.state, slot.line, slot.matters) == ("used", "", None)
    apart = made.slots.get(state="apart")
    assert (apart.line, apart.matters) == ("Fridays", 2)
    assert "It is sent." in Client().get(links["joan@example.org"], follow=True).content.decode()
    with pytest.raises(AlreadySent):
        actions.answer_unnamed(secret_of(links["joan@example.org"]), Taps())
    actions.mix_slots(made, at=AFTER)
    assert made.slots.filter(state__in=("apart", "used")).count() == 2


def test_slots_lie_in_the_order_of_their_keys(world: World, server: Server) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # or rows of earlier tests leave places to be filled
            cursor.execute("TRUNCATE checkins_answerslot CASCADE")
    made, links = sent(world, server)
    answer(links["joan@example.org"])
    actions.mix_slots(made, at=AFTER)
    with connection.cursor() as cursor:
        cursor.execute(AS_THEY_LIE[connection.vendor])
        keys = [row[0] for row in cursor.fetchall()]
    assert len(keys) == 8
    assert keys == sorted(keys)


def test_one_tap_each_is_asked_for_and_what_was_typed_is_still_there(
    world: World, server: Server
) -> None:
    made, links = sent(world, server)
    client = Client()
    client.get(links["joan@example.org"])
    wrong = client.post(f"/c/{made.pk}/answered/", {"understands": "4", "line": "Fridays"})
    assert wrong.status_code == 400
    page = wrong.content.decode()
    assert page.count("Tap a number, or") == 3
    assert "Fridays" in page
    assert not made.slots.exclude(state="empty").exists()


def test_after_the_end_the_link_says_so(world: World, server: Server) -> None:
    made, links = sent(world, server)
    path = links["joan@example.org"]
    client = Client()
    client.get(path)
    actions.close_round(made, at=AFTER)
    assert "It closed on Friday 27 November" in client.get(path).content.decode()
    late = client.post(f"/c/{made.pk}/answered/", TAPS)
    assert "It closed on Friday 27 November" in late.content.decode()
    with pytest.raises(RoundOver):
        actions.answer_unnamed(secret_of(path), Taps())


@pytest.mark.parametrize("path", ["/c/12.abc.def/", "/c/x/", "/c/1/"])
def test_what_opens_nothing_says_so(world: World, path: str) -> None:
    assert Client().get(path).status_code == 404


def test_a_cookie_of_one_round_opens_no_other(world: World, server: Server) -> None:
    made, links = sent(world, server)
    client = Client()
    client.cookies["check-in"] = secret_of(links["joan@example.org"])
    assert client.get(f"/c/{made.pk + 1}/").status_code == 404
    assert client.post(f"/c/{made.pk + 1}/answered/", TAPS).status_code == 404
    assert not AnswerSlot.objects.exclude(state="empty").exists()


@pytest.mark.parametrize(
    ("seconds", "quick"),
    [("59", True), ("60", False), ("", None), ("abc", None), ("0", None), ("9999999", None)],
)
def test_the_page_measures_its_own_time_where_it_can(
    world: World, server: Server, seconds: str, quick: bool | None
) -> None:
    made, links = sent(world, server)
    answer(links["joan@example.org"], seconds=seconds)
    assert made.slots.get(state="answered").under_a_minute is quick
