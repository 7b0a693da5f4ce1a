"""The tell-back page: their words, how this serves them, and what they say to it (1.7, 3.3)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.initiatives.models import Participation
from earnest.listening import actions as listening
from earnest.listening.models import Quote
from earnest.pages.tests.own import opened
from earnest.plans.actions import chain as actions
from earnest.plans.actions.chain import ChainDraft
from earnest.plans.models import Chain
from earnest.standing.models import Evidence, Rung
from tests.worlds import NOW, World

WORDS = "On a Friday I have forty open slots and one pair of hands."
LINK = "Cover begins on Thursday noon, so Friday starts with a full desk."


@pytest.fixture
def quote(world: World) -> Quote:
    return Quote.objects.create(
        initiative=world.initiative, participation=world.joan, words=WORDS, said_on=NOW.date()
    )


def make(world: World, quote: Quote | None = None, whose: str = "ours") -> Chain:
    draft = ChainDraft(quote.words if quote else "Calm Fridays", LINK, whose, quote)
    return actions.make_chain(world.joan, draft, by=world.lead, at=NOW)


def place(world: World, chain: Chain, verb: str = "") -> str:
    return f"/mine/{world.joan.pk}/serves/{chain.pk}/{verb}"


def test_they_read_it_on_their_page_and_the_leads_on_theirs(
    client: Client, world: World, quote: Quote
) -> None:
    chain = make(world, quote, "shared")
    opened(client, world.joan)
    mine = client.get(f"/mine/{world.joan.pk}/").text
    assert WORDS in mine
    assert LINK in mine
    assert "a shared reason" in mine
    assert place(world, chain) in mine
    lead = Client()
    lead.force_login(world.lead)
    theirs = lead.get(f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/").text
    assert LINK in theirs
    assert "not told yet" in theirs


def test_a_reason_said_to_be_theirs_is_not_asked_of_them_as_one_more(
    client: Client, world: World, quote: Quote
) -> None:
    opened(client, world.joan)
    assert "Is it your reason?" in client.get(place(world, make(world, quote, "theirs"))).text


def test_that_is_mine_too_is_a_tap_and_no_nod(client: Client, world: World) -> None:
    chain = make(world)
    opened(client, world.joan)
    for _twice in range(2):
        client.post(place(world, chain, "mine/"))
    chain.refresh_from_db()
    assert chain.whose == "theirs"
    assert chain.theirs_at
    assert not Evidence.objects.exists()
    assert not Rung.objects.filter(participation=world.joan).exclude(step="").exists()
    assert "your reason" in client.get(place(world, chain)).text


def test_the_tap_can_be_taken_back(client: Client, world: World) -> None:
    chain = make(world)
    opened(client, world.joan)
    client.post(place(world, chain, "mine/"))
    client.post(place(world, chain, "not-mine/"))
    chain.refresh_from_db()
    assert (chain.whose, chain.theirs_at) == ("ours", None)
    assert chain.is_unread


def test_looking_changes_nothing(client: Client, world: World) -> None:
    chain = make(world)
    opened(client, world.joan)
    assert client.get(place(world, chain, "mine/")).status_code == 405
    assert client.get(place(world, chain)).status_code == 200
    chain.refresh_from_db()
    assert chain.answered_at is None


def test_not_quite_replaces_ours_and_is_theirs(client: Client, world: World, quote: Quote) -> None:
    chain = make(world, quote)
    opened(client, world.joan)
    words = {"value": "Nobody waits past noon", "link": "It does not, on Fridays."}
    page = client.post(place(world, chain, "corrected/"), words, follow=True).text
    assert "Nobody waits past noon" in page
    assert LINK not in page
    chain.refresh_from_db()
    assert (chain.value, chain.quote, chain.whose) == ("Nobody waits past noon", None, "theirs")
    assert chain.corrected_at


def test_a_correction_is_a_deed_once(client: Client, world: World) -> None:
    chain = make(world)
    for link in ("One", "Another", "Another"):
        actions.correct_chain(chain, "Rest", link, at=NOW)
    (row,) = Evidence.objects.all()
    assert (row.kind, row.value, row.item, row.source) == (
        "did",
        1,
        "contributed",
        f"chain {chain.pk}",
    )


def test_words_as_they_stand_are_no_correction(client: Client, world: World) -> None:
    chain = make(world)
    opened(client, world.joan)
    same = {"value": "Calm Fridays", "link": LINK}
    assert "as they stand" in client.post(place(world, chain, "corrected/"), same, follow=True).text
    chain.refresh_from_db()
    assert chain.corrected_at is None


def test_an_empty_correction_says_so_and_keeps_what_was_typed(client: Client, world: World) -> None:
    chain = make(world)
    opened(client, world.joan)
    page = client.post(place(world, chain, "corrected/"), {"value": "", "link": "Hardly."})
    assert page.status_code == 400
    assert "What do you value?" in page.text
    assert "Hardly." in page.text


def test_an_answer_in_words_can_be_changed(client: Client, world: World) -> None:
    chain = make(world)
    opened(client, world.joan)
    client.post(place(world, chain, "answered/"), {"answer": "It would, from nine on."})
    page = client.post(place(world, chain, "answered/"), {"answer": "In winter."}, follow=True)
    assert "In winter." in page.text
    assert "from nine on" not in page.text
    chain.refresh_from_db()
    assert (chain.answer, chain.whose) == ("In winter.", "ours")


def test_it_works_after_a_stop_too(client: Client, world: World) -> None:
    chain = make(world)
    opened(client, world.joan)
    Participation.objects.filter(pk=world.joan.pk).update(stopped_at=NOW)
    client.post(place(world, chain, "answered/"), {"answer": "No."})
    chain.refresh_from_db()
    assert chain.answer == "No."


def test_another_s_chain_is_not_there(client: Client, world: World) -> None:
    draft = ChainDraft("Quiet", LINK, "ours")
    sams = actions.make_chain(world.sam, draft, by=world.lead, at=NOW)
    opened(client, world.joan)
    assert client.get(place(world, sams)).status_code == 404
    assert client.post(place(world, sams, "mine/")).status_code == 404


def test_a_mended_quote_is_followed_at_once(client: Client, world: World, quote: Quote) -> None:
    chain = make(world, quote, "theirs")
    listening.mend_quote(quote, "Fridays begin with a queue.", at=NOW)
    actions.quote_changed(quote, "Fridays begin with a queue.", old=WORDS, at=NOW)
    chain.refresh_from_db()
    assert (chain.value, chain.whose) == ("Fridays begin with a queue.", "theirs")
    opened(client, world.joan)
    mine = client.get(f"/mine/{world.joan.pk}/").text
    assert "Fridays begin with a queue." in mine
    assert WORDS not in mine


def test_a_struck_quote_leaves_the_reason_ours(client: Client, world: World, quote: Quote) -> None:
    chain = make(world, quote, "theirs")
    listening.strike_quote(quote, at=NOW)
    actions.quote_changed(quote, "", at=NOW)
    chain.refresh_from_db()
    assert (chain.value, chain.quote, chain.whose, chain.link) == ("", None, "ours", LINK)
    opened(client, world.joan)
    page = client.get(place(world, chain)).text
    assert "You took back the words this began with." in page


def test_taken_back_on_their_page_it_is_gone_from_the_chain(
    client: Client, world: World, quote: Quote
) -> None:
    chain = make(world, quote, "theirs")
    opened(client, world.joan)
    own = f"/mine/{world.joan.pk}/quotes/{quote.pk}"
    client.post(f"{own}/meant/", {"words": "Fridays begin with a queue."})
    chain.refresh_from_db()
    assert (chain.value, chain.whose) == ("Fridays begin with a queue.", "theirs")
    client.post(f"{own}/struck/")
    chain.refresh_from_db()
    assert (chain.value, chain.quote, chain.whose) == ("", None, "ours")


def test_a_struck_quote_leaves_their_tap(world: World, quote: Quote) -> None:
    chain = make(world, quote, "shared")
    actions.call_it_theirs(chain, at=NOW)
    actions.quote_changed(quote, "", at=NOW)
    chain.refresh_from_db()
    assert chain.whose == "theirs"


def test_ours_that_repeats_their_words_follows_too(world: World, quote: Quote) -> None:
    draft = ChainDraft(WORDS, f"You said “{WORDS}”. It helps.", "ours", quote)
    chain = actions.make_chain(world.joan, draft, by=world.lead, at=NOW)
    actions.quote_changed(quote, "Fridays are full.", old=WORDS, at=NOW)
    chain.refresh_from_db()
    assert chain.link == "You said “Fridays are full.”. It helps."


def test_it_costs_one_query_no_more_on_their_page(
    client: Client, world: World, quote: Quote
) -> None:
    make(world, quote)
    opened(client, world.joan)
    address = f"/mine/{world.joan.pk}/"
    with_one = _queries(client, address)
    for number in range(5):
        draft = ChainDraft(f"Value {number}", LINK, "ours")
        actions.make_chain(world.joan, draft, by=world.lead, at=NOW)
    assert _queries(client, address) == with_one


def _queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
