"""A working session on one's phone: by one's own link, without names, and by the code (4.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from earnest.ideas import access
from earnest.ideas.access.sessions import token_of_session
from earnest.ideas.models import Idea, Jotting, Phase, Seat, Session, Try
from earnest.ideas.tests.sat import a_session, go_to
from earnest.pages.tests.own import opened
from earnest.promises.models import Promise
from earnest.standing.models import Evidence
from tests.worlds import World

pytestmark = pytest.mark.django_db


def on_phone(client: Client, world: World, session: Session) -> str:
    """Joan's phone, by her own link; returns the session's address."""
    own = opened(client, world.joan)
    return f"{own}spaces/{session.space_id}/sessions/{session.pk}/"


def as_lead(world: World) -> Client:
    client = Client()
    client.force_login(world.lead)
    return client


def due() -> str:
    return (now().date() + timedelta(days=3)).isoformat()


def test_looking_writes_nobody_down_and_one_tap_does(client: Client, world: World) -> None:
    session = a_session(world, at=now())
    here = on_phone(client, world, session)
    assert "I am here" in client.get(here).content.decode()
    assert not Seat.objects.exists()
    client.post(f"{here}here/")
    assert Seat.objects.get().voice.participation == world.joan
    page = client.get(here).content.decode()
    assert "You are there" in page
    assert "write the code" not in page


def test_the_session_that_goes_on_stands_on_their_own_page(client: Client, world: World) -> None:
    session = a_session(world, at=now())
    here = on_phone(client, world, session)
    assert here in client.get(opened(client, world.joan)).content.decode()


def test_in_silence_only_their_own_words_are_there(client: Client, world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.ALONE, world, at=now())
    here = on_phone(client, world, session)
    client.post(f"{here}ideas/", {"words": "A shared list"})
    assert "A shared list" in client.get(here).content.decode()
    page = as_lead(world).get(reverse("pages:session_screen", args=[session.pk]))
    assert "A shared list" not in page.content.decode()
    assert not Idea.objects.filter(space=session.space).exists()


def test_sent_when_silence_is_just_over_no_word_is_lost(client: Client, world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.ALONE, world, at=now())
    here = on_phone(client, world, session)
    go_to(session, Phase.BUILD, world, at=now())
    client.post(f"{here}ideas/", {"words": "A shared list"})
    assert Idea.objects.get(space=session.space).words == "A shared list"


def test_what_was_typed_wrongly_is_still_there(client: Client, world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.WHO, world, at=now())
    here = on_phone(client, world, session)
    page = client.post(f"{here}tries/", {"words": "Bring the list", "due": "2020-01-01"})
    assert page.status_code == 400
    assert "Bring the list" in page.content.decode()
    assert not Try.objects.exists()


def test_what_they_take_on_by_their_own_link_is_their_own_word(
    client: Client, world: World
) -> None:
    session = go_to(a_session(world, at=now()), Phase.WHO, world, at=now())
    here = on_phone(client, world, session)
    for _press in range(2):
        client.post(f"{here}tries/", {"words": "Bring the list", "due": due()})
    promise = Promise.objects.get()
    assert promise.confirmed_at is not None
    assert Try.objects.get().promise_id == promise.pk
    rows = Evidence.objects.filter(participation_id=world.joan.pk)
    assert [(one.kind, one.value) for one in rows] == [("agreed", 1)]


def test_a_code_opens_no_list_and_nobodys_words(client: Client, world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.WHO, world, at=now())
    page = client.post(reverse("pages:join"), {"code": session.code.lower()}, follow=True)
    assert "Joan" not in page.content.decode()
    room = reverse("pages:room_session", args=[token_of_session(session)])
    client.post(f"{room}tries/", {"words": "Bring the list", "due": due()})
    assert not Try.objects.exists()
    assert not Seat.objects.exists()


def test_on_a_phone_that_was_let_in_it_is_noted_and_waits_for_their_yes(
    client: Client, world: World
) -> None:
    session = go_to(a_session(world, at=now()), Phase.WHO, world, at=now())
    room = reverse("pages:room_session", args=[token_of_session(session)])
    client.post(f"{room}knock/", {"name": "Joan Okafor"})
    assert client.get(f"{room}waiting/").status_code == 204
    lead = as_lead(world)
    door = reverse("pages:session_let_in", args=[session.pk, session.knocks.get().pk])
    assert (
        "I see Joan Okafor"
        in lead.get(reverse("pages:session_screen", args=[session.pk])).content.decode()
    )
    lead.post(door, {"whom": world.joan.pk})
    assert client.get(f"{room}waiting/").headers["HX-Refresh"] == "true"
    client.post(f"{room}tries/", {"words": "Bring the list", "due": due()})
    promise = Promise.objects.get()
    assert (promise.by, promise.confirmed_at) == (world.lead, None)
    assert not Evidence.objects.filter(kind="agreed").exists()
    own = Client().get(opened(own_phone := Client(), world.joan))
    assert own.status_code == 404  # another browser: their link is theirs
    page = own_phone.get(opened(own_phone, world.joan)).content.decode()
    assert "let a phone in as them" in page


def test_another_phone_with_the_code_is_not_let_in_with_it(client: Client, world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.ALONE, world, at=now())
    room = reverse("pages:room_session", args=[token_of_session(session)])
    client.post(f"{room}knock/", {"name": "Joan Okafor"})
    knock = session.knocks.get()
    as_lead(world).post(
        reverse("pages:session_let_in", args=[session.pk, knock.pk]), {"whom": world.joan.pk}
    )
    page = Client().post(f"{room}ideas/", {"words": "As Joan"})
    assert "Who are you?" in page.content.decode()
    assert not Jotting.objects.exists()


def test_without_names_the_code_leads_straight_in_and_to_nobody(
    client: Client, world: World
) -> None:
    session = go_to(a_session(world, names=False, at=now()), Phase.WHO, world, at=now())
    page = client.post(reverse("pages:join"), {"code": session.code})
    here = reverse("pages:session", args=[access.token_of(session.space), session.pk])
    assert page.headers["Location"] == here
    client.post(f"{here}tries/", {"words": "Bring the list", "due": due()})
    assert Try.objects.get().voice.participation is None
    assert not Promise.objects.exists()


def test_a_code_of_no_session_says_so_beside_the_field(client: Client, world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.OVER, world, at=now())
    assert session.code == ""
    for code in ("", "ZZZZZZ", "  "):
        page = client.post(reverse("pages:join"), {"code": code})
        assert page.status_code == 400
        assert 'aria-invalid="true"' in page.content.decode()


def test_asking_whether_it_moved_on_is_one_narrow_read(client: Client, world: World) -> None:
    session = a_session(world, at=now())
    address = reverse("pages:session_turn", args=[token_of_session(session)])
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"{address}?turn={session.turn}").status_code == 204
    assert len(asked) == 1
    go_to(session, Phase.TARGET, world, at=now())
    assert client.get(f"{address}?turn=1").headers["HX-Refresh"] == "true"


def test_afterwards_what_is_sent_is_answered_kindly(client: Client, world: World) -> None:
    session = a_session(world, at=now())
    here = on_phone(client, world, session)
    go_to(session, Phase.OVER, world, at=now())
    page = client.post(f"{here}ideas/", {"words": "Late"}, follow=True)
    assert "The session is over" in page.content.decode()
    assert not Idea.objects.filter(space=session.space).exists()


def test_from_the_initiatives_page_it_begins_in_two_taps(world: World) -> None:
    lead = as_lead(world)
    page = lead.get(reverse("initiatives:initiative", args=[world.initiative.pk]))
    begin = reverse("pages:sessions", args=[world.initiative.pk])
    assert begin in page.content.decode()
    form = lead.get(begin).context["form"]
    begun = lead.post(begin, {name: form[name].value() for name in form.fields}, follow=True)
    assert Session.objects.get().code in begun.content.decode()
    assert Session.objects.get().space.names


def test_begun_without_names_it_has_none(world: World) -> None:
    begin = reverse("pages:sessions", args=[world.initiative.pk])
    begun = as_lead(world).post(begin, {"question": "How?", "names": "no"}, follow=True)
    assert Session.objects.get().code in begun.content.decode()
    assert not Session.objects.get().space.names


def test_neither_chosen_it_is_asked_for(world: World) -> None:
    begin = reverse("pages:sessions", args=[world.initiative.pk])
    page = as_lead(world).post(begin, {"question": "How?"})
    assert page.status_code == 400
    assert "How?" in page.content.decode()
    assert not Session.objects.exists()


def test_another_lead_goes_on_where_it_was(world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.ALONE, world, at=now())
    co_lead = Client()
    co_lead.force_login(world.co_lead)
    co_lead.post(reverse("pages:session_next", args=[session.pk]), {"turn": session.turn})
    session.refresh_from_db()
    assert (session.phase, session.by) == (Phase.BUILD, world.co_lead)


def test_what_came_out_costs_the_same_whatever_its_size(world: World) -> None:
    session = go_to(a_session(world, at=now()), Phase.OVER, world, at=now())
    lead = as_lead(world)
    with CaptureQueriesContext(connection) as asked:
        lead.get(reverse("pages:session_screen", args=[session.pk]))
    assert len(asked) <= 15


def test_said_with_their_name_afterwards_nothing_leads_to_the_session(
    client: Client, world: World
) -> None:
    session = go_to(a_session(world, names=False, at=now()), Phase.OVER, world, at=now())
    own = opened(client, world.joan)
    assert f"{own}take-on/" in client.get(own).content.decode()
    client.post(f"{own}take-on/", {"words": "Bring the list", "due": due()})
    promise = Promise.objects.get()
    assert promise.confirmed_at is not None
    assert not session.tries.exists()
