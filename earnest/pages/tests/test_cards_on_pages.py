"""Evidence cards on a person's own page and on paper: read, asked for, their words as they allow
(1.12, privacy.md 3, 4, 13)."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from earnest.messaging.models import Message
from earnest.pages.erasure import erase_from_initiative, erase_person
from earnest.pages.everything import everything_about
from earnest.pages.export import cards
from earnest.pages.printed import card as printed
from earnest.pages.record import record_of
from earnest.pages.sweeps import keep_no_longer
from earnest.pages.tests.own import opened
from earnest.pilots.actions import cards as voicing
from earnest.pilots.actions.cards import publish_card
from earnest.pilots.actions.spreading import Answer, Asker, Wish, answer_request, ask_for_it
from earnest.pilots.models import CardVersion, CardVoice, EvidenceCard, SpreadRequest
from earnest.pilots.tests.carded import HELPED, a_card, a_pilot, measured, said, shown
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db
WORDS = "nobody calls me at night any more"
WISH = Wish("North desk", "Joan Okafor wants quiet Fridays")


@pytest.fixture
def card(world: World) -> EvidenceCard:
    pilot = a_pilot(world)
    measured(pilot, HELPED)
    return a_card(world, pilot)


@pytest.fixture
def voice(world: World, card: EvidenceCard) -> CardVoice:
    voicing.choose_voices(card, [said(world.joan, WORDS)], by=world.lead, at=NOW)
    one = card.voices.get()
    voicing.ask_voice(one, by=world.lead, at=NOW)
    return one


@pytest.fixture
def version(world: World, card: EvidenceCard, voice: CardVoice) -> CardVersion:
    publish_card(card, "workspace", by=world.lead, at=NOW)
    return shown(card)


def joans(world: World) -> Client:
    """A browser that came by her link."""
    client = Client()
    opened(client, world.joan)
    return client


def printed_words(client: Client, place: str) -> str:
    """What typst is told, as text."""
    with patch.object(printed, "set_by", side_effect=lambda _name, told: repr(told).encode()):
        return client.get(place).content.decode()


def test_the_card_is_read_on_the_own_page_and_asked_for_there(
    world: World, version: CardVersion
) -> None:
    client = joans(world)
    page = client.get(reverse("pages:mine", args=[world.joan.pk])).content.decode()
    assert "One desk" in page
    place = reverse("pages:mine_card", args=[world.joan.pk, version.card_id])
    read = client.get(place).content.decode()
    assert "61 % of requests had one owner within a day" in read
    assert "The numbers behind it" in read
    typed = {"part": "North desk", "why": "Our Fridays are the same"}
    client.post(reverse("pages:mine_card_asked", args=[world.joan.pk, version.card_id]), typed)
    asked = SpreadRequest.objects.get()
    assert (asked.participation, asked.version, asked.part) == (world.joan, version, "North desk")
    assert "waits for an answer" in client.get(place).content.decode()
    client.post(reverse("pages:mine_request_back", args=[world.joan.pk, asked.pk]))
    asked.refresh_from_db()
    assert asked.state == "back"


def test_what_is_missing_is_said_beside_the_field(world: World, version: CardVersion) -> None:
    client = joans(world)
    place = reverse("pages:mine_card_asked", args=[world.joan.pk, version.card_id])
    told = client.post(place, {"part": "North desk"})
    assert told.status_code == 400
    assert "Say in a line why." in told.content.decode()
    assert "North desk" in told.content.decode()


def test_their_yes_and_no_are_obeyed_on_screen_and_on_paper(
    world: World, version: CardVersion, voice: CardVoice
) -> None:
    own, member = joans(world), Client()
    member.force_login(world.member)
    screen = reverse("pilots:card", args=[version.card_id])
    paper = reverse("pages:card_paper", args=[version.card_id])
    assert WORDS not in member.get(screen).content.decode()
    for state, name in (("named", True), ("unnamed", False), ("refused", None)):
        place = reverse("pages:mine_card_voice_answered", args=[world.joan.pk, voice.pk, state])
        own.post(place, {"readers": "workspace"})
        for text in (member.get(screen).content.decode(), printed_words(member, paper)):
            assert (WORDS in text) == (name is not None)
            assert ("Joan Okafor" in text) == bool(name)


def test_paper_is_a_pdf_for_whoever_reads_the_card(world: World, version: CardVersion) -> None:
    client = Client()
    client.force_login(world.member)
    paper = client.get(reverse("pages:card_paper", args=[version.card_id]))
    assert paper.content.startswith(b"%PDF")
    assert paper["Cache-Control"] == "no-store"
    own = joans(world)
    place = reverse("pages:mine_card_paper", args=[world.joan.pk, version.card_id])
    assert own.get(place).content.startswith(b"%PDF")


def test_nothing_anybody_typed_is_read_as_markup(world: World, card: EvidenceCard) -> None:
    odd = '#panic("no") *bold* $x$ "quoted" \\ <label> @ref'
    EvidenceCard.objects.update(title=odd, tried=odd, cost=odd)
    publish_card(card, "workspace", by=world.lead, at=NOW)
    client = Client()
    client.force_login(world.member)
    assert client.get(reverse("pages:card_paper", args=[card.pk])).content.startswith(b"%PDF")


def test_both_pages_show_what_they_were_asked_and_asked_for(
    world: World, version: CardVersion, voice: CardVoice
) -> None:
    ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    lead = Client()
    lead.force_login(world.lead)
    places = [
        (joans(world), reverse("pages:mine", args=[world.joan.pk])),
        (lead, reverse("pages:person", args=[world.initiative.pk, world.joan.pk])),
    ]
    for client, place in places:
        page = client.get(place).content.decode()
        assert WORDS in page
        assert "North desk" in page
        assert "quiet Fridays" in page


def test_everything_held_names_it(world: World, version: CardVersion, voice: CardVoice) -> None:
    ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    held = everything_about(world.joan, at=NOW)["initiative"]
    assert [one["words"] for one in held["their_words_on_cards"]] == [WORDS]
    assert [one["part"] for one in held["asked_for_a_pilot"]] == ["North desk"]


def test_erased_nothing_of_them_stands_on_cards(
    world: World, version: CardVersion, voice: CardVoice
) -> None:
    voicing.answer_voice(voice, "named", readers="workspace", at=NOW)
    asked = ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    CardVersion.objects.update(told="Joan Okafor began it.")
    erase_from_initiative(world.joan, by=None, at=NOW)
    asked.refresh_from_db()
    version.refresh_from_db()
    assert not CardVoice.objects.exists()
    assert (asked.why, asked.part, asked.participation) == ("erased", "erased", None)
    assert "Joan" not in version.told


def test_erased_everywhere_what_their_account_asked_for_goes_too(
    world: World, version: CardVersion
) -> None:
    person = world.joan.person
    person.user = world.member
    person.save()
    asked = ask_for_it(version, Asker(user=world.member), WISH, at=NOW)
    erase_person(person, by=None, at=NOW)
    asked.refresh_from_db()
    assert (asked.why, asked.user) == ("erased", None)


def test_erased_from_one_initiative_what_their_account_asked_for_there_goes_too(
    world: World, version: CardVersion
) -> None:
    asked = ask_for_it(version, Asker(user=world.member), WISH, at=NOW)
    person = world.joan.person
    person.user = world.member
    person.save()
    world.joan.refresh_from_db()
    held = everything_about(world.joan, at=NOW)["initiative"]
    assert [one["part"] for one in held["asked_for_a_pilot"]] == ["North desk"]
    own = joans(world)
    own.post(reverse("pages:mine_request_back", args=[world.joan.pk, asked.pk]))
    asked.refresh_from_db()
    assert asked.state == "back"
    erase_from_initiative(world.joan, by=None, at=NOW)
    asked.refresh_from_db()
    assert (asked.part, asked.user) == ("erased", None)


def test_a_title_with_words_of_theirs_is_cut_wherever_it_stands(
    world: World, version: CardVersion, voice: CardVoice
) -> None:
    asked = ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    CardVersion.objects.update(title=f"One desk: {WORDS}")
    answer_request(asked, Answer("talk"), by=world.lead, at=NOW)
    member, own = Client(), joans(world)
    member.force_login(world.member)
    assert WORDS not in member.get(reverse("pilots:all_cards")).text
    paper = member.get(reverse("pages:card_paper", args=[version.card_id]))
    assert paper.headers["Content-Disposition"] == 'attachment; filename="one-desk.pdf"'
    page = own.get(reverse("pages:mine", args=[world.joan.pk])).text
    assert f"One desk: {WORDS}" not in page
    assert "One desk: […]" in page
    mail = Message.objects.get(thread=f"asked for it {asked.pk}")
    assert WORDS not in mail.text


def test_requests_of_accounts_go_with_the_records(world: World, version: CardVersion) -> None:
    asked = ask_for_it(version, Asker(user=world.member), WISH, at=NOW)
    world.initiative.closed_at = NOW
    world.initiative.save()
    keep_no_longer(at=NOW.replace(year=2027, month=10))
    still = SpreadRequest.objects.get(pk=asked.pk)
    assert still.user == world.member
    keep_no_longer(at=NOW.replace(year=2027, month=12))
    gone = SpreadRequest.objects.get(pk=asked.pk)
    assert (gone.why, gone.user) == ("erased", None)


def test_what_they_asked_for_stands_in_the_order_of_what_happened(
    world: World, version: CardVersion
) -> None:
    ask_for_it(version, Asker(world.joan), WISH, at=NOW)
    happened = record_of(world.joan, today=NOW.date()).happened
    assert any("Asked for it for North desk" in one.text for one in happened)


def test_taken_out_as_files_their_words_are_where_they_said_yes_to_everyone(
    world: World, version: CardVersion, voice: CardVoice
) -> None:
    voicing.answer_voice(voice, "named", readers="workspace", at=NOW)
    ask_for_it(version, Asker(world.joan), WISH, at=NOW)

    def taken(*, with_people: bool) -> dict[str, str]:
        files = cards.files_of(world.initiative, with_people)
        return {one.name: "".join(one.text) for one in files}

    assert WORDS in taken(with_people=False)["cards.md"]
    assert list(taken(with_people=False)) == ["cards.md"]
    assert "Joan Okafor,North desk" in taken(with_people=True)["asked_for.csv"]
    publish_card(version.card, "initiative", by=world.lead, at=NOW)
    assert WORDS not in taken(with_people=False)["cards.md"]


def test_pages_of_cards_cost_few_queries(
    world: World, version: CardVersion, voice: CardVoice, subtests: pytest.Subtests
) -> None:
    voicing.answer_voice(voice, "named", readers="workspace", at=NOW)
    for one in (world.joan, world.sam):
        asked = ask_for_it(version, Asker(one), WISH, at=NOW)
    lead = Client()
    lead.force_login(world.lead)
    own = joans(world)
    card = [version.card_id]
    for client, place in (
        (lead, reverse("pilots:all_cards")),
        (lead, reverse("pilots:card", args=card)),
        (lead, reverse("pilots:card_draft", args=card)),
        (lead, reverse("pilots:edit_card", args=card)),
        (lead, reverse("pilots:spread", args=[world.initiative.pk])),
        (lead, reverse("pilots:request", args=[asked.pk])),
        (own, reverse("pages:mine_card", args=[world.joan.pk, *card])),
        (own, reverse("pages:mine_card_voice", args=[world.joan.pk, voice.pk])),
        (own, reverse("pages:mine", args=[world.joan.pk])),
    ):
        with subtests.test(place), CaptureQueriesContext(connection) as queries:
            assert client.get(place).status_code == 200
            assert len(queries) <= 15


def test_paper_without_a_comparison_is_a_pdf_too(client: Client, world: World) -> None:
    pilot = a_pilot(world)
    one = measured(pilot, HELPED)
    one.readings.filter(group="comparison").delete()
    publish_card(a := a_card(world, pilot), "workspace", by=world.lead, at=NOW)
    client.force_login(world.member)
    assert client.get(reverse("pages:card_paper", args=[a.pk])).content.startswith(b"%PDF")


def test_paper_has_every_number_behind_the_chart(
    client: Client, world: World, version: CardVersion
) -> None:
    client.force_login(world.member)
    told = printed_words(client, reverse("pages:card_paper", args=[version.card_id]))
    assert "The numbers behind it" in told
    for figures in (("30 %", "33 %"), ("61 %", "37 %")):
        assert all(one in told for one in figures)
