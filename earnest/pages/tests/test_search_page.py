"""The page: what was found is marked and leads where it is; nothing of what was typed is kept."""

from __future__ import annotations

import logging
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.core.logs import without_secrets
from earnest.core.models import Event
from earnest.initiatives.models import Initiative, Role
from earnest.listening.models import Quote
from earnest.pages.search import asking
from earnest.pages.search.marking import marked
from tests.worlds import NOW, World


def say(world: World, words: str) -> Quote:
    of = {"initiative": world.initiative, "participation": world.joan, "said_on": NOW.date()}
    return Quote.objects.create(**of, words=words)


def shown(client: Client, **asked: str | int) -> str:
    answer = client.get("/search/", asked)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_words_found_are_marked_with_their_place_and_who_said_them(
    client: Client, world: World
) -> None:
    say(world, "A café at the crossing")
    client.force_login(world.lead)
    page = shown(client, q="CAFE cross")
    assert "A <mark>café</mark> at the <mark>crossing</mark>" in page
    assert "Joan Okafor · One intake · 20 Nov" in page
    assert f'href="/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"' in page


def test_what_people_wrote_is_never_taken_for_markup(client: Client, world: World) -> None:
    say(world, "zebra <b onclick=alert(1)>bold</b> <mark>")
    client.force_login(world.lead)
    page = client.get("/search/", {"q": '"><script>alert(2)</script> zebra'}).content.decode()
    assert "<script>alert" not in page
    page = client.get("/search/", {"q": "zebra bold"}).content.decode()
    assert "<b onclick" not in page
    assert "&gt;<mark>bold</mark>&lt;/b&gt; &lt;mark&gt;" in page


@pytest.mark.parametrize(
    ("text", "typed", "marks"),
    [
        ("Straße und Strassen", "strasse", ["Straße", "Strassen"]),
        ("one list and another list", '"another list"', ["another list"]),
        ("我们需要更多休息", "休息", ["休息"]),
        ("weekend, weekends, end", '"weekend"', ["weekend"]),
        ("قالت مُحَمَّد", "محمد", ["مُحَمَّد"]),
        ("night-shift", '"night shift"', ["night-shift"]),
        ("nothing of it", "zebra", []),
    ],
)
def test_marked_is_what_was_found_as_it_was_written(
    text: str, typed: str, marks: list[str]
) -> None:
    pieces = marked(text, asking.read(typed))
    assert [piece.text for piece in pieces if piece.found] == marks
    assert "".join(piece.text for piece in pieces) == text


def test_long_words_are_cut_about_the_first_mark() -> None:
    text = "before " * 80 + "zebra " + "after " * 80
    pieces = marked(text, asking.read("zebra"))
    whole = "".join(piece.text for piece in pieces)
    assert len(whole) < 360
    assert whole.startswith("… before")
    assert whole.endswith("…")
    assert [piece.text for piece in pieces if piece.found] == ["zebra"]


def test_one_sort_goes_on_page_by_page(client: Client, world: World) -> None:
    for n in range(32):
        say(world, f"zebra number {n:02}")
    client.force_login(world.lead)
    first = shown(client, q="zebra")
    assert first.count("<mark>") == 5
    assert "?q=zebra&sort=quote" in first
    page = shown(client, q="zebra", sort="quote")
    assert page.count("<mark>") == 30
    last = Quote.objects.order_by("-pk")[29].pk
    assert f"?q=zebra&sort=quote&after={last}" in page
    rest = shown(client, q="zebra", sort="quote", after=last)
    assert rest.count("<mark>") == 2
    assert "That was all" in shown(client, q="zebra", sort="quote", after=1)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({}, "Here you find people"),
        ({"q": "  *"}, "Here you find people"),
        ({"q": "zebra"}, "Nothing found"),
        ({"q": "zebra", "sort": "nonsense", "in": "x", "after": "y"}, "Nothing found"),
        ({"q": "zebra", "in": "7777777"}, "Look everywhere"),
    ],
)
def test_where_nothing_is_found_it_says_what_one_can_try(
    client: Client, world: World, asked: dict[str, str], says: str
) -> None:
    client.force_login(world.lead)
    assert says in shown(client, **asked)


def test_who_leads_nothing_is_told_where_to_begin(client: Client, world: World) -> None:
    client.force_login(world.stranger)
    assert "You lead no initiative yet" in shown(client)


def test_every_signed_in_page_has_the_box(client: Client, world: World) -> None:
    client.force_login(world.sponsor)
    page = client.get("/initiatives/").content.decode()
    assert '<form class="find" action="/search/" role="search">' in page


def test_searching_leaves_nothing_behind(
    client: Client, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(world.lead)
    before = (Event.objects.count(), dict(client.session))
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        shown(client, q="zebra")
    assert (Event.objects.count(), dict(client.session)) == before
    written = [one["sql"] for one in queries if not one["sql"].startswith(("SELECT", "("))]
    assert written == []
    ours = [one for one in caplog.records if not one.name.startswith("django.db")]
    assert [one for one in ours if "zebra" in one.getMessage()] == []


@pytest.mark.parametrize(
    "line",
    [
        '"GET /search/?q=zebra+crossing HTTP/1.1" 200',
        "/search/?sort=quote&q=zebra%20crossing&after=3",
        "/account/login/?next=/search/%3Fq%3Dzebra%2520crossing",
    ],
)
def test_no_log_keeps_what_was_searched_for(line: str) -> None:
    assert "zebra" not in without_secrets(line)
    assert "crossing" not in without_secrets(line)
    assert "/search/" in without_secrets(line)


def test_it_costs_as_many_queries_for_one_initiative_as_for_dozens(
    client: Client, world: World
) -> None:
    say(world, "zebra")
    client.force_login(world.lead)
    few = _queries(client)
    more = [
        Initiative(workspace=world.workspace, title=f"Zebra {n}", target="Rest", made_at=NOW)
        for n in range(60)
    ]
    Initiative.objects.bulk_create(more)
    Role.objects.bulk_create(
        Role(initiative=one, user=world.lead, kind="lead", since=NOW) for one in more
    )
    assert _queries(client) == few <= 15


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/search/", {"q": "zebra"}).status_code == 200
    return len(queries)
