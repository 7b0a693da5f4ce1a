"""“This is what I heard”, on their own page: right with one tap, or mended (2.15, privacy.md 4)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils.timezone import now

from earnest.initiatives import actions as initiatives
from earnest.listening.models import Quote, Recap
from earnest.messaging.models import Contact
from earnest.pages import actions
from earnest.pages.tests.own import Heard, hear, opened
from earnest.standing.models import Evidence
from tests.worlds import World


@pytest.fixture
def heard(world: World) -> Heard:
    return hear(world, at=now())


@pytest.fixture
def recap(world: World, heard: Heard) -> Recap:
    words = "Thank you for the coffee."
    return actions.tell_back(heard.alone, world.joan, words, by=world.lead, at=now())[0]


@pytest.fixture
def own(client: Client, world: World) -> str:
    return opened(client, world.joan)


def page(client: Client, own: str, recap: Recap) -> str:
    return client.get(f"{own}heard/{recap.pk}/").content.decode()


def test_the_link_in_the_mail_leads_to_what_was_heard(
    client: Client, world: World, own: str, recap: Recap
) -> None:
    html = page(client, own, recap)
    for words in ("Forty open slots, one pair of hands.", "Who feeds the owl?", "the coffee"):
        assert words in html
    assert "Is this right?" in html
    assert f"{own}heard/{recap.pk}/" in client.get(own).content.decode()


def test_yes_with_one_tap_is_no_deed_but_a_word_from_them(
    client: Client, own: str, recap: Recap
) -> None:
    deeds = Evidence.objects.filter(kind="did").count()
    before = Contact.objects.filter(direction="they").count()
    for _twice in range(2):
        assert client.post(f"{own}heard/{recap.pk}/right/").status_code == 302
    recap.refresh_from_db()
    assert recap.right_at is not None
    assert Evidence.objects.filter(kind="did").count() == deeds
    assert Contact.objects.filter(direction="they").count() == before + 1
    assert "You said so on" in page(client, own, recap)


def test_corrected_the_lead_reads_it(client: Client, world: World, own: str, recap: Recap) -> None:
    deeds = Evidence.objects.filter(kind="did", item="contributed").count()
    for _twice in range(2):
        client.post(f"{own}heard/{recap.pk}/corrected/", {"correction": "Thirty, not forty"})
    recap.refresh_from_db()
    assert (recap.correction, recap.right_at) == ("Thirty, not forty", None)
    assert Evidence.objects.filter(kind="did", item="contributed").count() == deeds + 1
    lead = Client()
    lead.force_login(world.lead)
    place = f"/initiatives/{world.initiative.pk}/people/{world.joan.pk}/"
    assert "corrected on" in lead.get(place).content.decode()
    assert "Thirty, not forty" in lead.get(f"/recaps/{recap.pk}/").content.decode()
    assert lead.post(f"/recaps/{recap.pk}/read/").status_code == 302
    recap.refresh_from_db()
    assert recap.correction_read_at is not None
    assert "read on" in page(client, own, recap)


def test_corrected_anew_it_is_to_be_read_anew_and_then_right(
    client: Client, own: str, recap: Recap
) -> None:
    address = f"{own}heard/{recap.pk}/corrected/"
    client.post(address, {"correction": "Thirty"})
    Recap.objects.update(correction_read_at=now())
    client.post(address, {"correction": "Twenty"})
    recap.refresh_from_db()
    assert (recap.correction, recap.correction_read_at) == ("Twenty", None)
    client.post(f"{own}heard/{recap.pk}/right/")
    recap.refresh_from_db()
    assert recap.right_at is not None


def test_an_empty_correction_is_said_beside_the_field(
    client: Client, own: str, recap: Recap
) -> None:
    answer = client.post(f"{own}heard/{recap.pk}/corrected/", {"correction": " "})
    assert answer.status_code == 400
    assert "what should be different?" in answer.content.decode()


def test_a_quote_is_mended_there_and_one_stays_there(
    client: Client, world: World, own: str, recap: Recap
) -> None:
    quote = world.joan.quotes.get(words__startswith="Forty")
    data = {"words": "Thirty open slots", "heard": str(recap.pk)}
    answer = client.post(f"{own}quotes/{quote.pk}/meant/", data)
    assert answer.headers["Location"].startswith(f"{own}heard/{recap.pk}/")
    html = page(client, own, recap)
    assert "Thirty open slots" in html
    assert "Forty" not in html
    wrong = client.post(f"{own}quotes/{quote.pk}/meant/", {"words": "", "heard": str(recap.pk)})
    assert wrong.status_code == 400
    assert "Write what you meant." in wrong.content.decode()
    client.post(f"{own}quotes/{quote.pk}/struck/", {"heard": str(recap.pk)})
    assert "Thirty open slots" not in page(client, own, recap)


def test_after_a_stop_they_can_still_correct_it(
    client: Client, world: World, own: str, recap: Recap
) -> None:
    initiatives.say_wish(world.joan, initiatives.Wish.NOT_THIS, at=now())
    client.post(f"{own}heard/{recap.pk}/corrected/", {"correction": "Thirty"})
    recap.refresh_from_db()
    assert recap.correction == "Thirty"


def test_what_was_heard_of_others_is_not_theirs(
    client: Client, world: World, recap: Recap, heard: Heard
) -> None:
    sams = opened(client, world.sam)
    quote = Quote.objects.get(participation=world.joan, words__startswith="Forty")
    assert client.get(f"{sams}heard/{recap.pk}/").status_code == 404
    for verb in ("right", "corrected"):
        answer = client.post(f"{sams}heard/{recap.pk}/{verb}/", {"correction": "No"})
        assert answer.status_code == 404
    for verb in ("meant", "struck", "passed-on"):
        assert client.post(f"{sams}quotes/{quote.pk}/{verb}/", {"words": "x"}).status_code == 404


def test_looking_changes_nothing(client: Client, own: str, recap: Recap) -> None:
    for verb in ("right/", "corrected/"):
        assert client.get(f"{own}heard/{recap.pk}/{verb}").status_code == 405
    page(client, own, recap)
    recap.refresh_from_db()
    assert (recap.right_at, recap.corrected_at) == (None, None)
