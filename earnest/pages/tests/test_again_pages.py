"""How is it now, on their page and on the leads': one tap, in their words, never as failure (4.2)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.pages.erasure import erase_from_initiative
from earnest.pages.tests.own import opened
from earnest.promises import actions as promises
from earnest.promises.actions import Draft, Said
from earnest.promises.models import AskedAgain
from earnest.standing import actions as standing
from earnest.standing.models import Rung
from tests.worlds import World


@pytest.fixture
def row(world: World) -> AskedAgain:
    """Joan kept a promise two months ago, and was asked a month later."""
    then = now() - timedelta(days=60)
    draft = Draft("keep the evening list", "theirs", due=then.date())
    kept = promises.make_promise(world.joan, draft, by=None, at=then)
    promises.keep_promise(kept, by=None, at=then)
    return AskedAgain.objects.create(
        participation=world.joan,
        initiative=world.initiative,
        after=30,
        due=(then + timedelta(days=30)).date(),
        deed=f"promise {kept.pk}",
        deed_at=then,
        state="asked",
        state_at=then,
        asked_at=then + timedelta(days=30),
    )


def html(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_the_question_stands_in_the_words_of_what_they_did(client: Client, row: AskedAgain) -> None:
    own = opened(client, row.participation)
    page = html(client, f"{own}again/{row.pk}/")
    assert "you did this: “keep the evening list”. How is it now?" in page
    assert "keep the evening list" in html(client, own)
    assert f"{own}again/{row.pk}/" in html(client, own)


def test_looking_changes_nothing_also_with_the_answer_in_the_link(
    client: Client, row: AskedAgain
) -> None:
    own = opened(client, row.participation)
    page = html(client, f"{own}again/{row.pk}/?answer=not_any_more")
    first = page.index('value="not_any_more"')
    assert first < page.index('value="goes_on"')
    row.refresh_from_db()
    assert row.answer == ""


def test_one_tap_is_an_answer_and_a_line_comes_after(client: Client, row: AskedAgain) -> None:
    own = opened(client, row.participation)
    at = f"{own}again/{row.pk}/answered/"
    assert client.post(at, {"answer": "not_any_more"}).status_code == 302
    page = html(client, f"{own}again/{row.pk}/")
    assert "What changed?" in page
    client.post(at, {"answer": "not_any_more", "words": "The rota changed"})
    row.refresh_from_db()
    assert (row.answer, row.words) == ("not_any_more", "The rota changed")
    assert Rung.objects.get(pk=row.participation_id).step == "fading"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Which is it? One tap is enough."),
        ({"answer": "maybe"}, "Which is it? One tap is enough."),
        ({"answer": "not_any_more", "is_no": "on"}, "Why, in a line?"),
        ({"answer": "goes_on", "words": "x" * 301}, "300 characters at most"),
    ],
)
def test_wrong_input_is_said_beside_it_and_nothing_is_written(
    client: Client, row: AskedAgain, sent: dict[str, str], sentence: str
) -> None:
    own = opened(client, row.participation)
    page = client.post(f"{own}again/{row.pk}/answered/", sent)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    row.refresh_from_db()
    assert row.answer == ""


def test_a_question_that_is_over_says_so_friendly(client: Client, row: AskedAgain) -> None:
    row.pk, row.after = None, 90
    row.save()
    first = AskedAgain.objects.get(after=30)
    own = opened(client, row.participation)
    page = client.post(f"{own}again/{first.pk}/answered/", {"answer": "goes_on"}, follow=True)
    assert "This question is over" in page.content.decode()


def test_the_lead_reads_what_changed_in_their_words(
    client: Client, world: World, row: AskedAgain
) -> None:
    promises.answer_again(row, Said("not_any_more", "The rota changed"), at=now())
    client.force_login(world.lead)
    page = html(client, world.joan.get_absolute_url())
    assert "<q>The rota changed</q>" in page
    assert "Listen first" in page
    assert "last done on" in page
    people = html(client, f"/initiatives/{world.initiative.pk}/people/?stands=fading")
    assert "Joan Okafor" in people
    assert "Sam Reyes" not in people
    assert "The rota changed" in people
    assert "last done on" in people


def test_a_reasoned_no_stays_visible_beside_no_chance_yet(client: Client, world: World) -> None:
    standing.note_no(world.joan, "It costs the ward round", by=world.lead, at=now())
    standing.mark_no_chance(world.joan, by=world.lead, at=now())
    client.force_login(world.lead)
    people = html(client, f"/initiatives/{world.initiative.pk}/people/?stands=no")
    assert '<span class="rung no"' in people
    assert "It costs the ward round" in people
    assert "A no with its reason is welcome" in html(client, world.joan.get_absolute_url())


def test_a_lead_notes_an_answer_and_they_can_read_it(
    client: Client, world: World, row: AskedAgain
) -> None:
    client.force_login(world.lead)
    at = f"/promises/again/{row.pk}/noted/"
    assert at in html(client, world.joan.get_absolute_url())
    assert client.post(at, {}).status_code == 400
    sent = {"answer": "another_way", "words": "She does it by phone"}
    assert client.post(at, sent).status_code == 302
    own = html(client, opened(client, world.joan))
    assert "She does it by phone" in own
    assert "said in a talk, noted by" in own


def test_erased_nothing_of_it_stays(world: World, row: AskedAgain) -> None:
    promises.answer_again(row, Said("not_any_more", "The rota changed"), at=now())
    erase_from_initiative(world.joan, by=None, at=now())
    assert not AskedAgain.objects.exists()
    assert Rung.objects.get(pk=world.joan.pk).reason == ""
