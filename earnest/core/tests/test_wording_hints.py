"""Hints under what is about to be sent: seen while one writes, and kept nowhere (4.1)."""

from __future__ import annotations

import pytest
from django import forms
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from earnest.core.forms import Sent
from tests.worlds import World


class Letter(Sent):
    sent = ("words",)
    words = forms.CharField(required=False)
    place = forms.CharField(required=False)


def test_a_pressing_word_gets_a_kinder_one_under_its_field() -> None:
    page = str(Letter({"words": "We get the nurses on board."}))
    assert "“get the nurses on board”: rather “hear the nurses”" in page
    assert 'data-use="hear the nurses"' in page
    assert 'data-in="id_words"' in page


def test_a_field_that_is_not_sent_gets_none() -> None:
    page = str(Letter({"place": "We get the nurses on board."}))
    assert "rather" not in page
    assert page.count('class="hints"') == 1


def test_the_language_of_who_reads_chooses_the_rules() -> None:
    letter = Letter({"words": "We get the nurses on board."})
    letter.speaks = "xx"
    assert "rather" not in str(letter)
    letter.speaks = "en-gb"
    assert "rather" in str(letter)


def test_a_language_is_a_name_and_no_path() -> None:
    letter = Letter({"words": "We get the nurses on board."})
    letter.speaks = "../wording/en"
    assert "rather" not in str(letter)


def test_of_the_same_words_twice_the_first_is_meant() -> None:
    page = str(Letter({"words": "“Get them on board”, you wrote. Get them on board."}))
    assert 'data-which="1"' in page


def test_hints_come_while_one_writes_and_nothing_is_kept(client: Client, world: World) -> None:
    client.force_login(world.lead)
    typed = {"words": "You must come", "secret": "x"}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.post("/wording/?in=words&at=id_words&language=en", typed).text
    assert "“You must”" in page
    assert [one["sql"] for one in asked if not one["sql"].startswith("SELECT")] == []


def test_a_field_of_no_name_is_no_error(client: Client, world: World) -> None:
    client.force_login(world.lead)
    assert client.post("/wording/", {"words": "You must come"}).text.strip() == ""


def test_hints_are_for_whoever_is_signed_in(client: Client, world: World) -> None:
    assert client.post("/wording/?in=words", {"words": "You must"}).status_code == 302


def test_a_form_from_elsewhere_gets_nothing(world: World) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.lead)
    assert strict.post("/wording/?in=words", {"words": "You must"}).status_code == 403


@pytest.mark.parametrize("said", ["<script>", '"><b>must</b>'])
def test_what_was_typed_is_never_markup(said: str) -> None:
    page = str(Letter({"words": f"You must {said}"}))
    assert said not in page
